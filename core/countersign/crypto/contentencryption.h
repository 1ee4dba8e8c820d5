// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>

namespace Countersign {

//! Authenticated encryption with associated data. Spec: RFC 7518 §5.2, §5.3.
enum class ContentCipher : quint8 {
    Aes128CbcHmac256,
    Aes192CbcHmac384,
    Aes256CbcHmac512,
    Aes128Gcm,
    Aes192Gcm,
    Aes256Gcm,
};

//! Units: bytes.
struct ContentCipherSizes
{
    qsizetype key;
    qsizetype iv;
    qsizetype tag;
};
[[nodiscard]] COUNTERSIGN_EXPORT ContentCipherSizes sizesOf(ContentCipher cipher);

struct EncryptedContent
{
    QByteArray ciphertext;
    QByteArray tag;
};

//! \p iv must never be used twice with the same key.
//!
//! Errors: InvalidArgument if the key or the iv has the wrong size.
[[nodiscard]] COUNTERSIGN_EXPORT Result<EncryptedContent> encryptContent(ContentCipher cipher, const Secret &key,
                                                                         QByteArrayView iv,
                                                                         QByteArrayView associatedData,
                                                                         QByteArrayView plaintext);

//! Errors: SecurityCheckFailed, always in the same words, if anything does not fit: sizes, tag or padding.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret> decryptContent(ContentCipher cipher, const Secret &key,
                                                               QByteArrayView iv, QByteArrayView associatedData,
                                                               QByteArrayView ciphertext, QByteArrayView tag);

} // namespace Countersign
