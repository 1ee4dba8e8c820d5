// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QAbstractItemDelegate;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class ChipField;
class ClaimsField;

//! What a sign-in shall ask for, and what will happen when it starts.
class SignInForm final : public QDialog
{
    Q_OBJECT
public:
    //! \p session outlives it. \p profileId empty: the first.
    SignInForm(Session &session, const QString &profileId, QWidget *parent = nullptr);

    SignInRequest request() const;
    //! What stands in the way of starting, or deserves a remark; empty: nothing.
    QString remark() const;
    bool canStart() const;
    //! Whom it is for.
    void setAccount(const QString &username);
    //! Hides names, for sharing the screen. What is asked for stays the same.
    void setMasked(bool masked);
    //! Takes the scopes and resources that calling the API at \p address needs. False when it is no address.
    bool takeApi(const QString &address);

Q_SIGNALS:
    //! Instead of a sign-in through any of the profiles.
    void importRequested();
    void signInRequested(const Countersign::Desktop::SignInRequest &request);

private:
    void makeForm();
    void makeMore();
    void makeCapability(QFormLayout &form);
    //! With the capability that was chosen in it.
    QString claims() const;
    void makeFooter();
    void useProfile();
    void askForApi();
    void check();
    void fitHeight();
    QString forecast() const;
    std::optional<ProfileEntry> profile() const;
    void start();

    Session &m_session;
    QComboBox *m_profile;
    QComboBox *m_hint;
    QAbstractItemDelegate *m_usualLines = nullptr; //!< of the list of accounts while its names are hidden
    ChipField *m_scopes;
    QLineEdit *m_resource;
    QComboBox *m_way;
    QCheckBox *m_keep;
    QCheckBox *m_sessionOnly;
    QPushButton *m_moreButton;
    QWidget *m_more;
    QComboBox *m_prompt;
    QLineEdit *m_domain;
    QSpinBox *m_maxAge;
    QLineEdit *m_acr;
    ClaimsField *m_claims;
    QCheckBox *m_takesChallenges; //!< the client capability cp1
    QPlainTextEdit *m_extra;
    QLabel *m_keepReason; //!< where a refresh token is not to be had
    QLabel *m_forecast;
    QLabel *m_remark;
    QPushButton *m_start;
};

//! What is doubtful about the scopes of a request at this provider, in words; empty: nothing.
QString scopeRemark(const ScopeSet &scopes, const ProfileEntry &profile);
//! Where a browser brings the answer, in words.
QString wayBackText(const std::optional<RedirectPreference> &back);
//! Which of them the provider does not name, nor granted before, in words; empty: none, as far as that is known.
QString unknownScopeRemark(const ScopeSet &scopes, const ProfileEntry &profile, Session &session);

} // namespace Countersign::Desktop
