// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Who and what is chosen stays so, wherever somebody goes.
#include "fakesession.h"
#include "picture.h"
#include "widgettest.h"

#include "accounts/accountpanel.h"
#include "accounts/accountspage.h"
#include "accounts/signoutdialog.h"
#include "models/accountmodel.h"
#include "models/alltokensmodel.h"
#include "profiles/profilespage.h"
#include "signin/signinform.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QListView>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTreeView>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestChoosing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void anotherProfileLeavesTheChosenAccountChosen();
    void aChosenProfileStaysChosenWhileItsAccountIsThere();
    void whoSignsInFromTheProfilesMeansTheChosenOne();
    void aRowStaysChosenWhereverSomebodyClicks();
    void aTokenOfTwoProfilesIsListedOnce();
    void anAccountOfTwoProfilesSaysSo();
    void signingInBeginsWithTheChosenAccount();
    void whatCannotBeChosenSaysWhy();
    void theAccountThatWasChosenIsChosenAgain();
    void theKeyboardBeginsInTheList();
};

void TestChoosing::anotherProfileLeavesTheChosenAccountChosen()
{
    FakeSession session;
    auto second = session.profileList.constFirst();
    second.id = u"sand-b"_s;
    second.clientId = u"other"_s;
    session.profileList.append(second);
    const auto alan = fakeAccount(u"alan@example.org"_s, 3600, u"sand-b"_s);
    session.accountList = {fakeAccount(u"ada@example.org"_s), alan};
    AccountsPage page(session);
    page.selectAccount(u"sand-b"_s, alan.account.id);
    QCOMPARE(page.currentAccount()->account.username, u"alan@example.org"_s);
    for (const int place : {0, 2, 3}) {
        auto another = second;
        another.id = u"another%1"_s.arg(place);
        session.profileList.insert(place, another);
        Q_EMIT session.profilesChanged();
        QCOMPARE(page.currentAccount()->account.username, u"alan@example.org"_s);
        QCOMPARE(page.findChild<QTreeView *>()->currentIndex().data().toString(), u"alan@example.org"_s);
    }
    // And when so many accounts come that the list begins anew.
    session.setAccounts(manyFakeAccounts(300) + QList{alan});
    QCOMPARE(page.currentAccount()->account.username, u"alan@example.org"_s);
}

void TestChoosing::aChosenProfileStaysChosenWhileItsAccountIsThere()
{
    FakeSession session;
    auto second = session.profileList.constFirst();
    second.id = u"sand-b"_s;
    second.clientId = u"other"_s;
    session.profileList.append(second);
    const auto ada = fakeAccount(u"ada@example.org"_s);
    const auto alan = fakeAccount(u"alan@example.org"_s, 3600, u"sand-b"_s);
    session.accountList = {ada, alan};
    AccountsPage page(session);
    auto *tree = page.findChild<QTreeView *>();
    const auto *model = tree->model();
    QVERIFY(page.currentAccount());
    tree->setCurrentIndex(model->index(1, 0));
    Q_EMIT session.networkChanged(); // as often as the clock does
    QCOMPARE(tree->currentIndex(), model->index(1, 0));
    QVERIFY(!page.currentAccount());
    // Whoever's account goes is shown another one instead of nobody's.
    page.selectAccount(u"sand-b"_s, alan.account.id);
    session.setAccounts({ada});
    QVERIFY(page.currentAccount());
    QCOMPARE(page.currentAccount()->account.username, u"ada@example.org"_s);
}

void TestChoosing::whoSignsInFromTheProfilesMeansTheChosenOne()
{
    FakeSession session;
    auto second = session.profileList.constFirst();
    second.id = u"second"_s;
    second.name = u"Second desk"_s;
    session.profileList.append(second);
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    QTemporaryDir folder;
    ProfileStore store(folder.filePath(u"p.json"_s));
    for (const auto &id : {u"lab"_s, u"second"_s}) {
        auto profile = labProfile();
        profile.id = id;
        QVERIFY(store.put(profile));
    }
    Workbench workbench(session);
    auto &window = workbench.window();
    auto *profiles = new ProfilesPage(store, nullptr);
    window.addPage(profiles);
    window.show();
    const auto asked = [&window] {
        window.actionRegistry().find(u"account.sign_in"_s)->trigger();
        auto *form = window.findChild<SignInForm *>();
        const auto *choice = form ? named<QComboBox>(*form, u"Profile"_s) : nullptr;
        const auto name = choice ? choice->currentText() : QString();
        delete form;
        return name;
    };
    window.showPage(profiles);
    profiles->select(u"second"_s);
    QVERIFY2(asked().contains("Second desk"_L1), qPrintable(asked()));
    window.showPage(window.page(u"accounts"_s));
    QVERIFY2(asked().contains("Keycloak lab"_L1), qPrintable(asked()));
}

void TestChoosing::aRowStaysChosenWhereverSomebodyClicks()
{
    QTemporaryDir folder;
    ProfileStore store(folder.filePath(u"p.json"_s));
    QVERIFY(store.put(labProfile()));
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    auto *profiles = new ProfilesPage(store, nullptr);
    window.addPage(profiles);
    window.resize(1180, 740);
    window.show();
    const QList<QAbstractItemView *> lists{window.findChild<QListWidget *>(u"rail"_s),
                                           named<QListView>(*profiles, u"Profiles"_s),
                                           named<QTreeView>(window, u"Accounts by profile"_s)};
    for (auto *list : lists) {
        QVERIFY(list);
        window.showPage(lists.indexOf(list) == 2 ? window.page(u"accounts"_s) : profiles);
        QCoreApplication::processEvents();
        const QPoint beside(list->viewport()->width() / 2, list->viewport()->height() - 4);
        QVERIFY(!list->indexAt(beside).isValid());
        const auto chosen = list->currentIndex();
        const auto isChosen = [list, &chosen] {
            return list->currentIndex() == chosen && list->selectionModel()->isSelected(chosen);
        };
        QVERIFY2(isChosen(), qPrintable(list->accessibleName()));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, beside);
        QVERIFY2(isChosen(), qPrintable(list->accessibleName()));
        QTest::mousePress(list->viewport(), Qt::LeftButton, {}, beside);
        QTest::mouseMove(list->viewport(), beside - QPoint(40, 20));
        QTest::mouseRelease(list->viewport(), Qt::LeftButton, {}, beside - QPoint(40, 20));
        QVERIFY2(isChosen(), qPrintable(list->accessibleName()));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier, list->visualRect(chosen).center());
        QVERIFY2(isChosen(), qPrintable(list->accessibleName()));
    }
}

void TestChoosing::aTokenOfTwoProfilesIsListedOnce()
{
    FakeSession session;
    shareAda(session);
    AllTokensModel model(session);
    QCOMPARE(model.rowCount(), 2);
    const auto profile = [&model] { return model.index(0, AllTokensModel::ProfileColumn).data().toString(); };
    QCOMPARE(profile(), u"Keycloak lab, Second desk"_s);
    // What changes is taken over without beginning anew.
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    session.profileList[1].name = u"Third desk"_s;
    Q_EMIT session.profilesChanged();
    QCOMPARE(profile(), u"Keycloak lab, Third desk"_s);
    QCOMPARE(reset.size(), 0);
    // Whoever waits for a person waits once, too.
    for (auto &entry : session.accountList) {
        entry.tokens.clear();
        entry.canRefresh = false;
    }
    Q_EMIT session.accountsChanged();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(AccountModel(session).attentionCount(), 1);
}

void TestChoosing::anAccountOfTwoProfilesSaysSo()
{
    FakeSession session;
    shareAda(session);
    QCOMPARE(AccountModel(session).accountCount(), 1);
    const std::unique_ptr<SignOutDialog> dialog(new SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    picture(*dialog, u"sign-out-two-profiles"_s);
    QVERIFY(allTexts(*dialog).contains("Second desk"_L1));
    AccountPanel panel(session);
    panel.setAccount(session.accountList.at(1));
    QVERIFY(allTexts(panel).contains("also in Keycloak lab"_L1));
    // Another client's account of the same name is another account.
    session.profileList[1].clientId = u"another"_s;
    QCOMPARE(AccountModel(session).accountCount(), 2);
    const std::unique_ptr<SignOutDialog> other(new SignOutDialog(session, session.accountList.at(0)));
    QVERIFY(!allTexts(*other).contains("Second desk"_L1));
}

void TestChoosing::signingInBeginsWithTheChosenAccount()
{
    FakeSession session;
    session.profileList.append({.id = u"work"_s, .name = u"Work"_s, .issuer = u"https://work.example"_s});
    session.accountList = {fakeAccount(u"ada@example.org"_s), fakeAccount(u"grace@work.example"_s, 3600, u"work"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *accounts = static_cast<AccountsPage *>(window.page(u"accounts"_s));
    accounts->selectAccount(u"work"_s, session.accountList.at(1).account.id);
    window.actionRegistry().find(u"account.sign_in"_s)->trigger();
    auto *form = window.findChild<SignInForm *>();
    QVERIFY(form);
    QCOMPARE(form->request().profileId, u"work"_s);
    QCOMPARE(form->request().loginHint, u"grace@work.example"_s);
    delete form;
    // A profile's own line says at least where.
    auto *tree = accounts->findChild<QTreeView *>();
    tree->setCurrentIndex(tree->model()->index(1, 0));
    window.actionRegistry().find(u"account.sign_in"_s)->trigger();
    form = window.findChild<SignInForm *>();
    QCOMPARE(form->request().profileId, u"work"_s);
    QVERIFY(form->request().loginHint.isEmpty());
}

void TestChoosing::whatCannotBeChosenSaysWhy()
{
    FakeSession session;
    session.profileList[0].wantsRefreshToken = false;
    const std::unique_ptr<SignInForm> form(new SignInForm(session, u"lab"_s));
    const auto *keep = named<QCheckBox>(*form, u"Keep me signed in"_s);
    QVERIFY(!keep->isEnabled());
    QVERIFY(keep->toolTip().contains("asks for no refresh token"_L1));
    QCOMPARE(keep->accessibleDescription(), keep->toolTip());
    QCOMPARE(keep->whatsThis(), keep->toolTip());
}

void TestChoosing::theAccountThatWasChosenIsChosenAgain()
{
    FakeSession session;
    const QList accounts{fakeAccount(u"ada@example.org"_s), fakeAccount(u"grace@example.org"_s)};
    session.accountList = accounts;
    QJsonObject layout;
    {
        Workbench workbench(session);
        workbench.window().show();
        static_cast<AccountsPage *>(workbench.window().page(u"accounts"_s))
            ->selectAccount(u"lab"_s, accounts.at(1).account.id);
        layout = workbench.window().saveLayout();
    }
    session.accountList.clear();
    Workbench workbench(session);
    workbench.window().restoreLayout(layout);
    workbench.window().show();
    // The store is opened after the window has appeared.
    session.setAccounts(accounts);
    const auto *page = static_cast<AccountsPage *>(workbench.window().page(u"accounts"_s));
    QVERIFY(page->currentAccount());
    QCOMPARE(page->currentAccount()->account.username, u"grace@example.org"_s);
    // And only once: whoever is chosen by hand stays chosen.
    const_cast<AccountsPage *>(page)->selectAccount(u"lab"_s, accounts.at(0).account.id);
    session.setAccounts(accounts);
    QCOMPARE(page->currentAccount()->account.username, u"ada@example.org"_s);
}

void TestChoosing::theKeyboardBeginsInTheList()
{
    FakeSession session;
    Workbench workbench(session);
    workbench.window().show();
    QVERIFY(QTest::qWaitForWindowActive(&workbench.window()));
    const auto begins = [&workbench](const QString &name) {
        const auto *focused = workbench.window().focusWidget();
        return focused && focused->accessibleName() == name;
    };
    QVERIFY(begins(u"Sign in to Keycloak lab"_s));
    session.profileList[0].name = u"Another name"_s;
    Q_EMIT session.profilesChanged();
    QVERIFY(begins(u"Sign in to Another name"_s));
    session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    const auto *tree = workbench.window().findChild<QTreeView *>();
    QVERIFY(tree);
    QCOMPARE(static_cast<const QWidget *>(workbench.window().focusWidget()), static_cast<const QWidget *>(tree));
    // With accounts from the beginning it is the same.
    Workbench again(session);
    again.window().show();
    QVERIFY(QTest::qWaitForWindowActive(&again.window()));
    QVERIFY(qobject_cast<QTreeView *>(again.window().focusWidget()));
}

QTEST_MAIN(TestChoosing)
#include "tst_choosing.moc"
