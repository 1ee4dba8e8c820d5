// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QtCore/QString>

#include <functional>

QT_BEGIN_NAMESPACE
class QLabel;
class QWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Calls \p act whenever \p widget wears another look than before: for pictures, palettes and formats, which keep the
//! colours that they were made with.
void whenLookChanges(QWidget *widget, std::function<void()> act);
//! Shows the drawing \p name in \p label, \p side pixels wide and high, in the colours of whatever look is worn.
void showSymbol(QLabel *label, const QString &name, ColorRole role, int side);

} // namespace Countersign::Desktop
