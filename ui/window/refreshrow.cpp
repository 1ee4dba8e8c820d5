// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/refreshrow.h"

#include "text/wording.h"
#include "widgets/announcement.h"
#include "widgets/fields.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

RefreshRow::RefreshRow(QWidget *parent)
    : QWidget(parent), m_text(plainTextLabel(tr("What is waited for"))), m_cancel(new QToolButton)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 0, 0);
    m_text->setWordWrap(false);
    m_text->setObjectName(u"refreshing"_s);
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Stop getting a new token"));
    m_cancel->setObjectName(u"action"_s); // none of a tool bar: it has to look like one
    m_cancel->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(m_text);
    row->addWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, &RefreshRow::cancel);
    hide();
}

void RefreshRow::follow(Attempt *attempt, const QString &account, const QString &host)
{
    m_lines.append({attempt, account, host});
    connect(attempt, &Attempt::finished, this, [this, attempt] {
        m_lines.removeIf([attempt](const Line &line) { return !line.attempt || line.attempt == attempt; });
        refresh();
    });
    refresh();
    announce(m_text, m_text->text(), Urgency::Polite);
}

void RefreshRow::setMasked(bool masked)
{
    m_isMasked = masked;
    refresh();
}

void RefreshRow::refresh()
{
    setVisible(!m_lines.isEmpty());
    if (m_lines.size() > 1)
        m_text->setText(tr("Getting new tokens for %n account(s)", nullptr, int(m_lines.size())));
    else if (!m_lines.isEmpty())
        m_text->setText(tr("Getting a new token for %1 from %2")
                            .arg(m_isMasked ? maskedText() : m_lines.front().account, m_lines.front().host));
    m_text->setAccessibleDescription(m_text->text());
}

void RefreshRow::cancel()
{
    // Each takes its line away.
    const auto lines = m_lines;
    for (const auto &line : lines) {
        if (line.attempt)
            line.attempt->cancel();
    }
}

} // namespace Countersign::Desktop
