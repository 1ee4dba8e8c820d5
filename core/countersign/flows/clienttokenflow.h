// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/clientcredentialsflow.h>

namespace Countersign {

//! A token of the application itself: from the cache by the rules of a silent request, otherwise from the provider.
//!
//! Spec: contract C32.
class ClientTokenFlow final : public ProviderFlow<TokenOperation>
{
public:
    ClientTokenFlow(FlowContext &context, ClientTokenParameters parameters, QObject *parent);
    ~ClientTokenFlow() override;

    bool isBeyondCancelling() const { return false; }

protected:
    void release() override;

private:
    void answerFromCache();
    void findPlace();
    void waitForTurn();
    void answerFromOthers();
    void askProvider();

    void decide();
    void answerWith(const AccessTokenEntry &entry, std::optional<Error> warning = {});
    void settleGrant();

    ClientTokenParameters m_parameters;
    QDateTime m_startedAt;
    SilentDecision m_decision;
    std::unique_ptr<RefreshLease> m_lease;
    QPointer<ClientCredentialsFlow> m_grant;
};

//! Why an application can have no token of its own at \p authority; no value: it can.
//!
//! Errors: InvalidArgument for "common", "organizations" and "consumers": those are for people of any tenant.
[[nodiscard]] Result<void> checkApplicationsPlace(const Authority &authority);

} // namespace Countersign
