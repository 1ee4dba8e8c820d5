// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokenrequest.h"

#include "text.h"
#include "words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! What az makes of a resource. The doubled slash of one that ends with a slash is right: the resource's name has it.
QString scopeOfResource(const QString &resource)
{
    return resource + u"/.default"_s;
}

} // namespace

Result<Protocol::ChallengeDocument> readChallengeInput(Context &context, const QString &word)
{
    const auto input = context.readInput(word, Protocol::ChallengeDocument::maximumSize);
    if (!input)
        return input.error();
    auto document = Protocol::readChallenge(input->reveal());
    if (!document)
        return Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed, document.error().message()};
    return document;
}

Error emptyChallenge()
{
    return Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed,
                 Text::tr("The challenge asks for nothing that another token could bring.")};
}

bool applyChallenge(const Protocol::ChallengeDocument &document, TokenRequest &request)
{
    if (!document.claims.isEmpty()) {
        request.claimsChallenge = QString::fromUtf8(document.claims.first().claims.json);
        return true;
    }
    const auto *challenge = document.mostUseful();
    if (!challenge)
        return false;
    const auto meaning = Protocol::meaningOf(*challenge);
    request.acrValues = meaning.acrValues;
    request.maxAge = meaning.maxAge;
    request.demandedScopes = meaning.scopes;
    request.scopes = request.scopes.united(meaning.scopes);
    return request.isChallenged() || !meaning.scopes.isEmpty();
}

void TokenRequestOptions::addLastingTo(OptionSet &options)
{
    options.words("-s,--scope", scopes, Text::tr("Scope to ask for; repeat it or separate several by spaces"));
    options.text("--resource", resource,
                 Text::tr("Resource the token is for (RFC 8707; for Microsoft its /.default scope)"));
    options.text("--audience,--aud", audience, Text::tr("Audience the token is for, as Auth0 wants it"));
}

void TokenRequestOptions::addTo(OptionSet &options)
{
    addLastingTo(options);
    options.text("--claims", claims, Text::tr("Claims to request (OpenID Connect Core 5.5): JSON, @FILE or -"));
    options.text(
        "--claims-challenge", challenge,
        Text::tr("Challenge to satisfy: a WWW-Authenticate header, a whole response, base64, JSON, @FILE or -"));
}

Result<TokenRequest> TokenRequestOptions::resolve(Context &context, const Profile &profile) const
{
    TokenRequest request;
    const auto &ofProject = context.global().projectScopes;
    const auto usual = ofProject.isEmpty() ? profile.scopes : ScopeSet(ofProject);
    request.scopes = scopes.isEmpty() ? usual : ScopeSet(scopes);
    request.audience = audience;
    request.resources = profile.resources;
    if (!resource.isEmpty() && profile.kind == Profile::Kind::Entra) {
        request.scopes = ScopeSet(scopes).united(ScopeSet({scopeOfResource(resource)}));
        request.resources.clear();
    } else if (!resource.isEmpty()) {
        request.resources = QStringList{resource};
    }
    if (!claims.isEmpty()) {
        const auto input = context.readInput(claims);
        if (!input)
            return input.error();
        const auto decoded = Protocol::decodeClaims(input->reveal());
        if (!decoded)
            return wrongUsage(Text::tr("--claims is no JSON object."));
        request.claimsChallenge = QString::fromUtf8(decoded->json);
    }
    if (!challenge.isEmpty()) {
        const auto document = readChallengeInput(context, challenge);
        if (!document)
            return document.error();
        if (!applyChallenge(*document, request))
            return emptyChallenge();
    }
    return request;
}

QString TokenRequestOptions::flags() const
{
    QString text;
    if (!scopes.isEmpty())
        text += u" --scope "_s + shellQuoted(scopes.join(u' '));
    if (!resource.isEmpty())
        text += u" --resource "_s + shellQuoted(resource);
    if (!audience.isEmpty())
        text += u" --audience "_s + shellQuoted(audience);
    return text;
}

QString TokenRequestOptions::anySaid() const
{
    for (const auto &[name, isSaid] :
         {std::pair{u"--scope"_s, !scopes.isEmpty()}, std::pair{u"--resource"_s, !resource.isEmpty()},
          std::pair{u"--audience"_s, !audience.isEmpty()}, std::pair{u"--claims"_s, !claims.isEmpty()},
          std::pair{u"--claims-challenge"_s, !challenge.isEmpty()}}) {
        if (isSaid)
            return name;
    }
    return {};
}

QString TokenRequestOptions::challengeFlags() const
{
    if (!challenge.isEmpty())
        return u" --claims-challenge "_s + shellQuoted(challenge.simplified());
    return claims.isEmpty() ? QString() : u" --claims "_s + shellQuoted(claims.simplified());
}

} // namespace Countersign::Cli
