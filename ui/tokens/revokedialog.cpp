// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokens/revokedialog.h"

#include "models/accountmodel.h"
#include "text/foreigntext.h"
#include "text/wording.h"
#include "widgets/banner.h"
#include "widgets/dialogbuttons.h"
#include "widgets/fields.h"

#include <QtCore/QUrl>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QPushButton *plainButton(const QString &text)
{
    auto *button = worded(new QPushButton, text);
    button->setAutoDefault(false);
    return button;
}

} // namespace

RevokeDialog::RevokeDialog(Session &session, const QString &tokenId, QWidget *parent)
    : QDialog(parent), m_session(session), m_tokenId(tokenId), m_entry(session.accountOfToken(tokenId)),
      m_what(plainTextLabel(tr("What will be taken back"))), m_banner(new Banner), m_go(plainButton(tr("&Revoke"))),
      m_close(plainButton(tr("Cancel")))
{
    setWindowTitle(tr("Revoke token"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(sizeInText(*this, 60, 1).width());
    if (const auto profile = m_entry ? session.profile(m_entry->profileId) : std::nullopt)
        m_host = QUrl(profile->issuer).host();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(10);
    column->addWidget(m_what);
    m_this =
        addChoice(column, tr("&This access token"),
                  tr("%1 takes it back. An API that asks there refuses it from then on; one that only looks at the "
                     "token itself takes it until it ends. The account stays signed in and gets another one.")
                      .arg(m_host));
    const bool canRefresh = m_entry && m_entry->canRefresh;
    m_refresh =
        addChoice(column, tr("The account’s re&fresh token"),
                  canRefresh ? tr("%1 takes it back, and may end every access token that came of it. No new one comes "
                                  "without a sign-in; those that are here are kept until they end.")
                                   .arg(m_host)
                             : tr("Not possible: there is none."));
    m_refresh->setEnabled(canRefresh);
    m_this->setChecked(true);
    m_banner->hide();
    column->addWidget(m_banner);
    column->addStretch();
    column->addWidget(new DialogButtons({}, m_go, m_close));
    m_go->setDefault(true);
    m_go->setEnabled(m_entry.has_value());
    connect(m_go, &QPushButton::clicked, this, &RevokeDialog::revoke);
    connect(m_close, &QPushButton::clicked, this, &RevokeDialog::reject);
    connect(m_banner, &Banner::actionChosen, this, [this](ErrorAction action) {
        if (action == ErrorAction::TryAgain)
            revoke();
        else if (action == ErrorAction::Unlock)
            m_session.askToUnlock(this, [this] { revoke(); });
    });
    setMasked(false);
}

RevokeDialog::~RevokeDialog()
{
    if (m_operation)
        m_operation->cancel();
}

QRadioButton *RevokeDialog::addChoice(QBoxLayout *column, const QString &title, const QString &consequence)
{
    auto *choice = new QRadioButton(title);
    choice->setAccessibleName(QString(title).remove(u'&'));
    choice->setAccessibleDescription(consequence);
    auto *explanation = plainTextLabel(tr("What follows"));
    explanation->setText(consequence);
    explanation->setIndent(24);
    explanation->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(choice);
    column->addWidget(explanation);
    return choice;
}

void RevokeDialog::setMasked(bool masked)
{
    if (!m_entry)
        return m_what->setText(tr("The token is not in the cache any more."));
    const auto who = masked ? maskedText() : isolated(displayName(m_entry->account), 80);
    m_what->setText(tr("Will contact %1 and have it take back a token of %2. This cannot be undone.").arg(m_host, who));
}

RevokedToken RevokeDialog::chosen() const
{
    return m_refresh->isChecked() ? RevokedToken::RefreshToken : RevokedToken::ThisOne;
}

void RevokeDialog::setBusy(bool isBusy)
{
    m_isBusy = isBusy;
    m_go->setEnabled(!isBusy);
    m_this->setEnabled(!isBusy);
    m_refresh->setEnabled(!isBusy && m_entry->canRefresh);
    worded(m_close, isBusy ? tr("Cancel") : tr("Close"));
}

void RevokeDialog::revoke()
{
    if (m_isBusy || !m_entry)
        return;
    setBusy(true);
    m_banner->showMessage(ColorRole::Info, tr("Waiting for %1 to take it back").arg(m_host));
    m_operation =
        m_session.revoke(m_tokenId, chosen(), this, [this](const Result<void> &result) { showResult(result); });
}

void RevokeDialog::showResult(const Result<void> &result)
{
    m_operation = nullptr;
    setBusy(false);
    if (!result && result.error().code() == ErrorCode::Cancelled)
        return m_banner->showMessage(ColorRole::Warning, tr("Cancelled"),
                                     tr("Here nothing was changed. The provider may have taken it back all the same."));
    if (!result)
        return m_banner->showError(result.error());
    m_go->hide();
    m_this->setEnabled(false);
    m_refresh->setEnabled(false);
    if (chosen() == RevokedToken::ThisOne)
        m_banner->showMessage(ColorRole::Success, tr("The access token was taken back"),
                              tr("It is gone here, too. The next request gets another one."));
    else
        m_banner->showMessage(
            ColorRole::Success, tr("The refresh token was taken back"),
            tr("It is gone here, too. Once the access tokens end, the account has to sign in again."));
    m_close->setDefault(true);
    m_close->setFocus();
}

void RevokeDialog::reject()
{
    if (!m_isBusy)
        return QDialog::reject();
    // Its end is shown like any other.
    if (m_operation)
        m_operation->cancel();
}

} // namespace Countersign::Desktop
