// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/result.h>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAMoveOnlyValue()
    {
        Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
        QVERIFY(result);
        const std::unique_ptr<int> taken = *std::move(result);
        QCOMPARE(*taken, 3);
    }

    void holdsAnErrorWithItsDiagnosis()
    {
        const Result<int> result = Error{ErrorCode::ServerRejected, u"refused"_s}.withHttpStatus(400).withOAuth(
            {.error = u"invalid_grant"_s, .subError = u"bad_token"_s});
        QVERIFY(!result);
        QCOMPARE(result.error().httpStatus(), 400);
        QCOMPARE(result.error().oauth().error, u"invalid_grant"_s);
    }

    void aSuccessWithoutValueIsTrue()
    {
        QVERIFY(Result<void>());
        QVERIFY(!Result<void>(Error{ErrorCode::TimedOut, u"late"_s}));
    }

    void classificationHidesWhatAsksNothingOfAPerson_data()
    {
        QTest::addColumn<QString>("subError");
        QTest::addColumn<QString>("classification");
        QTest::newRow("C5 basic_action") << u"basic_action"_s << u"basic_action"_s;
        QTest::newRow("C5 client_mismatch") << u"client_mismatch"_s << QString();
        QTest::newRow("C5 bad_token") << u"bad_token"_s << QString();
        QTest::newRow("C5 token_expired") << u"token_expired"_s << QString();
        QTest::newRow("C5 protection_policy_required") << u"protection_policy_required"_s << QString();
        QTest::newRow("C5 device_authentication_failed") << u"device_authentication_failed"_s << QString();
    }
    void classificationHidesWhatAsksNothingOfAPerson()
    {
        QFETCH(QString, subError);
        QFETCH(QString, classification);
        QCOMPARE((OAuthError{.error = u"e"_s, .subError = subError}.classification()), classification);
    }
};

QTEST_GUILESS_MAIN(TestResult)
#include "tst_result.moc"
