// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "proxyaddress.h"

#include "text.h"
#include "words.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! How many characters of \p address are its scheme with "://".
qsizetype schemeLength(QStringView address)
{
    static const QRegularExpression scheme(u"^[A-Za-z][A-Za-z0-9+.-]*://"_s); // RFC 3986 §3.1
    return scheme.match(address.toString()).capturedLength();
}

} // namespace

bool holdsPassword(QStringView address)
{
    const auto rest = address.sliced(schemeLength(address));
    const auto at = rest.lastIndexOf(u'@');
    return at > 0 && rest.first(at).contains(u':');
}

QString withoutCredential(const QString &address)
{
    const auto at = address.lastIndexOf(u'@');
    const auto scheme = schemeLength(address);
    return at < scheme ? address : address.first(scheme) + u"***"_s + address.sliced(at);
}

Error passwordInArguments(bool isOfProxy)
{
    const auto why = Text::tr("An address with a password in it would show that to every user of this computer in the "
                              "list of processes.");
    return wrongUsage(why + u' '
                      + (isOfProxy ? Text::tr("The address of a proxy may stand in COUNTERSIGN_PROXY.")
                                   : Text::tr("Leave the password out of the address.")));
}

} // namespace Countersign::Cli
