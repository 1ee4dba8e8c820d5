// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profiles/clientpage.h"

#include "text/errortext.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"
#include "widgets/flowlayout.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

ClientPage::ClientPage(ClientSecretKeeper *keeper, QWidget *parent)
    : QWidget(parent), m_keeper(keeper), m_clientId(addressField(tr("Client ID"), {})), m_use(new ChoiceBox),
      m_secret(new QLineEdit), m_state(plainTextLabel(tr("Client secret"))),
      m_replace(new QPushButton(tr("Re&place…"))), m_forget(new QPushButton(tr("&Forget"))),
      m_undo(new QPushButton(tr("Lea&ve it as it is")))
{
    using Use = Protocol::ClientSecretUse;
    auto *form = new QFormLayout(this);
    tidyForm(*form);
    m_use->setAccessibleName(tr("How the client proves itself"));
    m_use->addItem(tr("By its secret, if it has one, as the provider wants it"), int(Use::Automatic));
    m_use->addItem(tr("Not at all: a public client (none)"), int(Use::None));
    m_use->addItem(tr("Secret in the header (client_secret_basic)"), int(Use::Basic));
    m_use->addItem(tr("Secret in the form (client_secret_post)"), int(Use::Post));
    form->addRow(tr("&Client ID"), m_clientId);
    form->addRow(tr("&Authentication"), m_use);
    m_secret->setAccessibleName(tr("New client secret"));
    m_replace->setAccessibleName(tr("Replace the client secret"));
    m_forget->setAccessibleName(tr("Forget the client secret"));
    m_undo->setAccessibleName(tr("Leave the client secret as it is"));
    if (m_keeper) {
        addSecret(*form);
    } else {
        // They end with the page, and nobody sees them.
        for (QWidget *each : std::initializer_list<QWidget *>{m_secret, m_state, m_replace, m_forget, m_undo}) {
            each->setParent(this);
            each->hide();
        }
    }
    connect(m_clientId, &QLineEdit::textChanged, this, &ClientPage::edited);
    connect(m_clientId, &QLineEdit::editingFinished, this, &ClientPage::settled);
    connect(m_use, &QComboBox::activated, this, &ClientPage::edited);
}

void ClientPage::addSecret(QFormLayout &form)
{
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_secret->setLayoutDirection(Qt::LeftToRight);
    auto *buttons = new QWidget;
    auto *flow = new FlowLayout(buttons);
    for (auto *button : {m_replace, m_forget, m_undo}) {
        button->setAutoDefault(false);
        flow->addWidget(button);
    }
    form.addRow(tr("Client sec&ret"), m_secret);
    form.addRow(QString(), m_state);
    form.addRow(QString(), buttons);
    form.addRow(
        QString(),
        noteLabel(tr("Only for clients that were registered with one. It is kept where the tokens are, belongs to "
                     "this client at this issuer, and is never shown again.")));
    connect(m_replace, &QPushButton::clicked, this, [this] {
        tell(Kept::Replaced);
        m_secret->setFocus();
    });
    connect(m_forget, &QPushButton::clicked, this, [this] {
        tell(Kept::Forgotten);
        m_undo->setFocus();
    });
    connect(m_undo, &QPushButton::clicked, this, [this] {
        tell(Kept::Yes);
        m_replace->setFocus();
    });
    tell(Kept::Unknown);
}

void ClientPage::tell(Kept kept, const QString &why)
{
    m_kept = kept;
    const auto text = [kept, &why] {
        switch (kept) {
        case Kept::Unknown: return why.isEmpty() ? tr("Looking for one that is kept…") : why;
        case Kept::No: return tr("None is stored.");
        case Kept::Yes: return tr("Stored with the tokens.");
        case Kept::Replaced: return tr("The new one takes the place of the stored one when you save.");
        case Kept::Forgotten: return tr("It is forgotten when you save.");
        }
        Q_UNREACHABLE();
    };
    m_state->setText(text());
    const bool isTyped = kept != Kept::Yes && kept != Kept::Forgotten;
    m_secret->setEnabled(isTyped);
    m_secret->setPlaceholderText(isTyped ? QString() : tr("Stored"));
    if (!isTyped)
        m_secret->clear();
    m_replace->setVisible(kept == Kept::Yes);
    m_forget->setVisible(kept == Kept::Yes);
    m_undo->setVisible(kept == Kept::Replaced || kept == Kept::Forgotten);
}

void ClientPage::fill(const Profile &profile)
{
    m_clientId->setText(profile.clientId);
    m_use->setCurrentIndex(m_use->findData(int(profile.clientSecretUse)));
}

void ClientPage::readInto(Profile &profile) const
{
    profile.clientId = m_clientId->text().trimmed();
    profile.clientSecretUse = Protocol::ClientSecretUse(m_use->currentData().toInt());
}

void ClientPage::look(const Profile &profile)
{
    const auto registration = profile.registration();
    if (!m_keeper || (registration && m_looked == *registration))
        return;
    m_looked.reset();
    m_looking = std::make_unique<QObject>();
    if (!registration || profile.clientId.isEmpty())
        return tell(Kept::No);
    m_looked = *registration;
    tell(Kept::Unknown);
    m_keeper->look(profile, m_looking.get(), [this](const Result<bool> &kept) {
        const bool isTyped = !m_secret->text().isEmpty();
        if (kept)
            return tell(!*kept ? Kept::No : isTyped ? Kept::Replaced : Kept::Yes);
        const auto words = errorText(kept.error());
        tell(Kept::Unknown, words.why.isEmpty() ? words.what : words.why);
    });
}

ClientSecretChange ClientPage::takeSecretChange()
{
    ClientSecretChange change;
    change.forgets = m_kept == Kept::Forgotten;
    if (m_secret->isEnabled() && !m_secret->text().isEmpty())
        change.secret = Secret(m_secret->text().toUtf8());
    m_secret->clear();
    return change;
}

} // namespace Countersign::Desktop
