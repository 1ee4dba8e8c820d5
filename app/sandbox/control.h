// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"
#include "deviceendpoint.h"

namespace CountersignSandbox {

//! The path of the control interface.
inline constexpr QLatin1StringView controlPath("/control");

//! Lets a test see and change everything, in JSON. Never for web pages: a request with an Origin is refused.
//!
//!   GET          /control                     what the ready line said
//!   GET DELETE   /control/log                 every request so far, control apart
//!   GET DELETE   /control/hooks
//!   GET PUT POST DELETE  /control/hooks/POINT a program or an array of them; POST adds one (see HookProgram)
//!   GET          /control/modules             names;  PUT /control/modules/NAME puts one in force
//!   PUT DELETE   /control/approve             {"user": "ada"}: answer sign-ins and device codes without a page
//!   POST         /control/approve?user_code=CODE&user=NAME    one device code;  /control/deny?user_code=CODE
//!   PUT          /control/clock               {"offset": seconds}
//!   POST         /control/keys/rotate
//!   GET PUT      /control/settings            lifetimes and intervals, in seconds
//!   GET          /control/users, /control/clients;  PUT /control/clients/ID
//!   POST         /control/revoke              every grant, or those of ?user=NAME
//!   POST         /control/mint                {"type": "access" or "id", "user", "client", "scope", "audience",
//!                                             "as": a dialect, "claims": changes, null takes one away}: a token
//!                                             without a sign-in
//!   POST         /control/repair              no hook is in force any more
//!   DELETE       /control/state               sessions, codes and tokens, but not keys
class Control
{
public:
    Control(Context &context, DeviceEndpoint &device) : m_context(context), m_device(device) { }

    Response handle(const Request &request);
    void record(const Request &request, int status);
    QJsonArray log() const { return m_log; }
    void clearLog() { m_log = {}; }
    void setSummary(const QJsonObject &summary) { m_summary = summary; }

private:
    Response hooks(const Request &request, const QString &pointName);
    Response modules(const Request &request, const QString &name);
    Response approve(const Request &request);
    Response settings(const Request &request);
    Response clients(const Request &request, const QString &id);
    Response revoke(const Request &request);
    Response mint(const Request &request);

    Context &m_context;
    DeviceEndpoint &m_device;
    QJsonArray m_log;
    QJsonObject m_summary;
};

} // namespace CountersignSandbox
