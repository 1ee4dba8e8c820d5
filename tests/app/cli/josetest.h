// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cliprocess.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

namespace CountersignTest {

//! Runs `countersign jose`.
CliRun jose(const QStringList &arguments, const QByteArray &input = {});

//! One of our files of vectors, by its name.
QJsonObject joseVectors(const QString &file);

QByteArray text(const QJsonObject &object, QLatin1StringView name);
//! What stands there in base64url.
QByteArray bytes(const QJsonObject &object, QLatin1StringView name);

//! A test of the tools below `jose`, with the vectors of the RFCs and a folder for keys.
class JoseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

protected:
    //! Gives the name of a file that holds \p content.
    QString keep(const QByteArray &content);
    QString keyOf(const QJsonObject &vector);
    //! The key of that example of RFC 7515 appendix A.
    QString keyOfJws(int index);

    QTemporaryDir m_folder;
    int m_files = 0;
    QJsonObject m_jws; //!< RFC 7515
    QJsonObject m_jwe; //!< RFC 7516
};

} // namespace CountersignTest
