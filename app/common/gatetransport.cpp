// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/gatetransport.h>

#include <QtCore/QObject>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

//! An answer without a request. Its listener dies with it, and the answer on its way with that.
class RefusedExchange final : public HttpExchange
{
public:
    RefusedExchange(const QString &host, HttpTransport::Handler handler)
    {
        QMetaObject::invokeMethod(
            &m_listener,
            [host, handler = std::move(handler)] {
                handler(
                    Error{ErrorCode::NetworkUnavailable, u"Offline mode is on: nothing was sent to %1."_s.arg(host)});
            },
            Qt::QueuedConnection);
    }

private:
    QObject m_listener;
};

} // namespace

std::unique_ptr<HttpExchange> GateTransport::send(HttpRequest request, Handler handler)
{
    const auto host = request.url.host();
    if (m_gate->isClosed)
        return std::make_unique<RefusedExchange>(host, std::move(handler));
    return m_below->send(
        std::move(request),
        [host, handler = std::move(handler), gate = m_gate, &clock = m_clock](const Result<HttpResponse> &response) {
            constexpr std::chrono::milliseconds halfASecond{500};
            if (response && response->serverDate.isValid() && gate->measured) {
                const std::chrono::milliseconds offset(response->serverDate.msecsTo(clock.now()));
                gate->measured(host, offset - halfASecond);
            }
            handler(response);
        });
}

} // namespace Countersign::App
