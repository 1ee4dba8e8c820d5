// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <countersign/jose/json.h>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using CountersignSandbox::HookPoint;
using TokenOutcome = Outcome<AuthenticationResult>;
using UserInfoOutcome = Outcome<UserInfo>;

namespace {

//! An ID token with nothing but a subject in it, as many providers send it.
void sendBareIdTokens(ClientFixture &fixture)
{
    QVERIFY(fixture.sandbox.hooks().set(
        HookPoint::IdTokenClaims,
        QJsonObject{{u"remove"_s, QJsonArray{u"name"_s, u"preferred_username"_s, u"email"_s}}}));
}

Account signedIn(ClientFixture &fixture)
{
    TokenOutcome outcome(fixture.client().acquireToken(fixture.signIn()));
    if (!QTest::qWaitFor([&outcome] { return outcome.isThere(); }) || !outcome.succeeded())
        qFatal("%s", outcome.why().constData());
    fixture.sandbox.clearLog();
    return outcome.value().account;
}

} // namespace

//! The UserInfo endpoint, asked by a sign-in and on request, against the sandbox.
class TestUserInfo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSignInAsksWhenTheIdTokenHasNothingToShow()
    {
        ClientFixture f;
        sendBareIdTokens(f);
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(signIn.value().account.username, u"ada@countersign.example"_s);
        QCOMPARE(signIn.value().account.name, u"Ada Lovelace"_s);
        QVERIFY(!signIn.value().warning.has_value());
        QCOMPARE(f.recorder.purposes(), (QStringList{u"discovery"_s, u"keys"_s, u"token"_s, u"userinfo"_s}));
        QCOMPARE(f.cache.snapshot().accounts().first().username, u"ada@countersign.example"_s);
    }

    //! B.87; oidcc-client-test-userinfo-invalid-sub: discarded, and said.
    void anAnswerAboutSomebodyElseIsDiscardedAndSaid()
    {
        ClientFixture f;
        sendBareIdTokens(f);
        QVERIFY(f.sandbox.hooks().set(HookPoint::UserInfo,
                                      QJsonObject{{u"append"_s, QJsonObject{{u"sub"_s, u"invalid"_s}}}}));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QVERIFY(signIn.value().warning.has_value());
        QCOMPARE(signIn.value().warning->code(), ErrorCode::SecurityCheckFailed);
        QCOMPARE(signIn.value().warning->cause(), ErrorCause::WrongAccount);
        QVERIFY(signIn.value().account.username.isEmpty());
        QVERIFY(signIn.value().account.name.isEmpty());
    }

    void aSignInIsGoodWithoutTheAnswer_data()
    {
        QTest::addColumn<QJsonObject>("hook");
        QTest::newRow("no network") << QJsonObject{{u"drop"_s, u"before"_s}};
        QTest::newRow("401") << QJsonObject{{u"status"_s, 401}, {u"body"_s, u""_s}};
        QTest::newRow("B.89 a page") << QJsonObject{{u"contentType"_s, u"text/html"_s}};
    }
    void aSignInIsGoodWithoutTheAnswer()
    {
        QFETCH(QJsonObject, hook);
        ClientFixture f;
        sendBareIdTokens(f);
        QVERIFY(f.sandbox.hooks().set(HookPoint::UserInfo, hook));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QVERIFY(signIn.value().warning.has_value());
        QCOMPARE(f.cache.snapshot().accounts().size(), 1);
    }

    void cancelWhileAskingStoresNothing()
    {
        ClientFixture f;
        sendBareIdTokens(f);
        QVERIFY(f.sandbox.hooks().set(HookPoint::UserInfo, QJsonObject{{u"delayMs"_s, 2000}}));
        auto *const operation = f.client().acquireToken(f.signIn());
        TokenOutcome signIn(operation);
        QTRY_COMPARE(f.requestsTo(u"GET userinfo"_s), 1);
        operation->cancel();
        QCOMPARE(signIn.error().code(), ErrorCode::Cancelled);
        QTest::qWait(100);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! oidcc-client-test-userinfo-bearer-header; B.21: in the header and nowhere else.
    void thePersonsDetailsAreAskedForWithTheCachedToken()
    {
        ClientFixture f;
        const auto account = signedIn(f);
        UserInfoOutcome asked(f.client().userInfo(account.id));
        QTRY_VERIFY2(asked.succeeded(), asked.why().constData());
        QCOMPARE(asked.value().subject, u"sandbox|7c1e2a90-ada"_s);
        QVERIFY(!asked.value().isSigned);
        const auto claims = Jose::JsonObject::parse(asked.value().json);
        QVERIFY(claims);
        QCOMPARE(claims->string("name"), std::optional(u"Ada Lovelace"_s));
        QCOMPARE(f.requests(), QStringList{u"GET userinfo"_s});
        const auto request = f.lastRequest(u"userinfo"_s);
        QVERIFY(request.value(u"query"_s).toObject().isEmpty());
        QVERIFY(request.value(u"headers"_s).toObject().value(u"authorization"_s).toString().startsWith(u"Bearer "_s));
    }

    void aRevokedTokenIsRefreshedOnce()
    {
        ClientFixture f;
        const auto account = signedIn(f);
        for (auto &token : f.sandbox.context().state.accessTokens)
            token.isRevoked = true;
        UserInfoOutcome asked(f.client().userInfo(account.id));
        QTRY_VERIFY2(asked.succeeded(), asked.why().constData());
        QCOMPARE(f.requests(), (QStringList{u"GET userinfo"_s, u"POST token"_s, u"GET userinfo"_s}));
    }

    void aProviderThatAlwaysRefusesIsAskedTwice()
    {
        ClientFixture f;
        const auto account = signedIn(f);
        QVERIFY(f.sandbox.hooks().set(HookPoint::UserInfo, QJsonObject{{u"status"_s, 401}, {u"body"_s, u""_s}}));
        UserInfoOutcome asked(f.client().userInfo(account.id));
        QTRY_VERIFY(asked.failed());
        QCOMPARE(f.requestsTo(u"GET userinfo"_s), 2);
    }

    void anAnswerAboutSomebodyElseIsAnError()
    {
        ClientFixture f;
        const auto account = signedIn(f);
        QVERIFY(f.sandbox.hooks().set(HookPoint::UserInfo,
                                      QJsonObject{{u"append"_s, QJsonObject{{u"sub"_s, u"invalid"_s}}}}));
        UserInfoOutcome asked(f.client().userInfo(account.id));
        QTRY_VERIFY(asked.failed());
        QCOMPARE(asked.error().cause(), ErrorCause::WrongAccount);
    }

    //! B.89; OpenID Connect Core §5.3.2.
    void aSignedAnswerIsVerified_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<bool>("broken");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("as it should be") << QJsonObject() << false << true;
        QTest::newRow("B.89 signature") << QJsonObject() << true << false;
        QTest::newRow("B.89 issuer") << QJsonObject{{u"iss"_s, u"https://evil.example"_s}} << false << false;
        QTest::newRow("B.89 audience") << QJsonObject{{u"aud"_s, u"another"_s}} << false << false;
        QTest::newRow("B.87 subject") << QJsonObject{{u"sub"_s, u"another"_s}} << false << false;
    }
    void aSignedAnswerIsVerified()
    {
        QFETCH(QJsonObject, change);
        QFETCH(bool, broken);
        QFETCH(bool, accepted);
        ClientFixture f;
        const auto account = signedIn(f);
        QJsonObject claims{{u"iss"_s, f.sandbox.issuer()},
                           {u"aud"_s, u"sandbox-native"_s},
                           {u"sub"_s, account.id.homeAccountId.value},
                           {u"name"_s, u"Ada"_s}};
        for (auto member = change.begin(); member != change.end(); ++member)
            claims.insert(member.key(), member.value());
        auto &keys = f.sandbox.context().keys;
        const auto algorithm = Jose::Algorithm::RS256;
        const QJsonObject header{{u"alg"_s, u"RS256"_s}, {u"kid"_s, keys.keyId(algorithm)}};
        auto token = keys.sign(algorithm, header, CountersignSandbox::compactJson(claims));
        if (broken)
            token[token.size() - 10] = token.at(token.size() - 10) == 'A' ? 'B' : 'A';
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::UserInfo,
            QJsonObject{{u"contentType"_s, u"application/jwt"_s}, {u"body"_s, QString::fromLatin1(token)}}));
        UserInfoOutcome asked(f.client().userInfo(account.id));
        QTRY_VERIFY(asked.isThere());
        QVERIFY2(asked.succeeded() == accepted, asked.why().constData());
        if (accepted) {
            QVERIFY(asked.value().isSigned);
            QCOMPARE(Jose::JsonObject::parse(asked.value().json)->string("name"), std::optional(u"Ada"_s));
        } else {
            QCOMPARE(asked.error().code(), ErrorCode::SecurityCheckFailed);
        }
    }

    //! B.90: claims that lie elsewhere are not fetched.
    void distributedClaimsAreNotFetched()
    {
        ClientFixture f;
        const auto account = signedIn(f);
        const QJsonObject source{{u"endpoint"_s, QString(f.sandbox.issuer() + u"/api"_s)}, {u"access_token"_s, u"x"_s}};
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::UserInfo,
            QJsonObject{{u"set"_s,
                         QJsonObject{{u"_claim_names"_s, QJsonObject{{u"credit_score"_s, u"src1"_s}}},
                                     {u"_claim_sources"_s, QJsonObject{{u"src1"_s, source}}}}}}));
        UserInfoOutcome asked(f.client().userInfo(account.id));
        QTRY_VERIFY2(asked.succeeded(), asked.why().constData());
        QTest::qWait(100);
        QCOMPARE(f.requests(), QStringList{u"GET userinfo"_s});
        QVERIFY(asked.value().json.contains("_claim_sources"));
    }

    void withoutAnAccountNothingIsAsked()
    {
        ClientFixture f;
        UserInfoOutcome asked(f.client().userInfo({{u"nobody"_s}, f.configuration.authority.environment()}));
        QTRY_VERIFY(asked.failed());
        QCOMPARE(asked.error().code(), ErrorCode::InteractionRequired);
        QCOMPARE(asked.error().cause(), ErrorCause::AccountNotFound);
        QCOMPARE(f.requestsTo(u"GET userinfo"_s), 0);
    }

    void cancelAndDestructionEndIt()
    {
        ClientFixture f;
        const auto account = signedIn(f);
        QVERIFY(f.sandbox.hooks().set(HookPoint::UserInfo, QJsonObject{{u"delayMs"_s, 2000}}));
        auto *const operation = f.client().userInfo(account.id);
        UserInfoOutcome asked(operation);
        QTRY_COMPARE(f.requestsTo(u"GET userinfo"_s), 1);
        operation->cancel();
        QCOMPARE(asked.error().code(), ErrorCode::Cancelled);
        QTRY_VERIFY(f.client().findChildren<Operation *>().isEmpty());

        QPointer<UserInfoOperation> second(f.client().userInfo(account.id));
        QTRY_COMPARE(f.requestsTo(u"GET userinfo"_s), 2);
        f.dropClient();
        QVERIFY(!second);
    }
};

QTEST_GUILESS_MAIN(TestUserInfo)
#include "tst_userinfo.moc"
