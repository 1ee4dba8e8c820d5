// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/menukey.h"

#include <QtGui/QContextMenuEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

void MenuKey::install(QApplication &application)
{
    const auto name = u"countersign_menu_key"_s;
    // There Qt would open the menu twice.
    if (QGuiApplication::platformName() == "windows"_L1
        || application.findChild<QObject *>(name, Qt::FindDirectChildrenOnly))
        return;
    auto *key = new MenuKey(&application);
    key->setObjectName(name);
    application.installEventFilter(key);
}

bool MenuKey::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || watched != QApplication::focusWidget())
        return false;
    const auto *pressed = static_cast<QKeyEvent *>(event);
    if (pressed->key() != Qt::Key_F10 || pressed->modifiers() != Qt::ShiftModifier)
        return false;
    auto *focused = static_cast<QWidget *>(watched);
    const auto at = focused->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent menu(QContextMenuEvent::Keyboard, at, focused->mapToGlobal(at));
    QCoreApplication::sendEvent(focused, &menu);
    return true;
}

} // namespace Countersign::Desktop
