// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/clientpage.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class ExpectationsPage;

//! Every setting of one profile, checked while typing.
class ProfileDialog final : public QDialog
{
    Q_OBJECT
public:
    //! \p secrets outlives the dialog; without it, nothing is said of client secrets.
    explicit ProfileDialog(const Profile &profile, ClientSecretKeeper *secrets = nullptr, QWidget *parent = nullptr);
    ~ProfileDialog() override;

    //! As it stands in the form.
    Profile profile() const;
    //! Puts a draft into the form in place of what it was opened with, which stays what changes are told from.
    void resume(const Profile &draft);
    //! What the person wants of the client's secret, once it is saved.
    ClientSecretChange takeSecretChange() { return m_client->takeSecretChange(); }
    void reject() override;

Q_SIGNALS:
    //! The form is complete and the person wants it.
    void saved(const Countersign::Profile &profile);
    //! The dialog was left with changes in it, which nobody has saved.
    void left(const Countersign::Profile &draft);

private:
    QWidget *makeIdentityPage();
    QWidget *makeRedirectPage();
    QWidget *makeRequestPage();
    QWidget *makeTrustPage();
    void showConsoleText();
    void fill(const Profile &profile);
    void check();

    Profile m_profile;
    Profile m_untouched;
    QLineEdit *m_name;
    QComboBox *m_kind;
    QLineEdit *m_issuer;
    ClientPage *m_client;
    ExpectationsPage *m_expectations;
    QLineEdit *m_redirect;
    QComboBox *m_way;
    QLabel *m_consoleText;
    QLineEdit *m_scopes;
    QLineEdit *m_resources;
    QLineEdit *m_audience;
    QLineEdit *m_prompts;
    QLineEdit *m_loginHint;
    QLineEdit *m_domainHint;
    QLineEdit *m_acr;
    QLineEdit *m_capabilities;
    QPlainTextEdit *m_extra;
    QLineEdit *m_caFile;
    QPlainTextEdit *m_note;
    QCheckBox *m_openId;
    QCheckBox *m_refresh;
    QCheckBox *m_push;
    QLabel *m_problem;
    QDialogButtonBox *m_buttons;
};

} // namespace Countersign::Desktop
