// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "directory.h"
#include "httpmessage.h"
#include "state.h"

namespace CountersignSandbox::Pages {

//! Who is signing in? One button a person; no script, no password.
Response picker(const QString &action, const QString &interaction, const Client &client, const QList<User> &users,
                const QString &hint);
//! What the client wants, with Allow and Decline.
Response consent(const QString &action, const QString &interaction, const Client &client, const User &user,
                 const QStringList &scopes);
//! Where a person types the code of a device.
Response deviceCode(const QString &action, const QString &userCode, const QString &problem);
//! What the device wants, and who allows it.
Response deviceConsent(const QString &action, const DeviceRequest &device, const Client &client,
                       const QList<User> &users);
//! Asks before the session ends. Spec: OpenID Connect RP-Initiated Logout §2.
Response signOut(const QString &action, const Parameters &request, const QString &userName);
//! Says something and ends.
Response message(const QString &title, const QString &text, int status = 200);
//! Posts \p parameters to \p redirectUri: by script where it runs, by a button where not.
//! Spec: OAuth 2.0 Form Post Response Mode §2.
Response formPost(const QString &redirectUri, const Parameters &parameters);

} // namespace CountersignSandbox::Pages
