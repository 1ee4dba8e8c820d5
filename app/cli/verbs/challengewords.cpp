// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "challengewords.h"

#include "../text.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

#include <QtCore/QDateTime>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using namespace Protocol;

QString listed(const QStringList &values)
{
    return harmless(values.join(u", "_s));
}

void addLine(QString &text, const QString &label, const QString &value)
{
    if (!value.isEmpty())
        text += label + u": "_s + harmless(value) + u'\n';
}

void explainClaims(QString &text, const DecodedClaims &claims)
{
    const auto request = ClaimsRequest::parse(claims.json);
    if (!request) {
        text += Text::tr("The claims cannot be read: %1").arg(harmless(request.error().message())) + u'\n';
        return;
    }
    for (const auto &meaning : request->explain())
        text += u"  - "_s + claimSentence(meaning) + u'\n';
}

void writeMeaning(Jose::JsonWriter &json, const ChallengeMeaning &meaning)
{
    json.beginObject().string("demand", identifier(meaning.demand)).string("scheme", meaning.scheme);
    const std::pair<QByteArrayView, QString> texts[] = {{"realm", meaning.realm},
                                                        {"error", meaning.error},
                                                        {"error_description", meaning.errorDescription},
                                                        {"error_uri", meaning.errorUri},
                                                        {"nonce", meaning.nonce},
                                                        {"resource_metadata", meaning.resourceMetadata},
                                                        {"authorization_uri", meaning.authorizationUri},
                                                        {"tenant", meaning.tenant},
                                                        {"resource", meaning.resource},
                                                        {"scope", meaning.scopes.toString()}};
    for (const auto &[name, value] : texts) {
        if (!value.isEmpty())
            json.string(name, value);
    }
    if (meaning.claims)
        json.raw("claims", meaning.claims->json);
    if (!meaning.acrValues.isEmpty())
        json.strings("acr_values", meaning.acrValues);
    if (meaning.maxAge)
        json.integer("max_age", meaning.maxAge->count());
    json.endObject();
}

void writeChallenge(Jose::JsonWriter &json, const Challenge &challenge)
{
    json.beginObject().string("scheme", challenge.scheme);
    if (!challenge.token68.isEmpty())
        json.string("token68", challenge.token68);
    // An array: names may come twice, and a reader wants to see that.
    json.name("parameters").beginArray();
    for (const auto &parameter : challenge.parameters) {
        json.beginObject().string("name", parameter.name).string("value", parameter.value);
        json.boolean("quoted", parameter.isQuoted).endObject();
    }
    json.endArray().endObject();
}

} // namespace

QString demandSentence(const ChallengeMeaning &meaning)
{
    using enum ChallengeMeaning::Demand;
    switch (meaning.demand) {
    case Unknown: return Text::tr("The API refuses with the scheme '%1', which asks for no token.").arg(meaning.scheme);
    case Token: return Text::tr("The API wants a token; none that counts was sent.");
    case FreshToken: return Text::tr("The API no longer accepts this token: it wants a newly issued one.");
    case Claims: return Text::tr("The API wants a token that carries these claims:");
    case StepUp: return Text::tr("The API wants a stronger or more recent sign-in.");
    case Scope: return Text::tr("The API wants a token with more scopes.");
    case Nonce: return Text::tr("The API wants the same token with a proof that carries its nonce.");
    case Proof: return Text::tr("The API refuses the proof of possession that came with the token.");
    case Correction: return Text::tr("The API says that the request is wrong, not the token.");
    }
    Q_UNREACHABLE();
    return {};
}

QString claimSentence(const ClaimMeaning &meaning)
{
    const auto &demand = meaning.demand;
    const auto values = listed(demand.values);
    const auto sentence = [&] {
        using enum ClaimMeaning::Kind;
        switch (meaning.kind) {
        case AuthenticationContext: return Text::tr("a sign-in with the authentication context %1").arg(values);
        case NotBefore: {
            const auto seconds = demand.values.value(0).toLongLong();
            return Text::tr("a token issued after %1 (continuous access evaluation)")
                .arg(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(Qt::ISODate));
        }
        case Capability: return Text::tr("a client that says it understands %1").arg(values);
        case Policies: return Text::tr("the Conditional Access policies %1 to be satisfied").arg(values);
        case NetworkLocation: return Text::tr("a sign-in from the address that the API saw, %1").arg(values);
        case AuthenticationTime: return Text::tr("the time of the sign-in");
        case AuthenticationMethod: return Text::tr("a sign-in by %1").arg(values);
        case Identity: return Text::tr("a certain person: %1").arg(values);
        case Unknown: return values.isEmpty() ? Text::tr("this claim, whatever its value") : values;
        }
        Q_UNREACHABLE();
        return QString();
    }();
    return harmless(demand.targetName + u'.' + demand.name) + u": "_s + sentence
        + (demand.isEssential ? u' ' + Text::tr("[essential]") : QString());
}

QString challengeExplanation(const ChallengeDocument &document)
{
    QString text;
    const auto *challenge = document.mostUseful();
    if (challenge) {
        const auto meaning = meaningOf(*challenge);
        text += demandSentence(meaning) + u'\n';
        if (meaning.claims)
            explainClaims(text, *meaning.claims);
        addLine(text, Text::tr("scopes"), meaning.scopes.toString());
        addLine(text, Text::tr("authentication contexts"), listed(meaning.acrValues));
        if (meaning.maxAge)
            addLine(text, Text::tr("sign-in at most this old"), Text::tr("%1 s").arg(meaning.maxAge->count()));
        addLine(text, Text::tr("claims that cannot be read"), meaning.unreadableClaims);
        addLine(text, Text::tr("the API says"), meaning.errorDescription);
        addLine(text, Text::tr("error"), meaning.error);
        addLine(text, Text::tr("tenant"), meaning.tenant);
        addLine(text, Text::tr("resource"), meaning.resource);
        addLine(text, Text::tr("nonce"), meaning.nonce);
        addLine(text, Text::tr("about the API"), meaning.resourceMetadata);
    } else if (!document.claims.isEmpty()) {
        text += Text::tr("A token is wanted that carries these claims:") + u'\n';
    }
    if (!challenge || !meaningOf(*challenge).claims) {
        for (const auto &found : document.claims)
            explainClaims(text, found.claims);
    }
    addLine(text, Text::tr("error in the body"), document.errorCode);
    addLine(text, Text::tr("the body says"), document.errorMessage);
    addLine(text, Text::tr("DPoP nonce"), document.dpopNonce);
    return text;
}

QByteArray challengeJson(const ChallengeDocument &document)
{
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.challenge/1"_s).string("form", identifier(document.form));
    if (document.status != 0)
        json.integer("status", document.status);
    json.name("challenges").beginArray();
    for (const auto &challenge : document.challenges)
        writeChallenge(json, challenge);
    json.endArray();
    if (const auto *useful = document.mostUseful()) {
        json.name("meaning");
        writeMeaning(json, meaningOf(*useful));
    }
    json.name("claims").beginArray();
    for (const auto &found : document.claims) {
        json.beginObject().raw("request", found.claims.json).string("source", found.source);
        json.string("coding", identifier(found.claims.coding)).strings("overlooked", found.claims.overlooked);
        json.endObject();
    }
    json.endArray().name("problems").beginArray();
    for (const auto &problem : document.problems) {
        json.beginObject().string("id", identifier(problem.kind)).integer("offset", problem.offset);
        json.string("detail", problem.detail).endObject();
    }
    json.endArray();
    const std::pair<QByteArrayView, QString> texts[] = {{"dpop_nonce", document.dpopNonce},
                                                        {"error_code", document.errorCode},
                                                        {"error_message", document.errorMessage}};
    for (const auto &[name, value] : texts) {
        if (!value.isEmpty())
            json.string(name, value);
    }
    json.endObject();
    return json.take();
}

} // namespace Countersign::Cli
