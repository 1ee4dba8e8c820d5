// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/claimmodel.h"

#include "text/wording.h"

#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

bool isTime(QStringView name)
{
    return name == "exp"_L1 || name == "nbf"_L1 || name == "iat"_L1 || name == "auth_time"_L1;
}

QString readable(const QString &name, const Jose::JsonValue &value)
{
    const auto seconds = isTime(name) ? value.flooredInteger() : std::nullopt;
    // Beyond the year 9999 there is nothing a calendar could say.
    if (!seconds || *seconds < 0 || *seconds > 253'402'300'799)
        return {};
    const auto time = QDateTime::fromSecsSinceEpoch(*seconds);
    return u"%1 (%2)"_s.arg(QLocale().toString(time, QLocale::ShortFormat),
                            expiryText(time, QDateTime::currentDateTimeUtc()));
}

} // namespace

void ClaimModel::setObject(const Jose::JsonObject &object)
{
    beginResetModel();
    m_rows.clear();
    for (const auto &member : object) {
        const auto text = member.value.string();
        const auto name = QString::fromUtf8(member.name);
        m_rows.append({name, text ? *text : QString::fromUtf8(member.value.raw()), readable(name, member.value)});
    }
    endResetModel();
}

int ClaimModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ClaimModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClaimModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const auto &row = m_rows.at(index.row());
    // A tool tip would read foreign text as markup.
    const auto show = [role](const QString &text) { return role == Qt::ToolTipRole ? text.toHtmlEscaped() : text; };
    switch (index.column()) {
    case NameColumn: return show(row.name);
    case ValueColumn: return show(row.value);
    case ReadableColumn: return row.readable;
    default: return {};
    }
}

QVariant ClaimModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Name");
    case ValueColumn: return tr("Value");
    case ReadableColumn: return tr("Readable");
    default: return {};
    }
}

} // namespace Countersign::Desktop
