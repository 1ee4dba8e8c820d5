// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The first day of a newcomer: signs in through the browser into the real keychain, ends the program, starts it again,
// gets a token without being asked, looks at the ID token, signs out.
#include "desk.h"
#include "support/sandboxprocess.h"

#include "accounts/signoutdialog.h"
#include "inspector/inspectorpage.h"
#include "inspector/summaryview.h"
#include "inspector/tokenview.h"
#include "signin/signindialog.h"
#include "tokens/gettokendialog.h"
#include "widgets/banner.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QListWidget>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestDesktopJourney : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void signsInThroughTheBrowserIntoTheKeychain();
    void theSecondStartKnowsTheAccountAndAnswersFromTheCache();
    void theIdTokenIsShownAndVerified();
    void signingOutLeavesNothingInTheKeychain();

private:
    QString profilePath() const { return m_folder.filePath(u"profiles.json"_s); }
    QTemporaryDir m_folder;
    CountersignTest::SandboxProcess m_sandbox;
};

void TestDesktopJourney::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_folder.filePath(u"data"_s).toUtf8());
    qputenv("XDG_CACHE_HOME", m_folder.filePath(u"cache"_s).toUtf8());
    if (qEnvironmentVariableIsEmpty("COUNTERSIGN_TEST_KEYRING"))
        QSKIP("writes into the session's keychain: ./dev test starts one of its own");
    QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s}), qPrintable(m_sandbox.problem()));
    Profile profile;
    profile.id = u"lab"_s;
    profile.name = u"Lab"_s;
    profile.issuer = m_sandbox.issuer();
    profile.clientId = u"sandbox-native"_s;
    profile.scopes = {u"openid"_s, u"profile"_s, u"offline_access"_s};
    QVERIFY(ProfileStore(profilePath()).put(profile));
}

void TestDesktopJourney::signsInThroughTheBrowserIntoTheKeychain()
{
    Desk desk(profilePath());
    const auto *dialog = desk.workbench->signIn({.profileId = u"lab"_s});
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, 20000);
    QCOMPARE(dialog->run().winner(), SignInWay::Browser);
    QVERIFY(!dialog->run().checks().hasFailures());
    QTRY_COMPARE(desk.session->accounts().size(), 1);
    QCOMPARE(desk.session->accounts().at(0).account.username, u"ada@countersign.example"_s);
    QCOMPARE(desk.session->store().kind, StoreState::Kind::Open);
    QVERIFY(keychainContent().contains("cs-sandbox-rt."));
}

void TestDesktopJourney::theSecondStartKnowsTheAccountAndAnswersFromTheCache()
{
    Desk desk(profilePath());
    QTRY_COMPARE_WITH_TIMEOUT(desk.session->accounts().size(), 1, 20000);
    QVERIFY(m_sandbox.clearLog());
    desk.workbench->getToken(desk.session->accounts().at(0));
    auto *dialog = desk.dialog<GetTokenDialog>();
    QVERIFY(dialog);
    button(dialog, u"Get token"_s)->click();
    auto *banner = dialog->findChild<Banner *>();
    QTRY_COMPARE_WITH_TIMEOUT(banner->title(), u"Here is the token"_s, 20000);
    const auto *why = dialog->findChild<QListWidget *>();
    QVERIFY(why->count() > 0);
    QVERIFY2(why->item(why->count() - 1)->text().startsWith("Used"_L1), qPrintable(why->item(0)->text()));
    QVERIFY(m_sandbox.log().isEmpty());
}

void TestDesktopJourney::theIdTokenIsShownAndVerified()
{
    Desk desk(profilePath());
    QTRY_COMPARE_WITH_TIMEOUT(desk.session->accounts().size(), 1, 20000);
    const auto tokens = desk.session->accounts().at(0).tokens;
    const auto idToken =
        std::find_if(tokens.cbegin(), tokens.cend(), [](const TokenEntry &token) { return token.use == TokenUse::Id; });
    QVERIFY(idToken != tokens.cend());
    QVERIFY(m_sandbox.clearLog());
    desk.workbench->inspectToken(idToken->id);
    auto &inspector = desk.workbench->inspector();
    const auto *summary = inspector.view()->findChild<SummaryView *>();
    QTRY_VERIFY(summary->sentence().contains("Ada Lovelace"_L1));
    // With what its sign-in learnt: nobody is asked.
    QTRY_VERIFY_WITH_TIMEOUT(inspector.view()->isVerified(), 20000);
    QVERIFY(m_sandbox.log().isEmpty());
    const auto *verify = button(summary, u"Verify with the keys of 127.0.0.1"_s);
    QVERIFY(!verify || !verify->isVisibleTo(summary));
}

void TestDesktopJourney::signingOutLeavesNothingInTheKeychain()
{
    Desk desk(profilePath());
    QTRY_COMPARE_WITH_TIMEOUT(desk.session->accounts().size(), 1, 20000);
    desk.workbench->signOut(desk.session->accounts().at(0));
    auto *dialog = desk.dialog<SignOutDialog>();
    QVERIFY(dialog);
    button(dialog, u"Sign out"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(desk.session->accounts().size(), 0, 20000);
    QTRY_COMPARE(dialog->findChild<Banner *>()->title(), u"Signed out"_s);
    QCOMPARE(m_sandbox.requestsTo(u"/revoke"_s).size(), 1);
    const auto content = keychainContent();
    QVERIFY(!content.isEmpty());
    for (const auto *trace : {"cs-sandbox-rt.", "eyJ", "ada@"})
        QVERIFY2(!content.contains(trace), trace);
}

QTEST_MAIN(TestDesktopJourney)
#include "tst_desktopjourney.moc"
