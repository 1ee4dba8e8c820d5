// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QObject>
#include <QtCore/QStringList>
#include <QtNetwork/QLocalServer>

namespace Countersign::Desktop {

//! One desktop a person and display: a second start hands its arguments to the first and ends.
//!
//! The socket belongs to the person alone. What comes through it is arguments, nothing more: it can raise the window
//! and open what a command line could.
class SingleInstance final : public QObject
{
    Q_OBJECT
public:
    explicit SingleInstance(QObject *parent = nullptr);

    //! Whether there was one before; then it has \p arguments, and this program has nothing left to do.
    //! Waits for the other's answer, at most a second: nothing is shown yet.
    bool handOver(const QStringList &arguments);
    //! Becomes the one that others find. False when the socket cannot be made; then there is just no handing over.
    bool listen();

    //! The socket's name. Per person and display; $COUNTERSIGN_INSTANCE tells several apart on purpose.
    static QString socketName();

Q_SIGNALS:
    void argumentsArrived(const QStringList &arguments);

private:
    void greet();

    QLocalServer m_server;
};

} // namespace Countersign::Desktop
