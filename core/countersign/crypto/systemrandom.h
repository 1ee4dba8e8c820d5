// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>

namespace Countersign {

//! OpenSSL's random generator, seeded by the operating system.
class COUNTERSIGN_EXPORT SystemRandom final : public RandomSource
{
public:
    void fill(std::span<std::byte> bytes) override;
};

} // namespace Countersign
