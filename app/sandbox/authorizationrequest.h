// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

#include <variant>

namespace CountersignSandbox {

//! What is wrong with an authorization request.
struct AuthorizationProblem
{
    Refusal refusal;
    //! Where to tell it; absent when client or redirect URI cannot be believed (RFC 6749 §4.1.2.1).
    std::optional<AuthorizationRequest> answerTo;
};

//! The authorization_details of \p parameters; none when there are none, a refusal when they are none that are known
//! here.
//! Spec: RFC 9396 §5.
std::variant<QJsonArray, Refusal> authorizationDetailsIn(const Parameters &parameters);

//! Checks the parameters of an authorization request.
std::variant<AuthorizationRequest, AuthorizationProblem>
checkAuthorizationRequest(const Context &context, const QString &issuer, const Parameters &parameters);

} // namespace CountersignSandbox
