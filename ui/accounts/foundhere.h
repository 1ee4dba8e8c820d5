// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! What other programs on this computer know of sign-ins, and the way to take it over. Where nothing was found, it
//! shows nothing.
class FoundHere final : public QWidget
{
    Q_OBJECT
public:
    //! \p session outlives it.
    explicit FoundHere(Session &session, QWidget *parent = nullptr);

    //! Looks, unless it is looking already.
    void look();
    //! Says anew what is there already.
    void refresh();
    void setMasked(bool masked);

Q_SIGNALS:
    void importRequested(const QList<Countersign::LocalFinding> &found);

private:
    void take(const Result<QList<LocalFinding>> &found);
    void showFound();
    void addRow(int row, const LocalFinding &finding);
    //! The name of the profile that is the same registration; empty: it is new.
    QString knownAs(const LocalFinding &finding) const;
    void showWait(const QString &text, const QString &button);

    Session &m_session;
    QPointer<LocalOperation> m_looking;
    QTimer m_slow; //!< what is quick needs no word
    QLabel *m_title;
    QWidget *m_waiting;
    QLabel *m_wait;
    QPushButton *m_waitButton;
    QWidget *m_rows = nullptr; //!< made anew with each answer
    QLabel *m_more;
    QPushButton *m_import;
    QList<LocalFinding> m_found;
    bool m_isMasked = false;
};

} // namespace Countersign::Desktop
