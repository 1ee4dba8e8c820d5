// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/tokencheck.h"

#include "text/checktext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

Jose::JwtRules rulesOf(const Expectations &expectations, Jose::JwtUse use)
{
    const auto issuer =
        expectations.issuer.isEmpty() ? Jose::IssuerRule() : Jose::IssuerRule::exactly(expectations.issuer);
    auto rules = Jose::JwtRules::forIdToken(issuer, expectations.audience, {});
    rules.use = use;
    // The provider's choice is not known; that a secret is none of it is.
    rules.allowed = Jose::Algorithms::asymmetric();
    rules.nonceRule = Jose::NonceRule::NotKnown;
    rules.maximumTokenAge.reset(); // a pasted token answers no request of now
    rules.isProfileRequired = expectations.isProfileRequired;
    rules.authenticationContexts = expectations.policy.authenticationContexts;
    if (expectations.policy.leeway)
        rules.clockSkew = *expectations.policy.leeway;
    return rules;
}

Jose::Check structureCheck(const Result<Jose::UnverifiedJwt> &parsed, const Jose::TokenDocument &document)
{
    Jose::Check check;
    check.id = u"structure"_s;
    check.reference = u"RFC 7515 7.1"_s;
    check.outcome = parsed ? Jose::CheckOutcome::Passed : Jose::CheckOutcome::Failed;
    if (!parsed) {
        // The lenient reader knows in words what the strict one refuses with a position.
        const auto &warnings = document.warnings();
        const auto known = std::find_if(warnings.begin(), warnings.end(), [](const Jose::TokenWarning &warning) {
            return warning.id.startsWith("json_"_L1) || warning.id.startsWith("base64_"_L1)
                || warning.id == "segment_count"_L1 || warning.id == "not_an_object"_L1;
        });
        check.reason = known == warnings.end() ? parsed.error().message() : warningText({.id = known->id});
        check.cause = ErrorCause::TokenMalformed;
    }
    return check;
}

//! What is there to say about the form of what is no signed JSON.
Jose::Check formOf(Jose::TokenKind kind)
{
    using Kind = Jose::TokenKind;
    Jose::Check check;
    check.id = u"structure"_s;
    check.reference = u"RFC 7515 7.1"_s;
    check.outcome = Jose::CheckOutcome::NotPossible;
    switch (kind) {
    case Kind::Opaque:
        check.outcome = Jose::CheckOutcome::NotApplicable;
        check.reason = u"an opaque token has no parts that could be checked"_s;
        break;
    case Kind::Jwe:
    case Kind::JweJson:
        check.reason = u"only the holder of the recipient's key can look into an encrypted token"_s;
        break;
    default: check.reason = u"tokens of this kind are not checked here"_s; break;
    }
    return check;
}

//! What a profile expects beyond the rules. Scopes and roles are an access token's.
QList<Jose::Check> policyChecks(const Jose::TokenPolicy &policy, const Jose::JsonObject &claims, Jose::JwtUse use)
{
    QList<Jose::Check> checks;
    if (use == Jose::JwtUse::AccessToken && !policy.scopes.isEmpty())
        checks.append(Jose::checkScopes(policy.scopes, claims));
    if (use == Jose::JwtUse::AccessToken && !policy.roles.isEmpty())
        checks.append(Jose::checkRoles(policy.roles, claims));
    if (!policy.clientId.isEmpty())
        checks.append(Jose::checkWords(u"client"_s, u"profile"_s, {policy.clientId}, Jose::clientsIn(claims)));
    for (const auto &claim : policy.claims)
        checks.append(Jose::checkClaim(claim, claims, u"profile"_s));
    return checks;
}

//! The kind is known, its rules are not.
Jose::Check withoutRules()
{
    Jose::Check check;
    check.id = u"type"_s;
    check.outcome = Jose::CheckOutcome::NotPossible;
    check.reason = u"tokens of this kind are not checked here"_s;
    check.reference = u"RFC 8725 3.11"_s;
    return check;
}

//! It is shown; nobody's library would take it.
Jose::Check tooLarge()
{
    Jose::Check check;
    check.id = u"structure"_s;
    check.outcome = Jose::CheckOutcome::NotPossible;
    check.reason = u"a token of more than %1 KiB is shown, not checked"_s.arg(Jose::UnverifiedJwt::maximumSize / 1024);
    return check;
}

//! Broken beyond what its kind allows: base64, JSON or the number of parts.
bool isBroken(const Jose::TokenDocument &document)
{
    const auto &warnings = document.warnings();
    return std::any_of(warnings.begin(), warnings.end(), [](const Jose::TokenWarning &warning) {
        return warning.id.startsWith("base64_"_L1) || warning.id == "segment_count"_L1;
    });
}

//! Without keys the signature is neither right nor wrong.
Jose::Check withoutKeys(Jose::Check check, bool hasKeys)
{
    if (hasKeys || check.id != "key"_L1 || check.outcome != Jose::CheckOutcome::Failed)
        return check;
    check.outcome = Jose::CheckOutcome::NotPossible;
    return check;
}

} // namespace

bool isCheckable(Jose::TokenKind kind)
{
    using Kind = Jose::TokenKind;
    switch (kind) {
    case Kind::Opaque:
    case Kind::SdJwt:
    case Kind::Jwe:
    case Kind::JwsJson:
    case Kind::JweJson:
    case Kind::Json:
    case Kind::Paseto:
    case Kind::Macaroon:
    case Kind::SamlAssertion: return false;
    default: return true;
    }
}

std::optional<Jose::JwtUse> useOf(Jose::TokenKind kind)
{
    using Kind = Jose::TokenKind;
    switch (kind) {
    case Kind::IdToken: return Jose::JwtUse::IdToken;
    case Kind::Jwt:
    case Kind::AccessToken:
    case Kind::EntraAccessTokenV1:
    case Kind::EntraAccessTokenV2: return Jose::JwtUse::AccessToken;
    case Kind::LogoutToken: return Jose::JwtUse::LogoutToken;
    case Kind::AuthorizationResponse: return Jose::JwtUse::AuthorizationResponse;
    case Kind::IntrospectionResponse: return Jose::JwtUse::Introspection;
    case Kind::DpopProof: return Jose::JwtUse::DpopProof;
    case Kind::SignedHttpRequest: return Jose::JwtUse::SignedHttpRequest;
    default: return {};
    }
}

TokenCheck checkToken(const Jose::TokenDocument &document, const Expectations &expectations, const QDateTime &at)
{
    TokenCheck outcome;
    if (!isCheckable(document.kind()) && !isBroken(document)) {
        outcome.report.append(formOf(document.kind()));
        return outcome;
    }
    if (document.hasWarning(u"too_large_to_verify")) {
        outcome.report.append(tooLarge());
        return outcome;
    }
    const auto parsed = Jose::UnverifiedJwt::parse(document.text());
    outcome.report.append(structureCheck(parsed, document));
    Jose::JwkSet keys;
    if (!expectations.keys.trimmed().isEmpty()) {
        auto read = Jose::JwkSet::fromFile(expectations.keys);
        if (read)
            keys = *std::move(read);
        else
            outcome.hasUnreadableKeys = true;
    }
    if (!parsed)
        return outcome;
    if (!expectations.use) {
        outcome.report.append(withoutRules());
        return outcome;
    }
    auto validation = Jose::JwtValidator(rulesOf(expectations, *expectations.use)).examine(*parsed, keys, at);
    for (const auto &check : validation.report.checks())
        outcome.report.append(withoutKeys(check, !keys.isEmpty()));
    for (const auto &check : policyChecks(expectations.policy, parsed->claims(), *expectations.use))
        outcome.report.append(check);
    // Whoever expects more than the rules believes no token without it.
    if (validation.result && !outcome.report.hasFailures())
        outcome.verified = *std::move(validation.result);
    return outcome;
}

} // namespace Countersign::Desktop
