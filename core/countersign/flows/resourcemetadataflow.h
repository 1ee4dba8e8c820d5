// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/operations.h>
#include <countersign/flows/providerflow.h>

namespace Countersign {

//! What an API says of itself, from its own origin only. Spec: RFC 9728 §3, §5.
class ResourceMetadataFlow final : public ProviderFlow<ResourceMetadataOperation>
{
public:
    ResourceMetadataFlow(FlowContext &context, ResourceMetadataParameters parameters, QObject *parent);

private:
    void ask();
    Result<QUrl> address() const;

    ResourceMetadataParameters m_parameters;
};

} // namespace Countersign
