// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using CountersignSandbox::Client;
using Protocol::ClientSecretUse;
using TokenOutcome = Outcome<AuthenticationResult>;

namespace {

constexpr QByteArrayView secretText = "sandbox secret: 100% public +/=";

std::shared_ptr<const Secret> secretOf(QByteArrayView text)
{
    return std::make_shared<const Secret>(Secret::copyOf(text));
}

//! A client of the sandbox that is registered with a secret.
struct ConfidentialFixture : ClientFixture
{
    explicit ConfidentialFixture(Client::Authentication registered = Client::Authentication::SecretBasicOrPost)
        : ClientFixture({.approve = u"ada"_s, .deviceInterval = 1})
    {
        configuration.clientId = {u"sandbox-web"_s};
        auto client = *sandbox.context().directory.client(u"sandbox-web"_s);
        client.authentication = registered;
        sandbox.context().directory.putClient(client);
    }
    //! Keeps \p text as the command line and the desktop do.
    bool keep(QByteArrayView text, const Authority &authority)
    {
        bool isKept = false;
        const auto secret = secretOf(text);
        const ClientRegistration registration{authority.environment(), configuration.clientId};
        cache.update([secret, registration](TokenCache &kept) { kept.setClientSecret(registration, *secret); },
                     &sandbox, [&isKept](const Result<void> &saved) { isKept = saved.hasValue(); });
        return QTest::qWaitFor([&isKept] { return isKept; });
    }
    bool keep(QByteArrayView text = secretText) { return keep(text, configuration.authority); }
    //! "basic", "post", both or nothing, in the last request to \p endpoint.
    QString proofAt(const QString &endpoint) const
    {
        QStringList proofs;
        const auto headers = lastRequest(endpoint).value(u"headers"_s).toObject();
        for (const auto &name : headers.keys()) {
            if (name.compare("authorization"_L1, Qt::CaseInsensitive) == 0
                && headers.value(name).toString().startsWith("Basic "_L1))
                proofs.append(u"basic"_s);
        }
        if (lastForm(endpoint).value(u"client_secret"_s).toString().toUtf8() == secretText)
            proofs.append(u"post"_s);
        return proofs.join(u' ');
    }
};

} // namespace

//! Clients that were registered with a secret (RFC 6749 §2.3.1), against the sandbox.
class TestConfidential : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEndpointIsShownTheSecretAsItIsRegistered_data()
    {
        QTest::addColumn<int>("registered");
        QTest::addColumn<int>("use");
        QTest::addColumn<QString>("proof");
        const auto row = [](const char *name, Client::Authentication registered, ClientSecretUse use,
                            const QString &proof) { QTest::newRow(name) << int(registered) << int(use) << proof; };
        using Registered = Client::Authentication;
        row("RFC 8414 §2: basic by the metadata", Registered::SecretBasic, ClientSecretUse::Automatic, u"basic"_s);
        row("RFC 6749 §2.3.1: basic by configuration", Registered::SecretBasic, ClientSecretUse::Basic, u"basic"_s);
        row("RFC 6749 §2.3.1: post by configuration", Registered::SecretPost, ClientSecretUse::Post, u"post"_s);
    }
    void everyEndpointIsShownTheSecretAsItIsRegistered()
    {
        QFETCH(int, registered);
        QFETCH(int, use);
        QFETCH(QString, proof);
        ConfidentialFixture f(static_cast<Client::Authentication>(registered));
        f.configuration.clientSecretUse = static_cast<ClientSecretUse>(use);
        QVERIFY(f.isReady && f.keep());

        auto parameters = ClientFixture::signIn();
        parameters.pushedRequests = PushedRequests::WhenPossible;
        TokenOutcome signIn(f.client().acquireToken(std::move(parameters)));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(f.proofAt(u"par"_s), proof); // RFC 9126 §2
        QCOMPARE(f.proofAt(u"token"_s), proof);
        QVERIFY(!f.browser.opened.first().toString().contains("secret"_L1));

        f.sandbox.clearLog();
        auto silently = ClientFixture::silently(signIn.value().account);
        silently.isRefreshForced = true;
        TokenOutcome refresh(f.client().acquireTokenSilently(std::move(silently)));
        QTRY_VERIFY2(refresh.succeeded(), refresh.why().constData());
        QCOMPARE(f.lastForm(u"token"_s).value(u"grant_type"_s).toString(), u"refresh_token"_s);
        QCOMPARE(f.proofAt(u"token"_s), proof);

        IntrospectionParameters introspection;
        introspection.token = refresh.value().accessToken.clone();
        Outcome<Introspection> introspected(f.client().introspect(std::move(introspection)));
        QTRY_VERIFY2(introspected.succeeded(), introspected.why().constData());
        QVERIFY(introspected.value().isActive);
        QCOMPARE(f.proofAt(u"introspect"_s), proof);

        Outcome<SignOutReport> signOut(f.client().signOut(signIn.value().account.id));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QCOMPARE(signOut.value().steps.first().outcome, SignOutStep::Outcome::Done);
        QCOMPARE(f.proofAt(u"revoke"_s), proof);
        // It belongs to the registration, not to who is signed in.
        QVERIFY(
            f.cache.snapshot().hasClientSecret({f.configuration.authority.environment(), f.configuration.clientId}));
    }

    //! RFC 8628 §3.1.
    void aCodeForAnotherDeviceIsAskedForWithTheSecret()
    {
        ConfidentialFixture f;
        QVERIFY(f.isReady && f.keep());
        DeviceCodeParameters parameters;
        parameters.scopes = {u"openid"_s};
        TokenOutcome signIn(f.client().acquireTokenByDeviceCode(std::move(parameters)));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(f.proofAt(u"device_authorization"_s), u"basic"_s);
        QCOMPARE(f.proofAt(u"token"_s), u"basic"_s);
    }

    //! For callers who keep the secret themselves.
    void aSecretInTheConfigurationIsUsed()
    {
        ConfidentialFixture f;
        QVERIFY(f.isReady);
        f.configuration.clientSecret = secretOf(secretText);
        TokenOutcome signIn(f.client().acquireToken(ClientFixture::signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QVERIFY(!f.store.content().bytes.reveal().toByteArray().contains("sandbox secret"));
    }

    void theTwoLegsOfACodeAreAuthenticatedToo()
    {
        ConfidentialFixture f;
        QVERIFY(f.isReady && f.keep());
        auto parameters = ClientFixture::signIn();
        parameters.pushedRequests = PushedRequests::WhenPossible;
        parameters.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {49152}, u"/"_s);
        Outcome<AuthorizationCodeFlow> begun(f.client().beginAuthCodeFlow(std::move(parameters)));
        QTRY_VERIFY2(begun.succeeded(), begun.why().constData());
        QCOMPARE(f.proofAt(u"par"_s), u"basic"_s);
        const auto answer = ClientFixture::answerFor(begun.value().url);
        TokenOutcome completed(f.client().completeAuthCodeFlow(begun.value().state.clone(), Secret::copyOf(answer)));
        QTRY_VERIFY2(completed.succeeded(), completed.why().constData());
        QCOMPARE(f.proofAt(u"token"_s), u"basic"_s);
    }

    void whoeverNeedsASecretAndHasNoneIsTold()
    {
        ConfidentialFixture f;
        QVERIFY(f.isReady);
        TokenOutcome signIn(f.client().acquireToken(ClientFixture::signIn()));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::ServerRejected);
        QCOMPARE(signIn.error().cause(), ErrorCause::ClientSecretMissing);
        QCOMPARE(signIn.error().oauth().error, u"invalid_client"_s);
    }

    void aWrongSecretIsNoMissingOne()
    {
        ConfidentialFixture f;
        QVERIFY(f.isReady && f.keep("another secret"));
        TokenOutcome signIn(f.client().acquireToken(ClientFixture::signIn()));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::ServerRejected);
        QCOMPARE(signIn.error().cause(), ErrorCause::Unspecified);
        QCOMPARE(signIn.error().httpStatus(), 401);
        QVERIFY(!signIn.error().message().contains("another"_L1));
    }

    void aMethodWithoutASecretOpensNoPage()
    {
        ConfidentialFixture f;
        QVERIFY(f.isReady);
        f.configuration.clientSecretUse = ClientSecretUse::Post;
        TokenOutcome signIn(f.client().acquireToken(ClientFixture::signIn()));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::InvalidArgument);
        QCOMPARE(signIn.error().cause(), ErrorCause::ClientSecretMissing);
        QVERIFY(f.browser.opened.isEmpty());
    }

    //! The secret of one registration is nothing for another provider with the same client id.
    void anotherProviderNeverSeesTheSecret_data()
    {
        QTest::addColumn<bool>("isConfigured");
        QTest::newRow("RFC 9700 §4.4 kept") << false;
        QTest::newRow("RFC 9700 §4.4 configured") << true;
    }
    void anotherProviderNeverSeesTheSecret()
    {
        QFETCH(bool, isConfigured);
        ConfidentialFixture f;
        ConfidentialFixture other;
        QVERIFY(f.isReady && other.isReady);
        if (isConfigured)
            f.configuration.clientSecret = secretOf(secretText);
        else
            QVERIFY(f.keep());
        auto parameters = ClientFixture::signIn();
        parameters.authority = other.configuration.authority;
        TokenOutcome signIn(f.client().acquireToken(std::move(parameters)));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().cause(), ErrorCause::ClientSecretMissing);
        QCOMPARE(other.proofAt(u"token"_s), QString());
    }

    //! RFC 9126 §5: some providers demand it of a client without saying so in their metadata.
    void aClientThatHasToPushPushes()
    {
        ClientFixture f;
        f.configuration.clientId = {u"sandbox-par"_s};
        f.configuration.requiresPushedRequests = true;
        TokenOutcome signIn(f.client().acquireToken(ClientFixture::signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(f.requestsTo(u"POST par"_s), 1);
    }
};

QTEST_GUILESS_MAIN(TestConfidential)
#include "tst_confidential.moc"
