// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/stepmodel.h"

#include <QtCore/QObject>

namespace Countersign::Desktop {

//! One examination in front of the person: steps while it runs, then exactly one finished(). Deletes itself afterwards.
class DoctorRun : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    //! Concludes at once.
    virtual void cancel() = 0;

Q_SIGNALS:
    void stepStarted(const QString &id, const QString &subject);
    void stepFinished(const Countersign::Desktop::Step &step);
    void finished();
};

//! Looks at what keeps sign-ins from working. The windows do not know how.
class DoctorSource
{
public:
    virtual ~DoctorSource() = default;
    //! Never null. \p asksProviders uses the network. It starts on the next turn of the event loop.
    [[nodiscard]] virtual DoctorRun *examine(bool asksProviders) = 0;
};

} // namespace Countersign::Desktop
