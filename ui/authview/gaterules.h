// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QUrl>

namespace Countersign {

//! What may load in the sign-in window, and where it stops. Pure: the gate, the request guard and the tests share it.
class GateRules
{
public:
    enum class Verdict : quint8 {
        Load,
        Stop, //!< the redirect URI in the main frame: the answer
        Refuse,
    };

    GateRules() = default;
    //! Plain http is allowed on loopback, and only when \p start is such an address itself (a test issuer).
    GateRules(const QUrl &start, QUrl redirectUri);

    const QUrl &redirectUri() const { return m_redirectUri; }
    //! For navigations. Anywhere but in the main frame the redirect URI is refused.
    Verdict navigation(const QUrl &url, bool isMainFrame) const;
    //! For every request, images and scripts included: the redirect URI is never contacted by any of them.
    bool allowsRequest(const QUrl &url, bool isMainFrame) const;

private:
    bool isWebPage(const QUrl &url) const;

    QUrl m_redirectUri;
    bool m_allowsLocalHttp = false;
};

} // namespace Countersign
