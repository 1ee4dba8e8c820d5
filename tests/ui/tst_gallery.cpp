// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "gallery.h"

#include "settings/settingsdialog.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"

#include <countersign/client/presets.h>

#include <QtGui/QAction>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTabBar>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

//! A control that a person can reach, and that is no inner part of another one.
bool isControl(const QWidget *widget)
{
    const QByteArray name = widget->metaObject()->className();
    if (widget->objectName().startsWith("qt_"_L1) || name.contains("Header") || name.contains("CornerButton")
        || name.contains("Private") || widget->objectName() == "ScrollLeftButton"_L1
        || widget->objectName() == "ScrollRightButton"_L1)
        return false;
    const auto *parent = widget->parentWidget();
    if (parent && (qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent)))
        return false;
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QAbstractItemView *>(widget)
        || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)
        || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
        || qobject_cast<const QTabBar *>(widget);
}

bool findPresetNamed(const QString &name)
{
    const auto &presets = providerPresets();
    return std::any_of(presets.begin(), presets.end(),
                       [&name](const ProviderPreset &preset) { return preset.name == name; });
}

QList<QWidget *> everything(QWidget &root)
{
    auto widgets = root.findChildren<QWidget *>();
    widgets.prepend(&root);
    return widgets;
}

} // namespace

class TestGallery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void everyControlHasAName();
    void everyControlIsReachedByKeyboard();
    void nothingIsCutInThePseudoLocale_data();
    void nothingIsCutInThePseudoLocale();
    void everyTextCanBeTranslated();
    void addressesStayLeftToRight();
    void everyLookIsWorn();
    void settingsTakeEffect();
    void sillySettingsAreSane();
    void settingsAreFound();
    void shortcutsAreChangedOnceEach();
    void tour();
};

void TestGallery::cleanup()
{
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

void TestGallery::everyControlHasAName()
{
    Gallery gallery;
    for (const auto &exhibit : gallery.exhibits()) {
        const auto widget = exhibit.make();
        for (const auto *each : everything(*widget)) {
            if (isControl(each))
                QVERIFY2(!each->accessibleName().isEmpty(),
                         qPrintable(exhibit.name + u": "_s + QLatin1StringView(each->metaObject()->className())));
        }
    }
}

void TestGallery::everyControlIsReachedByKeyboard()
{
    Gallery gallery;
    for (const auto &exhibit : gallery.exhibits()) {
        const auto widget = exhibit.make();
        for (const auto *each : everything(*widget)) {
            // What a tool bar offers is in the menus, too.
            if (isControl(each) && !qobject_cast<const QTabBar *>(each) && !each->parentWidget()->inherits("QToolBar"))
                QVERIFY2(each->focusPolicy() & Qt::TabFocus || each->focusProxy()
                             || each->accessibleName() == "Clear"_L1,
                         qPrintable(exhibit.name + u": "_s + each->accessibleName()));
            // A text area must let the Tab key go on.
            if (const auto *text = qobject_cast<const QPlainTextEdit *>(each);
                text && text->textInteractionFlags() != Qt::NoTextInteraction)
                QVERIFY2(text->tabChangesFocus(), qPrintable(exhibit.name));
        }
    }
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
    Gallery gallery;
    QStringList cut;
    for (const auto &exhibit : gallery.exhibits()) {
        const auto widget = exhibit.make();
        widget->resize(QSize(900, 600).expandedTo(widget->minimumSizeHint()));
        widget->show();
        QCoreApplication::processEvents();
        for (const auto *each : everything(*widget)) {
            const auto *label = qobject_cast<const QLabel *>(each);
            const bool isText = qobject_cast<const QAbstractButton *>(each) || (label && !label->wordWrap());
            if (isText && each->isVisible() && isControl(each) | (label != nullptr)
                && (each->width() + 1 < each->minimumSizeHint().width()
                    || each->height() + 1 < each->minimumSizeHint().height()))
                cut.append(exhibit.name + u": "_s + (label ? label->text() : each->accessibleName()));
            // Text that wraps needs the height for it.
            if (label && label->wordWrap() && label->isVisible() && label->hasHeightForWidth()
                && label->height() + 2 < label->heightForWidth(label->width()))
                cut.append(exhibit.name + u": "_s + label->accessibleName() + u" (height)"_s);
        }
    }
    QCoreApplication::removeTranslator(&pseudo);
    QApplication::setFont(before);
    QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
}

void TestGallery::everyTextCanBeTranslated()
{
    PseudoTranslator pseudo;
    QCoreApplication::installTranslator(&pseudo);
    Gallery gallery;
    QStringList plain;
    for (const auto &exhibit : gallery.exhibits()) {
        const auto widget = exhibit.make();
        for (const auto *button : widget->findChildren<QAbstractButton *>()) {
            const auto text = button->text();
            // Names of providers and data files are no texts of ours.
            const bool isData = text.isEmpty() || findPresetNamed(text);
            if (isControl(button) && !isData && !text.startsWith(u'['))
                plain.append(exhibit.name + u": "_s + text);
        }
    }
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
            if (text->accessibleName().contains("oken"_L1) || text->accessibleName().contains("JSON"_L1))
                QCOMPARE(text->layoutDirection(), Qt::LeftToRight);
        }
    }
    QVERIFY(seen > 5);
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
    } looks[] = {{u"light"_s, ThemeChoice::Light, 100},
                 {u"dark"_s, ThemeChoice::Dark, 100},
                 {u"contrast"_s, ThemeChoice::HighContrast, 100},
                 {u"large"_s, ThemeChoice::Light, 200}};
    for (const auto &look : looks) {
        preferences.setTheme(look.theme);
        preferences.setTextScale(look.scale);
        applyAppearance(*qApp, preferences);
        Gallery gallery;
        for (const auto &exhibit : gallery.exhibits()) {
            const auto widget = exhibit.make();
            if (exhibit.name == "failure"_L1)
                widget->resize(QSize(720, widget->heightForWidth(720)));
            else if (!widget->inherits("QDialog"))
                widget->resize(QSize(1000, 640));
            widget->show();
            QTest::qWait(120);
            QVERIFY(widget->grab().save(folder + u'/' + exhibit.name + u'-' + look.name + u".png"_s));
        }
    }
    preferences.setTextScale(100);
    applyAppearance(*qApp, preferences);
}

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
