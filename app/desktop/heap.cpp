// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "heap.h"

#include <QtCore/QTimer>
#include <QtGui/QGuiApplication>
#include <QtGui/QWindow>

#include <cstdlib> // tells whether the C library is glibc

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace Countersign::Desktop {

void shareHeap()
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
#endif
}

void giveBackAfterDialogs(QGuiApplication &application)
{
#ifdef __GLIBC__
    constexpr std::chrono::milliseconds calm{100};
    auto *timer = new QTimer(&application);
    timer->setSingleShot(true);
    timer->setInterval(calm);
    QObject::connect(timer, &QTimer::timeout, &application, [] { malloc_trim(0); });
    // With a dialog, the focus goes to another window.
    QObject::connect(&application, &QGuiApplication::focusWindowChanged, timer, [timer] { timer->start(); });
#else
    Q_UNUSED(application)
#endif
}

} // namespace Countersign::Desktop
