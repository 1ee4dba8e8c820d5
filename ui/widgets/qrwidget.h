// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGui/QImage>
#include <QtWidgets/QWidget>

namespace Countersign::Desktop {

//! A text as a QR code, dark on light whatever the look, because phones expect it so.
class QrWidget final : public QWidget
{
    Q_OBJECT
public:
    explicit QrWidget(QWidget *parent = nullptr);

    //! False when the text does not fit; nothing is drawn then.
    bool setText(const QString &text);
    QSize sizeHint() const override { return {168, 168}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage m_modules;
};

} // namespace Countersign::Desktop
