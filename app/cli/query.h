// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>
#include <countersign/jose/json.h>

namespace Countersign::Cli {

//! What our own answers may cost to read: the input of `inspect`, decoded, and then some.
inline constexpr Jose::JsonLimits answerLimits{
    .maximumSize = 64 * 1024 * 1024, .maximumDepth = 64, .maximumValues = 10'000'000};

//! The member of \p json that \p path names: names joined by dots, positions in brackets, for example "a.b[0].c". A
//! string comes without its quotes, everything else as JSON.
//!
//! Errors: InvalidArgument naming what is not there and the nearest member that is.
[[nodiscard]] Result<Secret> query(QByteArrayView json, const QString &path);

} // namespace Countersign::Cli
