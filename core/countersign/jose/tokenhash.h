// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/algorithm.h>

namespace Countersign::Jose {

//! at_hash, c_hash or s_hash of \p value in a token with this \p algorithm: the left half of its hash as base64url.
//!
//! For EdDSA the curve of the key decides: \p isEd448 means SHAKE256 of 114 bytes (RFC 8032 §5.2.6) in place of
//! SHA-512.
//! Spec: OpenID Connect Core 1.0 §3.1.3.6, §3.3.2.11.
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray tokenHash(QByteArrayView value, Algorithm algorithm, bool isEd448 = false);

} // namespace Countersign::Jose
