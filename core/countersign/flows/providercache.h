// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/clock.h>
#include <countersign/flows/providerfiles.h>
#include <countersign/http/httptransport.h>
#include <countersign/jose/jwkset.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/discovery.h>
#include <countersign/protocol/instancediscovery.h>
#include <countersign/protocol/providermetadata.h>

#include <QtCore/QHash>

namespace Countersign {

//! What providers say of themselves and their keys, per issuer, in memory and on disk with its age.
//!
//! Spec: security rules B.98-B.101: a document is trusted for a day and then asked for with its validator, keys are
//!       asked for again after an hour when that costs nobody time, and an unknown key is looked for at most once in
//!       five minutes. B.105: a tenant named by a domain stays the one that it first was. Contract C38: an unknown
//!       Entra host is vouched for by Microsoft's public cloud first.
class ProviderCache
{
public:
    static constexpr std::chrono::hours lifetime{24};
    static constexpr std::chrono::hours keysAgeAfter{1};
    static constexpr std::chrono::minutes refetchInterval{5};

    struct Settings
    {
        QString folder; //!< empty: in memory only
        bool isOpenId = true;
        //! False: an unknown Entra host is believed, and has no aliases.
        bool isInstanceDiscoveryAllowed = true;
        Protocol::IssuerMatch issuerMatch = Protocol::IssuerMatch::Exact;
        std::chrono::milliseconds timeout{30000};
    };
    //! A request somebody waits for. Destroying it stops waiting; the last one to go aborts the request.
    class Ticket;
    using MetadataHandler = std::function<void(const Result<Protocol::ProviderMetadata> &)>;
    using KeysHandler = std::function<void(const Result<Jose::JwkSet> &)>;

    ProviderCache(HttpTransport &http, const Clock &clock, Settings settings);
    ~ProviderCache();

    //! What is known and young enough; sends nothing.
    std::optional<Protocol::ProviderMetadata> metadata(const Authority &authority);
    [[nodiscard]] std::unique_ptr<Ticket> fetchMetadata(const Authority &authority, const QString &correlationId,
                                                        MetadataHandler handler);

    std::optional<Jose::JwkSet> keys(const Authority &authority, const Protocol::ProviderMetadata &metadata);
    //! Whether fetching them again is worth a request that nobody waits for.
    bool areKeysAging(const Authority &authority) const;
    //! Whether an unknown key may be looked for; counts as having done so.
    bool takeRefetch(const Authority &authority);
    [[nodiscard]] std::unique_ptr<Ticket> fetchKeys(const Authority &authority,
                                                    const Protocol::ProviderMetadata &metadata,
                                                    const QString &correlationId, KeysHandler handler);

    //! The hosts under which entries of \p authority may lie, as far as known without asking.
    QStringList aliases(const Authority &authority) const;

private:
    struct Fetch;
    struct Provider
    {
        std::optional<Protocol::ProviderMetadata> metadata;
        QDateTime metadataAt;
        std::optional<Jose::JwkSet> keys;
        QUrl keysUrl;
        QDateTime keysAt;
        QDateTime refetchedAt;
    };
    //! What to ask for, and where the answer is kept.
    struct Document
    {
        Authority authority;
        QLatin1StringView kind;
        HttpPurpose purpose;
        QUrl url;
        QString correlationId;
    };
    using ResponseHandler = std::function<void(const Result<HttpResponse> &)>;

    //! \p isGood decides whether an answer is kept. A 304 reaches both handlers as the answer that was kept before.
    std::unique_ptr<Ticket> wait(const Document &document, std::function<bool(const HttpResponse &)> isGood,
                                 ResponseHandler handler);
    std::unique_ptr<Ticket> fetchDocument(const Authority &authority, const QUrl &url, const QString &correlationId,
                                          MetadataHandler handler);
    std::unique_ptr<Ticket> fetchInstance(const Authority &authority, const QString &correlationId,
                                          std::function<void(const Result<Protocol::InstanceMetadata> &)> handler);
    Result<Protocol::ProviderMetadata> readMetadata(const Authority &authority, const HttpResponse &response);
    std::optional<Protocol::InstanceMetadata> instance(const Authority &authority) const;
    std::optional<KeptDocument> young(const Authority &authority, QLatin1StringView kind) const;
    bool isYoung(const QDateTime &at) const;
    QUrl metadataUrl(const Authority &authority) const;

    HttpTransport &m_http;
    const Clock &m_clock;
    Settings m_settings;
    ProviderFiles m_files;
    QHash<QString, Provider> m_providers; // by issuer, as written
    mutable QHash<QString, Protocol::InstanceMetadata> m_instances; // by issuer; read from disk when first needed
    QHash<QString, std::shared_ptr<Fetch>> m_fetches;
};

//! See ProviderCache::Ticket. A base so that two kinds of handlers need one map.
class ProviderCache::Ticket
{
public:
    Ticket(ProviderCache &cache, QString key, std::weak_ptr<Fetch> fetch, quint64 number)
        : m_cache(cache), m_key(std::move(key)), m_fetch(std::move(fetch)), m_number(number)
    {
    }
    ~Ticket();
    Ticket(const Ticket &) = delete;
    Ticket &operator=(const Ticket &) = delete;

    //! A second request that the first one leads to: dropped with this one.
    void follow(std::shared_ptr<std::unique_ptr<Ticket>> next) { m_next = std::move(next); }

private:
    ProviderCache &m_cache;
    QString m_key;
    std::weak_ptr<Fetch> m_fetch;
    quint64 m_number;
    std::shared_ptr<std::unique_ptr<Ticket>> m_next;
};

} // namespace Countersign
