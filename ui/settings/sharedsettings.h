// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QObject>
#include <QtCore/QString>

#include <functional>

namespace Countersign::Desktop {

//! What the person set once for every program of ours, and the place where tokens are kept. The windows do not know
//! where it lies.
class SharedSettings
{
public:
    virtual ~SharedSettings() = default;

    //! \p name is "store", "proxy", "ca_file" or "browser"; empty when it is not set.
    virtual QString value(const QString &name) const = 0;
    //! An empty \p value takes the setting back. Takes effect with the next start.
    //!
    //! Errors: InvalidArgument for a value that cannot be right; StorageUnavailable when it cannot be written.
    [[nodiscard]] virtual Result<void> set(const QString &name, const QString &value) = 0;
    //! Where tokens are kept now, for people.
    virtual QString storeName() const = 0;
    //! Writes to that place, reads back and deletes. \p handler is called unless \p context is gone by then.
    virtual void testStore(QObject *context, std::function<void(const Result<void> &)> handler) = 0;
};

} // namespace Countersign::Desktop
