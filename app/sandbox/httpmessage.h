// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>

#include <chrono>
#include <optional>
#include <utility>

namespace CountersignSandbox {

//! Form or query parameters in the order they came, duplicates kept.
//!
//! Encoding: the sandbox has a codec of its own on purpose: one shared with the library would hide the library's
//! errors. Spec:     RFC 6749 Appendix B.
class Parameters
{
public:
    static Parameters decode(const QByteArray &encoded);
    QByteArray encode() const;

    //! The first value, or an empty string.
    QString value(QStringView name) const;
    bool contains(QStringView name) const;
    //! The first name that occurs twice, or an empty string. RFC 6749 §3.1 refuses such requests; `resource` may
    //! repeat.
    QString duplicate() const;
    QStringList values(QStringView name) const;

    void add(const QString &name, const QString &value) { m_items.append({name, value}); }
    void set(const QString &name, const QString &value);
    void remove(QStringView name);
    void append(const Parameters &other) { m_items += other.m_items; }
    bool isEmpty() const { return m_items.isEmpty(); }
    const QList<std::pair<QString, QString>> &items() const { return m_items; }
    //! As JSON, a repeated name as an array.
    QJsonObject toJson() const;

private:
    QList<std::pair<QString, QString>> m_items;
};

//! One HTTP request, copied out of the server.
struct Request
{
    QByteArray method;
    QString path;
    Parameters query;
    Parameters form; //!< empty unless the body is application/x-www-form-urlencoded
    QList<std::pair<QByteArray, QByteArray>> headers; //!< names in lower case
    QByteArray body;
    QString origin; //!< "http://" and the Host header

    QByteArray header(const QByteArray &lowerCaseName) const;
    QString cookie(const QString &name) const;
    //! Query and form together, as the endpoints that take both read them.
    Parameters parameters() const;
};

//! One HTTP response, still open to hooks.
struct Response
{
    //! What happens to the connection.
    enum class Delivery : quint8 {
        Complete,
        DropBefore, //!< the connection is closed without an answer
        DropMidway, //!< the connection is closed in the middle of the body
    };

    int status = 200;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    std::optional<QJsonObject> json; //!< takes the place of body
    std::chrono::milliseconds delay{0};
    Delivery delivery = Delivery::Complete;

    static Response ofJson(QJsonObject object, int status = 200);
    //! An error as RFC 6749 §5.2 forms it.
    static Response ofError(const QString &error, const QString &description, int status = 400);
    static Response redirect(const QByteArray &location, int status = 302);
    static Response text(const QByteArray &text, int status);

    void setHeader(const QByteArray &name, const QByteArray &value);
    void removeHeader(const QByteArray &name);
    bool hasHeader(const QByteArray &name) const;
    //! The body that goes out: json in compact form, or body.
    QByteArray payload() const;
    //! Status line, headers and body as they go over the wire.
    QByteArray toWire(bool withBody) const;
};

} // namespace CountersignSandbox
