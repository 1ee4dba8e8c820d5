// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

namespace {

//! What the large providers' client secrets look like.
const QList<QRegularExpression> &secrets()
{
    static const QList<QRegularExpression> shapes{
        QRegularExpression(u"GOCSPX-[A-Za-z0-9_-]{28}"_s), // Google
        QRegularExpression(u"[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}"_s), // Entra
        QRegularExpression(u"-----BEGIN (RSA |EC |ENCRYPTED )?PRIVATE KEY-----\\s+[A-Za-z0-9+/]{40}"_s),
        QRegularExpression(u"\"client_secret\"\\s*:\\s*\"[^\"]+\""_s),
    };
    return shapes;
}

} // namespace

//! B.10: nothing that is shipped holds a client secret: whoever has the program would have it, too.
class TestShippedSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theShapesAreRecognised()
    {
        const QStringList samples{u"GOCSPX-"_s + QString(28, u'a'), u"abc8Q~"_s + QString(34, u'b'),
                                  u"-----BEGIN PRIVATE KEY-----\n"_s + QString(64, u'A'),
                                  u"{\"client_secret\": \"x\"}"_s};
        for (qsizetype i = 0; i < samples.size(); ++i)
            QVERIFY2(secrets().at(i).match(samples.at(i)).hasMatch(), qPrintable(samples.at(i)));
    }

    void b10NothingShippedHoldsAClientSecret_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("B.10 resources") << QStringLiteral(SOURCE_TREE "/resources");
        QTest::newRow("B.10 the library") << QStringLiteral(BINARY_TREE "/core");
        QTest::newRow("B.10 the programs") << QStringLiteral(BINARY_TREE "/bin");
    }
    void b10NothingShippedHoldsAClientSecret()
    {
        QFETCH(QString, folder);
        int read = 0;
        QDirIterator files(folder, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            const auto name = files.fileName();
            const bool isShipped =
                folder.endsWith("resources"_L1) || folder.endsWith("bin"_L1) || name.contains(".so"_L1);
            // The sandbox's confidential client has a secret that everybody may know.
            if (!isShipped || name.contains("sandbox"_L1) || !file.open(QIODevice::ReadOnly))
                continue;
            const auto text = QString::fromLatin1(file.readAll());
            for (const auto &shape : secrets())
                QVERIFY2(!shape.match(text).hasMatch(), qPrintable(QString(name + u' ' + shape.pattern())));
            ++read;
        }
        if (read == 0)
            QSKIP("nothing was built there");
    }
};

QTEST_GUILESS_MAIN(TestShippedSecrets)
#include "tst_shippedsecrets.moc"
