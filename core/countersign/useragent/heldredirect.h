// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/useragent/authorizationagent.h>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace Countersign {

//! A redirect URI that somebody watches in another way than by listening. Where it is a loopback one its port is
//! bound as long as this lives, but nothing listens: a connection is refused, and no other program can take the port.
struct HeldRedirect
{
    HeldRedirect();
    HeldRedirect(HeldRedirect &&) noexcept;
    HeldRedirect &operator=(HeldRedirect &&) noexcept;
    ~HeldRedirect();

    QUrl uri;
    std::unique_ptr<QTcpSocket> port;
};

//! Errors: InvalidArgument. A registered port that is taken is used nevertheless: it will not be contacted.
[[nodiscard]] Result<HeldRedirect> holdRedirect(const RedirectPreference &preference);

} // namespace Countersign
