// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/page.h"

#include <QtWidgets/QBoxLayout>

#include <utility>

namespace Countersign::Desktop {

Page::Page(QString id, QString title, QString symbolName, const QString &description, QWidget *parent)
    : QWidget(parent), m_id(std::move(id)), m_title(std::move(title)), m_symbolName(std::move(symbolName))
{
    setObjectName(m_id);
    setAccessibleName(m_title);
    setAccessibleDescription(description);
}

void Page::build()
{
    if (std::exchange(m_isBuilt, true))
        return;
    // Made apart from the window: what is put together inside it is styled anew with each part.
    auto *content = new QWidget;
    fill(*content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(content);
    content->show(); // a layout would wait for the next turn
    if (!m_state.isEmpty())
        restoreState(std::exchange(m_state, {}));
}

void Page::fill(QWidget &)
{
}

void Page::keepState(const QJsonObject &state)
{
    if (m_isBuilt)
        restoreState(state);
    else
        m_state = state;
}

void Page::complete()
{
    build();
}

void Page::contribute(ActionRegistry &)
{
}

QList<QWidget *> Page::focusStops() const
{
    return {};
}

void Page::setMasked(bool)
{
}

QJsonObject Page::saveState() const
{
    return {};
}

void Page::restoreState(const QJsonObject &)
{
}

void Page::activated()
{
}

void Page::setBadge(const Badge &badge)
{
    if (badge == m_badge)
        return;
    m_badge = badge;
    Q_EMIT badgeChanged();
}

} // namespace Countersign::Desktop
