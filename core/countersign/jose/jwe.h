// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/jose/jwkset.h>

namespace Countersign::Jose {

enum class JweForm : quint8 { Compact, Flattened, General };

//! What a caller allows when it decrypts. The dangerous is off.
struct JweRules
{
    bool allowRsa1_5 = false; //!< padding oracles (RFC 8725 §3.2)
    bool allowDecompression = false; //!< zip bombs; capped by size and ratio even then
    bool allowPassword = false; //!< PBES2: the sender chooses how long we compute; only for what a person supplied
    QStringList understood; //!< names of header extensions that the caller processes itself

    static constexpr qsizetype maximumInflated = 256 * 1024;
    static constexpr qsizetype maximumRatio = 10;
    static constexpr qint64 minimumPasswordCount = 1000;
    static constexpr qint64 maximumPasswordCount = 600000;
};

//! Decrypted, and by that not yet authenticated: whoever has the public key can encrypt.
struct DecryptedJwe
{
    Secret plaintext;
    QByteArray protectedHeader; //!< JSON; empty if there was none
    KeyManagement keyManagement = KeyManagement::Direct;
    ContentEncryption encryption = ContentEncryption::A128Gcm;
    QString keyId; //!< of the key used; may be empty
    std::optional<Jwk> key; //!< that key
};

//! Decrypts a JWE of any form with the keys that fit.
//!
//! Errors: InvalidArgument, cause TokenMalformed, if \p token is no JWE; SecurityCheckFailed for all that went wrong
//! with
//!         keys, tags and paddings, in one sentence that does not tell which.
//! Spec:   RFC 7516 §5.2, RFC 7518 §4 and §5, RFC 8725.
[[nodiscard]] COUNTERSIGN_EXPORT Result<DecryptedJwe> decryptJwe(QByteArrayView token, const JwkSet &keys,
                                                                 const JweRules &rules = {});

struct EncryptionHeader
{
    KeyManagement keyManagement = KeyManagement::RsaOaep256;
    ContentEncryption encryption = ContentEncryption::A256Gcm;
    QString type; //!< "typ"; left out when empty
    QString contentType; //!< "cty"; "JWT" for a nested token
    QString keyId; //!< "kid"; left out when empty
    QByteArray partyUInfo; //!< "apu", raw
    QByteArray partyVInfo; //!< "apv", raw
    qint64 passwordCount = 600000; //!< "p2c"
    bool compress = false; //!< "zip"
};

[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray>
encryptCompact(const EncryptionHeader &header, QByteArrayView plaintext, const Jwk &key, RandomSource &random);

//! A JWE in JSON, Flattened (one recipient) or General.
//!
//! "enc" (and "zip") of the first header count for all; "alg" and "kid" are each recipient's.
struct JweRecipient
{
    EncryptionHeader header;
    Jwk key;
};
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> encryptJson(JweForm form, const QList<JweRecipient> &recipients,
                                                                QByteArrayView plaintext, QByteArrayView associatedData,
                                                                RandomSource &random);

} // namespace Countersign::Jose
