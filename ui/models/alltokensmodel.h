// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "models/roles.h"

#include <QtCore/QAbstractTableModel>

namespace Countersign::Desktop {

//! Every token that the cache holds, with whose it is.
class AllTokensModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        AccountColumn,
        ProfileColumn,
        UseColumn,
        ResourceColumn,
        ScopesColumn,
        ExpiresColumn,
        SourceColumn,
        BoundColumn,
        SizeColumn,
        ColumnCount
    };

    //! \p session outlives the model.
    explicit AllTokensModel(const Session &session, QObject *parent = nullptr);

    const TokenEntry *token(const QModelIndex &index) const;
    //! Hides what names a person, for sharing the screen.
    void setMasked(bool masked);
    //! Time went by.
    void refreshTimes();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString profileId; //!< the first that shows it
        QString profile; //!< the names of all that do
        QString account;
        TokenEntry token;

        friend bool operator==(const Row &, const Row &) = default;
    };
    void reload();
    void takeOver(QList<Row> rows);
    bool updateInPlace(const QHash<QString, QString> &names);
    QVariant text(const Row &row, int column, bool isLong) const;

    const Session &m_session;
    QList<Row> m_rows;
    bool m_isMasked = false;
};

} // namespace Countersign::Desktop
