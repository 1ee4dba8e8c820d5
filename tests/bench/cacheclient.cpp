// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "cacheclient.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/http/httptransport.h>
#include <countersign/storage/msalfilestore.h>
#include <countersign/storage/persistenttokencache.h>

#include <QtCore/QFile>

using namespace Qt::StringLiterals;

namespace Countersign::Bench {

namespace {

class NoNetwork final : public HttpTransport
{
public:
    NoNetwork() = default;
    std::unique_ptr<HttpExchange> send(HttpRequest, Handler) override
    {
        qFatal("a cached token must not need the network");
        return {};
    }
};

class NoAgent final : public AuthorizationAgent
{
public:
    NoAgent() = default;
    Result<std::unique_ptr<AuthorizationSession>> begin(const RedirectPreference &, Handler) override
    {
        return Error{ErrorCode::NotSupported, u"nobody is here"_s};
    }
    QString name() const override { return u"nobody"_s; }
};

//! Whose tokens the file holds: the authority of its first access token.
Result<ClientConfiguration> configurationFor(const TokenCache &cache)
{
    const auto token = cache.firstAccessToken();
    if (!token)
        return Error{ErrorCode::InvalidArgument, u"the file holds no access token"_s};
    const QString address = u"https://"_s + token->environment().value;
    const bool isOidc = token->realm() == "oidc"_L1;
    auto authority = isOidc ? Authority::oidc(address) : Authority::parse(address + u'/' + token->realm());
    if (!authority)
        return authority.error();
    ClientConfiguration configuration;
    configuration.clientId = token->clientId();
    configuration.authority = *std::move(authority);
    return configuration;
}

} // namespace

struct CacheClient::Private
{
    explicit Private(const QString &path) : store(path), cache(store) { }

    MsalFileStore store;
    PersistentTokenCache cache;
    NoNetwork http;
    NoAgent agent;
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<PublicClient> client;
};

CacheClient::CacheClient(const QString &path) : d(std::make_unique<Private>(path))
{
}

CacheClient::~CacheClient() = default;

PublicClient &CacheClient::client() const
{
    return *d->client;
}

Result<std::unique_ptr<CacheClient>> CacheClient::open(const QString &path)
{
    std::unique_ptr<CacheClient> made(new CacheClient(path));
    QEventLoop loop;
    Result<void> opened;
    made->d->cache.open(&loop, [&opened, &loop](const Result<void> &result) {
        opened = result;
        loop.quit();
    });
    loop.exec();
    if (!opened)
        return opened.error();
    auto configuration = configurationFor(made->d->cache.snapshot());
    if (!configuration)
        return configuration.error();
    auto client = PublicClient::create(*std::move(configuration),
                                       {.http = made->d->http,
                                        .cache = made->d->cache,
                                        .agent = made->d->agent,
                                        .clock = made->d->clock,
                                        .random = made->d->random});
    if (!client)
        return client.error();
    made->d->client = *std::move(client);
    return made;
}

PrivateCopy::PrivateCopy(const QString &path)
{
    const QString copy = m_folder.filePath(u"cache.json"_s);
    if (m_folder.isValid() && QFile::copy(path, copy)
        && QFile::setPermissions(copy, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        m_path = copy;
}

} // namespace Countersign::Bench
