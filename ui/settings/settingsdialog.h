// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QStackedWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class ActionRegistry;
class Preferences;
class SharedRows;
class SharedSettings;

//! Every setting, in groups, to be searched. What is changed takes effect at once, unless it says otherwise.
class SettingsDialog final : public QDialog
{
    Q_OBJECT
public:
    //! All three outlive the dialog.
    SettingsDialog(Preferences &preferences, SharedSettings &shared, const ActionRegistry &actions,
                   QWidget *parent = nullptr);

    void showGroup(const QString &id);
    int groupCount() const;

Q_SIGNALS:
    //! Something takes effect only with a new start, and the person wants it now.
    void restartRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void fitText();
    QFormLayout *addGroup(const QString &id, const QString &symbolName, const QString &title);
    void addGeneral();
    void addSignIn();
    void addEmbedded(QFormLayout *form);
    void addStorage();
    void addPrivacy();
    void addNetwork();
    void addShortcuts();
    void addStart(QFormLayout *form);
    void tellRefusal(const QString &why);
    void search(const QString &text);

    Preferences &m_preferences;
    SharedSettings &m_shared;
    const ActionRegistry &m_actions;
    QLineEdit *m_search;
    QListWidget *m_groups;
    QStackedWidget *m_pages;
    SharedRows *m_rows;
    QLabel *m_problem;
};

} // namespace Countersign::Desktop
