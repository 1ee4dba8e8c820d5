// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

enum class Urgency : quint8 {
    Polite, //!< when the screen reader has a pause
    Assertive, //!< at once
};

//! Lets screen readers say \p text, which \p widget shows.
void announce(QWidget *widget, const QString &text, Urgency urgency);

} // namespace Countersign::Desktop
