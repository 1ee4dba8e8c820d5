// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QTimer>
#include <QtWidgets/QPushButton>

#include <functional>

namespace Countersign::Desktop {

//! Copies what a dialog does, as the command line spells it, and says that it did. Ctrl+Shift+K does the same in the
//! whole dialog.
class CommandButton final : public QPushButton
{
    Q_OBJECT
public:
    //! \p command gives the line; nothing is copied when that is empty. \p text has the mnemonic that is free there.
    CommandButton(const QString &text, const QString &tip, std::function<QString()> command, QWidget *dialog);

private:
    void copy();

    QString m_usual;
    std::function<QString()> m_command;
    QTimer m_back; //!< to the usual text
};

} // namespace Countersign::Desktop
