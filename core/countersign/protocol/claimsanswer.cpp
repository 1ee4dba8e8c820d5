// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/claimsanswer.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

using Kind = ClaimMeaning::Kind;

//! As ClaimDemand::values has them.
QString textOf(const Jose::JsonValue &value)
{
    return value.string().value_or(QString::fromUtf8(value.raw()));
}

bool holdsOneOf(const Jose::JsonValue &claim, const QStringList &values)
{
    const auto list = claim.array();
    if (!list)
        return values.contains(textOf(claim));
    return std::any_of(list->begin(), list->end(),
                       [&values](const Jose::JsonValue &item) { return values.contains(textOf(item)); });
}

//! Spec: Microsoft's continuous access evaluation, where an API wants a token from after an event.
ClaimOutcome comparedWithNotBefore(const Jose::JsonObject &token, const QStringList &values)
{
    const auto begin = token.contains("nbf") ? token.value("nbf") : token.value("iat");
    const auto at = begin.flooredInteger();
    if (!at)
        return ClaimOutcome::Missing;
    bool isTime = false;
    const auto earliest = values.value(0).toLongLong(&isTime);
    if (!isTime)
        return values.isEmpty() ? ClaimOutcome::Met : ClaimOutcome::Undecidable;
    return *at >= earliest ? ClaimOutcome::Met : ClaimOutcome::Different;
}

ClaimOutcome compared(const ClaimMeaning &meaning, const std::optional<Jose::JsonObject> &token)
{
    const auto &demand = meaning.demand;
    const bool isOfToken = demand.target == ClaimsTarget::AccessToken || demand.target == ClaimsTarget::IdToken;
    const bool isSaidByTokens = meaning.kind != Kind::Policies && meaning.kind != Kind::NetworkLocation;
    if (!isOfToken || !isSaidByTokens || !token)
        return ClaimOutcome::Undecidable;
    if (meaning.kind == Kind::NotBefore)
        return comparedWithNotBefore(*token, demand.values);
    const auto claim = token->value(demand.name.toUtf8());
    if (claim.isUndefined() || claim.isNull())
        return ClaimOutcome::Missing;
    return demand.values.isEmpty() || holdsOneOf(claim, demand.values) ? ClaimOutcome::Met : ClaimOutcome::Different;
}

} // namespace

QString identifier(ClaimOutcome outcome)
{
    switch (outcome) {
    case ClaimOutcome::Met: return u"met"_s;
    case ClaimOutcome::Missing: return u"missing"_s;
    case ClaimOutcome::Different: return u"different"_s;
    case ClaimOutcome::Undecidable: return u"undecidable"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QList<ClaimAnswer> answersTo(const ClaimsRequest &request, const AnsweredTokens &tokens)
{
    QList<ClaimAnswer> answers;
    for (const auto &meaning : request.explain()) {
        const auto &demand = meaning.demand;
        const bool isCondition = demand.isEssential || !demand.values.isEmpty();
        if (!isCondition || meaning.kind == Kind::Capability)
            continue;
        const auto &token = demand.target == ClaimsTarget::IdToken ? tokens.idToken : tokens.accessToken;
        answers.append({demand.targetName + u'.' + demand.name, compared(meaning, token)});
    }
    return answers;
}

ClaimAnswer answerToMaximumAge(std::chrono::seconds maximumAge, const AnsweredTokens &tokens)
{
    ClaimAnswer answer{u"access_token.auth_time"_s, ClaimOutcome::Undecidable};
    if (!tokens.accessToken)
        return answer;
    const auto authenticatedAt = tokens.accessToken->value("auth_time").flooredInteger();
    const auto issuedAt = tokens.accessToken->value("iat").flooredInteger();
    if (!authenticatedAt)
        answer.outcome = ClaimOutcome::Missing;
    else if (issuedAt)
        // Both are the provider's, but the code lay in between, and a person's browser.
        answer.outcome = *issuedAt - *authenticatedAt <= maximumAge.count() + std::chrono::seconds(60).count()
            ? ClaimOutcome::Met
            : ClaimOutcome::Different;
    return answer;
}

std::optional<bool> areMet(const QList<ClaimAnswer> &answers)
{
    const auto has = [&answers](ClaimOutcome outcome) {
        return std::any_of(answers.begin(), answers.end(),
                           [outcome](const ClaimAnswer &answer) { return answer.outcome == outcome; });
    };
    if (has(ClaimOutcome::Missing) || has(ClaimOutcome::Different))
        return false;
    return has(ClaimOutcome::Undecidable) ? std::optional<bool>() : true;
}

} // namespace Countersign::Protocol
