// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/language.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTranslator>
#include <QtCore/QXmlStreamReader>
#include <QtTest/QTest>

using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

struct Entry
{
    QString context;
    QString source;
    QStringList forms;
    bool isFinished = true;
    bool isPlural = false;
};

QString fileOf(const QString &language)
{
    return QStringLiteral(SOURCE_TREE) + u"/resources/translations/countersign_%1.ts"_s.arg(language);
}

QList<Entry> entriesIn(const QString &path)
{
    QFile file(path);
    QList<Entry> entries;
    if (!file.open(QIODevice::ReadOnly))
        return entries;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1)
            context = xml.readElementText();
        else if (xml.name() == "message"_L1)
            entries.append({.context = context, .isPlural = xml.attributes().value("numerus"_L1) == "yes"_L1});
        else if (xml.name() == "source"_L1)
            entries.last().source = xml.readElementText();
        else if (xml.name() == "numerusform"_L1)
            entries.last().forms.append(xml.readElementText());
        else if (xml.name() == "translation"_L1) {
            entries.last().isFinished = !xml.attributes().hasAttribute("type"_L1);
            if (!entries.last().isPlural)
                entries.last().forms.append(xml.readElementText());
        }
    }
    return entries;
}

QList<Entry> entriesOf(const QString &language)
{
    return entriesIn(fileOf(language));
}

//! Entries by context and source, to be compared.
QStringList namesOf(const QList<Entry> &entries)
{
    QStringList names;
    for (const auto &entry : entries)
        names.append(entry.context + u": "_s + entry.source);
    names.sort();
    return names;
}

QStringList placeholders(const QString &text)
{
    static const QRegularExpression pattern(u"%(?:n|\\d)"_s);
    QStringList found;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext())
        found.append(matches.next().captured());
    found.removeDuplicates();
    found.sort();
    return found;
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noEntryIsUnfinished_data();
    void noEntryIsUnfinished();
    void everyTextOfTheSourcesHasAnEntry_data();
    void everyTextOfTheSourcesHasAnEntry();
    void placeholdersAreAllThere();
    void mnemonicsAreThere();
    void theProgramCarriesThem();
};

void TestTranslations::noEntryIsUnfinished_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("German") << u"de"_s;
    QTest::newRow("English, its plurals") << u"en"_s;
}

void TestTranslations::noEntryIsUnfinished()
{
    QFETCH(QString, language);
    const auto entries = entriesOf(language);
    QVERIFY(entries.size() > (language == "de"_L1 ? 500 : 20));
    for (const auto &entry : entries) {
        QVERIFY2(entry.isFinished, qPrintable(entry.context + u": "_s + entry.source));
        for (const auto &form : entry.forms)
            QVERIFY2(!form.trimmed().isEmpty(), qPrintable(entry.source));
        QVERIFY2(entry.forms.size() == (entry.isPlural ? 2 : 1), qPrintable(entry.source));
    }
}

void TestTranslations::everyTextOfTheSourcesHasAnEntry_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("onlyPlurals");
    QTest::newRow("German") << u"de"_s << false;
    QTest::newRow("English, its plurals") << u"en"_s << true;
}

void TestTranslations::everyTextOfTheSourcesHasAnEntry()
{
    QFETCH(QString, language);
    QFETCH(bool, onlyPlurals);
    const QString lupdate = QStringLiteral(LUPDATE);
    if (!QFileInfo(lupdate).isExecutable())
        QSKIP("needs Qt's lupdate");
    const QTemporaryDir folder;
    const auto copy = folder.filePath(u"copy.ts"_s);
    QVERIFY(QFile::copy(fileOf(language), copy));
    QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
    QStringList arguments{u"-silent"_s, u"-locations"_s,       u"none"_s, u"-no-obsolete"_s, u"-source-language"_s,
                          u"en"_s,      u"-target-language"_s, language};
    if (onlyPlurals)
        arguments.append(u"-pluralonly"_s);
    // As ./dev translations does it.
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(SOURCE_TREE));
    process.start(lupdate, arguments + QStringList{u"ui"_s, u"app/desktop"_s, u"app/webview"_s, u"-ts"_s, copy});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    const auto before = namesOf(entriesOf(language));
    const auto after = namesOf(entriesIn(copy));
    for (const auto &name : after)
        QVERIFY2(before.contains(name), qPrintable(u"run ./dev translations and translate "_s + name));
    for (const auto &name : before)
        QVERIFY2(after.contains(name), qPrintable(u"no source has "_s + name));
}

void TestTranslations::placeholdersAreAllThere()
{
    for (const auto &entry : entriesOf(u"de"_s)) {
        // The many-form needs them all; "every second" may stand for "every 1 second".
        QVERIFY2(placeholders(entry.forms.last()) == placeholders(entry.source), qPrintable(entry.forms.last()));
    }
}

void TestTranslations::mnemonicsAreThere()
{
    for (const auto &entry : entriesOf(u"de"_s)) {
        for (const auto &form : entry.forms)
            QVERIFY2(form.contains(u'&') == entry.source.contains(u'&'), qPrintable(form));
    }
}

void TestTranslations::theProgramCarriesThem()
{
    QVERIFY(availableLanguages().contains(u"de"_s));
    for (const auto &language : availableLanguages()) {
        QTranslator translator;
        QVERIFY2(translator.load(u"countersign_"_s + language, u":/i18n"_s), qPrintable(language));
    }
    QTranslator german;
    QVERIFY(german.load(u"countersign_de"_s, u":/i18n"_s));
    QCOMPARE(german.translate("Countersign::Desktop::SettingsDialog", "Settings"), u"Einstellungen"_s);
    QTranslator english;
    QVERIFY(english.load(u"countersign_en"_s, u":/i18n"_s));
    QCOMPARE(english.translate("Wording", "%n minute(s)", nullptr, 1), u"%n minute"_s);
    QCOMPARE(english.translate("Wording", "%n minute(s)", nullptr, 2), u"%n minutes"_s);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
