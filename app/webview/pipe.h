// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/useragent/webviewmessage.h>

#include <QtCore/QString>
#include <QtCore/QUrl>

#include <functional>

namespace Countersign {

//! What the program that signs in wants shown.
struct WebViewRequest
{
    QUrl start;
    QUrl redirectUri;
    QString title;
    QUrl proxy; //!< empty: the system's
    bool usesProxy = true;
    QString caFile;
    QString language; //!< empty: the system's
    QByteArray look; //!< empty: the system's
    QString sessionFolder; //!< empty: nothing is kept
    quintptr parentWindow = 0;
};

//! Takes standard input and output for the private pipe: from here on nothing else can write to it.
//!
//! Errors: InvalidArgument when it is a terminal; NotSupported.
[[nodiscard]] Result<void> claimPipe();

//! Waits for the request. Before the application object exists, so it may block.
//!
//! Errors: InvalidResponse.
[[nodiscard]] Result<WebViewRequest> readRequest();

//! Writes at once and whole.
void send(WebViewMessage::Kind kind, QByteArrayView value = {});

//! Calls \p said for what the other side says after its request, and \p ended when it is gone. From another thread.
void watchPipe(std::function<void(WebViewMessage::Kind)> said, std::function<void()> ended);

} // namespace Countersign
