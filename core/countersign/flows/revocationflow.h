// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/providerflow.h>

#include <vector>

namespace Countersign {

//! Has the provider take one token back; what it took back is not kept here either.
//!
//! Spec: RFC 7009; security rule B.61.
class RevocationFlow final : public ProviderFlow<VoidOperation>
{
public:
    RevocationFlow(FlowContext &context, RevocationParameters parameters, QObject *parent);

protected:
    void release() override;

private:
    void waitForRefreshes();
    void find();
    void checkEndpoint();
    void revoke();
    void forget();

    void findAccessToken();
    void findRefreshTokens();

    RevocationParameters m_parameters;
    const bool m_isAccessToken;
    std::unique_ptr<RefreshLease> m_lease;
    std::vector<Secret> m_tokens; // to be taken back
    std::vector<Secret> m_revoked;
};

} // namespace Countersign
