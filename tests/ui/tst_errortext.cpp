// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/errordictionary.h"
#include "text/errortext.h"

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

class TestErrorText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCodeHasItsOwnSentence();
    void everyCauseHasItsOwnSentence();
    void theDetailNamesTheProvidersWords();
    void theDictionaryHasTheWholeFirstList();
    void theMostExactEntryCounts();
};

void TestErrorText::everyCodeHasItsOwnSentence()
{
    QStringList seen;
    for (int code = 0; code <= int(ErrorCode::NotSupported); ++code) {
        const auto words = errorText(Error(ErrorCode(code), u"message"_s));
        QVERIFY(!words.what.isEmpty());
        QVERIFY(!words.advice.isEmpty());
        QVERIFY2(!seen.contains(words.what), qPrintable(words.what));
        seen.append(words.what);
    }
}

void TestErrorText::everyCauseHasItsOwnSentence()
{
    QStringList seen;
    for (int cause = int(ErrorCause::Unspecified) + 1; cause <= int(ErrorCause::ForbiddenByPolicy); ++cause) {
        const auto why = whyItHappened(ErrorCause(cause));
        QVERIFY2(!why.isEmpty(), qPrintable(identifier(ErrorCause(cause))));
        QVERIFY2(!seen.contains(why), qPrintable(why));
        seen.append(why);
    }
}

void TestErrorText::theDetailNamesTheProvidersWords()
{
    const auto words = errorText(
        Error(ErrorCode::ServerRejected, u"refused"_s).withOAuth({.error = u"made_up"_s}).withHttpStatus(401));
    QVERIFY(words.detail.contains("made_up"_L1));
    QVERIFY(words.detail.contains("401"_L1));
    QVERIFY(words.why.contains("made_up"_L1));
}

void TestErrorText::theDictionaryHasTheWholeFirstList()
{
    QStringList ids;
    for (const auto &entry : errorEntries()) {
        QVERIFY2(!ids.contains(entry.id), qPrintable(entry.id));
        ids.append(entry.id);
        QVERIFY2(entry.why.has(u"en"_s) && entry.why.has(u"de"_s), qPrintable(entry.id));
        QVERIFY2(entry.advice.has(u"en"_s) && entry.advice.has(u"de"_s), qPrintable(entry.id));
        QVERIFY2(int(!entry.cause.isEmpty()) + int(!entry.oauth.isEmpty()) + int(entry.serverCode != 0) == 1,
                 qPrintable(entry.id));
        QVERIFY2(entry.link.isEmpty() || entry.link.scheme() == "https"_L1, qPrintable(entry.id));
        if (!entry.cause.isEmpty()) {
            bool isKnown = false;
            for (int cause = 0; cause <= int(ErrorCause::ForbiddenByPolicy); ++cause)
                isKnown |= identifier(ErrorCause(cause)) == entry.cause;
            QVERIFY2(isKnown, qPrintable(entry.cause));
        }
    }
    for (const auto number : {16000,   50011,   50020,   50034, 50053, 50055,   50058,   50059,  50076,  50079,
                              50105,   50126,   50131,   50158, 50173, 53000,   53001,   53003,  54005,  65001,
                              65004,   70008,   70011,   70016, 70043, 700016,  700024,  700082, 700084, 7000112,
                              7000215, 7000218, 7000222, 90002, 90094, 9002313, 9002326, 900561, 500011, 530003})
        QVERIFY2(ids.contains(u"AADSTS%1"_s.arg(number)), qPrintable(QString::number(number)));
    for (const auto *word :
         {"invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "invalid_grant",
          "interaction_required", "login_required", "consent_required", "access_denied", "slow_down", "expired_token",
          "temporarily_unavailable", "disallowed_useragent", "org_internal", "access_not_configured"})
        QVERIFY2(ids.contains(QLatin1StringView(word)), word);
}

void TestErrorText::theMostExactEntryCounts()
{
    const auto refused = [](OAuthError oauth) {
        return Error(ErrorCode::InteractionRequired, ErrorCause::ClockWrong, u"refused"_s).withOAuth(std::move(oauth));
    };
    const auto number = refused({.error = u"invalid_grant"_s, .serverCodes = {1, 50173}});
    QCOMPARE(findErrorEntry(number)->id, u"AADSTS50173"_s);
    QCOMPARE(findErrorEntry(refused({.error = u"invalid_grant"_s}))->id, u"invalid_grant"_s);
    QCOMPARE(findErrorEntry(refused({.error = u"made_up"_s}))->id, u"cause:clock_wrong"_s);
    QVERIFY(!findErrorEntry(Error(ErrorCode::Cancelled, u"x"_s)));
    // No encryption at all is not the same as encryption that is not trusted.
    const auto tls = [](ErrorCode code) { return findErrorEntry(Error(code, ErrorCause::TlsFailed, u"x"_s))->id; };
    QCOMPARE(tls(ErrorCode::NetworkUnavailable), u"cause:tls_missing"_s);
    QCOMPARE(tls(ErrorCode::SecurityCheckFailed), u"cause:tls_failed"_s);
    const auto words = errorText(number);
    QVERIFY(words.why.contains("password was changed"_L1));
    QCOMPARE(words.actions.first(), ErrorAction::SignIn);
    QCOMPARE(words.command, u"countersign login"_s);
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"
