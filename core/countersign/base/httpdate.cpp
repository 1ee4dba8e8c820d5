// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/httpdate.h>

#include <QtCore/QLocale>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign {

QDateTime parseHttpDate(QByteArrayView field)
{
    // RFC 9110 §5.6.7: IMF-fixdate, RFC 850 (two-digit year), asctime. All three are in UTC.
    struct Form
    {
        QString date;
        qsizetype timeAt; // among the words
        qsizetype words;
        bool namesZone;
    };
    static const std::array forms{Form{u"dd MMM yyyy"_s, 3, 5, true}, Form{u"dd-MMM-yy"_s, 1, 3, true},
                                  Form{u"MMM d yyyy"_s, 2, 4, false}};
    // The name of the day adds nothing, and Qt would hold it against the wrong century of a two-digit year.
    auto words = QString::fromLatin1(field).simplified().split(u' ');
    words.removeFirst();
    for (const auto &form : forms) {
        if (words.size() != form.words || (form.namesZone && words.last() != "GMT"_L1))
            continue;
        auto dateWords = words.first(form.namesZone ? form.words - 1 : form.words);
        // Apart from each other: together they would be a local time, which skips an hour in spring.
        const auto time = QTime::fromString(dateWords.takeAt(form.timeAt), u"hh:mm:ss"_s);
        const auto date = QLocale::c().toDate(dateWords.join(u' '), form.date);
        if (!date.isValid() || !time.isValid())
            continue;
        // Qt reads two digits as 19xx; nothing in HTTP is that old.
        return QDateTime(date.year() < 1970 ? date.addYears(100) : date, time, Qt::UTC);
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
