// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/session.h"

namespace Countersign::Desktop {

QDateTime AccountEntry::expiresAt() const
{
    QDateTime latest;
    for (const auto &token : tokens) {
        if (token.use == TokenUse::Access && token.expiresAt.isValid()
            && (!latest.isValid() || token.expiresAt > latest))
            latest = token.expiresAt;
    }
    return latest;
}

} // namespace Countersign::Desktop
