// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QKeySequence;
class QTableWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class ActionRegistry;
class Preferences;

//! The shortcuts of all actions, to be changed: one field of keys at a time, where somebody wants to type.
class ShortcutsGroup final : public QWidget
{
    Q_OBJECT
public:
    //! Both outlive it.
    ShortcutsGroup(Preferences &preferences, const ActionRegistry &actions, QWidget *parent = nullptr);

Q_SIGNALS:
    //! Why the last change was not made; empty: it was.
    void refused(const QString &why);

private:
    void fill();
    void take(int row, const QKeySequence &keys);
    void reset();

    Preferences &m_preferences;
    const ActionRegistry &m_actions;
    QTableWidget *m_table;
};

} // namespace Countersign::Desktop
