// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokenanswer.h"

#include "foreigntokens.h"
#include "secrettext.h"
#include "text.h"
#include "words.h"

#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/tokenpolicy.h>
#include <countersign/jose/unverifiedjwt.h>
#include <countersign/protocol/claimsanswer.h>
#include <countersign/protocol/tokenresponse.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::JsonWriter;

//! The code of the warning for a token that lacks what was asked for.
constexpr auto challengeNotMet = "claims_not_satisfied"_L1;

//! Microsoft's way of proving a key: the token travels within the proof.
bool isSignedRequest(const AuthenticationResult &result)
{
    return Protocol::parseTokenType(result.tokenType) == Protocol::TokenType::Pop;
}

//! Claims of a token that nobody has verified, for showing alone. None for an opaque token.
std::optional<Jose::JsonObject> claimsOf(const Secret &token)
{
    const auto jwt = Jose::UnverifiedJwt::parse(token.reveal());
    if (!jwt)
        return std::nullopt;
    return jwt->claims();
}

void writeTime(JsonWriter &json, const char *name, const QDateTime &time)
{
    if (time.isValid())
        json.integer(name, time.toSecsSinceEpoch());
    else
        json.name(name).null();
}

void writeWarnings(JsonWriter &json, const TokenAnswer &answer)
{
    json.name("warnings").beginArray();
    if (answer.result.warning)
        json.beginObject()
            .string("code", identifier(answer.result.warning->code()))
            .string("message", answer.result.warning->message())
            .endObject();
    for (const auto &[code, message] : answer.warnings)
        json.beginObject().string("code", code).string("message", message).endObject();
    json.endArray();
}

void writeScopes(JsonWriter &json, const TokenRequest &request, const TokenAnswer &answer)
{
    json.strings("scopes", answer.result.grantedScopes.sorted());
    json.strings("requested_scopes", request.scopes.sorted());
    json.strings("missing_scopes", missingScopes(request, answer));
}

//! Whether the token ends early when the provider says so (Microsoft's continuous access evaluation).
bool isContinuouslyEvaluated(const std::optional<Jose::JsonObject> &claims)
{
    if (!claims)
        return false;
    const auto list = claims->stringList("xms_cc");
    return list ? list->contains(u"cp1"_s) : claims->string("xms_cc") == u"cp1"_s;
}

//! How the tokens of \p result answer to every condition that \p request states.
QList<Protocol::ClaimAnswer> answersTo(const TokenRequest &request, const AuthenticationResult &result)
{
    using namespace Protocol;
    const AnsweredTokens tokens{claimsOf(result.accessToken), claimsOf(result.idTokenText)};
    QList<ClaimAnswer> answers;
    if (!request.claimsChallenge.isEmpty()) {
        const auto wanted = ClaimsRequest::parse(request.claimsChallenge.toUtf8());
        answers = wanted ? Protocol::answersTo(*wanted, tokens) : QList<ClaimAnswer>{ClaimAnswer{u"claims"_s}};
    }
    if (!request.acrValues.isEmpty())
        answers += Protocol::answersTo(
            ClaimsRequest().set(ClaimsTarget::AccessToken, u"acr"_s, request.acrValues, true), tokens);
    if (request.maxAge)
        answers.append(answerToMaximumAge(*request.maxAge, tokens));
    return answers;
}

//! Those that are not met, in words for people.
QStringList unmetClaims(const QList<Protocol::ClaimAnswer> &answers)
{
    QStringList unmet;
    for (const auto &one : answers) {
        if (one.outcome == Protocol::ClaimOutcome::Missing)
            unmet.append(Text::tr("%1 is missing").arg(harmless(one.path)));
        else if (one.outcome == Protocol::ClaimOutcome::Different)
            unmet.append(Text::tr("%1 says something else").arg(harmless(one.path)));
    }
    return unmet;
}

//! What \p token says of its scopes itself: RFC 9068 §2.2.3, and the word of Microsoft and Okta. None for an opaque
//! one.
ScopeSet scopesWithin(const Secret &token)
{
    const auto claims = claimsOf(token);
    if (!claims)
        return {};
    return ScopeSet(Jose::wordsOfClaim(*claims, "scope") + Jose::wordsOfClaim(*claims, "scp"));
}

//! What \p granted lacks of \p wanted.
QStringList missingOf(const ScopeSet &wanted, const ScopeSet &granted)
{
    // The library asks for these on its own account; a provider need not name them.
    const ScopeSet own{u"openid"_s, u"profile"_s, u"offline_access"_s};
    auto missing = wanted.without(granted).without(own).sorted();
    // Microsoft's word for what the registration says: it grants that by its own names.
    missing.removeIf([](const QString &scope) { return scope.endsWith("/.default"_L1); });
    return missing;
}

//! What a bound token is called by the specification of its JSON, and what proves it for one request.
void writeProof(JsonWriter &json, const TokenAnswer &answer)
{
    const auto &result = answer.result;
    if (result.keyId.isEmpty() || answer.isIdToken)
        return;
    json.name("cnf").beginObject().string(isSignedRequest(result) ? "kid" : "jkt", result.keyId).endObject();
    if (!result.proof.isEmpty() && !answer.isWithheld)
        json.secret("proof", result.proof);
}

Secret encodeJson(Session &session, const TokenRequest &request, const TokenAnswer &answer, const QDateTime &at)
{
    const auto &result = answer.result;
    const auto token = tokenOf(answer);
    const auto claims = claimsOf(token);
    const auto expiresAt = expiryOf(answer);
    const auto &cache = session.client().cache().snapshot();
    JsonWriter json;
    json.beginObject().string("schema", answer.schema);
    writeTextOrNull(json, "profile", session.chosen().isSaved ? session.profile().id : QString());
    writeAccount(json, result.account);
    json.string("issuer", session.profile().issuer);
    json.string("authority", result.authority.issuer());
    writeTextOrNull(json, "tenant", result.authority.tenant().value);
    json.string("client_id", result.clientId.value);
    const auto type = isSignedRequest(result) ? u"pop"_s : result.tokenType;
    json.string("token_type", answer.isIdToken ? u"id_token"_s : type);
    if (!answer.isWithheld)
        json.secret(answer.isIdToken ? "id_token" : "access_token", token);
    writeProof(json, answer);
    writeExpiry(json, expiresAt);
    if (expiresAt.isValid())
        json.integer("expires_in", std::max<qint64>(0, at.secsTo(expiresAt)));
    writeTime(json, "refresh_on", result.refreshAt.value_or(QDateTime()));
    const auto refreshTokens = cache.findRefreshTokens(result.account.id, result.clientId);
    json.boolean("refreshable", !refreshTokens.empty());
    writeTime(json, "refresh_expires_on",
              refreshTokens.empty() ? QDateTime() : refreshTokens.front().token.expiresAt().value_or(QDateTime()));
    json.boolean("cae", isContinuouslyEvaluated(claims));
    writeScopes(json, request, answer);
    json.strings("audience", audiencesOf(token));
    writeTextOrNull(json, "resource", request.resources.value(0));
    json.string("source", answer.source);
    if (answer.isChallengeMet)
        json.boolean("claims_satisfied", *answer.isChallengeMet);
    else
        json.name("claims_satisfied").null();
    if (result.clockOffset)
        json.integer("clock_offset", result.clockOffset->count());
    else
        json.name("clock_offset").null();
    writeWarnings(json, answer);
    json.endObject();
    return json.takeSecret();
}

//! What goes into the Authorization field for the token that \p answer is about.
Secret authorizationOf(const TokenAnswer &answer)
{
    if (!answer.isIdToken)
        return answer.result.authorization();
    return joined({answer.result.tokenType.toUtf8(), " ", tokenOf(answer).reveal()});
}

//! The fields that show the token to an API, one a line.
Secret encodeFields(const TokenAnswer &answer)
{
    const auto authorization = authorizationOf(answer);
    const auto &proof = answer.result.proof;
    if (proof.isEmpty() || isSignedRequest(answer.result))
        return joined({"Authorization: ", authorization.reveal()});
    return joined({"Authorization: ", authorization.reveal(), "\nDPoP: ", proof.reveal()});
}

//! Lines for `eval` in a POSIX shell: whatever stands in a token, it stays a word.
Secret encodeVariables(const TokenAnswer &answer)
{
    const auto token = escaped(tokenOf(answer), "'", "'\\", "'"); // a'b becomes a'\''b
    const auto expiresOn = QByteArray::number(expiryOf(answer).toSecsSinceEpoch());
    const auto issuer = shellQuoted(answer.result.authority.issuer()).toUtf8();
    const QByteArray name = answer.isIdToken ? "ID_TOKEN" : "ACCESS_TOKEN"; // as `env` calls them
    return joined({"export ", name, "='", token.reveal(), "'\nexport ", name, "_EXPIRES_ON=", expiresOn,
                   "\nexport TOKEN_ISSUER=", issuer});
}

//! A line for `curl --config -`, and one for a proof: the token is in no argument list.
Secret encodeForCurl(const TokenAnswer &answer)
{
    const auto authorization = escaped(authorizationOf(answer), "\"\\", "\\", "");
    const auto &proof = answer.result.proof;
    if (proof.isEmpty() || isSignedRequest(answer.result))
        return joined({"header = \"Authorization: ", authorization.reveal(), "\""});
    return joined(
        {"header = \"Authorization: ", authorization.reveal(), "\"\nheader = \"DPoP: ", proof.reveal(), "\""});
}

} // namespace

QStringList tokenFormats()
{
    return QStringList{u"text"_s, u"json"_s, u"token"_s, u"header"_s, u"bearer"_s, u"env"_s, u"curl"_s}
    + foreignTokenFormats() + QStringList{u"none"_s};
}

void writeAccount(JsonWriter &json, const Account &account)
{
    const auto &local = account.localAccountId.value;
    json.name("account").beginObject();
    json.string("id", isService(account) ? local : account.id.homeAccountId.value);
    writeTextOrNull(json, "username", account.username);
    writeTextOrNull(json, "name", account.name);
    writeTextOrNull(json, "oid", isMicrosoftAccount(account) && !isService(account) ? local : QString());
    writeTextOrNull(json, "sub", isMicrosoftAccount(account) || isService(account) ? QString() : local);
    writeTextOrNull(json, "tid", tenantOf(account));
    json.string("home", homeOf(account));
    writeTextOrNull(json, "type", isService(account) ? u"service"_s : typeOf(account));
    json.endObject();
}

void writeExpiry(JsonWriter &json, const QDateTime &at)
{
    writeTime(json, "expires_on", at);
    writeTextOrNull(json, "expires_at", at.isValid() ? at.toUTC().toString(Qt::ISODate) : QString());
}

Secret tokenOf(const TokenAnswer &answer)
{
    return answer.isIdToken ? answer.result.idTokenText.clone() : answer.result.accessToken.clone();
}

QDateTime expiryOf(const TokenAnswer &answer)
{
    if (!answer.isIdToken)
        return answer.result.expiresAt;
    const auto claims = claimsOf(answer.result.idTokenText);
    return claims ? claims->time("exp").value_or(QDateTime()) : QDateTime();
}

QStringList audiencesOf(const Secret &token)
{
    const auto claims = claimsOf(token);
    if (!claims)
        return {};
    if (const auto one = claims->string("aud"))
        return {*one};
    return claims->stringList("aud").value_or(QStringList());
}

Result<Secret> encodeToken(Session &session, const TokenRequest &request, const TokenAnswer &answer,
                           const QDateTime &at)
{
    const auto &format = session.context().global().output;
    if (session.context().global().isJson())
        return encodeJson(session, request, answer, at);
    if (foreignTokenFormats().contains(format))
        return encodeForOthers(format, request, answer);
    if (format == "env"_L1)
        return encodeVariables(answer);
    if (format == "curl"_L1)
        return encodeForCurl(answer);
    if (format == "header"_L1)
        return encodeFields(answer);
    if (format == "bearer"_L1)
        return authorizationOf(answer);
    // Of a signed request the token is only a part: alone it is good for nothing.
    return isSignedRequest(answer.result) && !answer.result.proof.isEmpty() ? answer.result.proof.clone()
                                                                            : tokenOf(answer);
}

QStringList missingScopes(const TokenRequest &request, const TokenAnswer &answer)
{
    return missingOf(request.scopes, answer.result.grantedScopes);
}

std::optional<bool> isChallengeMet(const TokenRequest &request, const AuthenticationResult &result)
{
    return Protocol::areMet(answersTo(request, result));
}

void holdAgainstChallenge(const TokenRequest &request, TokenAnswer &answer)
{
    if (!request.isChallenged())
        return;
    const auto answers = answersTo(request, answer.result);
    answer.isChallengeMet = Protocol::areMet(answers);
    if (const auto unmet = unmetClaims(answers); !unmet.isEmpty())
        answer.warnings.append(
            {QString(challengeNotMet),
             Text::tr("The provider answered, but not with what was asked for: %1.").arg(unmet.join(u", "_s))});
}

QStringList unmetDemands(const TokenRequest &request, const AuthenticationResult &result)
{
    auto unmet = request.isChallenged() ? unmetClaims(answersTo(request, result)) : QStringList();
    const auto granted = result.grantedScopes.united(scopesWithin(result.accessToken));
    const auto missing = missingOf(request.demandedScopes, granted);
    for (const auto &scope : missing)
        unmet.append(Text::tr("the scope %1 is missing").arg(harmless(scope)));
    return unmet;
}

Error notWhatWasDemanded(const QStringList &unmet)
{
    return {ErrorCode::AccessDenied, ErrorCause::ChallengeUnsatisfied,
            Text::tr("The provider answered, but not with what was asked for: %1.").arg(unmet.join(u", "_s))};
}

void hintAtChallenge(Context &context, const TokenAnswer &answer)
{
    for (const auto &[code, message] : answer.warnings) {
        if (code == challengeNotMet)
            context.hint(message);
    }
}

QString describe(const TokenAnswer &answer, const QDateTime &at)
{
    const auto &account = answer.result.account;
    const auto expiresAt = expiryOf(answer);
    QString text = Text::tr("%1 at %2").arg(harmless(labelOf(account)), harmless(answer.result.authority.issuer()));
    if (expiresAt.isValid())
        text += Text::tr(", token expires %1").arg(relativeTime(expiresAt, at));
    return text;
}

} // namespace Countersign::Cli
