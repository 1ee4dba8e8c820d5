// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/operations.h>
#include <countersign/flows/providerflow.h>
#include <countersign/flows/verification.h>

namespace Countersign {

//! Shows a token to the provider, because a person asked for it. Spec: RFC 7662; security rule B.63.
class IntrospectionFlow final : public ProviderFlow<IntrospectionOperation>
{
public:
    IntrospectionFlow(FlowContext &context, IntrospectionParameters parameters, QObject *parent);

protected:
    void release() override;

private:
    void checkIssuer();
    void ask();
    void verify(Secret signedAnswer);
    void deliver(const std::optional<Jose::JsonObject> &active, bool isSigned);
    bool isFromHere() const;

    IntrospectionParameters m_parameters;
    std::unique_ptr<Verification> m_verification;
};

} // namespace Countersign
