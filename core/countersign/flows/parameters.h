// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>
#include <countersign/model/account.h>
#include <countersign/model/authority.h>
#include <countersign/model/scopeset.h>
#include <countersign/protocol/authorization.h>
#include <countersign/protocol/proof.h>
#include <countersign/protocol/resourcemetadata.h>
#include <countersign/useragent/authorizationagent.h>

#include <chrono>
#include <functional>
#include <optional>

namespace Countersign {

using Protocol::ExtraParameter;
using Protocol::ProofOfPossession;
using Protocol::ProofScheme;
using Protocol::ResourceMetadata;
using Protocol::ResponseMode;

//! Whether the authorization request goes to the provider directly instead of through the browser. Spec: RFC 9126.
enum class PushedRequests : quint8 {
    WhenRequired, //!< the provider demands it
    WhenPossible,
};

//! What a sign-in in front of a person asks for. Only the scopes have to be given.
struct InteractiveParameters
{
    ScopeSet scopes;
    ScopeSet extraScopesToConsent; //!< asked for together with the scopes, but not in this token
    QStringList prompts; //!< "none", "login", "consent", "select_account", "create"; usually empty
    QString loginHint; //!< personal data
    QString domainHint;
    std::optional<std::chrono::seconds> maxAge;
    QString acrValues;
    QString claimsChallenge; //!< JSON, as Error::oauth().claims or a challenge carries it
    QString uiLocales;
    QString display;
    QString idTokenHint; //!< personal data
    QStringList resources; //!< RFC 8707
    //! RFC 9396: a JSON array of objects with a type each. What was granted of it is in the result.
    QString authorizationDetails;
    ResponseMode responseMode = ResponseMode::Default;
    PushedRequests pushedRequests = PushedRequests::WhenRequired;
    QList<ExtraParameter> extra;
    //! Another tenant or authority than the client's.
    std::optional<Authority> authority;
    std::optional<RedirectPreference> redirect;
    //! Another user agent than the client's, for example the embedded one. Must outlive the operation.
    AuthorizationAgent *agent = nullptr;
    QString windowTitle;
    quintptr parentWindow = 0; //!< the embedded view stays in front of it, where the platform can do that
    std::optional<std::chrono::milliseconds> timeout; //!< for the person
    //! Fails with WrongAccount, and stores nothing, when somebody else signs in.
    std::optional<AccountId> expectedAccount;
    //! Fails with ScopesDeclined, and stores nothing, when less is granted.
    bool isEveryScopeRequired = false;
    //! Right before the page opens, with the agent's name: "browser", "embedded", "paste".
    std::function<void(const QString &agent)> beforeOpening;
};

//! What a token without a person is asked for by.
struct SilentParameters
{
    ScopeSet scopes;
    AccountId account;
    std::optional<Authority> authority; //!< for example another tenant
    QString claimsChallenge; //!< JSON; a cached access token is not an answer to it
    QStringList resources; //!< RFC 8707
    QString authorizationDetails; //!< as the sign-in asked: tokens for other details are other tokens
    bool isRefreshForced = false;
    //! More than the client's refreshMargin.
    std::optional<std::chrono::seconds> minimumLifetime;
    //! Asks for a token that is bound to a key of this device, and for the proof of that key for one request. Proofs
    //! are good for one use and some minutes: ask again for each request, the token comes out of the cache meanwhile.
    //! Spec: RFC 9449; Microsoft's signed HTTP requests.
    std::optional<ProofOfPossession> proof;
};

//! What a token of the application itself is asked for by: nobody signs in, and no refresh token comes.
//! Spec: RFC 6749 §4.4.
struct ClientTokenParameters
{
    //! Sent as they are. At Microsoft the ".default" scope of one API.
    ScopeSet scopes;
    std::optional<Authority> authority; //!< for example another tenant
    QString claimsChallenge; //!< JSON; a cached access token is not an answer to it
    QStringList resources; //!< RFC 8707
    QString authorizationDetails; //!< RFC 9396
    //! Sent with every request, for example Auth0's `audience`. Tokens for other values are other tokens.
    QList<ExtraParameter> extra;
    bool isRefreshForced = false;
    //! More than the client's refreshMargin.
    std::optional<std::chrono::seconds> minimumLifetime;
};

//! What a sign-in on another device asks for.
struct DeviceCodeParameters
{
    ScopeSet scopes;
    QString claimsChallenge;
    QStringList resources;
    QString authorizationDetails; //!< RFC 9396
    QList<ExtraParameter> extra;
    std::optional<Authority> authority;
    std::optional<std::chrono::milliseconds> timeout; //!< less than the code's own lifetime
};

//! A refresh token from elsewhere, for example from an older library.
struct RefreshTokenParameters
{
    Secret refreshToken;
    ScopeSet scopes;
    std::optional<Authority> authority;
};

//! A sign-in with a name and a password. Deprecated by RFC 9700 §2.4: no second factor, no consent, and the application
//! sees the password. Only where nothing else can work.
struct UsernamePasswordParameters
{
    QString username; //!< personal data
    Secret password;
    ScopeSet scopes;
    QString claimsChallenge;
    std::optional<Authority> authority;
};

//! A token to show to the provider. Spec: RFC 7662.
struct IntrospectionParameters
{
    Secret token;
    QString typeHint; //!< "access_token", "refresh_token", or empty
    std::optional<Authority> authority;
    //! The introspection endpoint's host, after a person was told that it will see a token which is not known to come
    //! from this provider. Empty: such a token is not sent (security rule B.63).
    QString confirmedHost;
};

//! What the provider shall take back. Spec: RFC 7009.
struct RevocationParameters
{
    AccountId account;
    //! An access token of this client that the cache holds; empty: the account's refresh token, whatever its age.
    Secret accessToken;
};

//! An API to ask for its metadata. Spec: RFC 9728.
struct ResourceMetadataParameters
{
    QUrl resource; //!< the address that was called, or the resource's identifier
    //! The WWW-Authenticate field that came with a 401; empty: the metadata is looked for at its well-known place.
    QByteArray challenge;
};

struct SignOutParameters
{
    //! Ask the provider to revoke the refresh token. Spec: RFC 7009.
    bool revokesTokens = true;
    //! End the browser's session at the provider, too. Spec: OpenID Connect RP-Initiated Logout.
    bool endsSession = false;
    //! Where the provider sends the browser afterwards: registered there. Unset: it stays on the provider's page.
    std::optional<RedirectPreference> redirect;
    AuthorizationAgent *agent = nullptr;
};

struct AccountFilter
{
    QString username; //!< ignoring case; empty: any
    bool everyEnvironment = false; //!< not only those of the client's authority
};

//! What to show to a person who shall sign in on another device. Spec: RFC 8628 §3.2.
struct DeviceCode
{
    QString userCode;
    QUrl verificationUri;
    //! With the code in it; only when it is https and on the host that is shown (security rule B.39).
    std::optional<QUrl> verificationUriComplete;
    QString message; //!< the provider's own words, when it sent some
    QDateTime expiresAt;
    std::chrono::seconds interval{5};
};

//! An authorization request for callers who show the page themselves.
struct AuthorizationCodeFlow
{
    QUrl url; //!< for the browser, never for a log
    QUrl redirectUri;
    //! To be given to completeAuthCodeFlow() with the answer; may be kept in a session. Single use.
    Secret state;
};

} // namespace Countersign
