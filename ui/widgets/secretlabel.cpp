// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/secretlabel.h"

#include "widgets/symbol.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

SecretLabel::SecretLabel(QWidget *parent)
    : QWidget(parent), m_text(new QPlainTextEdit(this)), m_reveal(new QPushButton(tr("&Reveal"), this)),
      m_copy(new QPushButton(tr("&Copy token"), this))
{
    m_text->setReadOnly(true);
    m_text->setFont(fixedFont());
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setContextMenuPolicy(Qt::NoContextMenu);
    // Selecting would copy past the guard.
    m_text->setTextInteractionFlags(Qt::NoTextInteraction);
    m_text->setAccessibleName(tr("Token text"));
    m_reveal->setCheckable(true);
    m_reveal->setIcon(symbol(u"eye"_s));
    m_reveal->setAccessibleName(tr("Reveal the token for 30 seconds"));
    m_copy->setIcon(symbol(u"copy"_s));
    m_copy->setAccessibleName(tr("Copy the token"));

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_reveal);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(buttons);
    column->addWidget(m_text, 1);

    m_timer.setSingleShot(true);
    m_timer.setInterval(revealTime);
    connect(&m_timer, &QTimer::timeout, this, &SecretLabel::mask);
    connect(m_reveal, &QPushButton::toggled, this, [this](bool on) { on ? reveal() : mask(); });
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_secret); });
    mask();
}

void SecretLabel::setSecret(Secret secret)
{
    m_secret = std::move(secret);
    m_copy->setEnabled(!m_secret.isEmpty());
    m_reveal->setEnabled(!m_secret.isEmpty());
    mask();
}

void SecretLabel::reveal()
{
    if (m_secret.isEmpty() || !m_reveal->isEnabled())
        return;
    m_text->setPlainText(QString::fromUtf8(m_secret.reveal()));
    m_reveal->setChecked(true);
    m_timer.start();
}

void SecretLabel::mask()
{
    m_timer.stop();
    m_reveal->setChecked(false);
    m_text->setPlainText(m_secret.isEmpty() ? QString() : tr("Hidden, %n byte(s)", nullptr, int(m_secret.size())));
}

bool SecretLabel::isRevealed() const
{
    return m_timer.isActive();
}

void SecretLabel::setRevealAllowed(bool allowed)
{
    m_reveal->setEnabled(allowed && !m_secret.isEmpty());
    if (!allowed)
        mask();
}

void SecretLabel::hideEvent(QHideEvent *event)
{
    mask();
    QWidget::hideEvent(event);
}

} // namespace Countersign::Desktop
