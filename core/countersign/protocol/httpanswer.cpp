// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/httpanswer.h>

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

} // namespace Countersign::Protocol
