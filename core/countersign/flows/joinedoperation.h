// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/operations.h>

#include <QtCore/QPointer>

#include <functional>
#include <tuple>

namespace Countersign {

//! One caller's view of a worker that several may wait for. Each caller ends for itself; the worker is cancelled when
//! the last one has gone, unless \p Worker::isBeyondCancelling().
template <typename Base, typename Worker> class JoinedOperation final : public Base
{
public:
    //! \p attach finds the worker, or makes one, on the first turn of the event loop; null when \p answer knew the
    //! outcome without one.
    JoinedOperation(std::function<Worker *(JoinedOperation &)> attach, QObject *parent)
        : Base(parent), m_attach(std::move(attach))
    {
    }
    ~JoinedOperation() override { leave(); }

    using Base::enter;
    using Base::settle;

    void setCorrelationId(const QUuid &id) { this->m_correlationId = id; }
    void setTrace(DecisionTrace trace) { this->m_trace = std::move(trace); }
    Worker *worker() const { return m_worker; }

protected:
    void start() override
    {
        const auto attach = std::move(m_attach);
        auto *worker = attach(*this);
        if (!worker || this->isFinished())
            return;
        m_worker = worker;
        this->m_correlationId = worker->correlationId();
        worker->setProperty(callers, worker->property(callers).toInt() + 1);
        QObject::connect(worker, &Operation::stageChanged, this,
                         [this](Operation::Stage stage) { return enter(stage); });
        QObject::connect(worker, &Operation::finished, this, [this] { finishLike(); });
        std::ignore = enter(worker->stage()); // the last thing done here
    }
    void release() override { leave(); }

private:
    static constexpr char callers[] = "callers";

    void finishLike()
    {
        auto *worker = std::exchange(m_worker, nullptr).data();
        this->m_trace = worker->decisionTrace();
        this->m_navigations = worker->navigations();
        this->m_checks = worker->checks();
        const auto &result = worker->result();
        if (result)
            settle(result->clone());
        else
            settle(result.error());
    }

    void leave()
    {
        if (!m_worker)
            return;
        auto *worker = std::exchange(m_worker, nullptr).data();
        worker->disconnect(this);
        const int left = worker->property(callers).toInt() - 1;
        worker->setProperty(callers, left);
        if (left == 0 && !worker->isBeyondCancelling())
            worker->cancel();
    }

    std::function<Worker *(JoinedOperation &)> m_attach;
    QPointer<Worker> m_worker;
};

} // namespace Countersign
