// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/countdownring.h"

#include "widgets/theme.h"

#include <QtGui/QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

QString countdownText(const QDateTime &end, const QDateTime &at)
{
    const auto left = std::max<qint64>(0, at.secsTo(end));
    return u"%1:%2"_s.arg(left / 60).arg(left % 60, 2, 10, QChar(u'0'));
}

CountdownRing::CountdownRing(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Time left"));
    m_timer.setInterval(std::chrono::seconds(1));
    connect(&m_timer, &QTimer::timeout, this, &CountdownRing::tick);
}

void CountdownRing::setEnd(const QDateTime &end)
{
    m_begin = QDateTime::currentDateTimeUtc();
    m_end = end;
    m_timer.start();
    tick();
}

void CountdownRing::tick()
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto minutes = int(std::max<qint64>(0, now.secsTo(m_end)) / 60);
    setAccessibleDescription(tr("%n minute(s) left", nullptr, minutes));
    if (now >= m_end)
        m_timer.stop();
    update();
}

void CountdownRing::paintEvent(QPaintEvent *)
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto whole = std::max<qint64>(1, m_begin.msecsTo(m_end));
    const auto left = std::clamp<qint64>(now.msecsTo(m_end), 0, whole);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = std::min(width(), height()) - 10;
    const QRect ring((width() - side) / 2, (height() - side) / 2, side, side);
    painter.setPen(QPen(Theme::current().color(ColorRole::Border), 2));
    painter.drawEllipse(ring);
    painter.setPen(QPen(Theme::current().color(ColorRole::Bar), 6, Qt::SolidLine, Qt::FlatCap));
    constexpr int top = 90 * 16; // QPainter counts in sixteenths of a degree from three o'clock
    painter.drawArc(ring, top, -int(360 * 16 * left / whole));
    painter.setPen(Theme::current().color(ColorRole::Text));
    painter.drawText(rect(), Qt::AlignCenter, countdownText(m_end, now));
}

} // namespace Countersign::Desktop
