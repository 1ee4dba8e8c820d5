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

//! What \p bytes hold of ASCII in UTF-16 from \p offset on, with something that is no text for everything else.
//! Programs hold QStrings like that.
QByteArray narrowed(const QByteArray &bytes, qsizetype offset)
{
    QByteArray text;
    text.reserve(bytes.size() / 2);
    for (qsizetype i = offset; i + 1 < bytes.size(); i += 2)
        text.append(bytes.at(i + 1) == 0 ? bytes.at(i) : '\1');
    return text;
}

//! The shape of a secret that is in \p bytes, as Latin-1 or as UTF-16.
QString secretIn(const QByteArray &bytes)
{
    for (const auto &reading : {bytes, narrowed(bytes, 0), narrowed(bytes, 1)}) {
        const auto text = QString::fromLatin1(reading);
        for (const auto &shape : secrets()) {
            if (shape.match(text).hasMatch())
                return shape.pattern();
        }
    }
    return {};
}

//! As a literal of QString lies in a program.
QByteArray utf16(const QString &text)
{
    return {reinterpret_cast<const char *>(text.utf16()), text.size() * qsizetype(sizeof(char16_t))};
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
        QCOMPARE(samples.size(), secrets().size());
        for (qsizetype i = 0; i < samples.size(); ++i) {
            // In the middle of a program, also at an odd place.
            for (const QByteArray &before : {"\x7f\x45LF"_ba, "\x7f\x45LF\1"_ba}) {
                QCOMPARE(secretIn(before + samples.at(i).toLatin1() + '\0'), secrets().at(i).pattern());
                QCOMPARE(secretIn(before + utf16(samples.at(i)) + '\0'), secrets().at(i).pattern());
            }
        }
        // A prefix that the library knows, before another literal.
        const QChar end(u'\0');
        QCOMPARE(secretIn(utf16(u"GOCSPX-"_s + end + QString(40, u'a') + end)), QString());
    }

    void b10NothingShippedHoldsAClientSecret_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<bool>("isCertain"); // there is something to read
#if defined(Q_OS_LINUX) && defined(COUNTERSIGN_HAS_PROGRAMS)
        const bool hasPrograms = true;
#else
        const bool hasPrograms = false;
#endif
        QTest::newRow("B.10 resources") << QStringLiteral(SOURCE_TREE "/resources") << true;
        // An archive is linked into the programs and read with them.
        QTest::newRow("B.10 the library") << QStringLiteral(BINARY_TREE "/core") << false;
        QTest::newRow("B.10 the programs") << QStringLiteral(BINARY_TREE "/bin") << hasPrograms;
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
            const auto found = secretIn(file.readAll());
            QVERIFY2(found.isEmpty(), qPrintable(QString(name + u' ' + found)));
            ++read;
        }
        QFETCH(bool, isCertain);
        QVERIFY2(read > 0 || !isCertain, qPrintable(folder));
        if (read == 0)
            QSKIP("nothing was built there");
    }
};

QTEST_GUILESS_MAIN(TestShippedSecrets)
#include "tst_shippedsecrets.moc"
