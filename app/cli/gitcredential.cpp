// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "gitcredential.h"

#include "text.h"
#include "words.h"

#include <QtCore/QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! An empty value of an array key forgets what was said before.
void take(QStringList &list, const QString &value)
{
    if (value.isEmpty())
        list.clear();
    else
        list.append(value);
}

void assign(GitCredential &request, QByteArrayView key, QByteArrayView value)
{
    const auto text = [&value] { return QString::fromUtf8(value); };
    if (key == "password")
        request.password = Secret::copyOf(value);
    else if (key == "credential")
        request.credential = Secret::copyOf(value);
    else if (key == "protocol")
        request.protocol = text();
    else if (key == "host")
        request.host = text();
    else if (key == "path")
        request.path = text();
    else if (key == "username")
        request.username = text();
    else if (key == "authtype")
        request.authType = text();
    else if (key == "capability[]")
        take(request.capabilities, text());
    else if (key == "state[]")
        take(request.states, text());
    else if (key == "wwwauth[]")
        take(request.challenges, text());
}

QString withoutPort(const QString &host)
{
    return QUrl(u"https://"_s + host).host();
}

} // namespace

Result<GitCredential> parseGitCredential(QByteArrayView text)
{
    constexpr qsizetype largest = 64 * 1024;
    if (text.size() > largest)
        return wrongUsage(Text::tr("The request is larger than the 64 KiB that are read."));
    GitCredential request;
    while (!text.isEmpty()) {
        const auto end = text.indexOf('\n');
        auto line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (line.endsWith('\r'))
            line.chop(1);
        if (line.isEmpty())
            break;
        const auto equals = line.indexOf('=');
        if (equals <= 0)
            return wrongUsage(Text::tr("git's request has a line without '='."));
        const bool hasControls = std::any_of(line.begin(), line.end(), [](char c) {
            return static_cast<unsigned char>(c) < ' ' && c != '\t'; // a folded header may hold a tab
        });
        if (hasControls)
            return wrongUsage(Text::tr("git's request holds a control character."));
        assign(request, line.first(equals), line.sliced(equals + 1));
    }
    return request;
}

bool isAllowedHost(const QString &host, const QStringList &allowed)
{
    return !host.isEmpty() && std::any_of(allowed.begin(), allowed.end(), [&host](const QString &pattern) {
        return pattern.startsWith("*."_L1) ? host.endsWith(pattern.mid(1), Qt::CaseInsensitive)
                                           : host.compare(pattern, Qt::CaseInsensitive) == 0;
    });
}

bool isSafeForTokens(const QString &protocol, const QString &host)
{
    if (protocol == "https"_L1)
        return true;
    const auto name = withoutPort(host);
    return protocol == "http"_L1 && (name == "127.0.0.1"_L1 || name == "::1"_L1 || name == "localhost"_L1);
}

QString gitUserName(const QString &host, const QString &username)
{
    const auto name = withoutPort(host);
    if (name.contains("github"_L1))
        return u"x-access-token"_s;
    if (name.contains("gitlab"_L1))
        return u"oauth2"_s;
    if (name.contains("bitbucket"_L1))
        return u"x-token-auth"_s;
    return username.isEmpty() ? u"oauth2"_s : username; // Azure Repos and most others take any
}

} // namespace Countersign::Cli
