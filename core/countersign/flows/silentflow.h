// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/providerflow.h>
#include <countersign/flows/refreshflow.h>

namespace Countersign {

//! A token without a person: from the cache, or by the refresh tokens it holds, in MSAL's order.
//!
//! Spec: MSAL contracts C1-C11; security rules B.22, B.23.
class SilentFlow final : public ProviderFlow<TokenOperation>
{
public:
    SilentFlow(FlowContext &context, SilentParameters parameters, QObject *parent);
    ~SilentFlow() override;

    bool isBeyondCancelling() const { return m_refresh && m_refresh->isBeyondCancelling(); }

protected:
    void release() override;

private:
    void checkProof();
    void answerFromCache();
    void findPlace();
    void waitForTurn();
    void answerFromOthers();
    void prepareKey();
    void spendRefreshTokens();

    void keepKey(const Jose::Jwk &key);
    void finishWith(AuthenticationResult result);
    void decide();
    void answerWith(const AccessTokenEntry &entry, std::optional<Error> warning = {});
    void spend(const SilentStep &step);
    void settleRefresh(Result<AuthenticationResult> result, bool isFamilyProbe);
    void note(TraceVerdict verdict, const QString &detail = {});
    Authority authorityIn(const Environment &environment) const;
    void giveUp(const Error &error);

    SilentParameters m_parameters;
    QDateTime m_startedAt;
    SilentDecision m_decision;
    std::size_t m_nextRefresh = 0;
    bool m_isFamilyOver = false;
    std::unique_ptr<RefreshLease> m_lease;
    QPointer<RefreshFlow> m_refresh;
    TraceRow m_sent; //!< the refresh token that is under way
    std::optional<Error> m_lastError;
    std::optional<TokenBinding> m_binding;
};

//! The result for a token found in \p cache, without the ID token's text.
AuthenticationResult resultOf(const AccessTokenEntry &entry, const TokenCache &cache, const Authority &authority,
                              const ClientId &client);
//! The same with it.
AuthenticationResult fullResultOf(const AccessTokenEntry &entry, const TokenCache &cache, const Authority &authority,
                                  const ClientId &client);

} // namespace Countersign
