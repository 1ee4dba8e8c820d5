// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/requestguard.h>

namespace Countersign {

RequestGuard::RequestGuard(GateRules rules, QObject *parent)
    : QWebEngineUrlRequestInterceptor(parent), m_rules(std::move(rules))
{
}

void RequestGuard::interceptRequest(QWebEngineUrlRequestInfo &info)
{
    const bool isMainFrame = info.resourceType() == QWebEngineUrlRequestInfo::ResourceTypeMainFrame;
    if (!m_rules.allowsRequest(info.requestUrl(), isMainFrame))
        info.block(true);
}

} // namespace Countersign
