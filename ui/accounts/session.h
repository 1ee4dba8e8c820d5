// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/operation.h>
#include <countersign/cache/cacheinventory.h>
#include <countersign/cache/silentdecision.h>
#include <countersign/cache/tokencache.h>
#include <countersign/client/localprofiles.h>
#include <countersign/client/profile.h>
#include <countersign/client/publicclient.h>
#include <countersign/crypto/secret.h>
#include <countersign/jose/checkreport.h>
#include <countersign/model/account.h>
#include <countersign/model/scopeset.h>

#include <QtCore/QDateTime>
#include <QtCore/QUrl>

namespace Countersign::Desktop {

enum class SignInWay : quint8 { Browser, DeviceCode, Embedded };
inline constexpr int signInWayCount = 3;

//! An app registration at a provider, as the windows show it.
struct ProfileEntry
{
    QString id;
    QString name;
    QString issuer;
    QString clientId;
    ScopeSet scopes;
    QStringList resources;
    QString loginHint;
    SignInWay preferredWay = SignInWay::Browser;
    bool isMicrosoft = false;
    bool wantsRefreshToken = true;
    bool isSandbox = false; //!< a provider on this machine, for trying things out
    bool isLost = false; //!< no profile has it: what the store keeps of its client is all that is known
    QStringList capabilities = {}; //!< of the client, for example "cp1"

    friend bool operator==(const ProfileEntry &, const ProfileEntry &) = default;
};

enum class TokenUse : quint8 { Access, Id };

//! A token that the cache holds. Secrets: never the token itself; see Session::fetchToken().
struct TokenEntry
{
    QString id;
    TokenUse use = TokenUse::Access;
    ScopeSet scopes;
    QString type; //!< "Bearer" …
    QDateTime expiresAt; //!< UTC; null when unknown
    qsizetype size = 0; //!< bytes
    QStringList audiences; //!< as the token itself says; empty: nobody can read it
    QDateTime receivedAt; //!< UTC; null when unknown
    //! How it came; unset: nothing is known of that any more.
    std::optional<AccountEvent::Kind> source;
    QString keyId; //!< of a token that is worth nothing without this key; RFC 9449, RFC 7800

    friend bool operator==(const TokenEntry &, const TokenEntry &) = default;
};

//! That a provider could not be reached, or not be trusted, when it was last asked for something.
struct ProviderFailure
{
    QString profileId; //!< through which it was asked
    Error error;
    QDateTime at; //!< UTC

    friend bool operator==(const ProviderFailure &, const ProviderFailure &) = default;
};

//! Somebody who signed in through a profile.
struct AccountEntry
{
    QString profileId;
    Account account;
    QList<TokenEntry> tokens;
    bool canRefresh = false;
    QString nickname; //!< given by its person; empty: none
    bool isDefault = false; //!< the one to take of its provider when nobody says which
    bool isSessionOnly = false; //!< nothing of it outlives this run
    bool isBusy = false; //!< a token is being fetched for it
    bool isOffline = false; //!< its provider cannot be reached now, or nothing shall be sent
    bool isLocked = false; //!< the place that it is kept in is locked: what came would be lost
    bool isBlocked = false; //!< a policy of its provider allows nothing new, whoever signs in
    std::optional<AccountAttention> attention; //!< why it needs its person
    std::optional<ProviderFailure> failure; //!< of its provider; goes with the next answer
    QDateTime sessionEndsAt; //!< UTC; of its refresh token; null: there is none, or the provider did not say
    QDateTime usedAt; //!< UTC; when the refresh token came, which it does at every use where they rotate; null: unknown

    //! The latest end of an access token; null when there is none.
    QDateTime expiresAt() const;
    friend bool operator==(const AccountEntry &, const AccountEntry &) = default;
};

//! What is known of one account beyond its row. Made when it is looked at.
struct AccountDetail
{
    QList<AccountEvent> history; //!< newest first
    QDateTime refreshTokenAt; //!< UTC; when the refresh token came; null: none
    ScopeSet refreshScopes;
    // What the ID token said of the session when it was verified.
    QDateTime authenticatedAt; //!< UTC
    QStringList methods; //!< `amr`, RFC 8176
    QString contextClass; //!< `acr`
    QString sessionId; //!< `sid`
    QString storeName;
};

//! Whether a way of signing in can be taken now, and if not, why. The sentence is translated.
struct WayState
{
    SignInWay way = SignInWay::Browser;
    bool isAvailable = true;
    QString reason;
};

//! A browser of this computer that a page can be opened in. The name is translated where it has to be.
struct BrowserEntry
{
    QString id;
    QString name;
    bool isPrivate = false;

    friend bool operator==(const BrowserEntry &, const BrowserEntry &) = default;
};

//! What the person does on another device. Spec: RFC 8628 §3.2.
struct DeviceCodeEntry
{
    QString userCode;
    QUrl verificationUri;
    QUrl completeUri; //!< empty when the provider gives none: then the code has to be typed
    QDateTime expiresAt;
};

struct SignInRequest
{
    QString profileId;
    SignInWay way = SignInWay::Browser;
    ScopeSet scopes;
    QString loginHint;
    QString domainHint;
    QStringList prompts;
    std::optional<std::chrono::seconds> maxAge;
    QString acrValues;
    QString claims; //!< JSON
    QStringList resources; //!< RFC 8707
    QList<ExtraParameter> extra; //!< besides those of the profile; one of the same name takes its place
    bool keepsSignedIn = true; //!< asks for a refresh token, if the profile does
    bool isSessionOnly = false; //!< nothing is written where it outlives this run
    //! Fails when somebody else signs in.
    std::optional<AccountId> expectedAccount;
    quintptr parentWindow = 0; //!< the sign-in window stays in front of it; 0: of none
};

struct TokenRequest
{
    QString profileId;
    AccountId account;
    ScopeSet scopes;
    QStringList resources;
    QString claims; //!< JSON
    std::chrono::seconds minimumLifetime{0};
    bool forceRefresh = false;
};

struct SignOutRequest
{
    QString profileId;
    AccountId account;
    bool revoke = false; //!< RFC 7009
    bool endSession = false; //!< opens the provider's page
    bool forgetEmbedded = false; //!< what the sign-in window of our own keeps of this profile
};

//! What is taken back of the account that a token belongs to. Spec: RFC 7009.
enum class RevokedToken : quint8 { ThisOne, RefreshToken };

enum class TokenOrigin : quint8 { Provider, Cache, Refresh };

//! What came of a request. Secrets: the tokens are not in it.
struct Outcome
{
    QString profileId;
    Account account;
    QString tokenId; //!< of the access token; see Session::fetchToken()
    QString idTokenId; //!< of the ID token; empty when there is none
    ScopeSet asked;
    ScopeSet granted;
    QDateTime expiresAt;
    TokenOrigin origin = TokenOrigin::Provider;
    bool isIdTokenVerified = false;
    QStringList methods; //!< `amr`: how the person signed in, as the provider says
    Jose::CheckReport checks; //!< of the ID token
    DecisionTrace trace;
    QList<SignOutStep> steps; //!< of a sign-out
    std::optional<Error> warning; //!< it worked, but
    std::optional<bool> isEmbeddedForgotten; //!< of a sign-out that was to do that

    //! See missingScopes().
    ScopeSet missing() const;
};

//! What was asked for and not granted. openid and offline_access are no scopes of anybody's data, and ".default" of
//! Microsoft Entra is a question and never an answer.
ScopeSet missingScopes(const ScopeSet &asked, const ScopeSet &granted);

//! One request in front of the person: stages while it runs, then exactly one finished(). Deletes itself afterwards.
class Attempt : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    //! Concludes at once with ErrorCode::Cancelled.
    virtual void cancel() = 0;
    //! Every check of the ID token so far: from Stage::Saving on, and of a failure.
    virtual Jose::CheckReport checks() const { return {}; }
    //! Why the cache was or was not enough, also of a failure. Empty for a sign-in.
    virtual DecisionTrace trace() const { return {}; }
    //! The parts of a sign-out that came to an end so far, also when it was cancelled.
    virtual QList<SignOutStep> steps() const { return {}; }
    //! The provider's page of a sign-in in the browser, once it was opened. For the person's eyes, never for a log.
    virtual QUrl page() const { return {}; }
    //! Opens it once more, in the browser of that id; empty: the usual one.
    virtual void openPage(const QString &browserId) { Q_UNUSED(browserId) }
    //! Brings the sign-in window of our own before the person, if this attempt has one.
    virtual void raiseWindow() { }
    //! The address at which the browser ended, where it could not reach this computer.
    //!
    //! Errors: InvalidArgument when it answers no sign-in that waits; it goes on waiting.
    virtual Result<void> pasteAnswer(const Secret &address);

Q_SIGNALS:
    void stageChanged(Countersign::Operation::Stage stage);
    void pageOpened();
    //! No browser took the page. The attempt waits all the same: page() can be taken to one by hand.
    void pageNotOpened(const Countersign::Error &error);
    void deviceCodeReady(const Countersign::Desktop::DeviceCodeEntry &code);
    //! The provider wants to be asked less often. Spec: RFC 8628 §3.5.
    void slowedDown(std::chrono::seconds interval);
    void finished(const Countersign::Result<Countersign::Desktop::Outcome> &result);
};

//! How it stands with the place where tokens are kept.
struct StoreState
{
    enum class Kind : quint8 { NotOpened, Opening, Open, Failed };
    Kind kind = Kind::NotOpened;
    QString name; //!< for people
    bool isPlain = false; //!< readable by everybody who can read the file
    bool isSessionOnly = false; //!< of Failed: its person goes on without it
    std::optional<Error> error; //!< of Failed

    //! It is there, and its person can open it.
    bool isLocked() const
    {
        return kind == Kind::Failed && error
            && (error->cause() == ErrorCause::StoreLocked || error->cause() == ErrorCause::PassphraseWrong);
    }
};

//! How far this computer's clock is from a provider's.
struct ClockState
{
    std::chrono::milliseconds offset{0}; //!< positive: this one is ahead
    QString host;
    QDateTime measuredAt; //!< UTC

    friend bool operator==(const ClockState &, const ClockState &) = default;
};

//! Somebody else's cache, opened for reading. Secrets: none is in it.
struct ForeignContent
{
    QString path;
    QList<CacheRow> rows;
};

//! What a provider says of a token or of somebody. Personal data.
struct ProviderAnswer
{
    QByteArray json; //!< an object; empty: it says nothing
    std::optional<bool> isActive; //!< of a token
    bool isSigned = false; //!< by the provider, and verified
};

//! Everything the windows can ask of the library. The windows see nothing else of it, so tests put a fake here.
//!
//! Nothing waits; whatever takes time is an Attempt or a handler.
class Session : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    using TokenHandler = std::function<void(Result<Secret>)>;
    using DoneHandler = std::function<void(const Result<void> &)>;
    using AnswerHandler = std::function<void(const Result<ProviderAnswer> &)>;
    using ForeignHandler = std::function<void(const Result<ForeignContent> &)>;

    virtual QList<ProfileEntry> profiles() const = 0;
    //! Clients that have accounts in the store, and that no profile names any more.
    virtual QList<ProfileEntry> lostProfiles() const { return {}; }
    virtual QList<AccountEntry> accounts() const = 0;
    virtual AccountDetail detail(const QString &profileId, const AccountId &account) const = 0;
    virtual StoreState store() const = 0;
    //! Opens what failed to open or was not opened yet. A keychain may ask its person.
    virtual void openStore() = 0;
    //! Asks for what only its person knows, a sealed file's passphrase, if that is what is missing. \p then is called
    //! whatever they answer, also when there was nothing to ask, unless \p context is gone by then.
    virtual void askToUnlock(QObject *context, std::function<void()> then);
    //! Goes on without the place that cannot be opened: new sign-ins are kept until the program ends, or until
    //! openStore() opens it after all; see StoreState::isSessionOnly.
    virtual void useSessionOnly() { }
    virtual QList<WayState> ways(const QString &profileId) const = 0;
    virtual QList<BrowserEntry> browsers() const { return {}; }
    //! Shows a page in the person's usual browser. https, or http on this computer, only.
    virtual void openPage(const QUrl &page) = 0;
    //! What the profile's provider published, as a sign-in has learnt it; never sends. No value: nobody has signed in
    //! for a while.
    virtual std::optional<KnownProvider> knownProvider(const QString &profileId)
    {
        Q_UNUSED(profileId)
        return {};
    }
    //! Whether the provider takes tokens back, and ends its own session, as far as that is known without asking it.
    //! Spec: RFC 7009, RP-Initiated Logout.
    virtual bool canRevoke(const QString &profileId) = 0;
    virtual bool canEndSession(const QString &profileId) = 0;
    //! Whether the sign-in window of our own will keep the provider's cookies, and whether it has some of this profile.
    virtual bool keepsEmbeddedSessions() const { return false; }
    virtual bool hasEmbeddedSession(const QString &profileId) const
    {
        Q_UNUSED(profileId)
        return false;
    }
    //! What the last request to a provider failed with, if it was the network's fault and not that of one host.
    virtual std::optional<Error> networkFailure() const { return {}; }
    //! Puts a profile in the place of a lost one. Errors: those of the profiles' file.
    [[nodiscard]] virtual Result<void> makeProfileOf(const QString &lostId);
    //! An empty name takes the given one away. Errors: those of the file that keeps it.
    [[nodiscard]] virtual Result<void> renameAccount(const AccountId &account, const QString &name);
    //! The account that the command line takes of this provider when nobody says which. Errors: as renameAccount().
    [[nodiscard]] virtual Result<void> useAsDefault(const AccountId &account);
    //! Of every provider that did not answer when it was last asked, the latest first.
    virtual QList<ProviderFailure> providerFailures() const { return {}; }
    //! The person wants nothing sent.
    virtual bool isOffline() const { return false; }
    //! By the last answer of a provider; nothing before the first.
    virtual std::optional<ClockState> clock() const { return {}; }
    //! Scopes worth offering for a profile: its own, those asked for before, those that its provider lists as far as
    //! that is known without asking. Each once, the likeliest first.
    virtual QStringList scopeSuggestions(const QString &profileId);
    //! Where a browser brings the answer of a sign-in. No value: that cannot be told.
    virtual std::optional<RedirectPreference> wayBack(const QString &profileId)
    {
        Q_UNUSED(profileId)
        return {};
    }
    //! Whether an answer that a browser sends to \p redirect reaches the sign-in that waits there: asks that address
    //! itself. \p handler is called unless \p context is gone by then.
    //!
    //! Errors: NetworkUnavailable when there is no connection; TimedOut; InvalidResponse when something else answers;
    //!         NotSupported for an address that is not on this computer.
    virtual void testReturn(const QUrl &redirect, QObject *context, DoneHandler handler);
    //! Caches of other programs that were found on this computer: their paths. Nothing was opened.
    virtual QStringList foreignCaches() const { return {}; }
    //! Reads, and writes nothing. \p handler is called unless \p context is gone by then.
    //!
    //! Errors: those of ForeignCache::open().
    virtual void readForeignCache(const QString &path, QObject *context, ForeignHandler handler);
    //! What other programs of this computer know of sign-ins; null where nobody can look. Reads only, see LocalSearch.
    [[nodiscard]] virtual LocalOperation *findProfilesHere() { return nullptr; }
    //! Opens the place where tokens are kept, if it is not open, writes there, reads back and deletes. A keychain may
    //! ask its person. \p handler is called unless \p context is gone by then.
    virtual void testStore(QObject *context, DoneHandler handler);

    [[nodiscard]] virtual Attempt *signIn(const SignInRequest &request) = 0;
    [[nodiscard]] virtual Attempt *getToken(const TokenRequest &request) = 0;
    [[nodiscard]] virtual Attempt *signOut(const SignOutRequest &request) = 0;
    //! A token of the cache. \p handler is called unless \p context is gone by then.
    virtual void fetchToken(const QString &tokenId, QObject *context, TokenHandler handler) = 0;

    //! Asks the provider of whom it knows the account to be, with a token got silently. The operation can be cancelled;
    //! null when it failed before it began. \p handler is called in any case, later, unless \p context is gone by then.
    //!
    //! Errors: those of PublicClient::userInfo().
    virtual Operation *askUserInfo(const QString &profileId, const AccountId &account, QObject *context,
                                   AnswerHandler handler);
    //! Has a token of the cache taken back at its provider, or the refresh token of its account instead, and forgets it
    //! here. Otherwise as askUserInfo(); cancelling cannot call back what was sent.
    //!
    //! Errors: those of PublicClient::revoke().
    virtual Operation *revoke(const QString &tokenId, RevokedToken which, QObject *context, DoneHandler handler);
    //! Shows a token of the cache to its provider, which says what it thinks of it. Otherwise as askUserInfo().
    //!
    //! Errors: those of PublicClient::introspect().
    virtual Operation *introspect(const QString &tokenId, const QString &confirmedHost, QObject *context,
                                  AnswerHandler handler);

    // Found by their ids in what the lists above hold, lost profiles among them.
    std::optional<ProfileEntry> profile(const QString &id) const;
    std::optional<AccountEntry> account(const QString &profileId, const AccountId &id) const;
    std::optional<AccountEntry> accountOfToken(const QString &tokenId) const;
    //! The other profiles that show the same account: they go to the same client of the same provider, so its tokens
    //! are theirs as well.
    QList<ProfileEntry> alsoIn(const AccountEntry &entry) const;
    //! Whether a new token can be asked for now, without its person.
    bool canRefresh(const AccountEntry &entry) const { return entry.canRefresh && !entry.isBusy && !isOffline(); }

Q_SIGNALS:
    void accountsChanged();
    //! Whether a token is being fetched for this account, and nothing else; accountsChanged() does not come with it.
    void busyChanged(const Countersign::Desktop::AccountEntry &entry);
    void profilesChanged();
    void storeChanged();
    //! The failure, or whether anything is sent at all.
    void networkChanged();
    void clockChanged();
    //! Somebody has to sign in again: the provider refused a refresh that nobody asked for.
    void signInNeeded(const QString &profileId, const Countersign::AccountId &account, const Countersign::Error &error);
    //! Everything stored lies elsewhere now; requests fail until the program starts anew.
    void restartNeeded();
    //! Reading what is stored failed.
    void problem(const Countersign::Error &error);
};

} // namespace Countersign::Desktop
