// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/tearabletabs.h"

#include "widgets/theme.h"

#include <QtGui/QGuiApplication>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

namespace Countersign::Desktop {

bool knowsPlacesOnScreen()
{
    return !QGuiApplication::platformName().startsWith(QLatin1StringView("wayland"));
}

TearableTabs::TearableTabs(QWidget *parent) : QTabBar(parent)
{
    setExpanding(false);
    setDrawBase(false);
    setElideMode(Qt::ElideRight);
}

void TearableTabs::setTarget(bool isTarget)
{
    if (std::exchange(m_isTarget, isTarget) != isTarget)
        update();
}

//! So far that nobody gets there by a trembling hand.
bool TearableTabs::isOutside(const QPoint &at) const
{
    const int margin = std::max(QApplication::startDragDistance() * 2, height() / 2);
    return !rect().adjusted(-margin, -margin, margin, margin).contains(at);
}

void TearableTabs::mousePressEvent(QMouseEvent *event)
{
    QTabBar::mousePressEvent(event);
    endDrag();
    if (event->button() == Qt::LeftButton)
        m_held = tabAt(event->position().toPoint());
}

void TearableTabs::mouseMoveEvent(QMouseEvent *event)
{
    QTabBar::mouseMoveEvent(event);
    if (m_held < 0 || !(event->buttons() & Qt::LeftButton))
        return;
    const bool isOut = isOutside(event->position().toPoint());
    if (isOut && !m_isDragged)
        grabKeyboard(); // for Escape: a click leaves the focus where it was
    if (!isOut && m_isDragged)
        releaseKeyboard();
    m_isDragged = isOut;
    if (!isOut)
        return unsetCursor();
    setCursor(Qt::DragMoveCursor);
    Q_EMIT dragged(m_held, event->globalPosition().toPoint());
}

void TearableTabs::mouseReleaseEvent(QMouseEvent *event)
{
    QTabBar::mouseReleaseEvent(event);
    const int tab = m_isDragged && event->button() == Qt::LeftButton ? m_held : -1;
    if (event->button() == Qt::LeftButton)
        endDrag();
    // Last: the bar may be gone afterwards.
    if (tab >= 0)
        Q_EMIT dropped(tab, event->globalPosition().toPoint());
}

void TearableTabs::keyPressEvent(QKeyEvent *event)
{
    if (!m_isDragged)
        return QTabBar::keyPressEvent(event);
    if (event->key() == Qt::Key_Escape)
        endDrag();
}

void TearableTabs::hideEvent(QHideEvent *event)
{
    // Later, if there is a later: the bar may be hidden because its window dies.
    if (stopDrag())
        QMetaObject::invokeMethod(this, &TearableTabs::dragEnded, Qt::QueuedConnection);
    QTabBar::hideEvent(event);
}

void TearableTabs::tabRemoved(int tab)
{
    // What is held may be another one now.
    endDrag();
    QTabBar::tabRemoved(tab);
}

bool TearableTabs::stopDrag()
{
    const bool wasHeld = std::exchange(m_held, -1) >= 0;
    if (std::exchange(m_isDragged, false)) {
        releaseKeyboard();
        unsetCursor();
    }
    return wasHeld;
}

void TearableTabs::endDrag()
{
    if (stopDrag())
        Q_EMIT dragEnded();
}

void TearableTabs::paintEvent(QPaintEvent *event)
{
    QTabBar::paintEvent(event);
    if (!m_isTarget)
        return;
    QPainter painter(this);
    painter.setPen(QPen(Theme::current().color(ColorRole::Accent), 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

} // namespace Countersign::Desktop
