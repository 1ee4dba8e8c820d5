// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "entrafixture.h"

#include <countersign/jose/json.h>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using CountersignSandbox::HookPoint;
using TokenOutcome = Outcome<AuthenticationResult>;
using IntrospectionOutcome = Outcome<Introspection>;

namespace {

const QString realmUrl = EntraFixture::base + u"common/userrealm/ada%40contoso.example"_s;
const QString mexUrl = u"https://sts.contoso.example/mex"_s;
const QString trustUrl = u"https://sts.contoso.example/trust/13/usernamemixed"_s;

const QByteArray mex =
    "<m xmlns:wsp='http://schemas.xmlsoap.org/ws/2004/09/policy' xmlns:wsdl='http://schemas.xmlsoap.org/wsdl/' "
    "xmlns:soap12='http://schemas.xmlsoap.org/wsdl/soap12/' xmlns:a='http://www.w3.org/2005/08/addressing' "
    "xmlns:u='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd' xmlns:sp='x'>"
    "<wsp:Policy u:Id='p'><sp:SignedSupportingTokens><sp:UsernameToken><sp:WssUsernameToken10/></sp:UsernameToken>"
    "</sp:SignedSupportingTokens></wsp:Policy><wsdl:binding name='B'><wsp:PolicyReference URI='#p'/>"
    "<soap12:binding transport='http://schemas.xmlsoap.org/soap/http'/><soap12:operation soapAction="
    "'http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue'/></wsdl:binding><wsdl:port binding='t:B'>"
    "<a:Address>https://sts.contoso.example/trust/13/usernamemixed</a:Address></wsdl:port></m>";
const QByteArray assertion =
    "<saml:Assertion xmlns:saml='urn:oasis:names:tc:SAML:1.0:assertion'>signed</saml:Assertion>";
const QByteArray trustAnswer =
    "<e><t:RequestedSecurityToken xmlns:t='http://docs.oasis-open.org/ws-sx/ws-trust/200512'>" + assertion
    + "</t:RequestedSecurityToken></e>";

QT_WARNING_PUSH
QT_WARNING_DISABLE_DEPRECATED
TokenOperation *byPassword(EntraFixture &f)
{
    return f.client().acquireTokenByUsernamePassword({.username = u"ada@contoso.example"_s,
                                                      .password = Secret::copyOf("p<w"),
                                                      .scopes = {u"User.Read"_s},
                                                      .claimsChallenge = {},
                                                      .authority = {}});
}
QT_WARNING_POP

void federate(EntraFixture &f)
{
    f.http.route(realmUrl, 200,
                 CountersignSandbox::compactJson({{u"account_type"_s, u"Federated"_s},
                                                  {u"federation_metadata_url"_s, mexUrl},
                                                  {u"cloud_audience_urn"_s, u"urn:federation:Cloud"_s}}));
    f.http.route(mexUrl, 200, mex);
    f.http.route(trustUrl, 200, trustAnswer);
}

} // namespace

//! Grants without a page: a name and a password, a refresh token from elsewhere; and introspection.
class TestOtherGrants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! msal.md 1.8; C23 on the wire.
    void aManagedUserSignsInWithAPassword()
    {
        EntraFixture f;
        f.http.route(realmUrl, 200, "{\"account_type\":\"Managed\"}");
        TokenOutcome signIn(byPassword(f));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(signIn.value().account.id.homeAccountId.value, u"uid.utid"_s);
        QCOMPARE(signIn.value().account.source, u"password"_s);
        const auto form = f.http.to(EntraFixture::token).first().form;
        QCOMPARE(form.value(u"grant_type"_s), u"password"_s);
        QCOMPARE(form.value(u"username"_s), u"ada@contoso.example"_s);
        QCOMPARE(form.value(u"password"_s), u"p<w"_s);
        QCOMPARE(form.value(u"scope"_s), u"User.Read offline_access openid profile"_s);
        QCOMPARE(form.value(u"client_info"_s), u"1"_s);
        QVERIFY(!f.store.content().bytes.reveal().toByteArray().contains("p<w"));
    }

    void theTypedNameStandsInForAMissingOne()
    {
        EntraFixture f;
        f.http.route(EntraFixture::token, 200, f.tokens({{u"preferred_username"_s, QJsonValue::Null}}));
        TokenOutcome signIn(byPassword(f));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(signIn.value().account.username, u"ada@contoso.example"_s);
    }

    //! MSAL's test_memorize: a host without user realms is not asked again.
    void aHostWithoutUserRealmsIsAskedOnce()
    {
        EntraFixture f;
        for (int i = 0; i < 2; ++i) {
            TokenOutcome signIn(byPassword(f));
            QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        }
        QCOMPARE(f.http.to(realmUrl).size(), 1);
    }

    void aFederatedUserSignsInAtTheOrganisation()
    {
        EntraFixture f;
        federate(f);
        TokenOutcome signIn(byPassword(f));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto soap = f.http.to(trustUrl).first();
        QCOMPARE(soap.headers.value("SOAPAction"), "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue"_ba);
        QCOMPARE(soap.headers.value("Content-Type"), "application/soap+xml; charset=utf-8"_ba);
        QVERIFY(soap.body.contains("<wsse:Password>p&lt;w</wsse:Password>"));
        QVERIFY(soap.body.contains("<wsa:Address>urn:federation:Cloud</wsa:Address>"));
        const auto form = f.http.to(EntraFixture::token).first().form;
        QCOMPARE(form.value(u"grant_type"_s), u"urn:ietf:params:oauth:grant-type:saml1_1-bearer"_s);
        QCOMPARE(form.value(u"assertion"_s).toLatin1(), CountersignSandbox::base64Url(assertion));
        // The provider never sees the organisation's password.
        QVERIFY(!form.contains(u"password"_s));
    }

    void whatAnOrganisationRefusesIsSaid_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::newRow("fault")
            << trustUrl << 500
            << "<e><Fault><Code><Value>a</Value></Code><Reason><Text>no</Text></Reason></Fault></e>"_ba
            << int(ErrorCode::ServerRejected);
        QTest::newRow("no endpoint") << mexUrl << 200 << "<m/>"_ba << int(ErrorCode::NotSupported);
        QTest::newRow("policy broken") << mexUrl << 500 << ""_ba << int(ErrorCode::ServerUnavailable);
        QTest::newRow("entities") << trustUrl << 200 << "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"_ba
                                  << int(ErrorCode::InvalidResponse);
    }
    void whatAnOrganisationRefusesIsSaid()
    {
        QFETCH(QString, url);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        EntraFixture f;
        federate(f);
        f.http.route(url, status, body);
        TokenOutcome signIn(byPassword(f));
        QTRY_VERIFY(signIn.failed());
        QVERIFY2(int(signIn.error().code()) == code, signIn.why().constData());
        QVERIFY(f.http.to(EntraFixture::token).isEmpty());
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! Every document on the way may be anything at all: it ends, in words of our own, and the password goes to nobody
    //! but the organisation's endpoint.
    void anyDocumentOfAFederatedSignInMayBeAnything_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("the user's realm") << realmUrl;
        QTest::newRow("the organisation's policy") << mexUrl;
        QTest::newRow("the organisation's answer") << trustUrl;
        QTest::newRow("the token") << EntraFixture::token;
    }
    void anyDocumentOfAFederatedSignInMayBeAnything()
    {
        QFETCH(const QString, url);
        const QByteArrayList bodies{
            "",
            "canary",
            "{}",
            "[]",
            "null",
            "{\"account_type\":5}",
            "{\"account_type\":\"Federated\"}",
            "{\"account_type\":\"Federated\",\"federation_metadata_url\":\"http://evil.example/mex\"}",
            "{\"account_type\":\"Federated\",\"federation_metadata_url\":\"file:///etc/passwd\"}",
            "{\"account_type\":\"Federated\",\"federation_active_auth_url\":\"http://evil.example/trust\"}",
            "<",
            "<m>canary",
            "<m/>" + QByteArray(300 * 1024, ' '),
            QByteArray("<a>").repeated(20000),
            "<!DOCTYPE m SYSTEM 'https://evil.example/x'><m/>",
            QByteArray(mex).replace("https://sts.contoso.example", "http://evil.example"),
            QByteArray(trustAnswer).replace("signed", "<!-- canary -->"),
            QByteArray("\xff\xfe<\0m\0", 6),
        };
        EntraFixture f;
        f.configuration.retry = RetryPolicy::none();
        f.configuration.throttling.isEnabled = false;
        federate(f);
        for (const int status : {200, 204, 302, 400, 401, 429, 500, 503}) {
            for (const auto &body : bodies) {
                f.http.route(url, status, body);
                f.http.sent.clear();
                const auto before = f.store.content().bytes.reveal().toByteArray();
                TokenOutcome signIn(byPassword(f));
                QTRY_VERIFY2(signIn.isThere(), body.left(80).constData());
                QCOMPARE(signIn.finishes, 1);
                for (const auto &sent : std::as_const(f.http.sent)) {
                    QVERIFY2(!sent.body.contains("p&lt;w") || sent.url == QUrl(trustUrl), body.left(80).constData());
                    QVERIFY2(sent.url.scheme() == "https"_L1 && sent.url.host() != "evil.example"_L1,
                             body.left(80).constData());
                }
                if (signIn.succeeded())
                    continue;
                const auto &error = signIn.error();
                QVERIFY2(error.code() != ErrorCode::InvalidArgument, signIn.why().constData());
                QVERIFY2(!error.message().contains("canary"_L1), signIn.why().constData());
                QCOMPARE(f.store.content().bytes.reveal().toByteArray(), before);
            }
        }
    }

    void cancellingAPasswordSignInSendsNoMore()
    {
        EntraFixture f;
        federate(f);
        auto *const operation = byPassword(f);
        TokenOutcome signIn(operation);
        f.http.route(mexUrl, [operation](const RoutedTransport::Sent &) {
            operation->cancel();
            return HttpResponse{.status = 200, .headers = {}, .body = mex, .serverDate = {}};
        });
        QTRY_VERIFY(signIn.isThere());
        QCOMPARE(signIn.error().code(), ErrorCode::Cancelled);
        QTest::qWait(50);
        QVERIFY(f.http.to(trustUrl).isEmpty());
    }

    //! C23: what the library asks for by itself must not be named, and what is excluded is not sent.
    void c23ScopesAtMicrosoft()
    {
        EntraFixture f;
        TokenOutcome reserved(f.client().acquireTokenByDeviceCode({.scopes = {u"openid"_s}}));
        QTRY_VERIFY(reserved.failed());
        QCOMPARE(reserved.error().code(), ErrorCode::InvalidArgument);
        EntraFixture g;
        g.configuration.excludedScopes = {u"offline_access"_s};
        TokenOutcome excluded(g.client().acquireTokenByDeviceCode({.scopes = {u"User.Read"_s}}));
        const QString device = EntraFixture::base + u"common/oauth2/v2.0/devicecode"_s;
        QTRY_VERIFY(excluded.isThere());
        QVERIFY2(g.http.to(device).size() == 1, excluded.why().constData());
        QCOMPARE(g.http.to(device).first().form.value(u"scope"_s), u"User.Read openid profile"_s);
        auto configuration = g.configuration;
        configuration.excludedScopes = {u"openid"_s};
        QVERIFY(!PublicClient::create(
            configuration, {.http = g.http, .cache = g.cache, .agent = g.agent, .clock = g.clock, .random = g.random}));
    }

    //! C30: the code goes out twice under two names at Microsoft.
    void c30TheDeviceCodeIsSentUnderBothNames()
    {
        EntraFixture f;
        f.http.route(EntraFixture::base + u"common/oauth2/v2.0/devicecode"_s, 200,
                     "{\"device_code\":\"DC\",\"user_code\":\"UC\",\"interval\":\"1\",\"expires_in\":\"900\","
                     "\"verification_uri\":\"https://microsoft.com/devicelogin\",\"message\":\"To sign in …\"}");
        auto *const operation = f.client().acquireTokenByDeviceCode({.scopes = {u"User.Read"_s}});
        DeviceCode code;
        QObject::connect(operation, &DeviceCodeOperation::codeReady, this,
                         [&code](const DeviceCode &ready) { code = ready; });
        TokenOutcome signIn(operation);
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(code.message, u"To sign in …"_s);
        const auto form = f.http.to(EntraFixture::token).first().form;
        QCOMPARE(form.value(u"device_code"_s), u"DC"_s);
        QCOMPARE(form.value(u"code"_s), u"DC"_s);
    }

    //! C36: that the person has not decided yet is no failure to tell of.
    void c36WaitingIsNoFailure()
    {
        EntraFixture f;
        f.http.route(EntraFixture::base + u"common/oauth2/v2.0/devicecode"_s, 200,
                     "{\"device_code\":\"DC\",\"user_code\":\"UC\",\"interval\":\"1\",\"expires_in\":\"900\","
                     "\"verification_uri\":\"https://microsoft.com/devicelogin\"}");
        int polls = 0;
        f.http.route(EntraFixture::token, [&f, &polls](const RoutedTransport::Sent &) {
            HttpResponse response{
                .status = 400, .headers = {}, .body = "{\"error\":\"authorization_pending\"}"_ba, .serverDate = {}};
            if (++polls > 1) {
                response.status = 200;
                response.body = f.tokens();
            }
            response.headers.add("Content-Type", "application/json");
            return response;
        });
        TokenOutcome signIn(f.client().acquireTokenByDeviceCode({.scopes = {u"User.Read"_s}}));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto sent = f.http.to(EntraFixture::token);
        QCOMPARE(sent.size(), 2);
        QCOMPARE(sent.last().headers.value("x-client-last-telemetry"), "4|0|||"_ba);
    }

    void aRefreshTokenFromElsewhereIsTakenOver()
    {
        SignedIn f;
        const auto text = f.refreshToken().toLatin1();
        Outcome<SignOutReport> out(f.client().signOut(f.account.id, {.revokesTokens = false}));
        QTRY_VERIFY(out.succeeded());
        QVERIFY(f.isEmpty());
        TokenOutcome taken(f.client().acquireTokenByRefreshToken(
            {.refreshToken = Secret::copyOf(text), .scopes = {u"openid"_s, u"profile"_s}, .authority = {}}));
        QTRY_VERIFY2(taken.succeeded(), taken.why().constData());
        QCOMPARE(taken.value().account.id, f.account.id);
        QCOMPARE(f.lastForm(u"token"_s).value(u"scope"_s).toString(), u"openid profile"_s);
        QVERIFY(!f.refreshToken().isEmpty());
        QVERIFY(f.refreshToken() != QString::fromLatin1(text));
        f.forget();
        TokenOutcome hit(f.client().acquireTokenSilently(f.silently(f.account, {u"openid"_s})));
        QTRY_VERIFY2(hit.succeeded(), hit.why().constData());
        QVERIFY(f.requests().isEmpty());
    }

    //! It is spent once it was sent: whoever loses interest must not lose the only token that is good now.
    void aRefreshTokenThatWasSentIsTakenOverWhateverTheCallerDoes_data()
    {
        QTest::addColumn<bool>("isDeleted");
        QTest::newRow("cancelled") << false;
        QTest::newRow("deleted") << true;
    }
    void aRefreshTokenThatWasSentIsTakenOverWhateverTheCallerDoes()
    {
        QFETCH(bool, isDeleted);
        SignedIn f;
        const auto text = f.refreshToken();
        Outcome<SignOutReport> out(f.client().signOut(f.account.id, {.revokesTokens = false}));
        QTRY_VERIFY(out.succeeded());
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"delayMs"_s, 400}}));
        QPointer<TokenOperation> operation(f.client().acquireTokenByRefreshToken(
            {.refreshToken = Secret::copyOf(text.toLatin1()), .scopes = {u"openid"_s}, .authority = {}}));
        TokenOutcome taken(operation);
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
        if (isDeleted)
            delete operation;
        else
            operation->cancel();
        QTRY_VERIFY(!operation);
        QCOMPARE(taken.failed(), !isDeleted);
        QTRY_VERIFY(!f.refreshToken().isEmpty());
        QVERIFY(f.refreshToken() != text);
    }

    void aRefreshTokenThatWasNotSentIsNotSpentAfterCancelling()
    {
        SignedIn f;
        const auto text = f.refreshToken();
        Outcome<SignOutReport> out(f.client().signOut(f.account.id, {.revokesTokens = false}));
        QTRY_VERIFY(out.succeeded());
        f.forget();
        auto *operation = f.client().acquireTokenByRefreshToken(
            {.refreshToken = Secret::copyOf(text.toLatin1()), .scopes = {u"openid"_s}, .authority = {}});
        TokenOutcome taken(operation);
        QObject::connect(operation, &Operation::stageChanged, operation, [operation](Operation::Stage stage) {
            if (stage == Operation::Stage::Redeeming)
                operation->cancel();
        });
        QTRY_VERIFY(taken.failed());
        QTest::qWait(100);
        QVERIFY(f.isEmpty());
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
    }

    //! A provider that does not rotate sends none back: the one at hand goes on.
    void aRefreshTokenThatIsNotRotatedIsKept()
    {
        SignedIn f;
        const auto text = f.refreshToken();
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse,
                                      QJsonObject{{u"remove"_s, QJsonArray{u"refresh_token"_s}}}));
        Outcome<SignOutReport> out(f.client().signOut(f.account.id, {.revokesTokens = false}));
        QTRY_VERIFY(out.succeeded());
        TokenOutcome taken(f.client().acquireTokenByRefreshToken(
            {.refreshToken = Secret::copyOf(text.toLatin1()), .scopes = {}, .authority = {}}));
        QTRY_VERIFY2(taken.succeeded(), taken.why().constData());
        QVERIFY(!f.lastForm(u"token"_s).contains(u"scope"_s));
        QCOMPARE(f.refreshToken(), text);
    }

    void aRefreshTokenThatIsRefusedLeavesNothing()
    {
        ClientFixture f;
        TokenOutcome taken(f.client().acquireTokenByRefreshToken(
            {.refreshToken = Secret::copyOf("invented"), .scopes = {u"openid"_s}, .authority = {}}));
        QTRY_VERIFY(taken.failed());
        QCOMPARE(taken.error().oauth().error, u"invalid_grant"_s);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    void theProviderIsAskedAboutItsOwnToken()
    {
        SignedIn f;
        const auto accessToken = f.cache.snapshot().accessTokens().front().secret();
        IntrospectionOutcome asked(f.client().introspect(
            {.token = accessToken.clone(), .typeHint = u"access_token"_s, .authority = {}, .confirmedHost = {}}));
        QTRY_VERIFY2(asked.succeeded(), asked.why().constData());
        QVERIFY(asked.value().isActive);
        QCOMPARE(Jose::JsonObject::parse(asked.value().json)->string("client_id"), std::optional(u"sandbox-native"_s));
        QCOMPARE(f.lastForm(u"introspect"_s).value(u"token_type_hint"_s).toString(), u"access_token"_s);
        // An opaque one is known from the cache.
        IntrospectionOutcome opaque(f.client().introspect({.token = Secret::copyOf(f.refreshToken().toLatin1()),
                                                           .typeHint = {},
                                                           .authority = {},
                                                           .confirmedHost = {}}));
        QTRY_VERIFY2(opaque.succeeded(), opaque.why().constData());
        QVERIFY(opaque.value().isActive);
    }

    //! B.63.
    void aTokenFromElsewhereIsShownOnlyAfterAWord_data()
    {
        QTest::addColumn<QByteArray>("token");
        // {"alg":"none"} . {"iss":"https://other.example"}
        QTest::newRow("B.63 another issuer") << "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL290aGVyLmV4YW1wbGUifQ."_ba;
        QTest::newRow("B.63 opaque") << "opaque"_ba;
    }
    void aTokenFromElsewhereIsShownOnlyAfterAWord()
    {
        QFETCH(QByteArray, token);
        ClientFixture f;
        IntrospectionOutcome refused(f.client().introspect(
            {.token = Secret::copyOf(token), .typeHint = {}, .authority = {}, .confirmedHost = {}}));
        QTRY_VERIFY(refused.failed());
        QCOMPARE(refused.error().code(), ErrorCode::InvalidArgument);
        QCOMPARE(refused.error().cause(), ErrorCause::IssuerMismatch);
        QCOMPARE(refused.error().expected(), u"127.0.0.1"_s);
        QCOMPARE(f.requestsTo(u"POST introspect"_s), 0);
        IntrospectionOutcome asked(f.client().introspect(
            {.token = Secret::copyOf(token), .typeHint = {}, .authority = {}, .confirmedHost = u"127.0.0.1"_s}));
        QTRY_VERIFY2(asked.succeeded(), asked.why().constData());
        QVERIFY(!asked.value().isActive);
        QVERIFY(asked.value().json.isEmpty());
    }

    void aProviderWithoutIntrospectionSaysSo()
    {
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::Discovery,
                                      QJsonObject{{u"remove"_s, QJsonArray{u"introspection_endpoint"_s}}}));
        IntrospectionOutcome asked(f.client().introspect(
            {.token = Secret::copyOf("x"), .typeHint = {}, .authority = {}, .confirmedHost = {}}));
        QTRY_VERIFY(asked.failed());
        QCOMPARE(asked.error().cause(), ErrorCause::EndpointMissing);
    }
};

QTEST_GUILESS_MAIN(TestOtherGrants)
#include "tst_othergrants.moc"
