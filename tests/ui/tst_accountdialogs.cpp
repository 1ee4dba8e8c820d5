// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounttest.h"
#include "picture.h"

#include "accounts/accountspage.h"
#include "accounts/signoutdialog.h"
#include "signin/signindialog.h"
#include "signin/signinform.h"
#include "tokens/gettokendialog.h"
#include "tokens/tokenspage.h"
#include "widgets/banner.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace CountersignTest;
using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCode;
using Countersign::SignOutStep;
using Countersign::TraceRow;
using Countersign::TraceVerdict;
namespace Desktop = Countersign::Desktop;

class TestAccountDialogs : public AccountTest
{
    Q_OBJECT
private Q_SLOTS:
    void gettingATokenExplainsItself();
    void aTokenThatNeedsThePersonOffersToSignIn();
    void cancellingAGetTokenKeepsTheDialog();
    void signingOutTellsWhatItDid();
    void signingOutOffersToForgetCookiesThatAreThere();
    void whatCannotBeRevokedSaysWhy();
    void everyControlOfEveryDialogHasAName();
};

void TestAccountDialogs::gettingATokenExplainsItself()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::GetTokenDialog> dialog(
        new Desktop::GetTokenDialog(session, session.accountList.at(0)));
    dialog->show();
    button(*dialog, u"Get token"_s)->click();
    QCOMPARE(session.tokenRequests.size(), 1);
    QCOMPARE(session.tokenRequests.at(0).minimumLifetime, std::chrono::seconds(300));
    auto outcome = fakeOutcome();
    outcome.origin = Desktop::TokenOrigin::Cache;
    outcome.trace.rows = {{.subject = TraceRow::Subject::AccessToken, .verdict = TraceVerdict::OtherScopes},
                          {.subject = TraceRow::Subject::AccessToken, .verdict = TraceVerdict::Taken, .value = 3000}};
    session.last->succeed(outcome);
    const auto *trace = dialog->findChild<QListWidget *>();
    QCOMPARE(trace->count(), 2);
    QVERIFY(trace->item(1)->text().contains("Used"_L1));
    QSignalSpy copied(dialog.get(), &Desktop::GetTokenDialog::copyRequested);
    button(*dialog, u"Copy token"_s)->click();
    QCOMPARE(copied.at(0).at(0).toString(), outcome.tokenId);
    picture(*dialog, u"d8-cache"_s);
}

void TestAccountDialogs::aTokenThatNeedsThePersonOffersToSignIn()
{
    FakeSession session;
    session.accountList = someAccounts();
    QPointer<Desktop::GetTokenDialog> dialog(new Desktop::GetTokenDialog(session, session.accountList.at(2)));
    dialog->show();
    QSignalSpy wanted(dialog, &Desktop::GetTokenDialog::signInRequested);
    dialog->start();
    session.last->fail(Error{ErrorCode::InteractionRequired, u"invalid_grant"_s});
    picture(*dialog, u"d8-needs-you"_s);
    for (auto *candidate : dialog->findChildren<QPushButton *>()) {
        if (candidate->text().remove(u'&') == Desktop::buttonText(Desktop::ErrorAction::SignIn).remove(u'&'))
            candidate->click();
    }
    QCOMPARE(wanted.size(), 1);
    const auto request = wanted.at(0).at(0).value<Desktop::SignInRequest>();
    QCOMPARE(request.expectedAccount, session.accountList.at(2).account.id);
}

void TestAccountDialogs::cancellingAGetTokenKeepsTheDialog()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::GetTokenDialog> dialog(
        new Desktop::GetTokenDialog(session, session.accountList.at(0)));
    dialog->show();
    dialog->start();
    button(*dialog, u"Cancel"_s)->click();
    QVERIFY(dialog->isVisible());
    QVERIFY(button(*dialog, u"Close"_s));
    QVERIFY(button(*dialog, u"Get token"_s)->isEnabled());
}

void TestAccountDialogs::signingOutTellsWhatItDid()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    picture(*dialog, u"d7-question"_s);
    button(*dialog, u"Sign out"_s)->click();
    QCOMPARE(session.signOuts.size(), 1);
    QVERIFY(session.signOuts.at(0).revoke);
    QVERIFY(!session.signOuts.at(0).endSession);
    Desktop::Outcome outcome;
    outcome.steps = {
        {.kind = SignOutStep::Kind::Revocation,
         .outcome = SignOutStep::Outcome::Failed,
         .error = Error{ErrorCode::NetworkUnavailable, Countersign::ErrorCause::ConnectionRefused, u"refused"_s}},
        {.kind = SignOutStep::Kind::LocalRemoval},
        {.kind = SignOutStep::Kind::EndSession, .outcome = SignOutStep::Outcome::NotWanted}};
    session.last->succeed(outcome);
    const auto *steps = dialog->findChild<QListWidget *>();
    QCOMPARE(steps->count(), 3);
    QVERIFY(steps->item(0)->text().contains("failed"_L1));
    QVERIFY(dialog->findChild<Desktop::Banner *>()->title().contains("not everything"_L1));
    picture(*dialog, u"d7-result"_s);
}

void TestAccountDialogs::signingOutOffersToForgetCookiesThatAreThere()
{
    FakeSession session;
    session.accountList = someAccounts();
    const auto request = [&session](bool isWanted) {
        const std::unique_ptr<Desktop::SignOutDialog> dialog(
            new Desktop::SignOutDialog(session, session.accountList.at(0)));
        for (auto *box : dialog->findChildren<QCheckBox *>()) {
            if (box->accessibleName().contains("sign-in window"_L1))
                box->setChecked(isWanted);
        }
        return dialog->request().forgetEmbedded;
    };
    QVERIFY(!request(true)); // there are none
    session.hasCookies = true;
    QVERIFY(request(true));
    QVERIFY(!request(false));
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    button(*dialog, u"Sign out"_s)->click();
    QVERIFY(session.signOuts.at(0).forgetEmbedded);
    Desktop::Outcome outcome;
    outcome.steps = {{.kind = SignOutStep::Kind::LocalRemoval}};
    outcome.isEmbeddedForgotten = false;
    session.last->succeed(outcome);
    QCOMPARE(dialog->findChild<QListWidget *>()->count(), 2);
    QVERIFY(dialog->findChild<Desktop::Banner *>()->title().contains("not everything"_L1));
}

void TestAccountDialogs::whatCannotBeRevokedSaysWhy()
{
    FakeSession session;
    session.isRevocable = false;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    for (const auto *box : dialog->findChildren<QCheckBox *>()) {
        if (box->accessibleName().contains("Revoke"_L1)) {
            QVERIFY(!box->isEnabled());
            QVERIFY(box->accessibleDescription().contains("Not possible"_L1));
        }
    }
    QVERIFY(!dialog->request().revoke);
}

void TestAccountDialogs::everyControlOfEveryDialogHasAName()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<QWidget> widgets[] = {
        std::unique_ptr<QWidget>(new Desktop::SignInForm(session, u"lab"_s)),
        std::unique_ptr<QWidget>(new Desktop::SignInDialog(session, {.profileId = u"lab"_s})),
        std::unique_ptr<QWidget>(new Desktop::GetTokenDialog(session, session.accountList.at(0))),
        std::unique_ptr<QWidget>(new Desktop::SignOutDialog(session, session.accountList.at(0))),
        std::unique_ptr<QWidget>(new Desktop::AccountsPage(session)),
        std::unique_ptr<QWidget>(new Desktop::TokensPage(session))};
    for (const auto &widget : widgets) {
        QVERIFY(!widget->accessibleName().isEmpty());
        for (const auto *control : widget->findChildren<QWidget *>()) {
            const bool isControl = qobject_cast<const QAbstractButton *>(control)
                || qobject_cast<const QAbstractItemView *>(control) || qobject_cast<const QLineEdit *>(control)
                || qobject_cast<const QPlainTextEdit *>(control);
            const bool isOurs = !control->objectName().startsWith("qt_"_L1) && !control->inherits("QHeaderView")
                && !control->inherits("QTableCornerButton") && !control->inherits("QComboBoxListView")
                && !qobject_cast<const QLineEdit *>(control->parentWidget())
                && !control->parentWidget()->inherits("QComboBox") && !control->parentWidget()->inherits("QTabBar")
                && !control->parentWidget()->inherits("QAbstractSpinBox")
                && !control->parentWidget()->inherits("QComboBoxPrivateContainer");
            if (isControl && isOurs)
                QVERIFY2(!control->accessibleName().isEmpty(), control->metaObject()->className());
        }
    }
}

QTEST_MAIN(TestAccountDialogs)
#include "tst_accountdialogs.moc"
