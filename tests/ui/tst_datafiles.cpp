// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/checktext.h"

#include <dictionary/claimdictionary.h>
#include <dictionary/datafile.h>

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>
#include <QtCore/QScopeGuard>
#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

//! One object's members: those that must be there, those that may, and what kind each is.
struct Schema
{
    QStringList required;
    QStringList optional;
    QStringList texts; //!< objects with every language
};

QByteArray complaint(const QJsonObject &object, const Schema &schema)
{
    const auto names = object.keys();
    for (const auto &name : schema.required) {
        if (!names.contains(name))
            return "missing: " + name.toUtf8();
    }
    for (const auto &name : names) {
        if (!schema.required.contains(name) && !schema.optional.contains(name))
            return "unknown: " + name.toUtf8();
        if (!schema.texts.contains(name))
            continue;
        const auto text = object.value(name).toObject();
        for (const auto &language : {u"en"_s, u"de"_s}) {
            if (text.value(language).toString().trimmed().isEmpty())
                return name.toUtf8() + " has no " + language.toUtf8();
        }
    }
    return {};
}

QStringList idsOf(const QString &file, const QString &list, const QString &member = u"id"_s)
{
    QStringList ids;
    const auto items = readDataFile(file).value(list).toArray();
    for (const auto item : items)
        ids.append(item.toObject().value(member).toString());
    return ids;
}

} // namespace

class TestDataFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyEntryFollowsItsSchema_data();
    void everyEntryFollowsItsSchema();
    void noEntryIsThereTwice();
    void everyClaimHasAKnownCategory();
    void everyCheckAndRemarkOfTheCoreHasWords();
    void everyReasonOfTheCoreHasGermanWords();
    void whatIsPutIntoAReasonStaysThere();
    void aComparisonIsSaidAsAPersonWould_data();
    void aComparisonIsSaidAsAPersonWould();
    void aProvidersEntryGoesFirstAndStaysItsOwn();
    void patternsFit();
};

void TestDataFiles::everyEntryFollowsItsSchema_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("list");
    QTest::addColumn<QStringList>("required");
    QTest::addColumn<QStringList>("optional");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("claims") << u"claims"_s << u"claims"_s
                            << QStringList{u"name"_s, u"in"_s, u"category"_s, u"meaning"_s}
                            << QStringList{u"type"_s, u"level"_s, u"provider"_s, u"spec"_s, u"advice"_s, u"values"_s}
                            << QStringList{u"meaning"_s, u"advice"_s};
    QTest::newRow("APIs") << u"apis"_s << u"apis"_s
                          << QStringList{u"id"_s, u"name"_s, u"provider"_s, u"hosts"_s, u"scopes"_s}
                          << QStringList{u"resource"_s} << QStringList{};
    QTest::newRow("checks") << u"checks"_s << u"checks"_s << QStringList{u"id"_s, u"title"_s, u"why"_s, u"fix"_s}
                            << QStringList{} << QStringList{u"title"_s, u"why"_s, u"fix"_s};
    QTest::newRow("reasons") << u"checks"_s << u"reasons"_s << QStringList{u"text"_s} << QStringList{}
                             << QStringList{u"text"_s};
    QTest::newRow("terms") << u"checks"_s << u"terms"_s << QStringList{u"text"_s} << QStringList{}
                           << QStringList{u"text"_s};
    QTest::newRow("errors") << u"errors"_s << u"errors"_s << QStringList{u"id"_s, u"why"_s, u"advice"_s}
                            << QStringList{u"code"_s,     u"cause"_s,   u"oauth"_s, u"server_code"_s,
                                           u"provider"_s, u"actions"_s, u"link"_s,  u"command"_s}
                            << QStringList{u"why"_s, u"advice"_s};
    QTest::newRow("warnings") << u"checks"_s << u"warnings"_s << QStringList{u"id"_s, u"title"_s} << QStringList{}
                              << QStringList{u"title"_s};
}

void TestDataFiles::everyEntryFollowsItsSchema()
{
    QFETCH(QString, file);
    QFETCH(QString, list);
    QFETCH(QStringList, required);
    QFETCH(QStringList, optional);
    QFETCH(QStringList, texts);
    const auto json = readDataFile(file);
    QCOMPARE(json.value("version"_L1).toInt(), 1);
    const auto items = json.value(list).toArray();
    QVERIFY(items.size() > 10);
    for (const auto item : items) {
        const auto problem = complaint(item.toObject(), {required, optional, texts});
        const QByteArray where = problem + " in " + QJsonDocument(item.toObject()).toJson(QJsonDocument::Compact);
        QVERIFY2(problem.isEmpty(), where.constData());
        const auto values = item.toObject().value("values"_L1).toObject();
        for (auto it = values.begin(); it != values.end(); ++it) {
            const auto each = complaint({{u"v"_s, it.value()}}, {{u"v"_s}, {}, {u"v"_s}});
            QVERIFY2(each.isEmpty(), qPrintable(it.key()));
        }
    }
}

void TestDataFiles::noEntryIsThereTwice()
{
    for (const auto &list : {u"checks"_s, u"warnings"_s}) {
        const auto ids = idsOf(u"checks"_s, list);
        QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
    }
    QStringList seen;
    for (const auto &entry : ClaimDictionary::builtIn().entries()) {
        const auto key = u"%1/%2/%3"_s.arg(entry.name, entry.provider).arg(entry.isHeader);
        QVERIFY2(!seen.contains(key), qPrintable(key));
        seen.append(key);
    }
}

void TestDataFiles::everyClaimHasAKnownCategory()
{
    for (const auto &entry : ClaimDictionary::builtIn().entries())
        QVERIFY2(entry.category != ClaimCategory::Unknown, qPrintable(entry.name));
}

void TestDataFiles::everyCheckAndRemarkOfTheCoreHasWords()
{
    // The core's identifiers stand in its sources: whatever is added there needs words here.
    const auto read = [](const QString &name) {
        QFile file(QStringLiteral(SOURCE_TREE) + u"/core/countersign/jose/"_s + name);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    };
    const auto checks = idsOf(u"checks"_s, u"checks"_s);
    static const QRegularExpression check(u"constexpr JwtCheck \\w+\\{\"(\\w+)\""_s);
    int found = 0;
    for (const auto &name :
         {u"jwtexaminer.cpp"_s, u"jwtidentitychecks.cpp"_s, u"jwttimechecks.cpp"_s, u"jwtusechecks.cpp"_s}) {
        auto matches = check.globalMatch(read(name));
        while (matches.hasNext()) {
            const auto id = matches.next().captured(1);
            ++found;
            QVERIFY2(checks.contains(id), qPrintable(id));
        }
    }
    QVERIFY(found > 20);
    const auto warnings = idsOf(u"checks"_s, u"warnings"_s);
    static const QRegularExpression warning(u"(?:warn|danger|note|warning|add)\\(u\"(\\w+)\"_s"_s);
    found = 0;
    for (const auto &name : {u"tokendocument.cpp"_s, u"tokenwarnings.cpp"_s}) {
        auto matches = warning.globalMatch(read(name));
        while (matches.hasNext()) {
            const auto id = matches.next().captured(1);
            if (id.endsWith(u'_'))
                continue; // a family
            ++found;
            QVERIFY2(warnings.contains(id), qPrintable(id));
        }
    }
    QVERIFY(found > 20);
    QVERIFY(!warningText({.id = u"base64_padding"_s}).contains("base64_"_L1));
}

void TestDataFiles::everyReasonOfTheCoreHasGermanWords()
{
    QLocale::setDefault(QLocale(QLocale::German));
    const auto back = qScopeGuard([] { QLocale::setDefault(QLocale(QLocale::English)); });
    static const QRegularExpression call(
        u"(?:failed|warned|notPossible|notApplicable|untimely)\\(\\w+,\\s*(?:\\w+ \\? )?"
        "u\"((?:[^\"\\\\]|\\\\.)*)\"_s(?:\\s*:\\s*u\"((?:[^\"\\\\]|\\\\.)*)\"_s)?"_s);
    int found = 0;
    for (const auto &name :
         {u"jwtexaminer.cpp"_s, u"jwtidentitychecks.cpp"_s, u"jwttimechecks.cpp"_s, u"jwtusechecks.cpp"_s}) {
        QFile file(QStringLiteral(SOURCE_TREE) + u"/core/countersign/jose/"_s + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto matches = call.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            for (const auto &written : {match.captured(1), match.captured(2)}) {
                if (written.isEmpty())
                    continue;
                const auto reason = QString(written).replace(u"\\\""_s, u"\""_s).replace(u"%1"_s, u"7"_s);
                ++found;
                QVERIFY2(checkDetail({.reason = reason}) != reason, qPrintable(reason));
            }
        }
    }
    QVERIFY2(found > 60, qPrintable(QString::number(found)));
    QCOMPARE(checkDetail({.reason = u"a sentence of tomorrow"_s}), u"a sentence of tomorrow"_s);
}

void TestDataFiles::whatIsPutIntoAReasonStaysThere()
{
    QLocale::setDefault(QLocale(QLocale::German));
    const auto back = qScopeGuard([] { QLocale::setDefault(QLocale(QLocale::English)); });
    QCOMPARE(checkDetail({.reason = u"claim \"a%2b\" is missing"_s}), u"Die Angabe „a%2b“ fehlt"_s);
    const auto compared = comparisonText({.expected = u"after 2026-01-01"_s, .actual = u"7 keys"_s});
    QVERIFY(compared.contains("nach 2026-01-01"_L1));
    QVERIFY(compared.contains(u"7 Schlüssel"_s));
    // Only whole phrases: a value that has one inside is somebody else's text.
    QVERIFY(comparisonText({.actual = u"https://missing.example"_s}).contains("https://missing.example"_L1));
}

void TestDataFiles::aComparisonIsSaidAsAPersonWould_data()
{
    QTest::addColumn<Jose::Check>("check");
    QTest::addColumn<QString>("text");
    using enum Jose::CheckOutcome;
    const auto row = [](const char *name, const Jose::Check &check, const QString &text) {
        QTest::newRow(name) << check << text;
    };
    row("RFC 8725 3.11, right", {u"type"_s, Passed, u"none, jwt"_s, u"JWT"_s}, u"JWT"_s);
    row("RFC 8725 3.11, absent", {u"type"_s, Passed, u"none, jwt"_s, u"missing"_s}, u"no type"_s);
    row("RFC 8725 3.11, wrong", {u"type"_s, Failed, u"none, jwt"_s, u"at+jwt"_s},
        u"Found at+jwt, expected no type or jwt."_s);
    row("RFC 8725 3.1, one of many", {u"algorithm"_s, Passed, u"RS256, ES256"_s, u"ES256"_s}, u"ES256"_s);
    row("RFC 7515 6, no keys", {u"key"_s, NotPossible, u"k1"_s, u"no keys"_s, u"no keys to verify with"_s},
        u"Key k1 is needed; there are no keys to check with."_s);
    row("RFC 7515 6, other keys", {u"key"_s, Failed, u"k1"_s, u"3 keys"_s},
        u"Key k1 is not among the keys, or does not fit."_s);
    row("RFC 7515 5.2",
        {u"signature"_s, Failed, u"ES256"_s, u"64 bytes"_s, u"the signature does not fit the token and the key"_s},
        u"The signature does not fit the token and the key"_s);
    row("RFC 7515 4.1.11", {u"critical"_s, Failed, u"none"_s, u"[\"exp\"]"_s}, u"The header demands [\"exp\"]"_s);
    row("a nonce is nobody's business", {u"nonce"_s, Failed, u"<32 characters>"_s, u"<32 characters>"_s},
        u"Another one than was sent"_s);
    row("one of several audiences", {u"audience"_s, Passed, u"app"_s, u"app, api"_s}, u"app is one of app, api"_s);
    row("RFC 7519 4.1.4", {u"expiry"_s, Passed, u"after 2026-01-01T00:00:00Z"_s, u"2026-01-01T02:00:00Z"_s},
        u"Ends 2026-01-01T02:00:00Z"_s);
    row("RFC 7519 4.1.4, over", {u"expiry"_s, Failed, u"after 2026-01-01T00:00:00Z"_s, u"2025-01-01T02:00:00Z"_s},
        u"Ended 2025-01-01T02:00:00Z"_s);
    row("RFC 7519 4.1.4, absent", {u"expiry"_s, Failed, u"a time"_s, u"missing"_s}, u"Missing"_s);
    row("OIDC Core 3.1.3.7 step 13",
        {u"max_age"_s, Failed, u"not before 2026-01-01T00:00:00Z"_s, u"2025-01-01T02:00:00Z"_s},
        u"Signed in 2025-01-01T02:00:00Z, expected not before 2026-01-01T00:00:00Z."_s);
    row("nothing to compare", {u"issuer"_s, NotPossible, {}, {}, u"no issuer to compare with"_s},
        u"No issuer to compare with"_s);
}

void TestDataFiles::aComparisonIsSaidAsAPersonWould()
{
    QFETCH(Jose::Check, check);
    QFETCH(QString, text);
    const QDateTime at(QDate(2026, 1, 1), QTime(1, 0), Qt::UTC);
    auto said = comparisonText(check, TimeStyle::Utc, at);
    QCOMPARE(said.remove(QChar(0x2068)).remove(QChar(0x2069)), text);
    // As the other times are.
    const Jose::Check ends{u"expiry"_s, Jose::CheckOutcome::Passed, {}, u"2026-01-01T02:00:00Z"_s};
    QCOMPARE(comparisonText(ends, TimeStyle::Relative, at), u"Ends in 60 minute(s)"_s);
}

void TestDataFiles::aProvidersEntryGoesFirstAndStaysItsOwn()
{
    const auto &dictionary = ClaimDictionary::builtIn();
    QVERIFY(!dictionary.find(u"typ", false, u"entra"));
    QCOMPARE(dictionary.find(u"typ", false, u"keycloak")->provider, u"keycloak"_s);
    QVERIFY(dictionary.find(u"nonce", false, u"google"));
    QVERIFY(!dictionary.find(u"nonce", true, u"google"));
    QVERIFY(dictionary.find(u"nonce", true, u"entra"));
    QVERIFY(!dictionary.find(u"made_up", false, u""));
}

void TestDataFiles::patternsFit()
{
    const auto &dictionary = ClaimDictionary::builtIn();
    QCOMPARE(dictionary.find(u"extension_Color", false, u"entra")->name, u"extension_*"_s);
    QCOMPARE(dictionary.find(u"xms_cc", false, u"entra")->name, u"xms_cc"_s);
    QCOMPARE(dictionary.find(u"xms_new", false, u"entra")->level, ClaimLevel::Internal);
}

QTEST_GUILESS_MAIN(TestDataFiles)
#include "tst_datafiles.moc"
