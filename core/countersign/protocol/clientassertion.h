// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/crypto/certificate.h>
#include <countersign/jose/jwk.h>
#include <countersign/model/authority.h>

#include <chrono>

namespace Countersign::Protocol {

struct ProviderMetadata;

//! What a client signs with to prove itself, and how the provider finds the other half of it. Copies share the key.
//!
//! Spec: RFC 7523 §2.2, RFC 7515 §4.1.
struct ClientAssertionKey
{
    Jose::Jwk key; //!< private; its own key id is sent as "kid"
    QByteArray sha1Thumbprint; //!< of the certificate, raw; empty: not known
    QByteArray sha256Thumbprint; //!< the same
    QStringList certificates; //!< sent as "x5c": base64 DER, the leaf first; empty: not sent
};

//! \p key named by \p certificate; \p chain goes along with it when \p sendsCertificates.
//!
//! Errors: InvalidArgument when the certificate is that of another key, or the key is public; those of
//!         Certificate::publicKey().
[[nodiscard]] COUNTERSIGN_EXPORT Result<ClientAssertionKey> makeAssertionKey(const AsymmetricKey &key,
                                                                             const Certificate &certificate,
                                                                             const QList<Certificate> &chain = {},
                                                                             bool sendsCertificates = false);

//! What a file holds that proves a client: PEM with a private key and its certificate in any order, further
//! certificates behind it; or PKCS#12. A file without a certificate gives a key alone, which providers know by a JWKS.
//!
//! Errors: InvalidArgument, cause PassphraseWrong if the passphrase does not open the key.
//! Secrets: no error quotes the file.
[[nodiscard]] COUNTERSIGN_EXPORT Result<ClientAssertionKey>
readAssertionKey(QByteArrayView file, const Secret &passphrase, bool sendsCertificates = false);

//! Whom an assertion is for.
enum class AssertionAudience : quint8 {
    Automatic, //!< Microsoft: the token endpoint; anybody else: the issuer
    TokenEndpoint,
    Issuer,
};

struct ClientAssertionRequest
{
    ClientId clientId;
    const Authority &authority;
    const ProviderMetadata &metadata;
    AssertionAudience audience = AssertionAudience::Automatic;
    QDateTime at;
};

//! For how long one is good. Each is sent once.
inline constexpr std::chrono::minutes assertionLifetime{10};

//! A JWT by which the client proves itself, signed for one request: issuer and subject are the client, with a random
//! identifier that is never used again.
//!
//! Entra takes PS256 and the SHA-256 thumbprint, or RS256 with the SHA-1 one where nothing else is known; ADFS takes
//! RS256 with the SHA-1 thumbprint; anybody else the best algorithm that both the provider's metadata and the key name.
//!
//! Errors: NotSupported when the provider takes no algorithm that the key can do; InvalidArgument when a thumbprint
//!         that Microsoft wants is not known.
//! Spec:   RFC 7523 §3, OpenID Connect Core §9; contract C34, but with a new assertion each time, because providers
//!         refuse one that they have seen (RFC 7523 §3 no. 7).
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret>
signClientAssertion(const ClientAssertionKey &key, const ClientAssertionRequest &request, RandomSource &random);

} // namespace Countersign::Protocol
