// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The published examples in tests/data/jose.
#pragma once

#include <countersign/jose/base64url.h>
#include <countersign/jose/jwe.h>

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace Countersign::Jose::Vectors {

inline QJsonObject load(const QString &file)
{
    QFile data(QStringLiteral(COUNTERSIGN_TEST_DATA "/jose/") + file);
    if (!data.open(QIODevice::ReadOnly))
        qFatal("The test data are missing");
    return QJsonDocument::fromJson(data.readAll()).object();
}

inline QByteArray text(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString().toUtf8();
}

inline QByteArray bytes(const QJsonObject &object, const char *name)
{
    const auto decoded = decodeBase64Url(text(object, name));
    return decoded ? *decoded : QByteArray();
}

inline QByteArray json(const QJsonValue &value)
{
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

inline Jwk key(const QJsonObject &vector)
{
    return *Jwk::parse(json(vector.value(QLatin1String("key"))));
}

struct Example
{
    QByteArray name; // file and section
    QJsonObject vector;
};

// Those of the kind ("jws" or "jwe") in the files.
inline QList<Example> examples(const char *kind, const QStringList &files)
{
    QList<Example> found;
    for (const QString &file : files) {
        const QJsonObject content = load(file);
        for (const QJsonValue &vector : content.value(QLatin1String(kind)).toArray())
            found << Example{file.toUtf8() + ' ' + text(vector.toObject(), "section"), vector.toObject()};
    }
    return found;
}

inline QList<Example> encryptedExamples()
{
    return examples("jwe",
                    {QStringLiteral("rfc7516.json"), QStringLiteral("rfc7517.json"), QStringLiteral("rfc7519.json"),
                     QStringLiteral("rfc7520.json")});
}

// The consent that the examples need.
inline JweRules everythingAllowed()
{
    JweRules rules;
    rules.allowRsa1_5 = true;
    rules.allowDecompression = true;
    rules.allowPassword = true;
    return rules;
}

} // namespace Countersign::Jose::Vectors
