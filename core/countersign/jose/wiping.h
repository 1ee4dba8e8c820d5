// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/constanttime.h>

#include <QtCore/QByteArray>

namespace Countersign::Jose {

//! Wipes \p bytes unless somebody else still uses them.
inline void wipeUnlessShared(QByteArray &bytes)
{
    if (bytes.isDetached())
        wipe(bytes);
}

//! Makes room for \p more bytes. By hand, because a QByteArray that grows leaves a copy of its content behind.
inline void growWiping(QByteArray &bytes, qsizetype more)
{
    if (bytes.isDetached() && bytes.capacity() - bytes.size() >= more)
        return;
    QByteArray larger;
    larger.reserve(2 * bytes.size() + more);
    larger.append(bytes);
    bytes.swap(larger);
    wipeUnlessShared(larger);
}

} // namespace Countersign::Jose
