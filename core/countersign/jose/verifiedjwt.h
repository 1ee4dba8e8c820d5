// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/unverifiedjwt.h>

namespace Countersign::Jose {

//! A JWT whose signature and claims passed every rule of a JwtValidator. There is no other way to obtain one.
class COUNTERSIGN_EXPORT VerifiedJwt
{
public:
    const JsonObject &header() const { return m_token.header(); }
    const JsonObject &claims() const { return m_token.claims(); }
    QByteArrayView compact() const { return m_token.compact(); }
    //! What verified the signature.
    Algorithm algorithm() const { return m_algorithm; }
    //! Of the key used; empty if it has none.
    const QString &keyId() const { return m_keyId; }

    QString issuer() const { return claims().string("iss").value_or(QString()); }
    QString subject() const { return claims().string("sub").value_or(QString()); }
    std::optional<QDateTime> issuedAt() const { return claims().time("iat"); }
    std::optional<QDateTime> expiresAt() const { return claims().time("exp"); }

    friend bool operator==(const VerifiedJwt &, const VerifiedJwt &) = default;

private:
    friend class JwtValidator;
    VerifiedJwt(UnverifiedJwt token, Algorithm algorithm, QString keyId)
        : m_token(std::move(token)), m_algorithm(algorithm), m_keyId(std::move(keyId))
    {
    }

    UnverifiedJwt m_token;
    Algorithm m_algorithm;
    QString m_keyId;
};

} // namespace Countersign::Jose
