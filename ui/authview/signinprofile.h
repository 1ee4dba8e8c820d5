// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <authview/gaterules.h>

#include <QtWebEngineCore/QWebEngineProfile>

namespace Countersign {

//! Makes a redirect URI with a scheme of its own reach the page gate. Does nothing for web addresses.
//!
//! Thread: before the application object exists. Chromium learns its schemes only then.
void registerRedirectScheme(const QUrl &redirectUri);

//! The profile of one sign-in: off the record, nothing downloaded, nothing granted.
class SignInProfile final : public QWebEngineProfile
{
    Q_OBJECT
public:
    SignInProfile(const GateRules &rules, QObject *parent);

Q_SIGNALS:
    void downloadRefused();
};

} // namespace Countersign
