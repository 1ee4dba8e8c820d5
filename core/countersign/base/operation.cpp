// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/operation.h>

#include <QtCore/QTimer>

using namespace Qt::StringLiterals;

namespace Countersign {

Operation::Operation(QObject *parent) : QObject(parent)
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_started = true;
            if (!m_finished)
                start();
        },
        Qt::QueuedConnection);
}

Operation::~Operation() = default;

void Operation::cancel()
{
    if (!m_finished)
        concludeWith(Error{ErrorCode::Cancelled, u"The operation was cancelled."_s});
}

bool Operation::enter(Stage stage)
{
    if (m_finished || m_stage == stage)
        return !m_finished;
    m_stage = stage;
    const QPointer<Operation> self(this);
    Q_EMIT stageChanged(stage);
    return self && !m_finished;
}

void Operation::setDeadline(std::chrono::milliseconds after, const QString &what)
{
    if (!m_deadline) {
        m_deadline = new QTimer(this);
        m_deadline->setSingleShot(true);
    } else {
        m_deadline->disconnect(this);
    }
    QObject::connect(m_deadline, &QTimer::timeout, this, [this, after, what] {
        const auto seconds = std::chrono::duration<double>(after).count();
        concludeWith(Error{ErrorCode::TimedOut, u"%1 did not end within %2 s."_s.arg(what).arg(seconds)});
    });
    m_deadline->start(after);
}

void Operation::conclude()
{
    Q_ASSERT(!m_finished);
    m_finished = true;
    if (m_deadline)
        m_deadline->stop();
    release();
    const QPointer<Operation> self(this);
    // Cancelled before the creating call returned: the caller could not have connected yet, so the signal waits.
    QMetaObject::invokeMethod(
        this,
        [self] {
            if (!self)
                return;
            Q_EMIT self->finished();
            if (self)
                self->deleteLater();
        },
        m_started ? Qt::DirectConnection : Qt::QueuedConnection);
}

} // namespace Countersign
