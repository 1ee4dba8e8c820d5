// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/signoutsteps.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QLabel;
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
    void makeChoices(QVBoxLayout *column);
    void showWhatIsLost(QVBoxLayout *column);
    void makeProgress(QVBoxLayout *column);
    void makeFooter(QVBoxLayout *column);
    void allowChoices(bool isAllowed);
    void enterStage(Operation::Stage stage);
    void tick();
    void showResult(const Result<Outcome> &result);
    void showFailure(const Error &error);
    void showEnd();
    void showSteps();

    Session &m_session;
    AccountEntry m_entry;
    QPointer<Attempt> m_attempt;
    QCheckBox *m_forget;
    QCheckBox *m_revoke;
    QCheckBox *m_endSession;
    QCheckBox *m_cookies = nullptr; //!< only where there are some
    QList<QCheckBox *> m_choices; //!< those of them that can be made
    QWidget *m_question; //!< what is lost, and the choices: makes room for the steps
    Banner *m_banner;
    SignOutSteps *m_steps;
    QLabel *m_countdown;
    QPushButton *m_openAgain;
    QPushButton *m_go;
    QPushButton *m_close;
    SignOutProgress m_progress;
    QUrl m_page; //!< of the provider, once it was opened; it holds the ID token
    QTimer m_tick;
    QDateTime m_waitsUntil; //!< UTC; null: no end that could be named
};

} // namespace Countersign::Desktop
