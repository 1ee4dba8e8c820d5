// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "returncheck.h"

#include <countersign/protocol/webaddress.h>

#include <QtCore/QTimer>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QTcpSocket>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr std::chrono::seconds patience{5};

//! One question to one listener; deletes itself with its answer.
class ReturnCheck final : public QTcpSocket
{
public:
    ReturnCheck(const QUrl &redirect, QObject *context, std::function<void(const Result<void> &)> handler)
        : QTcpSocket(context), m_handler(std::move(handler))
    {
        setProxy(QNetworkProxy::NoProxy);
        const auto port = quint16(redirect.port(80));
        connect(this, &QTcpSocket::connected, this, [this, host = redirect.authority().toLatin1()] {
            write("GET /countersign-self-test HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        });
        connect(this, &QTcpSocket::readyRead, this, [this] {
            constexpr qint64 enough = 5;
            if (bytesAvailable() < enough)
                return;
            conclude(peek(enough) == "HTTP/" ? Result<void>()
                                             : failed(ErrorCode::InvalidResponse, u"Something else answers there."_s));
        });
        connect(this, &QTcpSocket::errorOccurred, this,
                [this] { conclude(failed(ErrorCode::NetworkUnavailable, errorString())); });
        QTimer::singleShot(patience, this,
                           [this] { conclude(failed(ErrorCode::TimedOut, u"Nothing answered in time."_s)); });
        connectToHost(redirect.host(), port);
    }

private:
    static Result<void> failed(ErrorCode code, const QString &why)
    {
        return Error{code, ErrorCause::PortUnavailable, why};
    }
    void conclude(const Result<void> &result)
    {
        const auto handler = std::exchange(m_handler, nullptr);
        if (!handler)
            return;
        deleteLater();
        handler(result);
    }

    std::function<void(const Result<void> &)> m_handler;
};

} // namespace

void checkReturn(const QUrl &redirect, QObject *context, std::function<void(const Result<void> &)> handler)
{
    if (redirect.scheme() == "http"_L1 && Protocol::isLoopback(redirect)) {
        new ReturnCheck(redirect, context, std::move(handler));
        return;
    }
    QMetaObject::invokeMethod(
        context,
        [handler = std::move(handler)] {
            handler(Error{ErrorCode::NotSupported, u"The answer does not come to this computer's network."_s});
        },
        Qt::QueuedConnection);
}

} // namespace Countersign::Desktop
