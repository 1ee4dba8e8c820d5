// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QString>

#include <chrono>
#include <optional>

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

namespace Countersign {

//! What the caller can do about a failure. The only member of Error to branch on.
enum class ErrorCode : quint8 {
    //! The person or the program cancelled. Nothing was stored. Nothing to handle.
    Cancelled,
    //! No usable token and none can be had silently. Call acquireToken() with the same scopes. Handling required.
    InteractionRequired,
    //! The person or the provider declined, or consent is missing. Ask again only when the person wants to.
    AccessDenied,
    //! The provider granted less than was asked and the caller demanded all of it. Ask for fewer scopes.
    ScopesDeclined,
    //! No connection could be made. Try again when the network is back.
    NetworkUnavailable,
    //! A deadline passed. Try again, or allow more time.
    TimedOut,
    //! The provider refused the request or the client. Trying again changes nothing: fix the registration.
    ServerRejected,
    //! The provider is busy or broken. Try again after retryAfter().
    ServerUnavailable,
    //! The provider's answer is malformed. Trying again is unlikely to help.
    InvalidResponse,
    //! A check that protects the person failed (state, issuer, signature, TLS …). Never continue with the answer.
    SecurityCheckFailed,
    //! The store is locked, missing or cannot be written. Unlock it or choose another one.
    StorageUnavailable,
    //! The store's content is damaged; it was kept aside.
    StorageDamaged,
    //! The caller's input is wrong; message() names what.
    InvalidArgument,
    //! This build, platform or provider cannot do it.
    NotSupported,
};

//! What exactly went wrong, for exit codes, the error dictionary and diagnosis. Callers need not look at it.
enum class ErrorCause : quint8 {
    Unspecified,
    // A token or another signed object failed a check.
    TokenMalformed,
    SignatureInvalid,
    KeyNotFound,
    TokenTime,
    IssuerMismatch,
    AudienceMismatch,
    NonceMismatch,
    StateMismatch,
    HashMismatch,
    PolicyFailed,
    // The provider's documents.
    DiscoveryInvalid,
    DiscoveryIssuerMismatch,
    KeySetInvalid,
    EndpointMissing,
    // The network.
    NameNotResolved,
    ConnectionRefused,
    ConnectionLost,
    ProxyFailed,
    TlsFailed,
    Redirected,
    ResponseTooLarge,
    Throttled,
    // The person's side of a sign-in.
    BrowserNotOpened,
    WebViewMissing,
    WebViewFailed,
    WebViewForbidden,
    PortUnavailable,
    WindowClosed,
    BrowserRequested,
    CodeExpired,
    WrongAccount,
    // The store.
    StoreLocked,
    StoreMissing,
    StoreDenied,
    StoreFull,
    StoreWriteNotVerified,
    StoreBusy,
    PassphraseWrong,
    // Accounts and configuration.
    AccountNotFound,
    AccountAmbiguous,
    ClientSecretMissing,
    ClockWrong,
    ChallengeUnsatisfied,
    ForbiddenByPolicy,
};

//! What the provider said of a refusal. Spec: RFC 6749 §4.1.2.1 and §5.2; Microsoft's extensions.
struct OAuthError
{
    QString error; //!< for example "invalid_grant"
    QString description; //!< English, for developers; may name a person
    QString uri; //!< inert text: never opened without a click
    QString subError; //!< Microsoft: for example "bad_token"
    QList<int> serverCodes; //!< Microsoft: AADSTS numbers
    QString traceId; //!< Microsoft: the server's trace id
    QString timestamp; //!< as sent
    QString claims; //!< JSON to echo as claims in the next interactive request

    bool isEmpty() const { return error.isEmpty(); }
    //! What MSAL calls the classification of a sub-error: empty where a person cannot help by a special step.
    COUNTERSIGN_EXPORT QString classification() const;

    friend bool operator==(const OAuthError &, const OAuthError &) = default;
};

//! Why an operation has no value.
//!
//! Secrets: no field may hold a token, a code, a verifier, a body or a query string.
class COUNTERSIGN_EXPORT Error
{
public:
    Error(ErrorCode code, QString message) : m_code(code), m_message(std::move(message)) { }
    Error(ErrorCode code, ErrorCause cause, QString message)
        : m_code(code), m_cause(cause), m_message(std::move(message))
    {
    }

    ErrorCode code() const { return m_code; }
    ErrorCause cause() const { return m_cause; }
    //! English, one sentence, for logs and developers. The person's sentence is made in ui/text.
    const QString &message() const { return m_message; }
    const OAuthError &oauth() const { return m_oauth; }
    //! 0 when no HTTP answer was involved.
    int httpStatus() const { return m_httpStatus; }
    std::optional<std::chrono::seconds> retryAfter() const { return m_retryAfter; }
    const QString &correlationId() const { return m_correlationId; }
    //! What was compared, redacted, for example {"iss", "https://a", "https://b"}.
    const QString &expected() const { return m_expected; }
    const QString &actual() const { return m_actual; }

    //! True when the same call may succeed later without anybody changing anything.
    bool isWorthRetrying() const;
    //! True when a person has to act before the same call can succeed.
    bool needsPerson() const;

    Error &&withCause(ErrorCause cause) &&;
    Error &&withOAuth(OAuthError oauth) &&;
    Error &&withHttpStatus(int status) &&;
    Error &&withRetryAfter(std::optional<std::chrono::seconds> after) &&;
    Error &&withCorrelationId(QString id) &&;
    Error &&withComparison(QString expected, QString actual) &&;
    Error &&withPrefix(QStringView prefix) &&;

    friend bool operator==(const Error &, const Error &) = default;

private:
    ErrorCode m_code;
    ErrorCause m_cause = ErrorCause::Unspecified;
    QString m_message;
    OAuthError m_oauth;
    int m_httpStatus = 0;
    std::optional<std::chrono::seconds> m_retryAfter;
    QString m_correlationId;
    QString m_expected;
    QString m_actual;
};

//! The enumerator in snake_case as scripts and logs spell it, for example "interaction_required".
COUNTERSIGN_EXPORT QString identifier(ErrorCode code);
COUNTERSIGN_EXPORT QString identifier(ErrorCause cause);
COUNTERSIGN_EXPORT QDebug operator<<(QDebug out, const Error &error);

} // namespace Countersign
