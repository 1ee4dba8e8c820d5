// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "processwatch.h"

#include <QtCore/QMetaObject>

#include <cstdio>
#include <thread>

namespace CountersignSandbox {

void stopOnSignals(QObject *, std::function<void()>)
{
}

bool stopWithParent(QObject *, std::function<void()>)
{
    return false;
}

void stopOnEndOfInput(QObject *context, std::function<void()> stop)
{
    // A pipe cannot be waited for in the event loop here, so a thread blocks on it until the process ends.
    std::thread([context, stop = std::move(stop)] {
        while (std::getchar() != EOF) { }
        QMetaObject::invokeMethod(context, stop, Qt::QueuedConnection);
    }).detach();
}

} // namespace CountersignSandbox
