// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/digest.h>
#include <countersign/crypto/secret.h>

namespace Countersign {

//! AES Key Wrap with the initial value of the specification.
//!
//! Errors: InvalidArgument if \p wrappingKey has not 16, 24 or 32 bytes, or \p key is not a multiple of 8, at least 16.
//! Spec:   RFC 3394.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> wrapKey(const Secret &wrappingKey, const Secret &key);
//! Errors: SecurityCheckFailed.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret> unwrapKey(const Secret &wrappingKey, QByteArrayView wrapped);

//! \p size bytes (at most 64) of the Concat KDF with SHA-256, as ECDH-ES wants them.
//!
//! Spec: RFC 7518 §4.6.2, NIST SP 800-56A §5.8.1.
[[nodiscard]] COUNTERSIGN_EXPORT Secret deriveByConcatKdf(const Secret &sharedSecret, QByteArrayView algorithmId,
                                                          QByteArrayView partyUInfo, QByteArrayView partyVInfo,
                                                          qsizetype size);

//! Spec: RFC 8018 §5.2.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret> deriveByPbkdf2(HashAlgorithm hash, const Secret &password,
                                                               QByteArrayView salt, int iterations, qsizetype size);

} // namespace Countersign
