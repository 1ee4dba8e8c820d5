// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/authenticationresult.h>
#include <countersign/flows/clientconfiguration.h>
#include <countersign/flows/operations.h>
#include <countersign/flows/parameters.h>
#include <countersign/jose/jwkset.h>

#include <memory>
#include <optional>

namespace Countersign {

class FlowContext;

//! What a provider published, as far as it is kept and young enough.
struct KnownProvider
{
    QString issuer; //!< may hold "{tenantid}"
    std::optional<Jose::JwkSet> keys; //!< nothing: they are not kept, or too old
    QStringList scopes; //!< those that it names; empty: it names none
    bool takesTokensBack = false; //!< RFC 7009
    bool endsSessions = false; //!< RP-Initiated Logout
};

//! An application on a person's device: signs people in and hands out their tokens.
//!
//! Every method that waits returns an Operation owned by the client; see Operation for when it starts, ends and goes
//! away. Equal requests in flight are one: the second joins the first, and each ends for itself.
//!
//! Thread: the one it was made on, which needs an event loop.
class COUNTERSIGN_EXPORT PublicClient final : public QObject
{
    Q_OBJECT
public:
    //! Touches neither network nor store.
    //!
    //! Errors: InvalidArgument naming what is wrong with \p configuration.
    [[nodiscard]] static Result<std::unique_ptr<PublicClient>> create(ClientConfiguration configuration,
                                                                      Services services);
    ~PublicClient() override;

    const ClientConfiguration &configuration() const;

    //! A person signs in. Nothing is stored unless every check passed.
    [[nodiscard]] TokenOperation *acquireToken(InteractiveParameters parameters);
    //! From the cache, or by the refresh token; never a person.
    //!
    //! Errors: InteractionRequired when nothing usable is cached (cause AccountNotFound) or the provider wants the
    //!         person; NotSupported when a proof was asked for and the provider does not bind tokens to keys, or not in
    //!         this way; InvalidArgument for a proof of something that is no request; otherwise why the refresh failed.
    //!         A refresh that was sent is brought to its end even when its operation is cancelled: a rotated refresh
    //!         token must not get lost.
    [[nodiscard]] TokenOperation *acquireTokenSilently(SilentParameters parameters);
    //! A hit by the same rules, at once; never waits, never sends. Nothing before the store was opened once. Without
    //! the ID token's text, which an operation brings along.
    std::optional<AuthenticationResult> cachedToken(const SilentParameters &parameters) const;
    //! A person signs in on another device with the code that DeviceCodeOperation::codeReady() brings. The wait for
    //! them ends with the code's life, or with the parameters' timeout. Spec: RFC 8628.
    //!
    //! Errors: TimedOut with cause CodeExpired and `expired_token`; AccessDenied; NotSupported (EndpointMissing). A
    //!         network that goes away is waited for.
    [[nodiscard]] DeviceCodeOperation *acquireTokenByDeviceCode(DeviceCodeParameters parameters);
    //! Why the cache would be enough for this request or not, row by row, as it stands now.
    DecisionTrace explain(const SilentParameters &parameters) const;
    //! What the provider published; never sends. No value: nothing of it is kept, or it is too old.
    std::optional<KnownProvider> knownProvider() const;
    //! Takes over a refresh token from elsewhere; it is spent at once, and its account is there from then on: also when
    //! the operation is cancelled after the token was sent, because only its successor is good then.
    [[nodiscard]] TokenOperation *acquireTokenByRefreshToken(RefreshTokenParameters parameters);

    //! A name and a password, also where the person's organisation keeps the password (WS-Trust).
    //!
    //! Errors: ServerRejected with `wstrust_fault` when the organisation refuses; InteractionRequired when the provider
    //!         wants more than a password.
    [[nodiscard,
      deprecated("passwords are deprecated by RFC 9700; sign in with a browser or a device code")]] TokenOperation *
    acquireTokenByUsernamePassword(UsernamePasswordParameters parameters);

    //! For callers who show the page themselves. \p parameters.redirect must say where the answer will arrive.
    [[nodiscard]] AuthorizationCodeFlowOperation *beginAuthCodeFlow(InteractiveParameters parameters);
    //! \p state is AuthorizationCodeFlow::state, \p answer the query or posted form that came to the redirect URI.
    [[nodiscard]] TokenOperation *completeAuthCodeFlow(Secret state, Secret answer);

    //! Those that are signed in, whatever their tokens' age.
    [[nodiscard]] AccountsOperation *accounts(AccountFilter filter = {});
    //! As far as the store was opened before; never waits.
    QList<Account> knownAccounts(const AccountFilter &filter = {}) const;

    //! Takes \p account's tokens of this client away, here even when the provider cannot be reached: what became of
    //! each part is in the report. A page that ends the browser's session comes last. Spec: RFC 7009, RP-Initiated
    //! Logout.
    //!
    //! Errors: only those of the store. Cancelling while the page is open leaves the account removed.
    [[nodiscard]] SignOutOperation *signOut(const AccountId &account, SignOutParameters parameters = {});
    //! Gets a token silently and asks the provider with it; the answer must be about \p account.
    //!
    //! Errors: SecurityCheckFailed (WrongAccount) when it is about somebody else; those of acquireTokenSilently().
    [[nodiscard]] UserInfoOperation *userInfo(const AccountId &account);

    //! Has one token taken back at the provider, and takes it out of the cache once the provider has done so. Whoever
    //! took the refresh token back may find access tokens that came of it dead as well: that is up to the provider.
    //! Cancelling cannot call back what was sent. Spec: RFC 7009.
    //!
    //! Errors: InvalidArgument when the cache holds no such token of this client; NotSupported (EndpointMissing);
    //!         ServerRejected with `unsupported_token_type`; those of the store. The token is kept in each of them.
    [[nodiscard]] VoidOperation *revoke(RevocationParameters parameters);

    //! Shows a token to the provider, which says what it thinks of it. Never done unasked. Spec: RFC 7662.
    //!
    //! Errors: InvalidArgument with cause IssuerMismatch, and the host in Error::expected(), when the token is not
    //!         known to come from there and nobody confirmed to send it; NotSupported (EndpointMissing).
    [[nodiscard]] IntrospectionOperation *introspect(IntrospectionParameters parameters);

    //! Asks an API what it wants: whose tokens, which scopes. Never done unasked, and the API speaks for itself alone:
    //! a provider that it names is used only after a person agreed (security rule B.66). Spec: RFC 9728.
    //!
    //! Errors: SecurityCheckFailed when the challenge points to another origin or the document speaks for another
    //!         resource; InvalidArgument when the challenge names no metadata; InvalidResponse.
    [[nodiscard]] ResourceMetadataOperation *resourceMetadata(ResourceMetadataParameters parameters);

    PersistentTokenCache &cache() const;

    //! Answers that are given again instead of asking, for showing. Spec: contract C37.
    QList<ThrottledAnswer> throttledAnswers() const;
    //! Lets the next request through. False when there is no such answer any more.
    bool clearThrottledAnswer(quint64 number);
    void clearThrottledAnswers();

Q_SIGNALS:
    //! By this client, another one or another process.
    void accountsChanged();

private:
    PublicClient(ClientConfiguration configuration, Services services);

    std::unique_ptr<FlowContext> m_context;
};

} // namespace Countersign
