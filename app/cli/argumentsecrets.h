// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>

#include <QtCore/QStringList>

#include <optional>

namespace Countersign::Cli {

// The arguments of a program can be read by every user of the computer in the list of processes.

//! Why \p arguments are not even parsed: an option that asks for a secret, a key, or an address with a password. What
//! comes after "--" is another program's.
std::optional<Error> refusedSecret(const QStringList &arguments);

//! Whether a word should not be written again: a token in place of a file's name, for example.
bool mayBeSecret(const QString &word);

//! Whether \p word is a signed or encrypted token. Spec: RFC 7515 §3.1, RFC 7516 §3.1.
bool isCompactToken(const QString &word);

} // namespace Countersign::Cli
