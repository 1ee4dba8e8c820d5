// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/tokendocument.h>

namespace Countersign::Jose {

struct OpaqueGuess
{
    TokenKind kind = TokenKind::Opaque;
    QString provider;
    QString providerKind;
};

//! By the header's "typ" and the claims that only one kind has.
TokenKind classifyJwt(const JsonObject &header, const JsonObject &claims);
//! By prefix and alphabet.
OpaqueGuess classifyOpaque(QByteArrayView text);

//! What header and claims give reason to warn of.
QList<TokenWarning> warnOfHeader(const JsonObject &header, bool isEncrypted);
QList<TokenWarning> warnOfClaims(const JsonObject &claims, TokenKind kind);
//! What names and texts hide: direction overrides, invisible characters, markup, terminal escapes.
QList<TokenWarning> warnOfTexts(const JsonValue &root, const QString &part);

} // namespace Countersign::Jose
