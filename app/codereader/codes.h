// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/codeprotocol.h>

#include <QtCore/QByteArray>

namespace Countersign::CodeReader {

struct Codes
{
    App::CodeReading reading;
    QByteArray text = {};
};

//! The texts of all QR codes in \p picture. Rotated, mirrored, light on dark and small ones are found, too.
Codes readCodes(const QByteArray &picture);

} // namespace Countersign::CodeReader
