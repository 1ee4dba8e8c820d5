// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QtGlobal>

namespace Countersign {

//! Asks the system to back \p memory by large pages when it is first written to. Filling many megabytes takes several
//! times as long page by page. A wish only: nothing happens where the system has none, or for little memory.
void preferLargePages(void *memory, qsizetype size);

} // namespace Countersign
