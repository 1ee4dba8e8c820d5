// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/tokencache.h>

#include <countersign/cache/cachedata.h>

namespace Countersign {

namespace {

quint32 secretOf(const CacheData &data, const ClientRegistration &registration)
{
    const CacheBucket *const bucket = data.bucket(BucketKey(registration.environment, registration.client.value, {}));
    return bucket ? bucket->head[ClientSecretSection] : noRecord;
}

} // namespace

// The key is for other programs' eyes only: entries are found by their fields.
void TokenCache::setClientSecret(const ClientRegistration &registration, const Secret &secret)
{
    const QByteArray environment = registration.environment.value.toLower().toUtf8();
    const QByteArray client = registration.client.value.toUtf8();
    const QByteArray key = "clientsecret-" + environment + '-' + client;
    EntryText entry(key);
    entry.add("client_id", client);
    entry.add("environment", environment);
    entry.add("secret", secret.reveal());
    CacheData &data = change();
    data.put(ClientSecretSection, entry.finish(), secretOf(data, registration));
    data.hasForgotten = true;
}

bool TokenCache::removeClientSecret(const ClientRegistration &registration)
{
    const quint32 index = secretOf(*m_data, registration);
    if (index == noRecord)
        return false;
    CacheData &data = change();
    data.remove(ClientSecretSection, index);
    data.hasForgotten = true;
    return true;
}

std::optional<Secret> TokenCache::clientSecret(const ClientRegistration &registration) const
{
    const quint32 index = secretOf(*m_data, registration);
    if (index == noRecord)
        return std::nullopt;
    return CacheEntry(m_data, ClientSecretSection, index).secretText(SecretSlot);
}

bool TokenCache::hasClientSecret(const ClientRegistration &registration) const
{
    return secretOf(*m_data, registration) != noRecord;
}

QList<ClientRegistration> TokenCache::clientsWithSecret() const
{
    QList<ClientRegistration> found;
    const auto &records = m_data->records[ClientSecretSection];
    for (quint32 i = 0; i < records.size(); ++i) {
        if (records[i].isRemoved || records[i].isOpaque)
            continue;
        const CacheEntry entry(m_data, ClientSecretSection, i);
        found.append({entry.environment(), entry.clientId()});
    }
    return found;
}

} // namespace Countersign
