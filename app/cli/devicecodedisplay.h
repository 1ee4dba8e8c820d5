// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminal.h"

#include <countersign/flows/operations.h>

#include <QtCore/QTimer>

namespace Countersign::Cli {

//! Shows the code of a sign-in on another device, and how long it is good for.
class DeviceCodeDisplay final : public QObject
{
    Q_OBJECT
public:
    enum class Qr : quint8 { Auto, Always, Never };

    DeviceCodeDisplay(Terminal &terminal, Qr qr, bool copiesCode);

    void show(const DeviceCode &code);
    //! The wait is over.
    void finish();

private:
    void showRemaining();

    Terminal &m_terminal;
    Qr m_qr;
    bool m_copiesCode;
    QTimer m_countdown;
    QDateTime m_expiresAt;
};

} // namespace Countersign::Cli
