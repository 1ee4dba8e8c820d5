// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/jwk.h>

#include <QtCore/QAnyStringView>
#include <QtCore/QVarLengthArray>

namespace Countersign::Jose {

//! What a token says about the key that it needs.
struct KeyQuery
{
    Algorithm algorithm = Algorithm::RS256;
    std::optional<QString> keyId; //!< absent: the token names none
};

//! Keys of a set; valid as long as the set lives and keeps its value.
using FittingKeys = QVarLengthArray<const Jwk *, 8>;

//! The keys that a provider publishes or a person supplies. Immutable value.
//!
//! What is not understood is skipped and remembered, never fatal; a set that mixes symmetric and asymmetric keys is
//! refused, because a public key must never be tried as a MAC secret beside it.
//!
//! Thread: every const function may be called from any thread.
//! Spec:   RFC 7517 §5.
class COUNTERSIGN_EXPORT JwkSet
{
public:
    struct Skipped
    {
        qsizetype index = 0;
        QString keyId;
        Error reason;
    };

    static constexpr qsizetype maximumKeys = 512;
    static constexpr qsizetype maximumBytes = 1024 * 1024;

    JwkSet() = default;
    explicit JwkSet(QList<Jwk> keys);

    //! Errors: InvalidResponse, cause KeySetInvalid, if it is no JWK set, exceeds the limits or mixes key kinds.
    [[nodiscard]] static Result<JwkSet> parse(QByteArrayView json);
    //! A JWK set, one JWK, or PEM: whatever a person has in a file.
    //!
    //! Of PEM every key counts; without one, the first certificate's. Other certificates are skipped: a chain names the
    //! leaf's issuers, and those sign no tokens.
    //!
    //! Errors: InvalidArgument if there is no key, cause PassphraseWrong if one is encrypted and \p passphrase does not
    //!         open it; SecurityCheckFailed if the only one is weak.
    [[nodiscard]] static Result<JwkSet> fromFile(QByteArrayView content, const Secret &passphrase = {});

    const QList<Jwk> &keys() const { return m_keys; }
    const QList<Skipped> &skipped() const { return m_skipped; }
    bool isEmpty() const { return m_keys.isEmpty(); }
    //! Private members in a set that should be public: the provider leaks its key.
    bool hasPrivateKeys() const;

    //! The one key that fits the query by kid, type, curve, size, use, key_ops and alg.
    //!
    //! Errors: SecurityCheckFailed, cause KeyNotFound, if none fits or several different ones do.
    [[nodiscard]] Result<Jwk> select(const KeyQuery &query, KeyPurpose purpose = KeyPurpose::Verify) const;
    //! All that fit, each different key once.
    QList<Jwk> candidates(const KeyQuery &query, KeyPurpose purpose = KeyPurpose::Verify) const;

    //! The same without copies, for who chooses a key for every token.
    FittingKeys fitting(Algorithm algorithm, std::optional<QAnyStringView> keyId, KeyPurpose purpose) const;

    //! Public members only.
    QByteArray toJson() const;

private:
    static Result<JwkSet> fromPem(QByteArrayView text, const Secret &passphrase);
    void addOnce(const Jwk &key);

    QList<Jwk> m_keys;
    QList<Skipped> m_skipped;
};

} // namespace Countersign::Jose
