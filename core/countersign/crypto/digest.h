// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace Countersign {

enum class HashAlgorithm : quint8 { Sha1, Sha256, Sha384, Sha512 };

//! Units: bytes.
[[nodiscard]] COUNTERSIGN_EXPORT qsizetype digestSize(HashAlgorithm hash);

[[nodiscard]] COUNTERSIGN_EXPORT QByteArray digest(HashAlgorithm hash, QByteArrayView data);

//! \p size bytes of SHAKE256: what Ed448 uses as its hash. Spec: FIPS 202, RFC 8032 §5.2.
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray shake256(QByteArrayView data, qsizetype size);

//! The message authentication code of \p data. Compare with equalInConstantTime(), or use verifyHmac().
//!
//! Spec: RFC 2104.
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray hmac(HashAlgorithm hash, QByteArrayView key, QByteArrayView data);
[[nodiscard]] COUNTERSIGN_EXPORT bool verifyHmac(HashAlgorithm hash, QByteArrayView key, QByteArrayView data,
                                                 QByteArrayView mac);

} // namespace Countersign
