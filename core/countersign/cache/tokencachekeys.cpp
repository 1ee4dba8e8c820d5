// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/tokencache.h>

#include <countersign/cache/cachedata.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

quint32 keyOf(const CacheData &data, const ProofKeyPlace &place)
{
    return data.findSame(ProofKeySection, BucketKey(place.account),
                         {{ClientSlot, place.client.value.toUtf8()}, {TypeSlot, place.scheme.toUtf8()}});
}

} // namespace

QString ProofKeyEntry::scheme() const
{
    return text(TypeSlot);
}

QString ProofKeyEntry::keyId() const
{
    return text(KeySlot);
}

Secret ProofKeyEntry::secret() const
{
    return secretText(SecretSlot);
}

// The key is for other programs' eyes only: entries are found by their fields.
void TokenCache::setProofKey(const ProofKeyPlace &place, const Secret &privateKey, const QString &keyId)
{
    const QString environment = place.account.environment.value.toLower();
    const QStringList parts{u"proofkey"_s, place.account.homeAccountId.value, environment, place.client.value,
                            place.scheme};
    EntryText entry(parts.join(u'-').toLower().toUtf8());
    entry.add("home_account_id", place.account.homeAccountId.value.toUtf8());
    entry.add("environment", environment.toUtf8());
    entry.add("client_id", place.client.value.toUtf8());
    entry.add("scheme", place.scheme.toUtf8());
    entry.add("key_id", keyId.toUtf8());
    entry.add("secret", privateKey.reveal());
    CacheData &data = change();
    data.put(ProofKeySection, entry.finish(), keyOf(data, place));
}

std::optional<ProofKeyEntry> TokenCache::proofKey(const ProofKeyPlace &place) const
{
    const quint32 index = keyOf(*m_data, place);
    if (index == noRecord)
        return std::nullopt;
    return ProofKeyEntry(m_data, ProofKeySection, index);
}

std::vector<ProofKeyEntry> TokenCache::proofKeys() const
{
    std::vector<ProofKeyEntry> found;
    const auto &records = m_data->records[ProofKeySection];
    for (quint32 i = 0; i < records.size(); ++i) {
        if (!records[i].isRemoved && !records[i].isOpaque)
            found.push_back(ProofKeyEntry(m_data, ProofKeySection, i));
    }
    return found;
}

} // namespace Countersign
