// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/erroranswer.h>

#include <countersign/crypto/secret.h>
#include <countersign/protocol/parameters.h>

#include <limits>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

struct Row
{
    QLatin1StringView error;
    ErrorCode code;
    ErrorCause cause = ErrorCause::Unspecified;
};

constexpr Row rows[] = {
    {"access_denied"_L1, ErrorCode::AccessDenied}, // RFC 6749 §4.1.2.1, RFC 8628 §3.5
    {"temporarily_unavailable"_L1, ErrorCode::ServerUnavailable}, // RFC 6749 §4.1.2.1
    {"server_error"_L1, ErrorCode::ServerUnavailable}, // RFC 6749 §4.1.2.1
    {"invalid_grant"_L1, ErrorCode::InteractionRequired}, // RFC 6749 §5.2
    {"interaction_required"_L1, ErrorCode::InteractionRequired}, // OpenID Connect Core §3.1.2.6
    {"login_required"_L1, ErrorCode::InteractionRequired},
    {"consent_required"_L1, ErrorCode::InteractionRequired},
    {"account_selection_required"_L1, ErrorCode::InteractionRequired},
    {"unmet_authentication_requirements"_L1, ErrorCode::InteractionRequired},
    {"insufficient_user_authentication"_L1, ErrorCode::InteractionRequired}, // RFC 9470 §3
    {"mfa_required"_L1, ErrorCode::InteractionRequired}, // Auth0
    {"token_expired"_L1, ErrorCode::InteractionRequired}, // Microsoft, as are the six below
    {"bad_token"_L1, ErrorCode::InteractionRequired},
    {"no_tokens_found"_L1, ErrorCode::InteractionRequired},
    {"native_account_unavailable"_L1, ErrorCode::InteractionRequired},
    {"refresh_token_expired"_L1, ErrorCode::InteractionRequired},
    {"ui_not_allowed"_L1, ErrorCode::InteractionRequired},
    {"interrupted_user"_L1, ErrorCode::InteractionRequired},
    {"expired_token"_L1, ErrorCode::TimedOut, ErrorCause::CodeExpired}, // RFC 8628 §3.5
    {"code_expired"_L1, ErrorCode::TimedOut, ErrorCause::CodeExpired}, // Microsoft
    {"authorization_declined"_L1, ErrorCode::AccessDenied}, // Microsoft
    {"slow_down"_L1, ErrorCode::ServerUnavailable, ErrorCause::Throttled}, // RFC 8628 §3.5
    {"authorization_pending"_L1, ErrorCode::ServerUnavailable}, // RFC 8628 §3.5
};

QString clipped(const QString &text)
{
    constexpr qsizetype longest = 2000;
    return text.left(longest);
}

//! \p text, a word for programs that goes into messages and logs as it is: no line of its own, and no other direction.
//! Spec: RFC 6749 §5.2 (the characters of `error`).
QString asWord(QString text)
{
    for (QChar &c : text) {
        if (c.unicode() < 0x20 || c.unicode() > 0x7e || c == u'"' || c == u'\\')
            c = u'?';
    }
    return text;
}

ErrorCode codeOfStatus(int status)
{
    if (status == 429 || status >= 500)
        return ErrorCode::ServerUnavailable;
    return ErrorCode::InvalidResponse;
}

} // namespace

QList<int> aadstsNumbers(QStringView text)
{
    static constexpr auto prefix = "AADSTS"_L1;
    QList<int> numbers;
    for (auto at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
        qint64 number = 0;
        qsizetype digits = 0;
        for (auto i = at + prefix.size(); i < text.size() && digits < 9; ++i, ++digits) {
            const char16_t c = text.at(i).unicode();
            if (c < u'0' || c > u'9')
                break;
            number = number * 10 + (c - u'0');
        }
        if (digits > 0 && !numbers.contains(static_cast<int>(number)))
            numbers.append(static_cast<int>(number));
    }
    return numbers;
}

OAuthError parseOAuthError(const Jose::JsonObject &document)
{
    OAuthError error;
    error.error = clipped(document.string(Parameter::error).value_or(QString()));
    if (error.isEmpty())
        return error;
    error.description = clipped(document.string(Parameter::errorDescription).value_or(QString()));
    error.uri = clipped(document.string(Parameter::errorUri).value_or(QString()));
    error.subError = clipped(document.string("suberror").value_or(QString()));
    error.traceId = clipped(document.string("trace_id").value_or(QString()));
    error.timestamp = clipped(document.string("timestamp").value_or(QString()));
    error.claims = document.string(Parameter::claims).value_or(QString());
    constexpr int mostCodes = 32;
    if (const auto codes = document.array("error_codes")) {
        for (const auto code : *codes) {
            const auto number = code.integer();
            if (number && *number > 0 && *number < std::numeric_limits<int>::max()
                && error.serverCodes.size() < mostCodes)
                error.serverCodes.append(static_cast<int>(*number));
        }
    }
    if (error.serverCodes.isEmpty())
        error.serverCodes = aadstsNumbers(error.description);
    return error;
}

ErrorCode errorCodeOf(const OAuthError &error, int httpStatus)
{
    // MSAL.NET's classification: these two of invalid_grant are no matter for the person.
    if (error.subError == "client_mismatch"_L1 || error.subError == "protection_policy_required"_L1)
        return ErrorCode::ServerRejected;
    for (const auto &row : rows) {
        if (error.error == row.error)
            return row.code;
    }
    return httpStatus == 429 || httpStatus >= 500 ? ErrorCode::ServerUnavailable : ErrorCode::ServerRejected;
}

Error errorFrom(OAuthError error, int httpStatus)
{
    for (QString *word : {&error.error, &error.subError, &error.traceId, &error.timestamp})
        *word = asWord(std::move(*word));
    const ErrorCode code = errorCodeOf(error, httpStatus);
    ErrorCause cause = httpStatus == 429 ? ErrorCause::Throttled : ErrorCause::Unspecified;
    for (const auto &row : rows) {
        if (error.error == row.error && row.cause != ErrorCause::Unspecified)
            cause = row.cause;
    }
    const QString message = u"the provider answered '%1'"_s.arg(error.error.left(100));
    return Error{code, cause, message}.withOAuth(std::move(error)).withHttpStatus(httpStatus);
}

Error parseErrorAnswer(const HttpAnswer &answer, const QDateTime &at)
{
    const auto after = parseRetryAfter(answer.header("Retry-After"), at);
    QString correlationId = asWord(clipped(QString::fromUtf8(answer.header("client-request-id"))));
    const auto document = Jose::JsonObject::parse(Secret::copyOf(answer.body), {.maximumSize = 256 * 1024});
    if (document) {
        if (const auto id = document->string("correlation_id"))
            correlationId = asWord(clipped(*id));
        OAuthError oauth = parseOAuthError(*document);
        if (!oauth.isEmpty())
            return errorFrom(std::move(oauth), answer.status).withRetryAfter(after).withCorrelationId(correlationId);
    }
    const auto code = codeOfStatus(answer.status);
    const auto cause = answer.status == 429 ? ErrorCause::Throttled : ErrorCause::Unspecified;
    return Error{code, cause, u"the provider answered with status %1 and no OAuth error"_s.arg(answer.status)}
        .withHttpStatus(answer.status)
        .withRetryAfter(after)
        .withCorrelationId(correlationId);
}

} // namespace Countersign::Protocol
