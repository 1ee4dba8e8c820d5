// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QDialog>

namespace Countersign::Desktop {

class ActionRegistry;

//! What the keys do, in the order of the menus: those of the window as they are set now, and those that pages and
//! dialogs have besides.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit ShortcutsDialog(const ActionRegistry &actions, QWidget *parent = nullptr);
};

} // namespace Countersign::Desktop
