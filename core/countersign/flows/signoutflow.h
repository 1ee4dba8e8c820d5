// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/operations.h>
#include <countersign/flows/providerflow.h>
#include <countersign/protocol/grants.h>

#include <vector>

namespace Countersign {

//! Signs somebody out: at the provider as far as it can be reached, here in any case, in the browser last.
//!
//! Spec: RFC 7009, OpenID Connect RP-Initiated Logout 1.0; security rules B.61, B.62, B.67-B.70.
class SignOutFlow final : public ProviderFlow<SignOutOperation>
{
public:
    SignOutFlow(FlowContext &context, AccountId account, SignOutParameters parameters, QObject *parent);
    ~SignOutFlow() override;

protected:
    void release() override;
    void concludeWith(Error error) override;

private:
    void waitForRefreshes();
    void collect();
    void askProvider();
    void revoke();
    void removeLocally();
    void endSession();

    void revokeNext();
    void openEndSessionPage();
    void useReturn(const Result<RedirectAnswer> &answer);
    void report(SignOutStep::Kind kind, SignOutStep::Outcome outcome, std::optional<Error> error = {});
    void finish();
    bool belongsToProvider() const;
    bool isOwnWindow() const;
    AuthorizationAgent &agent() const;

    AccountId m_account;
    SignOutParameters m_parameters;
    std::unique_ptr<RefreshLease> m_lease;
    std::vector<Secret> m_refreshTokens;
    Secret m_idToken;
    std::optional<Error> m_providerError;
    std::optional<Error> m_revocationError;
    //! Goes on when the deadline for an answer passes; null while nobody is asked.
    std::function<void(Error)> m_withoutAnswer;
    Secret m_state;
    std::unique_ptr<AuthorizationSession> m_session;
};

} // namespace Countersign
