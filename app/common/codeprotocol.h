// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QtGlobal>

namespace Countersign::App {

//! What countersign-codereader ends with.
enum class CodeReading {
    Read = 0, //!< the codes are on its standard output, a line feed between them
    NoCode = 3,
    NoPicture = 4, //!< or one of a kind that is not read
    TooLarge = 5,
    Failed = 6, //!< it crashed, took too long, or said something else
    NoProgram = 7, //!< never an exit code
};

//! The longest picture file that is looked into, in bytes.
inline constexpr qsizetype largestPicture = qsizetype(16) * 1024 * 1024;
//! The longest text that comes back, in bytes.
inline constexpr qsizetype longestCodes = qsizetype(256) * 1024;

} // namespace Countersign::App
