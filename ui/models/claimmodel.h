// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/roles.h"
#include "text/timetext.h"

#include <dictionary/claimdictionary.h>

#include <QtCore/QAbstractItemModel>

#include <memory>
#include <vector>

namespace Countersign::Desktop {

//! The claims and the header of a token as a tree: grouped by what they answer, each with its value and its meaning.
//! Unknown ones come last and are never left out; nothing in here is verified.
//!
//! Values are foreign text: harmless(), never markup.
class ClaimModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column : int { NameColumn, ValueColumn, MeaningColumn, ColumnCount };
    //! More items of one list or object than this are counted, not shown.
    static constexpr qsizetype maximumChildren = 500;

    explicit ClaimModel(QObject *parent = nullptr);
    ~ClaimModel() override;

    //! \p at is what relative times are seen from.
    void setToken(const Jose::TokenDocument &document, const QDateTime &at);
    void clear();
    TimeStyle timeStyle() const { return m_style; }
    void setTimeStyle(TimeStyle style);
    //! Hides what names a person, for sharing the screen.
    void setMasked(bool masked);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    const Node *node(const QModelIndex &index) const;
    Node *addGroup(const QString &name);
    void addMember(Node *parent, const Jose::JsonMember &member, bool isHeader, const QString &provider);
    void addChildren(Node *parent, const Jose::JsonValue &value);
    QVariant textOf(const Node &node, int column) const;
    QString valueText(const Node &node) const;

    std::unique_ptr<Node> m_root;
    QDateTime m_at;
    TimeStyle m_style = TimeStyle::Local;
    bool m_isMasked = false;
};

//! The title of a group.
QString categoryText(ClaimCategory category);

} // namespace Countersign::Desktop
