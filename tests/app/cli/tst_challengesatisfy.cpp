// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxtest.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

// Microsoft's claims challenge for the authentication context c1.
const QByteArray c1 = "Bearer error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJl"
                      "c3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19\"";

} // namespace

//! `challenge satisfy`: a token that is known to lack what is demanded is not handed out.
class TestChallengeSatisfy : public SignedInTest
{
    Q_OBJECT

private Q_SLOTS:
    // RFC 9470 5
    void anotherAuthenticationNeedsThePerson()
    {
        const QByteArray stepUp =
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"urn:countersign:sandbox:strong\"";
        const auto refused = satisfy({u"--no-interaction"_s, u"-o"_s, u"json"_s}, stepUp);
        QCOMPARE(refused.exitCode, 11);
        QVERIFY(refused.out.isEmpty());
        QCOMPARE(refused.error()[u"exit"].toInt(), 11);
        const auto person = satisfy({u"--browser"_s, CliHome::browser(), u"-o"_s, u"json"_s}, stepUp);
        QVERIFY2(person.exitCode == 0, person.err.constData());
        QCOMPARE(person.json()[u"source"].toString(), u"browser"_s);
        QCOMPARE(person.json()[u"claims_satisfied"], QJsonValue(true));
    }

    void aFreshTokenNeedsNobody()
    {
        const auto before = token().out;
        const auto stale = satisfy({u"--no-interaction"_s}, "Bearer error=\"invalid_token\"");
        QVERIFY2(stale.exitCode == 0, stale.err.constData());
        QVERIFY(stale.out != before);
    }

    void whatIsNoDemandIsRefused()
    {
        for (const auto *text : {"hello", "Bearer error=\"invalid_request\""}) {
            const auto refused = satisfy({u"-o"_s, u"json"_s}, text);
            QCOMPARE(refused.exitCode, 40);
            // The same by whichever verb.
            const auto other = m_home->run({u"token"_s, u"--claims-challenge"_s, u"-"_s, u"-o"_s, u"json"_s}, text);
            QVERIFY2(other.exitCode == 40, other.err.constData());
            for (const auto *member : {"code", "reason", "message"})
                QCOMPARE(other.error()[QLatin1StringView(member)], refused.error()[QLatin1StringView(member)]);
        }
    }

    void claimsThatARefreshBringsNeedNobody()
    {
        QVERIFY(sayAuthenticationContexts({u"c1"_s}));
        const auto run = satisfy({u"--no-interaction"_s, u"-o"_s, u"json"_s}, c1);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.json()[u"source"].toString(), u"refresh"_s);
        QCOMPARE(run.json()[u"claims_satisfied"], QJsonValue(true));
    }

    void claimsThatARefreshDoesNotBringNeedThePerson()
    {
        for (const auto &format : {u"header"_s, u"json"_s}) {
            const auto silent = satisfy({u"--no-interaction"_s, u"-o"_s, format}, c1);
            QVERIFY2(silent.exitCode == 11, silent.err.constData());
            QVERIFY(silent.out.isEmpty());
            QVERIFY2(silent.err.contains("access_token.acrs"), silent.err.constData());
        }
        QVERIFY(
            m_sandbox.setHook(u"accessTokenClaims"_s,
                              QJsonObject{{u"skip"_s, 1}, {u"set"_s, QJsonObject{{u"acrs"_s, QJsonArray{u"c1"_s}}}}}));
        const auto person = satisfy({u"--browser"_s, CliHome::browser(), u"-o"_s, u"json"_s}, c1);
        QVERIFY2(person.exitCode == 0, person.err.constData());
        QCOMPARE(person.json()[u"source"].toString(), u"browser"_s);
        QCOMPARE(person.json()[u"claims_satisfied"], QJsonValue(true));
    }

    void claimsThatEvenASignInDoesNotBringAreExit12()
    {
        QVERIFY(sayAuthenticationContexts({u"c2"_s}));
        const auto asked = satisfy({u"--browser"_s, CliHome::browser(), u"-o"_s, u"json"_s}, c1);
        QVERIFY2(asked.exitCode == 12, asked.err.constData());
        QVERIFY(asked.out.isEmpty());
        QVERIFY(asked.error()[u"message"].toString().contains(u"access_token.acrs says something else"_s));
        QCOMPARE(asked.error()[u"reason"].toString(), u"challenge_unsatisfied"_s);
        QCOMPARE(m_sandbox.requestsTo(u"/authorize"_s).size(), 1);
    }

    void anOpaqueTokenIsHandedOutWithAWarning()
    {
        const auto body = u"{\"access_token\":\"opaque-one\",\"token_type\":\"Bearer\",\"expires_in\":3600}"_s;
        QVERIFY(m_sandbox.setHook(u"tokenResponse"_s, QJsonObject{{u"status"_s, 200}, {u"body"_s, body}}));
        const auto run = satisfy({u"--no-interaction"_s, u"-o"_s, u"token"_s}, c1);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.out.trimmed(), QByteArray("opaque-one"));
        QVERIFY2(run.err.contains("cannot be told"), run.err.constData());
    }

    // RFC 6750 3.1
    void aScopeThatIsDemandedIsHadOrAskedFor()
    {
        const QByteArray groups = "Bearer error=\"insufficient_scope\", scope=\"groups\"";
        for (const auto &format : {u"header"_s, u"json"_s}) {
            const auto silent = satisfy({u"--no-interaction"_s, u"-o"_s, format}, groups);
            QVERIFY2(silent.exitCode == 11, silent.err.constData());
            QVERIFY(silent.out.isEmpty());
            QVERIFY2(silent.err.contains("groups"), silent.err.constData());
        }
        const auto person = satisfy({u"--browser"_s, CliHome::browser(), u"-o"_s, u"json"_s}, groups);
        QVERIFY2(person.exitCode == 0, person.err.constData());
        QCOMPARE(person.json()[u"source"].toString(), u"browser"_s);
        QVERIFY(person.json()[u"scopes"].toArray().contains(u"groups"_s));
        const auto again = satisfy({u"--no-interaction"_s, u"-o"_s, u"json"_s}, groups);
        QVERIFY2(again.exitCode == 0, again.err.constData());
        QVERIFY(again.json()[u"scopes"].toArray().contains(u"groups"_s));
    }

    void aScopeThatEvenASignInDoesNotBringIsExit12()
    {
        QVERIFY(m_sandbox.setHook(u"tokenResponse"_s,
                                  QJsonObject{{u"set"_s, QJsonObject{{u"scope"_s, u"openid email"_s}}}}));
        QVERIFY(m_sandbox.setHook(u"accessTokenClaims"_s,
                                  QJsonObject{{u"set"_s, QJsonObject{{u"scope"_s, u"openid email"_s}}}}));
        const auto run = satisfy({u"--browser"_s, CliHome::browser(), u"-o"_s, u"json"_s},
                                 "Bearer error=\"insufficient_scope\", scope=\"groups\"");
        QVERIFY2(run.exitCode == 12, run.err.constData());
        QVERIFY(run.out.isEmpty());
        QVERIFY(run.error()[u"message"].toString().contains(u"the scope groups is missing"_s));
        QCOMPARE(m_sandbox.requestsTo(u"/authorize"_s).size(), 1);
    }

    //! It has nobody who could sign in: what the provider answers with is all there is.
    void aServiceGetsNoTokenThatLacksWhatIsDemanded_data()
    {
        QTest::addColumn<QStringList>("verb");
        QTest::newRow("challenge satisfy") << QStringList{u"challenge"_s, u"satisfy"_s, u"-"_s};
        QTest::newRow("login") << QStringList{u"login"_s, u"--claims-challenge"_s, u"-"_s};
    }
    void aServiceGetsNoTokenThatLacksWhatIsDemanded()
    {
        QFETCH(const QStringList, verb);
        const QStringList store{u"--store"_s, u"file:"_s + m_home->path(u"sealed"_s), u"--secret-env"_s, u"WORD"_s};
        const Environment secrets{{u"APP_SECRET"_s, u"sandbox secret: 100% public +/="_s},
                                  {u"WORD"_s, u"open sesame"_s}};
        const auto saved =
            run(QStringList{u"login"_s, u"--service"_s, u"--issuer"_s, m_sandbox.issuer(), u"--client-id"_s,
                            u"sandbox-web"_s, u"--client-secret-env"_s, u"APP_SECRET"_s, u"--save"_s, u"build"_s}
                    + store,
                {}, secrets);
        QVERIFY2(saved.exitCode == 0, saved.err.constData());
        const auto service = QStringList{u"-p"_s, u"build"_s, u"-o"_s, u"json"_s} + store;
        const auto lacking = run(verb + service, c1, secrets);
        QVERIFY2(lacking.exitCode == 12, lacking.err.constData());
        QVERIFY(lacking.out.isEmpty());
        QVERIFY(lacking.error()[u"message"].toString().contains(u"access_token.acrs is missing"_s));
        QVERIFY(sayAuthenticationContexts({u"c1"_s}));
        const auto good = run(verb + service, c1, secrets);
        QVERIFY2(good.exitCode == 0, good.err.constData());
        QCOMPARE(good.json()[u"claims_satisfied"], QJsonValue(true));
    }

    void aSignInThatDoesNotBringWhatIsDemandedIsKeptAndExit12()
    {
        const QStringList words{u"--browser"_s, CliHome::browser(), u"--claims-challenge"_s, QString::fromLatin1(c1)};
        m_home = std::make_unique<CliHome>();
        const auto lacking = login(words);
        QVERIFY2(lacking.exitCode == 12, lacking.err.constData());
        QVERIFY(lacking.out.isEmpty());
        QVERIFY2(lacking.err.contains("Signed in, and kept: ada"), lacking.err.constData());
        QVERIFY2(lacking.err.contains("access_token.acrs is missing"), lacking.err.constData());
        QVERIFY(!firstAccount().isEmpty());
        const auto nothing = login(words + QStringList{u"--ephemeral"_s, u"-o"_s, u"token"_s});
        QVERIFY2(nothing.exitCode == 12, nothing.err.constData());
        QVERIFY(nothing.out.isEmpty() && !nothing.err.contains("kept"));
        QVERIFY(sayAuthenticationContexts({u"c1"_s}));
        const auto good = login(words);
        QVERIFY2(good.exitCode == 0, good.err.constData());
    }

private:
    CliRun satisfy(const QStringList &arguments, const QByteArray &challenge) const
    {
        return run(QStringList{u"challenge"_s, u"satisfy"_s, u"-"_s} + arguments, challenge);
    }
    bool sayAuthenticationContexts(const QJsonArray &contexts)
    {
        return m_sandbox.setHook(u"accessTokenClaims"_s, QJsonObject{{u"set"_s, QJsonObject{{u"acrs"_s, contexts}}}});
    }
};

QTEST_GUILESS_MAIN(TestChallengeSatisfy)
#include "tst_challengesatisfy.moc"
