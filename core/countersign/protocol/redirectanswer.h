// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/json.h>
#include <countersign/jose/jwtencryption.h>
#include <countersign/protocol/authorization.h>

namespace Countersign::Protocol {

//! The authorization code, on its way to the token endpoint.
struct AuthorizationCode
{
    Secret code;
    QString clientInfo; //!< Microsoft: routes the token request; personal data
};

//! Whether an answer carries the state of \p pending. Errors carry it too; the `state` of a signed answer (JARM) is
//! looked at before its signature is checked, which is enough to tell strays apart. One that is encrypted can be told
//! from a stray by \p encryption only.
//!
//! Thread: any. Compared in constant time.
[[nodiscard]] COUNTERSIGN_EXPORT bool answersState(QByteArrayView encodedParameters,
                                                   const PendingAuthorization &pending,
                                                   const std::optional<Jose::JwtEncryption> &encryption = {});

//! Extracts the authorization code from the answer and checks that it belongs to \p pending.
//!
//! Encoding: \p encodedParameters is the query without '?', or the body of the POST; decoded once (RFC 6749 Appendix
//!           B); a repeated parameter is refused, an unknown one is not.
//! Errors:   SecurityCheckFailed if state (StateMismatch) or iss (IssuerMismatch) differ, or a signed answer was
//!           asked for and this is none; InteractionRequired, AccessDenied, ServerRejected or ServerUnavailable if the
//!           provider said so, with error, description and URI only; InvalidResponse if there is no code.
//! Secrets:  the code is moved into a Secret; \p encodedParameters must not be logged by the caller.
//! Spec:     RFC 6749 §4.1.2, RFC 9207 §2.4; contract C24.
[[nodiscard]] COUNTERSIGN_EXPORT Result<AuthorizationCode> parseRedirect(QByteArrayView encodedParameters,
                                                                         const PendingAuthorization &pending);

//! The signed `response` of a JARM answer, to be validated with Jose::JwtRules::forAuthorizationResponse().
//! Errors: InvalidResponse when there is none. Spec: JARM §2.3.
[[nodiscard]] COUNTERSIGN_EXPORT Result<Secret> signedResponse(QByteArrayView encodedParameters);
//! As parseRedirect(), for the claims of a signed answer whose signature, iss, aud and exp were verified.
//! Spec: JARM §2.1, §2.4.
[[nodiscard]] COUNTERSIGN_EXPORT Result<AuthorizationCode> parseSignedRedirect(const Jose::JsonObject &verifiedClaims,
                                                                               const PendingAuthorization &pending);

} // namespace Countersign::Protocol
