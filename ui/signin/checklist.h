// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/checkreport.h>

#include <QtCore/QTimer>
#include <QtWidgets/QListWidget>

namespace Countersign::Desktop {

//! The checks of an ID token, one a line: those to come while the keys are being fetched, then how each went. They are
//! ticked off one after the other, or nobody could follow; at once where the desktop wants nothing to move, and when
//! one of them failed.
class CheckList final : public QListWidget
{
    Q_OBJECT
public:
    explicit CheckList(QWidget *parent = nullptr);

    //! An empty report: they are to come. \p isNews: they were made just now; others are ticked off at once.
    void setReport(const Jose::CheckReport &report, bool isNews = true);
    //! As tall as its rows, up to some.
    QSize sizeHint() const override { return {QListWidget::sizeHint().width(), maximumHeight()}; }

private:
    void showRow(int row);
    void tick();
    void fit();

    Jose::CheckReport m_report; //!< without what does not apply
    int m_ticked = 0;
    QTimer m_clock;
};

} // namespace Countersign::Desktop
