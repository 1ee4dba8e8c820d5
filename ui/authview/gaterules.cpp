// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/gaterules.h>

#include <countersign/useragent/redirectmatch.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

bool isLocal(const QUrl &url)
{
    const QString host = url.host();
    return host == "127.0.0.1"_L1 || host == "::1"_L1 || host == "localhost"_L1;
}

} // namespace

GateRules::GateRules(const QUrl &start, QUrl redirectUri)
    : m_redirectUri(std::move(redirectUri)), m_allowsLocalHttp(start.scheme() == "http"_L1 && isLocal(start))
{
}

bool GateRules::isWebPage(const QUrl &url) const
{
    // User info in an address only ever disguises where it leads.
    if (url.authority(QUrl::FullyEncoded).contains(u'@') || url.host().isEmpty())
        return false;
    return url.scheme() == "https"_L1 || (m_allowsLocalHttp && url.scheme() == "http"_L1 && isLocal(url));
}

GateRules::Verdict GateRules::navigation(const QUrl &url, bool isMainFrame) const
{
    if (isRedirect(url, m_redirectUri))
        return isMainFrame ? Verdict::Stop : Verdict::Refuse;
    if (isWebPage(url) || url == QUrl(u"about:blank"_s))
        return Verdict::Load;
    const QString scheme = url.scheme();
    if (!isMainFrame && (url == QUrl(u"about:srcdoc"_s) || scheme == "blob"_L1 || scheme == "data"_L1))
        return Verdict::Load;
    return Verdict::Refuse;
}

bool GateRules::allowsRequest(const QUrl &url, bool isMainFrame) const
{
    if (isRedirect(url, m_redirectUri))
        return false;
    if (isWebPage(url) || url.scheme() == "about"_L1)
        return true;
    if (isMainFrame)
        return false;
    const QString scheme = url.scheme();
    return scheme == "data"_L1 || scheme == "blob"_L1 || scheme == "wss"_L1
        || (m_allowsLocalHttp && scheme == "ws"_L1 && isLocal(url));
}

} // namespace Countersign
