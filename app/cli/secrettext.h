// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>

#include <initializer_list>

namespace Countersign::Cli {

// A growing byte array would leave copies of a secret behind.

//! \p parts one after the other.
Secret joined(std::initializer_list<QByteArrayView> parts);
//! \p text with \p prefix before and \p suffix after each of \p marks.
Secret escaped(const Secret &text, QByteArrayView marks, QByteArrayView prefix, QByteArrayView suffix);
//! With padding. Spec: RFC 4648 §4.
Secret inBase64(const Secret &text);

} // namespace Countersign::Cli
