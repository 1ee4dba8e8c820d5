// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "systemlook.h"

#include <settings/preferences.h>
#include <widgets/systemtheme.h>

#include <QtCore/QTemporaryDir>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusMetaType>
#include <QtDBus/QDBusVariant>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

constexpr auto path = "/org/freedesktop/portal/desktop"_L1;
constexpr auto service = "org.freedesktop.portal.Desktop"_L1;
constexpr auto appearance = "org.freedesktop.appearance"_L1;

using Groups = QMap<QString, QVariantMap>;

//! The part of the desktop portal that tells how the system looks.
class Portal final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    Portal() : bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"portal"_s))
    {
        qDBusRegisterMetaType<Groups>();
        isThere = bus.registerObject(path, this, QDBusConnection::ExportAllSlots) && bus.registerService(service);
    }
    ~Portal() override
    {
        bus.unregisterService(service);
        QDBusConnection::disconnectFromBus(u"portal"_s);
    }
    void tell(const QString &group, const QString &key, uint value)
    {
        auto signal = QDBusMessage::createSignal(path, u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s);
        signal << group << key << QVariant::fromValue(QDBusVariant(value));
        bus.send(signal);
    }
    void change(const QString &key, uint value)
    {
        values.insert(key, value);
        tell(appearance, key, value);
    }

    QDBusConnection bus;
    QVariantMap values;
    bool isThere = false;

public Q_SLOTS:
    QMap<QString, QVariantMap> ReadAll(const QStringList &groups)
    {
        return groups.contains(appearance) ? Groups{{appearance, values}} : Groups{};
    }
};

} // namespace

class TestSystemLook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void theWindowsFollowThePortal();
    void whatIsNoMatterOfLooksChangesNothing();
    void withoutAPortalTheLastLookIsForgotten();
    void aThemeChangeIsLookedAt();
    void whoChoseALookKeepsIt();
    void theNextStartRemembersTheLook();

private:
    //! As the program does it.
    void follow(SystemLook &look)
    {
        connect(&look, &SystemLook::changed, this, [this](std::optional<ThemeKind> told) {
            m_preferences->setLastSystemTheme(told);
            applyAppearance(*qApp, *m_preferences);
        });
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Preferences> m_preferences;
};

void TestSystemLook::init()
{
    if (!QDBusConnection::sessionBus().isConnected())
        QSKIP("needs a D-Bus session");
    m_preferences = std::make_unique<Preferences>(m_folder.filePath(u"p.ini"_s));
    m_preferences->setTheme(ThemeChoice::System);
    applyAppearance(*qApp, *m_preferences);
    QCOMPARE(Theme::current().kind(), ThemeKind::Light);
}

void TestSystemLook::cleanup()
{
    setSystemTheme(std::nullopt);
}

void TestSystemLook::theWindowsFollowThePortal()
{
    Portal portal;
    QVERIFY(portal.isThere);
    portal.values.insert(u"color-scheme"_s, 1U);
    QWidget window;
    window.show();
    auto *look = new SystemLook(window);
    follow(*look);
    // As it is at the start, and as it becomes. XDG Desktop Portal: 0 no preference, 1 dark, 2 light; contrast 1 high.
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::Dark);
    QTest::qWait(50); // our own new look is none of the system's
    QCOMPARE(Theme::current().kind(), ThemeKind::Dark);
    QCOMPARE(window.palette().color(QPalette::Window), Theme::of(ThemeKind::Dark).color(ColorRole::Window));
    portal.change(u"color-scheme"_s, 2);
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::Light);
    portal.change(u"contrast"_s, 1);
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::HighContrast);
    QCOMPARE(window.palette().color(QPalette::Window), Theme::of(ThemeKind::HighContrast).color(ColorRole::Window));
    portal.change(u"color-scheme"_s, 1);
    portal.change(u"contrast"_s, 0);
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::Dark);
    portal.change(u"color-scheme"_s, 0);
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::Light);
}

void TestSystemLook::whatIsNoMatterOfLooksChangesNothing()
{
    Portal portal;
    portal.values.insert(u"color-scheme"_s, 1U);
    QWidget window;
    auto *look = new SystemLook(window);
    follow(*look);
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::Dark);
    QSignalSpy changed(look, &SystemLook::changed);
    portal.change(u"accent-color"_s, 7);
    portal.tell(u"org.gnome.desktop.interface"_s, u"color-scheme"_s, 2);
    portal.change(u"contrast"_s, 0); // comes after the others
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(Theme::current().kind(), ThemeKind::Dark);
}

void TestSystemLook::withoutAPortalTheLastLookIsForgotten()
{
    m_preferences->setLastSystemTheme(ThemeKind::Dark);
    setSystemTheme(m_preferences->lastSystemTheme());
    applyAppearance(*qApp, *m_preferences);
    QCOMPARE(Theme::current().kind(), ThemeKind::Dark);
    QWidget window;
    auto *look = new SystemLook(window);
    follow(*look);
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::Light);
    QVERIFY(!m_preferences->lastSystemTheme());
}

void TestSystemLook::aThemeChangeIsLookedAt()
{
    QWidget window;
    auto *look = new SystemLook(window);
    follow(*look);
    m_preferences->setTheme(ThemeChoice::Dark);
    applyAppearance(*qApp, *m_preferences);
    QSignalSpy changed(look, &SystemLook::changed);
    // Qt sends it to every window when the platform's theme is another one.
    QEvent event(QEvent::ThemeChange);
    QCoreApplication::sendEvent(&window, &event);
    QCOMPARE(changed.size(), 1);
    // The system's own palette was looked at under what we wear, which is worn again.
    QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::of(ThemeKind::Dark).color(ColorRole::Window));
    m_preferences->setTheme(ThemeChoice::System);
    applyAppearance(*qApp, *m_preferences);
    QCOMPARE(Theme::current().kind(), ThemeKind::Light);
}

void TestSystemLook::whoChoseALookKeepsIt()
{
    m_preferences->setTheme(ThemeChoice::Light);
    setSystemTheme(ThemeKind::Dark);
    applyAppearance(*qApp, *m_preferences);
    QCOMPARE(Theme::current().kind(), ThemeKind::Light);
    m_preferences->setTheme(ThemeChoice::System);
    applyAppearance(*qApp, *m_preferences);
    QCOMPARE(Theme::current().kind(), ThemeKind::Dark);
}

void TestSystemLook::theNextStartRemembersTheLook()
{
    QSignalSpy changed(m_preferences.get(), &Preferences::changed);
    m_preferences->setLastSystemTheme(ThemeKind::HighContrast);
    QVERIFY(changed.isEmpty()); // nobody chose anything
    QCOMPARE(Preferences(m_folder.filePath(u"p.ini"_s)).lastSystemTheme(), ThemeKind::HighContrast);
    m_preferences->setLastSystemTheme(std::nullopt);
    QVERIFY(!Preferences(m_folder.filePath(u"p.ini"_s)).lastSystemTheme());
}

QTEST_MAIN(TestSystemLook)
#include "tst_systemlook.moc"
