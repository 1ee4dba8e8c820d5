// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/heldredirect.h>

#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpSocket>

using namespace Qt::StringLiterals;

namespace Countersign {

HeldRedirect::HeldRedirect() = default;
HeldRedirect::HeldRedirect(HeldRedirect &&) noexcept = default;
HeldRedirect &HeldRedirect::operator=(HeldRedirect &&) noexcept = default;
HeldRedirect::~HeldRedirect() = default;

Result<HeldRedirect> holdRedirect(const RedirectPreference &preference)
{
    HeldRedirect held;
    if (preference.kind == RedirectPreference::Kind::Exact) {
        const auto checked = RedirectPreference::fromUri(preference.uri);
        if (!checked)
            return checked.error();
        held.uri = preference.uri;
        return held;
    }
    held.uri.setScheme(u"http"_s);
    held.uri.setHost(preference.host);
    held.uri.setPath(preference.path, QUrl::StrictMode);
    const auto checked = RedirectPreference::fromUri(held.uri);
    if (!checked)
        return checked.error();
    if (held.uri.path(QUrl::FullyEncoded) != preference.path)
        return Error{ErrorCode::InvalidArgument, u"the path of the redirect URI is not an encoded path"_s};

    held.port = std::make_unique<QTcpSocket>();
    const QHostAddress address = preference.host == "::1"_L1 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost;
    const quint16 wanted = preference.ports.isEmpty() ? quint16(0) : preference.ports.first();
    if (held.port->bind(address, wanted, QAbstractSocket::DontShareAddress))
        held.uri.setPort(held.port->localPort());
    else if (wanted != 0)
        held.uri.setPort(wanted);
    else
        return Error{ErrorCode::NotSupported, ErrorCause::PortUnavailable, u"no port can be bound on loopback"_s};
    return held;
}

} // namespace Countersign
