// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/sampletokens.h"
#include "inspector/tokensummary.h"
#include "text/foreigntext.h"

#include <countersign/jose/base64url.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

const auto now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);

Jose::TokenDocument tokenOf(const QByteArray &claims)
{
    return Jose::TokenDocument::read(
        QByteArray(Jose::encodeBase64Url(R"({"alg":"RS256"})") + '.' + Jose::encodeBase64Url(claims) + ".c2ln"));
}

bool hasBadge(const TokenSummary &summary, const QString &text)
{
    return std::any_of(summary.badges.begin(), summary.badges.end(),
                       [&text](const TokenBadge &badge) { return badge.text == text; });
}

} // namespace

class TestTokenSummary : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSentenceSaysWhoForWhomAndHowLong();
    void anApplicationIsNoPerson();
    void anExpiredTokenSaysSo();
    void maskingNamesNobody();
    void whatIsNoJwtIsSaidToBeWhatItIs_data();
    void whatIsNoJwtIsSaidToBeWhatItIs();
    void hostileTextsStayHarmless_data();
    void hostileTextsStayHarmless();
    void everySampleReads();
};

void TestTokenSummary::aSentenceSaysWhoForWhomAndHowLong()
{
    const auto summary = summarize(
        tokenOf(
            R"({"iss":"https://sts.windows.net/t/","aud":"https://graph.microsoft.com","name":"Ada","scp":"User.Read a",)"
            R"("amr":["pwd","mfa"],"auth_time":1799992800,"exp":1800002520,"iat":1799999000,"ver":"1.0","appid":"x"})"),
        now);
    for (const auto *part :
         {"Ada", "Microsoft Graph", "2 delegated", "several factors, 2 hour", "It ends in 42 minute"})
        QVERIFY2(summary.sentence.contains(QLatin1StringView(part)), qPrintable(summary.sentence));
    QVERIFY(hasBadge(summary, u"Several factors"_s));
}

void TestTokenSummary::anApplicationIsNoPerson()
{
    const auto summary =
        summarize(tokenOf(R"({"iss":"https://i","aud":"a","sub":"s","idtyp":"app","roles":["R"]})"), now);
    QVERIFY(summary.sentence.contains("application, not a person"_L1));
    QVERIFY(hasBadge(summary, u"Application"_s));
}

void TestTokenSummary::anExpiredTokenSaysSo()
{
    const auto summary = summarize(tokenOf(R"({"sub":"s","exp":1799996400})"), now);
    QVERIFY(summary.sentence.contains("It ended"_L1));
    QVERIFY(hasBadge(summary, u"Expired"_s));
}

void TestTokenSummary::maskingNamesNobody()
{
    const auto token = tokenOf(R"({"iss":"https://i","aud":"a","sub":"ada-subject","name":"Ada","email":"ada@x"})");
    QVERIFY(summarize(token, now).sentence.contains("Ada"_L1));
    const auto masked = summarize(token, now, true).sentence;
    QVERIFY2(!masked.contains("ada"_L1, Qt::CaseInsensitive), qPrintable(masked));
}

void TestTokenSummary::whatIsNoJwtIsSaidToBeWhatItIs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("word");
    QTest::newRow("nothing") << QByteArray() << u"nothing"_s;
    QTest::newRow("GitHub") << QByteArray("gho_16C7e42F292c6912E7710c838347Ae178B4a") << u"GitHub"_s;
    QTest::newRow("PASETO") << QByteArray("v4.public.eyJzdWIiOiJhZGEifQ.x") << u"recognised"_s;
    QTest::newRow("JSON") << QByteArray(R"({"a":1})") << u"JSON"_s;
    QTest::newRow("five parts") << QByteArray("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d")
                                << u"encrypted"_s;
}

void TestTokenSummary::whatIsNoJwtIsSaidToBeWhatItIs()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, word);
    const auto summary = summarize(Jose::TokenDocument::read(text), now);
    QVERIFY2(summary.sentence.contains(word), qPrintable(summary.sentence));
}

void TestTokenSummary::hostileTextsStayHarmless_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("forbidden");
    QTest::newRow("D.1: right-to-left override") << u"ada\u202Etxt.exe"_s << u"\u202E"_s;
    QTest::newRow("D.1: an isolate that is never closed") << u"ada\u2067"_s << u"\u2067"_s;
    QTest::newRow("D.1: zero width") << u"a\u200Bda"_s << u"\u200B"_s;
    QTest::newRow("D.1: line break") << u"a\nIssued by me"_s << u"\n"_s;
    QTest::newRow("D.1: terminal escape") << u"a\u001B[2J"_s << u"\u001B"_s;
    QTest::newRow("D.1: line separator") << u"a\u2028b"_s << u"\u2028"_s;
}

void TestTokenSummary::hostileTextsStayHarmless()
{
    QFETCH(QString, text);
    QFETCH(QString, forbidden);
    QVERIFY(!harmless(text).contains(forbidden));
    QVERIFY(harmless(text).contains("U+"_L1));
    QVERIFY(isolated(text).startsWith(QChar(0x2068)) && isolated(text).endsWith(QChar(0x2069)));
    QCOMPARE(harmless(QString(5000, u'x'), 10).size(), 11);
}

void TestTokenSummary::everySampleReads()
{
    const auto samples = sampleTokens(now);
    QVERIFY(samples.size() >= 6);
    for (const auto &sample : samples) {
        const auto document = Jose::TokenDocument::read(sample.token);
        QVERIFY2(!document.claims().isEmpty(), qPrintable(sample.name));
        QVERIFY(!summarize(document, now).sentence.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestTokenSummary)
#include "tst_tokensummary.moc"
