// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The first day of a newcomer, in the sign-in window of our own: the provider's page is shown by the real program and
// answered by keyboard, the tokens go into the real keychain, the second start answers from there.
#include "desk.h"
#include "support/sandboxprocess.h"
#include "support/screenhand.h"

#include "accounts/signoutdialog.h"
#include "inspector/tokenview.h"
#include "signin/signindialog.h"
#include "tokens/gettokendialog.h"
#include "widgets/banner.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>
#include <QtWidgets/QListWidget>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 40000; // milliseconds: Chromium starts slowly on a busy machine
//! Milliseconds. A busy machine may take its time once; the program may not take it always.
constexpr qint64 mostToEnd = 200;
constexpr auto profileName = "Embedded lab"_L1;

//! The inodes of the sockets that this process has.
QSet<QByteArray> ownSockets()
{
    QSet<QByteArray> inodes;
    const QDir folder(u"/proc/self/fd"_s);
    const auto names = folder.entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot);
    for (const auto &name : names) {
        const auto target = QFile::symLinkTarget(folder.filePath(name)).section(u'/', -1).toLatin1();
        if (target.startsWith("socket:["))
            inodes.insert(target.sliced(8).chopped(1));
    }
    return inodes;
}

//! TCP ports that this process listens on.
int listeningPorts()
{
    constexpr int stateColumn = 3;
    constexpr int inodeColumn = 9;
    const auto own = ownSockets();
    int count = 0;
    for (const auto &table : {u"/proc/self/net/tcp"_s, u"/proc/self/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const auto lines = file.readAll().split('\n');
        for (const auto &line : lines) {
            const auto columns = line.simplified().split(' ');
            if (columns.size() > inodeColumn && columns.at(stateColumn) == "0A"
                && own.contains(columns.at(inodeColumn)))
                ++count;
        }
    }
    return count;
}

//! The tokens in the cache's document.
QByteArrayList secretsOf(const QByteArray &document)
{
    QByteArrayList found;
    static const QRegularExpression member(u"\"secret\"\\s*:\\s*\"([^\"]{20,})\""_s);
    auto matches = member.globalMatch(QString::fromLatin1(document));
    while (matches.hasNext())
        found.append(matches.next().captured(1).toLatin1());
    return found;
}

} // namespace

class TestEmbeddedJourney : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void theWindowStaysInFrontOfItsDialogAndComesWhenCalled();
    void closingTheWindowEndsItsWayAtOnce();
    void cancellingClosesTheWindowAndLeavesNothing();
    void decliningInThePageIsSaid();
    void signsInThroughThePageIntoTheKeychain();
    void theSecondStartAnswersFromTheCache();
    void theIdTokenIsVerified();
    void signingOutLeavesNothingInTheKeychain();
    void theProgramItselfIsDrivenByKeyboard();
    void quittingWhileThePageStandsEndsItQuietly();

private:
    QString profilePath() const { return m_folder.filePath(u"profiles.json"_s); }
    std::unique_ptr<Desk> desk() const
    {
        return std::make_unique<Desk>(profilePath(),
                                      qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign-webview"_s);
    }
    //! Starts the program itself in a home of its own and waits for its window. Empty, or what went wrong.
    QByteArray start(QProcess &program);
    //! By keyboard.
    static QByteArray quit(QProcess &program);
    //! Ctrl+L, and the form as it stands.
    bool beginSignIn();
    //! Waits until the page stands in its window.
    quintptr waitForPage();
    //! Presses \p keys in the page until the provider has its answer.
    bool answer(const QStringList &keys, const QString &endpoint);
    bool chooseAda() { return answer({u"Return"_s}, u"/picked"_s); }
    //! The first button declines, the second allows.
    bool decline() { return answer({u"Tab"_s, u"Return"_s}, u"/decided"_s); }
    bool allow() { return answer({u"Tab"_s, u"Tab"_s, u"Return"_s}, u"/decided"_s); }

    QTemporaryDir m_folder;
    SandboxProcess m_sandbox;
    bool m_hasSignedIn = false;
};

void TestEmbeddedJourney::initTestCase()
{
    // What is counted below as nothing would be seen.
    QCOMPARE(listeningPorts(), 0);
    for (const auto &address : {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
        QTcpServer server;
        if (!server.listen(address))
            continue; // no IPv6 here
        QCOMPARE(listeningPorts(), 1);
    }
    QCOMPARE(listeningPorts(), 0);
    qputenv("XDG_DATA_HOME", m_folder.filePath(u"data"_s).toUtf8());
    qputenv("XDG_CACHE_HOME", m_folder.filePath(u"cache"_s).toUtf8());
    if (qEnvironmentVariableIsEmpty("COUNTERSIGN_TEST_KEYRING"))
        QSKIP("writes into the session's keychain: ./dev test starts one of its own");
    if (!ScreenHand::canWork())
        QSKIP("needs an X display and xdotool");
    QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem()));
    Profile profile;
    profile.id = u"lab"_s;
    profile.name = profileName;
    profile.issuer = m_sandbox.issuer();
    profile.clientId = u"sandbox-native"_s;
    profile.scopes = {u"openid"_s, u"profile"_s, u"offline_access"_s};
    // The page puts the account of the hint in focus.
    profile.loginHint = u"ada"_s;
    profile.way = Profile::Way::Embedded;
    QVERIFY(ProfileStore(profilePath()).put(profile));
}

void TestEmbeddedJourney::init()
{
    QVERIFY(m_sandbox.clearLog());
}

quintptr TestEmbeddedJourney::waitForPage()
{
    quintptr found = 0;
    const auto isThere = [this, &found] {
        found = ScreenHand::window(profileName);
        return found != 0 && !m_sandbox.requestsTo(u"/authorize"_s).isEmpty();
    };
    return QTest::qWaitFor(isThere, patience) ? found : 0;
}

bool TestEmbeddedJourney::answer(const QStringList &keys, const QString &endpoint)
{
    // A page takes no key before it has been drawn, and nobody tells when that is.
    QElapsedTimer last;
    const auto isAnswered = [this, &last, &keys, &endpoint] {
        if (!m_sandbox.requestsTo(endpoint).isEmpty())
            return true;
        if (!last.isValid() || last.hasExpired(1500)) {
            ScreenHand::picture(u"embedded-before-"_s + endpoint.mid(1));
            if (const auto window = ScreenHand::window(profileName))
                ScreenHand::press(window, keys);
            last.start();
        }
        return false;
    };
    return QTest::qWaitFor(isAnswered, patience);
}

void TestEmbeddedJourney::theWindowStaysInFrontOfItsDialogAndComesWhenCalled()
{
    if (QStandardPaths::findExecutable(u"xprop"_s).isEmpty())
        QSKIP("needs xprop");
    const auto desk = this->desk();
    auto *dialog = desk->workbench->signIn({.profileId = u"lab"_s, .way = SignInWay::Embedded});
    const auto page = waitForPage();
    QVERIFY(page);
    QCOMPARE(ScreenHand::ownerOf(page), quintptr(dialog->winId()));
    QTest::qWait(500); // what is drawn first may change the window
    QCOMPARE(ScreenHand::ownerOf(ScreenHand::window(profileName)), quintptr(dialog->winId()));
    auto *show = button(dialog, u"Show the sign-in window"_s);
    QVERIFY(show && show->isEnabled());
    QVERIFY(ScreenHand::minimize(page));
    QTRY_COMPARE_WITH_TIMEOUT(ScreenHand::window(profileName), quintptr(0), patience);
    show->click();
    QTRY_VERIFY_WITH_TIMEOUT(ScreenHand::window(profileName) != 0, patience);
    ScreenHand::picture(u"embedded-in-front"_s);
    QCOMPARE(m_sandbox.requestsTo(u"/authorize"_s).size(), 1);
}

void TestEmbeddedJourney::closingTheWindowEndsItsWayAtOnce()
{
    qint64 best = mostToEnd + 1;
    for (int round = 0; round < 3 && best > mostToEnd; ++round) {
        QVERIFY(m_sandbox.clearLog());
        const auto desk = this->desk();
        const auto *dialog = desk->workbench->signIn({.profileId = u"lab"_s, .way = SignInWay::Embedded});
        const auto page = waitForPage();
        QVERIFY(page);
        QCOMPARE(listeningPorts(), 0);
        const auto &way = dialog->run().way(SignInWay::Embedded);
        QVERIFY(way.isRunning());
        // The window manager may miss a key while it is busy with a new window.
        QElapsedTimer took;
        for (int press = 0; press < 5 && way.isRunning(); ++press) {
            QVERIFY(ScreenHand::press(page, {u"alt+F4"_s}));
            took.start();
            (void)QTest::qWaitFor([&way] { return !way.isRunning(); }, 3000);
        }
        QVERIFY(!way.isRunning());
        best = std::min(best, took.elapsed());
        QCOMPARE(way.error->cause(), ErrorCause::WindowClosed);
        // The code for another device is still good, and the window can be opened again.
        QCOMPARE(dialog->run().state(), SignInState::Waiting);
        QCOMPARE(listeningPorts(), 0);
    }
    QVERIFY2(best <= mostToEnd, QByteArray::number(best).constData());
    QVERIFY(!keychainContent().contains("cs-sandbox-"));
}

void TestEmbeddedJourney::cancellingClosesTheWindowAndLeavesNothing()
{
    qint64 best = mostToEnd + 1;
    for (int round = 0; round < 3 && best > mostToEnd; ++round) {
        QVERIFY(m_sandbox.clearLog());
        const auto desk = this->desk();
        auto *dialog = desk->workbench->signIn({.profileId = u"lab"_s, .way = SignInWay::Embedded});
        QVERIFY(waitForPage());
        QCOMPARE(listeningPorts(), 0);
        QElapsedTimer took;
        took.start();
        button(dialog, u"Cancel"_s)->click();
        QCOMPARE(dialog->run().state(), SignInState::Cancelled);
        best = std::min(best, took.elapsed());
        QCOMPARE(listeningPorts(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(ScreenHand::window(profileName), quintptr(0), patience);
        QVERIFY(!keychainContent().contains("cs-sandbox-"));
        QCOMPARE(desk->session->accounts().size(), 0);
    }
    QVERIFY2(best <= mostToEnd, QByteArray::number(best).constData());
}

void TestEmbeddedJourney::decliningInThePageIsSaid()
{
    const auto desk = this->desk();
    const auto *dialog = desk->workbench->signIn({.profileId = u"lab"_s, .way = SignInWay::Embedded});
    QVERIFY(waitForPage());
    QVERIFY(chooseAda());
    QVERIFY(decline());
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Declined, patience);
    QVERIFY(!keychainContent().contains("cs-sandbox-"));
}

void TestEmbeddedJourney::signsInThroughThePageIntoTheKeychain()
{
    const auto desk = this->desk();
    const auto *dialog = desk->workbench->signIn({.profileId = u"lab"_s, .way = SignInWay::Embedded});
    QVERIFY(waitForPage());
    QCOMPARE(listeningPorts(), 0);
    QVERIFY(chooseAda());
    QCOMPARE(listeningPorts(), 0);
    QVERIFY(allow());
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, patience);
    QCOMPARE(dialog->run().winner(), SignInWay::Embedded);
    QVERIFY(!dialog->run().checks().hasFailures());
    QTRY_COMPARE(desk->session->accounts().size(), 1);
    QCOMPARE(desk->session->accounts().at(0).account.username, u"ada@countersign.example"_s);
    QVERIFY(keychainContent().contains("cs-sandbox-rt."));
    // The window has gone with its process, and nothing listens after it as nothing did while the page stood.
    QTRY_COMPARE_WITH_TIMEOUT(ScreenHand::window(profileName), quintptr(0), patience);
    QCOMPARE(listeningPorts(), 0);
    m_hasSignedIn = true;
}

void TestEmbeddedJourney::theSecondStartAnswersFromTheCache()
{
    QVERIFY(m_hasSignedIn);
    const auto desk = this->desk();
    QTRY_COMPARE_WITH_TIMEOUT(desk->session->accounts().size(), 1, patience);
    desk->workbench->getToken(desk->session->accounts().at(0));
    auto *dialog = desk->dialog<GetTokenDialog>();
    QVERIFY(dialog);
    button(dialog, u"Get token"_s)->click();
    auto *banner = dialog->findChild<Banner *>();
    QTRY_COMPARE_WITH_TIMEOUT(banner->title(), u"Here is the token"_s, patience);
    QVERIFY(m_sandbox.log().isEmpty());
}

void TestEmbeddedJourney::theIdTokenIsVerified()
{
    QVERIFY(m_hasSignedIn);
    const auto desk = this->desk();
    QTRY_COMPARE_WITH_TIMEOUT(desk->session->accounts().size(), 1, patience);
    const auto tokens = desk->session->accounts().at(0).tokens;
    const auto idToken =
        std::find_if(tokens.cbegin(), tokens.cend(), [](const TokenEntry &token) { return token.use == TokenUse::Id; });
    QVERIFY(idToken != tokens.cend());
    QVERIFY(m_sandbox.clearLog());
    desk->workbench->inspectToken(idToken->id);
    auto &inspector = desk->workbench->inspector();
    // With what its sign-in learnt: nobody is asked.
    QTRY_VERIFY_WITH_TIMEOUT(inspector.view()->isVerified(), patience);
    QVERIFY(m_sandbox.log().isEmpty());
}

void TestEmbeddedJourney::signingOutLeavesNothingInTheKeychain()
{
    QVERIFY(m_hasSignedIn);
    const auto desk = this->desk();
    QTRY_COMPARE_WITH_TIMEOUT(desk->session->accounts().size(), 1, patience);
    desk->workbench->signOut(desk->session->accounts().at(0));
    auto *dialog = desk->dialog<SignOutDialog>();
    QVERIFY(dialog);
    button(dialog, u"Sign out"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->findChild<Banner *>()->title(), u"Signed out"_s, patience);
    QCOMPARE(m_sandbox.requestsTo(u"/revoke"_s).size(), 1);
    const auto content = keychainContent();
    QVERIFY(!content.isEmpty());
    for (const auto *trace : {"cs-sandbox-", "eyJ", "ada@"})
        QVERIFY2(!content.contains(trace), trace);
}

QByteArray TestEmbeddedJourney::start(QProcess &program)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_LOGGING_RULES"_s, u"*=true"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, m_folder.filePath(u"config"_s));
    const auto ownPath = m_folder.filePath(u"config/countersign/profiles.json"_s);
    if (!QFile::exists(ownPath) && !(QDir().mkpath(QFileInfo(ownPath).path()) && QFile::copy(profilePath(), ownPath)))
        return "the profile cannot be written";
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign-desktop"_s, {u"--new-instance"_s});
    const auto isThere = [] { return ScreenHand::window(u"Accounts – Countersign"_s) != 0; };
    return QTest::qWaitFor(isThere, patience) ? QByteArray() : "its window does not come";
}

QByteArray TestEmbeddedJourney::quit(QProcess &program)
{
    const auto window = ScreenHand::window(u"Accounts – Countersign"_s);
    if (window == 0 || !ScreenHand::press(window, {u"ctrl+q"_s}))
        return "the key cannot be pressed";
    if (!program.waitForFinished(patience))
        return "it does not end";
    return program.exitStatus() == QProcess::NormalExit && program.exitCode() == 0 ? QByteArray() : "it crashed";
}

bool TestEmbeddedJourney::beginSignIn()
{
    const auto window = ScreenHand::window(u"Accounts – Countersign"_s);
    if (window == 0 || !ScreenHand::press(window, {u"ctrl+l"_s}))
        return false;
    quintptr form = 0;
    const auto isThere = [&form] { return (form = ScreenHand::window(u"Sign in"_s)) != 0; };
    return QTest::qWaitFor(isThere, patience) && ScreenHand::press(form, {u"Return"_s}) && waitForPage() != 0;
}

//! Nothing is called: every step is a key, from the first window to the end of the program, twice.
void TestEmbeddedJourney::theProgramItselfIsDrivenByKeyboard()
{
    QProcess first;
    QCOMPARE(start(first), QByteArray());
    QVERIFY(beginSignIn());
    QVERIFY(chooseAda());
    QVERIFY(allow());
    QTRY_VERIFY_WITH_TIMEOUT(keychainContent().contains("cs-sandbox-rt."), patience);
    QTRY_COMPARE_WITH_TIMEOUT(ScreenHand::window(profileName), quintptr(0), patience);
    const auto secrets = secretsOf(keychainContent());
    QVERIFY(secrets.size() >= 3);
    QTest::qWait(500);
    QCOMPARE(quit(first), QByteArray());
    const auto log = first.readAll();
    // It was told to say everything, and did.
    for (const auto *part : {"countersign.http", "countersign.useragent"})
        QVERIFY2(log.contains(part), part);
    for (const auto &secret : secrets)
        QVERIFY(!log.contains(secret));
    for (const auto *trace : {"cs-sandbox-rt.", "eyJ", "code=", "code_verifier=", "state=", "nonce=", "ada@"})
        QVERIFY2(!log.contains(trace), trace);

    QVERIFY(m_sandbox.clearLog());
    QProcess second;
    QCOMPARE(start(second), QByteArray());
    QTest::qWait(1000); // the keychain is read, nothing else
    QVERIFY(m_sandbox.log().isEmpty());
    QCOMPARE(quit(second), QByteArray());
}

void TestEmbeddedJourney::quittingWhileThePageStandsEndsItQuietly()
{
    QProcess program;
    QCOMPARE(start(program), QByteArray());
    QVERIFY(beginSignIn());
    QCOMPARE(quit(program), QByteArray());
    QTRY_COMPARE_WITH_TIMEOUT(ScreenHand::window(profileName), quintptr(0), patience);
    const auto log = program.readAll();
    QVERIFY(log.contains("countersign.useragent"));
    QVERIFY2(!log.contains("QProcess"), log.constData());
}

QTEST_MAIN(TestEmbeddedJourney)
#include "tst_embeddedjourney.moc"
