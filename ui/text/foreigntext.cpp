// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/foreigntext.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

bool isMisleading(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format: // direction overrides, joiners, the byte order mark
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

} // namespace

QString harmless(QStringView text, qsizetype maximum)
{
    QString shown;
    for (const auto c : text.left(maximum)) {
        if (isMisleading(c))
            shown += u"⟨U+%1⟩"_s.arg(int(c.unicode()), 4, 16, QLatin1Char('0')).toUpper();
        else
            shown += c;
    }
    if (text.size() > maximum)
        shown += u'…';
    return shown;
}

QString isolated(QStringView text, qsizetype maximum)
{
    constexpr QChar firstStrongIsolate(0x2068);
    constexpr QChar popIsolate(0x2069);
    return firstStrongIsolate + harmless(text, maximum) + popIsolate;
}

QString withWholeAddresses(const QString &text)
{
    static const QRegularExpression address(u"\\b[a-z][a-z0-9+.-]*://\\S+"_s);
    // A longer one may need its breaks.
    constexpr int longest = 40;
    QString shown;
    qsizetype done = 0;
    for (auto matches = address.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        shown += QStringView(text).mid(done, match.capturedStart() - done);
        for (const auto c : match.captured()) {
            shown += c;
            if (match.capturedLength() <= longest && !c.isLetterOrNumber())
                shown += wordJoiner;
        }
        done = match.capturedEnd();
    }
    return shown + QStringView(text).mid(done);
}

} // namespace Countersign::Desktop
