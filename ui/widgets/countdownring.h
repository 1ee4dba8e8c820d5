// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

namespace Countersign::Desktop {

//! "13:12" for what is left until \p end, never below "0:00".
QString countdownText(const QDateTime &end, const QDateTime &at);

//! A ring that shrinks until something runs out, and the time that is left in words and digits.
class CountdownRing final : public QWidget
{
    Q_OBJECT
public:
    explicit CountdownRing(QWidget *parent = nullptr);

    void setEnd(const QDateTime &end);
    QSize sizeHint() const override { return {96, 96}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void tick();

    QDateTime m_begin;
    QDateTime m_end;
    QTimer m_timer;
};

} // namespace Countersign::Desktop
