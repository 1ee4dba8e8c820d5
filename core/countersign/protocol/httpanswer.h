// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QDateTime>
#include <QtCore/QList>

#include <chrono>
#include <optional>
#include <utility>

namespace Countersign::Protocol {

//! Header fields in order; names are compared without regard to case. Spec: RFC 9110 §5.1.
using HeaderFields = QList<std::pair<QByteArray, QByteArray>>;

//! An HTTP answer as the parsers see it. Nothing is copied: it lives as long as what it looks at.
struct COUNTERSIGN_EXPORT HttpAnswer
{
    int status = 0;
    HeaderFields headers;
    QByteArrayView body;

    bool isSuccess() const { return status >= 200 && status < 300; }
    //! The first field of that name, or empty.
    QByteArray header(QByteArrayView name) const;
    //! Every field of that name, in order.
    QList<QByteArray> headerValues(QByteArrayView name) const;
    //! The media type in lower case, without parameters.
    QByteArray mediaType() const;
};

//! How long to wait, from a Retry-After field: seconds or a date in any of HTTP's three forms; never negative.
//! No value when the field is neither. Spec: RFC 9110 §10.2.3.
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<std::chrono::seconds> parseRetryAfter(QByteArrayView field,
                                                                                     const QDateTime &at);
//! A date in any of HTTP's three forms; invalid when it is none. Units: UTC. Spec: RFC 9110 §5.6.7.
[[nodiscard]] COUNTERSIGN_EXPORT QDateTime parseHttpDate(QByteArrayView field);

} // namespace Countersign::Protocol
