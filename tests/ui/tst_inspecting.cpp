// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What the inspector says of what it was given.
#include "fakesession.h"
#include "picture.h"
#include "widgettest.h"

#include "inspector/checksview.h"
#include "inspector/inspectorpage.h"
#include "inspector/notoken.h"
#include "inspector/tokenview.h"
#include "widgets/banner.h"
#include "widgets/theme.h"
#include "window/workbench.h"

#include <countersign/jose/jws.h>

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

const Jose::Jwk &key()
{
    static const auto made = Jose::Jwk::generate(Jose::JwkKind::P256, u"k1"_s).value();
    return made;
}

QByteArray signedToken(const QByteArray &extra)
{
    const auto now = QDateTime::currentSecsSinceEpoch();
    const QByteArray claims = R"({"iss":"https://id.example","sub":"ada","aud":"app","iat":)" + QByteArray::number(now)
        + R"(,"exp":)" + QByteArray::number(now + 600) + extra + '}';
    return Jose::signCompact(QByteArrayView(R"({"alg":"ES256","kid":"k1"})"), claims, key()).value();
}

} // namespace

class TestInspecting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void theBannerNamesWhatIsMissing();
    void theChosenProfileSaysForWhom();
    void aProfilesExpectationsAreHeldAgainstItsTokens();
    void whatASignInVerifiedIsVerifiedWhenItIsInspected();
    void anotherIssuersKeysVerifyNothing();
    void whatIsNoTokenIsSaidToBeNone_data();
    void whatIsNoTokenIsSaidToBeNone();
    void whoTypesIsNotCutOff();
};

void TestInspecting::theBannerNamesWhatIsMissing()
{
    TokenView view;
    QSignalSpy checked(view.checks(), &ChecksView::checked);
    view.setToken(Jose::TokenDocument::read(signedToken(R"(,"nonce":"n")")), QDateTime::currentDateTimeUtc());
    const auto *banner = view.findChild<Banner *>();
    QTRY_VERIFY(!checked.isEmpty());
    QVERIFY(allTexts(*banner).contains("Nobody has checked the signature"_L1));
    auto expected = view.checks()->expectations();
    expected.issuer = u"https://id.example"_s;
    expected.keys = key().publicJwk().toJson();
    view.checks()->setExpectations(expected);
    QTRY_VERIFY(allTexts(*banner).contains("The signature is right"_L1));
    QVERIFY(!view.isVerified());
    QVERIFY(allTexts(*banner).contains("Audience"_L1));
    QVERIFY(!allTexts(*banner).contains("Nobody"_L1));
    view.resize(900, 600);
    picture(view, u"banner-what-is-missing"_s);
    expected.audience = u"app"_s;
    view.checks()->setExpectations(expected);
    QTRY_VERIFY(view.isVerified());
}

void TestInspecting::theChosenProfileSaysForWhom()
{
    InspectorPage page;
    page.setProfiles({labProfile()});
    QSignalSpy opened(&page, &InspectorPage::opened);
    const QByteArray answer = R"({"access_token":")" + signedToken(R"(,"scope":"a","client_id":"app")")
        + R"(","id_token":")" + signedToken(R"(,"nonce":"n")") + R"("})";
    page.inspect(Secret::copyOf(answer), u"lab"_s);
    QTRY_COMPARE(opened.size(), 1);
    auto *checks = page.view()->checks();
    QCOMPARE(checks->expectations().use, Jose::JwtUse::AccessToken);
    QCOMPARE(checks->expectations().audience, u"https://api.example"_s);
    // The other token of the same answer is for the client itself: OIDC Core 3.1.3.7 step 3.
    page.findChild<QTabBar *>()->setCurrentIndex(1);
    QCOMPARE(checks->expectations().use, Jose::JwtUse::IdToken);
    QCOMPARE(checks->expectations().audience, u"app"_s);
    auto *use = named<QComboBox>(*checks, u"Used as"_s);
    use->setCurrentIndex(use->findData(int(Jose::JwtUse::AccessToken)));
    Q_EMIT use->activated(use->currentIndex());
    QCOMPARE(checks->expectations().audience, u"https://api.example"_s);
    // A token of nobody's is held against nobody's expectations.
    page.inspect(Secret::copyOf(signedToken({})));
    QTRY_COMPARE(opened.size(), 2);
    QVERIFY(checks->expectations().audience.isEmpty());
    QVERIFY(checks->expectations().issuer.isEmpty());
}

void TestInspecting::aProfilesExpectationsAreHeldAgainstItsTokens()
{
    InspectorPage page;
    auto profile = labProfile();
    profile.expectations.audience = u"https://api.example"_s;
    profile.expectations.scopes = {u"delete"_s};
    profile.expectations.leeway = std::chrono::seconds(30);
    page.setProfiles({profile});
    QSignalSpy opened(&page, &InspectorPage::opened);
    page.inspect(Secret::copyOf(signedToken(R"(,"scope":"read","client_id":"app","jti":"1")")), profile.id);
    QTRY_COMPARE(opened.size(), 1);
    auto *checks = page.view()->checks();
    auto *use = named<QComboBox>(*checks, u"Used as"_s);
    use->setCurrentIndex(use->findData(int(Jose::JwtUse::AccessToken)));
    QSignalSpy checked(checks, &ChecksView::checked);
    Q_EMIT use->activated(use->currentIndex());
    QCOMPARE(checks->expectations().audience, u"https://api.example"_s);
    QVERIFY2(allTexts(*checks).contains("Scopes: "_L1), qPrintable(allTexts(*checks)));
    QTRY_VERIFY(!checked.isEmpty());
    const auto report = checked.constLast().constFirst().value<TokenCheck>().report;
    const auto *scope = report.find(u"scope");
    QVERIFY(scope);
    QCOMPARE(scope->outcome, Jose::CheckOutcome::Failed);
    QCOMPARE(scope->expected, u"delete"_s);
    // Of an ID token's scopes nothing is known.
    checked.clear();
    use->setCurrentIndex(use->findData(int(Jose::JwtUse::IdToken)));
    Q_EMIT use->activated(use->currentIndex());
    QTRY_VERIFY(!checked.isEmpty());
    QVERIFY(!checked.constLast().constFirst().value<TokenCheck>().report.find(u"scope"));
}

namespace {

//! A session whose sign-in through the lab's profile has learnt the keys of \p issuer.
struct SignedIn
{
    explicit SignedIn(const QString &issuer) : workbench(session)
    {
        session.setAccounts({fakeAccount(u"ada@example.org"_s)});
        session.token = signedToken(R"(,"nonce":"n-0S6_WzA2Mj")");
        session.provider = KnownProvider{.issuer = issuer, .keys = Jose::JwkSet({key()})};
        workbench.inspector().setProfiles({labProfile()});
        QSignalSpy opened(&workbench.inspector(), &InspectorPage::opened);
        workbench.inspectToken(u"id:ada@example.org"_s);
        isOpen = QTest::qWaitFor([&opened] { return opened.size() == 1; });
    }

    FakeSession session;
    Workbench workbench;
    bool isOpen = false;
};

} // namespace

void TestInspecting::whatASignInVerifiedIsVerifiedWhenItIsInspected()
{
    SignedIn shown(labProfile().issuer);
    QVERIFY(shown.isOpen);
    QTRY_VERIFY(shown.workbench.inspector().view()->isVerified());
    QVERIFY(allTexts(shown.workbench.inspector()).contains("as the last sign-in found them"_L1));
    // Somebody else's token is held against nothing of it.
    QSignalSpy opened(&shown.workbench.inspector(), &InspectorPage::opened);
    shown.workbench.inspect(Secret::copyOf(signedToken({})));
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(!shown.workbench.inspector().view()->isVerified());
    QVERIFY(shown.workbench.inspector().view()->checks()->expectations().keys.isEmpty());
}

void TestInspecting::anotherIssuersKeysVerifyNothing()
{
    SignedIn shown(u"https://elsewhere.example"_s);
    QVERIFY(shown.isOpen);
    QTest::qWait(50);
    QVERIFY(!shown.workbench.inspector().view()->isVerified());
    QVERIFY(shown.workbench.inspector().view()->checks()->expectations().keys.isEmpty());
}

void TestInspecting::whatIsNoTokenIsSaidToBeNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why"); // empty: it may be one
    QTest::newRow("words") << "hello world"_ba << u"several words"_s;
    QTest::newRow("a word") << "hello"_ba << u"too short"_s;
    QTest::newRow("letters that no token has") << "d\xc3\xa9j\xc3\xa0-vu-encore"_ba << u"letters"_s;
    QTest::newRow("not UTF-8") << "abc\xff\xfe\x80 def"_ba << u"binary"_s;
    QByteArray noise(3 * 1024 * 1024, '\0');
    quint32 state = 7;
    for (auto &byte : noise) {
        state = state * 1664525U + 1013904223U;
        byte = char(state >> 24U);
    }
    QTest::newRow("3 MB of noise") << noise << u"binary"_s;
    QTest::newRow("RFC 6750 2.1 b64token") << "mF_9.B5f-4.1JqM"_ba << QString();
    QTest::newRow("a known kind") << "gho_16C7e42F292c6912E7710c838347Ae178B4a"_ba << QString();
}

void TestInspecting::whatIsNoTokenIsSaidToBeNone()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, why);
    QCOMPARE(whyNoToken(text).isEmpty(), why.isEmpty());
    InspectorPage page;
    page.show();
    QSignalSpy opened(&page, &InspectorPage::opened);
    QSignalSpy refused(&page, &InspectorPage::refused);
    // Once into an empty page, once while another token is shown.
    for (int round = 1; round <= 2; ++round) {
        page.inspect(Secret::copyOf(text));
        QTRY_COMPARE_WITH_TIMEOUT(opened.size() + refused.size(), qsizetype(round == 1 ? 1 : 3), 20000);
        QCOMPARE(page.isAsking(), !why.isEmpty());
        if (!why.isEmpty())
            QVERIFY2(allTexts(page).contains(why), qPrintable(allTexts(page)));
        if (round == 1) {
            page.inspect(Secret::copyOf(signedToken({})));
            QTRY_COMPARE(opened.size() + refused.size(), 2);
            QVERIFY(!page.isAsking());
        } else {
            QVERIFY(!page.isEmpty()); // what was open stays so
        }
    }
}

void TestInspecting::whoTypesIsNotCutOff()
{
    InspectorPage page;
    page.resize(900, 600);
    page.show();
    QSignalSpy opened(&page, &InspectorPage::opened);
    auto *input = named<QPlainTextEdit>(page, u"Text with a token"_s);
    QVERIFY(!named<QPushButton>(page, u"Inspect the text"_s)->isEnabled());
    QTest::keyClicks(input, u"hello world, this is me"_s);
    QTRY_VERIFY(allTexts(page).contains("several words"_L1));
    QCOMPARE(input->toPlainText(), u"hello world, this is me"_s);
    picture(page, u"inspector-no-token"_s);
    input->clear();
    const auto token = QString::fromLatin1(signedToken({}));
    QTest::keyClicks(input, token);
    QTRY_VERIFY(allTexts(page).contains("Ctrl+Enter"_L1));
    QCOMPARE(input->toPlainText(), token);
    QCOMPARE(opened.size(), 0);
    QTest::keyClick(input, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(opened.size(), 1);
    // What is pasted is looked into at once.
    page.clear();
    input->insertPlainText(token);
    QTRY_COMPARE(opened.size(), 2);
}

QTEST_MAIN(TestInspecting)
#include "tst_inspecting.moc"
