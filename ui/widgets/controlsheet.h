// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Theme;

//! The controls that wear a style sheet, each its own: they have more states than LookStyle draws.
enum class ControlKind : quint8 { None, Button, ToolButton, Field, Choice, SpinBox, CheckBox, Tabs, ScrollBar };

ControlKind controlKind(const QWidget &widget);
//! Empty: such a control wears none in \p theme.
QString controlSheet(ControlKind kind, const Theme &theme);

} // namespace Countersign::Desktop
