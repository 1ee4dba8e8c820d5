// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QObject>
#include <QtCore/QSize>

QT_BEGIN_NAMESPACE
class QApplication;
class QDialog;
class QWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! What a window can have of the screen that \p window is on, without its frame.
QSize roomOnScreen(const QWidget &window);

//! Keeps every dialog of the program large enough for what it says, as far as the screen allows.
//!
//! Qt gives a dialog two thirds of the screen at most, and does not count the lines into which text wraps as the least
//! that is needed: with large text, buttons at the bottom would be cut. What the screen cannot hold scrolls, above the
//! buttons.
class DialogFit final : public QObject
{
public:
    //! Once for the application, which owns it.
    static void install(QApplication &application);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    using QObject::QObject;
};

} // namespace Countersign::Desktop
