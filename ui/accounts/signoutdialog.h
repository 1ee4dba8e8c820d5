// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QPointer>
#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Banner;

//! Signs an account out, and tells what became of each part of it.
class SignOutDialog final : public QDialog
{
    Q_OBJECT
public:
    //! \p session outlives it.
    SignOutDialog(Session &session, AccountEntry entry, QWidget *parent = nullptr);
    ~SignOutDialog() override;

    SignOutRequest request() const;
    void setMasked(bool masked);
    void start();
    void reject() override;

private:
    QCheckBox *addChoice(QVBoxLayout *column, const QString &title, const QString &text, bool isChecked);
    void showWhatIsLost(QVBoxLayout *column);
    void showSteps(const Outcome &outcome);
    void showResult(const Result<Outcome> &result);

    Session &m_session;
    AccountEntry m_entry;
    QPointer<Attempt> m_attempt;
    QCheckBox *m_forget;
    QCheckBox *m_revoke;
    QCheckBox *m_endSession;
    QCheckBox *m_cookies = nullptr; //!< only where there are some
    Banner *m_banner;
    QListWidget *m_steps;
    QPushButton *m_go;
    QPushButton *m_close;
};

//! One step's outcome in words.
QString stepText(const SignOutStep &step);

} // namespace Countersign::Desktop
