// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <chrono>
#include <functional>

namespace Countersign::App {

//! A program of ours that does one thing and ends.
struct HelperCall
{
    QString program;
    QStringList arguments = {};
    QByteArray input = {}; //!< its standard input, which ends with it
    std::chrono::milliseconds deadline; //!< the program gives itself less
};

//! How it ended.
struct HelperEnd
{
    enum class Kind {
        Exited,
        Crashed,
        NotStarted, //!< there is no such program, or it may not be started
        TooLate,
    };
    Kind kind = Kind::Exited;
    int code = 0;
    QByteArray output = {};
    QByteArray errors = {}; //!< its standard error
};

//! Calls \p handler once, later, unless \p context is gone by then; with \p context the program ends.
void runHelper(const HelperCall &call, QObject *context, std::function<void(HelperEnd end)> handler);

} // namespace Countersign::App
