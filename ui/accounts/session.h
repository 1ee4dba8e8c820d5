// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/operation.h>
#include <countersign/cache/silentdecision.h>
#include <countersign/crypto/secret.h>
#include <countersign/model/account.h>
#include <countersign/model/scopeset.h>

#include <QtCore/QDateTime>
#include <QtCore/QUrl>

namespace Countersign::Desktop {

//! An app registration at a provider, as the windows show it.
struct ProfileEntry
{
    QString id;
    QString name;
    QString issuer;
    QString clientId;
    ScopeSet scopes;
    bool isSandbox = false; //!< a provider on this machine, for trying things out

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

    friend bool operator==(const TokenEntry &, const TokenEntry &) = default;
};

//! Somebody who signed in through a profile.
struct AccountEntry
{
    QString profileId;
    Account account;
    QList<TokenEntry> tokens;
    bool canRefresh = false;

    //! The latest end of an access token; null when there is none.
    QDateTime expiresAt() const;
    friend bool operator==(const AccountEntry &, const AccountEntry &) = default;
};

enum class SignInWay : quint8 { Browser, DeviceCode, Embedded };

//! Whether a way of signing in can be taken now, and if not, why. The sentence is translated.
struct WayState
{
    SignInWay way = SignInWay::Browser;
    bool isAvailable = true;
    QString reason;
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
};

struct TokenRequest
{
    QString profileId;
    AccountId account;
    ScopeSet scopes;
    bool forceRefresh = false;
};

struct SignOutRequest
{
    QString profileId;
    AccountId account;
    bool revoke = false; //!< RFC 7009
    bool endSession = false; //!< opens the provider's page
};

enum class TokenOrigin : quint8 { Provider, Cache, Refresh };

//! What came of a request. Secrets: the tokens are not in it.
struct Outcome
{
    QString profileId;
    Account account;
    QString tokenId; //!< of the access token; see Session::fetchToken()
    ScopeSet asked;
    ScopeSet granted;
    QDateTime expiresAt;
    TokenOrigin origin = TokenOrigin::Provider;
    bool isIdTokenVerified = false;
    DecisionTrace trace;
};

//! One request in front of the person: stages while it runs, then exactly one finished(). Deletes itself afterwards.
class Attempt : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    //! Concludes at once with ErrorCode::Cancelled.
    virtual void cancel() = 0;

Q_SIGNALS:
    void stageChanged(Countersign::Operation::Stage stage);
    void deviceCodeReady(const Countersign::Desktop::DeviceCodeEntry &code);
    void finished(const Countersign::Result<Countersign::Desktop::Outcome> &result);
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

    virtual QList<ProfileEntry> profiles() const = 0;
    virtual QList<AccountEntry> accounts() const = 0;
    //! Where tokens are kept, for the status bar.
    virtual QString storeName() const = 0;
    virtual QList<WayState> ways(const QString &profileId) const = 0;
    //! Whether the provider takes tokens back, and ends its own session. Spec: RFC 7009, RP-Initiated Logout.
    virtual bool canRevoke(const QString &profileId) const = 0;
    virtual bool canEndSession(const QString &profileId) const = 0;

    [[nodiscard]] virtual Attempt *signIn(const SignInRequest &request) = 0;
    [[nodiscard]] virtual Attempt *getToken(const TokenRequest &request) = 0;
    [[nodiscard]] virtual Attempt *signOut(const SignOutRequest &request) = 0;
    //! A token of the cache. \p handler is called unless \p context is gone by then.
    virtual void fetchToken(const QString &tokenId, QObject *context, TokenHandler handler) = 0;

Q_SIGNALS:
    void accountsChanged();
    void profilesChanged();
    //! Reading what is stored failed.
    void problem(const Countersign::Error &error);
};

} // namespace Countersign::Desktop
