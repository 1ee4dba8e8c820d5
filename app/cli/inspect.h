// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include "commandline.h"

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>

namespace Countersign::Cli {

//! What a verb writes to standard output.
struct Payload
{
    QByteArray text;
};

//! Reads what the person named: the word itself, @file, or - for standard input.
//!
//! Errors: InvalidArgument if the file cannot be read or is larger than the inspector takes.
Result<QByteArray> readInput(const QString &word);

//! Decodes every token found in \p input and says what is in it. Never verifies, never touches the network.
//!
//! Errors: InvalidResponse, TokenMalformed, if there is nothing like a token.
Result<Payload> inspect(const QByteArray &input, const InspectOptions &options, OutputFormat format,
                        const QDateTime &at);

} // namespace Countersign::Cli
