// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/httpanswer.h>

#include <QtCore/QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

QByteArray HttpAnswer::header(QByteArrayView name) const
{
    for (const auto &[field, value] : headers) {
        if (field.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QList<QByteArray> HttpAnswer::headerValues(QByteArrayView name) const
{
    QList<QByteArray> values;
    for (const auto &[field, value] : headers) {
        if (field.compare(name, Qt::CaseInsensitive) == 0)
            values.append(value);
    }
    return values;
}

QByteArray HttpAnswer::mediaType() const
{
    const QByteArray type = header("Content-Type");
    const auto end = type.indexOf(';');
    return (end < 0 ? type : type.first(end)).trimmed().toLower();
}

QDateTime parseHttpDate(QByteArrayView field)
{
    const QString text = QString::fromLatin1(field.trimmed());
    const QLocale english = QLocale::c();
    // RFC 9110 §5.6.7: IMF-fixdate, RFC 850 (two-digit year), asctime. All three are in UTC.
    for (const auto &format :
         {u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s, u"dddd, dd-MMM-yy hh:mm:ss 'GMT'"_s, u"ddd MMM d hh:mm:ss yyyy"_s}) {
        QDateTime date = english.toDateTime(QString(text).replace("  "_L1, " "_L1), format);
        if (!date.isValid())
            continue;
        date.setTimeSpec(Qt::UTC);
        // Qt reads two digits as 19xx; nothing in HTTP is that old.
        return date.date().year() < 1970 ? date.addYears(100) : date;
    }
    return {};
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

} // namespace Countersign::Protocol
