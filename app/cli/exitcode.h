// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>

#include <QtCore/QList>

namespace Countersign::Cli {

//! What the process ends with. Scripts branch on these: they never change their meaning.
enum class ExitCode : int {
    Done = 0,
    InternalError = 1,
    WrongUsage = 2,
    NotFoundOrAmbiguous = 3,
    ConfigurationInvalid = 4,
    SignInNeeded = 10,
    StepUpNeeded = 11,
    Declined = 12,
    ServerRejected = 13,
    NetworkFailed = 20,
    TlsFailed = 21,
    ProviderBusy = 22,
    ClockWrong = 23,
    StoreLocked = 30,
    StoreUnavailable = 31,
    NotAToken = 40,
    SignatureInvalid = 41,
    TokenTime = 42,
    TokenMismatch = 43,
    PolicyFailed = 44,
    Forbidden = 60,
    TimedOut = 124,
    Interrupted = 130,
    Terminated = 143,
};

struct ExitCodeRow
{
    ExitCode code;
    const char *meaning; //!< to be translated, context CommandLine
};
//! Every code there is, in order.
const QList<ExitCodeRow> &exitCodeTable();

//! The exit code of a failure.
ExitCode exitCodeOf(const Error &error);

} // namespace Countersign::Cli
