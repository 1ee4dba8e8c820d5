// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/jwkset.h>
#include <countersign/jose/jwtrules.h>
#include <countersign/jose/verifiedjwt.h>

namespace Countersign::Jose {

//! MSAL Python's `decode_part`: one part of a token as bytes. Padding may be there or not; the standard alphabet and
//! illegal characters pass, as they do there. For showing; nothing that is trusted goes this way.
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray decodePart(QByteArrayView raw);
//! The same as text. Errors: InvalidResponse if the bytes are no UTF-8.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QString> decodePartAsText(QByteArrayView raw);

//! An ID token as decodeIdToken() gives it, with what was wrong with its times.
struct DecodedIdToken
{
    VerifiedJwt token;
    QStringList timeWarnings; //!< English
};

//! MSAL Python's `decode_id_token` with its parameters: \p issuer and \p nonce are compared only when given.
//!
//! As in MSAL, an expired or not yet valid token is accepted with a warning and a wrong audience is refused. Unlike
//! MSAL, a wrong issuer, an unsigned token and a broken signature are refused as well, and the keys are needed for it.
[[nodiscard]] COUNTERSIGN_EXPORT Result<DecodedIdToken>
decodeIdToken(QByteArrayView idToken, const JwkSet &keys, const QDateTime &now, const QString &clientId = {},
              const IssuerRule &issuer = {}, const std::optional<QString> &nonce = {});

} // namespace Countersign::Jose
