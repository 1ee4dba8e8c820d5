// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: what every kind of client does alike.
#pragma once

#include <countersign/flows/flowcontext.h>
#include <countersign/flows/operations.h>

#include <QtCore/QDebug>

namespace Countersign {

//! Everything that makes two requests different, spelled out. Never logged.
class RequestText
{
public:
    template <typename Part> RequestText &operator<<(const Part &part)
    {
        QDebug(&m_text).nospace() << part << '\x1f';
        return *this;
    }
    RequestText &operator<<(const QList<ExtraParameter> &parameters)
    {
        for (const auto &[name, value] : parameters)
            *this << name << value;
        return *this;
    }
    const QString &text() const { return m_text; }

private:
    QString m_text;
};

QString textOf(const Authority &authority);

//! The worker for \p request in flight, or the one that \p make makes.
template <typename Worker, typename Make> Worker *joined(FlowContext &context, const QString &request, Make make)
{
    std::erase_if(context.inFlight,
                  [](const FlowContext::InFlight &flight) { return !flight.worker || flight.worker->isFinished(); });
    for (const auto &flight : context.inFlight) {
        if (flight.request == request)
            return static_cast<Worker *>(flight.worker.data());
    }
    Worker *worker = make();
    context.inFlight.push_back({request, worker});
    return worker;
}

//! Errors: InvalidArgument naming what is wrong.
[[nodiscard]] Result<void> checkConfiguration(const ClientConfiguration &configuration);

//! Deletes the operations that \p client owns. QObject would do that after the context they use.
void endOperationsOf(QObject &client);

} // namespace Countersign
