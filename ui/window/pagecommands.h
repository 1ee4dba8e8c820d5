// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QList>

#include <functional>

QT_BEGIN_NAMESPACE
class QAbstractButton;
class QAction;
class QObject;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Page;

//! What the buttons of \p pages do, as actions of \p owner, so that the command palette leads to all of it. One that
//! an action of \p known does by the same name is left out. \p show brings a page to the front; on its page a button is
//! brought into sight before it is pressed.
QList<QAction *> pageCommands(const QList<Page *> &pages, const QList<QAction *> &known,
                              const std::function<void(Page *)> &show, QObject *owner);

//! The buttons of \p page that a person can come to, those in tabs that are not in front among them.
QList<QAbstractButton *> commandButtons(const Page &page);

} // namespace Countersign::Desktop
