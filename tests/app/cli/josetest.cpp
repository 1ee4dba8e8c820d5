// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josetest.h"

#include <QtCore/QFile>

using namespace Qt::StringLiterals;

namespace CountersignTest {

CliRun jose(const QStringList &arguments, const QByteArray &input)
{
    return runCli(QStringList{u"jose"_s} + arguments, input);
}

QJsonObject joseVectors(const QString &file)
{
    QFile data(QStringLiteral(COUNTERSIGN_TEST_DATA "/jose/") + file);
    return data.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(data.readAll()).object() : QJsonObject();
}

QByteArray text(const QJsonObject &object, QLatin1StringView name)
{
    return object.value(name).toString().toUtf8();
}

QByteArray bytes(const QJsonObject &object, QLatin1StringView name)
{
    return QByteArray::fromBase64(text(object, name), QByteArray::Base64UrlEncoding);
}

void JoseTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_jws = joseVectors(u"rfc7515.json"_s);
    m_jwe = joseVectors(u"rfc7516.json"_s);
    QVERIFY(!m_jws.isEmpty() && !m_jwe.isEmpty());
}

QString JoseTest::keep(const QByteArray &content)
{
    QFile file(m_folder.filePath(QString::number(++m_files)));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return {};
    return file.fileName();
}

QString JoseTest::keyOf(const QJsonObject &vector)
{
    return keep(QJsonDocument(vector.value("key"_L1).toObject()).toJson());
}

QString JoseTest::keyOfJws(int index)
{
    return keyOf(m_jws.value("jws"_L1).toArray().at(index).toObject());
}

} // namespace CountersignTest
