// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>

namespace CountersignTest {

//! Clicks the one visible button below \p root whose accessible name contains \p name. False, and said why, if there is
//! none that can be clicked or more than one.
[[nodiscard]] inline bool clickNamed(const QWidget &root, const QString &name)
{
    QList<QAbstractButton *> found;
    for (auto *button : root.findChildren<QAbstractButton *>()) {
        if (button->isVisibleTo(&root) && button->accessibleName().contains(name))
            found.append(button);
    }
    if (found.size() != 1 || !found.first()->isEnabled()) {
        qWarning("%d buttons are called '%s'%s", int(found.size()), qPrintable(name),
                 found.size() == 1 ? ", and it is disabled" : "");
        return false;
    }
    found.first()->click();
    return true;
}

} // namespace CountersignTest
