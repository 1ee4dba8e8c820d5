// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace CountersignSandbox {

//! The provider's description of itself. Spec: OpenID Connect Discovery §3, RFC 8414 §2.
QJsonObject discoveryDocument(const QString &issuer);
//! The key set, with what the hooks want in it. Spec: RFC 7517 §5.
Response keySet(Context &context, const Request &request);

} // namespace CountersignSandbox
