// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/interruption.h>

#include <atomic>
#include <windows.h>

namespace Countersign::App {
namespace {

std::atomic<Interruption *> current = nullptr; // the handler runs on a thread of the system's

BOOL WINAPI handleControl(DWORD kind)
{
    // Once: the second one meets the default and ends the process.
    auto *const target = current.exchange(nullptr);
    if (!target)
        return FALSE;
    const auto what = kind == CTRL_C_EVENT ? Interruption::Kind::Interrupted : Interruption::Kind::Terminated;
    QMetaObject::invokeMethod(
        target, [target, what] { Q_EMIT target->requested(what); }, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

Interruption::Interruption()
{
    current = this;
    SetConsoleCtrlHandler(handleControl, TRUE);
}

Interruption::~Interruption()
{
    current = nullptr;
    SetConsoleCtrlHandler(handleControl, FALSE);
}

void Interruption::read()
{
}

} // namespace Countersign::App
