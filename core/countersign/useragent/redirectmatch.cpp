// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/redirectmatch.h>

#include <countersign/crypto/constanttime.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

// More than any provider sends and any browser shows in its address bar.
constexpr qsizetype maximumPastedSize = 64 * 1024;

int effectivePort(const QUrl &url)
{
    const QString scheme = url.scheme();
    return url.port(scheme == "https"_L1 ? 443 : scheme == "http"_L1 ? 80 : -1);
}

QString effectivePath(const QUrl &url)
{
    // RFC 3986 §6.2.3: with an authority an empty path is "/". Without one (urn:, scheme:path) there is no such rule.
    const QString path = url.path(QUrl::FullyEncoded);
    return path.isEmpty() && !url.host().isEmpty() ? u"/"_s : path;
}

bool hasRegisteredQuery(const QUrl &candidate, const QUrl &redirectUri)
{
    if (!redirectUri.hasQuery())
        return true;
    const QString registered = redirectUri.query(QUrl::FullyEncoded);
    const QString query = candidate.query(QUrl::FullyEncoded);
    return query == registered || query.startsWith(registered + u'&');
}

} // namespace

bool isRedirect(const QUrl &candidate, const QUrl &redirectUri)
{
    // Userinfo is looked for in the authority: QUrl reports "http://@host" as without user info.
    return candidate.isValid() && redirectUri.isValid() && !redirectUri.scheme().isEmpty()
        && candidate.scheme() == redirectUri.scheme() && !candidate.authority(QUrl::FullyEncoded).contains(u'@')
        && candidate.host(QUrl::FullyEncoded) == redirectUri.host(QUrl::FullyEncoded)
        && effectivePort(candidate) == effectivePort(redirectUri)
        && effectivePath(candidate) == effectivePath(redirectUri) && hasRegisteredQuery(candidate, redirectUri);
}

Secret answerIn(const QUrl &url)
{
    return Secret(url.query(QUrl::FullyEncoded).toLatin1());
}

Result<Secret> parsePastedAnswer(QByteArrayView pasted, const QUrl &redirectUri)
{
    QByteArrayView text = pasted.trimmed();
    if (text.isEmpty() || text.size() > maximumPastedSize)
        return Error{ErrorCode::InvalidArgument, u"nothing usable was pasted"_s};
    if (std::any_of(text.begin(), text.end(), [](char c) { return c <= ' ' || c == '\x7f'; }))
        return Error{ErrorCode::InvalidArgument, u"the pasted address contains spaces or line breaks"_s};

    const qsizetype question = text.indexOf('?');
    if (question > 0) {
        // Parsed only up to the answer: it stays as it is and leaves no copies in a QUrl.
        const QUrl address = QUrl::fromEncoded(text.first(question).toByteArray(), QUrl::StrictMode);
        QUrl bare = redirectUri;
        bare.setQuery(QString());
        if (!isRedirect(address, bare))
            return Error{ErrorCode::InvalidArgument, u"the pasted address is not the redirect URI of this sign-in"_s};
    } else if (question < 0 && (text.contains(':') || !text.contains('='))) {
        return Error{ErrorCode::InvalidArgument, u"the pasted address carries no answer"_s};
    }
    text = text.sliced(question + 1);
    if (const qsizetype fragment = text.indexOf('#'); fragment >= 0)
        text = text.first(fragment);
    if (!text.contains('='))
        return Error{ErrorCode::InvalidArgument, u"the pasted address carries no answer"_s};
    return Secret::copyOf(text);
}

} // namespace Countersign
