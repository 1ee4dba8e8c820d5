// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/tokenflow.h>
#include <countersign/protocol/federation.h>

namespace Countersign {

//! A sign-in with a name and a password, at the provider or at the organisation that keeps the password.
//!
//! Deprecated by RFC 9700 §2.4. Spec: RFC 6749 §4.3, RFC 7522, WS-Trust 1.3 and 2005.
class PasswordFlow final : public TokenFlow
{
public:
    PasswordFlow(FlowContext &context, UsernamePasswordParameters parameters, QObject *parent);

protected:
    void release() override;
    Jose::JwtRules idTokenRules() const override;
    bool isIdTokenRequired() const override { return m_sentScopes.contains(QStringLiteral("openid")); }
    void complete(TokenGrant &grant) const override;

private:
    void findRealm();
    void findEndpoint();
    void requestAssertion();
    void redeem();

    Secret m_password;
    ScopeSet m_sentScopes;
    Protocol::UserRealm m_realm;
    std::optional<Protocol::WsTrustEndpoint> m_endpoint;
    std::optional<Protocol::SamlGrant> m_assertion;
};

} // namespace Countersign
