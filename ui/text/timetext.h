// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QString>

namespace Countersign::Desktop {

//! How times are shown.
enum class TimeStyle : quint8 { Local, Utc, Relative };
inline constexpr int timeStyleCount = 3;

//! \p time, seen from \p at: by the reader's locale, as ISO 8601 in UTC, or as a distance.
QString timeText(const QDateTime &time, TimeStyle style, const QDateTime &at);
QString timeStyleText(TimeStyle style);
//! A NumericDate that a calendar can show; null otherwise. Units: seconds since 1970.
QDateTime timeOfClaim(qint64 seconds);

} // namespace Countersign::Desktop
