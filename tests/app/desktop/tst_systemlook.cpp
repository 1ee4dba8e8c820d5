// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "systemlook.h"

#include <settings/preferences.h>
#include <widgets/theme.h>

#include <QtCore/QTemporaryDir>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusVariant>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

constexpr auto path = "/org/freedesktop/portal/desktop"_L1;

//! The part of the desktop portal that tells how the system looks.
class Portal final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    Portal() : bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"portal"_s))
    {
        isThere = bus.registerObject(path, this, QDBusConnection::ExportAllSlots)
            && bus.registerService(u"org.freedesktop.portal.Desktop"_s);
    }
    ~Portal() override
    {
        bus.unregisterService(u"org.freedesktop.portal.Desktop"_s);
        QDBusConnection::disconnectFromBus(u"portal"_s);
    }
    void change(const QString &key, uint value)
    {
        values.insert(key, value);
        auto signal = QDBusMessage::createSignal(path, u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s);
        signal << u"org.freedesktop.appearance"_s << key << QVariant::fromValue(QDBusVariant(value));
        bus.send(signal);
    }

    QDBusConnection bus;
    QHash<QString, uint> values;
    bool isThere = false;

public Q_SLOTS:
    QDBusVariant Read(const QString &, const QString &key)
    {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(values.value(key))));
    }
};

} // namespace

class TestSystemLook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { setSystemTheme(std::nullopt); }
    void theWindowsFollowTheSystem();
    void whoChoseALookKeepsIt();
};

void TestSystemLook::theWindowsFollowTheSystem()
{
    if (!QDBusConnection::sessionBus().isConnected())
        QSKIP("needs a D-Bus session");
    Portal portal;
    QVERIFY(portal.isThere);
    portal.values.insert(u"color-scheme"_s, 1);
    QTemporaryDir folder;
    const Preferences preferences(folder.filePath(u"p.ini"_s));
    QWidget window;
    applyAppearance(*qApp, preferences);
    const auto before = Theme::current().kind();
    QCOMPARE(before, ThemeKind::Light);
    SystemLook look(window);
    connect(&look, &SystemLook::changed, &window, [&preferences] { applyAppearance(*qApp, preferences); });
    // As it is at the start, and as it becomes.
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::Dark);
    QTest::qWait(50); // nothing takes it back
    QCOMPARE(Theme::current().kind(), ThemeKind::Dark);
    portal.change(u"color-scheme"_s, 2);
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::Light);
    portal.change(u"contrast"_s, 1);
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::HighContrast);
    portal.change(u"contrast"_s, 0);
    QTRY_COMPARE(Theme::current().kind(), ThemeKind::Light);
    portal.change(u"accent-color"_s, 7);
    portal.change(u"color-scheme"_s, 0);
    QTRY_COMPARE(Theme::current().kind(), before);
}

void TestSystemLook::whoChoseALookKeepsIt()
{
    QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"p.ini"_s));
    preferences.setTheme(ThemeChoice::Light);
    setSystemTheme(ThemeKind::Dark);
    applyAppearance(*qApp, preferences);
    QCOMPARE(Theme::current().kind(), ThemeKind::Light);
    preferences.setTheme(ThemeChoice::System);
    applyAppearance(*qApp, preferences);
    QCOMPARE(Theme::current().kind(), ThemeKind::Dark);
}

QTEST_MAIN(TestSystemLook)
#include "tst_systemlook.moc"
