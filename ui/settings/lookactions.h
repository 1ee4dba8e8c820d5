// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Countersign::Desktop {

class MainWindow;
class Preferences;

//! Puts into the menus of \p window what \p preferences say of how things look: theme, size of the text, times. Both
//! ways: what is chosen elsewhere is marked here. \p preferences outlive the window.
void addLookActions(MainWindow &window, Preferences &preferences);

} // namespace Countersign::Desktop
