// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QObject>

namespace Countersign::App {

//! Turns Ctrl+C and termination into a Qt signal, so that an operation can be cancelled and the store stays whole. The
//! second one ends the process at once. One at a time; while there is none the system's defaults hold.
class Interruption final : public QObject
{
    Q_OBJECT
public:
    enum class Kind : quint8 { Interrupted, Terminated };

    Interruption();
    ~Interruption() override;

Q_SIGNALS:
    void requested(Countersign::App::Interruption::Kind kind);

private:
    void read();
};

} // namespace Countersign::App
