// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QtGui/QFont>
#include <QtGui/QIcon>

namespace Countersign::Desktop {

//! One of our drawings in resources/icons, coloured by its role in the look of now.
QIcon symbol(const QString &name, ColorRole role = ColorRole::Text);
QFont fixedFont();

} // namespace Countersign::Desktop
