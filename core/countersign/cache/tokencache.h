// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/cache/cacheentries.h>
#include <countersign/cache/silentdecision.h>
#include <countersign/cache/tokengrant.h>
#include <countersign/model/account.h>

#include <functional>
#include <memory>
#include <vector>

namespace Countersign {

//! What is wrong with an account, kept beside the shared sections. Spec: MSAL contract C6.
struct AccountAttention
{
    QString error; //!< OAuth error code or ErrorCode identifier, for example "invalid_grant"
    QString subError;
    QDateTime since;

    friend bool operator==(const AccountAttention &, const AccountAttention &) = default;
};

//! A client as one provider knows it: client ids are given out by each provider for itself.
struct ClientRegistration
{
    Environment environment;
    ClientId client;

    friend bool operator==(const ClientRegistration &, const ClientRegistration &) = default;
};

//! Whose key of this device is meant, and what it proves. One for each account and client: a key that several shared
//! would tell APIs that they are one device's.
struct ProofKeyPlace
{
    AccountId account;
    ClientId client;
    QString scheme; //!< Protocol::identifier(ProofScheme)

    friend bool operator==(const ProofKeyPlace &, const ProofKeyPlace &) = default;
};

//! Something that happened to an account. Local, no secret.
struct AccountEvent
{
    enum class Kind : quint8 { SignedIn, Refreshed, RefreshFailed, SignedOut };
    Kind kind = Kind::SignedIn;
    QDateTime at;
    ClientId clientId;
    QString detail; //!< of a failure: its code; otherwise the name of the program that did it; may be empty
    enum class Way : quint8 { Unknown, Browser, Embedded, DeviceCode };
    Way way = Way::Unknown; //!< of a sign-in

    friend bool operator==(const AccountEvent &, const AccountEvent &) = default;
};

//! What removeAccount() would take away, or did.
struct RemovalSummary
{
    int accessTokens = 0;
    int refreshTokens = 0;
    int idTokens = 0;
    int accounts = 0;

    friend bool operator==(const RemovalSummary &, const RemovalSummary &) = default;
};

//! A token and how it came to be tried.
struct RefreshCandidate
{
    RefreshTokenEntry token;
    bool isFamilyProbe = false;
};

//! Tokens and accounts in MSAL's unified schema, in memory. Looking up costs the tokens of one account, whatever the
//! number of accounts; reading never changes it.
//!
//! The text that was read is kept and shared: entries are views of it, and unchanged entries are written back byte for
//! byte. Copies share everything until one of them changes.
//!
//! Secrets: the text is wiped when the last copy and entry lets go of it.
//! Thread:  one thread at a time.
//! Spec:    the unified schema as MSAL Python writes it; contracts C10-C22.
class COUNTERSIGN_EXPORT TokenCache
{
public:
    TokenCache();
    ~TokenCache();
    TokenCache(const TokenCache &);
    TokenCache &operator=(const TokenCache &);
    TokenCache(TokenCache &&) noexcept;
    TokenCache &operator=(TokenCache &&) noexcept;

    // The document -----------------------------------------------------------------------------------
    //! Empty or blank \p json is an empty cache. The text is copied once.
    //!
    //! Errors: StorageDamaged if it is not a JSON object of objects.
    [[nodiscard]] static Result<TokenCache> deserialize(QByteArrayView json);
    //! Keeps \p json itself when it ends with at least 64 blanks, as document() makes it: nothing is copied.
    [[nodiscard]] static Result<TokenCache> deserialize(Secret json);
    //! The whole document. What this library stored is laid out as MSAL Python does: indented by four, ASCII; what it
    //! did not touch is byte for byte as it was. hasStateChanged() is false afterwards.
    QByteArray serialize();
    //! The same text and 64 blanks, for a store. Leaves hasStateChanged() alone.
    Secret document() const;
    //! Whether anything was stored or removed since the last serialize() or deserialize().
    bool hasStateChanged() const;
    //! Whether an account or a client's own tokens were taken away since then, so that no older copy may be kept
    //! either.
    bool hasForgotten() const;
    //! The store has it: hasStateChanged() and hasForgotten() are false afterwards.
    void markSaved();
    //! Whatever it was before: hasStateChanged() is true afterwards.
    void markChanged();
    bool isEmpty() const;

    // Changes ----------------------------------------------------------------------------------------
    struct MergeOutcome
    {
        bool isStored = true; //!< false: the account signed out while the response was under way
        AccountId account;
    };
    //! Stores everything one response brought.
    MergeOutcome merge(const TokenGrant &grant, const QDateTime &at);
    //! Removes the account from the environment: its access and ID tokens of every client, its entries in every realm,
    //! the refresh tokens of \p client (and its family's). Other clients' refresh tokens stay. Spec: C20.
    RemovalSummary removeAccount(const AccountId &account, const ClientId &client);
    //! Removes everything of the account, whichever client it belongs to.
    RemovalSummary forgetAccount(const AccountId &account);
    //! Removes the tokens \p client got for itself. Spec: C21.
    int removeAppTokens(const ClientId &client, const QList<Environment> &environments);
    //! Removes one access token, for one that a resource refused.
    bool removeAccessToken(const AccessTokenEntry &entry);
    bool removeRefreshToken(const RefreshTokenEntry &entry);
    void setAttention(const AccountId &account, const std::optional<AccountAttention> &attention);
    //! Keeps the latest events of an account.
    void addEvent(const AccountId &account, const AccountEvent &event);
    //! Forgets what happened earlier than \p moment, of every account. True if there was any.
    bool forgetEventsBefore(const QDateTime &moment);
    //! Keeps the secret that \p registration proves itself with, in place of an earlier one, of which no copy stays.
    void setClientSecret(const ClientRegistration &registration, const Secret &secret);
    //! True if there was one. No older copy may be kept either.
    bool removeClientSecret(const ClientRegistration &registration);
    //! Keeps the key that tokens of \p place get bound to, in place of an earlier one. It goes with its account.
    void setProofKey(const ProofKeyPlace &place, const Secret &privateKey, const QString &keyId);
    //! Wipes what removed and replaced entries left in the kept text, as far as no copy still reads it.
    void wipeRemoved();

    // Lookups ----------------------------------------------------------------------------------------
    //! Access tokens of one account in one environment, in the order MSAL would look at them: any client, realm and
    //! scope. An empty home account id means the application's own tokens, for which client and realm select.
    void visitAccessTokens(const AccountId &account, const ClientId &client, const QString &realm,
                           const std::function<bool(const AccessTokenEntry &)> &visit) const;
    //! In MSAL's order: the family's first where the client may belong to it, then the client's own; newest first.
    std::vector<RefreshCandidate> findRefreshTokens(const AccountId &account, const ClientId &client) const;
    std::optional<RefreshTokenEntry> refreshToken(const QString &key) const;
    std::optional<IdTokenEntry> findIdToken(const AccountId &account, const ClientId &client,
                                            const QString &realm) const;
    //! The account that \p token belongs to, as account() gives it.
    std::optional<Account> accountOf(const AccessTokenEntry &token) const;
    //! The ID token that came for the account, client and realm of \p token.
    std::optional<IdTokenEntry> idTokenOf(const AccessTokenEntry &token) const;
    std::optional<AppMetadataEntry> appMetadata(const Environment &environment, const ClientId &client) const;
    //! See setClientSecret(). Spec: RFC 6749 §2.3.1.
    std::optional<Secret> clientSecret(const ClientRegistration &registration) const;
    bool hasClientSecret(const ClientRegistration &registration) const;
    //! Those whose secret is kept, in the document's order.
    QList<ClientRegistration> clientsWithSecret() const;
    //! See setProofKey(). Spec: RFC 9449.
    std::optional<ProofKeyEntry> proofKey(const ProofKeyPlace &place) const;
    //! The scopes granted when exactly \p requested was asked for before, or none. Spec: C10.
    std::optional<ScopeSet> grantedFor(const AccountId &account, const ClientId &client, const QString &realm,
                                       const ScopeSet &requested) const;

    // Accounts ---------------------------------------------------------------------------------------
    //! One per person and environment, tenants as profiles underneath, in the document's order. No environments: all.
    QList<Account> accounts(const QList<Environment> &environments = {}) const;
    //! Those whose username is \p username, ignoring case.
    QList<Account> accountsNamed(const QString &username, const QList<Environment> &environments = {}) const;
    std::optional<Account> account(const AccountId &id) const;
    RemovalSummary previewRemoval(const AccountId &account, const ClientId &client) const;
    std::optional<AccountAttention> attention(const AccountId &account) const;
    //! Newest first.
    QList<AccountEvent> history(const AccountId &account) const;

    // Everything, for tools --------------------------------------------------------------------------
    //! The first in the document, or none.
    std::optional<AccessTokenEntry> firstAccessToken() const;
    std::vector<AccessTokenEntry> accessTokens() const;
    std::vector<RefreshTokenEntry> refreshTokens() const;
    std::vector<IdTokenEntry> idTokens() const;
    std::vector<AccountEntry> accountEntries() const;
    std::vector<AppMetadataEntry> appMetadataEntries() const;
    std::vector<ProofKeyEntry> proofKeys() const;
    //! What this library keeps without understanding it: "section" or "section/key".
    QStringList unknownParts() const;
    //! The whole document with every secret replaced by its length. Still holds personal data.
    QByteArray exportWithoutSecrets() const;

private:
    friend struct SilentSearch;
    CacheData &change();
    AccessTokenEntry entryAt(quint32 index, const CacheBucket *owner = nullptr) const;
    static const CacheBucket *ownerOf(const CacheEntry &entry);
    static bool isAt(const CacheEntry &entry, quint32 index) { return entry.m_index == index; }
    std::shared_ptr<CacheData> m_data;
};

} // namespace Countersign
