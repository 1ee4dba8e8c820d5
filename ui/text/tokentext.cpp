// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/tokentext.h"

#include "text/foreigntext.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr qsizetype longestResource = 80;
constexpr qsizetype shownOfKeyId = 8;

struct TokenWords
{
    Q_DECLARE_TR_FUNCTIONS(TokenText)
};

QString eventText(AccountEvent::Kind kind)
{
    return kind == AccountEvent::Kind::Refreshed ? TokenWords::tr("Refresh") : TokenWords::tr("Sign-in");
}

} // namespace

QString resourceText(const TokenEntry &token)
{
    QStringList resources;
    for (const auto &audience : token.audiences)
        resources.append(harmless(audience, longestResource));
    if (resources.isEmpty()) {
        for (const auto &scope : token.scopes.sorted()) {
            const auto host = QUrl(scope).host();
            if (!host.isEmpty() && !resources.contains(host))
                resources.append(host);
        }
    }
    return resources.isEmpty() ? u"–"_s : resources.join(u", "_s);
}

QString sourceText(const TokenEntry &token, bool isLong)
{
    const auto how = token.source ? eventText(*token.source) : QString();
    if (!token.receivedAt.isValid())
        return how.isEmpty() ? u"–"_s : how;
    const QLocale locale;
    const auto local = token.receivedAt.toLocalTime();
    if (isLong) {
        const auto at = locale.toString(local, QLocale::LongFormat);
        return how.isEmpty() ? TokenWords::tr("It came %1").arg(at) : TokenWords::tr("%1, %2").arg(how, at);
    }
    if (!how.isEmpty())
        return how;
    return locale.toString(local, QLocale::ShortFormat);
}

QString boundText(const TokenEntry &token)
{
    if (!token.keyId.isEmpty())
        return TokenWords::tr("%1, key %2").arg(token.type, harmless(token.keyId.left(shownOfKeyId), shownOfKeyId));
    if (token.type.isEmpty() || token.type == "JWT"_L1 || token.type.compare("bearer"_L1, Qt::CaseInsensitive) == 0)
        return TokenWords::tr("no");
    return token.type;
}

} // namespace Countersign::Desktop
