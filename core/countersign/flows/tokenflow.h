// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/providerflow.h>
#include <countersign/flows/userinforequest.h>
#include <countersign/jose/jwtrules.h>
#include <countersign/protocol/accountidentity.h>
#include <countersign/protocol/grants.h>
#include <countersign/protocol/tokenresponse.h>

namespace Countersign {

//! The steps that every way to a token shares, from opening the store to handing out the result.
class TokenFlow : public ProviderFlow<TokenOperation>
{
public:
    ~TokenFlow() override;
    //! Cancelling now could lose a rotated refresh token.
    virtual bool isBeyondCancelling() const { return false; }

protected:
    TokenFlow(FlowContext &context, Authority authority, ScopeSet scopes, QObject *parent);

    // Steps --------------------------------------------------------------------------------------------
    void discover();
    //! Checks the ID token of m_response by idTokenRules(); fetches keys where they are missing or unknown.
    void validate();
    void checkAccount();
    //! Asks UserInfo when the ID token carries nothing to show the account by.
    void askUserInfo();
    void save();
    void deliver();

    // For the steps of a derived flow --------------------------------------------------------------------
    //! Makes sure that a save would work, before anything is asked of anybody.
    void useOpenStore() override;
    //! Tells Microsoft what it wants to be told.
    void exchange(HttpRequest request, AnswerHandler handler) override;
    HttpRequest tokenRequest(Protocol::TokenRequest request) const;
    void sendTokenRequest(Protocol::TokenRequest request);
    bool isBoundByDpop() const { return m_binding && m_binding->scheme == Protocol::ProofScheme::Dpop; }
    //! Notes when an answer of the token endpoint arrived, by this clock and by the provider's.
    void noteReceipt(const HttpResponse &response);
    Protocol::TokenRequestContext tokenRequestContext() const;
    //! Starts fetching the keys without waiting for them.
    void prefetchKeys();
    //! The rules for the ID token of this grant.
    virtual Jose::JwtRules idTokenRules() const = 0;
    virtual bool isIdTokenRequired() const { return false; }
    //! What the derived grant adds: the spent refresh token, whether an account may be made, the source.
    virtual void complete(TokenGrant &grant) const = 0;
    //! Whether somebody signs in here; otherwise the answer belongs to an account that is known.
    virtual bool makesAccount() const { return true; }
    virtual TokenSource source() const { return TokenSource::IdentityProvider; }

    //! Of somebody who signs in: through what.
    virtual AccountEvent::Way way() const { return AccountEvent::Way::Unknown; }

    void release() override;
    const ClientConfiguration &configuration() const { return m_context.configuration; }

    ScopeSet m_scopes; // as the caller asked
    QString m_claims;
    QStringList m_resources;
    QString m_authorizationDetails; // as the caller asked
    QList<Protocol::ExtraParameter> m_extra;
    Protocol::ApiCall m_call; // what Microsoft is told
    QByteArray m_anchorMailbox; // the same; personal data
    std::optional<AccountId> m_expectedAccount;
    QString m_typedUsername; // for an account that has no other name
    bool m_isEveryScopeRequired = false;
    std::optional<TokenBinding> m_binding;
    Protocol::TokenResponse m_response;
    QDateTime m_receivedAt;
    std::optional<std::chrono::seconds> m_clockOffset;

private:
    void sendProven(HttpRequest request, bool mayRepeat);
    void useTokenAnswer(const HttpResponse &response);
    bool isOfRightType();
    QString keyId() const;
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

    std::unique_ptr<ProviderCache::Ticket> m_keysTicket;
    std::unique_ptr<UserInfoRequest> m_userInfo;
    bool m_isWaitingForKeys = false;
    bool m_hasRefetched = false;
    bool m_isUnbound = false; //!< although it was asked for
    std::optional<Jose::VerifiedJwt> m_idToken;
    Protocol::AccountIdentity m_identity;
    std::optional<Error> m_warning;
    AccountId m_account;
    std::shared_ptr<bool> m_mayWrite = std::make_shared<bool>(true);
};

} // namespace Countersign
