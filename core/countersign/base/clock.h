// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QDateTime>

namespace Countersign {

//! Tells the time. Only operations ask it; everything below them is told.
//!
//! Thread: now() may be called from any thread.
class COUNTERSIGN_EXPORT Clock
{
public:
    virtual ~Clock();
    //! Units: UTC.
    virtual QDateTime now() const = 0;
};

//! The computer's clock.
class COUNTERSIGN_EXPORT SystemClock final : public Clock
{
public:
    QDateTime now() const override;
};

} // namespace Countersign
