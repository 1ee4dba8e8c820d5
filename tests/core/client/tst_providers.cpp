// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "entrafixture.h"

#include <countersign/useragent/pastebackagent.h>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::Parameters;
using TokenOutcome = Outcome<AuthenticationResult>;

namespace {

const QString guid = u"11111111-2222-3333-4444-555555555555"_s;
const QString consumers = u"9188040d-6c67-4c5b-b112-36a304b66dad"_s;

//! One provider as its documents and tokens show it.
struct Provider
{
    QString authority; //!< as a person writes it
    bool isNamedByIssuer = false; //!< no address of Microsoft's kinds
    QString discovery;
    QString issuer; //!< in the metadata
    QString endpoints; //!< what the endpoints begin with
    QString tokenIssuer; //!< "iss" of an ID token
    QString tenant; //!< its "tid"; empty: none
    bool sendsClientInfo = false; //!< Microsoft's own services do when asked
    QString environment; //!< under which tokens are cached
    QString realm;
};

QJsonObject metadataOf(const Provider &provider)
{
    return {{u"issuer"_s, provider.issuer},
            {u"authorization_endpoint"_s, QString(provider.endpoints + u"authorize"_s)},
            {u"token_endpoint"_s, QString(provider.endpoints + u"token"_s)},
            {u"jwks_uri"_s, QString(provider.endpoints + u"keys"_s)},
            {u"id_token_signing_alg_values_supported"_s, QJsonArray{u"RS256"_s}}};
}

//! A provider of any kind, a person who signs in by pasting, and everything a client needs.
struct ProviderFixture
{
    explicit ProviderFixture(Provider provider) : now(std::move(provider))
    {
        auto authority = now.isNamedByIssuer ? Authority::oidc(now.authority) : Authority::parse(now.authority);
        if (!authority)
            qFatal("%s", qPrintable(authority.error().message()));
        configuration.clientId = {u"my_app"_s};
        configuration.authority = *std::move(authority);
        configuration.providerFolder = folder.path();
        http.route(now.discovery, 200, CountersignSandbox::compactJson(metadataOf(now)));
        http.route(now.endpoints + u"keys"_s, 200, CountersignSandbox::compactJson({{u"keys"_s, keys.published()}}));
        http.route(now.endpoints + u"token"_s, [this](const RoutedTransport::Sent &sent) {
            HttpResponse response{.status = 200, .headers = {}, .body = tokens(sent), .serverDate = {}};
            response.headers.add("Content-Type", "application/json");
            return response;
        });
    }

    QByteArray tokens(const RoutedTransport::Sent &sent)
    {
        const auto second = QDateTime::currentSecsSinceEpoch();
        QJsonObject claims{{u"iss"_s, now.tokenIssuer}, {u"aud"_s, u"my_app"_s},
                           {u"sub"_s, u"ada"_s},        {u"iat"_s, second},
                           {u"exp"_s, second + 3600},   {u"preferred_username"_s, u"ada@contoso.example"_s}};
        if (!now.tenant.isEmpty())
            claims.insert(u"tid"_s, now.tenant);
        if (sent.form.value(u"grant_type"_s) == u"authorization_code")
            claims.insert(u"nonce"_s, page().value(u"nonce"));
        const auto algorithm = Jose::Algorithm::RS256;
        const auto idToken = keys.sign(algorithm, {{u"alg"_s, u"RS256"_s}, {u"kid"_s, keys.keyId(algorithm)}},
                                       CountersignSandbox::compactJson(claims));
        QJsonObject answer{{u"access_token"_s, u"AT"_s},
                           {u"token_type"_s, u"Bearer"_s},
                           {u"expires_in"_s, 3600},
                           {u"scope"_s, u"api openid profile offline_access"_s},
                           {u"refresh_token"_s, u"RT%1"_s.arg(++issued)},
                           {u"id_token"_s, QString::fromLatin1(idToken)}};
        if (now.sendsClientInfo && sent.form.value(u"client_info"_s) == u"1")
            answer.insert(u"client_info"_s,
                          QString::fromLatin1(CountersignSandbox::base64Url(
                              CountersignSandbox::compactJson({{u"uid"_s, u"uid"_s}, {u"utid"_s, guid}}))));
        return CountersignSandbox::compactJson(answer);
    }

    Parameters page() const { return Parameters::decode(shown.query(QUrl::FullyEncoded).toLatin1()); }
    void answer()
    {
        const QByteArray redirect = page().value(u"redirect_uri").toLatin1();
        const QByteArray address = redirect + "?code=C&state=" + page().value(u"state").toLatin1();
        QVERIFY(agent.paste(address));
    }
    void makeClient()
    {
        client.reset();
        client = *PublicClient::create(
            configuration, {.http = http, .cache = cache, .agent = agent, .clock = clock, .random = random});
    }

    Provider now;
    CountersignSandbox::KeyRing keys;
    RoutedTransport http;
    QTemporaryDir folder;
    MemoryStore store;
    PersistentTokenCache cache{store};
    QUrl shown;
    PasteBackAgent agent{[this](const QUrl &page) { shown = page; }};
    TurnedClock clock;
    SystemRandom random;
    ClientConfiguration configuration;
    std::unique_ptr<PublicClient> client;
    int issued = 0;
};

void row(const char *name, const Provider &provider)
{
    QTest::newRow(name) << provider;
}

} // namespace

Q_DECLARE_METATYPE(Provider)

//! Every kind of provider, from discovery to the refresh, as its own documents look. Microsoft's are those of its
//! documentation; the sandbox and the real provider in tests/interop are any OpenID provider.
class TestProviders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindOfProviderSignsIn_data()
    {
        QTest::addColumn<Provider>("provider");
        const QString entra = u"https://login.microsoftonline.com/"_s;
        const auto known = u"/v2.0/.well-known/openid-configuration"_s;
        const auto at = [&](const QString &tenant, const QString &issuer, const QString &tokenIssuer,
                            const QString &tid) {
            return Provider{.authority = entra + tenant,
                            .discovery = entra + tenant + known,
                            .issuer = issuer,
                            .endpoints = entra + tenant + u"/oauth2/v2.0/"_s,
                            .tokenIssuer = tokenIssuer,
                            .tenant = tid,
                            .sendsClientInfo = true,
                            .environment = u"login.microsoftonline.com"_s,
                            .realm = tenant};
        };
        const QString ofTenant = entra + guid + u"/v2.0"_s;
        row("Entra, tenant by GUID", at(guid, ofTenant, ofTenant, guid));
        row("B.103 Entra, common", at(u"common"_s, entra + u"{tenantid}/v2.0"_s, ofTenant, guid));
        row("B.103 Entra, organizations", at(u"organizations"_s, entra + u"{tenantid}/v2.0"_s, ofTenant, guid));
        const QString ofConsumers = entra + consumers + u"/v2.0"_s;
        row("B.106 Entra, consumers", at(u"consumers"_s, ofConsumers, ofConsumers, consumers));
        auto domain = at(u"contoso.onmicrosoft.com"_s, ofTenant, ofTenant, guid);
        domain.endpoints = entra + guid + u"/oauth2/v2.0/"_s;
        domain.realm = guid;
        row("B.105 Entra, tenant by domain", domain);
        row("Entra, another cloud",
            {.authority = u"https://login.microsoftonline.us/"_s + guid,
             .discovery = u"https://login.microsoftonline.us/"_s + guid + known,
             .issuer = u"https://login.microsoftonline.us/"_s + guid + u"/v2.0"_s,
             .endpoints = u"https://login.microsoftonline.us/"_s + guid + u"/oauth2/v2.0/"_s,
             .tokenIssuer = u"https://login.microsoftonline.us/"_s + guid + u"/v2.0"_s,
             .tenant = guid,
             .sendsClientInfo = true,
             .environment = u"login.microsoftonline.us"_s,
             .realm = guid});
        const QString b2c = u"https://contoso.b2clogin.com/"_s;
        row("B.108 B2C",
            {.authority = b2c + u"contoso.onmicrosoft.com/B2C_1_signin"_s,
             .discovery = b2c + u"contoso.onmicrosoft.com/B2C_1_signin"_s + known,
             .issuer = b2c + guid + u"/v2.0/"_s,
             .endpoints = b2c + u"contoso.onmicrosoft.com/b2c_1_signin/oauth2/v2.0/"_s,
             .tokenIssuer = b2c + guid + u"/v2.0/"_s,
             .sendsClientInfo = true,
             .environment = u"contoso.b2clogin.com"_s,
             .realm = u"contoso.onmicrosoft.com"_s});
        const QString ciam = u"https://contoso.ciamlogin.com/"_s;
        row("B.108 CIAM",
            {.authority = ciam,
             .discovery = ciam + u"contoso.onmicrosoft.com"_s + known,
             .issuer = u"https://%1.ciamlogin.com/%1/v2.0"_s.arg(guid),
             .endpoints = ciam + guid + u"/oauth2/v2.0/"_s,
             .tokenIssuer = u"https://%1.ciamlogin.com/%1/v2.0"_s.arg(guid),
             .tenant = guid,
             .sendsClientInfo = true,
             .environment = u"contoso.ciamlogin.com"_s,
             .realm = guid});
        const QString adfs = u"https://fs.contoso.example/adfs"_s;
        row("B.108 AD FS",
            {.authority = adfs,
             .discovery = adfs + u"/.well-known/openid-configuration"_s,
             .issuer = adfs,
             .endpoints = adfs + u"/oauth2/"_s,
             .tokenIssuer = adfs,
             .environment = u"fs.contoso.example"_s,
             .realm = u"adfs"_s});
        const QString dsts = u"https://dsts.example/dstsv2/"_s + guid;
        row("dSTS",
            {.authority = dsts,
             .discovery = dsts + u"/.well-known/openid-configuration"_s,
             .issuer = dsts,
             .endpoints = dsts + u"/oauth2/"_s,
             .tokenIssuer = dsts,
             .environment = u"dsts.example"_s,
             .realm = guid});
        for (const auto &issuer : {u"https://accounts.example"_s, u"https://tenant.example/"_s,
                                   u"https://id.example:8443/realms/One"_s, u"http://[::1]:8080"_s}) {
            const QString base = issuer.endsWith(u'/') ? issuer.chopped(1) : issuer;
            QTest::addRow("OpenID provider %s", qPrintable(issuer))
                << Provider{.authority = issuer,
                            .isNamedByIssuer = true,
                            .discovery = base + u"/.well-known/openid-configuration"_s,
                            .issuer = issuer,
                            .endpoints = base + u"/oauth/"_s,
                            .tokenIssuer = issuer};
        }
    }
    void everyKindOfProviderSignsIn()
    {
        QFETCH(const Provider, provider);
        ProviderFixture f(provider);
        f.makeClient();
        QVERIFY(f.http.sent.isEmpty());
        InteractiveParameters parameters;
        parameters.scopes = {u"api"_s};
        TokenOutcome signIn(f.client->acquireToken(parameters));
        QTRY_VERIFY2(!f.shown.isEmpty() || signIn.isThere(), signIn.why().constData());
        QVERIFY2(!signIn.isThere(), signIn.why().constData());
        QVERIFY(f.shown.toString().startsWith(provider.endpoints + u"authorize?"_s));
        f.answer();
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto account = signIn.value().account;
        QCOMPARE(account.username, u"ada@contoso.example"_s);
        if (!provider.environment.isEmpty())
            QCOMPARE(account.id.environment.value, provider.environment);
        const auto tokens = f.cache.snapshot().accessTokens();
        QCOMPARE(tokens.size(), std::size_t(1));
        if (!provider.realm.isEmpty())
            QCOMPARE(tokens.front().realm(), provider.realm);
        QCOMPARE(account.id.homeAccountId.value, provider.sendsClientInfo ? u"uid."_s + guid : u"ada"_s);
        afterwards(f, account);
    }

    //! Where only the provider can say under which realm its tokens lie, it is asked before a refresh token is spent.
    void aTenantByDomainIsAskedForBeforeARefresh()
    {
        const QString entra = u"https://login.microsoftonline.com/"_s;
        ProviderFixture f({.authority = entra + u"contoso.onmicrosoft.com"_s,
                           .discovery = entra + u"contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration"_s,
                           .issuer = entra + guid + u"/v2.0"_s,
                           .endpoints = entra + guid + u"/oauth2/v2.0/"_s,
                           .tokenIssuer = entra + guid + u"/v2.0"_s,
                           .tenant = guid,
                           .sendsClientInfo = true});
        f.configuration.providerFolder.clear();
        f.makeClient();
        InteractiveParameters interactive;
        interactive.scopes = {u"api"_s};
        TokenOutcome signIn(f.client->acquireToken(interactive));
        QTRY_VERIFY(!f.shown.isEmpty());
        f.answer();
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        f.makeClient();
        f.http.sent.clear();
        SilentParameters parameters;
        parameters.scopes = {u"api"_s};
        parameters.account = signIn.value().account.id;
        TokenOutcome hit(f.client->acquireTokenSilently(parameters));
        QTRY_VERIFY2(hit.succeeded(), hit.why().constData());
        QCOMPARE(hit.value().source, TokenSource::Cache);
        QCOMPARE(f.http.sent.size(), 1);
        QCOMPARE(f.http.sent.first().url.toString(), f.now.discovery);
        // Nobody is asked about somebody who is not there.
        f.makeClient();
        f.http.sent.clear();
        parameters.account.homeAccountId = {u"nobody.there"_s};
        TokenOutcome missing(f.client->acquireTokenSilently(parameters));
        QTRY_VERIFY(missing.failed());
        QCOMPARE(missing.error().cause(), ErrorCause::AccountNotFound);
        QVERIFY(f.http.sent.isEmpty());
    }

    //! Another issuer in the ID token, one that would be right somewhere else among the kinds.
    void everyKindOfProviderIsHeldToItsIssuer_data() { everyKindOfProviderSignsIn_data(); }
    void everyKindOfProviderIsHeldToItsIssuer()
    {
        QFETCH(Provider, provider);
        for (const auto &wrong :
             {QString(provider.tokenIssuer + u'x'), QString(provider.tokenIssuer).replace(u"https:"_s, u"http:"_s),
              u"https://sts.windows.net/%1/"_s.arg(guid), u"https://evil.example/%1/v2.0"_s.arg(guid)}) {
            if (wrong == provider.issuer)
                continue; // http on loopback already
            provider.tokenIssuer = wrong;
            ProviderFixture f(provider);
            f.makeClient();
            InteractiveParameters parameters;
            parameters.scopes = {u"api"_s};
            TokenOutcome signIn(f.client->acquireToken(parameters));
            QTRY_VERIFY(!f.shown.isEmpty());
            f.answer();
            QTRY_VERIFY(signIn.failed());
            QCOMPARE(signIn.error().code(), ErrorCode::SecurityCheckFailed);
            QCOMPARE(signIn.error().cause(), ErrorCause::IssuerMismatch);
            QVERIFY(f.store.content().bytes.isEmpty());
        }
    }

private:
    //! The token is a hit without a request, also for a new client, and the refresh goes to the same provider.
    static void afterwards(ProviderFixture &f, const Account &account)
    {
        f.makeClient();
        f.http.sent.clear();
        SilentParameters parameters;
        parameters.scopes = {u"api"_s};
        parameters.account = account.id;
        TokenOutcome hit(f.client->acquireTokenSilently(parameters));
        QTRY_VERIFY2(hit.succeeded(), hit.why().constData());
        QCOMPARE(hit.value().source, TokenSource::Cache);
        QVERIFY(f.http.sent.isEmpty());
        QCOMPARE(f.client->knownAccounts().size(), 1);
        parameters.isRefreshForced = true;
        TokenOutcome refreshed(f.client->acquireTokenSilently(parameters));
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        QCOMPARE(refreshed.value().account.id, account.id);
        QCOMPARE(f.http.to(f.now.endpoints + u"token"_s).size(), 1);
        QCOMPARE(f.http.to(f.now.endpoints + u"token"_s).first().form.value(u"refresh_token"_s), u"RT1"_s);
        QCOMPARE(f.cache.snapshot().refreshTokens().size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestProviders)
#include "tst_providers.moc"
