// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/json.h>
#include <countersign/jose/jwkset.h>

namespace Countersign::Jose {

//! What goes into a protected header, for those who make tokens.
struct SigningHeader
{
    Algorithm algorithm = Algorithm::RS256;
    QString type; //!< "typ"; left out when empty
    QString keyId; //!< "kid"; left out when empty
    JsonObject others; //!< further members, for example "jwk" or "x5t#S256"
};

//! A compact JWS over \p payload, signed by \p key.
//!
//! Errors: InvalidArgument if the key does not fit the algorithm.
//! Spec:   RFC 7515 §5.1, §7.1.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> signCompact(const SigningHeader &header, QByteArrayView payload,
                                                                const Jwk &key);
//! The same with the protected header's JSON as it is to be signed, byte by byte; its "alg" decides.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> signCompact(QByteArrayView protectedHeader, QByteArrayView payload,
                                                                const Jwk &key);

enum class JwsForm : quint8 { Compact, Flattened, General };

//! One signature to make.
struct JwsSigner
{
    QByteArray protectedHeader; //!< JSON, byte by byte; may be empty if the unprotected header has "alg"
    QByteArray unprotectedHeader; //!< JSON; may be empty
    Jwk key;
};

//! A JWS in JSON over \p payload. General with one or several signers; Flattened with exactly one.
//!
//! \p detached leaves the payload out (RFC 7515 Appendix F).
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> signJson(JwsForm form, const QList<JwsSigner> &signers,
                                                             QByteArrayView payload, bool detached = false);

//! What a caller insists on when it verifies.
struct JwsRules
{
    Algorithms allowed = Algorithms::all();
    //! Names of header extensions that the caller processes itself. "b64" is understood here (RFC 7797).
    QStringList understood;
    //! A detached payload; only for a JWS whose own is absent or empty.
    std::optional<QByteArray> detachedPayload;
    bool allowUnencodedPayload = true; //!< b64:false with crit; never for a JWT
    bool requireEverySignature = false; //!< of a general JWS; else one is enough
};

struct VerifiedJws
{
    QByteArray payload;
    QByteArray protectedHeader; //!< JSON of the signature that verified
    Algorithm algorithm = Algorithm::RS256;
    QString keyId; //!< of the key used; may be empty
    std::optional<Jwk> key; //!< that key
};

//! Verifies a JWS of any form with \p keys. Keys in the header (jwk, jku, x5u, x5c) are never used.
//!
//! Errors: InvalidArgument, cause TokenMalformed, if \p token is no JWS; SecurityCheckFailed if it is one that must not
//! be
//!         believed.
//! Spec:   RFC 7515 §5.2, RFC 7797, RFC 8725.
[[nodiscard]] COUNTERSIGN_EXPORT Result<VerifiedJws> verifyJws(QByteArrayView token, const JwkSet &keys,
                                                               const JwsRules &rules = {});

} // namespace Countersign::Jose
