// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>
#include <countersign/model/scopeset.h>
#include <countersign/protocol/httpanswer.h>

#include <QtCore/QDateTime>

#include <chrono>
#include <optional>

namespace Countersign::Protocol {

enum class TokenType : quint8 { Bearer, Dpop, Pop, SshCertificate, MtlsPop };
//! As presented in an Authorization field: "Bearer", "DPoP", "PoP" …
COUNTERSIGN_EXPORT QString identifier(TokenType type);
//! Ignores case. No value for an unknown one. Spec: RFC 6749 §5.1, §7.1.
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<TokenType> parseTokenType(QStringView text);

//! A successful answer of the token endpoint. Spec: RFC 6749 §5.1, OpenID Connect Core §3.1.3.3.
struct TokenResponse
{
    Secret accessToken;
    TokenType tokenType = TokenType::Bearer; //!< also when the provider does not say
    Secret refreshToken; //!< empty: none came, an earlier one stays valid (RFC 6749 §6)
    Secret idToken; //!< believed by nobody yet; empty: none came
    std::optional<ScopeSet> scope; //!< absent: as requested (RFC 6749 §5.1)
    std::optional<std::chrono::seconds> expiresIn; //!< absent: the provider does not say
    std::optional<std::chrono::seconds> extendedExpiresIn; //!< Microsoft
    std::optional<std::chrono::seconds> refreshIn; //!< Microsoft
    std::optional<std::chrono::seconds> refreshTokenExpiresIn;
    QByteArray authorizationDetails; //!< RFC 9396 §7: what was granted, a JSON array; empty: it does not say
    QString clientInfo; //!< Microsoft, still encoded: see parseClientInfo()
    QString familyId; //!< Microsoft's `foci`
};

//! Reads the answer of the token endpoint.
//!
//! Errors: those of parseErrorAnswer() when the status is no success or the document has an `error`;
//!         InvalidResponse for anything malformed, for a token type that is there and unknown, and for a lifetime of
//!         zero or less.
//! Secrets: tokens are moved into Secrets; no message quotes the body.
//! Spec:   RFC 6749 §5.1, §5.2; security rules B.24, B.25.
[[nodiscard]] COUNTERSIGN_EXPORT Result<TokenResponse> parseTokenResponse(const HttpAnswer &answer,
                                                                          const QDateTime &at);

} // namespace Countersign::Protocol
