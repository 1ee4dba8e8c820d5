// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "table.h"

#include "words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {

void Table::addRow(QStringList cells)
{
    for (auto &cell : cells)
        cell = harmless(cell);
    m_rows.append(std::move(cells));
}

QString Table::toText() const
{
    QList<qsizetype> widths;
    for (const auto &row : m_rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths.at(i), row.at(i).size());
    }
    QString text;
    for (const auto &row : m_rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += row.at(i).leftJustified(widths.at(i)) + u"  "_s;
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    }
    return text;
}

} // namespace Countersign::Cli
