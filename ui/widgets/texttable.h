// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QTimer>
#include <QtWidgets/QTableView>

namespace Countersign::Desktop {

//! A few lines of text in columns: one line is chosen at a time, rows are as tall as their text, and the columns in
//! front leave the last one room, which has the most to say.
class TextTable final : public QTableView
{
    Q_OBJECT
public:
    //! \p model outlives it.
    TextTable(QAbstractItemModel &model, const QString &accessibleName, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();
    int widthOfText(int column) const;

    QTimer m_fitting; //!< many lines may come in one turn
};

} // namespace Countersign::Desktop
