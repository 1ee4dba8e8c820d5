// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QToolButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! The refreshes that are under way, by name, with a way to stop them. Hidden while there are none.
class RefreshRow final : public QWidget
{
    Q_OBJECT
public:
    explicit RefreshRow(QWidget *parent = nullptr);

    //! Shows \p attempt until it is finished. \p account is the name of a person, \p host where the token comes from.
    void follow(Attempt *attempt, const QString &account, const QString &host);
    //! Hides names, for sharing the screen.
    void setMasked(bool masked);

private:
    void refresh();
    void cancel();

    struct Line
    {
        QPointer<Attempt> attempt;
        QString account;
        QString host;
    };
    QList<Line> m_lines;
    QLabel *m_text;
    QToolButton *m_cancel;
    bool m_isMasked = false;
};

} // namespace Countersign::Desktop
