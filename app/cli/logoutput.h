// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Countersign::Cli {

enum class LogFormat : unsigned char {
    Text, //!< a line for people, without the control characters that a terminal would obey
    Json, //!< one object countersign.log/1 a line
};

//! Sends every log message of the process to standard error. Before installRedactingLogSink(), which stands in front.
void installLogOutput();
void setLogFormat(LogFormat format);

} // namespace Countersign::Cli
