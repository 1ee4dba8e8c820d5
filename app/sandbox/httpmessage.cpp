// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "httpmessage.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

namespace {

QString decoded(QByteArrayView text)
{
    QByteArray bytes = text.toByteArray();
    bytes.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(bytes));
}

QByteArray encoded(const QString &text)
{
    return text.toUtf8().toPercentEncoding();
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK"_ba;
    case 201: return "Created"_ba;
    case 204: return "No Content"_ba;
    case 302: return "Found"_ba;
    case 303: return "See Other"_ba;
    case 400: return "Bad Request"_ba;
    case 401: return "Unauthorized"_ba;
    case 403: return "Forbidden"_ba;
    case 404: return "Not Found"_ba;
    case 405: return "Method Not Allowed"_ba;
    case 429: return "Too Many Requests"_ba;
    case 500: return "Internal Server Error"_ba;
    case 503: return "Service Unavailable"_ba;
    default: return "Status"_ba;
    }
}

} // namespace

Parameters Parameters::decode(const QByteArray &encoded)
{
    Parameters result;
    for (const QByteArray &pair : encoded.split('&')) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const QByteArrayView view(pair);
        if (equals < 0)
            result.add(decoded(view), {});
        else
            result.add(decoded(view.first(equals)), decoded(view.sliced(equals + 1)));
    }
    return result;
}

QByteArray Parameters::encode() const
{
    QByteArray result;
    for (const auto &[name, value] : m_items) {
        if (!result.isEmpty())
            result += '&';
        result += encoded(name) + '=' + encoded(value);
    }
    return result;
}

QString Parameters::value(QStringView name) const
{
    for (const auto &[key, value] : m_items) {
        if (key == name)
            return value;
    }
    return {};
}

bool Parameters::contains(QStringView name) const
{
    return std::any_of(m_items.cbegin(), m_items.cend(), [name](const auto &item) { return item.first == name; });
}

QString Parameters::duplicate() const
{
    QStringList seen;
    for (const auto &item : m_items) {
        if (seen.contains(item.first) && item.first != u"resource")
            return item.first;
        seen.append(item.first);
    }
    return {};
}

QStringList Parameters::values(QStringView name) const
{
    QStringList result;
    for (const auto &[key, value] : m_items) {
        if (key == name)
            result.append(value);
    }
    return result;
}

void Parameters::set(const QString &name, const QString &value)
{
    for (auto &item : m_items) {
        if (item.first == name) {
            item.second = value;
            return;
        }
    }
    add(name, value);
}

void Parameters::remove(QStringView name)
{
    m_items.removeIf([name](const auto &item) { return item.first == name; });
}

QJsonObject Parameters::toJson() const
{
    QJsonObject result;
    for (const auto &[name, value] : m_items) {
        const QStringList all = values(name);
        result.insert(name, all.size() == 1 ? QJsonValue(value) : QJsonValue(QJsonArray::fromStringList(all)));
    }
    return result;
}

QByteArray Request::header(const QByteArray &lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

QString Request::cookie(const QString &name) const
{
    for (const QByteArray &part : header("cookie"_ba).split(';')) {
        const QString text = QString::fromLatin1(part.trimmed());
        if (text.startsWith(name) && text.sliced(name.size()).startsWith(u'='))
            return text.sliced(name.size() + 1);
    }
    return {};
}

Parameters Request::parameters() const
{
    Parameters all = query;
    all.append(form);
    return all;
}

Response Response::ofJson(QJsonObject object, int status)
{
    Response response;
    response.status = status;
    response.headers = {{"Content-Type"_ba, "application/json"_ba}, {"Cache-Control"_ba, "no-store"_ba}};
    response.json = std::move(object);
    return response;
}

Response Response::ofError(const QString &error, const QString &description, int status)
{
    return ofJson({{u"error"_s, error}, {u"error_description"_s, description}}, status);
}

Response Response::redirect(const QByteArray &location, int status)
{
    Response response;
    response.status = status;
    response.headers = {{"Location"_ba, location}, {"Cache-Control"_ba, "no-store"_ba}};
    return response;
}

Response Response::text(const QByteArray &text, int status)
{
    Response response;
    response.status = status;
    response.headers = {{"Content-Type"_ba, "text/plain; charset=utf-8"_ba}};
    response.body = text;
    return response;
}

void Response::setHeader(const QByteArray &name, const QByteArray &value)
{
    removeHeader(name);
    headers.append({name, value});
}

void Response::removeHeader(const QByteArray &name)
{
    headers.removeIf([&name](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
}

bool Response::hasHeader(const QByteArray &name) const
{
    return std::any_of(headers.cbegin(), headers.cend(),
                       [&name](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
}

QByteArray Response::payload() const
{
    return json ? QJsonDocument(*json).toJson(QJsonDocument::Compact) : body;
}

QByteArray Response::toWire(bool withBody) const
{
    const QByteArray content = payload();
    QByteArray wire = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    for (const auto &[name, value] : headers)
        wire += name + ": " + value + "\r\n";
    if (!hasHeader("Content-Length"_ba))
        wire += "Content-Length: " + QByteArray::number(content.size()) + "\r\n";
    wire += "\r\n";
    return withBody ? wire + content : wire;
}

} // namespace CountersignSandbox
