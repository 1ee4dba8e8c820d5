// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "xdgnotifications.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

constexpr auto path = "/org/freedesktop/Notifications"_L1;
constexpr auto service = "org.freedesktop.Notifications"_L1;

struct Shown
{
    QString program;
    QString icon;
    QString title;
    QString text;
    QStringList actions;
    QVariantMap hints;
};

//! A server of notifications on a connection of its own, as the desktop's is in a process of its own.
class Server final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    Server() : bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"notifications"_s))
    {
        isThere = bus.registerObject(path, this, QDBusConnection::ExportAllSlots) && bus.registerService(service);
    }
    ~Server() override
    {
        bus.unregisterService(service);
        QDBusConnection::disconnectFromBus(u"notifications"_s);
    }
    void press(uint id, const QString &key)
    {
        auto signal = QDBusMessage::createSignal(path, service, u"ActionInvoked"_s);
        bus.send(signal << id << key);
    }
    void close(uint id)
    {
        constexpr uint dismissed = 2; // Desktop Notifications Specification: by the person
        auto signal = QDBusMessage::createSignal(path, service, u"NotificationClosed"_s);
        bus.send(signal << id << dismissed);
    }

    QDBusConnection bus;
    QStringList capabilities{u"actions"_s, u"body"_s, u"body-markup"_s};
    QList<Shown> shown;
    bool isThere = false;

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; } // NOLINT(readability-identifier-naming): the interface's
    // NOLINTNEXTLINE(readability-identifier-naming): the interface's
    uint Notify(const QString &program, uint, const QString &icon, const QString &title, const QString &text,
                const QStringList &actions, const QVariantMap &hints, int)
    {
        shown.append({program, icon, title, text, actions, hints});
        return idOf(shown.size() - 1);
    }

public:
    static uint idOf(qsizetype which) { return 40 + uint(which); }
};

const Notice news{.id = 7,
                  .title = u"Sign in needed"_s,
                  .text = u"Lab <b>& more</b> needs you"_s,
                  .hint = u"Click to sign in."_s,
                  .buttons = {u"Sign in"_s, u"Later"_s, u"Mute for 8 hours"_s}};

} // namespace

class TestXdgNotifications : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aNotificationCarriesItsButtons();
    void everyButtonIsHeard();
    void aNotificationOfAnotherProgramIsNotOurs();
    void whatWasClosedIsForgotten();
    void aServerWithoutButtonsGetsNone();
    void withoutAServerItIsSaidSo();
    void aServerThatComesLaterIsFound();
};

void TestXdgNotifications::init()
{
    if (!QDBusConnection::sessionBus().isConnected())
        QSKIP("needs a D-Bus session");
    QGuiApplication::setApplicationDisplayName(u"Countersign"_s);
    QGuiApplication::setDesktopFileName(u"io.github.countersign.Countersign"_s);
}

void TestXdgNotifications::aNotificationCarriesItsButtons()
{
    Server server;
    QVERIFY(server.isThere);
    XdgNotifications notifications;
    QVERIFY(notifications.show(news));
    QTRY_COMPARE(server.shown.size(), 1);
    const auto &shown = server.shown.constFirst();
    QCOMPARE(shown.program, u"Countersign"_s);
    QCOMPARE(shown.icon, u"io.github.countersign.Countersign"_s);
    QCOMPARE(shown.title, news.title);
    // Names of profiles are text, whatever the server would make of them.
    QCOMPARE(shown.text, u"Lab &lt;b&gt;&amp; more&lt;/b&gt; needs you"_s);
    QCOMPARE(shown.actions,
             QStringList({u"default"_s, u"Sign in"_s, u"0"_s, u"Sign in"_s, u"1"_s, u"Later"_s, u"2"_s,
                          u"Mute for 8 hours"_s}));
    QCOMPARE(shown.hints.value(u"suppress-sound"_s), QVariant(true));
    QCOMPARE(shown.hints.value(u"desktop-entry"_s), QVariant(u"io.github.countersign.Countersign"_s));
}

void TestXdgNotifications::everyButtonIsHeard()
{
    Server server;
    XdgNotifications notifications;
    QSignalSpy chosen(&notifications, &NotificationService::chosen);
    QVERIFY(notifications.show(news));
    QTRY_COMPARE(server.shown.size(), 1);
    for (const auto &key : {u"default"_s, u"0"_s, u"1"_s, u"2"_s})
        server.press(Server::idOf(0), key);
    QTRY_COMPARE(chosen.size(), 4);
    QList<int> buttons;
    for (const auto &each : chosen) {
        QCOMPARE(each.at(0).toInt(), news.id);
        buttons.append(each.at(1).toInt());
    }
    QCOMPARE(buttons, QList<int>({0, 0, 1, 2}));
}

void TestXdgNotifications::aNotificationOfAnotherProgramIsNotOurs()
{
    Server server;
    XdgNotifications notifications;
    QSignalSpy chosen(&notifications, &NotificationService::chosen);
    QVERIFY(notifications.show(news));
    QTRY_COMPARE(server.shown.size(), 1);
    server.press(Server::idOf(5), u"0"_s);
    server.press(Server::idOf(0), u"reply"_s); // no key of ours
    server.press(Server::idOf(0), u"1"_s); // comes after the others
    QTRY_COMPARE(chosen.size(), 1);
    QCOMPARE(chosen.at(0).at(1).toInt(), 1);
}

void TestXdgNotifications::whatWasClosedIsForgotten()
{
    Server server;
    XdgNotifications notifications;
    QSignalSpy chosen(&notifications, &NotificationService::chosen);
    QVERIFY(notifications.show(news));
    auto other = news;
    other.id = 8;
    QVERIFY(notifications.show(other));
    QTRY_COMPARE(server.shown.size(), 2);
    server.close(Server::idOf(0));
    server.press(Server::idOf(0), u"0"_s);
    server.press(Server::idOf(1), u"0"_s);
    QTRY_COMPARE(chosen.size(), 1);
    QCOMPARE(chosen.at(0).at(0).toInt(), 8);
}

void TestXdgNotifications::aServerWithoutButtonsGetsNone()
{
    Server server;
    server.capabilities = {u"body"_s};
    XdgNotifications notifications;
    QVERIFY(notifications.show(news));
    QTRY_COMPARE(server.shown.size(), 1);
    QVERIFY(server.shown.constFirst().actions.isEmpty());
    QCOMPARE(server.shown.constFirst().text, news.text); // no markup either
}

void TestXdgNotifications::withoutAServerItIsSaidSo()
{
    XdgNotifications notifications;
    QSignalSpy failed(&notifications, &NotificationService::failed);
    QVERIFY(notifications.show(news));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 10000);
    QCOMPARE(failed.at(0).at(0).value<Notice>(), news);
}

void TestXdgNotifications::aServerThatComesLaterIsFound()
{
    XdgNotifications notifications;
    QSignalSpy failed(&notifications, &NotificationService::failed);
    QVERIFY(notifications.show(news));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 10000);
    Server server;
    QSignalSpy chosen(&notifications, &NotificationService::chosen);
    QVERIFY(notifications.show(news));
    QTRY_COMPARE(server.shown.size(), 1);
    server.press(Server::idOf(0), u"2"_s);
    QTRY_COMPARE(chosen.size(), 1); // heard once, though it was asked twice
    QTest::qWait(50);
    QCOMPARE(chosen.size(), 1);
}

QTEST_MAIN(TestXdgNotifications)
#include "tst_xdgnotifications.moc"
