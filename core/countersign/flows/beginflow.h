// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/flowcontext.h>
#include <countersign/flows/operations.h>
#include <countersign/protocol/authorization.h>

namespace Countersign {

//! The first half of an authorization code flow, for callers who show the page themselves.
class BeginFlow final : public AuthorizationCodeFlowOperation
{
public:
    BeginFlow(FlowContext &context, InteractiveParameters parameters, QObject *parent);

protected:
    void release() override;

private:
    void discover();
    void startRequest();
    void pushRequest();
    void deliver();

    FlowContext &m_context;
    InteractiveParameters m_parameters;
    Authority m_authority;
    Protocol::ProviderMetadata m_metadata;
    Protocol::StartedAuthorization m_started;
    std::unique_ptr<ProviderCache::Ticket> m_ticket;
    std::unique_ptr<HttpExchange> m_exchange;
    QUrl m_page;
};

//! Where the answer of \p preference arrives when the caller listens: it must be settled to the last character.
[[nodiscard]] Result<QUrl> settledRedirect(const RedirectPreference &preference);

} // namespace Countersign
