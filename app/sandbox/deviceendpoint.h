// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace CountersignSandbox {

//! Starts device sign-ins and shows the page where a person allows them. Spec: RFC 8628 §3.1 to §3.3.
class DeviceEndpoint
{
public:
    explicit DeviceEndpoint(Context &context) : m_context(context) { }

    Response start(const Request &request);
    //! The verification page and what was typed into it.
    Response page(const Request &request);
    //! Decides without a page. False when no such code waits or \p userName is unknown.
    bool approve(const QString &userCode, const QString &userName);
    bool deny(const QString &userCode);

private:
    Context &m_context;
};

} // namespace CountersignSandbox
