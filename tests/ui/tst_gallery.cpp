// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "fakesession.h"
#include "gallery.h"
#include "inspection.h"

#include "settings/settingsdialog.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/page.h"

#include <countersign/client/presets.h>

#include <QtCore/QMimeData>
#include <QtCore/QTranslator>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QScreen>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTextEdit>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

//! Names of providers, stores and scopes are no texts of ours.
bool isData(const QString &name)
{
    static const QStringList scopes{u"openid"_s, u"profile"_s, u"offline_access"_s, u"User.Read"_s};
    if (name == FakeSession().storeState.name || scopes.contains(name))
        return true;
    const auto &presets = providerPresets();
    return std::any_of(presets.begin(), presets.end(),
                       [&name](const ProviderPreset &preset) { return preset.name == name; });
}

} // namespace

class TestGallery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void everyControlHasAName();
    void everyControlIsReachedByKeyboard();
    void theTabKeyGoesRoundEveryWindow();
    void germanNeedsNoTranslationOfQt();
    void noLetterLeadsToTwoThings_data();
    void noLetterLeadsToTwoThings();
    void nothingIsCutInThePseudoLocale_data();
    void nothingIsCutInThePseudoLocale();
    void dialogsFitTheScreen_data();
    void dialogsFitTheScreen();
    void everyTextCanBeTranslated();
    void addressesStayLeftToRight();
    void nothingCanBePastedFromAnEmptyClipboard_data();
    void nothingCanBePastedFromAnEmptyClipboard();
    void everyLookIsWorn();
    void settingsTakeEffect();
    void sillySettingsAreSane();
    void settingsAreFound();
    void shortcutsAreChangedOnceEach();
    void tour();

private:
    //! What \p look finds wrong with any exhibit.
    static QStringList complaints(const std::function<QStringList(QWidget &)> &look);
};

void TestGallery::cleanup()
{
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

QStringList TestGallery::complaints(const std::function<QStringList(QWidget &)> &look)
{
    Gallery gallery;
    QStringList found;
    for (const auto &exhibit : gallery.exhibits()) {
        const auto widget = exhibit.make();
        for (const auto &each : look(*widget))
            found.append(exhibit.name + u": "_s + each);
    }
    return found;
}

void TestGallery::everyControlHasAName()
{
    const auto found = complaints(namelessControls);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestGallery::everyControlIsReachedByKeyboard()
{
    const auto found = complaints(unreachableControls);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestGallery::theTabKeyGoesRoundEveryWindow()
{
    const auto found = complaints(unvisitedControls);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestGallery::germanNeedsNoTranslationOfQt()
{
    QTranslator translator;
    QVERIFY(translator.load(u"countersign_de"_s, u":/i18n"_s));
    QCoreApplication::installTranslator(&translator);
    const auto found = complaints([](QWidget &widget) {
        static const QStringList english{u"Cancel"_s,  u"Close"_s, u"Save"_s, u"Open"_s,
                                         u"Discard"_s, u"Yes"_s,   u"No"_s};
        QStringList words;
        for (const auto *button : widget.findChildren<QAbstractButton *>()) {
            if (english.contains(button->text().remove(u'&')))
                words.append(button->text());
        }
        return words;
    });
    QCoreApplication::removeTranslator(&translator);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestGallery::noLetterLeadsToTwoThings_data()
{
    QTest::addColumn<QString>("language");
    for (const auto &language : {u"en"_s, u"de"_s})
        QTest::newRow(qPrintable(language)) << language;
}

void TestGallery::noLetterLeadsToTwoThings()
{
    QFETCH(QString, language);
    QTranslator translator;
    QVERIFY(translator.load(u"countersign_"_s + language, u":/i18n"_s));
    QCoreApplication::installTranslator(&translator);
    const auto found = complaints([](QWidget &widget) {
        widget.show();
        QCoreApplication::processEvents();
        // Where a place of the main window is looked at by itself, the menus stand above it all the same.
        QStringList menus;
        for (int menu = 0; menu < menuKindCount && qobject_cast<Page *>(&widget); ++menu)
            menus.append(ActionRegistry::title(MenuKind(menu)));
        return sharedMnemonics(widget, menus);
    });
    QCoreApplication::removeTranslator(&translator);
    for (const auto &each : found)
        qWarning("%s", qPrintable(each));
    QVERIFY(found.isEmpty());
}

void TestGallery::nothingIsCutInThePseudoLocale_data()
{
    QTest::addColumn<int>("scale");
    for (const int scale : {100, 200})
        QTest::addRow("%d %%", scale) << scale;
}

void TestGallery::nothingIsCutInThePseudoLocale()
{
    QFETCH(int, scale);
    const auto before = QApplication::font();
    auto font = before;
    font.setPointSizeF(font.pointSizeF() * scale / 100);
    QApplication::setFont(font);
    PseudoTranslator pseudo;
    QCoreApplication::installTranslator(&pseudo);
    const auto cut = complaints([](QWidget &widget) {
        widget.resize(QSize(900, 600).expandedTo(widget.minimumSizeHint()));
        widget.show();
        return cutTextsAtRest(widget);
    });
    QCoreApplication::removeTranslator(&pseudo);
    QApplication::setFont(before);
    QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
}

void TestGallery::dialogsFitTheScreen_data()
{
    QTest::addColumn<int>("scale");
    for (const int scale : {100, 200, 300})
        QTest::addRow("%d %%", scale) << scale;
}

void TestGallery::dialogsFitTheScreen()
{
    QFETCH(int, scale);
    QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"p.ini"_s));
    preferences.setTextScale(scale);
    applyAppearance(*qApp, preferences);
    const auto found = complaints([](QWidget &widget) {
        if (!qobject_cast<QDialog *>(&widget))
            return QStringList();
        widget.show();
        const auto cut = cutTextsAtRest(widget);
        QStringList wrong;
        const auto most = widget.screen()->availableSize();
        if (widget.height() > most.height() || widget.width() > most.width())
            wrong.append(u"%1 x %2 is larger than the screen"_s.arg(widget.width()).arg(widget.height()));
        // Whatever a dialog says, how it ends is in sight.
        for (const auto *button : widget.findChildren<QPushButton *>()) {
            const QRect inDialog(button->mapTo(&widget, QPoint(0, 0)), button->size());
            if (button->isVisible() && button->isDefault() && !widget.rect().contains(inDialog))
                wrong.append(button->text() + u" is out of sight"_s);
        }
        return wrong + cut;
    });
    preferences.setTextScale(100);
    applyAppearance(*qApp, preferences);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestGallery::everyTextCanBeTranslated()
{
    PseudoTranslator pseudo;
    QCoreApplication::installTranslator(&pseudo);
    const auto plain = complaints([](QWidget &widget) { return untranslatedTexts(widget, isData); });
    QCoreApplication::removeTranslator(&pseudo);
    QVERIFY2(plain.isEmpty(), qPrintable(plain.join(u'\n')));
}

void TestGallery::addressesStayLeftToRight()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    Gallery gallery;
    int seen = 0;
    for (const auto &exhibit : gallery.exhibits()) {
        const auto widget = exhibit.make();
        QCOMPARE(widget->layoutDirection(), Qt::RightToLeft);
        for (const auto *field : widget->findChildren<QLineEdit *>()) {
            const auto name = field->accessibleName();
            if (name == "Issuer"_L1 || name == "Client ID"_L1 || name == "Expected issuer"_L1) {
                QCOMPARE(field->layoutDirection(), Qt::LeftToRight);
                ++seen;
            }
        }
        for (const auto *text : widget->findChildren<QPlainTextEdit *>()) {
            const auto name = text->accessibleName();
            // The checks of a token are sentences.
            if ((name.contains("oken"_L1) && !name.startsWith("Checks"_L1)) || name.contains("JSON"_L1))
                QVERIFY2(text->layoutDirection() == Qt::LeftToRight, qPrintable(exhibit.name + u": "_s + name));
        }
    }
    QVERIFY(seen > 5);
}

void TestGallery::nothingCanBePastedFromAnEmptyClipboard_data()
{
    QTest::addColumn<bool>("isWithoutFormats");
    QTest::newRow("cleared") << false;
    QTest::newRow("without formats, as X11 gives it") << true;
}

void TestGallery::nothingCanBePastedFromAnEmptyClipboard()
{
    QFETCH(bool, isWithoutFormats);
    auto *clipboard = QGuiApplication::clipboard();
    clipboard->setText(u"gone"_s);
    clipboard->clear();
    if (isWithoutFormats)
        clipboard->setMimeData(new QMimeData);
    Gallery gallery;
    int seen = 0;
    for (const auto &exhibit : gallery.exhibits()) {
        const auto widget = exhibit.make();
        QVERIFY2(widget->findChildren<QTextEdit *>().isEmpty(), qPrintable(exhibit.name)); // it needs the same care
        for (auto *text : widget->findChildren<QPlainTextEdit *>()) {
            const auto before = text->toPlainText();
            QTest::keySequence(text, QKeySequence::Paste);
            text->paste();
            QCOMPARE(text->toPlainText(), before);
            seen += text->isReadOnly() ? 0 : 1;
        }
    }
    QVERIFY(seen > 5);
    clipboard->clear();
}

void TestGallery::everyLookIsWorn()
{
    QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"p.ini"_s));
    for (const auto &[choice, kind] :
         {std::pair(ThemeChoice::Dark, ThemeKind::Dark), std::pair(ThemeChoice::HighContrast, ThemeKind::HighContrast),
          std::pair(ThemeChoice::Light, ThemeKind::Light)}) {
        preferences.setTheme(choice);
        applyAppearance(*qApp, preferences);
        QCOMPARE(Theme::current().kind(), kind);
        QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::of(kind).color(ColorRole::Window));
    }
    preferences.setTextScale(200);
    const auto before = QApplication::font().pointSizeF();
    applyAppearance(*qApp, preferences);
    QCOMPARE(QApplication::font().pointSizeF(), before * 2);
    preferences.setTextScale(100);
    applyAppearance(*qApp, preferences);
    QCOMPARE(QApplication::font().pointSizeF(), before);
}

void TestGallery::settingsTakeEffect()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(u"p.ini"_s);
    {
        Preferences preferences(path);
        QSignalSpy changed(&preferences, &Preferences::changed);
        StagedSettings shared;
        MainWindow window;
        SettingsDialog dialog(preferences, shared, window.actionRegistry());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        for (auto *box : dialog.findChildren<QComboBox *>()) {
            if (box->accessibleName() == "Look"_L1) {
                box->setCurrentIndex(int(ThemeChoice::Dark));
                Q_EMIT box->activated(int(ThemeChoice::Dark));
            }
        }
        for (auto *box : dialog.findChildren<QAbstractButton *>()) {
            if (box->accessibleName() == "Start masked"_L1)
                box->click();
        }
        QCOMPARE(changed.size(), 2);
    }
    const Preferences again(path);
    QCOMPARE(again.theme(), ThemeChoice::Dark);
    QVERIFY(again.startsMasked());
}

void TestGallery::sillySettingsAreSane()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"p.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[General]\ntheme=99\ntext_scale=100000\nclipboard_hold=-5\ntimes=x\nlanguage=../../etc\n");
    file.close();
    const Preferences preferences(file.fileName());
    QCOMPARE(preferences.theme(), ThemeChoice::System);
    QCOMPARE(preferences.textScale(), Preferences::maximumScale);
    QCOMPARE(preferences.clipboardHold(), Preferences::minimumHold);
    QCOMPARE(preferences.timeStyle(), TimeStyle::Local);
    QVERIFY(preferences.language().isEmpty());
}

void TestGallery::settingsAreFound()
{
    QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"p.ini"_s));
    StagedSettings shared;
    MainWindow window;
    SettingsDialog dialog(preferences, shared, window.actionRegistry());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QLineEdit *search = nullptr;
    for (auto *field : dialog.findChildren<QLineEdit *>()) {
        if (field->accessibleName() == "Search the settings"_L1)
            search = field;
    }
    search->setText(u"proxy"_s);
    const auto *groups = dialog.findChild<QListWidget *>();
    QStringList visible;
    for (int row = 0; row < groups->count(); ++row) {
        if (!groups->item(row)->isHidden())
            visible.append(groups->item(row)->text());
    }
    QCOMPARE(visible, QStringList{u"Network"_s});
    QCOMPARE(groups->currentItem()->text(), u"Network"_s);
}

void TestGallery::shortcutsAreChangedOnceEach()
{
    QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"p.ini"_s));
    MainWindow window;
    auto &actions = window.actionRegistry();
    auto *quit = actions.find(u"file.quit"_s);
    const auto own = quit->shortcut();
    preferences.setShortcut(u"file.quit"_s, QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Q));
    applyShortcuts(actions, preferences);
    QCOMPARE(quit->shortcut(), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Q));
    preferences.setShortcut(u"file.quit"_s, std::nullopt);
    applyShortcuts(actions, preferences);
    QCOMPARE(quit->shortcut(), own);
    // One that has two loses both to the person's own, and gets both back.
    auto *refresh = actions.add({.id = u"test.two"_s,
                                 .text = u"Two"_s,
                                 .shortcut = QKeySequence(Qt::CTRL | Qt::Key_R),
                                 .alternative = QKeySequence(Qt::Key_F5)});
    const auto both = refresh->shortcuts();
    QCOMPARE(both.size(), 2);
    preferences.setShortcut(u"test.two"_s, QKeySequence(Qt::Key_F9));
    applyShortcuts(actions, preferences);
    QCOMPARE(refresh->shortcuts(), QList<QKeySequence>{QKeySequence(Qt::Key_F9)});
    preferences.setShortcut(u"test.two"_s, std::nullopt);
    applyShortcuts(actions, preferences);
    QCOMPARE(refresh->shortcuts(), both);
}

void TestGallery::tour()
{
    const auto folder = qEnvironmentVariable("COUNTERSIGN_SCREENSHOTS");
    if (folder.isEmpty())
        QSKIP("set COUNTERSIGN_SCREENSHOTS to a folder to save pictures of every place and dialog");
    QTemporaryDir settings;
    Preferences preferences(settings.filePath(u"p.ini"_s));
    const struct
    {
        QString name;
        ThemeChoice theme;
        int scale;
        QString language;
        bool isReversed;
    } looks[] = {{u"light"_s, ThemeChoice::Light, 100, u"en"_s, false},
                 {u"dark"_s, ThemeChoice::Dark, 100, u"en"_s, false},
                 {u"contrast"_s, ThemeChoice::HighContrast, 100, u"en"_s, false},
                 {u"large"_s, ThemeChoice::Light, 200, u"en"_s, false},
                 {u"german"_s, ThemeChoice::Light, 100, u"de"_s, false},
                 {u"reversed"_s, ThemeChoice::Light, 100, u"en"_s, true}};
    for (const auto &look : looks) {
        preferences.setTheme(look.theme);
        preferences.setTextScale(look.scale);
        applyAppearance(*qApp, preferences);
        QTranslator translator;
        (void)translator.load(u"countersign_"_s + look.language, u":/i18n"_s); // as tst_translations demands
        QCoreApplication::installTranslator(&translator);
        QLocale::setDefault(QLocale(look.language));
        QGuiApplication::setLayoutDirection(look.isReversed ? Qt::RightToLeft : Qt::LeftToRight);
        Gallery gallery;
        for (const auto &exhibit : gallery.exhibits()) {
            const auto widget = exhibit.make();
            if (exhibit.name == "failure"_L1)
                widget->resize(QSize(720, widget->heightForWidth(720)));
            else if (!widget->inherits("QMainWindow") && !widget->inherits("QDialog") && !widget->inherits("QMenu"))
                widget->resize(QSize(1000, 640));
            widget->show();
            QTest::qWait(120);
            QVERIFY(widget->grab().save(folder + u'/' + exhibit.name + u'-' + look.name + u".png"_s));
        }
    }
    QLocale::setDefault(QLocale(u"en"_s));
    preferences.setTextScale(100);
    applyAppearance(*qApp, preferences);
}

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
