// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/providerflow.h>
#include <countersign/protocol/authorization.h>

namespace Countersign {

//! The first half of an authorization code flow, for callers who show the page themselves.
class BeginFlow final : public ProviderFlow<AuthorizationCodeFlowOperation>
{
public:
    BeginFlow(FlowContext &context, InteractiveParameters parameters, QObject *parent);

private:
    void startRequest();
    void pushRequest();
    void deliver();

    InteractiveParameters m_parameters;
    Protocol::StartedAuthorization m_started;
    QUrl m_page;
};

//! Where the answer of \p preference arrives when the caller listens: it must be settled to the last character.
[[nodiscard]] Result<QUrl> settledRedirect(const RedirectPreference &preference);

} // namespace Countersign
