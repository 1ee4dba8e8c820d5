// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/httpdate.h>

#include <QtCore/QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

QDateTime parseHttpDate(QByteArrayView field)
{
    // The name of the day adds nothing, and Qt would hold it against the wrong century of a two-digit year.
    QString text = QString::fromLatin1(field.trimmed()).replace("  "_L1, " "_L1);
    text.remove(0, text.indexOf(u' ') + 1);
    const QLocale english = QLocale::c();
    // RFC 9110 §5.6.7: IMF-fixdate, RFC 850 (two-digit year), asctime. All three are in UTC.
    for (const auto &format :
         {u"dd MMM yyyy hh:mm:ss 'GMT'"_s, u"dd-MMM-yy hh:mm:ss 'GMT'"_s, u"MMM d hh:mm:ss yyyy"_s}) {
        QDateTime date = english.toDateTime(text, format);
        if (!date.isValid())
            continue;
        date.setTimeSpec(Qt::UTC);
        // Qt reads two digits as 19xx; nothing in HTTP is that old.
        return date.date().year() < 1970 ? date.addYears(100) : date;
    }
    return {};
}

QByteArray toHttpDate(const QDateTime &at)
{
    return QLocale::c().toString(at.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

std::optional<std::chrono::seconds> parseRetryAfter(QByteArrayView field, const QDateTime &at)
{
    const QByteArrayView text = field.trimmed();
    if (text.isEmpty())
        return {};
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) {
        // A longer number is a date in another century: a day is as good as forever here.
        constexpr qsizetype longest = 9;
        if (text.size() > longest)
            return std::chrono::hours(24);
        return std::chrono::seconds(text.toByteArray().toLongLong());
    }
    const QDateTime date = parseHttpDate(text);
    if (!date.isValid())
        return {};
    return std::chrono::seconds(std::max<qint64>(0, at.secsTo(date)));
}

} // namespace Countersign
