// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace CountersignSandbox {

//! Checks the DPoP field of \p request, which is for \p accessToken if that is not empty. Each proof is taken once.
//!
//! Returns the thumbprint of the key that was proved; empty: there is no such field. No value and a filled \p refusal
//! when it proves nothing, or when the hooks at HookPoint::Proof demand another nonce.
//! Spec: RFC 9449 §4.3, §8.
std::optional<QString> provenKey(Context &context, const Request &request, const QString &accessToken,
                                 Response &refusal);

} // namespace CountersignSandbox
