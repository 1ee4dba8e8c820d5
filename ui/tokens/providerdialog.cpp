// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokens/providerdialog.h"

#include "inspector/jsonlayout.h"
#include "text/errortext.h"
#include "text/wording.h"
#include "widgets/banner.h"
#include "widgets/dialogbuttons.h"
#include "widgets/fields.h"
#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"

#include <countersign/jose/json.h>

#include <QtCore/QUrl>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

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

ProviderDialog::ProviderDialog(Session &session, Question question, const QString &tokenId, QWidget *parent)
    : QDialog(parent), m_session(session), m_question(question), m_tokenId(tokenId),
      m_entry(session.accountOfToken(tokenId)), m_banner(new Banner), m_text(new TextField),
      m_ask(plainButton(tr("&Ask"))), m_close(plainButton(tr("Close")))
{
    const bool isIntrospection = question == Question::Introspection;
    setWindowTitle(isIntrospection ? tr("Introspect token") : tr("Userinfo"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    if (const auto profile = m_entry ? m_session.profile(m_entry->profileId) : std::nullopt)
        m_host = QUrl(profile->issuer).host();
    auto *what = plainTextLabel(tr("What will be sent"));
    what->setText(
        isIntrospection
            ? tr("Will contact %1 and show it the token: it says whether the token is still good, and for what.")
                  .arg(m_host)
            : tr("Will contact %1, with a token of this account: it says whom it knows the account to be.")
                  .arg(m_host));
    m_text->setReadOnly(true);
    m_text->setAccessibleName(tr("What the provider says"));
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_text->setTabChangesFocus(true);
    wearFont(m_text, fixedFont);
    m_text->hide();
    m_banner->hide();
    m_ask->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(what);
    column->addWidget(m_banner);
    column->addWidget(m_text, 1);
    column->addStretch();
    column->addWidget(new DialogButtons({}, m_ask, m_close));
    connect(m_ask, &QPushButton::clicked, this, [this] { ask({}); });
    connect(m_close, &QPushButton::clicked, this, &ProviderDialog::reject);
    connect(m_banner, &Banner::actionChosen, this, [this](ErrorAction action) {
        if (action == ErrorAction::TryAgain)
            ask({});
        else if (action == ErrorAction::Unlock)
            m_session.askToUnlock(this, [this] { ask({}); });
    });
    m_ask->setEnabled(m_entry.has_value());
    resize(sizeInText(*this, 76, 22));
}

ProviderDialog::~ProviderDialog()
{
    if (m_operation)
        m_operation->cancel();
}

void ProviderDialog::setBusy(bool busy)
{
    m_ask->setEnabled(!busy);
    worded(m_close, busy ? tr("Cancel") : tr("Close"));
}

void ProviderDialog::ask(const QString &confirmedHost)
{
    if (m_operation || !m_entry)
        return;
    setBusy(true);
    m_text->hide();
    m_banner->showMessage(ColorRole::Info, tr("Waiting for %1").arg(m_host));
    const auto take = [this](const Result<ProviderAnswer> &answer) { showAnswer(answer); };
    m_operation = m_question == Question::Introspection
        ? m_session.introspect(m_tokenId, confirmedHost, this, take)
        : m_session.askUserInfo(m_entry->profileId, m_entry->account.id, this, take);
}

void ProviderDialog::showAnswer(const Result<ProviderAnswer> &answer)
{
    m_operation = nullptr;
    setBusy(false);
    if (!answer) {
        const auto host = answer.error().expected();
        const bool wantsConsent = m_question == Question::Introspection && !host.isEmpty()
            && answer.error().cause() == ErrorCause::IssuerMismatch;
        if (!wantsConsent)
            return m_banner->showError(answer.error());
        m_banner->showMessage(
            ColorRole::Warning, tr("Nothing was sent yet"),
            tr("The token does not say that it comes from this provider. Whoever sees it can use it."));
        auto *send = m_banner->addButton(tr("&Show it to %1").arg(host));
        connect(send, &QPushButton::clicked, this, [this, host] { ask(host); });
        return;
    }
    m_answer = *answer;
    const auto sign = answer->isSigned ? tr("The answer is signed, and verified.") : QString();
    if (!answer->isActive)
        m_banner->showMessage(ColorRole::Success, tr("This is what the provider says"), sign);
    else if (*answer->isActive)
        m_banner->showMessage(ColorRole::Success, tr("The token is good"), sign);
    else
        m_banner->showMessage(ColorRole::Warning, tr("The token is not good any more"),
                              tr("Expired, revoked, or never of this provider: it says no more than that."));
    showText();
}

void ProviderDialog::showText()
{
    m_text->setVisible(!m_answer.json.isEmpty());
    if (m_isMasked)
        return m_text->setPlainText(maskedText());
    const auto parsed = Jose::JsonValue::parse(m_answer.json);
    m_text->setPlainText(parsed ? indentedJson(*parsed) : QString());
}

void ProviderDialog::setMasked(bool masked)
{
    m_isMasked = masked;
    showText();
}

void ProviderDialog::reject()
{
    if (!m_operation)
        return QDialog::reject();
    // Its end is shown like any other, and the dialog stays for another try.
    m_operation->cancel();
}

} // namespace Countersign::Desktop
