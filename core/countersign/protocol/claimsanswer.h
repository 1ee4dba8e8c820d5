// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/json.h>
#include <countersign/protocol/claims.h>

#include <chrono>

namespace Countersign::Protocol {

//! How tokens answer to one claim that was asked for.
enum class ClaimOutcome : quint8 {
    Met,
    Missing, //!< the token does not carry it, or carries null
    Different, //!< none of the values that were asked for
    Undecidable, //!< the token cannot be read, or no token ever says it
};
//! For example "missing".
COUNTERSIGN_EXPORT QString identifier(ClaimOutcome outcome);

//! A claim that was asked for with a condition, and what became of it.
struct ClaimAnswer
{
    QString path; //!< target and name, for example "access_token.acrs"
    ClaimOutcome outcome = ClaimOutcome::Undecidable;

    friend bool operator==(const ClaimAnswer &, const ClaimAnswer &) = default;
};

//! What came for a claims request: the claims of the tokens that can be read.
struct AnsweredTokens
{
    std::optional<Jose::JsonObject> accessToken; //!< none: it is opaque
    std::optional<Jose::JsonObject> idToken; //!< none: there is none
};

//! How \p tokens answer to the claims of \p request that state a condition: "essential", "value" or "values".
//!
//! A list in the token has to hold one of the values. "nbf" asks for a token from that time on: nbf, or iat without
//! it. "xms_cc" is what the client said of itself, so it is no condition. Policies, a network location, UserInfo and
//! members that nobody defined cannot be decided by tokens.
//!
//! Spec: OpenID Connect Core §5.5.1; Microsoft's claims challenge.
[[nodiscard]] COUNTERSIGN_EXPORT QList<ClaimAnswer> answersTo(const ClaimsRequest &request,
                                                              const AnsweredTokens &tokens);

//! Whether the person had signed in no longer than \p maximumAge before the access token was issued, as it says
//! itself; the path is "access_token.auth_time".
//!
//! Spec: RFC 9470 §5.
[[nodiscard]] COUNTERSIGN_EXPORT ClaimAnswer answerToMaximumAge(std::chrono::seconds maximumAge,
                                                                const AnsweredTokens &tokens);

//! True when every answer is Met, false when one is Missing or Different, no value when one cannot be decided.
COUNTERSIGN_EXPORT std::optional<bool> areMet(const QList<ClaimAnswer> &answers);

} // namespace Countersign::Protocol
