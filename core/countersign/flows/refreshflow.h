// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/tokenflow.h>

namespace Countersign {

//! Spends one refresh token. Spec: RFC 6749 §6, OpenID Connect Core §12.
class RefreshFlow final : public TokenFlow
{
public:
    //! What is spent, and what is known about it.
    struct Token
    {
        Secret secret;
        QString key; //!< of the cache's entry; empty for one from elsewhere
        AccountId account; //!< empty for one from elsewhere
        ScopeSet granted;
        QString familyId;
        RefreshReason reason = RefreshReason::Forced;
    };

    RefreshFlow(FlowContext &context, Authority authority, ScopeSet scopes, Token token, QObject *parent);

    void setClaims(const QString &claims) { m_claims = claims; }
    void setResources(const QStringList &resources) { m_resources = resources; }
    void setAuthorizationDetails(const QString &details) { m_authorizationDetails = details; }
    void setBinding(TokenBinding binding) { m_binding = std::move(binding); }
    using TokenFlow::setCorrelationId;
    bool isBeyondCancelling() const override { return m_isSent; }

protected:
    Jose::JwtRules idTokenRules() const override;
    void complete(TokenGrant &grant) const override;
    TokenSource source() const override;
    bool makesAccount() const override { return m_token.account.isEmpty(); }

private:
    bool isOneOfSeveral() const;
    void redeem();
    Result<ScopeSet> requestScopes() const;

    Token m_token;
    Secret m_imported; // kept in case the provider does not rotate
    bool m_isSent = false;
};

} // namespace Countersign
