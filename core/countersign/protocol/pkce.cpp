// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/pkce.h>

#include <countersign/crypto/digest.h>
#include <countersign/jose/base64url.h>

namespace Countersign::Protocol {

Secret makeRandomText(RandomSource &random, qsizetype byteCount)
{
    Secret bytes = Secret::ofSize(byteCount);
    random.fill(bytes.writable());
    return Secret(Jose::encodeBase64Url(bytes.reveal()));
}

QByteArray codeChallenge(const Secret &verifier)
{
    return Jose::encodeBase64Url(digest(HashAlgorithm::Sha256, verifier.reveal()));
}

Pkce makePkce(RandomSource &random)
{
    Pkce pkce;
    // RFC 7636 §4.1: 32 octets make a verifier of 43 characters.
    pkce.verifier = makeRandomText(random, 32);
    pkce.challenge = codeChallenge(pkce.verifier);
    return pkce;
}

QByteArray nonceOnTheWire(const Secret &rawNonce)
{
    return digest(HashAlgorithm::Sha256, rawNonce.reveal()).toHex();
}

} // namespace Countersign::Protocol
