// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The tokens that the inspector has open: a tab each, until it is closed.
#include "fakesession.h"
#include "picture.h"
#include "widgettest.h"

#include "inspector/checksview.h"
#include "inspector/inspectorpage.h"
#include "inspector/sampletokens.h"
#include "inspector/tokentabs.h"
#include "inspector/tokenview.h"
#include "inspector/tokenwindow.h"
#include "settings/preferences.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <countersign/jose/base64url.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QMimeData>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QDropEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QImage>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

QByteArray tokenOf(const QByteArray &claims)
{
    return Jose::encodeBase64Url(R"({"alg":"RS256"})") + '.' + Jose::encodeBase64Url(claims) + '.'
        + Jose::encodeBase64Url("canary-signature");
}

QByteArray numbered(int number)
{
    return tokenOf(R"({"iss":"https://id.example","sub":"person-)" + QByteArray::number(number) + R"("})");
}

//! The window with the inspector in front.
struct Desk
{
    Desk() : workbench(session), inspector(workbench.inspector())
    {
        workbench.window().resize(1100, 700);
        workbench.window().show();
        workbench.window().showPage(&inspector);
        tabs = inspector.findChild<TokenTabs *>();
    }
    bool open(const QByteArray &text)
    {
        QSignalSpy opened(&inspector, &InspectorPage::opened);
        inspector.inspect(Secret::copyOf(text));
        return QTest::qWaitFor([&opened] { return opened.size() == 1; });
    }
    QByteArray inFront() const { return tabs->token(tabs->currentIndex()).document.text(); }
    QAction *action(const QString &id) const { return workbench.window().actionRegistry().find(id); }
    bool drop(const QMimeData &content) const
    {
        QDragEnterEvent enter({20, 20}, Qt::CopyAction, &content, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&inspector, &enter);
        QDropEvent event({20, 20}, Qt::CopyAction, &content, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&inspector, &event);
        return event.isAccepted();
    }

    FakeSession session;
    Workbench workbench;
    InspectorPage &inspector;
    TokenTabs *tabs = nullptr;
};

} // namespace

class TestOpenTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void eachTokenGetsATabOfItsOwn();
    void theSameTokenComesToTheFront();
    void theSameTokenInAWindowOfItsOwnComesToTheFront();
    void whatIsExpectedStaysWithItsToken();
    void keysOfAnIssuerServeItsNextToken();
    void theBoxHasATabBesideTheTokens();
    void whatIsNoTokenClosesNone();
    void aTitleNamesTheIssuerAndThePersonAndNothingSecret();
    void thereIsRoomForSoMany();
    void everyDroppedFileGetsATab();
    void aPictureIsAnswered();
    void whatIsNoFileIsNotWaitedFor();
    void aClosedTabTakesNothingWithIt();
    void whatIsBeingReadIsDroppedWithTheRest();
    void theButtonsStayInSightInLargeText();
    void tokensOfAccountsAreOpenAtTheNextStart();
    void aTokenThatIsGoneAtTheNextStartIsSaidToBe();
};

void TestOpenTokens::eachTokenGetsATabOfItsOwn()
{
    Desk desk;
    QVERIFY(!desk.tabs->isVisible());
    QVERIFY(desk.open(numbered(1)));
    QVERIFY(desk.open(numbered(2)));
    QCOMPARE(desk.tabs->count(), 2);
    QCOMPARE(desk.inFront(), numbered(2));
    // By every way in: the clipboard, an answer with two of them, a sample.
    QGuiApplication::clipboard()->setText(QString::fromLatin1(numbered(3)));
    desk.action(u"token.paste"_s)->trigger();
    QTRY_COMPARE(desk.tabs->count(), 3);
    const QByteArray answer = R"({"access_token":")" + numbered(4) + R"(","id_token":")" + numbered(5) + R"("})";
    QVERIFY(desk.open(answer));
    QCOMPARE(desk.tabs->count(), 5);
    QCOMPARE(desk.inFront(), numbered(4));
    QVERIFY(desk.open(sampleTokens(QDateTime::currentDateTimeUtc()).at(0).token));
    QCOMPARE(desk.tabs->count(), 6);
    picture(desk.workbench.window(), u"open-tokens"_s);
}

void TestOpenTokens::theSameTokenComesToTheFront()
{
    Desk desk;
    QVERIFY(desk.open(numbered(1)));
    QVERIFY(desk.open(numbered(2)));
    QVERIFY(desk.open("Authorization: Bearer " + numbered(1)));
    QCOMPARE(desk.tabs->count(), 2);
    QCOMPARE(desk.inFront(), numbered(1));
}

void TestOpenTokens::theSameTokenInAWindowOfItsOwnComesToTheFront()
{
    Desk desk;
    QVERIFY(desk.open(numbered(1)));
    const auto *torn = desk.inspector.tearOff();
    QVERIFY(torn);
    desk.workbench.window().activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), &desk.workbench.window());
    QVERIFY(desk.open(numbered(1)));
    QTRY_COMPARE(QApplication::activeWindow(), torn);
    QVERIFY(desk.inspector.isEmpty());
}

void TestOpenTokens::whatIsExpectedStaysWithItsToken()
{
    Desk desk;
    desk.inspector.setProfiles({labProfile()});
    auto *checks = desk.inspector.view()->checks();
    QVERIFY(desk.open(numbered(1)));
    auto expected = checks->expectations();
    expected.issuer = u"https://id.example"_s;
    expected.audience = u"first"_s;
    checks->setExpectations(expected);
    const auto others = tokenOf(R"({"iss":"https://other.example","sub":"x"})");
    QVERIFY(desk.open(others));
    QVERIFY(checks->expectations().issuer.isEmpty());
    QVERIFY(checks->expectations().audience.isEmpty());
    QSignalSpy opened(&desk.inspector, &InspectorPage::opened);
    desk.inspector.inspect(Secret::copyOf(numbered(3)), u"lab"_s);
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(checks->profileId(), u"lab"_s);
    desk.tabs->setCurrentIndex(0);
    QCOMPARE(checks->expectations(), expected);
    QVERIFY(checks->profileId().isEmpty());
    // And goes into its window and back.
    const auto *torn = desk.inspector.tearOff();
    QCOMPARE(torn->view()->checks()->expectations(), expected);
    desk.inspector.moveBack();
    QCOMPARE(desk.inFront(), numbered(1));
    QCOMPARE(checks->expectations(), expected);
    desk.tabs->setCurrentIndex(2);
    QCOMPARE(checks->profileId(), u"lab"_s);
}

void TestOpenTokens::keysOfAnIssuerServeItsNextToken()
{
    Desk desk;
    auto *checks = desk.inspector.view()->checks();
    QVERIFY(desk.open(numbered(1)));
    checks->setExpectations({.issuer = u"https://id.example"_s, .audience = u"first"_s, .keys = "{\"keys\":[]}"});
    QVERIFY(desk.open(numbered(2)));
    QCOMPARE(checks->expectations().keys, QByteArray("{\"keys\":[]}"));
    QVERIFY(checks->expectations().audience.isEmpty());
    const auto others = tokenOf(R"({"iss":"https://other.example"})");
    QVERIFY(desk.open(others));
    QVERIFY(checks->expectations().keys.isEmpty());
    // Who names no issuer is nobody's next.
    const auto nobodys = tokenOf(R"({"sub":"1"})");
    QVERIFY(desk.open(nobodys));
    checks->setExpectations({.keys = "{\"keys\":[]}"});
    const auto next = tokenOf(R"({"sub":"2"})");
    QVERIFY(desk.open(next));
    QVERIFY(checks->expectations().keys.isEmpty());
}

void TestOpenTokens::theBoxHasATabBesideTheTokens()
{
    Desk desk;
    desk.action(u"token.inspect_another"_s)->trigger();
    QVERIFY(!desk.tabs->hasBox()); // it is all there is
    QVERIFY(!desk.action(u"token.close"_s)->isEnabled());
    QVERIFY(desk.open(numbered(1)));
    button(desk.inspector, u"Inspect another token"_s)->click();
    QVERIFY(desk.inspector.isAsking());
    QVERIFY(desk.tabs->isBoxInFront());
    QVERIFY(!desk.action(u"token.tear_off"_s)->isEnabled());
    QVERIFY(named<QPlainTextEdit>(desk.inspector, u"Text with a token"_s)->hasFocus());
    picture(desk.workbench.window(), u"open-tokens-box"_s);
    // It goes with what it was opened for, and by the key that closes tabs.
    QVERIFY(desk.open(numbered(2)));
    QVERIFY(!desk.tabs->hasBox());
    desk.action(u"token.inspect_another"_s)->trigger();
    desk.action(u"token.inspect_another"_s)->trigger();
    QCOMPARE(desk.tabs->count(), 3);
    desk.action(u"token.close"_s)->trigger();
    QCOMPARE(desk.tabs->count(), 2);
    QCOMPARE(desk.inspector.tokenCount(), 2);
    QVERIFY(!desk.inspector.isAsking());
    // What somebody types there outlives a look at a token, and one that comes from elsewhere.
    desk.action(u"token.inspect_another"_s)->trigger();
    auto *input = named<QPlainTextEdit>(desk.inspector, u"Text with a token"_s);
    QTest::keyClicks(input, u"eyJh"_s);
    desk.tabs->setCurrentIndex(0);
    QVERIFY(!desk.inspector.isAsking());
    QVERIFY(desk.open(numbered(3)));
    QVERIFY(desk.tabs->hasBox());
    QCOMPARE(input->toPlainText(), u"eyJh"_s);
}

void TestOpenTokens::whatIsNoTokenClosesNone()
{
    Desk desk;
    QVERIFY(desk.open(numbered(1)));
    QSignalSpy refused(&desk.inspector, &InspectorPage::refused);
    desk.inspector.inspect(Secret::copyOf("several words are none"));
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(desk.inspector.isAsking());
    QVERIFY(allTexts(desk.inspector).contains("several words"_L1));
    QCOMPARE(desk.inspector.tokenCount(), 1);
    desk.tabs->setCurrentIndex(0);
    QCOMPARE(desk.inFront(), numbered(1));
}

void TestOpenTokens::aTitleNamesTheIssuerAndThePersonAndNothingSecret()
{
    const auto title = [](const QByteArray &token, bool masked) {
        return tokenTitle(Jose::TokenDocument::read(token), masked);
    };
    const auto full = tokenOf(R"({"iss":"https://id.example/realms/lab","sub":"81b2","email":"ada@id.example"})");
    QCOMPARE(title(full, false), u"JSON Web Token – ada@id.example, id.example"_s);
    QCOMPARE(title(full, true), u"JSON Web Token – id.example"_s);
    const auto subject = tokenOf(R"({"sub":"81b2"})");
    const auto issuer = tokenOf(R"({"iss":"joe"})");
    QCOMPARE(title(subject, false), u"JSON Web Token – 81b2"_s);
    QCOMPARE(title(issuer, false), u"JSON Web Token – joe"_s);
    const auto opaque = title("gho_16C7e42F292c6912E7710c838347Ae178B4a", false);
    QVERIFY2(opaque.contains("GitHub"_L1) && !opaque.contains("16C7"_L1), qPrintable(opaque));
    // Foreign text cannot mislead, in whatever form it is shown.
    const auto evil = tokenOf("{\"sub\":\"a&b \xe2\x80\xae<i>x</i>\"}");
    QVERIFY(!title(evil, false).contains(QChar(0x202e)));
    Desk desk;
    QVERIFY(desk.open(evil));
    QVERIFY(desk.tabs->tabText(0).contains("a&&b"_L1));
    QVERIFY(!desk.tabs->tabToolTip(0).contains("<i>"_L1));
    desk.workbench.window().setMasked(true);
    QVERIFY(!desk.tabs->tabText(0).contains("a&&b"_L1));
    QVERIFY(desk.open(full));
    QVERIFY(!desk.tabs->tabText(1).contains("ada"_L1));
    const auto *torn = desk.inspector.tearOff();
    QVERIFY(!torn->windowTitle().contains("ada"_L1));
    QVERIFY(!torn->findChild<TokenTabs *>()->tabText(0).contains("ada"_L1));
    desk.workbench.window().setMasked(false);
    QVERIFY(torn->findChild<TokenTabs *>()->tabText(0).contains("ada"_L1));
    // Lists of windows are everybody's.
    QVERIFY(!torn->windowTitle().contains("ada"_L1));
}

void TestOpenTokens::thereIsRoomForSoMany()
{
    Desk desk;
    QByteArray many;
    for (int i = 0; i < InspectorPage::maximumTokens + 3; ++i)
        many += numbered(i) + '\n';
    QSignalSpy said(&desk.inspector, &Page::said);
    QVERIFY(desk.open(many));
    QCOMPARE(desk.inspector.tokenCount(), InspectorPage::maximumTokens);
    QCOMPARE(said.size(), 1);
    QVERIFY2(said.at(0).at(0).toString().startsWith("3 token"_L1), qPrintable(said.at(0).at(0).toString()));
    picture(desk.workbench.window(), u"open-tokens-full"_s);
    // One in a window of its own takes its place, too.
    QVERIFY(desk.inspector.tearOff());
    QSignalSpy refused(&desk.inspector, &InspectorPage::refused);
    desk.inspector.inspect(Secret::copyOf(numbered(500)));
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(said.size(), 2);
    QVERIFY(desk.open(numbered(7))); // those that are open are there
    QCOMPARE(desk.inFront(), numbered(7));
    desk.action(u"token.close"_s)->trigger();
    QVERIFY(desk.open(numbered(500)));
    desk.inspector.clear();
    desk.inspector.closeWindows();
    // And for so much of them.
    const QByteArray large(Jose::TokenDocument::maximumSize - 100, 'x');
    const auto fits = int(InspectorPage::maximumBytes / large.size());
    for (int i = 0; i < fits; ++i)
        QVERIFY(desk.open(QByteArray::number(i) + large));
    desk.inspector.inspect(Secret("another" + large));
    QTRY_COMPARE(refused.size(), 2);
    QCOMPARE(desk.inspector.tokenCount(), fits);
}

void TestOpenTokens::everyDroppedFileGetsATab()
{
    Desk desk;
    const QTemporaryDir folder;
    QList<QUrl> urls;
    for (int i = 1; i <= 3; ++i) {
        QFile file(folder.filePath(QString::number(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(numbered(i));
        urls.append(QUrl::fromLocalFile(file.fileName()));
    }
    QMimeData content;
    content.setUrls(urls);
    QVERIFY(desk.drop(content));
    QTRY_COMPARE(desk.inspector.tokenCount(), 3);
    QMimeData text;
    text.setText(QString::fromLatin1(numbered(4)));
    QVERIFY(desk.drop(text));
    QTRY_COMPARE(desk.inspector.tokenCount(), 4);
}

void TestOpenTokens::aPictureIsAnswered()
{
    Desk desk;
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::white);
    const QTemporaryDir folder;
    QVERIFY(image.save(folder.filePath(u"code.png"_s)));
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(folder.filePath(u"code.png"_s))});
    QMimeData pixels;
    pixels.setImageData(image);
    for (const auto *content : {&file, &pixels}) {
        QSignalSpy refused(&desk.inspector, &InspectorPage::refused);
        QVERIFY(desk.drop(*content));
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY2(allTexts(desk.inspector).contains("a picture"_L1), qPrintable(allTexts(desk.inspector)));
        desk.inspector.clear();
    }
}

void TestOpenTokens::whatIsNoFileIsNotWaitedFor()
{
    Desk desk;
    QSignalSpy refused(&desk.inspector, &InspectorPage::refused);
    const QTemporaryDir folder;
    desk.inspector.inspectFile(folder.path());
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(allTexts(desk.inspector).contains("no file"_L1));
    desk.inspector.inspectFile(folder.filePath(u"absent"_s));
    QTRY_COMPARE(refused.size(), 2);
    QVERIFY(allTexts(desk.inspector).contains("cannot be read"_L1));
}

void TestOpenTokens::aClosedTabTakesNothingWithIt()
{
    Desk desk;
    for (int i = 1; i <= 3; ++i)
        QVERIFY(desk.open(numbered(i)));
    desk.tabs->setCurrentIndex(1);
    auto *cross = qobject_cast<QToolButton *>(desk.tabs->tabButton(0, QTabBar::RightSide));
    QVERIFY(cross && !cross->accessibleName().isEmpty());
    cross->click(); // not the one in front
    QCOMPARE(desk.inFront(), numbered(2));
    QCOMPARE(desk.inspector.tokenCount(), 2);
    desk.action(u"token.close"_s)->trigger();
    QCOMPARE(desk.inFront(), numbered(3));
    desk.action(u"token.close"_s)->trigger();
    QVERIFY(desk.inspector.isEmpty() && desk.inspector.isAsking());
    QVERIFY(!desk.tabs->isVisible());
    for (const auto *label : desk.inspector.findChildren<QLabel *>())
        QVERIFY2(!label->isVisible() || !label->text().contains("person-"_L1), qPrintable(label->text()));
    QVERIFY(desk.open(numbered(1)));
}

void TestOpenTokens::whatIsBeingReadIsDroppedWithTheRest()
{
    Desk desk;
    QSignalSpy opened(&desk.inspector, &InspectorPage::opened);
    desk.inspector.inspect(Secret::copyOf(numbered(1)));
    desk.inspector.clear(); // as hiding everything does
    QVERIFY(desk.open(numbered(2)));
    QCOMPARE(opened.size(), 1);
    QCOMPARE(desk.inspector.tokenCount(), 1);
    QCOMPARE(desk.inFront(), numbered(2));
}

//! C.2, C.8: 900 by 600 are enough at twice the text.
void TestOpenTokens::theButtonsStayInSightInLargeText()
{
    const QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"p.ini"_s));
    preferences.setTextScale(200);
    applyAppearance(*qApp, preferences);
    {
        Desk desk;
        auto &window = desk.workbench.window();
        window.resize(900, 600);
        QVERIFY(desk.open(sampleTokens(QDateTime::currentDateTimeUtc()).at(0).token));
        QVERIFY(desk.open(numbered(1)));
        for (int view = 0; view < TokenView::ViewCount; ++view) {
            desk.inspector.view()->showView(TokenView::View(view));
            picture(window, u"open-tokens-large-%1"_s.arg(view));
            QTest::qWait(20);
            for (const auto &name : {u"Inspect another token"_s, u"Copy the token without its signature"_s}) {
                const auto *each = button(desk.inspector, name);
                QVERIFY(each);
                const QRect place(each->mapTo(&desk.inspector, QPoint()), each->size());
                QVERIFY2(desk.inspector.rect().contains(place), qPrintable(name));
            }
        }
        QCOMPARE(window.size(), QSize(900, 600));
    }
    preferences.setTextScale(100);
    applyAppearance(*qApp, preferences);
}

//! ux.md c.2: what is written names the tokens of accounts; no token is ever written, and a pasted one is forgotten.
void TestOpenTokens::tokensOfAccountsAreOpenAtTheNextStart()
{
    QJsonObject kept;
    {
        Desk desk;
        auto fleeting = fakeAccount(u"grace@example.org"_s);
        fleeting.isSessionOnly = true;
        desk.session.setAccounts({fakeAccount(u"ada@example.org"_s), fleeting});
        QVERIFY(desk.open(numbered(1)));
        for (const auto &[id, token] :
             {std::pair(u"id:grace@example.org"_s, numbered(3)), std::pair(u"id:ada@example.org"_s, numbered(4)),
              std::pair(u"at:ada@example.org"_s, numbered(2))}) {
            desk.session.token = token;
            QSignalSpy opened(&desk.inspector, &InspectorPage::opened);
            desk.workbench.inspectToken(id);
            QTRY_COMPARE(opened.size(), 1);
        }
        desk.tabs->setCurrentIndex(2);
        kept = desk.inspector.keptState();
        const auto written = QJsonDocument(kept).toJson();
        for (int i = 1; i <= 4; ++i)
            QVERIFY2(!written.contains(numbered(i).split('.').at(1)), written.constData());
    }
    QCOMPARE(kept.value("tokens"_L1).toArray(), (QJsonArray{u"id:ada@example.org"_s, u"at:ada@example.org"_s}));
    Desk desk;
    desk.inspector.keepState(kept);
    QCoreApplication::processEvents();
    QVERIFY(desk.session.fetched.isEmpty()); // the cache is not read yet
    QCOMPARE(desk.inspector.keptState(), kept); // and a program that ends now loses nothing
    desk.session.token = numbered(2);
    desk.session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    QTRY_COMPARE(desk.tabs->tokenCount(), 1); // the fake has one text for all of them
    QCOMPARE(desk.session.fetched,
             (QStringList{u"id:ada@example.org"_s, u"at:ada@example.org"_s, u"id:ada@example.org"_s}));
    QCOMPARE(desk.tabs->token(0).profileId, u"lab"_s);
}

void TestOpenTokens::aTokenThatIsGoneAtTheNextStartIsSaidToBe()
{
    Desk desk;
    desk.inspector.keepState(
        {{u"tokens"_s, QJsonArray{u"at:gone@example.org"_s}}, {u"front"_s, u"at:gone@example.org"_s}});
    desk.session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    QTRY_VERIFY(allTexts(desk.inspector).contains("not in the cache any more"_L1));
    QVERIFY(desk.session.fetched.isEmpty());
    QVERIFY(desk.inspector.keptState().isEmpty());
}

QTEST_MAIN(TestOpenTokens)
#include "tst_opentokens.moc"
