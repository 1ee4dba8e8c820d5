// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace CountersignSandbox {

//! The parameters within the signed `request` of \p sent.
//!
//! Errors: ServerRejected, saying which rule it breaks. Spec: RFC 9101 §4, §6.
Countersign::Result<Parameters> openedRequestObject(const Context &context, const Client &client, const QString &issuer,
                                                    const Parameters &sent);

} // namespace CountersignSandbox
