// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Nothing that a person does keeps the window from answering for longer than a frame.
#include "fakesession.h"

#include "accounts/accountspage.h"
#include "accounts/signoutdialog.h"
#include "inspector/inspectorpage.h"
#include "inspector/sampletokens.h"
#include "signin/signindialog.h"
#include "tokens/gettokendialog.h"
#include "widgets/commandpalette.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <countersign/jose/base64url.h>

#include <support/watchdog.h>

#include <QtGui/QAction>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTreeView>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using Desktop::SignInWay;
using Stage = Operation::Stage;

class TestEventLoop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void theMainFlowsLeaveItFree_data();
    void theMainFlowsLeaveItFree();

private:
    //! Does \p act, lets the window answer to it, and complains when one turn took too long.
    void watch(const char *name, const std::function<void()> &act);
    void watchPlaces();
    void watchSignIn();
    void watchDialogs();

    QStringList m_complaints;
    std::unique_ptr<FakeSession> m_session;
    std::unique_ptr<Desktop::Workbench> m_workbench;
};

void TestEventLoop::init()
{
    m_complaints.clear();
}

void TestEventLoop::cleanup()
{
    m_workbench.reset();
    m_session.reset();
}

void TestEventLoop::watch(const char *name, const std::function<void()> &act)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr std::chrono::milliseconds most(160);
#elif defined(__OPTIMIZE__)
    constexpr std::chrono::milliseconds most(16);
#else
    // Nothing is inlined: loops of ours take several times as long as in what is shipped.
    constexpr std::chrono::milliseconds most(40);
#endif
    Watchdog watchdog;
    act();
    QTest::qWait(30);
    const auto longest = watchdog.takeLongest();
    qInfo("%s: %lld us", name, static_cast<long long>(longest.count()));
    if (longest > most)
        m_complaints.append(u"%1: %2 us"_s.arg(QLatin1StringView(name)).arg(longest.count()));
}

void TestEventLoop::watchPlaces()
{
    auto &window = m_workbench->window();
    auto *tree = window.page(u"accounts"_s)->findChild<QTreeView *>();
    auto *filter = window.page(u"accounts"_s)->findChild<QLineEdit *>();
    auto changed = m_session->accountList;
    changed[changed.size() / 2].canRefresh = false;
    watch("an account loses its refresh token", [this, &changed] { m_session->setAccounts(changed); });
    watch("an account becomes busy", [this, &changed] { m_session->setBusy(changed.size() / 2 + 1, true); });
    watch("scrolling", [tree] { tree->verticalScrollBar()->setValue(tree->verticalScrollBar()->maximum() / 2); });
    watch("choosing an account",
          [tree] { tree->setCurrentIndex(tree->model()->index(7, 0, tree->model()->index(0, 0))); });
    watch("filtering", [filter] { filter->setText(u"person00042"_s); });
    watch("filtering no more", [filter] { filter->clear(); });
    watch("masking", [&window] { window.setMasked(true); });
    watch("masking no more", [&window] { window.setMasked(false); });
    for (auto *page : window.pages())
        watch(qPrintable(u"showing "_s + page->id()), [&window, page] { window.showPage(page); });
    for (auto *page : window.pages())
        watch(qPrintable(u"showing again "_s + page->id()), [&window, page] { window.showPage(page); });
    watch("inspecting", [this] {
        m_workbench->inspect(Secret::copyOf(Desktop::sampleTokens(QDateTime::currentDateTimeUtc()).constFirst().token));
    });
    QByteArray groups;
    while (groups.size() < 12 * 1024)
        groups += "\"6e74172b-be56-4843-9ff4-" + QByteArray::number(100'000'000'000 + groups.size()) + "\",";
    groups.chop(1);
    const QByteArray claims = R"({"iss":"https://id.example","sub":"ada","groups":[)" + groups + "]}";
    const QByteArray large = Jose::encodeBase64Url(R"({"alg":"RS256"})") + '.' + Jose::encodeBase64Url(claims) + '.'
        + Jose::encodeBase64Url(QByteArray(256, 's'));
    QVERIFY(large.size() > 16 * 1024);
    watch("inspecting one of 16 KB", [this, &large] { m_workbench->inspect(Secret::copyOf(large)); });
    watch("closing its tab", [&window] { window.actionRegistry().find(u"token.close"_s)->trigger(); });
    watch("back to the accounts", [&window] { window.showPage(window.page(u"accounts"_s)); });
}

void TestEventLoop::watchSignIn()
{
    QPointer<Desktop::SignInDialog> dialog;
    watch("signing in", [this, &dialog] { dialog = m_workbench->signIn({.profileId = u"lab"_s}); });
    auto *attempt = m_session->attempt(SignInWay::Browser);
    watch("waiting", [attempt] {
        attempt->enter(Stage::WaitingForPerson);
        attempt->open(QUrl(u"https://login.example.org/auth"_s));
    });
    watch("redeeming", [attempt] { attempt->enter(Stage::Redeeming); });
    watch("checking", [attempt] { attempt->enter(Stage::Validating); });
    watch("done", [attempt] { attempt->succeed(fakeOutcome(u"person00003@example.org"_s)); });
    watch("closing", [&dialog] { dialog->close(); });
}

void TestEventLoop::watchDialogs()
{
    auto &window = m_workbench->window();
    const auto entry = m_session->accountList.at(3);
    watch("asking for a token", [this, &entry] { m_workbench->getToken(entry); });
    auto *getToken = window.findChild<Desktop::GetTokenDialog *>();
    watch("the token", [this, getToken] {
        getToken->start();
        m_session->last->succeed(fakeOutcome(u"person00003@example.org"_s));
    });
    watch("closing it", [getToken] { getToken->close(); });
    watch("signing out", [this, &entry] { m_workbench->signOut(entry); });
    watch("closing that", [&window] { window.findChild<Desktop::SignOutDialog *>()->close(); });
    auto *palette = new Desktop::CommandPalette(window.commands(), &window);
    watch("the command palette", [palette] { palette->open(); });
    watch("searching it", [palette] { palette->findChild<QLineEdit *>()->setText(u"sign"_s); });
    watch("closing the palette", [palette] { palette->close(); });
}

void TestEventLoop::theMainFlowsLeaveItFree_data()
{
    QTest::addColumn<int>("accounts");
    for (const int count : {20, 10'000})
        QTest::addRow("%d accounts", count) << count;
}

void TestEventLoop::theMainFlowsLeaveItFree()
{
    QFETCH(int, accounts);
    m_session = std::make_unique<FakeSession>();
    m_session->accountList = manyFakeAccounts(accounts);
    m_workbench = std::make_unique<Desktop::Workbench>(*m_session);
    m_workbench->window().show();
    auto &window = m_workbench->window();
    QTRY_VERIFY(window.hasAppeared());
    QTest::qWait(200);
    watchPlaces();
    watchSignIn();
    watchDialogs();
    QVERIFY2(m_complaints.isEmpty(), qPrintable(m_complaints.join(u'\n')));
}

QTEST_MAIN(TestEventLoop)
#include "tst_eventloop.moc"
