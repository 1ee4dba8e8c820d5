// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/httpdate.h>
#include <countersign/countersign_export.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

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

} // namespace Countersign::Protocol
