// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/tokenflow.h>
#include <countersign/flows/verification.h>
#include <countersign/protocol/authorization.h>
#include <countersign/protocol/redirectanswer.h>

namespace Countersign {

//! From the provider's answer to the tokens: the second half of every authorization code flow.
class CodeFlow : public TokenFlow
{
protected:
    using TokenFlow::TokenFlow;

    //! Steps: the answer is m_answer, what it must fit m_pending.
    void readAnswer();
    void redeemCode();

    void release() override;
    Jose::JwtRules idTokenRules() const override;
    bool isIdTokenRequired() const override { return m_pending.expectsIdToken(); }
    void complete(TokenGrant &grant) const override;

    Protocol::PendingAuthorization m_pending;
    Secret m_answer;

private:
    void readSignedAnswer();
    void useCode(Result<Protocol::AuthorizationCode> code);

    Protocol::AuthorizationCode m_code;
    std::unique_ptr<Verification> m_signedAnswer;
};

//! The second half alone, for callers who showed the page themselves.
class CompletionFlow final : public CodeFlow
{
public:
    CompletionFlow(FlowContext &context, Secret state, Secret answer, QObject *parent);

private:
    void readState();

    Secret m_state;
};

} // namespace Countersign
