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

//! Keeps what is around it on one line, and is seen by nobody. Spec: UAX #14, WJ.
inline constexpr QChar wordJoiner(0x2060);
//! A text of ours in which no line ends inside a short address: Qt would end one after "http://". For showing only, see
//! addressLabel().
QString withWholeAddresses(const QString &text);

} // namespace Countersign::Desktop
