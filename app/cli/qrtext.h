// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QString>

namespace Countersign::Cli {

//! \p text as a QR code for a terminal: half blocks, two rows of it in one line, with the quiet zone. Empty when it
//! does not fit. \p inColor: black on white whatever the terminal's own colours are; otherwise plain characters, right
//! on a dark ground.
//!
//! Spec: ISO/IEC 18004, quiet zone of 4 modules.
QString qrText(const QString &text, bool inColor);

} // namespace Countersign::Cli
