// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "verifypolicy.h"

#include "text.h"
#include "tomltext.h"
#include "words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::ClaimExpectation;

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

} // namespace Countersign::Cli
