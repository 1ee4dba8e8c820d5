// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QByteArrayView>

#include <cstddef>

namespace Countersign {

//! Whether \p a and \p b hold the same bytes, in a time that depends on their sizes only.
[[nodiscard]] COUNTERSIGN_EXPORT bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

//! Overwrites \p bytes in a way no optimizer removes. \p bytes must not be shared: wiping a copy protects nothing.
COUNTERSIGN_EXPORT void wipe(QByteArray &bytes);

//! The same for memory that is not an array's.
COUNTERSIGN_EXPORT void wipe(void *memory, std::size_t size);

} // namespace Countersign
