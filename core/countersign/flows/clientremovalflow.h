// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/providerflow.h>

namespace Countersign {

//! Takes the tokens of the application itself out of the store. Spec: contract C21.
class ClientRemovalFlow final : public ProviderFlow<CountOperation>
{
public:
    ClientRemovalFlow(FlowContext &context, QObject *parent);

private:
    void remove();
};

} // namespace Countersign
