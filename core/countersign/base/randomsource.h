// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QByteArray>

#include <cstddef>
#include <span>

namespace Countersign {

//! Fills buffers with random bytes that nobody can predict. The real one is SystemRandom in the crypto layer.
//!
//! Thread: fill() may be called from any thread.
class COUNTERSIGN_EXPORT RandomSource
{
public:
    virtual ~RandomSource();
    virtual void fill(std::span<std::byte> bytes) = 0;
    QByteArray bytes(qsizetype count);
};

} // namespace Countersign
