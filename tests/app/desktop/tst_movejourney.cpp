// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Somebody moves the tokens from the keychain into a sealed file, lets the program start anew, and finds them there.
// The program is the real one, and every step is a key.
#include "desk.h"
#include "support/sandboxprocess.h"
#include "support/screenhand.h"

#include "signin/signindialog.h"

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000; // milliseconds
const auto passphrase = u"correcthorse"_s;
const auto mainTitle = u"Accounts – Countersign"_s;

//! \p text as keys.
QStringList keysOf(const QString &text)
{
    return text.split(QString(), Qt::SkipEmptyParts);
}

//! The window of that title, once there is one; 0: there was none.
quintptr waitForWindow(const QString &title)
{
    quintptr window = 0;
    const auto isThere = [&window, &title] { return (window = ScreenHand::window(title)) != 0; };
    return QTest::qWaitFor(isThere, patience) ? window : 0;
}

bool waitUntilGone(const QString &title)
{
    return QTest::qWaitFor([&title] { return ScreenHand::window(title) == 0; }, patience);
}

} // namespace

class TestMoveJourney : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whatWasMovedIsThereAfterTheNewStart();
    void withoutAKeychainTheTokensGoIntoAFile();

private:
    //! Chooses a passphrase for the sealed file in the settings' dialog, once the dialog shows where tokens are kept.
    static bool moveIntoFile(quintptr settings);
    QString profilePath() const { return m_folder.filePath(u"config/countersign/profiles.json"_s); }
    QString sealedPath() const { return m_folder.filePath(u"data/countersign/tokens.sealed"_s); }

    QTemporaryDir m_folder;
    SandboxProcess m_sandbox;
};

void TestMoveJourney::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_folder.filePath(u"data"_s).toUtf8());
    qputenv("XDG_CACHE_HOME", m_folder.filePath(u"cache"_s).toUtf8());
    qputenv("XDG_CONFIG_HOME", m_folder.filePath(u"config"_s).toUtf8());
    if (qEnvironmentVariableIsEmpty("COUNTERSIGN_TEST_KEYRING"))
        QSKIP("writes into the session's keychain: ./dev test starts one of its own");
    if (!ScreenHand::canWork())
        QSKIP("needs an X display and xdotool");
    QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s}), qPrintable(m_sandbox.problem()));
    Profile profile;
    profile.id = u"lab"_s;
    profile.name = u"Lab"_s;
    profile.issuer = m_sandbox.issuer();
    profile.clientId = u"sandbox-native"_s;
    profile.scopes = {u"openid"_s, u"profile"_s, u"offline_access"_s};
    QVERIFY(QDir().mkpath(QFileInfo(profilePath()).path()));
    QVERIFY(ProfileStore(profilePath()).put(profile));
    const Desk desk(profilePath());
    const auto *dialog = desk.workbench->signIn({.profileId = u"lab"_s});
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, patience);
    QVERIFY(keychainContent().contains("cs-sandbox-rt."));
}

bool TestMoveJourney::moveIntoFile(quintptr settings)
{
    if (!ScreenHand::press(settings, {u"alt+v"_s, u"Home"_s, u"Down"_s, u"alt+m"_s}))
        return false;
    const auto choose = waitForWindow(u"Choose a passphrase"_s);
    return choose
        && ScreenHand::press(choose,
                             keysOf(passphrase) + QStringList{u"Tab"_s} + keysOf(passphrase) + QStringList{u"Return"_s})
        && waitUntilGone(u"Choose a passphrase"_s);
}

void TestMoveJourney::whatWasMovedIsThereAfterTheNewStart()
{
    QProcess program;
    // The one that starts anew inherits them, and outlives this test if that fails.
    program.setStandardOutputFile(QProcess::nullDevice());
    program.setStandardErrorFile(QProcess::nullDevice());
    program.start(qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign-desktop"_s, {u"--new-instance"_s});
    auto window = waitForWindow(mainTitle);
    QVERIFY(window);
    QVERIFY(ScreenHand::press(window, {u"ctrl+comma"_s}));
    const auto settings = waitForWindow(u"Settings"_s);
    QVERIFY(settings);
    // The search brings the group up, the letters its fields.
    QVERIFY(ScreenHand::press(settings, keysOf(u"keychain"_s)));
    QTest::qWait(500);
    ScreenHand::picture(u"move-1-asked"_s);
    QVERIFY(moveIntoFile(settings));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(sealedPath()), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!keychainContent().contains("cs-sandbox-rt."), patience);
    QTest::qWait(500);
    ScreenHand::picture(u"move-2-moved"_s);
    QCOMPARE(program.state(), QProcess::Running);

    // The button that starts the program anew is in focus.
    QVERIFY(ScreenHand::press(settings, {u"space"_s}));
    QVERIFY(program.waitForFinished(patience));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    auto ask = waitForWindow(u"Unlock the tokens – Countersign"_s);
    QVERIFY(ask);
    ScreenHand::picture(u"move-3-asked-again"_s);
    // Whoever does not give it gets the window all the same, and is asked once more when they want to be.
    QVERIFY(ScreenHand::press(ask, {u"Escape"_s}));
    window = waitForWindow(mainTitle);
    QVERIFY(window);
    QTest::qWait(500);
    ScreenHand::picture(u"move-3-locked"_s);
    QVERIFY(ScreenHand::press(window, {u"alt+k"_s}));
    ask = waitForWindow(u"Unlock the tokens – Countersign"_s);
    QVERIFY(ask);
    QVERIFY(ScreenHand::press(ask, keysOf(passphrase) + QStringList{u"Return"_s}));
    QVERIFY(waitUntilGone(u"Unlock the tokens – Countersign"_s));
    QTest::qWait(1000);
    ScreenHand::picture(u"move-4-there"_s);
    // The account is there, and its refresh token is good.
    QVERIFY(m_sandbox.clearLog());
    const auto isRefreshed = [this, window] {
        return ScreenHand::press(window, {u"F5"_s})
            && QTest::qWaitFor([this] { return !m_sandbox.requestsTo(u"/token"_s).isEmpty(); }, 2000);
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRefreshed(), patience);
    QCOMPARE(m_sandbox.requestsTo(u"/token"_s).first().value(u"status"_s).toInt(), 200);
    QTest::qWait(500);
    QVERIFY(ScreenHand::press(window, {u"ctrl+q"_s}));
    QVERIFY(waitUntilGone(mainTitle));
    QVERIFY(!keychainContent().contains("cs-sandbox-"));
}

void TestMoveJourney::withoutAKeychainTheTokensGoIntoAFile()
{
    QTemporaryDir home;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"data"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere"_s); // nobody keeps secrets there
    const auto sealed = home.filePath(u"data/countersign/tokens.sealed"_s);
    QVERIFY(QDir().mkpath(home.filePath(u"config/countersign"_s)));
    QVERIFY(QFile::copy(profilePath(), home.filePath(u"config/countersign/profiles.json"_s)));
    QVERIFY(m_sandbox.clearLog());
    QProcess program;
    program.setProcessEnvironment(environment);
    program.setStandardOutputFile(QProcess::nullDevice());
    program.setStandardErrorFile(QProcess::nullDevice());
    // The new start takes both along.
    program.start(qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign-desktop"_s,
                  {u"--new-instance"_s, u"--browser"_s,
                   QDir(QCoreApplication::applicationDirPath()).filePath(u"countersign-test-browser"_s)});
    auto window = waitForWindow(mainTitle);
    QVERIFY(window);
    QTest::qWait(500);
    QVERIFY(ScreenHand::press(window, {u"ctrl+l"_s}));
    auto form = waitForWindow(u"Sign in"_s);
    QVERIFY(form);
    QVERIFY(ScreenHand::press(form, {u"Return"_s}));
    const auto signIn = waitForWindow(u"Sign in to Lab"_s);
    QVERIFY(signIn);
    QTest::qWait(1000);
    ScreenHand::picture(u"nokeychain-1-asked"_s);
    QVERIFY(ScreenHand::press(signIn, {u"alt+p"_s}));
    const auto settings = waitForWindow(u"Settings"_s);
    QVERIFY(settings);
    QVERIFY(moveIntoFile(settings));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(sealed), patience);
    QTest::qWait(500);
    ScreenHand::picture(u"nokeychain-2-chosen"_s);
    // Nobody was asked anything before there was a place for the answer.
    QVERIFY(m_sandbox.requestsTo(u"/authorize"_s).isEmpty());
    QVERIFY(ScreenHand::press(settings, {u"space"_s}));
    QVERIFY(program.waitForFinished(patience));
    const auto ask = waitForWindow(u"Unlock the tokens – Countersign"_s);
    QVERIFY(ask);
    QVERIFY(ScreenHand::press(ask, keysOf(passphrase) + QStringList{u"Return"_s}));
    window = waitForWindow(mainTitle);
    QVERIFY(window);
    QTest::qWait(1000);
    const auto before = QFileInfo(sealed).size();
    QVERIFY(ScreenHand::press(window, {u"ctrl+l"_s}));
    form = waitForWindow(u"Sign in"_s);
    QVERIFY(form);
    QVERIFY(ScreenHand::press(form, {u"Return"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(sealed).size() > before, patience);
    QTest::qWait(500);
    ScreenHand::picture(u"nokeychain-3-signed-in"_s);
    QFile file(sealed);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("cs-sandbox-rt."));
    if (const auto done = ScreenHand::window(u"Sign in to Lab"_s))
        QVERIFY(ScreenHand::press(done, {u"Return"_s}));
    QVERIFY(waitUntilGone(u"Sign in to Lab"_s));
    QVERIFY(ScreenHand::press(window, {u"ctrl+q"_s}));
    QVERIFY(waitUntilGone(mainTitle));
}

QTEST_MAIN(TestMoveJourney)
#include "tst_movejourney.moc"
