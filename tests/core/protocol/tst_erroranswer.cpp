// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/erroranswer.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QDateTime now(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);

Error answered(int status, QByteArrayView body, const HeaderFields &headers = {})
{
    return parseErrorAnswer({.status = status, .headers = headers, .body = body}, now);
}

} // namespace

class TestErrorAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatTheCallerCanDo_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<bool>("isWorthRetrying");
        QTest::addColumn<bool>("needsPerson");
        const auto row = [](const char *name, int status, const QByteArray &body, ErrorCode code, bool retry,
                            bool person) { QTest::newRow(name) << status << body << code << retry << person; };
        const auto error = [](const QByteArray &code, const QByteArray &sub = {}) {
            return QByteArray("{\"error\":\"" + code + "\",\"suberror\":\"" + sub + "\"}");
        };
        using Code = ErrorCode;
        row("RFC 6749 §4.1.2.1: access_denied", 400, error("access_denied"), Code::AccessDenied, false, true);
        row("RFC 6749 §5.2: invalid_scope", 400, error("invalid_scope"), Code::ServerRejected, false, false);
        row("RFC 6749 §5.2: invalid_client", 401, error("invalid_client"), Code::ServerRejected, false, false);
        row("RFC 6749 §5.2: unauthorized_client", 400, error("unauthorized_client"), Code::ServerRejected, false,
            false);
        row("RFC 6749 §5.2: invalid_grant", 400, error("invalid_grant"), Code::InteractionRequired, false, true);
        row("RFC 6749 §4.1.2.1: server_error", 400, error("server_error"), Code::ServerUnavailable, true, false);
        row("RFC 6749 §4.1.2.1: temporarily_unavailable", 503, error("temporarily_unavailable"),
            Code::ServerUnavailable, true, false);
        row("OpenID Connect Core §3.1.2.6: login_required", 400, error("login_required"), Code::InteractionRequired,
            false, true);
        row("OpenID Connect Core §3.1.2.6: consent_required", 400, error("consent_required"), Code::InteractionRequired,
            false, true);
        row("OpenID Connect Core §3.1.2.6: interaction_required", 400, error("interaction_required"),
            Code::InteractionRequired, false, true);
        row("RFC 9470 §3: insufficient_user_authentication", 401, error("insufficient_user_authentication"),
            Code::InteractionRequired, false, true);
        row("RFC 8628 §3.5: expired_token", 400, error("expired_token"), Code::TimedOut, true, false);
        row("RFC 8628 §3.5: slow_down", 400, error("slow_down"), Code::ServerUnavailable, true, false);
        row("A.8: bad_token", 400, error("invalid_grant", "bad_token"), Code::InteractionRequired, false, true);
        row("A.8: token_expired is a sub-error", 400, error("invalid_grant", "token_expired"),
            Code::InteractionRequired, false, true);
        row("A.8: client_mismatch", 400, error("invalid_grant", "client_mismatch"), Code::ServerRejected, false, false);
        row("A.8: protection_policy_required", 400, error("interaction_required", "protection_policy_required"),
            Code::ServerRejected, false, false);
        row("A.8: message_only", 400, error("interaction_required", "message_only"), Code::InteractionRequired, false,
            true);
        row("A.8: no_tokens_found", 400, error("no_tokens_found"), Code::InteractionRequired, false, true);
        row("A.8: interrupted_user", 400, error("interrupted_user"), Code::InteractionRequired, false, true);
        row("an error nobody knows", 400, error("whatever"), Code::ServerRejected, false, false);
        row("an error nobody knows, 500", 500, error("whatever"), Code::ServerUnavailable, true, false);
        row("RFC 6585 §4: 429", 429, "", Code::ServerUnavailable, true, false);
        row("502 from a proxy", 502, "<html>", Code::ServerUnavailable, true, false);
        row("400 without an OAuth error", 400, "<html>", Code::InvalidResponse, false, false);
        row("404 in JSON without an error", 404, "{\"message\":\"x\"}", Code::InvalidResponse, false, false);
    }

    void whatTheCallerCanDo()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const ErrorCode, code);
        QFETCH(const bool, isWorthRetrying);
        QFETCH(const bool, needsPerson);
        const auto error = answered(status, body);
        QCOMPARE(identifier(error.code()), identifier(code));
        QCOMPARE(error.httpStatus(), status);
        QCOMPARE(error.isWorthRetrying(), isWorthRetrying);
        QCOMPARE(error.needsPerson(), needsPerson);
    }

    void contractC5SomeSubErrorsAskNothingOfThePerson_data()
    {
        QTest::addColumn<QString>("subError");
        QTest::addColumn<QString>("classification");
        for (const auto &shown : {u"basic_action"_s, u"additional_action"_s, u"message_only"_s, u"consent_required"_s,
                                  u"user_password_expired"_s})
            QTest::newRow(qPrintable(shown)) << shown << shown;
        for (const auto &hidden : {u"client_mismatch"_s, u"bad_token"_s, u"token_expired"_s,
                                   u"protection_policy_required"_s, u"device_authentication_failed"_s})
            QTest::newRow(qPrintable(hidden)) << hidden << QString();
    }

    void contractC5SomeSubErrorsAskNothingOfThePerson()
    {
        QFETCH(const QString, subError);
        QFETCH(const QString, classification);
        QCOMPARE(OAuthError{.subError = subError}.classification(), classification);
    }

    void b111EverythingThatMicrosoftSaysIsCarried()
    {
        const QByteArray body = "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS50076: use MFA. "
                                "AADSTS50079\",\"error_codes\":[50076],"
                                "\"timestamp\":\"2026-01-01 "
                                "12:00:00Z\",\"trace_id\":\"t\",\"correlation_id\":\"c\",\"error_uri\":\"https://e\","
                                "\"suberror\":\"basic_action\",\"claims\":\"{\\\"access_token\\\":{\\\"capolids\\\":{"
                                "\\\"essential\\\":true,\\\"values\\\":[\\\"p\\\"]}}}\"}";
        const auto error = answered(400, body, {{"retry-after", "7"}, {"client-request-id", "from-header"}});
        QCOMPARE(error.oauth().serverCodes, QList<int>({50076}));
        QCOMPARE(error.oauth().traceId, u"t"_s);
        QCOMPARE(error.oauth().timestamp, u"2026-01-01 12:00:00Z"_s);
        QCOMPARE(error.oauth().uri, u"https://e"_s);
        QCOMPARE(error.oauth().classification(), u"basic_action"_s);
        QCOMPARE(error.oauth().claims, u"{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"p\"]}}}"_s);
        QCOMPARE(error.correlationId(), u"c"_s);
        QCOMPARE(error.retryAfter(), 7s);
        // Without a list of numbers those of the text count.
        QCOMPARE(answered(400, "{\"error\":\"x\",\"error_description\":\"AADSTS50076: a AADSTS50079 AADSTS50076\"}")
                     .oauth()
                     .serverCodes,
                 QList<int>({50076, 50079}));
        QCOMPARE(answered(400, "{\"error\":\"x\"}", {{"client-request-id", "from-header"}}).correlationId(),
                 u"from-header"_s);
    }

    //! RFC 6749 §5.2: they go into logs line by line.
    void wordsForProgramsStayOnTheirLine()
    {
        QByteArray body(
            "{'error':'a\\r\\nb\\u202e\\u0022','suberror':'c\\nd','trace_id':'e\\u0000','timestamp':'f\\u2028',"
            "'correlation_id':'g\\th','error_description':'one\\r\\nTrace ID: two'}");
        const auto error = answered(400, body.replace('\'', '"'));
        QCOMPARE(error.oauth().error, u"a??b??"_s);
        QCOMPARE(error.message(), u"the provider answered 'a??b?\?'"_s);
        QCOMPARE(error.oauth().subError, u"c?d"_s);
        QCOMPARE(error.oauth().traceId, u"e?"_s);
        QCOMPARE(error.oauth().timestamp, u"f?"_s);
        QCOMPARE(error.correlationId(), u"g?h"_s);
        // Entra's lines: for people, and shown as such.
        QCOMPARE(error.oauth().description, u"one\r\nTrace ID: two"_s);
    }

    void noMessageQuotesTheBody()
    {
        for (const char *const body :
             {"canary", "{\"error_description\":\"canary\",\"error\":\"x\"}", "{\"a\":\"canary\"}"})
            QVERIFY(!answered(400, QByteArrayView(body)).message().contains("canary"_L1));
    }
};

QTEST_GUILESS_MAIN(TestErrorAnswer)
#include "tst_erroranswer.moc"
