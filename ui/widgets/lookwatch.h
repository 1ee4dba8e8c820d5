// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QtCore/QString>
#include <QtGui/QFont>

#include <functional>

QT_BEGIN_NAMESPACE
class QLabel;
class QWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Calls \p act whenever \p widget wears another look than before: for pictures, palettes and formats, which keep the
//! colours that they were made with.
void whenLookChanges(QWidget *widget, std::function<void()> act);
//! Calls \p act at once, and whenever the text of the application becomes larger or smaller.
void fitText(QWidget *widget, std::function<void()> act);
//! Gives \p widget what \p font makes, and makes it anew when the text of the application becomes larger or smaller.
void wearFont(QWidget *widget, std::function<QFont()> font);
//! Bold, and \p factor times as large as the text of the application.
void makeHeading(QLabel *label, double factor);
//! As many lines of the text of the application, but \p least pixels.
int linesTall(double lines, int least);
//! Shows the drawing \p name in \p label, \p side pixels wide and high beside the text as it is now, larger beside
//! larger text, in the colours of whatever look is worn.
void showSymbol(QLabel *label, const QString &name, ColorRole role, int side);

} // namespace Countersign::Desktop
