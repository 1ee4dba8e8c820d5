// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/clock.h>
#include <countersign/base/randomsource.h>
#include <countersign/http/retryingtransport.h>
#include <countersign/http/throttlingtransport.h>
#include <countersign/jose/jwtencryption.h>
#include <countersign/model/authority.h>
#include <countersign/model/scopeset.h>
#include <countersign/protocol/clientassertion.h>
#include <countersign/protocol/clientauthentication.h>
#include <countersign/protocol/discovery.h>
#include <countersign/protocol/requestobject.h>
#include <countersign/useragent/authorizationagent.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Countersign {

class PersistentTokenCache;

//! What an assertion of somebody else's is asked for by.
struct AssertionWish
{
    ClientId clientId;
    QUrl tokenEndpoint;
};
//! Gives a JWT by which the client proves itself: what a platform signed for it. Called for every request, on the
//! client's thread, so it must not take long.
//!
//! Spec: RFC 7523 §2.2; contract C35.
using AssertionSource = std::function<Result<Secret>(const AssertionWish &)>;

//! Who asks for tokens, from whom and how. A plain value: PublicClient::create() checks it, and nothing touches the
//! network before the first request.
struct ClientConfiguration
{
    ClientId clientId;
    Authority authority = Authority::common();
    //! What the registration at the provider allows. Left as it is, it becomes http://localhost at Microsoft, which
    //! takes any port there and there alone.
    RedirectPreference redirect;
    //! A cached token with less life than this is refreshed. Spec: MSAL contract C2.
    std::chrono::seconds refreshMargin = std::chrono::minutes(5);
    //! For each request to the provider.
    std::chrono::milliseconds requestTimeout = std::chrono::seconds(30);
    //! When a request that failed for the moment is sent again, within requestTimeout.
    RetryPolicy retry;
    //! How a provider that asked for a pause is spared.
    ThrottleRules throttling;
    //! For the person, in one sign-in.
    std::chrono::milliseconds interactionTimeout = std::chrono::minutes(5);
    QStringList capabilities; //!< "xms_cc" values, for example "cp1"
    ScopeSet excludedScopes; //!< never asked for, for example offline_access
    QString applicationName; //!< sent to Microsoft only
    QString applicationVersion; //!< sent to Microsoft only
    //! Providers other than Microsoft: false for one that speaks OAuth 2.0 without OpenID.
    bool isOpenId = true;
    //! Other Entra hosts than the known ones: whether Microsoft's public cloud is asked to vouch for them, and which
    //! hosts count as the same. False: the host is believed, and every host stands for itself.
    bool isInstanceDiscoveryAllowed = true;
    //! Providers other than Microsoft: how the issuer in their metadata is held against the configured one.
    Protocol::IssuerMatch issuerMatch = Protocol::IssuerMatch::Exact;
    //! How the client sends the secret it was registered with, if it was: with requests for tokens, codes for other
    //! devices, pushed requests, revocation and introspection. Spec: RFC 6749 §2.3.1.
    Protocol::ClientSecretUse clientSecretUse = Protocol::ClientSecretUse::Automatic;
    //! The secret itself, for this authority alone. Null: the one that the token cache keeps for the registration, see
    //! TokenCache::setClientSecret(), if it keeps one.
    std::shared_ptr<const Secret> clientSecret;
    //! Signs an assertion for every request in place of the secret, for this authority alone. Spec: RFC 7523 §2.2.
    std::optional<Protocol::ClientAssertionKey> assertionKey;
    Protocol::AssertionAudience assertionAudience = Protocol::AssertionAudience::Automatic;
    //! Gives the assertions instead, for this authority alone; see assertionsFromFile().
    AssertionSource assertionSource;
    //! The regional service of Microsoft's that an application without a person asks; empty: the global one. See
    //! RegionChoice::resolve(). Tokens stay cached under the authority. Spec: contract C40.
    QString region;
    //! Whether authorization requests are pushed even where the provider's metadata do not demand it. Spec: RFC 9126.
    bool requiresPushedRequests = false;
    //! Signs every authorization request; without it a provider that demands that is not usable. Spec: RFC 9101.
    std::optional<Protocol::RequestSigning> requestSigning;
    //! How ID tokens were registered to be encrypted, with the private keys. Then one that is not is refused; without
    //! it an encrypted one cannot be read. Spec: OpenID Connect Core §10.2; security rule B.73.
    std::optional<Jose::JwtEncryption> idTokenEncryption;
    //! The same for what UserInfo answers, signed within. Spec: OpenID Connect Core §5.3.2.
    std::optional<Jose::JwtEncryption> userInfoEncryption;
    //! The same for the signed answers of the authorization endpoint (ResponseMode::Jwt and its kind). Spec: JARM §2.2.
    std::optional<Jose::JwtEncryption> responseEncryption;
    //! Providers other than Microsoft: ask for a refresh token.
    bool wantsRefreshToken = true;
    //! Where discovery documents and key sets are kept with their age, so that a new process needs no request for
    //! them; empty: in memory only.
    QString providerFolder;

    //! GenericCacheLocation/countersign/providers.
    COUNTERSIGN_EXPORT static QString defaultProviderFolder();
    //! Takes what is kept of \p authority out of \p folder, so that the next client asks it again: where it is known to
    //! have changed before its documents are a day old.
    COUNTERSIGN_EXPORT static void forgetProvider(const Authority &authority,
                                                  const QString &folder = defaultProviderFolder());
};

//! Everything with side effects enters here. All of it must outlive the client.
struct Services
{
    HttpTransport &http;
    PersistentTokenCache &cache;
    AuthorizationAgent &agent;
    const Clock &clock;
    RandomSource &random;
    //! Is told of answers that were given again from memory; the transport has an observer of its own.
    ExchangeObserver *observer = nullptr;
    //! Where clients' secrets are kept, if not in \a cache. Whoever made it opens it.
    PersistentTokenCache *clientSecrets = nullptr;
};

} // namespace Countersign
