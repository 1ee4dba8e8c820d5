// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/tokenflow.h>

namespace Countersign {

//! Asks for one token of the application itself, whatever is cached. Spec: RFC 6749 §4.4.
class ClientCredentialsFlow final : public TokenFlow
{
public:
    ClientCredentialsFlow(FlowContext &context, ClientTokenParameters parameters, RefreshReason reason,
                          QObject *parent);

    using TokenFlow::setCorrelationId;

protected:
    Jose::JwtRules idTokenRules() const override;
    void complete(TokenGrant &grant) const override;
    bool makesAccount() const override { return false; }
    TokenSource source() const override { return TokenSource::ClientCredentials; }

private:
    void checkProof();
    void redeem();
    void leavePeopleOut();

    ClientTokenParameters m_parameters;
};

} // namespace Countersign
