// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/httpcall.h"

#include <QtCore/QJsonDocument>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QNetworkRequest>
#include <QtTest/QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace CountersignTest {

namespace {

constexpr int patience = 20000; // milliseconds; a busy machine is no reason to fail

} // namespace

QByteArray HttpAnswer::header(const QByteArray &lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

QJsonObject HttpAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QUrl HttpAnswer::location() const
{
    return QUrl(QString::fromUtf8(header("location"_ba)));
}

HttpAnswer httpCall(const QByteArray &method, const QUrl &url, const Headers &headers, const QByteArray &body)
{
    QNetworkAccessManager network; // one a call, so that no connection and no cookie is shared
    network.setProxy(QNetworkProxy::NoProxy);
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(request, method, body));
    HttpAnswer answer;
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, patience))
        return answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto pairs = reply->rawHeaderPairs();
    for (const auto &pair : pairs)
        answer.headers.append({pair.first.toLower(), pair.second});
    answer.body = reply->readAll();
    return answer;
}

QByteArray encodedForm(const QList<std::pair<QString, QString>> &fields)
{
    QByteArray body;
    for (const auto &[name, value] : fields) {
        if (!body.isEmpty())
            body += '&';
        body += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
    return body;
}

HttpAnswer postForm(const QUrl &url, const QList<std::pair<QString, QString>> &fields, const Headers &headers)
{
    Headers all = headers;
    all.append({"Content-Type"_ba, "application/x-www-form-urlencoded"_ba});
    return httpCall("POST"_ba, url, all, encodedForm(fields));
}

QString parameter(const QUrl &url, const QString &name)
{
    const QString text = url.hasFragment() ? url.fragment(QUrl::FullyEncoded) : url.query(QUrl::FullyEncoded);
    const QStringList pairs = text.split(u'&');
    for (const QString &pair : pairs) {
        if (pair.section(u'=', 0, 0) == name)
            return QUrl::fromPercentEncoding(pair.section(u'=', 1).replace(u'+', u' ').toLatin1());
    }
    return {};
}

} // namespace CountersignTest
