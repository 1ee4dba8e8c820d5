// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/sandboxprocess.h"

namespace CountersignTest {

//! Follows the redirects of a page, as a browser would.
inline void browse(QUrl address)
{
    for (int i = 0; i < 10 && !address.isEmpty(); ++i) {
        const auto next = httpCall("GET", address).location();
        address = next.isEmpty() ? QUrl() : address.resolved(next);
    }
}

} // namespace CountersignTest
