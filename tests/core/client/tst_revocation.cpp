// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using CountersignSandbox::HookPoint;
using Revocation = Outcome<void>;

namespace {

Secret accessTokenOf(const SignedIn &f)
{
    const auto tokens = f.cache.snapshot().accessTokens();
    return tokens.empty() ? Secret() : tokens.front().secret();
}

} // namespace

//! Taking one token back, against the sandbox.
class TestRevocation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! RFC 7009 §2.1: that token, and nothing else.
    void anAccessTokenIsTakenBackAlone()
    {
        SignedIn f;
        const auto token = accessTokenOf(f);
        QSignalSpy changed(&f.client(), &PublicClient::accountsChanged);
        Revocation revocation(f.client().revoke({.account = f.account.id, .accessToken = token.clone()}));
        QTRY_VERIFY2(revocation.succeeded(), revocation.why().constData());
        QCOMPARE(f.requests(), QStringList{u"POST revoke"_s});
        const auto form = f.lastForm(u"revoke"_s);
        QCOMPARE(form.value(u"token"_s).toString().toUtf8(), token.reveal().toByteArray());
        QCOMPARE(form.value(u"token_type_hint"_s).toString(), u"access_token"_s);
        QVERIFY(f.cache.snapshot().accessTokens().empty());
        QCOMPARE(f.cache.snapshot().refreshTokens().size(), 1U);
        QCOMPARE(f.cache.snapshot().accounts().size(), 1);
        QVERIFY(!f.stored().contains(token.reveal().toByteArray()));
        QVERIFY(!changed.isEmpty());
        QCOMPARE(revocation.finishes, 1);
    }

    //! RFC 7009 §2.1: whether access tokens go with it is the provider's affair; nothing is guessed here.
    void aRefreshTokenIsTakenBackAndItsAccountStays()
    {
        SignedIn f;
        const auto token = f.refreshToken();
        Revocation revocation(f.client().revoke({.account = f.account.id}));
        QTRY_VERIFY2(revocation.succeeded(), revocation.why().constData());
        const auto form = f.lastForm(u"revoke"_s);
        QCOMPARE(form.value(u"token"_s).toString(), token);
        QCOMPARE(form.value(u"token_type_hint"_s).toString(), u"refresh_token"_s);
        QVERIFY(f.sandbox.context().state.refreshTokens.value(token).grant->isRevoked);
        QVERIFY(f.cache.snapshot().refreshTokens().empty());
        QCOMPARE(f.cache.snapshot().accessTokens().size(), 1U);
        QCOMPARE(f.cache.snapshot().accounts().size(), 1);
        QVERIFY(!f.stored().contains(token.toLatin1()));
    }

    //! B.61: a token that may still be good is not forgotten.
    void whatWasNotTakenBackIsKept_data()
    {
        QTest::addColumn<QJsonObject>("hook");
        QTest::addColumn<int>("code");
        QTest::newRow("RFC 7009 §2.2.1 this kind is not taken back")
            << QJsonObject{{u"status"_s, 400}, {u"body"_s, uR"({"error":"unsupported_token_type"})"_s}}
            << int(ErrorCode::ServerRejected);
        QTest::newRow("RFC 7009 §2.2.1 busy")
            << QJsonObject{{u"status"_s, 503}, {u"body"_s, u""_s}} << int(ErrorCode::ServerUnavailable);
        QTest::newRow("B.62 no network") << QJsonObject{{u"drop"_s, u"before"_s}} << int(ErrorCode::NetworkUnavailable);
    }
    void whatWasNotTakenBackIsKept()
    {
        QFETCH(QJsonObject, hook);
        QFETCH(int, code);
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::Revocation, hook));
        Revocation revocation(f.client().revoke({.account = f.account.id, .accessToken = accessTokenOf(f)}));
        QTRY_VERIFY(revocation.isThere());
        QVERIFY(!revocation.succeeded());
        QCOMPARE(int(revocation.error().code()), code);
        QCOMPARE(f.cache.snapshot().accessTokens().size(), 1U);
    }

    //! B.70.
    void aProviderWithoutTheEndpointIsNotAsked()
    {
        SignedIn f;
        f.dropClient();
        f.configuration.providerFolder.clear();
        QVERIFY(f.sandbox.hooks().set(HookPoint::Discovery,
                                      QJsonObject{{u"remove"_s, QJsonArray{u"revocation_endpoint"_s}}}));
        Revocation revocation(f.client().revoke({.account = f.account.id}));
        QTRY_VERIFY(revocation.isThere());
        QVERIFY(!revocation.succeeded());
        QCOMPARE(revocation.error().cause(), ErrorCause::EndpointMissing);
        QVERIFY(!f.requests().contains(u"POST revoke"_s));
        QCOMPARE(f.cache.snapshot().refreshTokens().size(), 1U);
    }

    //! B.63: showing a token to somebody is giving it to them.
    void aTokenOfNobodyHereIsNotSent()
    {
        SignedIn f;
        Revocation foreign(
            f.client().revoke({.account = f.account.id, .accessToken = Secret::copyOf(QByteArrayView("another"))}));
        QTRY_VERIFY(foreign.isThere());
        QCOMPARE(foreign.error().code(), ErrorCode::InvalidArgument);
        auto elsewhere = f.account.id;
        elsewhere.environment.value = u"elsewhere.example"_s;
        Revocation other(f.client().revoke({.account = elsewhere}));
        QTRY_VERIFY(other.isThere());
        QCOMPARE(other.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(f.requests().isEmpty());
    }

    void aCancelledRevocationChangesNothingHere()
    {
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::Revocation, QJsonObject{{u"delayMs"_s, 60000}}));
        Revocation revocation(f.client().revoke({.account = f.account.id}));
        QTRY_COMPARE(f.requests(), QStringList{u"POST revoke"_s});
        revocation.operation->cancel();
        QTRY_VERIFY(revocation.isThere());
        QCOMPARE(revocation.error().code(), ErrorCode::Cancelled);
        QCOMPARE(revocation.finishes, 1);
        QCOMPARE(f.cache.snapshot().refreshTokens().size(), 1U);
        QTRY_VERIFY(!revocation.operation);
    }
};

QTEST_GUILESS_MAIN(TestRevocation)
#include "tst_revocation.moc"
