// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "restraint.h"

#include <windows.h>

namespace Countersign::CodeReader {

void restrain()
{
    // No window that asks, no image of a crash.
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
}

} // namespace Countersign::CodeReader
