// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/jwtvalidator.h>
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/tokenpolicy.h>

#include <optional>

namespace Countersign::Desktop {

//! What a person expects of a token.
struct Expectations
{
    //! None: the validator knows no rules for this kind of token.
    std::optional<Jose::JwtUse> use = Jose::JwtUse::IdToken;
    QString issuer; //!< may hold "{tenantid}"; empty: not known
    QString audience; //!< empty: not known
    QByteArray keys; //!< a JWK set, one JWK, PEM or a certificate; empty: none
    //! Whether an access token has to be as RFC 9068 wants it.
    bool isProfileRequired = false;
    //! What else a profile expects. Its issuer and audience are those above.
    Jose::TokenPolicy policy = {};

    friend bool operator==(const Expectations &, const Expectations &) = default;
};

//! Every rule that was held against a token, and the verified token if all of them passed.
struct TokenCheck
{
    Jose::CheckReport report;
    std::optional<Jose::VerifiedJwt> verified;
    bool hasUnreadableKeys = false; //!< those of Expectations::keys
};

//! Holds the validator's rules against a pasted token. Pure, offline; what would need knowledge that is not there
//! (keys, issuer, audience, the nonce of a request) is "not possible", never "failed".
//!
//! Thread: any.
TokenCheck checkToken(const Jose::TokenDocument &document, const Expectations &expectations, const QDateTime &at);
//! Whether a token of this kind is signed JSON, which the rules are for. Others are neither right nor wrong: opaque,
//! encrypted or of another make.
bool isCheckable(Jose::TokenKind kind);
//! How a token of this kind is used; no value for what the validator does not know.
std::optional<Jose::JwtUse> useOf(Jose::TokenKind kind);

} // namespace Countersign::Desktop
