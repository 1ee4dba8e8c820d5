// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/idtokenrules.h>

#include <countersign/protocol/pkce.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

Jose::IssuerRule issuerRule(const Authority &, const ProviderMetadata &metadata)
{
    return Jose::IssuerRule::exactly(metadata.issuer);
}

Jose::Algorithms signingAlgorithms(const QStringList &announced)
{
    Jose::Algorithms allowed;
    for (const auto &name : announced) {
        const auto algorithm = Jose::parseAlgorithm(QStringView(name));
        if (algorithm && !Jose::isSymmetric(*algorithm))
            allowed.insert(*algorithm);
    }
    return allowed.isEmpty() ? Jose::Algorithms{Jose::Algorithm::RS256} : allowed;
}

Jose::JwtRules idTokenRules(const Authority &authority, const ProviderMetadata &metadata, const ClientId &clientId,
                            const Secret &accessToken)
{
    auto rules = Jose::JwtRules::forIdToken(issuerRule(authority, metadata), clientId.value, {});
    rules.allowed = signingAlgorithms(metadata.idTokenSigningAlgorithms);
    if (!accessToken.isEmpty())
        rules.accessToken = Jose::HashPartner(accessToken.clone());
    return rules;
}

Jose::JwtRules idTokenRules(const Authority &authority, const ProviderMetadata &metadata,
                            const PendingAuthorization &pending, const Secret &accessToken)
{
    auto rules = idTokenRules(authority, metadata, pending.clientId, accessToken);
    rules.nonceRule = Jose::NonceRule::AsSent;
    rules.nonce = QString::fromLatin1(nonceOnTheWire(pending.nonce));
    rules.maximumAge = pending.maxAge;
    rules.isAuthenticationTimeRequired = pending.maxAge.has_value();
    rules.authenticationContexts = essentialAcrValues(pending.claims);
    return rules;
}

Jose::JwtRules refreshedIdTokenRules(const Authority &authority, const ProviderMetadata &metadata,
                                     const ClientId &clientId, const std::optional<Jose::JsonObject> &previousClaims,
                                     const Secret &accessToken)
{
    auto rules = idTokenRules(authority, metadata, clientId, accessToken);
    rules.nonceRule = Jose::NonceRule::EqualIfPresent;
    if (!previousClaims)
        return rules;
    rules.nonce = previousClaims->string("nonce");
    rules.subject = previousClaims->string("sub");
    rules.previouslyIssuedAt = previousClaims->time("iat");
    rules.authenticatedAt = previousClaims->integer("auth_time");
    return rules;
}

QStringList essentialAcrValues(QStringView claims)
{
    const auto request = Jose::JsonObject::parse(claims.toUtf8());
    if (!request)
        return {};
    const auto idToken = request->object("id_token");
    const auto acr = idToken ? idToken->object("acr") : std::nullopt;
    if (!acr || !acr->boolean("essential").value_or(false))
        return {};
    QStringList values = acr->stringList("values").value_or(QStringList());
    if (const auto value = acr->string("value"))
        values.prepend(*value);
    return values;
}

} // namespace Countersign::Protocol
