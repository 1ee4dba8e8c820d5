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
    //! \p known are the profiles that there are: one of them is not offered a second time unasked.
    explicit ImportDialog(const QList<Profile> &known = {}, QWidget *parent = nullptr);

    void take(const QByteArray &text);

Q_SIGNALS:
    //! Those that were chosen and are complete. They have no ids yet.
    void imported(const QList<Countersign::Profile> &profiles);

private:
    void makeTable();
    void openFile();
    void show(const QList<ImportedProfile> &found);
    void check();
    bool isChosen(int row) const;
    QList<Profile> chosen() const;
    const Profile *knownAs(const Profile &profile) const;
    QString freeName(const QString &name) const;

    const QList<Profile> m_known;
    QList<ImportedProfile> m_found;
    QPlainTextEdit *m_text;
    QTableWidget *m_table;
    QLabel *m_state;
    QDialogButtonBox *m_buttons;
};

//! Where a profile was found, for people.
QString importSourceText(const QString &source);

} // namespace Countersign::Desktop
