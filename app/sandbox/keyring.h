// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/asymmetrickey.h>
#include <countersign/jose/algorithm.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

#include <optional>

namespace CountersignSandbox {

//! The sandbox's signing keys: one RSA, one P-256. Made at start, never written anywhere.
class KeyRing
{
public:
    KeyRing() { rotate(); }

    //! New keys under new names; the old ones are published no longer.
    void rotate();
    //! The public keys, as they stand in the key set.
    QJsonArray published() const;
    QString keyId(Countersign::Jose::Algorithm algorithm) const;

    //! A compact JWS over exactly this header and payload, whatever the header says.
    //!
    //! \p sharedSecret is the key of the HS algorithms; the public RSA key stands in when it is empty, as in the attack
    //! that passes one off as a secret.
    QByteArray sign(Countersign::Jose::Algorithm algorithm, const QJsonObject &header, const QByteArray &payload,
                    const QString &sharedSecret = {}) const;
    //! The same with a key that is not published.
    static QByteArray signWithForeignKey(Countersign::Jose::Algorithm algorithm, const QJsonObject &header,
                                         const QByteArray &payload);
    //! Header and payload with an empty signature.
    static QByteArray unsecured(const QJsonObject &header, const QByteArray &payload);

private:
    struct NamedKey
    {
        Countersign::AsymmetricKey key;
        QString id;
    };
    const NamedKey &keyFor(Countersign::Jose::Algorithm algorithm) const;

    std::optional<NamedKey> m_rsa;
    std::optional<NamedKey> m_ec;
};

//! Base64url without padding.
QByteArray base64Url(const QByteArray &bytes);
//! Compact JSON of claims and headers.
QByteArray compactJson(const QJsonObject &object);
//! A public key that nobody uses, without kid and alg, to stand in key sets as a decoy.
QJsonObject decoyKey(Countersign::KeyType type);

} // namespace CountersignSandbox
