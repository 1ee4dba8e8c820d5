// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Gives an account a name of its person's own, which the windows show and the command line knows it by.
class RenameDialog final : public QDialog
{
    Q_OBJECT
public:
    //! \p session outlives it.
    RenameDialog(Session &session, const AccountEntry &entry, QWidget *parent = nullptr);

    void accept() override;
    //! Hides who the provider says it is.
    void setMasked(bool masked);

private:
    Session &m_session;
    AccountEntry m_entry;
    QLabel *m_who;
    QLineEdit *m_name;
    QLabel *m_problem;
};

} // namespace Countersign::Desktop
