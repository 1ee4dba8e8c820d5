// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: what a keychain item and a sealed file look like, as bytes.
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/base/result.h>
#include <countersign/crypto/sealing.h>
#include <countersign/crypto/secret.h>

namespace Countersign {

//! The keychain's item: the document itself, or the key to the sealed file beside it.
struct StoreEnvelope
{
    enum class Form : quint8 { Document = 1, Key = 2 };
    Form form = Form::Document;
    quint64 generation = 0; //!< of the document; of a key when it was made
    QByteArray storeId; //!< 16 bytes, only with a key
    Secret payload; //!< the document, or 32 bytes

    //! Encoding: "CSGN", version 1, form, generation (big endian), store id, payload, SHA-256 of all before.
    Secret encode() const;
    //! Errors: StorageDamaged; NotSupported for a later version.
    [[nodiscard]] static Result<StoreEnvelope> parse(QByteArrayView bytes);
};

inline constexpr qsizetype storeIdSize = 16;

//! The head of a sealed file. All of it is associated data of the seal.
struct SealedHeader
{
    bool hasPassphrase = false;
    ScryptCost cost;
    QByteArray salt = QByteArray(scryptSaltSize, '\0');
    QByteArray storeId = QByteArray(storeIdSize, '\0');
    quint64 generation = 0;

    static constexpr qsizetype size = 4 + 1 + 1 + 8 + 4 + 4 + scryptSaltSize + storeIdSize + 8;
    QByteArray encode() const;
    //! Errors: StorageDamaged; NotSupported for a later version.
    [[nodiscard]] static Result<SealedHeader> parse(QByteArrayView file);
};

} // namespace Countersign
