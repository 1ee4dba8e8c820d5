// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/clock.h>
#include <countersign/http/httptransport.h>

#include <memory>

namespace Countersign::App {

//! Lets requests through while its gate is open, and reads from the answers how far this computer's clock is from the
//! providers'.
class GateTransport final : public HttpTransport
{
public:
    //! One for all transports of a ServiceSet.
    struct Gate
    {
        bool isClosed = false;
        //! \p offset: positive when this computer's clock is ahead. The `Date` header counts whole seconds, so it is
        //! right to half a second and the time of the answer's way.
        std::function<void(const QString &host, std::chrono::milliseconds offset)> measured;
    };

    //! \p clock outlives it.
    GateTransport(std::unique_ptr<HttpTransport> below, std::shared_ptr<Gate> gate, const Clock &clock)
        : m_below(std::move(below)), m_gate(std::move(gate)), m_clock(clock)
    {
    }

    //! Errors: those of the transport below; NetworkUnavailable when the gate is closed.
    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request, Handler handler) override;

private:
    std::unique_ptr<HttpTransport> m_below;
    std::shared_ptr<Gate> m_gate;
    const Clock &m_clock;
};

} // namespace Countersign::App
