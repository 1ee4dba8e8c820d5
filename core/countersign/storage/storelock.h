// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: one holder among all processes.
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace Countersign {

//! Holds a lock file until it dies. The operating system lets go of it when the process does, however that ends; the
//! file itself stays, and names its latest holder.
class StoreLock
{
public:
    ~StoreLock();
    Q_DISABLE_COPY_MOVE(StoreLock)

    //! At once: null when somebody else has it.
    //! Errors: StorageUnavailable if the file cannot be made.
    [[nodiscard]] static Result<std::unique_ptr<StoreLock>> tryLock(const QString &path);
    //! Calls \p handler with the lock, later. Waits at most \p deadline.
    //! Errors: StorageUnavailable, StoreBusy, naming the holder.
    static void lock(const QString &path, std::chrono::milliseconds deadline, QObject *context,
                     std::function<void(Result<std::unique_ptr<StoreLock>>)> handler);
    //! "4711 countersign", or empty.
    static QString holder(const QString &path);

private:
    StoreLock() = default;
    struct Handle;
    std::unique_ptr<Handle> m_handle;
};

} // namespace Countersign
