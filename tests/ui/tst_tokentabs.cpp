// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Tokens side by side: tabs that are dragged out of their bar, and come back.
#include "fakesession.h"
#include "picture.h"

#include "inspector/checksview.h"
#include "inspector/inspectorpage.h"
#include "inspector/sampletokens.h"
#include "inspector/tokentabs.h"
#include "inspector/tokenview.h"
#include "inspector/tokenwindow.h"
#include "text/checktext.h"
#include "widgets/commandpalette.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QPointer>
#include <QtGui/QAction>
#include <QtGui/QMouseEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

//! Mouse events as a platform sends them while a button is held: to the widget where it was pressed.
class Hand
{
public:
    explicit Hand(QWidget &widget) : m_widget(widget) { }
    void press(const QPoint &at) { send(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton); }
    void move(const QPoint &at) { send(QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton); }
    void release(const QPoint &at) { send(QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton); }
    void dragTo(const QPoint &from, const QPoint &to)
    {
        press(from);
        move((from + to) / 2);
        move(to);
        release(to);
    }

private:
    void send(QEvent::Type type, const QPoint &at, Qt::MouseButton button, Qt::MouseButtons held)
    {
        QMouseEvent event(type, QPointF(at), QPointF(m_widget.mapToGlobal(at)), button, held, Qt::NoModifier);
        QApplication::sendEvent(&m_widget, &event);
    }
    QWidget &m_widget;
};

//! The window with some tokens in its inspector.
struct Desk
{
    explicit Desk(int tokens = 2) : workbench(session), inspector(workbench.inspector())
    {
        window().move(200, 100);
        window().show();
        QByteArray text;
        const auto samples = sampleTokens(QDateTime::currentDateTimeUtc());
        for (int i = 0; i < tokens; ++i)
            text += samples.at(i).token + ' ';
        QSignalSpy opened(&inspector, &InspectorPage::opened);
        workbench.inspect(Secret::copyOf(text), u"lab"_s);
        opened.wait(5000);
        tabs = inspector.findChild<TokenTabs *>();
        (void)QTest::qWaitFor([this] { return tabs->height() > 0; }, 1000); // a layout gives room on the next turn
    }
    MainWindow &window() const { return workbench.window(); }
    QAction *action(const QString &id) const { return window().actionRegistry().find(id); }
    QPoint middle(int tab) const { return tabs->tabRect(tab).center(); }
    TokenWindow *torn() const { return window().findChild<TokenWindow *>(); }

    FakeSession session;
    Workbench workbench;
    InspectorPage &inspector;
    TokenTabs *tabs = nullptr;
};

} // namespace

class TestTokenTabs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void aTabThatIsDraggedOutGetsAWindowThere();
    void theOnlyOneCanBeDraggedOutAsWell();
    void aTremblingHandTearsNothingOff();
    void escapeTakesTheDragBack();
    void closingItsWindowBringsTheTabBackToItsPlace();
    void itsTabDroppedOnTheOthersGoesBack();
    void itsTabDroppedOnTheEmptyPageGoesBack();
    void itsTabDroppedElsewhereTakesTheWindowThere();
    void theKeyboardTearsOffAndMovesBack();
    void keysOfTheProgramWorkInItsWindow();
    void oneTokenIsClosedAndTheOthersStay();
    void anotherTokenLeavesItsWindowAlone();
    void noTokenIsWrittenDown();
};

void TestTokenTabs::aTabThatIsDraggedOutGetsAWindowThere()
{
    Desk desk;
    const auto second = desk.tabs->tabText(1);
    const QPoint to = desk.middle(1) + QPoint(180, 260);
    const auto at = desk.tabs->mapToGlobal(to);
    Hand(*desk.tabs).dragTo(desk.middle(1), to);
    auto *torn = desk.torn();
    QVERIFY(torn && torn->isVisible());
    QVERIFY(second.startsWith(tokenKindText(torn->token().document.kind())));
    QVERIFY(torn->windowTitle().startsWith(tokenKindText(torn->token().document.kind())));
    QVERIFY2(QRect(torn->pos(), QSize(torn->width(), torn->height())).contains(at), qPrintable(second));
    QCOMPARE(desk.inspector.tokenCount(), 1);
    QCOMPARE(desk.tabs->count(), 1);
    QVERIFY(!desk.tabs->testAttribute(Qt::WA_SetCursor));
    QVERIFY(!QWidget::keyboardGrabber());
    picture(*torn, u"token-window-dragged"_s);
    picture(desk.window(), u"token-tabs-left"_s);
}

void TestTokenTabs::theOnlyOneCanBeDraggedOutAsWell()
{
    Desk desk(1);
    QVERIFY(desk.tabs->isVisible());
    QCOMPARE(desk.tabs->height(), desk.tabs->sizeHint().height());
    Hand(*desk.tabs).dragTo(desk.middle(0), QPoint(100, 300));
    QVERIFY(desk.torn());
    QVERIFY(desk.inspector.isEmpty());
}

void TestTokenTabs::aTremblingHandTearsNothingOff()
{
    Desk desk;
    Hand hand(*desk.tabs);
    hand.dragTo(desk.middle(1), desk.middle(1) + QPoint(0, desk.tabs->height() / 2 + 4));
    QCOMPARE(desk.tabs->currentIndex(), 1); // a click, as before
    // Out and in again.
    hand.press(desk.middle(0));
    hand.move(QPoint(50, 300));
    hand.move(desk.middle(0));
    hand.release(desk.middle(0));
    QVERIFY(!desk.torn());
    QVERIFY(!QWidget::keyboardGrabber());
    // Beside the tabs there is nothing to drag.
    Desk one(1);
    Hand(*one.tabs).dragTo(QPoint(one.tabs->width() - 2, 5), QPoint(100, 300));
    QVERIFY(!one.torn());
}

void TestTokenTabs::escapeTakesTheDragBack()
{
    Desk desk;
    Hand hand(*desk.tabs);
    hand.press(desk.middle(0));
    hand.move(QPoint(50, 300));
    QCOMPARE(QWidget::keyboardGrabber(), desk.tabs);
    QCOMPARE(desk.tabs->cursor().shape(), Qt::DragMoveCursor);
    QTest::keyClick(desk.tabs, Qt::Key_Escape);
    QVERIFY(!QWidget::keyboardGrabber());
    hand.move(QPoint(60, 310));
    hand.release(QPoint(60, 310));
    QVERIFY(!desk.torn());
    QCOMPARE(desk.inspector.tokenCount(), 2);
}

void TestTokenTabs::closingItsWindowBringsTheTabBackToItsPlace()
{
    Desk desk(3);
    const auto first = desk.tabs->tabText(0);
    Hand(*desk.tabs).dragTo(desk.middle(0), QPoint(100, 300));
    QCOMPARE(desk.tabs->currentIndex(), 0);
    const QPointer<TokenWindow> torn = desk.torn();
    torn->close();
    QTRY_VERIFY(!torn);
    QCOMPARE(desk.tabs->count(), 3);
    QCOMPARE(desk.tabs->tabText(0), first);
    QCOMPARE(desk.tabs->currentIndex(), 0);
    QVERIFY(!desk.action(u"token.move_back"_s)->isEnabled());
    // The button says what closing does.
    auto *again = desk.inspector.tearOff();
    for (auto *button : again->findChildren<QPushButton *>()) {
        if (button->accessibleName() == u"Move back into the inspector"_s)
            button->click();
    }
    QCOMPARE(desk.tabs->count(), 3);
}

void TestTokenTabs::itsTabDroppedOnTheOthersGoesBack()
{
    Desk desk;
    Hand(*desk.tabs).dragTo(desk.middle(1), QPoint(100, 300));
    const QPointer<TokenWindow> torn = desk.torn();
    torn->move(600, 500); // beside it
    auto *own = torn->findChild<TokenTabs *>();
    const auto home = own->mapFromGlobal(desk.tabs->mapToGlobal(desk.middle(0)));
    Hand hand(*own);
    hand.press(own->tabRect(0).center());
    hand.move(QPoint(500, 900));
    QVERIFY(!desk.tabs->isTarget());
    hand.move(home);
    QVERIFY(desk.tabs->isTarget());
    picture(desk.window(), u"token-tabs-target"_s);
    hand.release(home);
    QTRY_VERIFY(!torn);
    QVERIFY(!desk.tabs->isTarget());
    QCOMPARE(desk.tabs->count(), 2);
    QCOMPARE(desk.tabs->currentIndex(), 1);
}

void TestTokenTabs::itsTabDroppedOnTheEmptyPageGoesBack()
{
    Desk desk(1);
    const QPointer<TokenWindow> torn = desk.inspector.tearOff();
    QVERIFY(desk.inspector.isEmpty());
    auto *own = torn->findChild<TokenTabs *>();
    Hand(*own).dragTo(
        own->tabRect(0).center(),
        own->mapFromGlobal(desk.inspector.mapToGlobal(desk.inspector.rect().bottomLeft() + QPoint(9, -9))));
    QTRY_VERIFY(!torn);
    QVERIFY(!desk.inspector.isEmpty());
    QCOMPARE(desk.inspector.tokenCount(), 1);
}

void TestTokenTabs::itsTabDroppedElsewhereTakesTheWindowThere()
{
    Desk desk;
    desk.window().showPage(desk.window().page(u"accounts"_s));
    auto *torn = desk.inspector.tearOff();
    torn->move(0, 0);
    auto *own = torn->findChild<TokenTabs *>();
    const auto to = own->mapFromGlobal(desk.tabs->mapToGlobal(desk.middle(0)));
    const auto at = own->mapToGlobal(to);
    Hand(*own).dragTo(own->tabRect(0).center(), to);
    // Its home is not in sight.
    QVERIFY(desk.torn());
    QVERIFY(QRect(torn->pos(), torn->size()).contains(at));
    QVERIFY(torn->pos() != QPoint(0, 0));
}

void TestTokenTabs::theKeyboardTearsOffAndMovesBack()
{
    Desk desk;
    const auto commands = desk.window().paletteCommands(this);
    for (const auto &id : {u"token.tear_off"_s, u"token.move_back"_s})
        QVERIFY(commands.contains(desk.action(id)));
    desk.action(u"token.tear_off"_s)->trigger();
    const QPointer<TokenWindow> first = desk.torn();
    QVERIFY(first);
    QVERIFY(desk.action(u"token.move_back"_s)->isEnabled());
    desk.action(u"token.tear_off"_s)->trigger();
    QVERIFY(desk.inspector.isEmpty());
    desk.action(u"token.move_back"_s)->trigger(); // the second
    QCOMPARE(desk.inspector.tokenCount(), 1);
    QVERIFY(first && first->isVisible());
    // The key that opened the window, in it.
    first->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), first);
    QTest::keyClick(first, Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!first);
    QCOMPARE(desk.inspector.tokenCount(), 2);
    QVERIFY(!desk.action(u"token.move_back"_s)->isEnabled());
    // Nothing is there to move.
    desk.inspector.moveBack();
    QCOMPARE(desk.inspector.tokenCount(), 2);
}

void TestTokenTabs::keysOfTheProgramWorkInItsWindow()
{
    Desk desk;
    auto *torn = desk.inspector.tearOff();
    QVERIFY(QTest::qWaitForWindowActive(torn));
    QTest::keyClick(torn, Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(desk.window().isMasked());
    QTest::keyClick(torn, Qt::Key_K, Qt::ControlModifier);
    QPointer<CommandPalette> palette;
    QTRY_VERIFY(palette = desk.window().findChild<CommandPalette *>());
    palette->close();
    QVERIFY(QTest::qWaitForWindowActive(torn));
    QSignalSpy closing(&desk.window(), &MainWindow::aboutToClose);
    QTest::keyClick(torn, Qt::Key_Q, Qt::ControlModifier);
    QVERIFY(!closing.isEmpty());
}

void TestTokenTabs::oneTokenIsClosedAndTheOthersStay()
{
    Desk desk;
    auto *close = desk.window().actionRegistry().find(u"token.close"_s);
    const auto count = desk.inspector.tokenCount();
    QVERIFY(count > 1 && close->isEnabled());
    close->trigger();
    QCOMPARE(desk.inspector.tokenCount(), count - 1);
    while (desk.inspector.tokenCount() > 0)
        close->trigger();
    QVERIFY(desk.inspector.isEmpty() && !close->isEnabled());
}

void TestTokenTabs::anotherTokenLeavesItsWindowAlone()
{
    Desk desk;
    const QPointer<TokenWindow> torn = desk.inspector.tearOff();
    QSignalSpy opened(&desk.inspector, &InspectorPage::opened);
    desk.inspector.inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).at(3).token));
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(torn && torn->isVisible());
    QCOMPARE(desk.inspector.tokenCount(), 2);
    torn->close();
    QCOMPARE(desk.inspector.tokenCount(), 3);
}

void TestTokenTabs::noTokenIsWrittenDown()
{
    Desk desk;
    desk.inspector.tearOff();
    const auto token = sampleTokens(QDateTime::currentDateTimeUtc()).at(0).token;
    const auto layout = QJsonDocument(desk.window().saveLayout()).toJson();
    QVERIFY(!layout.isEmpty());
    for (const auto &part : token.split('.'))
        QVERIFY(!layout.contains(part.first(std::min<qsizetype>(20, part.size()))));
}

QTEST_MAIN(TestTokenTabs)
#include "tst_tokentabs.moc"
