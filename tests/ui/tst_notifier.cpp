// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounttest.h"

#include "tokens/tokenspage.h"
#include "widgets/banner.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/notificationservice.h"
#include "window/notifier.h"
#include "window/tray.h"
#include "window/workbench.h"

#include <QtGui/QAction>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QTableView>

using namespace CountersignTest;
using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCode;
namespace Desktop = Countersign::Desktop;

namespace {

Desktop::Notice notice(const QSignalSpy &told, qsizetype which)
{
    return told.at(which).at(0).value<Desktop::Notice>();
}

//! Takes what it is told to show, or says that it cannot.
class FakeService final : public Desktop::NotificationService
{
public:
    bool show(const Desktop::Notice &notice) override
    {
        shown.append(notice);
        return isThere;
    }
    QList<Desktop::Notice> shown;
    bool isThere = true;
};

} // namespace

class TestNotifier : public AccountTest
{
    Q_OBJECT
private Q_SLOTS:
    void notificationsAreRareAndNameNobody();
    void theEndOfASessionIsToldInTime();
    void theEndOfASessionIsNoNews_data();
    void theEndOfASessionIsNoNews();
    void whoeverAskedIsRemindedOfATokensEnd();
    void theTokenToBeRemindedOfIsChosenInTheTable();
    void theTrayTellsByItsShape();
    void withoutATrayTheWindowTells();
    void everyNotificationHasItsButtons();
    void whoeverLooksAtTheWindowIsNotInterrupted();
    void whatSomebodyAskedForIsSaidOnce();
};

void TestNotifier::notificationsAreRareAndNameNobody()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Desktop::Notifier notifier(session);
    QSignalSpy notified(&notifier, &Desktop::Notifier::notified);
    Q_EMIT session.accountsChanged(); // how it stands at the start is no news
    auto waiting = fakeAccount(u"ada@example.org"_s, -10);
    waiting.attention = Countersign::AccountAttention{.error = u"invalid_grant"_s};
    session.setAccounts({waiting});
    QCOMPARE(notified.size(), 1);
    QVERIFY(!notice(notified, 0).text.contains("ada"_L1));
    QVERIFY(notice(notified, 0).text.contains("Keycloak lab"_L1));
    session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    session.setAccounts({waiting});
    QCOMPARE(notified.size(), 1); // once an hour
    notifier.noteFailure(fakeAccount(u"grace@example.org"_s), Error{ErrorCode::NetworkUnavailable, u"x"_s});
    QCOMPARE(notified.size(), 1); // nothing that a person can mend
    notifier.mute(std::chrono::hours(8));
    notifier.noteFailure(fakeAccount(u"grace@example.org"_s), Error{ErrorCode::InteractionRequired, u"x"_s});
    QCOMPARE(notified.size(), 1);
    QSignalSpy wanted(&notifier, &Desktop::Notifier::signInRequested);
    notifier.activate();
    QCOMPARE(wanted.size(), 1);
}

void TestNotifier::theEndOfASessionIsToldInTime()
{
    FakeSession session;
    Desktop::Notifier notifier(session);
    QSignalSpy notified(&notifier, &Desktop::Notifier::notified);
    auto entry = fakeAccount(u"ada@example.org"_s);
    const auto now = QDateTime::currentDateTimeUtc();
    entry.usedAt = now.addDays(-2);
    entry.sessionEndsAt = now.addDays(1).addMSecs(400);
    session.setAccounts({entry});
    QCOMPARE(notified.size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(notified.size(), 1, 5000);
    QCOMPARE(notice(notified, 0).title, u"Session ends soon"_s);
    QVERIFY(notice(notified, 0).text.contains("Keycloak lab"_L1));
    QVERIFY(!notice(notified, 0).text.contains("ada"_L1));
    session.setAccounts({entry});
    QCOMPARE(notified.size(), 1);
    QSignalSpy renewed(&notifier, &Desktop::Notifier::refreshRequested);
    notifier.activate();
    QCOMPARE(renewed.size(), 1);
    // An account of the same hour waits; another one does not.
    entry.sessionEndsAt = now.addSecs(1800);
    auto other = entry;
    other.account.id.homeAccountId.value = u"grace"_s;
    session.setAccounts({entry, other});
    QCOMPARE(notified.size(), 2);
}

void TestNotifier::theEndOfASessionIsNoNews_data()
{
    QTest::addColumn<qint64>("usedBefore");
    QTest::addColumn<qint64>("endsIn");
    QTest::newRow("far away") << qint64(3600) << qint64(48 * 3600);
    QTest::newRow("it was that short when it began") << qint64(60) << qint64(1740);
    QTest::newRow("nobody uses the account") << qint64(8 * 24 * 3600) << qint64(1800);
    QTest::newRow("it is over") << qint64(3600) << qint64(-1);
}

void TestNotifier::theEndOfASessionIsNoNews()
{
    QFETCH(qint64, usedBefore);
    QFETCH(qint64, endsIn);
    FakeSession session;
    Desktop::Notifier notifier(session);
    QSignalSpy notified(&notifier, &Desktop::Notifier::notified);
    auto entry = fakeAccount(u"ada@example.org"_s);
    const auto now = QDateTime::currentDateTimeUtc();
    entry.usedAt = now.addSecs(-usedBefore);
    entry.sessionEndsAt = now.addSecs(endsIn);
    session.setAccounts({entry});
    QCOMPARE(notified.size(), 0);
}

void TestNotifier::whoeverAskedIsRemindedOfATokensEnd()
{
    FakeSession session;
    Desktop::Notifier notifier(session);
    QSignalSpy notified(&notifier, &Desktop::Notifier::notified);
    auto entry = fakeAccount(u"ada@example.org"_s);
    entry.tokens[0].expiresAt = QDateTime::currentDateTimeUtc().addSecs(300).addMSecs(400);
    session.setAccounts({entry});
    notifier.setWatched(entry.tokens.at(0).id, true);
    QCOMPARE(notified.size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(notified.size(), 1, 5000);
    QCOMPARE(notice(notified, 0).title, u"Token ends soon"_s);
    QVERIFY(notifier.watched().isEmpty()); // once
    session.setAccounts({entry});
    QCOMPARE(notified.size(), 1);
    // Who wants quiet has it.
    notifier.mute(std::chrono::hours(8));
    notifier.setWatched(entry.tokens.at(0).id, true);
    QCOMPARE(notified.size(), 1);
    QVERIFY(!notifier.watched().isEmpty());
}

void TestNotifier::theTokenToBeRemindedOfIsChosenInTheTable()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Desktop::Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *page = qobject_cast<Desktop::TokensPage *>(window.page(u"tokens"_s));
    window.showPage(page);
    auto *remind = window.actionRegistry().find(u"token.remind"_s);
    QVERIFY(!remind->isEnabled());
    auto *table = page->findChild<QTableView *>();
    table->selectRow(0);
    QVERIFY(remind->isEnabled() && !remind->isChecked());
    remind->trigger();
    QCOMPARE(workbench.findChild<Desktop::Notifier *>()->watched(), QSet<QString>{page->chosenToken()});
    QVERIFY(remind->isChecked());
    table->selectRow(1);
    QVERIFY(!remind->isChecked());
    table->selectRow(0);
    remind->trigger();
    QVERIFY(workbench.findChild<Desktop::Notifier *>()->watched().isEmpty());
}

void TestNotifier::theTrayTellsByItsShape()
{
    FakeSession session;
    Desktop::Notifier notifier(session);
    Desktop::Tray tray(session, notifier);
    QCOMPARE(tray.state(), Desktop::Tray::State::Plain);
    session.setAccounts(someAccounts());
    QCOMPARE(tray.state(), Desktop::Tray::State::NeedsPerson);
    auto busy = fakeAccount(u"ada@example.org"_s);
    busy.isBusy = true;
    session.setAccounts({busy});
    QCOMPARE(tray.state(), Desktop::Tray::State::Busy);
    session.failure = Error{ErrorCode::NetworkUnavailable, u"x"_s};
    Q_EMIT session.networkChanged();
    QCOMPARE(tray.state(), Desktop::Tray::State::Offline);
    session.storeState.kind = Desktop::StoreState::Kind::Failed;
    Q_EMIT session.storeChanged();
    QCOMPARE(tray.state(), Desktop::Tray::State::Locked);
    Q_EMIT tray.menu()->aboutToShow();
    QVERIFY(tray.menu()->actions().at(0)->text().contains("ada@example.org"_L1));
    // Each account has its token to copy and to look at, and can be renewed.
    QSignalSpy copied(&tray, &Desktop::Tray::copyRequested);
    QSignalSpy inspected(&tray, &Desktop::Tray::inspectRequested);
    QSignalSpy renewed(&tray, &Desktop::Tray::refreshRequested);
    session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    Q_EMIT tray.menu()->aboutToShow();
    for (auto *action : tray.menu()->actions().at(0)->menu()->actions())
        action->trigger();
    QCOMPARE(copied.size(), 1);
    QCOMPARE(copied.at(0).at(0).toString(), u"at:ada@example.org"_s);
    QCOMPARE(inspected.size(), 1);
    QCOMPARE(renewed.size(), 1);
    tray.setMasked(true);
    Q_EMIT tray.menu()->aboutToShow();
    QVERIFY(!tray.menu()->actions().at(0)->text().contains("ada"_L1));
}

void TestNotifier::withoutATrayTheWindowTells()
{
    FakeSession session;
    session.accountList = someAccounts();
    Desktop::Workbench workbench(session);
    workbench.window().show();
    auto refused = session.accountList;
    refused[0].attention =
        Countersign::AccountAttention{.error = u"invalid_grant"_s, .since = QDateTime::currentDateTimeUtc()};
    session.setAccounts(session.accountList); // how it stood when the program started
    session.setAccounts(refused);
    QVERIFY(workbench.window().statusBar()->currentMessage().contains("Keycloak lab"_L1));
}

void TestNotifier::everyNotificationHasItsButtons()
{
    FakeSession session;
    Desktop::Notifier notifier(session);
    QSignalSpy notified(&notifier, &Desktop::Notifier::notified);
    Q_EMIT session.accountsChanged();
    auto ada = fakeAccount(u"ada@example.org"_s, -10);
    ada.attention = Countersign::AccountAttention{.error = u"invalid_grant"_s};
    auto grace = fakeAccount(u"grace@example.org"_s, -10);
    grace.attention = ada.attention;
    session.setAccounts({ada, grace});
    QCOMPARE(notified.size(), 2);
    const auto first = notice(notified, 0);
    QCOMPARE(first.buttons.size(), 3); // Sign in, Later, Mute
    QCOMPARE(first.buttons.at(0), u"Sign in"_s);
    QVERIFY(first.buttons.at(2).contains(u'8'));
    QVERIFY(first.text.contains(u"revoked"_s)); // why
    // Each is about its own account, whichever came last.
    QSignalSpy wanted(&notifier, &Desktop::Notifier::signInRequested);
    notifier.choose(first.id, 0);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).value<Desktop::AccountEntry>().account.id, ada.account.id);
    notifier.choose(first.id, 1);
    notifier.choose(first.id + 100, 0);
    QCOMPARE(wanted.size(), 1);
    notifier.choose(notice(notified, 1).id, 2);
    auto alan = fakeAccount(u"alan@example.org"_s, -10);
    alan.attention = ada.attention;
    session.setAccounts({ada, grace, alan});
    QCOMPARE(notified.size(), 2);
}

void TestNotifier::whoeverLooksAtTheWindowIsNotInterrupted()
{
    FakeSession session;
    session.accountList = someAccounts();
    FakeService service;
    Desktop::Workbench workbench(session);
    workbench.setNotificationService(&service);
    auto &notifier = *workbench.findChild<Desktop::Notifier *>();
    const Desktop::Notice news{.id = 1, .title = u"Sign in needed"_s, .text = u"Keycloak lab"_s};
    // No window is there: the desktop is told, tray or not.
    QVERIFY(QGuiApplication::applicationState() != Qt::ApplicationActive);
    Q_EMIT notifier.notified(news);
    QCOMPARE(service.shown, QList<Desktop::Notice>{news});
    service.isThere = false;
    Q_EMIT notifier.notified(news);
    QVERIFY(workbench.window().statusBar()->currentMessage().contains("Keycloak lab"_L1));
    workbench.window().show();
    workbench.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&workbench.window()));
    Q_EMIT notifier.notified(news);
    QCOMPARE(service.shown.size(), 2);
}

void TestNotifier::whatSomebodyAskedForIsSaidOnce()
{
    FakeSession session;
    auto waiting = fakeAccount(u"ada@example.org"_s, -10);
    waiting.attention = Countersign::AccountAttention{.error = u"invalid_grant"_s};
    session.accountList = {waiting};
    FakeService service;
    Desktop::Workbench workbench(session);
    workbench.setNotificationService(&service);
    auto &window = workbench.window();
    window.show();
    const auto banners = [&window] {
        const auto all = window.findChildren<Desktop::Banner *>();
        return std::count_if(all.cbegin(), all.cend(),
                             [](const Desktop::Banner *banner) { return banner->isVisible(); });
    };
    QCOMPARE(banners(), 1); // the account's own
    workbench.refresh(waiting);
    session.last->fail(Error{ErrorCode::InteractionRequired, u"refused"_s});
    QCOMPARE(banners(), 1);
    QVERIFY(service.shown.isEmpty());
    // Elsewhere the window says it.
    window.showPage(window.page(u"tokens"_s));
    workbench.refresh(waiting);
    session.last->fail(Error{ErrorCode::InteractionRequired, u"refused"_s});
    QCOMPARE(banners(), 1);
    QVERIFY(service.shown.isEmpty());
}

QTEST_MAIN(TestNotifier)
#include "tst_notifier.moc"
