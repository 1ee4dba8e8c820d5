// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/webviewmessage.h>

#include <countersign/crypto/constanttime.h>

#include <QtCore/QtEndian>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr qsizetype headSize = 5;

bool isKnown(quint8 kind)
{
    using Kind = WebViewMessage::Kind;
    switch (static_cast<Kind>(kind)) { // any byte is a valid value of the enumeration's type
    case Kind::Title:
    case Kind::Redirect:
    case Kind::Start:
    case Kind::Proxy:
    case Kind::Authorities:
    case Kind::Parent:
    case Kind::Language:
    case Kind::Look:
    case Kind::Session:
    case Kind::Raise:
    case Kind::Visited:
    case Kind::Answer:
    case Kind::Closed:
    case Kind::BrowserRequested:
    case Kind::Failed: return true;
    }
    return false;
}

} // namespace

QByteArray encode(WebViewMessage::Kind kind, QByteArrayView value)
{
    QByteArray bytes(headSize, Qt::Uninitialized);
    qToBigEndian(static_cast<quint32>(value.size()), bytes.data());
    bytes[4] = static_cast<char>(kind);
    bytes.append(value);
    return bytes;
}

Result<std::optional<WebViewMessage>> takeWebViewMessage(QByteArray &bytes)
{
    if (bytes.size() < headSize)
        return std::optional<WebViewMessage>();
    const auto size = static_cast<qsizetype>(qFromBigEndian<quint32>(bytes.constData()));
    const auto kind = static_cast<quint8>(bytes.at(4));
    if (size > maximumWebViewMessage || !isKnown(kind))
        return Error{ErrorCode::InvalidResponse, ErrorCause::WebViewFailed, u"the web view said something unknown"_s};
    if (bytes.size() < headSize + size)
        return std::optional<WebViewMessage>();
    WebViewMessage message;
    message.kind = static_cast<WebViewMessage::Kind>(kind);
    message.value = Secret::copyOf(QByteArrayView(bytes).sliced(headSize, size));
    QByteArray rest = bytes.sliced(headSize + size);
    wipe(bytes);
    bytes = std::move(rest);
    return std::optional<WebViewMessage>(std::move(message));
}

} // namespace Countersign
