// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "argumentsecrets.h"

#include "proxyaddress.h"
#include "text.h"
#include "words.h"

#include <countersign/base/redaction.h>

#include <QtCore/QRegularExpression>

#include <utility>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! Options whose plain value would put a secret into the process list.
const QStringList &refusedSecrets()
{
    static const QStringList names{
        u"--secret"_s,          u"--client-secret"_s, u"--password"_s,           u"--passphrase"_s,
        u"--refresh-token"_s,   u"--access-token"_s,  u"--oidc-client-secret"_s, u"--assertion"_s,
        u"--private-key"_s,     u"--id-token"_s,      u"--device-code"_s,        u"--code-verifier"_s,
        u"--client-assertion"_s};
    return names;
}

//! Whether a word, or the value of one like --key=JSON, is a private or symmetric key itself.
bool holdsKey(const QString &argument)
{
    static const QRegularExpression privateMember(u"\"(d|k|p|q|dp|dq|qi)\"\\s*:"_s); // RFC 7518 §6.2.2, §6.3.2, §6.4
    return argument.contains("PRIVATE KEY-----"_L1)
        || (argument.contains("\"kty\""_L1) && argument.contains(privateMember));
}

//! Whether a word, or the value of one like --proxy=ADDRESS, is an address with a password in it.
bool hasPassword(const QString &argument)
{
    // RFC 3986 §3.2: an authority ends before the first of these. Not parsed: what is no address shows it as well.
    static const QRegularExpression authority(u"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*"_s);
    const auto value = argument.startsWith("--"_L1) ? argument.section(u'=', 1) : argument;
    return holdsPassword(authority.match(value).capturedView());
}

} // namespace

std::optional<Error> refusedSecret(const QStringList &arguments)
{
    QString before;
    for (const auto &argument : arguments) {
        const auto option = std::exchange(before, argument);
        if (argument == "--"_L1)
            break; // what follows is another program's
        const auto name = argument.section(u'=', 0, 0);
        if (refusedSecrets().contains(name))
            return wrongUsage(Text::tr("'%1' would show a secret to every user of this computer in the list of "
                                       "processes. Secrets are read from standard input, a file or the keychain, "
                                       "never from the command line.")
                                  .arg(name));
        if (holdsKey(argument))
            return wrongUsage(Text::tr("A key in the arguments would be seen by every user of this computer in the "
                                       "list of processes. Give it as a file, or as - on standard input."));
        if (hasPassword(argument))
            return passwordInArguments(name == "--proxy"_L1 || option == "--proxy"_L1 || option == "proxy"_L1);
    }
    return std::nullopt;
}

bool mayBeSecret(const QString &word)
{
    static const QRegularExpression place(u"\\A(?:\\.{0,2}/|[a-z]+:)[^?#]*\\z"_s); // a path, an address, file:PATH
    const auto value = word.startsWith("--"_L1) && word.contains(u'=') ? word.section(u'=', 1) : word;
    return !value.contains(place) && redacted(word) != word;
}

bool isCompactToken(const QString &word)
{
    static const QRegularExpression compact(u"\\AeyJ[\\w-]+\\.[\\w-]*\\.[\\w.-]*\\z"_s);
    return word.contains(compact);
}

} // namespace Countersign::Cli
