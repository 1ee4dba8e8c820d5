// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/operations.h>
#include <countersign/flows/providerflow.h>

namespace Countersign {

//! Shows a token to the provider, because a person asked for it. Spec: RFC 7662; security rule B.63.
class IntrospectionFlow final : public ProviderFlow<IntrospectionOperation>
{
public:
    IntrospectionFlow(FlowContext &context, IntrospectionParameters parameters, QObject *parent);

private:
    void checkIssuer();
    void ask();
    bool isFromHere() const;

    IntrospectionParameters m_parameters;
};

} // namespace Countersign
