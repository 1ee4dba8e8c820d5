// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtTest/QTest>
#include <QtWidgets/QWidget>

namespace CountersignTest {

//! Saves what \p widget shows where COUNTERSIGN_SCREENSHOTS says, for somebody to look at; otherwise nothing.
inline void picture(QWidget &widget, const QString &name)
{
    const auto folder = qEnvironmentVariable("COUNTERSIGN_SCREENSHOTS");
    if (folder.isEmpty())
        return;
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QTest::qWait(50);
    QVERIFY(widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
}

} // namespace CountersignTest
