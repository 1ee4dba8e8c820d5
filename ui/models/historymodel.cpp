// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/historymodel.h"

#include "text/errortext.h"
#include "text/foreigntext.h"
#include "text/signintext.h"
#include "widgets/symbol.h"

#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QIcon iconOf(AccountEvent::Kind kind)
{
    switch (kind) {
    case AccountEvent::Kind::SignedIn: return symbol(u"signin"_s, ColorRole::Success);
    case AccountEvent::Kind::Refreshed: return symbol(u"refresh"_s, ColorRole::Info);
    case AccountEvent::Kind::RefreshFailed: return symbol(u"attention"_s, ColorRole::Danger);
    case AccountEvent::Kind::SignedOut: return symbol(u"signout"_s, ColorRole::MutedText);
    }
    Q_UNREACHABLE();
}

//! A failure keeps its code, everything else the program that did it.
QString detailOf(const AccountEvent &event)
{
    if (const auto way = signInWayText(event.way); !way.isEmpty())
        return event.detail.isEmpty()
            ? way
            : HistoryModel::tr("%1, by %2", "how, and which program").arg(way, harmless(event.detail, 40));
    if (event.detail.isEmpty())
        return u"–"_s;
    if (event.kind == AccountEvent::Kind::RefreshFailed)
        return HistoryModel::tr("%1 (%2)").arg(reasonText(event.detail), harmless(event.detail, 40));
    return HistoryModel::tr("by %1").arg(harmless(event.detail, 40));
}

} // namespace

void HistoryModel::setEvents(QList<AccountEvent> events)
{
    if (events == m_events)
        return;
    beginResetModel();
    m_events = std::move(events);
    endResetModel();
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &event = m_events.at(index.row());
    if (role == Qt::DecorationRole && index.column() == EventColumn)
        return iconOf(event.kind);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case TimeColumn: return QLocale().toString(event.at.toLocalTime(), QLocale::ShortFormat);
    case EventColumn:
        switch (event.kind) {
        case AccountEvent::Kind::SignedIn: return tr("Signed in");
        case AccountEvent::Kind::Refreshed: return tr("Refreshed");
        case AccountEvent::Kind::RefreshFailed: return tr("Refresh failed");
        case AccountEvent::Kind::SignedOut: return tr("Signed out");
        }
        Q_UNREACHABLE();
    case DetailColumn: return detailOf(event);
    default: return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn: return tr("When");
    case EventColumn: return tr("What");
    case DetailColumn: return tr("Detail");
    default: return {};
    }
}

} // namespace Countersign::Desktop
