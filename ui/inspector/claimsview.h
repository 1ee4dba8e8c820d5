// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/timetext.h"

#include <countersign/jose/tokendocument.h>

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class ClaimModel;

//! The claims with their meanings: a tree to filter, and below it all that is known of the chosen one.
class ClaimsView final : public QWidget
{
    Q_OBJECT
public:
    explicit ClaimsView(QWidget *parent = nullptr);

    void setToken(const Jose::TokenDocument &document, const QDateTime &at);
    void clear();
    void setMasked(bool masked);
    void setTimeStyle(TimeStyle style);
    void focusFilter();

private:
    void makeTree();
    void makeMenu();
    void showDetail();
    void unfold();
    void copyRole(int column, int role);

    ClaimModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QLineEdit *m_filter;
    QComboBox *m_times;
    QTreeView *m_tree;
    QLabel *m_detail;
};

} // namespace Countersign::Desktop
