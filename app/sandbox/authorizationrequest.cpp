// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "authorizationrequest.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

namespace {

AuthorizationRequest read(const QString &issuer, const Parameters &parameters)
{
    AuthorizationRequest asked{.issuer = issuer,
                               .clientId = parameters.value(u"client_id"),
                               .redirectUri = parameters.value(u"redirect_uri"),
                               .responseMode = parameters.value(u"response_mode"),
                               .scopes = words(parameters.value(u"scope")),
                               .nonce = parameters.value(u"nonce"),
                               .codeChallenge = parameters.value(u"code_challenge"),
                               .prompts = words(parameters.value(u"prompt")),
                               .acrValues = words(parameters.value(u"acr_values")),
                               .loginHint = parameters.value(u"login_hint"),
                               .resources = parameters.values(u"resource"),
                               .raw = parameters};
    if (parameters.contains(u"state"))
        asked.state = parameters.value(u"state");
    if (asked.responseMode.isEmpty())
        asked.responseMode = u"query"_s;
    else if (asked.responseMode == u"jwt") // JARM §2.3.4: for response_type code that is query.jwt
        asked.responseMode = u"query.jwt"_s;
    return asked;
}

Refusal invalid(const QString &description)
{
    return {.error = u"invalid_request"_s, .description = description};
}

std::optional<Refusal> problemWithPkce(const Parameters &parameters)
{
    // RFC 7636 §4.2: BASE64URL of a SHA-256 digest is 43 characters.
    static const QRegularExpression shape(u"\\A[A-Za-z0-9_-]{43}\\z"_s);
    if (!parameters.contains(u"code_challenge"))
        return invalid(u"PKCE is required: code_challenge is missing"_s);
    if (parameters.value(u"code_challenge_method") != u"S256")
        return invalid(u"code_challenge_method must be S256"_s);
    if (!shape.match(parameters.value(u"code_challenge")).hasMatch())
        return invalid(u"code_challenge is not the base64url of a SHA-256 digest"_s);
    return {};
}

std::optional<Refusal> problemWithAnswer(const Parameters &parameters, const AuthorizationRequest &asked)
{
    static const QSet<QString> modes{u"query"_s,     u"fragment"_s,     u"form_post"_s,
                                     u"query.jwt"_s, u"fragment.jwt"_s, u"form_post.jwt"_s};
    if (!modes.contains(asked.responseMode))
        return invalid(u"this response_mode is unknown"_s);
    if (parameters.contains(u"request"))
        return Refusal{.error = u"request_not_supported"_s, .description = u"request objects are not taken here"_s};
    if (parameters.value(u"response_type") != u"code") {
        return Refusal{.error = u"unsupported_response_type"_s, .description = u"response_type must be code"_s};
    }
    return {};
}

std::optional<Refusal> problemWithPrompt(const Parameters &parameters, AuthorizationRequest &asked)
{
    static const QSet<QString> prompts{u"none"_s, u"login"_s, u"consent"_s, u"select_account"_s};
    for (const QString &prompt : std::as_const(asked.prompts)) {
        if (!prompts.contains(prompt))
            return invalid(u"this prompt is unknown: "_s + prompt);
    }
    if (asked.prompts.contains(u"none"_s) && asked.prompts.size() > 1)
        return invalid(u"prompt none stands alone"_s);
    if (parameters.contains(u"max_age")) {
        bool isNumber = false;
        asked.maxAge = parameters.value(u"max_age").toLongLong(&isNumber);
        if (!isNumber || *asked.maxAge < 0)
            return invalid(u"max_age is not a number of seconds"_s);
    }
    if (parameters.contains(u"claims")) {
        const QJsonDocument claims = QJsonDocument::fromJson(parameters.value(u"claims").toUtf8());
        if (!claims.isObject())
            return invalid(u"claims is not a JSON object"_s);
        asked.claims = claims.object();
    }
    return {};
}

} // namespace

std::variant<QJsonArray, Refusal> authorizationDetailsIn(const Parameters &parameters)
{
    if (!parameters.contains(u"authorization_details"))
        return QJsonArray();
    const auto document = QJsonDocument::fromJson(parameters.value(u"authorization_details").toUtf8());
    const QJsonArray details = document.array();
    const bool areKnown = std::all_of(details.begin(), details.end(), [](const QJsonValue &detail) {
        return detail.toObject().value("type"_L1).toString() == u"sandbox_payment";
    });
    if (details.isEmpty() || !areKnown)
        return Refusal{.error = u"invalid_authorization_details"_s,
                       .description = u"an array of objects with the type sandbox_payment is expected"_s};
    return details;
}

std::variant<AuthorizationRequest, AuthorizationProblem>
checkAuthorizationRequest(const Context &context, const QString &issuer, const Parameters &parameters)
{
    AuthorizationRequest asked = read(issuer, parameters);
    const Client *const client = context.directory.client(asked.clientId);
    if (!client)
        return AuthorizationProblem{.refusal = invalid(u"no client is registered under this client_id"_s)};
    if (!client->acceptsRedirect(asked.redirectUri))
        return AuthorizationProblem{.refusal = invalid(u"this redirect_uri is not registered for the client"_s)};

    std::optional<Refusal> problem = problemWithAnswer(parameters, asked);
    if (problem)
        asked.responseMode = u"query"_s;
    if (!problem && !parameters.duplicate().isEmpty())
        problem = invalid(u"a parameter is repeated: "_s + parameters.duplicate());
    if (!problem)
        problem = problemWithPkce(parameters);
    if (!problem)
        problem = problemWithPrompt(parameters, asked);
    const auto details = authorizationDetailsIn(parameters);
    if (const auto *const refusal = std::get_if<Refusal>(&details); refusal && !problem)
        problem = *refusal;
    else if (const auto *const array = std::get_if<QJsonArray>(&details))
        asked.authorizationDetails = *array;
    if (!problem && asked.scopes.isEmpty())
        problem = Refusal{.error = u"invalid_scope"_s, .description = u"no scope is asked for"_s};
    if (problem)
        return AuthorizationProblem{.refusal = *problem, .answerTo = asked};
    return asked;
}

} // namespace CountersignSandbox
