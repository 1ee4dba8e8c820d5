// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/checkreport.h>
#include <countersign/jose/jwkset.h>
#include <countersign/jose/jwtrules.h>
#include <countersign/jose/verifiedjwt.h>

namespace Countersign::Jose {

//! A validation with every rule that was held against the token.
struct JwtValidation
{
    Result<VerifiedJwt> result;
    CheckReport report;
};

//! Decides whether a JWT is believed. The only maker of VerifiedJwt.
//!
//! The token's own "jwk", "jku", "x5u" and "x5c" never give trust; only proofs (DPoP, signed HTTP request) are verified
//! with the key they carry, because showing possession of it is what they are for.
//!
//! Thread: every const function may be called from any thread.
//! Spec:   OIDC Core §3.1.3.7, RFC 7519 §7.2, RFC 8725.
class COUNTERSIGN_EXPORT JwtValidator
{
public:
    explicit JwtValidator(JwtRules rules);

    const JwtRules &rules() const { return m_rules; }

    //! The token to validate: decrypted first if the rules name a registered encryption, else just parsed.
    //!
    //! Errors: as UnverifiedJwt::decrypt() or parse().
    [[nodiscard]] Result<UnverifiedJwt> open(QByteArrayView compact) const;

    //! Stops at the first rule that fails: signature and key, then who and for whom, then time, then policy.
    //!
    //! Errors: SecurityCheckFailed with cause SignatureInvalid, KeyNotFound, IssuerMismatch, AudienceMismatch,
    //!         NonceMismatch, HashMismatch, TokenTime or PolicyFailed, and the comparison; InvalidResponse, cause
    //!         TokenMalformed, for a claim of the wrong type; InvalidArgument when the rules lack an expectation.
    [[nodiscard]] Result<VerifiedJwt> validate(const UnverifiedJwt &token, const JwkSet &keys,
                                               const QDateTime &at) const;
    //! Opens it first. A QByteArray is shared, not copied.
    [[nodiscard]] Result<VerifiedJwt> validate(QByteArrayView compact, const JwkSet &keys, const QDateTime &at) const;
    [[nodiscard]] Result<VerifiedJwt> validate(const QByteArray &compact, const JwkSet &keys,
                                               const QDateTime &at) const;
    //! Holds every rule against the token, whatever fails, for showing.
    [[nodiscard]] JwtValidation examine(const UnverifiedJwt &token, const JwkSet &keys, const QDateTime &at) const;

private:
    Result<VerifiedJwt> decide(Result<UnverifiedJwt> token, const JwkSet &keys, const QDateTime &at) const;

    JwtRules m_rules;
};

} // namespace Countersign::Jose
