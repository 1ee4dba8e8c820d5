// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QMap>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

using namespace Qt::StringLiterals;

namespace {

struct Layer
{
    QSet<QString> below;
    QStringList externals;
};

struct Include
{
    QString file;
    int line;
    QString header;
};

//! Which external target one has to ask for before a header of it may be included in a source file.
const QMap<QString, QString> &externalHeaders()
{
    static const QMap<QString, QString> table{{u"QtNetwork/"_s, u"Qt6::Network"_s},
                                              {u"openssl/"_s, u"OpenSSL::Crypto"_s},
                                              {u"simdjson"_s, u"simdjson::simdjson"_s},
                                              {u"zlib.h"_s, u"ZLIB::ZLIB"_s},
                                              {u"qt6keychain/"_s, u"Qt6Keychain::Qt6Keychain"_s},
                                              {u"qtkeychain/"_s, u"Qt6Keychain::Qt6Keychain"_s}};
    return table;
}

QMap<QString, Layer> layers()
{
    QFile file(QStringLiteral(LAYER_TABLE));
    QMap<QString, Layer> table;
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return table;
    const auto lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const auto &line : lines) {
        const auto parts = line.split(u';');
        const auto below = parts.value(1).split(u',', Qt::SkipEmptyParts);
        table.insert(parts.value(0),
                     {QSet(below.begin(), below.end()), parts.value(2).split(u',', Qt::SkipEmptyParts)});
    }
    return table;
}

QList<Include> includes(const QString &folder)
{
    static const QRegularExpression pattern(u"^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"_s);
    QList<Include> found;
    QDirIterator files(QStringLiteral(SOURCE_TREE) + u'/' + folder, {u"*.h"_s, u"*.cpp"_s, u"*.mm"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
            continue;
        const auto lines = QString::fromUtf8(file.readAll()).split(u'\n');
        for (int i = 0; i < lines.size(); ++i) {
            const auto match = pattern.match(lines.at(i));
            if (match.hasMatch())
                found.append({file.fileName().mid(qsizetype(sizeof(SOURCE_TREE))), i + 1, match.captured(1)});
        }
    }
    return found;
}

QByteArray complaint(const Include &include, const QString &why)
{
    return u"%1:%2 includes <%3>: %4"_s.arg(include.file).arg(include.line).arg(include.header, why).toUtf8();
}

QString layerOf(const QString &header)
{
    return header.startsWith("countersign/"_L1) && header.count(u'/') >= 2 ? header.section(u'/', 1, 1) : QString();
}

} // namespace

class TestLayers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFolderWithSourcesIsALayer()
    {
        const auto table = layers();
        QVERIFY(table.contains(u"base"_s));
        QVERIFY(table[u"base"_s].below.isEmpty());
        const QDir core(QStringLiteral(SOURCE_TREE) + u"/core/countersign"_s);
        const auto folders = core.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const auto &folder : folders) {
            if (!QDir(core.filePath(folder)).entryList({u"*.cpp"_s}, QDir::Files).isEmpty())
                QVERIFY2(table.contains(folder), qPrintable(folder));
        }
    }

    void everyLayerIncludesOnlyWhatItMayKnow_data()
    {
        QTest::addColumn<QString>("layer");
        const auto table = layers();
        for (auto it = table.begin(); it != table.end(); ++it)
            QTest::newRow(qPrintable(it.key())) << it.key();
    }
    void everyLayerIncludesOnlyWhatItMayKnow()
    {
        QFETCH(QString, layer);
        const auto table = layers();
        const auto &rule = table[layer];
        const auto found = includes(u"core/countersign/"_s + layer);
        QVERIFY2(!found.isEmpty(), "the layer has no source");
        for (const auto &include : found) {
            const auto other = layerOf(include.header);
            if (!other.isEmpty())
                QVERIFY2(other == layer || rule.below.contains(other),
                         complaint(include, u"not below this layer"_s).constData());
            for (auto it = externalHeaders().begin(); it != externalHeaders().end(); ++it) {
                if (!include.header.startsWith(it.key()))
                    continue;
                QVERIFY2(rule.externals.contains(it.value()),
                         complaint(include, u"the layer did not ask for it"_s).constData());
            }
            for (const auto module : {"QtGui/"_L1, "QtWidgets/"_L1, "QtWebEngine"_L1, "QtHttpServer"_L1})
                QVERIFY2(!include.header.startsWith(module),
                         complaint(include, u"the core knows no windows"_s).constData());
            QVERIFY2(include.header.contains(u'/') || include.header == "simdjson.h"_L1
                         || !include.header.startsWith(u'Q'),
                     complaint(include, u"Qt headers are named with their module"_s).constData());
        }
    }

    void publicHeadersOfTheCoreNeedQtCoreOnly()
    {
        QFile list(QStringLiteral(PUBLIC_HEADERS));
        QVERIFY(list.open(QIODevice::ReadOnly | QIODevice::Text));
        const auto headers = QString::fromUtf8(list.readAll());
        const auto found = includes(u"core"_s);
        for (const auto &include : found) {
            if (!headers.contains(u'/' + include.file + u'\n'))
                continue;
            for (auto it = externalHeaders().begin(); it != externalHeaders().end(); ++it)
                QVERIFY2(!include.header.startsWith(it.key()),
                         complaint(include, u"public headers show Qt Core only"_s).constData());
        }
    }

    void windowsSpeakToTheClientOnly()
    {
        const auto found = includes(u"ui"_s);
        for (const auto &include : found) {
            const auto layer = layerOf(include.header);
            const bool authview = include.file.startsWith("ui/authview/"_L1);
            for (const auto forbidden : {"flows"_L1, "http"_L1, "storage"_L1})
                QVERIFY2(layer != forbidden, complaint(include, u"windows speak to the client only"_s).constData());
            if (authview) {
                for (const auto forbidden : {"client"_L1, "jose"_L1, "cache"_L1, "protocol"_L1, "crypto"_L1})
                    QVERIFY2(layer != forbidden,
                             complaint(include, u"the page's process knows no token"_s).constData());
            } else {
                QVERIFY2(!include.header.contains("WebEngine"_L1),
                         complaint(include, u"only authview shows pages"_s).constData());
            }
        }
    }

    //! Our data files are read below windows and command line, so that neither needs the other.
    void theDictionaryNeedsTheCoreAlone()
    {
        const auto found = includes(u"resources/dictionary"_s);
        QVERIFY(!found.isEmpty());
        for (const auto &include : found) {
            const auto layer = layerOf(include.header);
            const bool isBelow = layer == "client"_L1 || layer == "jose"_L1 || include.header.startsWith("QtCore/"_L1)
                || QFile::exists(QStringLiteral(SOURCE_TREE) + u"/resources/dictionary/"_s + include.header);
            QVERIFY2(isBelow, complaint(include, u"data and their readers need the core alone"_s).constData());
        }
    }

    void programsWithoutWindowsKnowNone_data()
    {
        QTest::addColumn<QString>("folder");
        for (const auto folder : {"cli"_L1, "common"_L1, "sandbox"_L1})
            QTest::newRow(folder.data()) << u"app/"_s + folder;
    }
    void programsWithoutWindowsKnowNone()
    {
        QFETCH(QString, folder);
        const auto found = includes(folder);
        QVERIFY(!found.isEmpty());
        for (const auto &include : found) {
            const bool isOfWindows = QFile::exists(QStringLiteral(SOURCE_TREE) + u"/ui/"_s + include.header);
            QVERIFY2(!isOfWindows, complaint(include, u"this program knows no windows"_s).constData());
            for (const auto module : {"QtGui/"_L1, "QtWidgets/"_L1, "QtWebEngine"_L1})
                QVERIFY2(!include.header.startsWith(module),
                         complaint(include, u"this program knows no windows"_s).constData());
        }
        // Nor are their sources compiled another time.
        QFile build(QStringLiteral(SOURCE_TREE) + u'/' + folder + u"/CMakeLists.txt"_s);
        QVERIFY(build.open(QIODevice::ReadOnly | QIODevice::Text));
        QVERIFY2(!build.readAll().contains("/ui/"), qPrintable(build.fileName()));
    }

    void nothingUsesWhatCorruptsOAuth_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("folder");
        QTest::newRow("QUrlQuery loses bytes of forms") << u"QUrlQuery"_s << u"core"_s;
        QTest::newRow("fromBase64 is not strict") << u"fromBase64"_s << u"core"_s;
        for (const auto layer : {"jose"_L1, "protocol"_L1, "cache"_L1, "flows"_L1})
            QTest::addRow("QJsonDocument takes duplicates: %s", layer.data())
                << u"QJsonDocument"_s << u"core/countersign/"_s + layer;
        QTest::newRow("nested event loops") << u"QEventLoop"_s << u"core"_s;
    }
    void nothingUsesWhatCorruptsOAuth()
    {
        QFETCH(QString, word);
        QFETCH(QString, folder);
        QDirIterator files(QStringLiteral(SOURCE_TREE) + u'/' + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        static const QRegularExpression comments(u"//[^\\n]*"_s);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly | QIODevice::Text));
            QString text = QString::fromUtf8(file.readAll());
            text.remove(comments);
            QVERIFY2(!text.contains(word), qPrintable(file.fileName()));
        }
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
