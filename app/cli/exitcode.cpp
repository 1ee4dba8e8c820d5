// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "exitcode.h"

#include <QtCore/QtGlobal>

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

const QList<ExitCodeRow> &exitCodeTable()
{
    static const QList<ExitCodeRow> rows{
        {ExitCode::Done, QT_TRANSLATE_NOOP("CommandLine", "done")},
        {ExitCode::InternalError,
         QT_TRANSLATE_NOOP("CommandLine",
                           "unexpected internal error, or the answer could not be written: please report it")},
        {ExitCode::WrongUsage,
         QT_TRANSLATE_NOOP("CommandLine",
                           "wrong usage, this way is not available here, or the file of settings, profiles or trusted "
                           "projects is broken: fix the call, or the file that is named")},
        {ExitCode::NotFoundOrAmbiguous,
         QT_TRANSLATE_NOOP("CommandLine",
                           "profile or account not found or ambiguous: see countersign profile list and countersign "
                           "accounts")},
        {ExitCode::ConfigurationInvalid,
         QT_TRANSLATE_NOOP("CommandLine",
                           "a document of the provider, or a project's file, invalid: run countersign "
                           "profile test")},
        {ExitCode::SignInNeeded, QT_TRANSLATE_NOOP("CommandLine", "a person must sign in: run countersign login")},
        {ExitCode::StepUpNeeded,
         QT_TRANSLATE_NOOP("CommandLine",
                           "a person must satisfy a challenge: run countersign login --claims-challenge")},
        {ExitCode::Declined,
         QT_TRANSLATE_NOOP("CommandLine",
                           "the person or the provider declined, or what came lacks what a challenge demands")},
        {ExitCode::ServerRejected,
         QT_TRANSLATE_NOOP("CommandLine", "the provider rejected the client or the request: fix the registration")},
        {ExitCode::NetworkFailed,
         QT_TRANSLATE_NOOP("CommandLine",
                           "network, DNS or proxy failed, or --offline: try again, without --offline, or run "
                           "countersign doctor")},
        {ExitCode::TlsFailed,
         QT_TRANSLATE_NOOP("CommandLine", "TLS or certificate failed: name the authority with --ca-file")},
        {ExitCode::ProviderBusy, QT_TRANSLATE_NOOP("CommandLine", "the provider is busy: wait")},
        {ExitCode::ClockWrong,
         QT_TRANSLATE_NOOP("CommandLine", "the clock is wrong: set it, and see countersign doctor")},
        {ExitCode::StoreLocked,
         QT_TRANSLATE_NOOP("CommandLine",
                           "the key store is locked, or its passphrase is missing or wrong: unlock it, or name the "
                           "passphrase with --secret-env")},
        {ExitCode::StoreUnavailable,
         QT_TRANSLATE_NOOP("CommandLine",
                           "the key store is not there, or a write could not be verified: run countersign doctor, or "
                           "choose another with --store file:PATH")},
        {ExitCode::NotAToken,
         QT_TRANSLATE_NOOP("CommandLine",
                           "the input is no token, no challenge or no key: run countersign inspect, with --find for a "
                           "token within a text")},
        {ExitCode::SignatureInvalid,
         QT_TRANSLATE_NOOP("CommandLine",
                           "signature invalid, or no key to decide it: name the provider or --jwks, and see which key "
                           "it names with countersign inspect")},
        {ExitCode::TokenTime,
         QT_TRANSLATE_NOOP("CommandLine",
                           "expired or not yet valid: see its times with countersign inspect, get another with "
                           "countersign token --force")},
        {ExitCode::TokenMismatch,
         QT_TRANSLATE_NOOP("CommandLine",
                           "issuer, audience, nonce, state, authorized party or hash does not match: do not continue; "
                           "countersign inspect shows what it says")},
        {ExitCode::PolicyFailed,
         QT_TRANSLATE_NOOP("CommandLine", "an expectation is not met: countersign inspect shows what the token says")},
        {ExitCode::Forbidden,
         QT_TRANSLATE_NOOP("CommandLine",
                           "the policy of this computer forbids it, or is broken: see countersign config, and ask the "
                           "administrator")},
        {ExitCode::TimedOut,
         QT_TRANSLATE_NOOP("CommandLine",
                           "timeout: allow more with --timeout, or countersign config set request_timeout")},
        {ExitCode::Interrupted,
         QT_TRANSLATE_NOOP("CommandLine", "interrupted (Ctrl+C): nothing is half done, run it again")},
        {ExitCode::Terminated, QT_TRANSLATE_NOOP("CommandLine", "terminated: nothing is half done, run it again")}};
    return rows;
}

ExitCode exitCodeOf(const Error &error)
{
    if (error.cause() == ErrorCause::ForbiddenByPolicy)
        return ExitCode::Forbidden;
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
        if (error.cause() == ErrorCause::StoreLocked || error.cause() == ErrorCause::PassphraseWrong)
            return ExitCode::StoreLocked;
        return ExitCode::StoreUnavailable;
    case ErrorCode::StorageDamaged: return ExitCode::StoreUnavailable;
    case ErrorCode::InvalidArgument:
        if (error.cause() == ErrorCause::AccountNotFound || error.cause() == ErrorCause::AccountAmbiguous)
            return ExitCode::NotFoundOrAmbiguous;
        if (error.cause() == ErrorCause::TokenMalformed)
            return ExitCode::NotAToken;
        if (error.cause() == ErrorCause::ClientSecretMissing)
            return ExitCode::ConfigurationInvalid;
        return ExitCode::WrongUsage;
    case ErrorCode::NotSupported:
        return error.cause() == ErrorCause::EndpointMissing ? ExitCode::ConfigurationInvalid : ExitCode::WrongUsage;
    }
    Q_UNREACHABLE();
    return ExitCode::InternalError;
}

} // namespace Countersign::Cli
