// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/providermetadata.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

bool ProviderMetadata::allowsS256() const
{
    return codeChallengeMethodsSupported.isEmpty() || codeChallengeMethodsSupported.contains("S256"_L1);
}

} // namespace Countersign::Protocol
