// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/flowcontext.h>
#include <countersign/flows/operations.h>
#include <countersign/flows/userinforequest.h>
#include <countersign/jose/jwtrules.h>
#include <countersign/protocol/accountidentity.h>
#include <countersign/protocol/grants.h>
#include <countersign/protocol/tokenresponse.h>

namespace Countersign {

//! The steps that every way to a token shares, from opening the store to handing out the result.
class TokenFlow : public TokenOperation
{
public:
    ~TokenFlow() override;
    //! Cancelling now could lose a rotated refresh token.
    virtual bool isBeyondCancelling() const { return false; }

protected:
    TokenFlow(FlowContext &context, Authority authority, ScopeSet scopes, QObject *parent);

    // Steps --------------------------------------------------------------------------------------------
    //! Loads the cache and makes sure that a save would work, before anything is asked of anybody.
    void openStore();
    void discover();
    //! Checks the ID token of m_response by idTokenRules(); fetches keys where they are missing or unknown.
    void validate();
    void checkAccount();
    //! Asks UserInfo when the ID token carries nothing to show the account by.
    void askUserInfo();
    void save();
    void deliver();

    // For the steps of a derived flow --------------------------------------------------------------------
    using AnswerHandler = std::function<void(const HttpResponse &)>;
    //! Sends and hands the answer to \p handler; a failure to get one ends the flow.
    void send(HttpRequest request, AnswerHandler handler);
    //! The same, but a failure is the handler's matter, too.
    void exchange(HttpRequest request, std::function<void(const Result<HttpResponse> &)> handler);
    static HttpRequest formRequest(HttpPurpose purpose, const QUrl &endpoint, Protocol::TokenRequest request);
    HttpRequest tokenRequest(Protocol::TokenRequest request) const;
    void sendTokenRequest(Protocol::TokenRequest request);
    Protocol::TokenRequestContext tokenRequestContext() const;
    //! Starts fetching the keys without waiting for them.
    void prefetchKeys();
    //! Fails unless the endpoint is there.
    bool requireEndpoint(const QUrl &endpoint, QLatin1StringView name);
    //! The rules for the ID token of this grant.
    virtual Jose::JwtRules idTokenRules() const = 0;
    virtual bool isIdTokenRequired() const { return false; }
    //! What the derived grant adds: the spent refresh token, whether an account may be made, the source.
    virtual void complete(TokenGrant &grant) const = 0;
    //! Whether somebody signs in here; otherwise the answer belongs to an account that is known.
    virtual bool makesAccount() const { return true; }
    virtual TokenSource source() const { return TokenSource::IdentityProvider; }

    void release() override;
    const ClientConfiguration &configuration() const { return m_context.configuration; }
    QString correlation() const { return m_correlationId.toString(QUuid::WithoutBraces); }
    Error named(const Error &error) const { return Error(error).withCorrelationId(correlation()); }
    void failNamed(const Error &error) { fail(named(error)); }

    FlowContext &m_context;
    Authority m_authority;
    ScopeSet m_scopes; // as the caller asked
    QString m_claims;
    QStringList m_resources;
    QList<Protocol::ExtraParameter> m_extra;
    Protocol::ApiCall m_call; // what Microsoft is told
    QByteArray m_anchorMailbox; // the same; personal data
    std::optional<AccountId> m_expectedAccount;
    QString m_typedUsername; // for an account that has no other name
    bool m_isEveryScopeRequired = false;
    Protocol::ProviderMetadata m_metadata;
    std::unique_ptr<HttpExchange> m_exchange;
    Protocol::TokenResponse m_response;
    QDateTime m_receivedAt;

private:
    void addTelemetry(HttpRequest &request) const;
    void learnTelemetry(const HttpResponse &response);
    void useKeys(const Result<Jose::JwkSet> &keys);
    void fetchKeys();
    void checkIdToken(const Jose::JwkSet &keys);
    void identify();
    bool needsUserInfo() const;
    void useUserInfo(const Result<UserInfo> &answer);
    TokenGrant makeGrant() const;
    ScopeSet grantedScopes() const;
    QDateTime expiresAt() const;

    std::unique_ptr<ProviderCache::Ticket> m_metadataTicket;
    std::unique_ptr<ProviderCache::Ticket> m_keysTicket;
    std::unique_ptr<UserInfoRequest> m_userInfo;
    bool m_isWaitingForKeys = false;
    bool m_hasRefetched = false;
    std::optional<Jose::VerifiedJwt> m_idToken;
    Protocol::AccountIdentity m_identity;
    std::optional<Error> m_warning;
    AccountId m_account;
    std::shared_ptr<bool> m_mayWrite = std::make_shared<bool>(true);
};

} // namespace Countersign
