// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/tokenpolicy.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

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

bool isAsExpected(const ClaimExpectation &expected, const JsonValue &actual)
{
    if (const auto *text = std::get_if<QString>(&expected.value))
        return actual.string() == *text;
    if (const auto *number = std::get_if<qint64>(&expected.value))
        return actual.integer() == *number;
    return actual.boolean() == std::get<bool>(expected.value);
}

} // namespace

QStringList wordsOfClaim(const JsonObject &claims, QByteArrayView name)
{
    const auto value = claims.value(name);
    if (const auto text = value.string())
        return text->split(u' ', Qt::SkipEmptyParts);
    return value.stringList().value_or(QStringList());
}

QStringList clientsIn(const JsonObject &claims)
{
    for (const char *name : {"client_id", "azp", "appid"}) {
        if (claims.contains(name))
            return wordsOfClaim(claims, name);
    }
    return wordsOfClaim(claims, "aud");
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
        check.reason = u"Missing: %1."_s.arg(missing.join(u' '));
        check.cause = ErrorCause::PolicyFailed;
    }
    return check;
}

Check checkScopes(const QStringList &wanted, const JsonObject &claims)
{
    return checkWords(u"scope"_s, u"RFC 9068 2.2.3"_s, wanted,
                      wordsOfClaim(claims, "scope") + wordsOfClaim(claims, "scp"));
}

Check checkRoles(const QStringList &wanted, const JsonObject &claims)
{
    return checkWords(u"role"_s, u"RFC 9068 2.2.3.1"_s, wanted, wordsOfClaim(claims, "roles"));
}

Check checkClaim(const ClaimExpectation &expected, const JsonObject &claims, const QString &reference)
{
    const QString id = u"claim:"_s + expected.name;
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
        check.reason = actual.isUndefined() ? u"The claim is missing."_s : u"The claim is another one."_s;
        check.cause = ErrorCause::PolicyFailed;
    }
    return check;
}

} // namespace Countersign::Jose
