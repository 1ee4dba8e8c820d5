// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: what a Jwk holds and how it is read.
#pragma once

#include <countersign/jose/json.h>
#include <countersign/jose/jwk.h>

namespace Countersign::Jose {

struct JwkData
{
    QLatin1String type;
    QLatin1String curve;
    QString keyId;
    QString algorithm;
    QString issuer;
    KeyUse use = KeyUse::Unspecified;
    //! "use" had a value that is not registered: the key is for something unknown here.
    bool hasForeignUse = false;
    std::optional<QStringList> operations; //!< absent is not the same as empty: an empty list permits nothing
    bool hasCertificates = false;
    std::optional<AsymmetricKey> key;
    Secret secret;

    // Derived by finish(), because they are asked with every token.
    Algorithms forSigning;
    Algorithms forVerifying;
    QByteArray thumbprint; // SHA-256

    //! The same members, for a Jwk that differs in one of them.
    JwkData clone() const;
    bool allows(std::initializer_list<QLatin1String> anyOf, KeyUse wanted) const;
    //! The required members in lexicographic order. Spec: RFC 7638 §3.2.
    Secret thumbprintInput() const;

    //! Derives what follows from the members and makes the key immutable.
    static Jwk finish(JwkData data);
    static const JwkData &of(const Jwk &key) { return *key.m_data; }
    [[nodiscard]] static Result<Jwk> read(const JsonObject &json);
};

//! "kty" and "crv" of a key.
std::pair<QLatin1String, QLatin1String> typeAndCurve(KeyType type);

} // namespace Countersign::Jose
