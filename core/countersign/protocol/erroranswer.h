// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/json.h>
#include <countersign/protocol/httpanswer.h>

namespace Countersign::Protocol {

//! What an OAuth error leaves the caller to do. The table behind every error answer.
//!
//! Spec: RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6, RFC 8628 §3.5, RFC 9449 §5, RFC 9700; Microsoft's
//!       sub-errors and AADSTS numbers.
[[nodiscard]] COUNTERSIGN_EXPORT ErrorCode errorCodeOf(const OAuthError &error, int httpStatus = 0);

//! The members of an error document: those of RFC 6749 and Microsoft's. Empty when `error` is no string.
[[nodiscard]] COUNTERSIGN_EXPORT OAuthError parseOAuthError(const Jose::JsonObject &document);

//! The AADSTS numbers in a description, in order, each once.
[[nodiscard]] COUNTERSIGN_EXPORT QList<int> aadstsNumbers(QStringView text);

//! Why \p answer is no success: what the provider says in JSON, or what its status says.
//!
//! Errors:  never a value; \p at dates a Retry-After. A body that is no OAuth error below 500 is InvalidResponse.
//! Secrets: no message quotes the body.
[[nodiscard]] COUNTERSIGN_EXPORT Error parseErrorAnswer(const HttpAnswer &answer, const QDateTime &at);

//! The Error for an OAuth error that came without an HTTP answer: through the browser.
[[nodiscard]] COUNTERSIGN_EXPORT Error errorFrom(OAuthError error, int httpStatus = 0);

} // namespace Countersign::Protocol
