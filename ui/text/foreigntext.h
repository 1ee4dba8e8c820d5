// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QString>

namespace Countersign::Desktop {

//! Foreign text that cannot mislead: whatever changes the writing direction, is invisible or is a control character
//! becomes its code in angle brackets, and what is longer than \p maximum is cut off with an ellipsis.
QString harmless(QStringView text, qsizetype maximum = 2000);
//! The same, isolated for a sentence of another direction. Spec: UAX #9 §2.4.
QString isolated(QStringView text, qsizetype maximum = 200);

} // namespace Countersign::Desktop
