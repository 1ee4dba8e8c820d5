// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/localprofiles.h>

#include <QtCore/QPointer>
#include <QtWidgets/QDialog>

#include <functional>

QT_BEGIN_NAMESPACE
class QDialogButtonBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Finds profiles in what a person pastes, opens or has in the environment; shows them before anything is saved.
class ImportDialog final : public QDialog
{
    Q_OBJECT
public:
    //! Begins to look around on this computer; null where nobody can.
    using LocalSearchStart = std::function<LocalOperation *()>;

    //! \p known are the profiles that there are: one of them is not offered a second time unasked. Without \p search,
    //! this computer is no place to look into.
    explicit ImportDialog(const QList<Profile> &known = {}, LocalSearchStart search = {}, QWidget *parent = nullptr);

    void take(const QByteArray &text);
    //! What was found on this computer: the profiles are offered, the rest is named.
    void takeFound(const QList<LocalFinding> &found);

Q_SIGNALS:
    //! Those that were chosen and are complete. They have no ids yet.
    void imported(const QList<Countersign::Profile> &profiles);

private:
    void makeTable();
    QLayout *makeSources();
    void openFile();
    void lookHere();
    void takeAnswer(const Result<QList<LocalFinding>> &found);
    void offer(const QList<ImportedProfile> &found);
    void check();
    bool isChosen(int row) const;
    QList<Profile> chosen() const;
    const Profile *knownAs(const Profile &profile) const;
    QString freeName(const QString &name) const;

    const QList<Profile> m_known;
    LocalSearchStart m_search;
    QPointer<LocalOperation> m_looking;
    QList<ImportedProfile> m_found;
    QPlainTextEdit *m_text;
    QTableWidget *m_table;
    QLabel *m_state;
    QLabel *m_named; //!< what cannot be taken, and why
    QPushButton *m_here = nullptr;
    QString m_nothing; //!< what is said when nothing was found; empty: as usual
    QDialogButtonBox *m_buttons;
};

//! Where a profile was found, for people.
QString importSourceText(const QString &source);

} // namespace Countersign::Desktop
