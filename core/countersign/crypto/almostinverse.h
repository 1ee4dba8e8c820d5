// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace Countersign {

//! 256 bits, the lowest word first.
using Words256 = std::array<std::uint64_t, 4>;

struct AlmostInverse
{
    Words256 value{}; //!< the inverse times 2^exponent, below the modulus
    int exponent = 0; //!< from one less than the bits of the modulus to twice as many
};

//! Kaliski's almost Montgomery inverse; a third of the time that BN_mod_inverse() takes.
//!
//! \p modulus is odd and \p number below it; nothing if they are not coprime. How long it takes tells what the
//! numbers are: for public ones only. Spec: B. S. Kaliski, The Montgomery Inverse and Its Applications, 1995, phase I.
std::optional<AlmostInverse> almostInverse(const Words256 &number, const Words256 &modulus);

} // namespace Countersign
