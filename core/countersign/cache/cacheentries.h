// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>
#include <countersign/model/identities.h>
#include <countersign/model/scopeset.h>

#include <QtCore/QDateTime>

#include <memory>
#include <optional>

namespace Countersign {

struct CacheBucket;
struct CacheData;
struct CacheRecord;

//! One entry of the cache as it was when it was looked up. Cheap to copy: it shares the cache's text and copies a
//! field only when asked for it.
//!
//! An entry that is kept stays readable, but makes the next change of its cache copy the index: let go of it soon.
//! Thread: the cache's.
class COUNTERSIGN_EXPORT CacheEntry
{
public:
    //! The key under which the shared document lists it. Holds account and client ids, no secret.
    QString key() const;
    HomeAccountId homeAccountId() const;
    Environment environment() const;
    ClientId clientId() const;
    QString realm() const;

protected:
    friend class TokenCache;
    CacheEntry(std::shared_ptr<const CacheData> data, int section, quint32 index, const CacheBucket *owner = nullptr)
        : m_data(std::move(data)), m_owner(owner), m_section(section), m_index(index)
    {
    }
    const CacheRecord &record() const;
    QString text(int slot) const;
    Secret secretText(int slot) const;

    std::shared_ptr<const CacheData> m_data;
    const CacheBucket *m_owner =
        nullptr; // where that is known already; lives as long as the data, which is never changed
    int m_section;
    quint32 m_index;
};

//! An access token. Spec: unified schema, section AccessToken.
class COUNTERSIGN_EXPORT AccessTokenEntry final : public CacheEntry
{
public:
    Secret secret() const;
    ScopeSet scopes() const;
    //! "Bearer" where the entry says nothing.
    QString tokenType() const;
    //! The confirmation key's id of a proof-of-possession token, otherwise empty.
    QString keyId() const;
    //! Units: UTC. Null where the entry says nothing usable.
    QDateTime cachedAt() const;
    QDateTime expiresAt() const;
    QDateTime extendedExpiresAt() const;
    //! When the provider wants it to be refreshed, before it expires.
    std::optional<QDateTime> refreshAt() const;
    //! What was granted in detail (RFC 9396): a JSON array, or empty. A member of this library's own.
    QByteArray authorizationDetails() const;

private:
    friend class TokenCache;
    using CacheEntry::CacheEntry;
};

//! A refresh token. It belongs to no realm. Spec: unified schema, section RefreshToken.
class COUNTERSIGN_EXPORT RefreshTokenEntry final : public CacheEntry
{
public:
    Secret secret() const;
    ScopeSet scopes() const;
    //! Microsoft's family of clients that may share it, or empty.
    QString familyId() const;
    //! The thumbprint of the key that was proved when it came, or empty: a provider may refuse it without, and never
    //! says whether it will. See TokenCache::setProofKey(). A member of this library's own. Spec: RFC 9449 §5.
    QString keyId() const;
    QDateTime lastModifiedAt() const;
    //! When the provider said it ends; nobody else knows. Units: UTC.
    std::optional<QDateTime> expiresAt() const;

private:
    friend class TokenCache;
    using CacheEntry::CacheEntry;
};

//! An ID token as it was received and validated then. Spec: unified schema, section IdToken.
class COUNTERSIGN_EXPORT IdTokenEntry final : public CacheEntry
{
public:
    Secret secret() const;

private:
    friend class TokenCache;
    using CacheEntry::CacheEntry;
};

//! An account as one realm knows it. Spec: unified schema, section Account.
class COUNTERSIGN_EXPORT AccountEntry final : public CacheEntry
{
public:
    LocalAccountId localAccountId() const;
    QString username() const;
    QString name() const;
    QString authorityType() const;
    QString source() const;

private:
    friend class TokenCache;
    using CacheEntry::CacheEntry;
};

//! What is known of a client in an environment. Spec: unified schema, section AppMetadata.
class COUNTERSIGN_EXPORT AppMetadataEntry final : public CacheEntry
{
public:
    //! Empty: the client is known to belong to no family.
    QString familyId() const;

private:
    friend class TokenCache;
    using CacheEntry::CacheEntry;
};

//! A key of this device that tokens are bound to, kept beside them in a section of this library's own.
class COUNTERSIGN_EXPORT ProofKeyEntry final : public CacheEntry
{
public:
    QString scheme() const; //!< see ProofKeyPlace
    //! Its RFC 7638 thumbprint.
    QString keyId() const;
    //! The private JWK.
    Secret secret() const;

private:
    friend class TokenCache;
    using CacheEntry::CacheEntry;
};

} // namespace Countersign
