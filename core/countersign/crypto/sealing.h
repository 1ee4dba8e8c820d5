// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

namespace Countersign {

//! Units: bytes.
inline constexpr qsizetype sealingKeySize = 32;
inline constexpr qsizetype sealingOverhead = 12 + 16;

[[nodiscard]] COUNTERSIGN_EXPORT Secret makeSealingKey(RandomSource &random);

//! Encrypts and authenticates \p plaintext; \p associatedData is authenticated but not contained.
//!
//! Encoding: nonce (12 bytes, fresh), ciphertext, tag (16 bytes); sealingOverhead bytes longer than the plaintext.
//! Errors:   InvalidArgument if the key has another size than sealingKeySize or the data exceed 1 GiB.
//! Spec:     AES-256-GCM, NIST SP 800-38D.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> seal(const Secret &key, QByteArrayView plaintext,
                                                         QByteArrayView associatedData, RandomSource &random);

//! Undoes seal(). Nothing of a forged text is ever handed out.
//!
//! Errors: StorageDamaged if the key, the associated data or one bit of \p sealed differs from what was sealed.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret> unseal(const Secret &key, QByteArrayView sealed,
                                                       QByteArrayView associatedData);

//! The cost of one guess at a passphrase. Memory is about 128 · cost · blockSize bytes: 128 MiB by default.
//!
//! Spec: RFC 7914 §2.
struct ScryptCost
{
    quint64 cost = quint64{1} << 17; //!< N, a power of two
    quint32 blockSize = 8; //!< r
    quint32 parallelization = 1; //!< p

    //! What deriveSealingKey() accepts: at least 2^14·8 (a key that means something), at most 512 MiB (a foreign file
    //! must not exhaust the machine).
    COUNTERSIGN_EXPORT bool isAcceptable() const;
    friend bool operator==(const ScryptCost &, const ScryptCost &) = default;
};

inline constexpr qsizetype scryptSaltSize = 16;

//! A sealing key from a passphrase. Takes about half a second with the default cost: not for the GUI thread.
//!
//! Errors: InvalidArgument for an empty passphrase, a salt shorter than scryptSaltSize or an unacceptable cost.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret> deriveSealingKey(const Secret &passphrase, QByteArrayView salt,
                                                                 const ScryptCost &cost = {});

} // namespace Countersign
