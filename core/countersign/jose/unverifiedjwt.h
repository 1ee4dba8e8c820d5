// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/algorithm.h>
#include <countersign/jose/json.h>

#include <optional>

namespace Countersign::Jose {

struct JwtEncryption;

//! A signed JWT in compact form that is well formed, and nothing more: believe none of it. A VerifiedJwt is another
//! type and only JwtValidator makes one.
//!
//! Strict: three parts of canonical base64url; header and claims are JSON objects without duplicate names; "alg" is a
//! string; a BOM, invalid UTF-8, lone surrogates and the like are refused. For broken tokens see TokenDocument.
//!
//! Spec: RFC 7515 §7.1, RFC 7519 §7.2, RFC 8725 §3.
class COUNTERSIGN_EXPORT UnverifiedJwt
{
public:
    //! Units: bytes. Larger ones are refused before anything is decoded.
    static constexpr qsizetype maximumSize = 64 * 1024;

    //! Errors: InvalidResponse, cause TokenMalformed, naming the part and the offset in it.
    [[nodiscard]] static Result<UnverifiedJwt> parse(QByteArrayView compact);
    //! The same without a copy.
    [[nodiscard]] static Result<UnverifiedJwt> parse(QByteArray compact);

    //! The signed token inside an encrypted one; believed as little as any other (security rule B.73).
    //!
    //! Strict: one that is not encrypted is refused, and so is one that is encrypted in another way than was
    //! registered, or whose "cty" does not say that a JWT is inside.
    //!
    //! Errors: SecurityCheckFailed, cause PolicyFailed, for what was not registered; else as decryptJwe() and parse().
    //! Spec:   RFC 7519 §5.2 and §7.2, OIDC Core §3.1.3.7 step 1 and §10.2.
    [[nodiscard]] static Result<UnverifiedJwt> decrypt(QByteArrayView compact, const JwtEncryption &registered);

    const JsonObject &header() const { return m_header; }
    const JsonObject &claims() const { return m_claims; }
    //! The encoded header and claims with the dot between them: what was signed.
    QByteArrayView signingInput() const { return QByteArrayView(m_compact).first(m_signingInputSize); }
    QByteArrayView signature() const { return m_signature; }
    QByteArrayView compact() const { return m_compact; }

    //! As written in the header.
    QString algorithmName() const { return m_header.string("alg").value_or(QString()); }
    //! No value for "none" and for what is unknown here.
    std::optional<Algorithm> algorithm() const;
    std::optional<QString> keyId() const { return m_header.string("kid"); }
    //! "typ" in lower case without "application/"; empty when absent. Spec: RFC 7515 §4.1.9.
    QByteArray type() const;

    //! Whether it lay in an encrypted token of the registered kind; see decrypt().
    bool wasEncrypted() const { return m_wasEncrypted; }

    friend bool operator==(const UnverifiedJwt &a, const UnverifiedJwt &b) { return a.m_compact == b.m_compact; }

private:
    UnverifiedJwt() = default;

    QByteArray m_compact;
    qsizetype m_signingInputSize = 0;
    QByteArray m_signature;
    JsonObject m_header;
    JsonObject m_claims;
    bool m_wasEncrypted = false;
};

} // namespace Countersign::Jose
