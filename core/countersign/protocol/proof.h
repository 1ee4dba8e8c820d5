// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>
#include <countersign/jose/jwk.h>

#include <QtCore/QDateTime>
#include <QtCore/QUrl>

namespace Countersign::Protocol {

//! How a token is tied to a key, so that whoever steals it can do nothing with it.
enum class ProofScheme : quint8 {
    Dpop, //!< Spec: RFC 9449
    SignedHttpRequest, //!< Microsoft's PoP: the token travels within the proof
};
//! "dpop" and "pop": as the cache and scripts spell it.
COUNTERSIGN_EXPORT QString identifier(ProofScheme scheme);
//! What has to be made for it: P-256 and RSA.
COUNTERSIGN_EXPORT Jose::JwkKind keyKindFor(ProofScheme scheme);

//! One HTTP request, and how the key is to be proved with it. A proof is for this request and no other.
struct ProofOfPossession
{
    ProofScheme scheme = ProofScheme::Dpop;
    QByteArray method; //!< as it is sent, letter by letter (RFC 9110 §9.1)
    QUrl url; //!< https, or http on loopback; a query may be there, but is not signed
    QByteArray nonce; //!< that the API demanded (`DPoP-Nonce`, or `nonce` of its challenge); usually empty

    friend bool operator==(const ProofOfPossession &, const ProofOfPossession &) = default;
};

//! Errors: InvalidArgument for a method that is no token of RFC 9110, an address with user info or a fragment, on
//!         another scheme or without a host, and a nonce with characters that none has.
[[nodiscard]] COUNTERSIGN_EXPORT Result<void> checkProof(const ProofOfPossession &wanted);

//! What makes two proofs for the same request different.
struct ProofStamp
{
    QDateTime at;
    QByteArray id; //!< never used before: 96 random bits or more, in base64url (RFC 9449 §4.2)
};

//! The value of the DPoP field. \p accessToken is that of the request; empty for the token endpoint, where there is
//! none yet.
//!
//! Errors: those of checkProof() and Jose::signCompact().
//! Spec:   RFC 9449 §4.2.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> signDpopProof(const ProofOfPossession &request,
                                                                  const Secret &accessToken, const ProofStamp &stamp,
                                                                  const Jose::Jwk &key);

//! What stands behind "PoP " in the Authorization field: \p accessToken within a signed request, as MSAL.NET lays it
//! out. The query is not signed.
//!
//! Secrets: holds the access token.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret> signHttpRequest(const ProofOfPossession &request,
                                                                const Secret &accessToken, const ProofStamp &stamp,
                                                                const Jose::Jwk &key);
//! The parameter `req_cnf` that asks Microsoft to bind a token to \p key.
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray requestedConfirmation(const Jose::Jwk &key);

//! A nonce that a server gave in a `DPoP-Nonce` field. No value for one with forbidden characters or longer than a
//! kilobyte. Spec: RFC 9449 §8.1.
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<QByteArray> parseProofNonce(QByteArrayView field);

} // namespace Countersign::Protocol
