// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/codeflow.h>

namespace Countersign {

//! A person signs in: the authorization code flow with PKCE. Spec: RFC 6749 §4.1, RFC 7636, RFC 8252, RFC 9207.
class InteractiveFlow final : public CodeFlow
{
public:
    InteractiveFlow(FlowContext &context, InteractiveParameters parameters, QObject *parent);
    ~InteractiveFlow() override;

protected:
    void release() override;
    AccountEvent::Way way() const override;

private:
    void bindRedirect();
    void startRequest();
    void pushRequest();
    void showPage();

    AuthorizationAgent &agent() const;
    ResponseMode responseMode() const;
    AnswerMode answerMode() const;
    void useAnswer(Result<RedirectAnswer> answer);

    InteractiveParameters m_parameters;
    std::unique_ptr<AuthorizationSession> m_session;
    Protocol::StartedAuthorization m_started;
    QUrl m_page;
};

//! The request that \p parameters ask for, ready to be sent.
[[nodiscard]] Result<Protocol::StartedAuthorization>
startedAuthorization(const FlowContext &context, const Authority &authority, const Protocol::ProviderMetadata &metadata,
                     const InteractiveParameters &parameters, const QUrl &redirectUri);

} // namespace Countersign
