// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace Countersign::Cli {

//! Rows of cells for people, each column as wide as its widest cell. Foreign text is made harmless.
class Table
{
public:
    void addRow(QStringList cells);
    QString toText() const;

private:
    QList<QStringList> m_rows;
};

} // namespace Countersign::Cli
