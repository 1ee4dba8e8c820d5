// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QAction;
class QLabel;
class QLineEdit;
class QListWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Every action by name: type, choose, done.
class CommandPalette final : public QDialog
{
    Q_OBJECT
public:
    CommandPalette(const QList<QAction *> &actions, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void makeNothing();
    void run();

    QList<QAction *> m_actions;
    QLineEdit *m_input;
    QListWidget *m_list;
    QWidget *m_nothing;
    QLabel *m_said;
};

} // namespace Countersign::Desktop
