// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>

#include <optional>

namespace Countersign {

//! One message on the private pipe between the program that signs in and the process that shows the page.
//!
//! Encoding: four bytes of size, most significant first, one byte of kind, the value.
struct WebViewMessage
{
    enum class Kind : quint8 {
        // To the view. Start ends the request.
        Title = 1, //!< UTF-8
        Redirect = 2, //!< the URI to stop at
        Start = 3, //!< the page to open
        Proxy = 4, //!< an address, or "none"; without it the system's
        Authorities = 5, //!< a PEM file with authorities to trust besides the system's
        Parent = 6, //!< the caller's window, as a decimal number of the windowing system
        Language = 7, //!< BCP 47; without it the system's
        Look = 10, //!< colours and text size, in words of the caller and the view; without it the system's
        Session = 8, //!< a folder for what the provider's pages keep; without it nothing is kept
        Raise = 9, //!< bring the window before the person; comes after Start, if at all
        // From the view.
        Visited = 16, //!< origin and path of a page, never a query
        Answer, //!< the redirect URI with the answer; the last message
        Closed, //!< the person closed the window; the last message
        BrowserRequested, //!< the person prefers the system browser; the last message
        Failed, //!< no page can be shown here; the last message
    };

    Kind kind = Kind::Title;
    Secret value;
};

inline constexpr qsizetype maximumWebViewMessage = 64 * 1024;

[[nodiscard]] COUNTERSIGN_EXPORT QByteArray encode(WebViewMessage::Kind kind, QByteArrayView value);

//! Takes the first message off \p bytes; nullopt when it is not complete yet.
//!
//! Errors: InvalidResponse for an unknown kind or a message that is too large; nothing after it makes sense.
[[nodiscard]] COUNTERSIGN_EXPORT Result<std::optional<WebViewMessage>> takeWebViewMessage(QByteArray &bytes);

} // namespace Countersign
