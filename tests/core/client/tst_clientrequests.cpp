// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "entrafixture.h"
#include "support/faketransport.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using TokenOutcome = Outcome<AuthenticationResult>;
using CountersignSandbox::HookPoint;

//! The parameters of the requests to \p endpoint, in order.
QList<QJsonObject> formsOf(const ClientFixture &f, const QString &endpoint, QLatin1StringView part = "form"_L1)
{
    QList<QJsonObject> forms;
    const auto log = f.sandbox.log();
    for (const auto entry : log) {
        const auto object = entry.toObject();
        if (object.value("path"_L1).toString().endsWith(endpoint))
            forms.append(object.value(part).toObject());
    }
    return forms;
}

//! Somewhere else than the provider.
const auto addressOfAda = u"ada@elsewhere.example"_s;

SilentParameters refreshed(const Account &account)
{
    auto parameters = ClientFixture::silently(account);
    parameters.isRefreshForced = true;
    return parameters;
}

using Place = std::pair<QString, QLatin1StringView>;

template <typename Operation> void finish(Operation *operation)
{
    Outcome outcome(operation);
    QVERIFY(QTest::qWaitFor([&outcome] { return outcome.isThere(); }));
}

//! Runs \p flow to its end, whatever that is, and names the requests that carry claims.
QList<Place> placesOfClaims(SignedIn &f, const QString &flow, const QString &challenge)
{
    const Place token{u"/token"_s, "form"_L1};
    auto signIn = f.signIn();
    signIn.claimsChallenge = challenge;
    signIn.loginHint = addressOfAda;
    if (flow == u"interactive") {
        finish(f.client().acquireToken(signIn));
        return {{u"/authorize"_s, "query"_L1}, token};
    }
    if (flow == u"pushed") {
        signIn.pushedRequests = PushedRequests::WhenPossible;
        finish(f.client().acquireToken(signIn));
        return {{u"/par"_s, "form"_L1}, token};
    }
    if (flow == u"two legs") {
        signIn.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {47117});
        Outcome<AuthorizationCodeFlow> begun(f.client().beginAuthCodeFlow(signIn));
        if (!QTest::qWaitFor([&begun] { return begun.isThere(); }) || !begun.succeeded())
            return {};
        finish(f.client().completeAuthCodeFlow(begun.value().state.clone(),
                                               Secret::copyOf(f.answerFor(begun.value().url))));
        return {{u"/authorize"_s, "query"_L1}, token};
    }
    if (flow == u"device") {
        f.sandbox.context().settings.deviceInterval = 1;
        DeviceCodeParameters parameters;
        parameters.scopes = signIn.scopes;
        parameters.claimsChallenge = challenge;
        finish(f.client().acquireTokenByDeviceCode(parameters));
        return {{u"/device_authorization"_s, "form"_L1}, token};
    }
    if (flow == u"silent") {
        auto parameters = refreshed(f.account);
        parameters.claimsChallenge = challenge;
        finish(f.client().acquireTokenSilently(parameters));
    } else if (flow == u"import") {
        finish(f.client().acquireTokenByRefreshToken(
            {.refreshToken = Secret::copyOf(f.refreshToken().toLatin1()), .scopes = signIn.scopes, .authority = {}}));
    } else {
        QT_WARNING_PUSH
        QT_WARNING_DISABLE_DEPRECATED
        finish(f.client().acquireTokenByUsernamePassword({.username = u"ada"_s,
                                                          .password = Secret::copyOf("p"),
                                                          .scopes = signIn.scopes,
                                                          .claimsChallenge = challenge,
                                                          .authority = {}}));
        QT_WARNING_POP
    }
    return {token};
}

} // namespace

class TestClientRequests : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aBusyProviderIsAskedAgain()
    {
        ClientFixture f;
        f.configuration.retry = {.maximumRetries = 2, .backoff = 1ms};
        QVERIFY(f.sandbox.hooks().set(HookPoint::Discovery, QJsonObject{{u"status"_s, 500}, {u"times"_s, 1}}));
        QVERIFY(
            f.sandbox.hooks().set(HookPoint::PushedAuthorization, QJsonObject{{u"status"_s, 503}, {u"times"_s, 2}}));
        f.configuration.clientId = {u"sandbox-par"_s};
        auto parameters = f.signIn();
        parameters.pushedRequests = PushedRequests::WhenPossible;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY(signIn.isThere());
        QVERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(f.requestsTo(u"POST par"_s), 3);
        QVERIFY(f.client().throttledAnswers().isEmpty());
    }

    void aCodeThatMayBeSpentIsNotSentAgain()
    {
        ClientFixture f;
        f.configuration.retry = {.maximumRetries = 2, .backoff = 1ms};
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"status"_s, 500}, {u"times"_s, 1}}));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::ServerUnavailable);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
    }

    void contractC37AProviderThatAskedForAPauseIsSpared()
    {
        ClientFixture f;
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.succeeded());
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse,
                                      QJsonObject{{u"status"_s, 429},
                                                  {u"times"_s, 1},
                                                  {u"headers"_s, QJsonObject{{u"Retry-After"_s, u"90"_s}}}}));
        f.sandbox.clearLog();
        for (int i = 0; i < 2; ++i) {
            TokenOutcome silent(f.client().acquireTokenSilently(refreshed(signIn.value().account)));
            QTRY_VERIFY(silent.failed());
            QCOMPARE(silent.error().code(), ErrorCode::ServerUnavailable);
            QCOMPARE(silent.error().cause(), ErrorCause::Throttled);
            QVERIFY(silent.error().retryAfter() > 80s && silent.error().retryAfter() <= 90s);
        }
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
        const auto held = f.client().throttledAnswers();
        QCOMPARE(held.size(), 1);
        QCOMPARE(held.first().status, 429);
        // The person may try all the same.
        QVERIFY(f.client().clearThrottledAnswer(held.first().number));
        TokenOutcome again(f.client().acquireTokenSilently(refreshed(signIn.value().account)));
        QTRY_VERIFY(again.isThere());
        QCOMPARE(f.requestsTo(u"POST token"_s), 2);
    }

    void contractC37APauseEnds()
    {
        ClientFixture f;
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.succeeded());
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"status"_s, 503}, {u"times"_s, 1}}));
        TokenOutcome refused(f.client().acquireTokenSilently(refreshed(signIn.value().account)));
        QTRY_VERIFY(refused.failed());
        f.clock.offset += 59s;
        TokenOutcome early(f.client().acquireTokenSilently(refreshed(signIn.value().account)));
        QTRY_VERIFY(early.failed());
        QCOMPARE(f.requestsTo(u"POST token"_s), 2);
        f.clock.offset += 2s;
        TokenOutcome again(f.client().acquireTokenSilently(refreshed(signIn.value().account)));
        QTRY_VERIFY(again.isThere());
        QCOMPARE(f.requestsTo(u"POST token"_s), 3);
    }

    void contractC31CapabilitiesGoIntoEveryRequest()
    {
        ClientFixture f;
        f.configuration.capabilities = {u"cp1"_s};
        auto parameters = f.signIn();
        parameters.claimsChallenge = u"{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}"_s;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY(signIn.isThere());
        QVERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto merged =
            u"{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"},\"xms_cc\":{\"values\":[\"cp1\"]}}}"_s;
        QCOMPARE(formsOf(f, u"/authorize"_s, "query"_L1).first().value("claims"_L1).toString(), merged);
        QCOMPARE(formsOf(f, u"/token"_s).first().value("claims"_L1).toString(), merged);
        TokenOutcome silent(f.client().acquireTokenSilently(refreshed(signIn.value().account)));
        QTRY_VERIFY(silent.succeeded());
        QCOMPARE(formsOf(f, u"/token"_s).last().value("claims"_L1).toString(),
                 u"{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}"_s);
    }

    //! C31: for each flow that sends claims, every request in which they belong.
    void contractC31ClaimsGoIntoEveryFlow_data()
    {
        QTest::addColumn<QString>("flow");
        QTest::addColumn<QStringList>("capabilities");
        QTest::addColumn<QString>("challenge");
        QTest::addColumn<QString>("sent");
        const QString challenge = u"{\"id_token\":{\"auth_time\":{\"essential\":true}}}"_s;
        const QString capable = u"\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}"_s;
        const QString both = challenge.chopped(1) + u',' + capable + u'}';
        for (const auto *const flow : {"interactive", "pushed", "two legs", "device", "silent", "password", "import"}) {
            const auto name = QString::fromLatin1(flow);
            const bool canBeChallenged = name != u"import";
            QTest::addRow("C31 %s: neither", flow) << name << QStringList() << QString() << QString();
            QTest::addRow("C31 %s: capabilities", flow)
                << name << QStringList{u"cp1"_s} << QString() << QString(u'{' + capable + u'}');
            if (!canBeChallenged)
                continue;
            QTest::addRow("C31 %s: challenge", flow) << name << QStringList() << challenge << challenge;
            QTest::addRow("C31 %s: both", flow) << name << QStringList{u"cp1"_s} << challenge << both;
        }
    }
    void contractC31ClaimsGoIntoEveryFlow()
    {
        QFETCH(const QString, flow);
        QFETCH(const QStringList, capabilities);
        QFETCH(const QString, challenge);
        QFETCH(const QString, sent);
        SignedIn f;
        f.dropClient();
        f.configuration.capabilities = capabilities;
        const auto places = placesOfClaims(f, flow, challenge);
        QVERIFY(!places.isEmpty());
        for (const auto &place : places) {
            const auto [endpoint, part] = place;
            const auto forms = formsOf(f, endpoint, part);
            QVERIFY2(!forms.isEmpty(), qPrintable(endpoint));
            QCOMPARE(forms.last().contains(u"claims"_s), !sent.isEmpty());
            QCOMPARE(forms.last().value("claims"_L1).toString(), sent);
        }
    }

    //! B.10: a public client has no secret to send. B.102: nobody looks for a provider by a person's address.
    void b10NoRequestOfAPublicClientCarriesASecret_data()
    {
        QTest::addColumn<QString>("flow");
        for (const auto *const flow : {"interactive", "pushed", "two legs", "device", "silent", "password", "import"})
            QTest::addRow("B.10 B.102 %s", flow) << QString::fromLatin1(flow);
    }
    void b10NoRequestOfAPublicClientCarriesASecret()
    {
        QFETCH(const QString, flow);
        SignedIn f;
        const auto places = placesOfClaims(f, flow, {});
        QVERIFY(!places.isEmpty());
        for (const auto &place : places)
            QVERIFY2(!formsOf(f, place.first, place.second).isEmpty(), qPrintable(place.first));
        const auto account = f.client().knownAccounts().value(0).id;
        finish(f.client().introspect({.token = Secret::copyOf(f.refreshToken().toLatin1()),
                                      .typeHint = {},
                                      .authority = {},
                                      .confirmedHost = u"127.0.0.1"_s}));
        finish(f.client().signOut(account));
        QVERIFY(f.requestsTo(u"POST revoke"_s) > 0);
        // The host of a person's address is nowhere near the sandbox's: only the transport would know of such a
        // look-up.
        const auto &records = f.recorder.records;
        QVERIFY(!records.isEmpty());
        const auto provider = QUrl(f.sandbox.issuer()).authority();
        for (const auto &record : records) {
            QCOMPARE(QUrl(record.url).authority(), provider);
            QVERIFY2(!record.url.contains("webfinger"_L1), qPrintable(record.url));
        }
        const auto log = f.sandbox.log();
        for (const auto entry : log) {
            const auto request = entry.toObject();
            const auto path = request.value("path"_L1).toString();
            QVERIFY2(!path.contains("webfinger"_L1), qPrintable(path));
            for (const auto part : {"form"_L1, "query"_L1}) {
                const auto names = request.value(part).toObject().keys();
                for (const auto &name : {u"client_secret"_s, u"client_assertion"_s})
                    QVERIFY2(!names.contains(name), qPrintable(path));
            }
            const auto authorization = request.value("headers"_L1).toObject().value("authorization"_L1).toString();
            QVERIFY2(authorization.isEmpty() || path.endsWith("/userinfo"_L1), qPrintable(path));
        }
    }

    //! B.29, B.30: what a provider offers to others changes nothing for a public client that has no key: neither a
    //! proof nor an assertion that could not be kept up, and plain tokens instead of none.
    void b29AndB30WhatOthersMayDoIsNotDoneUnasked()
    {
        ClientFixture f;
        const QJsonObject offers{{u"dpop_signing_alg_values_supported"_s, QJsonArray{u"ES256"_s}},
                                 {u"tls_client_certificate_bound_access_tokens"_s, true},
                                 {u"token_endpoint_auth_methods_supported"_s,
                                  QJsonArray{u"private_key_jwt"_s, u"tls_client_auth"_s, u"none"_s}}};
        QVERIFY(f.sandbox.hooks().set(HookPoint::Discovery, QJsonObject{{u"set"_s, offers}}));
        auto parameters = f.signIn();
        parameters.pushedRequests = PushedRequests::WhenPossible;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(signIn.value().tokenType, u"Bearer"_s);
        for (const auto &endpoint : {u"par"_s, u"token"_s}) {
            QVERIFY(!f.lastForm(endpoint).isEmpty());
            QVERIFY(!f.lastForm(endpoint).contains(u"client_assertion"_s));
            QVERIFY(!f.lastForm(endpoint).contains(u"dpop_jkt"_s));
            QVERIFY(!f.lastRequest(endpoint).value(u"headers"_s).toObject().contains(u"dpop"_s));
        }
    }

    //! B.112: http://localhost with any port at Microsoft, never [::1]; an answer to a URI without a path comes with
    //! one.
    void b112LoopbackRedirectsAtMicrosoft_data()
    {
        QTest::addColumn<QString>("redirect"); // empty: nothing is configured
        QTest::addColumn<QString>("sent"); // a regular expression; empty: refused
        QTest::newRow("B.112 not configured") << QString() << u"^http://localhost:\\d+$"_s;
        QTest::newRow("B.112 localhost") << u"http://localhost"_s << u"^http://localhost:\\d+$"_s;
        QTest::newRow("B.112 localhost with a slash") << u"http://localhost/"_s << u"^http://localhost:\\d+/$"_s;
        QTest::newRow("B.112 localhost with a path") << u"http://localhost/cb"_s << u"^http://localhost:\\d+/cb$"_s;
        QTest::newRow("B.112 a port of its own") << u"http://localhost:47121"_s << u"^http://localhost:47121$"_s;
        QTest::newRow("B.112 127.0.0.1, as registered in the manifest")
            << u"http://127.0.0.1/cb"_s << u"^http://127\\.0\\.0\\.1:\\d+/cb$"_s;
        QTest::newRow("B.112 [::1]") << u"http://[::1]/"_s << QString();
    }
    void b112LoopbackRedirectsAtMicrosoft()
    {
        QFETCH(const QString, redirect);
        QFETCH(const QString, sent);
        EntraFixture f;
        f.browser.isAway = true;
        if (!redirect.isEmpty())
            f.configuration.redirect = *RedirectPreference::fromUri(QUrl(redirect));
        InteractiveParameters parameters;
        parameters.scopes = {u"User.Read"_s};
        parameters.responseMode = ResponseMode::Query;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        if (sent.isEmpty()) {
            QTRY_VERIFY(signIn.failed());
            QCOMPARE(signIn.error().code(), ErrorCode::InvalidArgument);
            QVERIFY(f.http.sent.isEmpty());
            return;
        }
        QTRY_COMPARE(f.browser.opened.size(), 1);
        const auto page =
            CountersignSandbox::Parameters::decode(f.browser.opened.first().query(QUrl::FullyEncoded).toLatin1());
        const auto uri = page.value(u"redirect_uri");
        QVERIFY2(QRegularExpression(sent).match(uri).hasMatch(), qPrintable(uri));
        // The provider's redirect, as a browser asks for it: an empty path has become a slash.
        QUrl answer(uri);
        if (answer.path().isEmpty())
            answer.setPath(u"/"_s);
        answer.setQuery(u"error=access_denied&state="_s + page.value(u"state"));
        f.browser.go(answer);
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::AccessDenied);
    }

    void contractC31AChallengeThatCannotBeReadStopsBeforeTheBrowserOpens()
    {
        ClientFixture f;
        f.configuration.capabilities = {u"cp1"_s};
        auto parameters = f.signIn();
        parameters.claimsChallenge = u"???"_s;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(f.browser.opened.isEmpty());
    }

    void contractC36MicrosoftIsToldAndNobodyElse_data()
    {
        QTest::addColumn<bool>("isTold");
        QTest::newRow("Entra") << true;
        QTest::newRow("any other provider") << false;
    }

    void contractC36MicrosoftIsToldAndNobodyElse()
    {
        QFETCH(const bool, isTold);
        const auto authority = isTold ? Authority::common() : *Authority::oidc(u"https://op.example"_s);
        ClientFixture f;
        FakeTransport wire;
        f.configuration.authority = authority;
        f.configuration.applicationName = u"Canary"_s;
        f.configuration.throttling.isEnabled = false;
        auto services = f.services();
        const auto client = PublicClient::create(f.configuration,
                                                 {.http = wire,
                                                  .cache = services.cache,
                                                  .agent = services.agent,
                                                  .clock = services.clock,
                                                  .random = services.random});
        QVERIFY(client.hasValue());
        const auto host = QUrl(authority.issuer()).host().toUtf8();
        const auto issuer =
            isTold ? QByteArray("https://login.microsoftonline.com/{tenantid}/v2.0") : QByteArray("https://op.example");
        QList<QByteArray> told;
        for (int i = 0; i < 2; ++i) {
            RefreshTokenParameters parameters;
            parameters.refreshToken = Secret::copyOf("a");
            parameters.scopes = {u"s"_s};
            TokenOutcome outcome((*client)->acquireTokenByRefreshToken(std::move(parameters)));
            QTRY_COMPARE(wire.waiting(), 1);
            if (wire.sent.back().purpose == HttpPurpose::Discovery) {
                QVERIFY(!wire.sent.back().headers.contains("x-client-sku"));
                QVERIFY(wire.answer(FakeTransport::response(
                    200, "{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"https://" + host + "/t\"}")));
                QTRY_COMPARE(wire.waiting(), 1);
            }
            const auto &headers = wire.sent.back().headers;
            for (const char *const name :
                 {"client-request-id", "x-client-sku", "x-client-ver", "x-client-os", "x-ms-lib-capability",
                  "x-app-name", "x-client-current-telemetry", "x-client-last-telemetry"})
                QCOMPARE(headers.contains(name), isTold);
            QVERIFY(!headers.contains("X-AnchorMailbox")); // nobody is known yet
            QCOMPARE(headers.value("x-client-current-telemetry"), isTold ? QByteArray("4|85,1|") : QByteArray());
            told.append(headers.value("x-client-last-telemetry"));
            QVERIFY(wire.answer(FakeTransport::response(400, "{\"error\":\"invalid_grant\"}")));
            QTRY_VERIFY(outcome.failed());
        }
        if (!isTold)
            return;
        QCOMPARE(told.first(), QByteArray("4|0|||"));
        QVERIFY(told.last().startsWith("4|0|85,"));
        QVERIFY(told.last().endsWith("|invalid_grant|"));
    }

    void contractC38AClientTouchesNoNetworkUntilItMust()
    {
        ClientFixture f;
        (void)f.client();
        QCoreApplication::processEvents();
        (void)f.client().knownAccounts();
        (void)f.client().cachedToken({});
        Outcome accounts(f.client().accounts());
        QTRY_VERIFY(accounts.succeeded());
        QVERIFY(f.recorder.records.isEmpty());
        QVERIFY(f.requests().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestClientRequests)
#include "tst_clientrequests.moc"
