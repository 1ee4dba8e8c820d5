// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "exitcode.h"

namespace Countersign::Cli {
namespace {

//! A failed check exits as `verify` would, whichever verb met it.
ExitCode ofFailedCheck(ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::TokenMalformed: return ExitCode::NotAToken;
    case ErrorCause::SignatureInvalid:
    case ErrorCause::KeyNotFound: return ExitCode::SignatureInvalid;
    case ErrorCause::TokenTime: return ExitCode::TokenTime;
    case ErrorCause::PolicyFailed: return ExitCode::PolicyFailed;
    case ErrorCause::ClockWrong: return ExitCode::ClockWrong;
    case ErrorCause::TlsFailed: return ExitCode::TlsFailed;
    case ErrorCause::DiscoveryInvalid:
    case ErrorCause::DiscoveryIssuerMismatch:
    case ErrorCause::KeySetInvalid:
    case ErrorCause::EndpointMissing:
    case ErrorCause::Redirected:
    case ErrorCause::ResponseTooLarge: return ExitCode::ConfigurationInvalid;
    default: // every other cause is a comparison that failed
        return ExitCode::TokenMismatch;
    }
}

} // namespace

ExitCode exitCodeOf(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::Cancelled:
        return error.cause() == ErrorCause::WindowClosed ? ExitCode::Declined : ExitCode::Interrupted;
    case ErrorCode::InteractionRequired:
        return error.cause() == ErrorCause::ChallengeUnsatisfied ? ExitCode::StepUpNeeded : ExitCode::SignInNeeded;
    case ErrorCode::AccessDenied:
    case ErrorCode::ScopesDeclined: return ExitCode::Declined;
    case ErrorCode::NetworkUnavailable:
        return error.cause() == ErrorCause::TlsFailed ? ExitCode::TlsFailed : ExitCode::NetworkFailed;
    case ErrorCode::TimedOut: return ExitCode::TimedOut;
    case ErrorCode::ServerRejected: return ExitCode::ServerRejected;
    case ErrorCode::ServerUnavailable: return ExitCode::ProviderBusy;
    case ErrorCode::InvalidResponse:
        return error.cause() == ErrorCause::Unspecified ? ExitCode::ConfigurationInvalid : ofFailedCheck(error.cause());
    case ErrorCode::SecurityCheckFailed: return ofFailedCheck(error.cause());
    case ErrorCode::StorageUnavailable:
        return error.cause() == ErrorCause::StoreLocked ? ExitCode::StoreLocked : ExitCode::StoreUnavailable;
    case ErrorCode::StorageDamaged: return ExitCode::StoreUnavailable;
    case ErrorCode::InvalidArgument:
        if (error.cause() == ErrorCause::AccountNotFound || error.cause() == ErrorCause::AccountAmbiguous)
            return ExitCode::NotFoundOrAmbiguous;
        return ExitCode::WrongUsage;
    case ErrorCode::NotSupported:
        return error.cause() == ErrorCause::EndpointMissing ? ExitCode::ConfigurationInvalid : ExitCode::WrongUsage;
    }
    Q_UNREACHABLE();
    return ExitCode::InternalError;
}

} // namespace Countersign::Cli
