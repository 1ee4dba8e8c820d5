// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/checkreport.h>

#include <QtWidgets/QListWidget>

namespace Countersign::Desktop {

//! The checks of an ID token, one a line: those to come while the keys are being fetched, then how each went.
class CheckList final : public QListWidget
{
    Q_OBJECT
public:
    explicit CheckList(QWidget *parent = nullptr);

    //! An empty report: they are to come.
    void setReport(const Jose::CheckReport &report);
    //! As tall as its rows, up to some.
    QSize sizeHint() const override { return {QListWidget::sizeHint().width(), maximumHeight()}; }

private:
    void fit();
};

} // namespace Countersign::Desktop
