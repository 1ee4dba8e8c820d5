// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: the compression of JWE.
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

namespace Countersign::Jose {

//! Raw DEFLATE. Spec: RFC 1951.
[[nodiscard]] Result<Secret> deflate(QByteArrayView data);

//! Undoes it. Stops as soon as the result would exceed \p maximumSize or \p maximumRatio times \p data.
//!
//! Errors: SecurityCheckFailed.
[[nodiscard]] Result<Secret> inflate(QByteArrayView data, qsizetype maximumSize, qsizetype maximumRatio);

} // namespace Countersign::Jose
