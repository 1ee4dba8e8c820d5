// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace CountersignSandbox {

//! Ends a session at the provider and sends the browser back. Spec: OpenID Connect RP-Initiated Logout §2, §3.
class LogoutEndpoint
{
public:
    explicit LogoutEndpoint(Context &context) : m_context(context) { }

    Response endSession(const Request &request);

private:
    Response leave(const Request &request, const QString &sessionId);

    Context &m_context;
};

} // namespace CountersignSandbox
