// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QLayout;
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! The box that takes whatever holds a token, and says what is wrong with what holds none.
class TokenBox final : public QWidget
{
    Q_OBJECT
public:
    explicit TokenBox(QWidget *parent = nullptr);

    //! What was typed and what was said of it.
    void clear();
    bool isBlank() const;
    void sayProblem(const QString &text);
    void forgetProblem();
    //! What is waited for, with a way out of it; empty: nothing any more.
    void sayBusy(const QString &text);
    //! Hides what was typed.
    void setMasked(bool masked);

Q_SIGNALS:
    //! To be looked into: pasted into the box, or said to be complete.
    void inspectRequested(const Countersign::Secret &text);
    //! One of sampleTokens().
    void sampleRequested(qsizetype sample);
    void pasteRequested();
    void openRequested();
    //! What sayBusy() told of is not wanted any more.
    void cancelRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLayout *makeButtons();
    QWidget *makeBusyLine();
    void takeChange(int removed, int added);
    void judge();
    void inspect();

    QPlainTextEdit *m_input;
    QLabel *m_problem;
    QLabel *m_busy = nullptr;
    QWidget *m_busyLine = nullptr;
    QPushButton *m_inspect = nullptr;
    QTimer m_typing; //!< runs while somebody types
    int m_judged = 0; //!< only the newest judgement is said
};

} // namespace Countersign::Desktop
