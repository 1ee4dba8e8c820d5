// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/providercache.h>

#include <countersign/base/logging.h>
#include <countersign/crypto/digest.h>
#include <countersign/flows/httpanswers.h>
#include <countersign/protocol/discovery.h>
#include <countersign/protocol/erroranswer.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>

#include <map>

using namespace Qt::StringLiterals;

namespace Countersign {

//! One request and everybody who waits for it.
struct ProviderCache::Fetch
{
    std::unique_ptr<HttpExchange> exchange;
    std::map<quint64, std::function<void(const Result<HttpResponse> &)>> waiters;
    quint64 count = 0;
};

ProviderCache::Ticket::~Ticket()
{
    const auto fetch = m_fetch.lock();
    if (!fetch)
        return; // answered
    fetch->waiters.erase(m_number);
    if (fetch->waiters.empty() && m_cache.m_fetches.value(m_key) == fetch)
        m_cache.m_fetches.remove(m_key);
}

ProviderCache::ProviderCache(HttpTransport &http, const Clock &clock, Settings settings)
    : m_http(http), m_clock(clock), m_settings(std::move(settings))
{
}

ProviderCache::~ProviderCache() = default;

QUrl ProviderCache::metadataUrl(const Authority &authority) const
{
    // Either the one or the other, as configured: trying the second after the first would let a provider choose
    // under which rules it is believed (security rule B.95).
    return m_settings.isOpenId || authority.isMicrosoft() ? Protocol::discoveryUrl(authority)
                                                          : Protocol::authorizationServerUrl(authority);
}

bool ProviderCache::isYoung(const QDateTime &at) const
{
    // A document from the future means that the clock was turned: it is as good as none.
    const auto age = std::chrono::seconds(at.secsTo(m_clock.now()));
    return at.isValid() && age >= std::chrono::seconds(0) && age < lifetime;
}

std::optional<Protocol::ProviderMetadata> ProviderCache::metadata(const Authority &authority)
{
    auto &provider = m_providers[authority.issuer()];
    if (provider.metadata && isYoung(provider.metadataAt))
        return provider.metadata;
    const auto kept = read(authority, "metadata"_L1, metadataUrl(authority));
    if (!kept)
        return {};
    auto parsed = Protocol::parseMetadata(authority, kept->second);
    if (!parsed)
        return {};
    provider.metadata = *std::move(parsed);
    provider.metadataAt = kept->first;
    return provider.metadata;
}

std::unique_ptr<ProviderCache::Ticket>
ProviderCache::fetchMetadata(const Authority &authority, const QString &correlationId, MetadataHandler handler)
{
    const auto url = metadataUrl(authority);
    auto request = HttpRequest::get(HttpPurpose::Discovery, url);
    request.timeout = m_settings.timeout;
    request.correlationId = correlationId;
    const auto read = [this, authority](const HttpResponse &response) {
        return Protocol::parseMetadata(authority, answerOf(response), m_clock.now());
    };
    const auto keep = [this, authority, url, read](const HttpResponse &response) {
        const auto parsed = read(response);
        if (!parsed)
            return;
        auto &provider = m_providers[authority.issuer()];
        provider.metadata = *parsed;
        provider.metadataAt = m_clock.now();
        write(authority, "metadata"_L1, url, response.body);
    };
    const auto waiter = [read, handler = std::move(handler)](const Result<HttpResponse> &response) {
        handler(response ? read(*response) : Result<Protocol::ProviderMetadata>(response.error()));
    };
    return wait(u"metadata "_s + authority.issuer(), std::move(request), waiter, keep);
}

std::optional<Jose::JwkSet> ProviderCache::keys(const Authority &authority, const Protocol::ProviderMetadata &metadata)
{
    auto &provider = m_providers[authority.issuer()];
    if (provider.keys && isYoung(provider.keysAt) && provider.keysUrl == metadata.jwksUri)
        return provider.keys;
    const auto kept = read(authority, "keys"_L1, metadata.jwksUri);
    if (!kept)
        return {};
    auto parsed = Jose::JwkSet::parse(kept->second);
    if (!parsed)
        return {};
    provider.keys = *std::move(parsed);
    provider.keysUrl = metadata.jwksUri;
    provider.keysAt = kept->first;
    return provider.keys;
}

bool ProviderCache::areKeysAging(const Authority &authority) const
{
    const auto provider = m_providers.value(authority.issuer());
    return !provider.keysAt.isValid() || std::chrono::seconds(provider.keysAt.secsTo(m_clock.now())) >= keysAgeAfter;
}

bool ProviderCache::takeRefetch(const Authority &authority)
{
    auto &provider = m_providers[authority.issuer()];
    const auto now = m_clock.now();
    if (provider.refetchedAt.isValid()
        && std::chrono::seconds(qAbs(provider.refetchedAt.secsTo(now))) < refetchInterval)
        return false;
    provider.refetchedAt = now;
    return true;
}

std::unique_ptr<ProviderCache::Ticket> ProviderCache::fetchKeys(const Authority &authority,
                                                                const Protocol::ProviderMetadata &metadata,
                                                                const QString &correlationId, KeysHandler handler)
{
    auto request = HttpRequest::get(HttpPurpose::Keys, metadata.jwksUri);
    request.timeout = m_settings.timeout;
    request.correlationId = correlationId;
    const auto read = [this](const HttpResponse &response) -> Result<Jose::JwkSet> {
        if (!response.isSuccess())
            return Protocol::parseErrorAnswer(answerOf(response), m_clock.now()).withPrefix(u"The key set: ");
        return Jose::JwkSet::parse(response.body);
    };
    const auto keep = [this, authority, url = metadata.jwksUri, read](const HttpResponse &response) {
        const auto parsed = read(response);
        if (!parsed)
            return;
        auto &provider = m_providers[authority.issuer()];
        provider.keys = *parsed;
        provider.keysUrl = url;
        provider.keysAt = m_clock.now();
        write(authority, "keys"_L1, url, response.body);
    };
    const auto waiter = [read, handler = std::move(handler)](const Result<HttpResponse> &response) {
        handler(response ? read(*response) : Result<Jose::JwkSet>(response.error()));
    };
    return wait(u"keys "_s + authority.issuer(), std::move(request), waiter, keep);
}

std::unique_ptr<ProviderCache::Ticket> ProviderCache::wait(const QString &key, HttpRequest request,
                                                           std::function<void(const Result<HttpResponse> &)> waiter,
                                                           std::function<void(const HttpResponse &)> keep)
{
    auto fetch = m_fetches.value(key);
    if (!fetch) {
        fetch = std::make_shared<Fetch>();
        m_fetches.insert(key, fetch);
        fetch->exchange =
            m_http.send(std::move(request), [this, key, keep = std::move(keep)](const Result<HttpResponse> &response) {
                // Taken out first: whoever asks again from a handler starts anew.
                const auto done = m_fetches.take(key);
                if (response)
                    keep(*response);
                while (!done->waiters.empty()) {
                    const auto handler = std::move(done->waiters.begin()->second);
                    done->waiters.erase(done->waiters.begin());
                    handler(response);
                }
            });
    }
    const auto number = ++fetch->count;
    fetch->waiters.emplace(number, std::move(waiter));
    return std::make_unique<Ticket>(*this, key, fetch, number);
}

QString ProviderCache::path(const Authority &authority, QLatin1StringView kind) const
{
    const auto name = digest(HashAlgorithm::Sha256, authority.issuer().toUtf8()).first(16).toHex();
    return m_settings.folder + u'/' + QString::fromLatin1(name) + u'.' + kind;
}

std::optional<std::pair<QDateTime, QByteArray>> ProviderCache::read(const Authority &authority, QLatin1StringView kind,
                                                                    const QUrl &source) const
{
    if (m_settings.folder.isEmpty())
        return {};
    QFile file(path(authority, kind));
    if (!file.open(QIODevice::ReadOnly) || file.size() > bodyLimit(HttpPurpose::Keys) + 8192)
        return {};
    // Three lines before the document: when, for which issuer, from where.
    const auto at = QDateTime::fromSecsSinceEpoch(file.readLine(64).trimmed().toLongLong(), Qt::UTC);
    const auto issuer = file.readLine(4096).trimmed();
    const auto url = file.readLine(4096).trimmed();
    if (!isYoung(at) || issuer != authority.issuer().toUtf8() || url != source.toEncoded())
        return {};
    return std::pair(at, file.readAll());
}

void ProviderCache::write(const Authority &authority, QLatin1StringView kind, const QUrl &source,
                          const QByteArray &document) const
{
    if (m_settings.folder.isEmpty() || !QDir().mkpath(m_settings.folder))
        return;
    QSaveFile file(path(authority, kind));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QByteArray::number(m_clock.now().toSecsSinceEpoch()) + '\n' + authority.issuer().toUtf8() + '\n'
               + source.toEncoded() + '\n' + document);
    if (!file.commit())
        qCInfo(lcFlows) << "a provider's document was not kept:" << file.errorString();
}

} // namespace Countersign
