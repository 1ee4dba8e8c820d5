// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/challenge.h>

#include <countersign/protocol/webaddress.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

using Demand = ChallengeMeaning::Demand;

struct Row
{
    QLatin1StringView error;
    Demand demand;
};

constexpr Row rows[] = {
    {"invalid_token"_L1, Demand::FreshToken}, // RFC 6750 §3.1
    {"insufficient_scope"_L1, Demand::Scope}, // RFC 6750 §3.1
    {"invalid_request"_L1, Demand::Correction}, // RFC 6750 §3.1
    {"insufficient_claims"_L1, Demand::Claims}, // Microsoft
    {"insufficient_user_authentication"_L1, Demand::StepUp}, // RFC 9470 §3
    {"use_dpop_nonce"_L1, Demand::Nonce}, // RFC 9449 §9
    {"invalid_dpop_proof"_L1, Demand::Proof}, // RFC 9449 §7.1
    {"interaction_required"_L1, Demand::Claims}, // Microsoft, older APIs
};

//! The first path segment of a sign-in address; empty for the ones that mean everybody.
QString tenantIn(const QString &authorizationUri)
{
    const QUrl url(authorizationUri, QUrl::StrictMode);
    const QString tenant = url.path().section(u'/', 1, 1);
    if (url.scheme() != "https"_L1 || tenant == "common"_L1 || tenant == "organizations"_L1)
        return {};
    return tenant;
}

//! Spec: RFC 9470 §3: a non-negative number of seconds; some send it quoted, some not.
std::optional<std::chrono::seconds> secondsIn(const std::optional<QString> &text)
{
    bool isNumber = false;
    const qint64 seconds = text.value_or(QString()).toLongLong(&isNumber);
    if (!isNumber || seconds < 0)
        return {};
    return std::chrono::seconds(seconds);
}

QString first(const Challenge &challenge, std::initializer_list<QStringView> names)
{
    for (const auto name : names) {
        const QString value = challenge.value(name).value_or(QString());
        if (!value.isEmpty())
            return value;
    }
    return {};
}

void readClaims(const Challenge &challenge, ChallengeMeaning &meaning)
{
    const auto text = challenge.value(u"claims"_s);
    if (!text || text->isEmpty())
        return;
    auto claims = decodeClaims(text->toUtf8());
    if (claims)
        meaning.claims = std::move(*claims);
    else
        meaning.unreadableClaims = *text;
}

Demand demandOf(const ChallengeMeaning &meaning, bool isPop)
{
    // A claims challenge is one whatever error stands beside it: Microsoft's APIs send invalid_token, too.
    if (meaning.claims || !meaning.unreadableClaims.isEmpty())
        return Demand::Claims;
    for (const auto &row : rows) {
        if (meaning.error == row.error)
            return row.demand;
    }
    if (!meaning.error.isEmpty())
        return Demand::Unknown;
    return isPop && !meaning.nonce.isEmpty() ? Demand::Nonce : Demand::Token;
}

} // namespace

QString identifier(Demand demand)
{
    switch (demand) {
    case Demand::Unknown: return u"unknown"_s;
    case Demand::Token: return u"token"_s;
    case Demand::FreshToken: return u"fresh_token"_s;
    case Demand::Claims: return u"claims"_s;
    case Demand::StepUp: return u"step_up"_s;
    case Demand::Scope: return u"scope"_s;
    case Demand::Nonce: return u"nonce"_s;
    case Demand::Proof: return u"proof"_s;
    case Demand::Correction: return u"correction"_s;
    }
    Q_UNREACHABLE();
    return {};
}

ChallengeMeaning meaningOf(const Challenge &challenge)
{
    ChallengeMeaning meaning;
    meaning.scheme = challenge.scheme;
    meaning.realm = challenge.value(u"realm").value_or(QString());
    meaning.nonce = challenge.value(u"nonce").value_or(QString());
    const bool isPop = challenge.isScheme(u"PoP");
    if (!challenge.isScheme(u"Bearer") && !challenge.isScheme(u"DPoP") && !isPop)
        return meaning;
    meaning.error = challenge.value(u"error").value_or(QString());
    meaning.errorDescription = challenge.value(u"error_description").value_or(QString());
    meaning.errorUri = challenge.value(u"error_uri").value_or(QString());
    meaning.scopes = ScopeSet::parse(challenge.value(u"scope").value_or(QString()));
    meaning.acrValues = challenge.value(u"acr_values").value_or(QString()).split(u' ', Qt::SkipEmptyParts);
    meaning.maxAge = secondsIn(challenge.value(u"max_age"));
    meaning.algorithms = challenge.value(u"algs").value_or(QString()).split(u' ', Qt::SkipEmptyParts);
    meaning.resourceMetadata = challenge.value(u"resource_metadata").value_or(QString());
    meaning.authorizationUri = first(challenge, {u"authorization_uri", u"authorization"});
    meaning.resource = first(challenge, {u"resource", u"resource_id", u"client_id"});
    meaning.tenant = tenantIn(meaning.authorizationUri);
    if (meaning.tenant.isEmpty())
        meaning.tenant = first(challenge, {u"tenant_id"});
    readClaims(challenge, meaning);
    meaning.demand = demandOf(meaning, isPop);
    return meaning;
}

Result<QUrl> resourceMetadataUrl(const ChallengeMeaning &meaning, const QUrl &resource)
{
    if (meaning.resourceMetadata.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"the challenge names no resource_metadata"_s};
    const QUrl url(meaning.resourceMetadata, QUrl::StrictMode);
    if (!isPlainAddress(url) || !isSameOrigin(url, resource))
        return Error{ErrorCode::SecurityCheckFailed,
                     u"the resource's metadata lies on another origin than the resource"_s}
            .withComparison(resource.host(), url.host());
    return url;
}

} // namespace Countersign::Protocol
