// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/timetext.h"

#include "text/wording.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct TimeWords
{
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};

} // namespace

QString timeText(const QDateTime &time, TimeStyle style, const QDateTime &at)
{
    switch (style) {
    case TimeStyle::Local:
        return TimeWords::tr("%1 (%2)").arg(QLocale().toString(time.toLocalTime(), QLocale::ShortFormat),
                                            expiryText(time, at));
    case TimeStyle::Utc: return time.toUTC().toString(Qt::ISODate);
    case TimeStyle::Relative: return expiryText(time, at);
    }
    Q_UNREACHABLE();
}

QString timeStyleText(TimeStyle style)
{
    switch (style) {
    case TimeStyle::Local: return TimeWords::tr("Local time");
    case TimeStyle::Utc: return TimeWords::tr("UTC");
    case TimeStyle::Relative: return TimeWords::tr("Relative");
    }
    Q_UNREACHABLE();
}

QDateTime timeOfClaim(qint64 seconds)
{
    constexpr qint64 endOfYear9999 = 253'402'300'799;
    return seconds < 0 || seconds > endOfYear9999 ? QDateTime() : QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
}

} // namespace Countersign::Desktop
