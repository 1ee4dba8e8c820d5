// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QPushButton;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! The end of a dialog: what goes on and what ends it stand in the order of this desktop, everything else at the other
//! side.
//!
//! As QDialogButtonBox, which before Qt 6.6 shows a button again that was hidden.
class DialogButtons final : public QWidget
{
public:
    //! Takes all of them. \p accept may be null.
    DialogButtons(const QList<QPushButton *> &others, QPushButton *accept, QPushButton *reject);

    //! Gives the others lines of their own, for a screen on which one line is not enough.
    void split();

private:
    QList<QPushButton *> m_others;
    QWidget *m_lines;
    QHBoxLayout *m_row;
};

} // namespace Countersign::Desktop
