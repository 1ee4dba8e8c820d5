// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "statekeeper.h"

#include <window/mainwindow.h>

#include <QtCore/QEvent>
#include <QtWidgets/QApplication>

namespace Countersign::Desktop {

StateKeeper::StateKeeper(MainWindow &window, StateFile file) : m_window(window), m_file(std::move(file))
{
    m_saved = m_file.load();
    m_window.restoreLayout(m_saved);
    m_timer.setSingleShot(true);
    m_timer.setInterval(calm);
    connect(&m_timer, &QTimer::timeout, this, &StateKeeper::save);
    connect(&m_window, &MainWindow::aboutToClose, this, &StateKeeper::save);
    // Whatever is kept changes by a person's hand; what it was is looked at when the hand rests.
    qApp->installEventFilter(this);
}

bool StateKeeper::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyRelease:
    case QEvent::MouseButtonRelease: m_timer.start(); break;
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::WindowStateChange:
        if (watched == &m_window)
            m_timer.start();
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void StateKeeper::save()
{
    m_timer.stop();
    auto state = m_window.saveLayout();
    if (state == m_saved)
        return;
    m_file.save(state);
    m_saved = std::move(state);
}

} // namespace Countersign::Desktop
