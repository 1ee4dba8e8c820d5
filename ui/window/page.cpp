// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/page.h"

namespace Countersign::Desktop {

Page::Page(QString id, QString title, QString symbolName, const QString &description, QWidget *parent)
    : QWidget(parent), m_id(std::move(id)), m_title(std::move(title)), m_symbolName(std::move(symbolName))
{
    setObjectName(m_id);
    setAccessibleName(m_title);
    setAccessibleDescription(description);
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
