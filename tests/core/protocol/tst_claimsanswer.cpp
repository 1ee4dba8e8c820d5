// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/claimsanswer.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;

namespace {

std::optional<Jose::JsonObject> token(const QByteArray &claims)
{
    if (claims.isEmpty())
        return {};
    const auto object = Jose::JsonObject::parse(claims);
    return object ? std::optional(*object) : std::nullopt;
}

QString said(const QList<ClaimAnswer> &answers)
{
    QStringList words;
    for (const auto &answer : answers)
        words.append(answer.path + u' ' + identifier(answer.outcome));
    return words.join(u", "_s);
}

QString verdict(const std::optional<bool> &met)
{
    return !met ? u"open"_s : *met ? u"met"_s : u"not met"_s;
}

} // namespace

class TestClaimsAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTokenIsHeldAgainstWhatWasAskedFor_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("accessToken");
        QTest::addColumn<QByteArray>("idToken");
        QTest::addColumn<QString>("answers");
        QTest::addColumn<QString>("outcome");
        const QByteArray none;
        const auto row = [](const char *name, const QByteArray &request, const QByteArray &accessToken,
                            const QByteArray &idToken, const QString &answers, const QString &outcome) {
            QTest::newRow(name) << request << accessToken << idToken << answers << outcome;
        };
        const QByteArray acrs = R"({"access_token":{"acrs":{"essential":true,"value":"c1"}}})";
        row("the value is there", acrs, R"({"acrs":"c1"})", none, u"access_token.acrs met"_s, u"met"_s);
        row("Entra: acrs is a list", acrs, R"({"acrs":["p1","c1"]})", none, u"access_token.acrs met"_s, u"met"_s);
        row("another value", acrs, R"({"acrs":["p1"]})", none, u"access_token.acrs different"_s, u"not met"_s);
        row("the claim is missing", acrs, R"({"sub":"1"})", none, u"access_token.acrs missing"_s, u"not met"_s);
        row("null is nothing", acrs, R"({"acrs":null})", none, u"access_token.acrs missing"_s, u"not met"_s);
        row("an opaque token", acrs, none, none, u"access_token.acrs undecidable"_s, u"open"_s);
        row("it stands in the other token", acrs, R"({})", R"({"acrs":"c1"})", u"access_token.acrs missing"_s,
            u"not met"_s);
        row("OIDC Core 5.5.1: one of values", R"({"id_token":{"acr":{"values":["silver","gold"]}}})", none,
            R"({"acr":"gold"})", u"id_token.acr met"_s, u"met"_s);
        row("OIDC Core 5.5.1: none of values", R"({"id_token":{"acr":{"values":["silver","gold"]}}})", none,
            R"({"acr":"bronze"})", u"id_token.acr different"_s, u"not met"_s);
        row("OIDC Core 5.5.1: essential alone", R"({"id_token":{"auth_time":{"essential":true}}})", none,
            R"({"auth_time":1})", u"id_token.auth_time met"_s, u"met"_s);
        row("no ID token came", R"({"id_token":{"auth_time":{"essential":true}}})", R"({})", none,
            u"id_token.auth_time undecidable"_s, u"open"_s);
        row("OIDC Core 5.5.1: voluntary claims may stay away", R"({"id_token":{"nickname":null,"email":{}}})", none,
            R"({})", {}, u"met"_s);
        row("numbers and booleans by their JSON",
            R"({"id_token":{"level":{"value":3},"email_verified":{"value":true}}})", none,
            R"({"level":3,"email_verified":false})", u"id_token.level met, id_token.email_verified different"_s,
            u"not met"_s);
        const QByteArray since = R"({"access_token":{"nbf":{"essential":true,"value":"1700000000"}}})";
        row("nbf: a later token", since, R"({"nbf":1700000001})", none, u"access_token.nbf met"_s, u"met"_s);
        row("nbf: the same token as before", since, R"({"nbf":1699999999})", none, u"access_token.nbf different"_s,
            u"not met"_s);
        row("nbf: when it was issued will do", since, R"({"iat":1700000000})", none, u"access_token.nbf met"_s,
            u"met"_s);
        row("nbf: a token without times", since, R"({})", none, u"access_token.nbf missing"_s, u"not met"_s);
        row("nbf: no time", R"({"access_token":{"nbf":{"value":"now"}}})", R"({"nbf":1})", none,
            u"access_token.nbf undecidable"_s, u"open"_s);
        row("what the client can do is no condition", R"({"access_token":{"xms_cc":{"values":["cp1"]}}})", R"({})",
            none, {}, u"met"_s);
        row("no token says which policies were applied",
            R"({"access_token":{"polids":{"essential":true,"values":["1"]}}})", R"({})", none,
            u"access_token.polids undecidable"_s, u"open"_s);
        row("UserInfo is another answer", R"({"userinfo":{"email":{"essential":true}}})", R"({"email":"a@b"})",
            R"({"email":"a@b"})", u"userinfo.email undecidable"_s, u"open"_s);
        row("one that fails goes before one that is open",
            R"({"userinfo":{"email":{"essential":true}},"access_token":{"acr":{"value":"x"}}})", R"({})", none,
            u"userinfo.email undecidable, access_token.acr missing"_s, u"not met"_s);
    }
    void aTokenIsHeldAgainstWhatWasAskedFor()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const QByteArray, accessToken);
        QFETCH(const QByteArray, idToken);
        QFETCH(const QString, answers);
        QFETCH(const QString, outcome);
        const auto parsed = ClaimsRequest::parse(request);
        QVERIFY(parsed.hasValue());
        const auto answered = answersTo(*parsed, {token(accessToken), token(idToken)});
        QCOMPARE(said(answered), answers);
        QCOMPARE(verdict(areMet(answered)), outcome);
    }

    void theAgeOfASignInIsTheTokensOwnWord_data()
    {
        QTest::addColumn<QByteArray>("accessToken");
        QTest::addColumn<int>("outcome");
        const auto row = [](const char *name, const QByteArray &claims, ClaimOutcome outcome) {
            QTest::newRow(name) << claims << int(outcome);
        };
        row("RFC 9470 §5: young enough", R"({"iat":1000,"auth_time":700})", ClaimOutcome::Met);
        row("a minute between page and token", R"({"iat":1000,"auth_time":640})", ClaimOutcome::Met);
        row("too old", R"({"iat":1000,"auth_time":639})", ClaimOutcome::Different);
        row("not said", R"({"iat":1000})", ClaimOutcome::Missing);
        row("issued nobody knows when", R"({"auth_time":1000})", ClaimOutcome::Undecidable);
        row("opaque", {}, ClaimOutcome::Undecidable);
    }
    void theAgeOfASignInIsTheTokensOwnWord()
    {
        QFETCH(const QByteArray, accessToken);
        QFETCH(const int, outcome);
        const auto answer = answerToMaximumAge(std::chrono::seconds(300), {token(accessToken), {}});
        QCOMPARE(answer.path, u"access_token.auth_time"_s);
        QCOMPARE(int(answer.outcome), outcome);
    }
};

QTEST_GUILESS_MAIN(TestClaimsAnswer)
#include "tst_claimsanswer.moc"
