// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clientfixture.h"
#include "keyring.h"

namespace CountersignTest {

//! Answers by address, without a network.
class RoutedTransport final : public HttpTransport
{
public:
    struct Sent
    {
        QUrl url;
        QHash<QString, QString> form; //!< decoded; of one name the last
        QByteArray body;
        QHash<QByteArray, QByteArray> headers;
    };
    using Route = std::function<HttpResponse(const Sent &)>;

    std::unique_ptr<HttpExchange> send(HttpRequest request, Handler handler) override
    {
        Sent seen{.url = request.url, .form = {}, .body = request.body.reveal().toByteArray(), .headers = {}};
        const auto parameters = CountersignSandbox::Parameters::decode(seen.body).items();
        for (const auto &[name, value] : parameters)
            seen.form.insert(name, value);
        for (const auto &[name, value] : request.headers.fields())
            seen.headers.insert(name, value);
        sent.append(seen);
        auto exchange = std::make_unique<Exchange>();
        QMetaObject::invokeMethod(
            exchange->life.get(),
            [this, seen, handler = std::move(handler), life = QPointer<QObject>(exchange->life.get())] {
                const auto route = routes.value(seen.url.toString(QUrl::RemoveQuery));
                const auto response =
                    route ? route(seen) : HttpResponse{.status = 404, .headers = {}, .body = {}, .serverDate = {}};
                if (life)
                    handler(response);
            },
            Qt::QueuedConnection);
        return exchange;
    }
    void route(const QString &url, Route answer) { routes.insert(url, std::move(answer)); }
    void route(const QString &url, int status, const QByteArray &body)
    {
        route(url, [status, body](const Sent &) {
            HttpResponse response{.status = status, .headers = {}, .body = body, .serverDate = {}};
            response.headers.add("Content-Type", "application/json");
            return response;
        });
    }
    //! The requests to \p url.
    QList<Sent> to(const QString &url) const
    {
        QList<Sent> list;
        for (const auto &one : sent) {
            if (one.url.toString(QUrl::RemoveQuery) == url)
                list.append(one);
        }
        return list;
    }

    QList<Sent> sent;

private:
    struct Exchange final : HttpExchange
    {
        std::unique_ptr<QObject> life = std::make_unique<QObject>();
    };
    QHash<QString, Route> routes;
};

//! Entra as far as a sign-in sees it: metadata of `common`, keys, and tokens for somebody in the tenant "contoso".
struct EntraFixture
{
    static inline const QString base = QStringLiteral("https://login.microsoftonline.com/");
    static inline const QString tenant = QStringLiteral("11111111-2222-3333-4444-555555555555");
    static inline const QString token = base + QStringLiteral("common/oauth2/v2.0/token");

    EntraFixture()
    {
        using namespace Qt::StringLiterals;
        configuration.clientId = {u"my_app"_s};
        configuration.providerFolder.clear();
        const QString v2 = base + u"common/oauth2/v2.0/"_s;
        http.route(
            base + u"common/v2.0/.well-known/openid-configuration"_s, 200,
            CountersignSandbox::compactJson({{u"issuer"_s, QString(base + u"{tenantid}/v2.0"_s)},
                                             {u"authorization_endpoint"_s, QString(v2 + u"authorize"_s)},
                                             {u"token_endpoint"_s, token},
                                             {u"device_authorization_endpoint"_s, QString(v2 + u"devicecode"_s)},
                                             {u"jwks_uri"_s, QString(base + u"common/discovery/v2.0/keys"_s)},
                                             {u"id_token_signing_alg_values_supported"_s, QJsonArray{u"RS256"_s}}}));
        http.route(base + u"common/discovery/v2.0/keys"_s, 200,
                   CountersignSandbox::compactJson({{u"keys"_s, keys.published()}}));
        http.route(token, 200, tokens());
    }
    //! A token endpoint's answer for ada of contoso; \p claims are added to the ID token's.
    QByteArray tokens(const QJsonObject &claims = {}) const
    {
        using namespace Qt::StringLiterals;
        const auto now = QDateTime::currentSecsSinceEpoch();
        QJsonObject all{{u"iss"_s, QString(base + tenant + u"/v2.0"_s)},
                        {u"aud"_s, u"my_app"_s},
                        {u"sub"_s, u"pairwise"_s},
                        {u"oid"_s, u"object"_s},
                        {u"tid"_s, tenant},
                        {u"iat"_s, now},
                        {u"exp"_s, now + 3600},
                        {u"preferred_username"_s, u"ada@contoso.example"_s}};
        for (auto claim = claims.begin(); claim != claims.end(); ++claim) {
            if (claim->isNull())
                all.remove(claim.key());
            else
                all.insert(claim.key(), claim.value());
        }
        const auto algorithm = Jose::Algorithm::RS256;
        const auto idToken = keys.sign(algorithm, {{u"alg"_s, u"RS256"_s}, {u"kid"_s, keys.keyId(algorithm)}},
                                       CountersignSandbox::compactJson(all));
        const auto info = CountersignSandbox::base64Url(
            CountersignSandbox::compactJson({{u"uid"_s, u"uid"_s}, {u"utid"_s, u"utid"_s}}));
        return CountersignSandbox::compactJson({{u"access_token"_s, u"AT"_s},
                                                {u"token_type"_s, u"Bearer"_s},
                                                {u"expires_in"_s, 3600},
                                                {u"scope"_s, u"User.Read openid profile"_s},
                                                {u"refresh_token"_s, u"RT"_s},
                                                {u"client_info"_s, QString::fromLatin1(info)},
                                                {u"id_token"_s, QString::fromLatin1(idToken)}});
    }
    PublicClient &client()
    {
        if (!m_client)
            m_client = *PublicClient::create(
                configuration, {.http = http, .cache = cache, .agent = agent, .clock = clock, .random = random});
        return *m_client;
    }

    CountersignSandbox::KeyRing keys;
    RoutedTransport http;
    MemoryStore store;
    PersistentTokenCache cache{store};
    FacelessBrowser browser;
    SystemBrowserAgent agent{browser};
    TurnedClock clock;
    SystemRandom random;
    ClientConfiguration configuration;

private:
    std::unique_ptr<PublicClient> m_client;
};

} // namespace CountersignTest
