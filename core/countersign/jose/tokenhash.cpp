// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/tokenhash.h>

#include <countersign/crypto/digest.h>
#include <countersign/jose/base64url.h>

namespace Countersign::Jose {

QByteArray tokenHash(QByteArrayView value, Algorithm algorithm, bool isEd448)
{
    constexpr qsizetype ed448Hash = 114;
    const bool isShake = algorithm == Algorithm::EdDSA && isEd448;
    const auto hashed = isShake ? shake256(value, ed448Hash) : digest(hash(algorithm), value);
    return encodeBase64Url(QByteArrayView(hashed).first(hashed.size() / 2));
}

} // namespace Countersign::Jose
