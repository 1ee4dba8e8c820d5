// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/homefolder.h>
#include <common/serviceset.h>
#include <common/storewipe.h>
#include <common/usersettings.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::App;
using namespace Qt::StringLiterals;

class TestUserSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void portsAreReadInTheirOrder_data();
    void portsAreReadInTheirOrder();
    void whatCannotBeRightIsRefused_data();
    void whatCannotBeRightIsRefused();
    void whatIsSetReachesTheServices();
    void offlineSendsNothing();
    void aHomeIsAnAbsolutePath_data();
    void aHomeIsAnAbsolutePath();
};

void TestUserSettings::aHomeIsAnAbsolutePath_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QString>("home");
    QTest::newRow("as said") << u"/home/ada"_s << u"/root"_s << u"/home/ada"_s;
    QTest::newRow("empty") << QString() << u"/home/ada"_s << u"/home/ada"_s;
    QTest::newRow("relative") << u"ada"_s << u"/home/ada"_s << u"/home/ada"_s;
    QTest::newRow("unknown to the system") << QString() << QString() << QString();
    QTest::newRow("relative everywhere") << u"ada"_s << u"ada"_s << QString();
}

void TestUserSettings::aHomeIsAnAbsolutePath()
{
    QFETCH(const QString, said);
    QFETCH(const QString, entry);
    QFETCH(const QString, home);
    QCOMPARE(chooseHome(said, entry), home);
}

void TestUserSettings::portsAreReadInTheirOrder_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<quint16>>("ports");
    QTest::newRow("nothing") << QString() << QList<quint16>();
    QTest::newRow("one") << u"8400"_s << QList<quint16>{8400};
    QTest::newRow("a range") << u"8400-8402"_s << QList<quint16>{8400, 8401, 8402};
    QTest::newRow("both, each once") << u"9000, 8999 - 9001"_s << QList<quint16>{9000, 8999, 9001};
}

void TestUserSettings::portsAreReadInTheirOrder()
{
    QFETCH(QString, text);
    QFETCH(QList<quint16>, ports);
    const auto read = parsePorts(text);
    QVERIFY(read);
    QCOMPARE(*read, ports);
}

void TestUserSettings::whatCannotBeRightIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("a port of the system") << u"ports"_s << u"80"_s;
    QTest::newRow("no port") << u"ports"_s << u"65536"_s;
    QTest::newRow("backwards") << u"ports"_s << u"9000-8000"_s;
    QTest::newRow("too many") << u"ports"_s << u"8000-9000"_s;
    QTest::newRow("half a range") << u"ports"_s << u"8000-"_s;
    QTest::newRow("a second is too short") << u"request_timeout"_s << u"1"_s;
    QTest::newRow("an hour is too long") << u"request_timeout"_s << u"3600"_s;
    QTest::newRow("a negative history") << u"history_days"_s << u"-1"_s;
    QTest::newRow("half offline") << u"offline"_s << u"maybe"_s;
    QTest::newRow("an unknown use of cookies") << u"embedded_session"_s << u"share"_s;
    QTest::newRow("an unknown substitute") << u"without_keychain"_s << u"cloud"_s;
    QTest::newRow("an unknown setting") << u"colour"_s << u"red"_s;
}

void TestUserSettings::whatCannotBeRightIsRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const QTemporaryDir folder;
    UserSettings settings(folder.filePath(u"settings.json"_s));
    const auto stored = settings.set(name, value);
    QVERIFY(!stored);
    QCOMPARE(stored.error().code(), ErrorCode::InvalidArgument);
    QVERIFY(settings.value(name).isEmpty());
}

void TestUserSettings::whatIsSetReachesTheServices()
{
    const QTemporaryDir folder;
    UserSettings settings(folder.filePath(u"settings.json"_s));
    QVERIFY(settings.set(u"store"_s, u"memory"_s));
    QVERIFY(settings.set(u"ports"_s, u"8400-8401"_s));
    QVERIFY(settings.set(u"request_timeout"_s, u"12"_s));
    QVERIFY(settings.set(u"history_days"_s, u"30"_s));
    UserSettings again(settings.path());
    QVERIFY(again.load());
    ServiceSettings wanted;
    QVERIFY(again.complete(wanted));
    QVERIFY(!wanted.isOffline);
    QCOMPARE(again.historyLength(), std::optional(std::chrono::days(30)));
    const auto services = ServiceSet::create(wanted);
    QVERIFY(services);
    Profile profile;
    profile.id = u"demo"_s;
    profile.issuer = u"https://op.example"_s;
    profile.clientId = u"app"_s;
    const auto client = (*services)->makeClient(profile);
    QVERIFY(client);
    QCOMPARE((*client)->configuration().redirect.ports, (QList<quint16>{8400, 8401}));
    QCOMPARE((*client)->configuration().requestTimeout, std::chrono::seconds(12));
    // What the registration says goes before what the person likes.
    profile.redirectUri = u"http://127.0.0.1:51823/"_s;
    const auto pinned = (*services)->makeClient(profile);
    QVERIFY(pinned);
    QCOMPARE((*pinned)->configuration().redirect.ports, QList<quint16>{51823});
    // What the caller of the program says goes before what is set.
    ServiceSettings told;
    told.store = u"keychain"_s;
    QVERIFY(again.complete(told));
    QCOMPARE(told.store, u"keychain"_s);
}

void TestUserSettings::offlineSendsNothing()
{
    ServiceSettings settings;
    settings.store = u"memory"_s;
    settings.isOffline = true;
    const auto services = ServiceSet::create(settings);
    QVERIFY(services);
    QVERIFY((*services)->isOffline());
    std::optional<Error> error;
    const auto exchange = (*services)->http().send(
        HttpRequest::get(HttpPurpose::Discovery, QUrl(u"https://op.example/.well-known/openid-configuration"_s)),
        [&error](const Result<HttpResponse> &response) {
            if (!response)
                error = response.error();
        });
    QVERIFY(!error); // never from within send()
    QTRY_VERIFY(error);
    QCOMPARE(error->code(), ErrorCode::NetworkUnavailable);
    QVERIFY(error->message().contains("op.example"_L1));
    // A dropped one says nothing.
    error.reset();
    (void)(*services)->http().send(HttpRequest::get(HttpPurpose::Discovery, QUrl(u"https://op.example/"_s)),
                                   [&error](const Result<HttpResponse> &response) { error = response.error(); });
    QTest::qWait(20);
    QVERIFY(!error);
}

QTEST_GUILESS_MAIN(TestUserSettings)
#include "tst_usersettings.moc"
