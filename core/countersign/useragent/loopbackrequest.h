// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QUrl>

#include <variant>

namespace Countersign {

//! A complete request to the loopback listener, as far as it matters there.
struct LoopbackRequest
{
    enum class Method : quint8 { Get, Post };

    Method method = Method::Get;
    QByteArray path; //!< as sent, before any '?'
    QByteArray host;
    QByteArray origin; //!< empty when absent
    QByteArray fetchMode; //!< Sec-Fetch-Mode
    QByteArray fetchDestination; //!< Sec-Fetch-Dest
    Secret parameters; //!< the query of a GET, the body of a POST

    //! Whether a browser that follows a redirect, or submits a form, to \p redirectUri would send this. Pages that use
    //! fetch(), images, frames or another name for this machine (DNS rebinding) do not pass.
    bool isNavigationTo(const QUrl &redirectUri) const;
};

//! More bytes are needed.
struct LoopbackIncomplete
{
};

//! The bytes can never become an acceptable request. What follows is not read.
struct LoopbackRefusal
{
    int status = 400;
};

using LoopbackParse = std::variant<LoopbackIncomplete, LoopbackRefusal, LoopbackRequest>;

inline constexpr qsizetype maximumLoopbackRequest = 16 * 1024;

//! Reads the request that \p bytes begins with. Strict: what a browser never sends is refused.
//!
//! Spec: RFC 9112 §3 and §5; no chunked bodies, no folded lines, no absolute targets.
[[nodiscard]] LoopbackParse parseLoopbackRequest(QByteArrayView bytes);

//! The authority a browser puts into Host for \p url: no port when it is the default one.
[[nodiscard]] QByteArray hostHeaderFor(const QUrl &url);

} // namespace Countersign
