// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/providercache.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/model/clouds.h>
#include <countersign/protocol/erroranswer.h>

#include <map>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr auto metadataKind = ProviderFiles::metadataKind;
constexpr auto keysKind = ProviderFiles::keysKind;
constexpr auto instanceKind = ProviderFiles::instanceKind;

//! Whether the tenant is a domain, which stands for one GUID that only its provider knows.
bool isNamedByDomain(const Authority &authority)
{
    const auto &tenant = authority.tenant().value;
    return authority.kind() == Authority::Kind::Entra && tenant.contains(u'.') && !isGuid(tenant);
}

} // namespace

//! One request and everybody who waits for it.
struct ProviderCache::Fetch
{
    std::unique_ptr<HttpExchange> exchange;
    std::map<quint64, ResponseHandler> waiters;
    quint64 count = 0;
};

ProviderCache::Ticket::~Ticket()
{
    if (m_next)
        m_next->reset();
    const auto fetch = m_fetch.lock();
    if (!fetch)
        return; // answered
    fetch->waiters.erase(m_number);
    if (fetch->waiters.empty() && m_cache.m_fetches.value(m_key) == fetch)
        m_cache.m_fetches.remove(m_key);
}

ProviderCache::ProviderCache(HttpTransport &http, const Clock &clock, Settings settings)
    : m_http(http), m_clock(clock), m_settings(std::move(settings)), m_files(m_settings.folder)
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

std::optional<KeptDocument> ProviderCache::young(const Authority &authority, QLatin1StringView kind) const
{
    auto document = m_files.read(authority, kind);
    return document && isYoung(document->at) ? std::move(document) : std::nullopt;
}

std::optional<Protocol::ProviderMetadata> ProviderCache::metadata(const Authority &authority)
{
    auto &provider = m_providers[authority.issuer()];
    if (provider.metadata && isYoung(provider.metadataAt))
        return provider.metadata;
    const auto kept = young(authority, metadataKind);
    const bool mayBeElsewhere = m_settings.isInstanceDiscoveryAllowed && Protocol::needsInstanceDiscovery(authority);
    if (!kept || (kept->source != metadataUrl(authority) && !mayBeElsewhere))
        return {};
    auto parsed = Protocol::parseMetadata(authority, kept->body, m_settings.issuerMatch);
    if (!parsed)
        return {};
    provider.metadata = *std::move(parsed);
    provider.metadataAt = kept->at;
    return provider.metadata;
}

Result<Protocol::ProviderMetadata> ProviderCache::readMetadata(const Authority &authority, const HttpResponse &response)
{
    auto parsed = Protocol::parseMetadata(authority, answerOf(response), m_clock.now(), m_settings.issuerMatch);
    if (!parsed || !isNamedByDomain(authority))
        return parsed;
    // Security rule B.105: the age of what is held against does not matter.
    QString before;
    if (const auto &known = m_providers[authority.issuer()].metadata) {
        before = known->issuer;
    } else if (const auto kept = m_files.read(authority, metadataKind)) {
        const auto old = Protocol::parseMetadata(authority, kept->body);
        before = old ? old->issuer : QString();
    }
    if (before.isEmpty() || before == parsed->issuer)
        return parsed;
    return Error{ErrorCode::SecurityCheckFailed, ErrorCause::DiscoveryIssuerMismatch,
                 u"'%1' stands for another tenant than before. If that is right, name the tenant by its GUID."_s.arg(
                     authority.tenant().value)}
        .withComparison(before, parsed->issuer);
}

std::unique_ptr<ProviderCache::Ticket>
ProviderCache::fetchMetadata(const Authority &authority, const QString &correlationId, MetadataHandler handler)
{
    if (!m_settings.isInstanceDiscoveryAllowed || !Protocol::needsInstanceDiscovery(authority))
        return fetchDocument(authority, metadataUrl(authority), correlationId, std::move(handler));
    if (const auto known = instance(authority))
        return fetchDocument(authority, known->tenantDiscoveryEndpoint, correlationId, std::move(handler));
    const auto next = std::make_shared<std::unique_ptr<Ticket>>();
    auto ticket =
        fetchInstance(authority, correlationId,
                      [this, authority, correlationId, next,
                       handler = std::move(handler)](const Result<Protocol::InstanceMetadata> &instance) {
                          if (!instance)
                              return handler(instance.error());
                          *next = fetchDocument(authority, instance->tenantDiscoveryEndpoint, correlationId, handler);
                      });
    ticket->follow(next);
    return ticket;
}

std::unique_ptr<ProviderCache::Ticket> ProviderCache::fetchDocument(const Authority &authority, const QUrl &url,
                                                                    const QString &correlationId,
                                                                    MetadataHandler handler)
{
    const auto keep = [this, authority](const HttpResponse &response) {
        auto parsed = readMetadata(authority, response);
        if (!parsed)
            return false;
        auto &provider = m_providers[authority.issuer()];
        provider.metadata = *std::move(parsed);
        provider.metadataAt = m_clock.now();
        return true;
    };
    return wait({authority, metadataKind, HttpPurpose::Discovery, url, correlationId}, keep,
                [this, authority, handler = std::move(handler)](const Result<HttpResponse> &response) {
                    handler(response ? readMetadata(authority, *response)
                                     : Result<Protocol::ProviderMetadata>(response.error()));
                });
}

std::unique_ptr<ProviderCache::Ticket>
ProviderCache::fetchInstance(const Authority &authority, const QString &correlationId,
                             std::function<void(const Result<Protocol::InstanceMetadata> &)> handler)
{
    const auto read = [this, authority](const HttpResponse &response) {
        return Protocol::parseInstanceMetadata(authority, answerOf(response), m_clock.now());
    };
    const auto keep = [this, authority, read](const HttpResponse &response) {
        const auto parsed = read(response);
        if (parsed)
            m_instances.insert(authority.issuer(), *parsed);
        return parsed.hasValue();
    };
    return wait({authority, instanceKind, HttpPurpose::InstanceDiscovery, Protocol::instanceDiscoveryUrl(authority),
                 correlationId},
                keep, [read, handler = std::move(handler)](const Result<HttpResponse> &response) {
                    handler(response ? read(*response) : Result<Protocol::InstanceMetadata>(response.error()));
                });
}

std::optional<Protocol::InstanceMetadata> ProviderCache::instance(const Authority &authority) const
{
    if (const auto known = m_instances.constFind(authority.issuer()); known != m_instances.constEnd())
        return *known;
    const auto kept = young(authority, instanceKind);
    if (!kept)
        return {};
    const auto parsed =
        Protocol::parseInstanceMetadata(authority, {.status = 200, .headers = {}, .body = kept->body}, m_clock.now());
    if (!parsed)
        return {};
    return *m_instances.insert(authority.issuer(), *parsed);
}

QStringList ProviderCache::aliases(const Authority &authority) const
{
    if (authority.kind() != Authority::Kind::Entra)
        return {authority.host()};
    if (m_settings.isInstanceDiscoveryAllowed && Protocol::needsInstanceDiscovery(authority)) {
        const auto known = instance(authority);
        return known ? known->aliases : QStringList{authority.host()};
    }
    return m_settings.isInstanceDiscoveryAllowed ? aliasesOf(authority.host()) : QStringList{authority.host()};
}

std::optional<Jose::JwkSet> ProviderCache::keys(const Authority &authority, const Protocol::ProviderMetadata &metadata)
{
    auto &provider = m_providers[authority.issuer()];
    if (provider.keys && isYoung(provider.keysAt) && provider.keysUrl == metadata.jwksUri)
        return provider.keys;
    const auto kept = young(authority, keysKind);
    if (!kept || kept->source != metadata.jwksUri)
        return {};
    auto parsed = Jose::JwkSet::parse(kept->body);
    if (!parsed)
        return {};
    provider.keys = *std::move(parsed);
    provider.keysUrl = metadata.jwksUri;
    provider.keysAt = kept->at;
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
    const auto read = [this](const HttpResponse &response) -> Result<Jose::JwkSet> {
        if (!response.isSuccess())
            return Protocol::parseErrorAnswer(answerOf(response), m_clock.now()).withPrefix(u"The key set");
        return Jose::JwkSet::parse(response.body);
    };
    const auto keep = [this, authority, url = metadata.jwksUri, read](const HttpResponse &response) {
        auto parsed = read(response);
        if (!parsed)
            return false;
        auto &provider = m_providers[authority.issuer()];
        provider.keys = *std::move(parsed);
        provider.keysUrl = url;
        provider.keysAt = m_clock.now();
        return true;
    };
    return wait({authority, keysKind, HttpPurpose::Keys, metadata.jwksUri, correlationId}, keep,
                [read, handler = std::move(handler)](const Result<HttpResponse> &response) {
                    handler(response ? read(*response) : Result<Jose::JwkSet>(response.error()));
                });
}

std::unique_ptr<ProviderCache::Ticket>
ProviderCache::wait(const Document &document, std::function<bool(const HttpResponse &)> isGood, ResponseHandler handler)
{
    const QString key = document.kind + u' ' + document.authority.issuer();
    auto fetch = m_fetches.value(key);
    if (!fetch) {
        auto request = HttpRequest::get(document.purpose, document.url);
        request.timeout = m_settings.timeout;
        request.correlationId = document.correlationId;
        // Security rule B.98: asked with the validator of what is kept, however old.
        auto kept = m_files.read(document.authority, document.kind);
        if (kept && (kept->tag.isEmpty() || kept->source != document.url))
            kept.reset();
        if (kept)
            request.headers.add("If-None-Match", kept->tag);
        fetch = std::make_shared<Fetch>();
        m_fetches.insert(key, fetch);
        fetch->exchange =
            m_http.send(std::move(request),
                        [this, key, document, kept, isGood = std::move(isGood)](const Result<HttpResponse> &received) {
                            Result<HttpResponse> response = received;
                            const bool isUnchanged = kept && response && response->status == 304;
                            if (isUnchanged) {
                                response->status = 200;
                                response->body = kept->body;
                            }
                            // Taken out first: whoever asks again from a handler starts anew.
                            const auto done = m_fetches.take(key);
                            if (response && isGood(*response))
                                m_files.write(document.authority, document.kind,
                                              {.at = m_clock.now(),
                                               .source = document.url,
                                               .tag = isUnchanged ? kept->tag : response->headers.value("ETag"),
                                               .body = response->body});
                            while (!done->waiters.empty()) {
                                const auto waiter = std::move(done->waiters.begin()->second);
                                done->waiters.erase(done->waiters.begin());
                                waiter(response);
                            }
                        });
    }
    const auto number = ++fetch->count;
    fetch->waiters.emplace(number, std::move(handler));
    return std::make_unique<Ticket>(*this, key, fetch, number);
}

} // namespace Countersign
