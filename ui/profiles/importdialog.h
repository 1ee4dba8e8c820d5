// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/profileimport.h>

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QDialogButtonBox;
class QLabel;
class QPlainTextEdit;
class QTableWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Finds profiles in what a person pastes, opens or has in the environment; shows them before anything is saved.
class ImportDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit ImportDialog(QWidget *parent = nullptr);

    void take(const QByteArray &text);

Q_SIGNALS:
    //! Those that were chosen and are complete. They have no ids yet.
    void imported(const QList<Countersign::Profile> &profiles);

private:
    void makeTable();
    void openFile();
    void show(const QList<ImportedProfile> &found);
    void check();
    QList<Profile> chosen() const;

    QList<ImportedProfile> m_found;
    QPlainTextEdit *m_text;
    QTableWidget *m_table;
    QLabel *m_state;
    QDialogButtonBox *m_buttons;
};

//! Where a profile was found, for people.
QString importSourceText(const QString &source);

} // namespace Countersign::Desktop
