// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/machinepolicy.h>
#include <common/serviceset.h>
#include <common/surroundings.h>
#include <common/usersettings.h>

#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::App;
using namespace Qt::StringLiterals;

class TestMachinePolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatAnAdministratorCannotMeanIsRefusedByName_data();
    void whatAnAdministratorCannotMeanIsRefusedByName();
    void withoutAFileNothingIsLocked();
    void aLockedSettingGoesBeforeThePersonsOwn();
    void aDefaultGoesAfterThePersonsOwn();
    void anOptionAgainstTheLockIsRefused_data();
    void anOptionAgainstTheLockIsRefused();
    void whatOthersMayWriteToIsNotBelieved_data();
    void whatOthersMayWriteToIsNotBelieved();
    void somebodyElsesFileIsNotBelieved();
    void aBrokenFileOfThePersonsLiftsNoLock();
    void refreshTokensAreShownOnlyWhereThatIsAllowed();

private:
    //! A policy that whoever runs the test owns, as root owns the real one.
    PolicyPlace write(const QByteArray &members);
    UserSettings settings(const PolicyPlace &place) const
    {
        return UserSettings(m_folder->filePath(u"settings.json"_s), place);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMachinePolicy::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

PolicyPlace TestMachinePolicy::write(const QByteArray &members)
{
    QFile file(m_folder->filePath(u"policy.json"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the policy cannot be written");
    file.write(R"({"schema":"countersign.policy/1",)" + members + '}');
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    return {file.fileName(), QFileInfo(m_folder->path()).ownerId()};
}

void TestMachinePolicy::whatAnAdministratorCannotMeanIsRefusedByName_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const char *members, const char *named) {
        QTest::newRow(name) << QByteArray(R"({"schema":"countersign.policy/1",)") + members + '}'
                            << QString::fromLatin1(named);
    };
    QTest::newRow("no JSON") << QByteArray("store = keychain") << QString();
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("a list") << QByteArray("[]") << QString();
    QTest::newRow("no schema") << QByteArray(R"({"locked":{"store":"keychain"}})") << u"schema"_s;
    QTest::newRow("another schema") << QByteArray(R"({"schema":"countersign.policy/2"})") << u"schema"_s;
    QTest::newRow("too large") << QByteArray(largestPolicy + 1, ' ') << u"65536"_s;
    row("an unknown member", R"("lock":{"store":"keychain"})", "\"lock\"");
    row("an unknown setting", R"("locked":{"stores":"keychain"})", "\"stores\"");
    row("an unknown default", R"("defaults":{"colour":"red"})", "\"colour\"");
    row("twice the same", R"("locked":{"store":"keychain","store":"memory"})", "");
    row("no object", R"("locked":["store"])", "\"locked\"");
    row("no text", R"("locked":{"offline":true})", "\"offline\"");
    row("nothing", R"("locked":{"proxy":""})", "\"proxy\"");
    row("no such word", R"("locked":{"offline":"maybe"})", "\"offline\"");
    row("no such store", R"("locked":{"store":"cloud"})", "\"store\"");
    row("a relative store", R"("locked":{"store":"file:tokens"})", "absolute");
    row("relative authorities", R"("defaults":{"ca_file":"ca.pem"})", "absolute");
    row("a profile says it", R"("locked":{"via":"device"})", "\"via\" : it cannot be locked");
    row("a registration says it", R"("locked":{"ports":"8400"})", "\"ports\"");
    row("a sign-in says it", R"("locked":{"browser":"firefox"})", "\"browser\"");
    row("both", R"("locked":{"store":"keychain"},"defaults":{"store":"memory"})", "both");
    row("a control character", R"("a\u001b[31mb":1)", "\"a?[31mb\"");
}

void TestMachinePolicy::whatAnAdministratorCannotMeanIsRefusedByName()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, named);
    const auto policy = MachinePolicy::parse(json);
    QVERIFY(!policy);
    QCOMPARE(policy.error().cause(), ErrorCause::ForbiddenByPolicy);
    QVERIFY2(policy.error().message().contains(QString(named).replace(u" :"_s, u":"_s)),
             qPrintable(policy.error().message()));
}

void TestMachinePolicy::withoutAFileNothingIsLocked()
{
    const PolicyPlace place{m_folder->filePath(u"nothing/policy.json"_s)};
    auto settings = this->settings(place);
    QVERIFY(settings.load());
    QVERIFY(settings.policy().path().isEmpty());
    QVERIFY(settings.set(u"offline"_s, u"on"_s));
    QCOMPARE(policyInForce(place).outcome, Jose::CheckOutcome::NotApplicable);
}

void TestMachinePolicy::aLockedSettingGoesBeforeThePersonsOwn()
{
    auto before = settings({m_folder->filePath(u"none.json"_s)});
    QVERIFY(before.set(u"store"_s, u"memory"_s));
    const auto place = write(R"("locked":{"store":"keychain","offline":"on"})");
    auto settings = this->settings(place);
    QVERIFY(settings.load());
    QCOMPARE(settings.value(u"store"_s), u"keychain"_s);
    QVERIFY(!settings.isOwn(u"store"_s));
    QVERIFY(settings.isOffline());
    for (const auto &value : {u"memory"_s, u"keychain"_s, QString()}) {
        const auto stored = settings.set(u"store"_s, value);
        QVERIFY(!stored);
        QCOMPARE(stored.error().cause(), ErrorCause::ForbiddenByPolicy);
        QVERIFY(stored.error().message().contains(place.path));
    }
    ServiceSettings services;
    QVERIFY(settings.complete(services));
    QCOMPARE(services.store, u"keychain"_s);
    QVERIFY(services.isOffline);
    const auto finding = policyInForce(place);
    QCOMPARE(finding.outcome, Jose::CheckOutcome::Passed);
    QCOMPARE(finding.detail, u"offline, store"_s);
}

void TestMachinePolicy::aDefaultGoesAfterThePersonsOwn()
{
    auto settings = this->settings(write(R"("defaults":{"via":"device","request_timeout":"60"})"));
    QVERIFY(settings.load());
    QCOMPARE(settings.defaultWay(), u"device"_s);
    QVERIFY(!settings.isOwn(u"via"_s));
    QVERIFY(settings.set(u"via"_s, u"browser"_s));
    QCOMPARE(settings.defaultWay(), u"browser"_s);
    QVERIFY(settings.isOwn(u"via"_s));
    QVERIFY(settings.set(u"via"_s, {}));
    QCOMPARE(settings.defaultWay(), u"device"_s);
    ServiceSettings services;
    QVERIFY(settings.complete(services));
    QCOMPARE(services.requestTimeout, std::optional(std::chrono::seconds(60)));
}

void TestMachinePolicy::anOptionAgainstTheLockIsRefused_data()
{
    QTest::addColumn<QByteArray>("locked");
    QTest::addColumn<QString>("store");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<QString>("caFile");
    QTest::addColumn<bool>("isOffline");
    QTest::addColumn<QString>("refused");
    const QString none;
    QTest::newRow("another store") << QByteArray(R"("store":"keychain")") << u"memory"_s << none << none << false
                                   << u"store"_s;
    QTest::newRow("the same store") << QByteArray(R"("store":"file:/srv/a/../t")") << u"file:/srv/a/../t"_s << none
                                    << none << false << none;
    QTest::newRow("no proxy") << QByteArray(R"("proxy":"http://p.example:80")") << none << u"none"_s << none << false
                              << u"proxy"_s;
    QTest::newRow("the same proxy") << QByteArray(R"("proxy":"http://p.example:80")") << none
                                    << u"http://p.example:80"_s << none << false << none;
    QTest::newRow("other authorities") << QByteArray(R"("ca_file":"/etc/ca.pem")") << none << none << u"/tmp/ca.pem"_s
                                       << false << u"ca_file"_s;
    QTest::newRow("offline") << QByteArray(R"("offline":"off")") << none << none << none << true << u"offline"_s;
    QTest::newRow("offline anyway") << QByteArray(R"("offline":"on")") << none << none << none << true << none;
    QTest::newRow("what is not locked") << QByteArray(R"("offline":"on")") << u"memory"_s << u"none"_s << none << false
                                        << none;
}

void TestMachinePolicy::anOptionAgainstTheLockIsRefused()
{
    QFETCH(const QByteArray, locked);
    QFETCH(const QString, store);
    QFETCH(const QString, proxy);
    QFETCH(const QString, caFile);
    QFETCH(const bool, isOffline);
    QFETCH(const QString, refused);
    auto settings = this->settings(write(R"("locked":{)" + locked + '}'));
    QVERIFY(settings.load());
    ServiceSettings services;
    services.store = store;
    services.proxy = proxy;
    services.caFile = caFile;
    services.isOffline = isOffline;
    const auto completed = settings.complete(services);
    QCOMPARE(completed.hasValue(), refused.isEmpty());
    if (completed)
        return;
    QCOMPARE(completed.error().cause(), ErrorCause::ForbiddenByPolicy);
    QVERIFY(completed.error().message().contains(u'\'' + refused + u'\''));
}

void TestMachinePolicy::whatOthersMayWriteToIsNotBelieved_data()
{
    QTest::addColumn<bool>("isFolder");
    QTest::addColumn<int>("more");
    QTest::newRow("a file of everybody's") << false << int(QFile::WriteOther);
    QTest::newRow("a file of the group's") << false << int(QFile::WriteGroup);
    QTest::newRow("a folder of everybody's") << true << int(QFile::WriteOther);
    QTest::newRow("a folder of the group's") << true << int(QFile::WriteGroup);
}

void TestMachinePolicy::whatOthersMayWriteToIsNotBelieved()
{
#ifndef Q_OS_UNIX
    QSKIP("the rights of the folder are the administrator's matter here");
#endif
    QFETCH(const bool, isFolder);
    QFETCH(const int, more);
    const auto place = write(R"("locked":{"store":"keychain"})");
    QVERIFY(MachinePolicy::load(place));
    const auto path = isFolder ? m_folder->path() : place.path;
    QVERIFY(QFile::setPermissions(path, QFile::permissions(path) | QFile::Permissions(more)));
    const auto policy = MachinePolicy::load(place);
    QVERIFY(!policy);
    QVERIFY2(policy.error().message().contains("may write to "_L1 + path), qPrintable(policy.error().message()));
    QCOMPARE(policyInForce(place).outcome, Jose::CheckOutcome::Failed);
}

void TestMachinePolicy::somebodyElsesFileIsNotBelieved()
{
#ifndef Q_OS_UNIX
    QSKIP("the rights of the folder are the administrator's matter here");
#endif
    auto place = write(R"("locked":{"store":"keychain"})");
    ++place.owner;
    const auto policy = MachinePolicy::load(place);
    QVERIFY(!policy);
    QVERIFY2(policy.error().message().contains(place.path + " must belong to "_L1),
             qPrintable(policy.error().message()));
    QVERIFY(!settings(place).load());
    // What is no file is not waited for.
    QVERIFY(!MachinePolicy::load({m_folder->path()}));
}

void TestMachinePolicy::aBrokenFileOfThePersonsLiftsNoLock()
{
    auto settings = this->settings(write(R"("locked":{"store":"keychain"})"));
    QFile own(settings.path());
    QVERIFY(own.open(QIODevice::WriteOnly) && own.write("{") == 1);
    own.close();
    QVERIFY(!settings.load());
    QCOMPARE(settings.value(u"store"_s), u"keychain"_s);
    QVERIFY(settings.policy().isLocked(u"store"_s));
}

//! No policy is no consent.
void TestMachinePolicy::refreshTokensAreShownOnlyWhereThatIsAllowed()
{
    const PolicyPlace nowhere{m_folder->filePath(u"nowhere.json"_s), 0};
    const auto refused = MachinePolicy().checkShowingRefreshTokens(nowhere);
    QCOMPARE(refused.error().cause(), ErrorCause::ForbiddenByPolicy);
    QVERIFY(refused.error().message().contains(nowhere.path));
    const auto silent = MachinePolicy::parse(R"({"schema":"countersign.policy/1","allowed":[]})");
    QVERIFY(!silent->allowsShowingRefreshTokens());
    const auto consents = MachinePolicy::parse(R"({"schema":"countersign.policy/1","allowed":["show_refresh_token"]})");
    QVERIFY(consents->checkShowingRefreshTokens(nowhere).hasValue());
    for (const QByteArray wrong : {R"(["everything"])", R"("show_refresh_token")", R"([1])", "true"}) {
        const auto broken =
            MachinePolicy::parse(QByteArray(R"({"schema":"countersign.policy/1","allowed":)" + wrong + '}'));
        QVERIFY2(!broken, wrong.constData());
        QCOMPARE(broken.error().cause(), ErrorCause::ForbiddenByPolicy);
    }
}

QTEST_GUILESS_MAIN(TestMachinePolicy)
#include "tst_machinepolicy.moc"
