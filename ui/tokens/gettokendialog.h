// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "text/copyform.h"

#include <QtCore/QPointer>
#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Banner;
class ClaimsField;
class ChipField;

//! Gets a token without a person, and explains where it came from: why the cache was or was not enough.
class GetTokenDialog final : public QDialog
{
    Q_OBJECT
public:
    //! \p session outlives it.
    GetTokenDialog(Session &session, const AccountEntry &chosen, QWidget *parent = nullptr);
    ~GetTokenDialog() override;

    TokenRequest request() const;
    void setMasked(bool masked);
    void setForced(bool forced);
    //! Asks for the token; the answer is shown in the dialog.
    void start();
    void reject() override;

Q_SIGNALS:
    void inspectRequested(const QString &tokenId);
    void copyRequested(const QString &tokenId, Countersign::Desktop::CopyForm form);
    //! The provider wants the person.
    void signInRequested(const Countersign::Desktop::SignInRequest &request);

private:
    void makeForm();
    void makeResult();
    void makeFooter();
    void fillAccounts(const AccountEntry &chosen);
    QStringList accountLines(bool isMasked) const;
    void useAccount();
    void check();
    void showResult(const Result<Outcome> &result);
    void showTrace(const DecisionTrace &trace);
    QString command() const;

    Session &m_session;
    QList<AccountEntry> m_accounts;
    QPointer<Attempt> m_attempt;
    TokenRequest m_asked; //!< of that attempt; the form may say something else by now
    QString m_tokenId;
    QComboBox *m_account;
    ChipField *m_scopes;
    QLineEdit *m_resource;
    QSpinBox *m_minutes;
    QCheckBox *m_force;
    ClaimsField *m_claims;
    QComboBox *m_output;
    QLabel *m_flaw; //!< of what was typed
    Banner *m_banner;
    QLabel *m_why;
    QListWidget *m_trace;
    QPushButton *m_get;
    QPushButton *m_inspect;
    QPushButton *m_copy;
    QPushButton *m_close;
};

} // namespace Countersign::Desktop
