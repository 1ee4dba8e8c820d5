// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/http/exchangeobserver.h>
#include <countersign/http/httptransport.h>

#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
QT_END_NAMESPACE

namespace Countersign {

//! How to reach the network. A plain value, shared with the embedded sign-in.
struct NetworkSettings
{
    enum class Proxy : quint8 {
        System, //!< what the desktop says
        None,
        Custom
    };

    std::chrono::milliseconds connectTimeout = std::chrono::seconds(10);
    //! PEM file with certificate authorities to trust besides the system's; empty: the system's only.
    QString caFile;
    Proxy proxy = Proxy::System;
    //! For Custom: http://host:port or socks5://host:port; user and password are allowed.
    QUrl proxyUrl;
};

//! HttpTransport over QNetworkAccessManager, with everything switched off that leaks.
//!
//! Redirects are errors, cookies are neither kept nor sent, nothing is cached, nobody's password is remembered, TLS
//! errors are fatal, an answer is dropped as soon as it is larger than its purpose allows, and nothing waits forever.
//! Spec: security rules B.26-B.28, F.3.22, F.3.23.
class COUNTERSIGN_EXPORT NetworkTransport final : public HttpTransport
{
public:
    //! Errors: InvalidArgument when the file of authorities cannot be read or holds none, or the proxy is malformed.
    static Result<std::unique_ptr<NetworkTransport>> create(NetworkSettings settings = {},
                                                            ExchangeObserver *observer = nullptr);
    ~NetworkTransport() override;

    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request, Handler handler) override;

    class Private;

private:
    explicit NetworkTransport(std::shared_ptr<Private> shared);
    std::shared_ptr<Private> d;
};

} // namespace Countersign
