// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/loopbackrequest.h>

#include <QtCore/QString>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

struct Head
{
    QByteArrayView method;
    QByteArrayView target;
    std::optional<QByteArrayView> host;
    std::optional<QByteArrayView> origin;
    std::optional<QByteArrayView> contentType;
    std::optional<QByteArrayView> contentLength;
    std::optional<QByteArrayView> fetchMode;
    std::optional<QByteArrayView> fetchDestination;
};

bool equalsCaseless(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

bool isTokenCharacter(char c)
{
    // RFC 9110 §5.6.2
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isVisible(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

bool isFieldValue(QByteArrayView text)
{
    // RFC 9110 §5.5; bytes above 0x7f are obs-text, which no browser sends in what is read here but some extension may.
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

bool readRequestLine(QByteArrayView line, Head &head)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last <= first + 1)
        return false;
    head.method = line.first(first);
    head.target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    return isToken(head.method) && isVisible(head.target) && head.target.startsWith('/') && !head.target.contains('#')
        && (version == "HTTP/1.1" || version == "HTTP/1.0");
}

bool readField(QByteArrayView line, Head &head)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return false;
    const QByteArrayView name = line.first(colon);
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    // isToken() also refuses folded lines (RFC 9112 §5.2) and a space before the colon (§5.1).
    if (!isToken(name) || !isFieldValue(value))
        return false;
    if (equalsCaseless(name, "transfer-encoding") || equalsCaseless(name, "expect"))
        return false;

    const std::array<std::pair<QByteArrayView, std::optional<QByteArrayView> *>, 6> known = {{
        {"host", &head.host},
        {"origin", &head.origin},
        {"content-type", &head.contentType},
        {"content-length", &head.contentLength},
        {"sec-fetch-mode", &head.fetchMode},
        {"sec-fetch-dest", &head.fetchDestination},
    }};
    for (const auto &[knownName, slot] : known) {
        if (!equalsCaseless(name, knownName))
            continue;
        if (slot->has_value())
            return false;
        *slot = value;
    }
    return true;
}

std::optional<Head> readHead(QByteArrayView text)
{
    Head head;
    bool first = true;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf("\r\n");
        const QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 2);
        if (!(first ? readRequestLine(line, head) : readField(line, head)))
            return std::nullopt;
        first = false;
    }
    if (first || !head.host)
        return std::nullopt;
    return head;
}

std::optional<qsizetype> readLength(const std::optional<QByteArrayView> &field)
{
    if (!field)
        return 0;
    if (field->isEmpty() || field->size() > 6
        || !std::all_of(field->begin(), field->end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    qsizetype length = 0;
    for (const char c : *field)
        length = length * 10 + (c - '0');
    return length;
}

bool isForm(const std::optional<QByteArrayView> &contentType)
{
    if (!contentType)
        return false;
    const qsizetype semicolon = contentType->indexOf(';');
    const QByteArrayView type = semicolon < 0 ? *contentType : contentType->first(semicolon).trimmed();
    return equalsCaseless(type, "application/x-www-form-urlencoded");
}

LoopbackParse complete(const Head &head, QByteArrayView body)
{
    const bool isPost = head.method == "POST";
    const qsizetype question = head.target.indexOf('?');
    // An answer comes either in the query or in the body, never half in each.
    if (isPost ? question >= 0 || !isForm(head.contentType) : !body.isEmpty())
        return LoopbackRefusal{};
    LoopbackRequest request;
    request.method = isPost ? LoopbackRequest::Method::Post : LoopbackRequest::Method::Get;
    request.path = (question < 0 ? head.target : head.target.first(question)).toByteArray();
    request.host = head.host->toByteArray();
    request.origin = head.origin.value_or(QByteArrayView()).toByteArray();
    request.fetchMode = head.fetchMode.value_or(QByteArrayView()).toByteArray();
    request.fetchDestination = head.fetchDestination.value_or(QByteArrayView()).toByteArray();
    if (isPost)
        request.parameters = Secret::copyOf(body);
    else if (question >= 0)
        request.parameters = Secret::copyOf(head.target.sliced(question + 1));
    return request;
}

bool isPlausibleOrigin(QByteArrayView origin)
{
    if (origin.isEmpty() || origin == "null")
        return true;
    const QUrl url = QUrl::fromEncoded(origin.toByteArray(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return false;
    const QString host = url.host();
    return url.scheme() == "https"_L1
        || (url.scheme() == "http"_L1 && (host == "127.0.0.1"_L1 || host == "::1"_L1 || host == "localhost"_L1));
}

} // namespace

LoopbackParse parseLoopbackRequest(QByteArrayView bytes)
{
    const qsizetype end = bytes.first(std::min(bytes.size(), maximumLoopbackRequest)).indexOf("\r\n\r\n");
    if (end < 0) {
        if (bytes.size() >= maximumLoopbackRequest)
            return LoopbackRefusal{431};
        return LoopbackIncomplete{};
    }
    const auto head = readHead(bytes.first(end));
    if (!head)
        return LoopbackRefusal{};
    if (head->method != "GET" && head->method != "POST")
        return LoopbackRefusal{405};
    const auto length = readLength(head->contentLength);
    if (!length || (head->method == "POST" && !head->contentLength))
        return LoopbackRefusal{};
    const QByteArrayView rest = bytes.sliced(end + 4);
    if (*length > maximumLoopbackRequest - end - 4)
        return LoopbackRefusal{413};
    if (rest.size() < *length)
        return LoopbackIncomplete{};
    return complete(*head, rest.first(*length));
}

QByteArray hostHeaderFor(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    const int port = url.port(80);
    return port == 80 ? host : host + ':' + QByteArray::number(port);
}

bool LoopbackRequest::isNavigationTo(const QUrl &redirectUri) const
{
    const QByteArray expectedPath = redirectUri.path(QUrl::FullyEncoded).toLatin1();
    if (host != hostHeaderFor(redirectUri) || path != (expectedPath.isEmpty() ? QByteArray("/") : expectedPath))
        return false;
    // Browsers that send these tell a navigation of a whole page from everything else; older ones send neither.
    if (!fetchMode.isEmpty() && fetchMode != "navigate")
        return false;
    if (!fetchDestination.isEmpty() && fetchDestination != "document")
        return false;
    return isPlausibleOrigin(origin);
}

} // namespace Countersign
