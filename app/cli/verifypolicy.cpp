// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "verifypolicy.h"

#include "text.h"
#include "tomltext.h"
#include "words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::Check;
using Jose::CheckOutcome;

Error wrongAt(const toml::node &node, const QString &message)
{
    return wrongUsage(Text::tr("line %1: %2").arg(node.source().begin.line).arg(message));
}

Result<ClaimExpectation> readClaim(const QString &name, const toml::node &node)
{
    if (harmless(name) != name)
        return wrongAt(node, Text::tr("the name of a claim holds a control character"));
    if (const auto *number = node.as_integer())
        return ClaimExpectation{name, qint64(number->get())};
    if (const auto *truth = node.as_boolean())
        return ClaimExpectation{name, truth->get()};
    if (node.is_array()) {
        auto words = tomlWords(node, name);
        if (!words)
            return wrongUsage(words.error().message());
        if (words->isEmpty())
            return wrongAt(node, Text::tr("an empty list expects nothing"));
        return ClaimExpectation{name, *std::move(words)};
    }
    auto text = tomlText(node, name);
    if (!text)
        return wrongUsage(text.error().message());
    return ClaimExpectation{name, *std::move(text)};
}

Result<void> readClaims(const toml::node &node, VerifyPolicy &policy)
{
    const auto *table = node.as_table();
    if (!table)
        return wrongAt(node, Text::tr("'claims' is a table: [claims], then name = value"));
    for (const auto &[name, value] : *table) {
        auto claim = readClaim(textOf(name.str()), value);
        if (!claim)
            return claim.error();
        policy.claims.append(*std::move(claim));
    }
    return {};
}

Result<void> readLeeway(const toml::node &node, VerifyPolicy &policy)
{
    const auto text = tomlText(node, u"leeway"_s);
    if (!text)
        return wrongUsage(text.error().message());
    const auto span = parseDuration(*text);
    if (!span)
        return wrongAt(node, span.error().message());
    policy.leeway = std::chrono::duration_cast<std::chrono::seconds>(*span);
    return {};
}

Result<void> readMember(const QString &name, const toml::node &node, VerifyPolicy &policy)
{
    const std::pair<QString, QString VerifyPolicy::*> texts[] = {{u"type"_s, &VerifyPolicy::type},
                                                                 {u"issuer"_s, &VerifyPolicy::issuer},
                                                                 {u"audience"_s, &VerifyPolicy::audience},
                                                                 {u"client_id"_s, &VerifyPolicy::clientId}};
    const std::pair<QString, QStringList VerifyPolicy::*> lists[] = {{u"scope"_s, &VerifyPolicy::scopes},
                                                                     {u"role"_s, &VerifyPolicy::roles},
                                                                     {u"acr"_s, &VerifyPolicy::authenticationContexts}};
    QStringList known{u"leeway"_s, u"claims"_s};
    for (const auto &[known_, member] : texts) {
        known.append(known_);
        if (name != known_)
            continue;
        auto text = tomlText(node, name);
        if (!text)
            return wrongUsage(text.error().message());
        policy.*member = *std::move(text);
        return {};
    }
    for (const auto &[known_, member] : lists) {
        known.append(known_);
        if (name != known_)
            continue;
        auto words = tomlWords(node, name);
        if (!words)
            return wrongUsage(words.error().message());
        policy.*member = *std::move(words);
        return {};
    }
    if (name == "claims"_L1)
        return readClaims(node, policy);
    if (name == "leeway"_L1)
        return readLeeway(node, policy);
    return wrongAt(node, notOneOf(harmless(name.left(80)), known));
}

QString inWords(const ClaimExpectation &expected)
{
    if (const auto *text = std::get_if<QString>(&expected.value))
        return *text;
    if (const auto *number = std::get_if<qint64>(&expected.value))
        return QString::number(*number);
    if (const auto *truth = std::get_if<bool>(&expected.value))
        return *truth ? u"true"_s : u"false"_s;
    return std::get<QStringList>(expected.value).join(u' ');
}

bool isAsExpected(const ClaimExpectation &expected, const Jose::JsonValue &actual)
{
    if (const auto *text = std::get_if<QString>(&expected.value))
        return actual.string() == *text;
    if (const auto *number = std::get_if<qint64>(&expected.value))
        return actual.integer() == *number;
    return actual.boolean() == std::get<bool>(expected.value);
}

} // namespace

Result<VerifyPolicy> parseVerifyPolicy(QByteArrayView toml)
{
    const auto table = parseToml(toml);
    if (!table)
        return wrongUsage(table.error().message());
    VerifyPolicy policy;
    for (const auto &[name, node] : *table) {
        if (const auto read = readMember(textOf(name.str()), node, policy); !read)
            return read.error();
    }
    const QStringList types{u"id"_s, u"access"_s, u"logout"_s, u"jarm"_s};
    if (!policy.type.isEmpty() && !types.contains(policy.type))
        return wrongUsage(Text::tr("type: %1").arg(notOneOf(policy.type, types)));
    return policy;
}

QStringList wordsOfClaim(const Jose::JsonObject &claims, QByteArrayView name)
{
    const auto value = claims.value(name);
    if (const auto text = value.string())
        return text->split(u' ', Qt::SkipEmptyParts);
    return value.stringList().value_or(QStringList());
}

Check checkWords(const QString &id, const QString &reference, const QStringList &wanted, const QStringList &there)
{
    QStringList missing;
    for (const auto &word : wanted) {
        if (!there.contains(word))
            missing.append(word);
    }
    Check check{.id = id,
                .outcome = missing.isEmpty() ? CheckOutcome::Passed : CheckOutcome::Failed,
                .expected = wanted.join(u' '),
                .actual = there.join(u' '),
                .reference = reference};
    if (!missing.isEmpty()) {
        check.reason = Text::tr("Missing: %1.").arg(missing.join(u' '));
        check.cause = ErrorCause::PolicyFailed;
    }
    return check;
}

Check checkClaim(const ClaimExpectation &expected, const Jose::JsonObject &claims)
{
    const QString id = u"claim:"_s + expected.name;
    const auto reference = u"--policy"_s;
    const auto name = expected.name.toUtf8();
    if (const auto *words = std::get_if<QStringList>(&expected.value))
        return checkWords(id, reference, *words, wordsOfClaim(claims, name));
    const auto actual = claims.value(name);
    const bool isMet = isAsExpected(expected, actual);
    Check check{.id = id,
                .outcome = isMet ? CheckOutcome::Passed : CheckOutcome::Failed,
                .expected = inWords(expected),
                .actual = actual.string().value_or(QString::fromUtf8(actual.raw())),
                .reference = reference};
    if (!isMet) {
        check.reason = actual.isUndefined() ? Text::tr("The claim is missing.") : Text::tr("The claim is another one.");
        check.cause = ErrorCause::PolicyFailed;
    }
    return check;
}

} // namespace Countersign::Cli
