// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QDateTime>

#include <chrono>
#include <optional>

namespace Countersign {

//! A date in any of HTTP's three forms; invalid when it is none. Units: UTC. Spec: RFC 9110 §5.6.7.
[[nodiscard]] COUNTERSIGN_EXPORT QDateTime parseHttpDate(QByteArrayView field);
//! The form that may be sent today. Spec: RFC 9110 §5.6.7 (IMF-fixdate).
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray toHttpDate(const QDateTime &at);

//! How long to wait, from a Retry-After field: seconds or a date in any of HTTP's three forms; never negative.
//! No value when the field is neither. Spec: RFC 9110 §10.2.3.
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<std::chrono::seconds> parseRetryAfter(QByteArrayView field,
                                                                                     const QDateTime &at);

} // namespace Countersign
