// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/error.h>

#include <countersign/base/redaction.h>

#include <QtCore/QDebug>

using namespace Qt::StringLiterals;

namespace Countersign {

QString OAuthError::classification() const
{
    // MSAL Python application.py: these sub-errors ask nothing special of a person.
    static constexpr QLatin1StringView hidden[] = {"bad_token"_L1, "token_expired"_L1, "protection_policy_required"_L1,
                                                   "client_mismatch"_L1, "device_authentication_failed"_L1};
    for (const auto name : hidden) {
        if (subError == name)
            return {};
    }
    return subError;
}

bool Error::isWorthRetrying() const
{
    switch (m_code) {
    case ErrorCode::NetworkUnavailable: return m_cause != ErrorCause::TlsFailed;
    case ErrorCode::TimedOut:
    case ErrorCode::ServerUnavailable: return true;
    case ErrorCode::StorageUnavailable: return m_cause == ErrorCause::StoreBusy || m_cause == ErrorCause::StoreLocked;
    case ErrorCode::Cancelled:
    case ErrorCode::InteractionRequired:
    case ErrorCode::AccessDenied:
    case ErrorCode::ScopesDeclined:
    case ErrorCode::ServerRejected:
    case ErrorCode::InvalidResponse:
    case ErrorCode::SecurityCheckFailed:
    case ErrorCode::StorageDamaged:
    case ErrorCode::InvalidArgument:
    case ErrorCode::NotSupported: return false;
    }
    Q_UNREACHABLE();
    return false;
}

bool Error::needsPerson() const
{
    switch (m_code) {
    case ErrorCode::InteractionRequired:
    case ErrorCode::AccessDenied:
    case ErrorCode::ScopesDeclined: return true;
    case ErrorCode::StorageUnavailable: return m_cause != ErrorCause::StoreBusy;
    case ErrorCode::Cancelled:
    case ErrorCode::NetworkUnavailable:
    case ErrorCode::TimedOut:
    case ErrorCode::ServerRejected:
    case ErrorCode::ServerUnavailable:
    case ErrorCode::InvalidResponse:
    case ErrorCode::SecurityCheckFailed:
    case ErrorCode::StorageDamaged:
    case ErrorCode::InvalidArgument:
    case ErrorCode::NotSupported: return false;
    }
    Q_UNREACHABLE();
    return false;
}

Error &&Error::withCause(ErrorCause cause) &&
{
    m_cause = cause;
    return std::move(*this);
}

Error &&Error::withOAuth(OAuthError oauth) &&
{
    m_oauth = std::move(oauth);
    return std::move(*this);
}

Error &&Error::withHttpStatus(int status) &&
{
    m_httpStatus = status;
    return std::move(*this);
}

Error &&Error::withRetryAfter(std::optional<std::chrono::seconds> after) &&
{
    m_retryAfter = after;
    return std::move(*this);
}

Error &&Error::withCorrelationId(QString id) &&
{
    m_correlationId = std::move(id);
    return std::move(*this);
}

Error &&Error::withComparison(QString expected, QString actual) &&
{
    m_expected = std::move(expected);
    m_actual = std::move(actual);
    return std::move(*this);
}

Error &&Error::withPrefix(QStringView prefix) &&
{
    m_message = prefix + ": "_L1 + m_message;
    return std::move(*this);
}

QString identifier(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return u"cancelled"_s;
    case ErrorCode::InteractionRequired: return u"interaction_required"_s;
    case ErrorCode::AccessDenied: return u"access_denied"_s;
    case ErrorCode::ScopesDeclined: return u"scopes_declined"_s;
    case ErrorCode::NetworkUnavailable: return u"network_unavailable"_s;
    case ErrorCode::TimedOut: return u"timed_out"_s;
    case ErrorCode::ServerRejected: return u"server_rejected"_s;
    case ErrorCode::ServerUnavailable: return u"server_unavailable"_s;
    case ErrorCode::InvalidResponse: return u"invalid_response"_s;
    case ErrorCode::SecurityCheckFailed: return u"security_check_failed"_s;
    case ErrorCode::StorageUnavailable: return u"storage_unavailable"_s;
    case ErrorCode::StorageDamaged: return u"storage_damaged"_s;
    case ErrorCode::InvalidArgument: return u"invalid_argument"_s;
    case ErrorCode::NotSupported: return u"not_supported"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString identifier(ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::Unspecified: return u"unspecified"_s;
    case ErrorCause::TokenMalformed: return u"token_malformed"_s;
    case ErrorCause::SignatureInvalid: return u"signature_invalid"_s;
    case ErrorCause::KeyNotFound: return u"key_not_found"_s;
    case ErrorCause::TokenTime: return u"token_time"_s;
    case ErrorCause::IssuerMismatch: return u"issuer_mismatch"_s;
    case ErrorCause::AudienceMismatch: return u"audience_mismatch"_s;
    case ErrorCause::NonceMismatch: return u"nonce_mismatch"_s;
    case ErrorCause::StateMismatch: return u"state_mismatch"_s;
    case ErrorCause::HashMismatch: return u"hash_mismatch"_s;
    case ErrorCause::PolicyFailed: return u"policy_failed"_s;
    case ErrorCause::DiscoveryInvalid: return u"discovery_invalid"_s;
    case ErrorCause::DiscoveryIssuerMismatch: return u"discovery_issuer_mismatch"_s;
    case ErrorCause::KeySetInvalid: return u"key_set_invalid"_s;
    case ErrorCause::EndpointMissing: return u"endpoint_missing"_s;
    case ErrorCause::NameNotResolved: return u"name_not_resolved"_s;
    case ErrorCause::ConnectionRefused: return u"connection_refused"_s;
    case ErrorCause::ConnectionLost: return u"connection_lost"_s;
    case ErrorCause::ProxyFailed: return u"proxy_failed"_s;
    case ErrorCause::TlsFailed: return u"tls_failed"_s;
    case ErrorCause::Redirected: return u"redirected"_s;
    case ErrorCause::ResponseTooLarge: return u"response_too_large"_s;
    case ErrorCause::Throttled: return u"throttled"_s;
    case ErrorCause::BrowserNotOpened: return u"browser_not_opened"_s;
    case ErrorCause::WebViewMissing: return u"web_view_missing"_s;
    case ErrorCause::WebViewFailed: return u"web_view_failed"_s;
    case ErrorCause::WebViewForbidden: return u"web_view_forbidden"_s;
    case ErrorCause::PortUnavailable: return u"port_unavailable"_s;
    case ErrorCause::WindowClosed: return u"window_closed"_s;
    case ErrorCause::BrowserRequested: return u"browser_requested"_s;
    case ErrorCause::CodeExpired: return u"code_expired"_s;
    case ErrorCause::WrongAccount: return u"wrong_account"_s;
    case ErrorCause::StoreLocked: return u"store_locked"_s;
    case ErrorCause::StoreMissing: return u"store_missing"_s;
    case ErrorCause::StoreDenied: return u"store_denied"_s;
    case ErrorCause::StoreFull: return u"store_full"_s;
    case ErrorCause::StoreWriteNotVerified: return u"store_write_not_verified"_s;
    case ErrorCause::StoreBusy: return u"store_busy"_s;
    case ErrorCause::PassphraseWrong: return u"passphrase_wrong"_s;
    case ErrorCause::AccountNotFound: return u"account_not_found"_s;
    case ErrorCause::AccountAmbiguous: return u"account_ambiguous"_s;
    case ErrorCause::ClientSecretMissing: return u"client_secret_missing"_s;
    case ErrorCause::ClockWrong: return u"clock_wrong"_s;
    case ErrorCause::ChallengeUnsatisfied: return u"challenge_unsatisfied"_s;
    case ErrorCause::ForbiddenByPolicy: return u"forbidden_by_policy"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QDebug operator<<(QDebug out, const Error &error)
{
    const QDebugStateSaver saver(out);
    out.nospace().noquote() << "<" << identifier(error.code());
    if (error.cause() != ErrorCause::Unspecified)
        out << "/" << identifier(error.cause());
    out << ": " << redacted(error.message());
    if (!error.oauth().isEmpty())
        out << " [" << error.oauth().error << "]";
    return out << ">";
}

} // namespace Countersign
