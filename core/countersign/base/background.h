// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the core: work that waits for the disk or burns the processor, off the caller's thread.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QThreadPool>

#include <functional>
#include <memory>
#include <optional>

namespace Countersign {

//! Runs \p work on a pool thread and \p handler with its result on this one, unless \p context is gone by then.
template <typename T> void inBackground(QObject *context, std::function<T()> work, std::function<void(T)> handler)
{
    struct State
    {
        QObject *receiver; // lives in the caller's thread and deletes itself after the delivery
        QPointer<QObject> context;
        std::function<T()> work;
        std::function<void(T)> handler;
    };
    auto state = std::make_shared<State>(State{new QObject, context, std::move(work), std::move(handler)});
    QThreadPool::globalInstance()->start([state] {
        auto result = std::make_shared<std::optional<T>>(state->work());
        // What the work captured dies here, what the handler captured dies with its caller's thread.
        state->work = nullptr;
        QObject *const receiver = state->receiver;
        QMetaObject::invokeMethod(
            receiver,
            [receiver, guard = state->context, handler = std::move(state->handler), result] {
                receiver->deleteLater();
                if (guard)
                    handler(std::move(**result));
            },
            Qt::QueuedConnection);
    });
}

//! Runs \p handler on a later turn of this thread's event loop, unless \p context is gone by then.
inline void later(QObject *context, std::function<void()> handler)
{
    QMetaObject::invokeMethod(context, std::move(handler), Qt::QueuedConnection);
}

} // namespace Countersign
