// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
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
    for (int cause = int(ErrorCause::Unspecified) + 1; cause <= int(ErrorCause::ChallengeUnsatisfied); ++cause) {
        const auto why = whyItHappened(ErrorCause(cause));
        QVERIFY2(!why.isEmpty(), qPrintable(identifier(ErrorCause(cause))));
        QVERIFY2(!seen.contains(why), qPrintable(why));
        seen.append(why);
    }
}

void TestErrorText::theDetailNamesTheProvidersWords()
{
    const auto words = errorText(
        Error(ErrorCode::ServerRejected, u"refused"_s).withOAuth({.error = u"invalid_client"_s}).withHttpStatus(401));
    QVERIFY(words.detail.contains("invalid_client"_L1));
    QVERIFY(words.detail.contains("401"_L1));
    QVERIFY(words.why.contains("invalid_client"_L1));
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"
