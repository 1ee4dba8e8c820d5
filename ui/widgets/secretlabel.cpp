// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/secretlabel.h"

#include "widgets/lookwatch.h"
#include "widgets/symbol.h"
#include "widgets/textfield.h"

#include <QtGui/QTextCursor>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

SecretLabel::SecretLabel(QWidget *parent)
    : QWidget(parent), m_text(new TextField(this)), m_reveal(new QPushButton(tr("&Reveal"), this)),
      m_copy(new QPushButton(tr("&Copy token"), this))
{
    m_text->setReadOnly(true);
    wearFont(m_text, fixedFont);
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
    whenLookChanges(this, [this] { mask(); }); // in the colours of then
}

void SecretLabel::setSecret(Secret secret, QList<SecretSegment> segments)
{
    m_secret = std::move(secret);
    m_segments = std::move(segments);
    m_copy->setEnabled(!m_secret.isEmpty());
    m_reveal->setEnabled(!m_secret.isEmpty() && m_isRevealAllowed);
    mask();
}

void SecretLabel::append(const QString &text, ColorRole role)
{
    QTextCharFormat format;
    format.setForeground(Theme::current().color(role));
    auto cursor = m_text->textCursor();
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text, format);
}

void SecretLabel::reveal()
{
    if (m_secret.isEmpty() || !m_reveal->isEnabled())
        return;
    m_text->clear();
    const auto text = m_secret.reveal();
    qsizetype at = 0;
    for (const auto &segment : m_segments) {
        append(QString::fromUtf8(text.sliced(at, segment.offset - at)), ColorRole::Text);
        append(QString::fromUtf8(text.sliced(segment.offset, segment.size)), segment.role);
        at = segment.offset + segment.size;
    }
    append(QString::fromUtf8(text.sliced(at)), ColorRole::Text);
    m_reveal->setChecked(true);
    m_timer.start();
}

void SecretLabel::mask()
{
    m_timer.stop();
    m_reveal->setChecked(false);
    m_text->clear();
    if (!m_secret.isEmpty())
        showMasked();
}

void SecretLabel::showMasked()
{
    qsizetype hidden = m_secret.size();
    for (const auto &segment : std::as_const(m_segments)) {
        if (!segment.isHarmless || !m_isRevealAllowed)
            continue;
        append(QString::fromUtf8(m_secret.reveal().sliced(segment.offset, segment.size)) + u'.', segment.role);
        hidden -= segment.size + 1;
    }
    append(tr("Hidden, %n byte(s)", nullptr, int(hidden)), ColorRole::MutedText);
}

bool SecretLabel::isRevealed() const
{
    return m_timer.isActive();
}

void SecretLabel::setRevealAllowed(bool allowed)
{
    m_isRevealAllowed = allowed;
    m_reveal->setEnabled(allowed && !m_secret.isEmpty());
    mask();
}

void SecretLabel::hideEvent(QHideEvent *event)
{
    mask();
    QWidget::hideEvent(event);
}

} // namespace Countersign::Desktop
