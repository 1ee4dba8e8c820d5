// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <optional>

namespace Countersign::Desktop {

//! The look that the system wants. High contrast goes before everything; then what the system says, then what its
//! palette shows.
Theme systemTheme();
//! What the system says beside its palette; absent: nothing. Takes effect with the next applyAppearance().
void setSystemTheme(std::optional<ThemeKind> told);
//! Looks at the system's palette once more: it has changed. Until then, the palette of the start counts.
void readSystemPalette();

} // namespace Countersign::Desktop
