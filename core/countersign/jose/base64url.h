// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/countersign_export.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

#include <optional>

namespace Countersign::Jose {

//! Base64url without padding. Spec: RFC 7515 §2, RFC 4648 §5.
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray encodeBase64Url(QByteArrayView bytes);

//! Bytes from base64url, strictly: no padding, no foreign character (white space included), no length of 1 mod 4, and
//! the unused bits of the last character are zero, so that one value has one text.
//!
//! Errors: InvalidResponse, TokenMalformed, with the offset of what is wrong.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> decodeBase64Url(QByteArrayView text);

//! The same for key material: the bytes never lie in a shared buffer.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret> decodeBase64UrlSecret(QByteArrayView text);

//! How many bytes \p textSize characters of base64url stand for; no value when no text has that length.
[[nodiscard]] constexpr std::optional<qsizetype> base64UrlDecodedSize(qsizetype textSize)
{
    if (textSize % 4 == 1)
        return {};
    return textSize / 4 * 3 + (textSize % 4 * 3) / 4;
}

//! Decodes \p text into \p out, which has room for base64UrlDecodedSize() bytes. As strict as decodeBase64Url().
//! False when the text is refused; \p out then holds rubbish.
[[nodiscard]] COUNTERSIGN_EXPORT bool decodeBase64UrlInto(QByteArrayView text, char *out);

//! What a lenient decoder had to overlook.
struct Base64Problem
{
    enum class Kind : quint8 {
        Padding, //!< one or more '='
        StandardAlphabet, //!< '+' or '/'
        WhiteSpace,
        ForeignCharacter,
        TrailingBits, //!< the last character says more than the bytes need
        ImpossibleLength, //!< 1 mod 4 after skipping: the last character is dropped
    };
    Kind kind = Kind::ForeignCharacter;
    qsizetype offset = 0; //!< of the first occurrence
    qsizetype count = 1;

    friend bool operator==(const Base64Problem &, const Base64Problem &) = default;
};

//! The problem in snake_case, for example "standard_alphabet".
COUNTERSIGN_EXPORT QString identifier(Base64Problem::Kind kind);

struct LenientBase64
{
    QByteArray bytes;
    QList<Base64Problem> problems; //!< one a kind, in the order of their first occurrence

    bool isClean() const { return problems.isEmpty(); }
};

//! Whatever bytes can be had from \p text, and what was wrong with it. For showing to people, never for trust.
[[nodiscard]] COUNTERSIGN_EXPORT LenientBase64 decodeBase64UrlLeniently(QByteArrayView text);

} // namespace Countersign::Jose
