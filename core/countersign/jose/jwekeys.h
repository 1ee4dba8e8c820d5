// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: how a content encryption key reaches a recipient and is taken out again.
#pragma once

#include <countersign/crypto/contentencryption.h>
#include <countersign/jose/joseheader.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jwe.h>

namespace Countersign::Jose {

inline ContentCipher cipherOf(ContentEncryption encryption)
{
    return static_cast<ContentCipher>(encryption); // the enumerators stand in the same order
}
static_assert(static_cast<int>(ContentEncryption::A256CbcHs512) == static_cast<int>(ContentCipher::Aes256CbcHmac512));
static_assert(static_cast<int>(ContentEncryption::A256Gcm) == static_cast<int>(ContentCipher::Aes256Gcm));

//! Whether \p key is of the kind and size that \p algorithm needs, and its own members permit it.
bool fits(const Jwk &key, KeyManagement algorithm, ContentEncryption encryption, KeyPurpose purpose);

struct KeyRequest
{
    const JoseHeader &header;
    KeyManagement algorithm;
    ContentEncryption encryption;
    QByteArrayView encryptedKey;
};

//! The content encryption key for the holder of \p key.
//!
//! Errors: SecurityCheckFailed. Callers do not tell people which part failed.
[[nodiscard]] Result<Secret> recoverKey(const KeyRequest &request, const Jwk &key);

//! What a header has to be for a key to be looked for at all. Spec: RFC 7518 §4.8.1.2, security rule D.1 row 34.
[[nodiscard]] Result<void> checkPasswordCount(const JoseHeader &header);

//! A recipient's share: the header members that the algorithm adds are written to \p json.
struct SentKey
{
    Secret contentKey;
    QByteArray encryptedKey;
};

//! Makes the content encryption key where \p algorithm fixes it, or wraps \p shared.
[[nodiscard]] Result<SentKey> sendKey(const EncryptionHeader &header, const Jwk &key, const Secret &shared,
                                      RandomSource &random, JsonWriter &json);

//! Whether the algorithm itself decides the content encryption key, so that there can be only one recipient.
bool decidesContentKey(KeyManagement algorithm);

} // namespace Countersign::Jose
