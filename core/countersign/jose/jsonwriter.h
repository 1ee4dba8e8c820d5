// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Countersign::Jose {

//! Writes one JSON document without white space, members in the order of the calls. The caller keeps the grammar:
//! a name before each value in an object, an end for each beginning, no name twice.
//!
//! Encoding: UTF-8; only what JSON demands is escaped.
//! Secrets:  the buffer is wiped on destruction, when it grows, and when it is taken as a Secret.
class COUNTERSIGN_EXPORT JsonWriter
{
public:
    JsonWriter() = default;
    ~JsonWriter();
    JsonWriter(const JsonWriter &) = delete;
    JsonWriter &operator=(const JsonWriter &) = delete;

    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    JsonWriter &name(QByteArrayView utf8);

    JsonWriter &string(QStringView value);
    JsonWriter &utf8(QByteArrayView value); //!< valid UTF-8
    JsonWriter &secret(const Secret &value); //!< valid UTF-8
    JsonWriter &integer(qint64 value);
    JsonWriter &boolean(bool value);
    JsonWriter &null();
    JsonWriter &strings(const QStringList &values);
    //! \p json as it is: one value, already JSON.
    JsonWriter &raw(QByteArrayView json);

    // A name and its value.
    JsonWriter &string(QByteArrayView name, QStringView value) { return this->name(name).string(value); }
    JsonWriter &utf8(QByteArrayView name, QByteArrayView value) { return this->name(name).utf8(value); }
    JsonWriter &secret(QByteArrayView name, const Secret &value) { return this->name(name).secret(value); }
    JsonWriter &integer(QByteArrayView name, qint64 value) { return this->name(name).integer(value); }
    JsonWriter &boolean(QByteArrayView name, bool value) { return this->name(name).boolean(value); }
    JsonWriter &strings(QByteArrayView name, const QStringList &values) { return this->name(name).strings(values); }
    JsonWriter &raw(QByteArrayView name, QByteArrayView json) { return this->name(name).raw(json); }

    //! Makes room, so that a large document is not copied while it grows.
    void reserve(qsizetype size);
    QByteArrayView view() const { return m_text; }
    //! Hands the text over. Use takeSecret() when a secret is among the values.
    [[nodiscard]] QByteArray take();
    [[nodiscard]] Secret takeSecret();

private:
    void separate();
    void quote(QByteArrayView utf8);
    void makeRoom(qsizetype more);

    QByteArray m_text;
    bool m_needsComma = false;
};

} // namespace Countersign::Jose
