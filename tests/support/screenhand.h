// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QStandardPaths>
#include <QtCore/QString>

namespace CountersignTest {

//! Keyboard and eyes of a person at the X display of the session: reaches the windows of other processes as well.
class ScreenHand
{
public:
    //! False where the display is no X display or xdotool is not installed.
    static bool canWork();

    //! The visible window whose title is \p title; 0 if there is none.
    static quintptr window(const QString &title);
    //! Brings \p window to the front and presses \p keys in it, one after the other, as xdotool names them.
    static bool press(quintptr window, const QStringList &keys);
    //! Makes \p window small, as its button does.
    static bool minimize(quintptr window);
    //! The window that \p window says it stays in front of; 0 if it says none, or xprop is not installed.
    static quintptr ownerOf(quintptr window);
    //! Saves the whole screen as \p name where COUNTERSIGN_SCREENSHOTS says; nowhere if it says nothing.
    static void picture(const QString &name);
};

} // namespace CountersignTest
