// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace Countersign {

//! One request, one outcome. Every asynchronous call of the library hands one out.
//!
//! 1. It is started on the next turn of the event loop: the caller always has time to connect.
//! 2. finished() is emitted exactly once, on the thread that created the operation, never before the creating call
//!    returned.
//! 3. After finished() the object deletes itself when control returns to the event loop.
//! 4. cancel() concludes at once with ErrorCode::Cancelled and nothing is written afterwards. Twice is harmless.
//! 5. Deleting the operation, or its client, is cancellation without a signal.
//! 6. Every operation has a deadline; there is no way to wait forever.
class COUNTERSIGN_EXPORT Operation : public QObject
{
    Q_OBJECT
public:
    //! What the operation is busy with, for progress. Order of a complete sign-in.
    enum class Stage : quint8 {
        Starting,
        OpeningStore,
        Discovering,
        WaitingForPerson,
        Redeeming,
        Validating,
        Saving,
        Done
    };
    Q_ENUM(Stage)

    ~Operation() override;

    bool isFinished() const { return m_finished; }
    Stage stage() const { return m_stage; }
    //! Concludes with ErrorCode::Cancelled, unless the operation has finished already.
    void cancel();

Q_SIGNALS:
    void finished();
    void stageChanged(Countersign::Operation::Stage stage);

protected:
    explicit Operation(QObject *parent);

    //! Called on the first turn of the event loop.
    virtual void start() = 0;
    //! Lets go of everything in flight. Called once, before finished(), however the operation ends.
    virtual void release() { }
    virtual void concludeWith(Error error) = 0;

    //! False: whoever watches the progress ended the operation or deleted it, so that nothing of it may be touched.
    [[nodiscard]] bool enter(Stage stage);
    //! Fails with ErrorCode::TimedOut and \p what in the message unless the operation ends earlier.
    //! Calling it again replaces the deadline.
    void setDeadline(std::chrono::milliseconds after, const QString &what);
    void conclude();

private:
    QTimer *m_deadline = nullptr;
    Stage m_stage = Stage::Starting;
    bool m_started = false;
    bool m_finished = false;
};

//! An operation whose outcome is a Result<T>. A flow derives from it, names its steps in the constructor with run(),
//! and ends every step in exactly one of next(), succeed() and fail().
template <typename T> class OperationOf : public Operation
{
public:
    //! Valid once finished. The operation keeps the only copy until it is taken or dies.
    const Result<T> &result() const
    {
        Q_ASSERT(m_result.has_value());
        return *m_result;
    }
    //! Moves the outcome out, for values that cannot be copied. Once, from a handler of finished().
    Result<T> takeResult()
    {
        Q_ASSERT(m_result.has_value());
        return std::move(*m_result);
    }

    //! Calls \p handler with the Result when finished. If \p context dies first, the handler is cut off and then the
    //! operation is cancelled.
    template <typename Handler> void whenFinished(QObject *context, Handler handler)
    {
        const auto delivery = QObject::connect(this, &Operation::finished, context,
                                               [this, handler = std::move(handler)]() mutable { handler(*m_result); });
        if (context == static_cast<QObject *>(this))
            return; // what is dying itself has nothing left to cancel
        // First the delivery is cut, then the operation is cancelled: a dying context must hear nothing more.
        QObject::connect(context, &QObject::destroyed, this, [this, delivery] {
            QObject::disconnect(delivery);
            cancel();
        });
    }

protected:
    explicit OperationOf(QObject *parent = nullptr) : Operation(parent) { }

    template <typename Flow> void run(std::initializer_list<void (Flow::*)()> steps)
    {
        for (const auto step : steps)
            m_steps.push_back([this, step] { (static_cast<Flow *>(this)->*step)(); });
    }
    void next()
    {
        Q_ASSERT(m_nextStep < m_steps.size());
        if (!isFinished())
            m_steps[m_nextStep++]();
    }
    //! succeed(value), or succeed() when T is void.
    template <typename... Value> void succeed(Value &&...value) { settle(Result<T>(std::forward<Value>(value)...)); }
    void fail(Error error) { settle(Result<T>(std::move(error))); }
    void settle(Result<T> result)
    {
        if (isFinished())
            return;
        m_result.emplace(std::move(result));
        conclude();
    }

    void start() override { next(); }
    void concludeWith(Error error) override { fail(std::move(error)); }

private:
    std::optional<Result<T>> m_result;
    std::vector<std::function<void()>> m_steps;
    std::size_t m_nextStep = 0;
};

using VoidOperation = OperationOf<void>;

} // namespace Countersign
