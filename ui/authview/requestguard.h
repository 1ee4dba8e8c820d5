// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <authview/gaterules.h>

#include <QtWebEngineCore/QWebEngineUrlRequestInterceptor>

namespace Countersign {

//! Blocks what the navigation hook never sees: frames, images, scripts and fetches that reach for the redirect URI, and
//! schemes that have no business in a sign-in.
class RequestGuard final : public QWebEngineUrlRequestInterceptor
{
    Q_OBJECT
public:
    RequestGuard(GateRules rules, QObject *parent);

    void interceptRequest(QWebEngineUrlRequestInfo &info) override;

private:
    GateRules m_rules;
};

} // namespace Countersign
