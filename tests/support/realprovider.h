// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/providerprocess.h"

namespace CountersignTest {

//! npm's oidc-provider, an implementation of OpenID Connect that is not ours, started by tests/interop/op.mjs.
//!
//! Clients: "native" (public), "native-es256" (public, ID tokens ES256), "native-par" (public, has to push its
//! requests), "web" (secret "interop secret +/=%"). Account: "grace". Loopback redirects with any port. Resource:
//! "urn:countersign:api".
class RealProvider
{
public:
    //! Why it cannot run here (npm or node missing), or an empty string.
    static QString missing();

    bool start();
    bool stop() { return m_process.stop(); }
    const QString &problem() const { return m_process.problem(); }
    QString issuer() const { return m_process.issuer(); }
    ProviderProcess &process() { return m_process; }

    //! Walks the login and consent pages, or those of a sign-out, as a browser would; the redirect that leads back to
    //! the client, or empty. A \p browser with a name keeps its cookies.
    QUrl signIn(const QUrl &url, const QString &browser = {}) const;
    //! Walks a device's verification page and allows it.
    bool approveDevice(const QUrl &verificationUriComplete) const;
    //! Method and path of every request so far, control apart.
    QStringList requests() const;

private:
    ProviderProcess m_process;
};

} // namespace CountersignTest
