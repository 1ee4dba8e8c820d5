// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QUrl>

#include <utility>

namespace CountersignTest {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

//! An HTTP answer as it came; status 0 when none came.
struct HttpAnswer
{
    int status = 0;
    Headers headers; //!< names in lower case
    QByteArray body;

    QByteArray header(const QByteArray &lowerCaseName) const;
    QJsonObject json() const;
    QUrl location() const;
};

//! One request, waited for. No redirect is followed and no cookie is kept.
HttpAnswer httpCall(const QByteArray &method, const QUrl &url, const Headers &headers = {},
                    const QByteArray &body = {});
//! POST of a form.
HttpAnswer postForm(const QUrl &url, const QList<std::pair<QString, QString>> &fields, const Headers &headers = {});
QByteArray encodedForm(const QList<std::pair<QString, QString>> &fields);
//! The value of a query or fragment parameter, form-decoded; empty if it is missing.
QString parameter(const QUrl &url, const QString &name);

} // namespace CountersignTest
