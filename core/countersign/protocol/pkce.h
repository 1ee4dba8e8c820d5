// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>

namespace Countersign::Protocol {

//! Proof Key for Code Exchange, method S256; "plain" does not exist here. Spec: RFC 7636 §4.1, §4.2.
struct Pkce
{
    Secret verifier; //!< 43 characters, 256 bits
    QByteArray challenge;
};
[[nodiscard]] COUNTERSIGN_EXPORT Pkce makePkce(RandomSource &random);
//! base64url(SHA-256(verifier)). Spec: RFC 7636 §4.2.
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray codeChallenge(const Secret &verifier);

//! \p byteCount random bytes as base64url: for state and nonce.
[[nodiscard]] COUNTERSIGN_EXPORT Secret makeRandomText(RandomSource &random, qsizetype byteCount = 32);

//! What is sent as nonce: the lower-case hexadecimal SHA-256 of the raw one, which never leaves the process. MSAL's
//! construction (contract C25).
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray nonceOnTheWire(const Secret &rawNonce);

} // namespace Countersign::Protocol
