// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The corpus of attacks and malformations: one list of generators that the validator, the decryption and the inspector
// are all held against, each attack under its number.
#pragma once

#include <countersign/jose/base64url.h>
#include <countersign/jose/jws.h>
#include <countersign/jose/jwtvalidator.h>

#include <QtCore/QTimeZone>

#include <functional>

namespace Countersign::Jose::Attacks {

//! One attack: what is shown to the inspector, and whether what should refuse it believes it.
struct Attack
{
    int row = 0; //!< of the attack list, 1 to 45
    QByteArray name;
    QByteArray text; //!< the token, or the document that carries the attack
    std::function<bool()> isBelieved;
    QString warning = {}; //!< that the inspector has to name; empty: nothing can be seen without the keys
    bool shouldBeBelieved = false; //!< what only looks like an attack, or is one on the display alone
};

using List = QList<Attack>;

// By what they attack; attacks() is all of them.
List onSignatures();
List onKeys();
List onText();
List onClaims();
List onEncryption();
inline List attacks()
{
    return onSignatures() + onKeys() + onText() + onClaims() + onEncryption();
}

// What the victims are: a fixed time, one provider, one client, one key of each kind that lasts as long as the process.
inline constexpr qint64 now = 1700000000;
inline QDateTime clock()
{
    return QDateTime::fromSecsSinceEpoch(now, QTimeZone::utc());
}
const Jwk &keyOf(JwkKind kind);
JwkSet publicSet(const QList<Jwk> &keys);
//! The provider's set: one RSA, one P-256 and one Ed25519 key.
JwkSet providerKeys();
//! Of an ID token without nonce, every asymmetric algorithm allowed.
JwtRules idTokenRules();
QByteArray soundClaims();
//! soundClaims() with one member more, or with one replaced.
QByteArray claimsWith(const QByteArray &member);
QByteArray claimsWithout(const QByteArray &name);

//! header '.' payload '.' with whatever signature \p algorithm and \p key give for it: signers refuse some of these.
QByteArray forged(const QByteArray &header, const QByteArray &payload, Algorithm algorithm, const Jwk &key);
//! header '.' payload '.' signature, encoded.
QByteArray assembled(const QByteArray &header, const QByteArray &payload, const QByteArray &signature);
//! Signed as the provider signs, RS256, with \p members more in the header.
QByteArray signedWithHeader(const QByteArray &members, const QByteArray &payload = soundClaims());
QByteArray signedClaims(const QByteArray &payload);

//! Whether the validator believes \p token.
std::function<bool()> validated(const QByteArray &token, const JwtRules &rules = idTokenRules(),
                                const JwkSet &keys = providerKeys());

} // namespace Countersign::Jose::Attacks
