// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "fakesession.h"

#include "inspector/inspectorpage.h"
#include "inspector/tokenview.h"
#include "models/claimmodel.h"
#include "widgets/banner.h"
#include "widgets/clipboardguard.h"
#include "widgets/commandpalette.h"
#include "widgets/menukey.h"
#include "widgets/secretlabel.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/page.h"
#include "window/workbench.h"

#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QScreen>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace Countersign;
using namespace Countersign::Desktop;
using CountersignTest::FakeSession;
using namespace Qt::StringLiterals;

namespace {

// {"alg":"none"} . {"sub":"ada"} . no signature
const auto token = QByteArrayLiteral("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.");

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPastedTokenIsShownAsNotVerified();
    void aTokenIsHiddenUntilRevealed();
    void aCopiedTokenLeavesTheClipboard();
    void whatOthersCopiedStays();
    void whereOnlyTheProgramInFrontMayClearItIsClearedThere();
    void aCopyMayStay();
    void theTimeThatACopyStaysRunsDown();
    void clipboardHistoriesAreAskedToLookAway();
    void everyControlHasAName();
    void aPageIsReachedByItsNumber();
    void menusHoldWhatIsRegisteredInTheirSections();
    void thePaletteListsEveryAction();
    void placesAreBuiltWhenTheyAreNeeded();
    void whatIsShownFollowsTheLook();
    void theLayoutIsRestoredWhateverTheFileHolds();
    void theWindowKeepsToTheScreen();
    void shiftF10OpensTheContextMenu();
    void screenshot();
};

namespace {

class PlainPage final : public Page
{
public:
    explicit PlainPage(const QString &id) : Page(id, id.toUpper(), QStringLiteral("ok"), QStringLiteral("A page")) { }
    using Page::setBadge;
    void setMasked(bool masked) override { isMasked = masked; }
    QJsonObject saveState() const override { return {{QStringLiteral("seen"), activations}}; }
    void restoreState(const QJsonObject &state) override { restored = state; }
    void activated() override { ++activations; }

    bool isMasked = false;
    int activations = 0;
    QJsonObject restored;
};

} // namespace

void TestMainWindow::aPageIsReachedByItsNumber()
{
    MainWindow window;
    auto *first = new PlainPage(u"first"_s);
    auto *second = new PlainPage(u"second"_s);
    window.addPage(first);
    window.addPage(second);
    QCOMPARE(window.currentPage(), first);
    window.actionRegistry().find(u"view.place.second"_s)->trigger();
    QCOMPARE(window.currentPage(), second);
    QCOMPARE(second->activations, 1);
    QCOMPARE(window.actionRegistry().find(u"view.place.second"_s)->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_2));
    Q_EMIT first->raiseRequested();
    QCOMPARE(window.currentPage(), first);
    window.setMasked(true);
    QVERIFY(first->isMasked && second->isMasked);
    // What waits takes nothing from what is there.
    second->setBadge({.count = 4, .waiting = 2});
    const auto *rail = window.findChild<QListWidget *>(u"rail"_s);
    const auto told = rail->item(1)->data(Qt::AccessibleTextRole).toString();
    QVERIFY2(told.contains(u'4') && told.contains("2 waiting"_L1), qPrintable(told));
}

void TestMainWindow::menusHoldWhatIsRegisteredInTheirSections()
{
    MainWindow window;
    auto &actions = window.actionRegistry();
    auto *late = actions.add({.id = u"tools.late"_s, .menu = MenuKind::Tools, .section = 2, .text = u"Late"_s});
    auto *early = actions.add({.id = u"tools.early"_s, .menu = MenuKind::Tools, .section = 1, .text = u"Early"_s});
    QCOMPARE(actions.actions(MenuKind::Tools), (QList<QAction *>{early, late}));
    QCOMPARE(actions.find(u"tools.late"_s), late);
    const auto menus = window.menuBar()->findChildren<QMenu *>(Qt::FindDirectChildrenOnly);
    const auto *tools = menus.at(int(MenuKind::Tools));
    QCOMPARE(tools->actions().size(), 3);
    QVERIFY(tools->actions().at(1)->isSeparator());
    QVERIFY(!menus.at(int(MenuKind::Account))->menuAction()->isVisible());
    QVERIFY(window.commands().contains(late));
}

void TestMainWindow::thePaletteListsEveryAction()
{
    FakeSession session;
    const Workbench workbench(session);
    auto &window = workbench.window();
    CommandPalette palette(window.commands(), &window);
    palette.setAttribute(Qt::WA_DeleteOnClose, false);
    const auto *list = palette.findChild<QListWidget *>();
    QHash<QString, QString> told; // what a screen reader says of each
    for (int row = 0; row < list->count(); ++row)
        told.insert(list->item(row)->text(), list->item(row)->data(Qt::AccessibleTextRole).toString());
    int seen = 0;
    for (const auto *menu : window.menuBar()->findChildren<QMenu *>(Qt::FindDirectChildrenOnly)) {
        QList<QAction *> actions; // with those of the menus inside
        for (auto *action : menu->actions()) {
            if (action->menu())
                actions += action->menu()->actions();
            else if (!action->isSeparator())
                actions.append(action);
        }
        for (const auto *action : std::as_const(actions)) {
            const auto name = ActionRegistry::fullText(*action);
            QVERIFY2(told.contains(name), qPrintable(name));
            const auto keys = action->shortcut().toString(QKeySequence::NativeText);
            QVERIFY2(keys.isEmpty() || told.value(name).contains(keys), qPrintable(name));
            ++seen;
        }
    }
    QCOMPARE(seen, list->count());
    QVERIFY(seen > 20);
}

void TestMainWindow::placesAreBuiltWhenTheyAreNeeded()
{
    FakeSession session;
    const Workbench workbench(session);
    auto &window = workbench.window();
    for (const auto *page : window.pages())
        QVERIFY(!page->isBuilt());
    // The state of a place that was never shown is not lost.
    window.restoreLayout({{u"pages"_s, QJsonObject{{u"tokens"_s, QJsonObject{{u"columns"_s, u"x"_s}}}}}});
    QCOMPARE(window.saveLayout().value(u"pages"_s).toObject().value(u"tokens"_s).toObject().value(u"columns"_s),
             u"x"_s);
    window.show();
    // The one in front before the first picture, each of the others when somebody goes there.
    QVERIFY(window.currentPage()->isBuilt());
    QVERIFY(!window.pages().constLast()->isBuilt());
    QTRY_VERIFY(window.hasAppeared());
    QTest::qWait(100);
    for (auto *page : window.pages()) {
        QCOMPARE(page->isBuilt(), page == window.currentPage());
        window.showPage(page);
        QVERIFY(page->isBuilt());
    }
}

void TestMainWindow::whatIsShownFollowsTheLook()
{
    FakeSession session;
    const Workbench workbench(session);
    auto &window = workbench.window();
    Theme::of(ThemeKind::Light).apply(*qApp);
    window.showProblem(Error{ErrorCode::TimedOut, u"x"_s});
    window.show();
    QTRY_VERIFY(window.hasAppeared());
    const auto dark = Theme::of(ThemeKind::Dark);
    const auto picture = [&window] { return window.grab().toImage(); };
    const auto before = picture();
    const auto banners = window.findChildren<Banner *>();
    const auto *problem =
        *std::find_if(banners.cbegin(), banners.cend(), [](const Banner *banner) { return banner->isVisible(); });
    QVERIFY(!problem->styleSheet().contains(dark.color(ColorRole::Danger).name()));
    dark.apply(*qApp);
    QVERIFY(problem->styleSheet().contains(dark.color(ColorRole::Danger).name()));
    const auto *button = window.findChild<QPushButton *>();
    QVERIFY(button->styleSheet().contains(dark.color(ColorRole::Border).name()));
    QVERIFY(window.styleSheet().isEmpty());
    const auto after = picture();
    QCOMPARE(after.pixelColor(after.width() - 5, after.height() / 2), dark.color(ColorRole::Window));
    // And back again, with nothing left of it.
    Theme::of(ThemeKind::Light).apply(*qApp);
    QCOMPARE(picture(), before);
}

void TestMainWindow::theLayoutIsRestoredWhateverTheFileHolds()
{
    QJsonObject layout;
    {
        MainWindow window;
        window.addPage(new PlainPage(u"first"_s));
        window.addPage(new PlainPage(u"second"_s));
        window.showPage(window.page(u"second"_s));
        layout = window.saveLayout();
    }
    MainWindow window;
    auto *second = new PlainPage(u"second"_s);
    window.addPage(new PlainPage(u"first"_s));
    window.addPage(second);
    window.restoreLayout(layout);
    QCOMPARE(window.currentPage(), second);
    QCOMPARE(second->restored.value(u"seen"_s).toInt(), 1);
    window.restoreLayout({{u"geometry"_s, 12}, {u"place"_s, u"nowhere"_s}, {u"pages"_s, u"none"_s}});
    QCOMPARE(window.currentPage(), second);
}

void TestMainWindow::theWindowKeepsToTheScreen()
{
    QJsonObject layout;
    {
        MainWindow window;
        const auto room = window.screen()->availableSize();
        QVERIFY(window.height() < room.height() && window.width() <= room.width());
        window.resize(room * 2);
        layout = window.saveLayout();
    }
    MainWindow window;
    window.restoreLayout(layout);
    const auto room = window.screen()->availableSize();
    QVERIFY2(window.height() < room.height() && window.width() <= room.width(),
             qPrintable(u"%1x%2"_s.arg(window.width()).arg(window.height())));
    // 1920x1200 at 200 %, without a title bar
    QVERIFY(window.minimumWidth() <= 960 && window.minimumHeight() <= 540);
}

void TestMainWindow::shiftF10OpensTheContextMenu()
{
    MenuKey::install(*qApp);
    QListWidget list;
    list.setContextMenuPolicy(Qt::CustomContextMenu);
    list.addItems({u"one"_s, u"two"_s});
    list.setCurrentRow(1);
    QSignalSpy wanted(&list, &QWidget::customContextMenuRequested);
    list.show();
    list.activateWindow();
    list.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&list));
    QTest::keyClick(&list, Qt::Key_F10);
    QCOMPARE(wanted.size(), 0);
    QTest::keyClick(&list, Qt::Key_F10, Qt::ShiftModifier);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(list.itemAt(wanted.constFirst().constFirst().toPoint()), list.item(1));
}

void TestMainWindow::aPastedTokenIsShownAsNotVerified()
{
    FakeSession session;
    const Workbench workbench(session);
    auto &window = workbench.window();
    auto *page = window.findChild<InspectorPage *>();
    page->view()->showView(TokenView::Claims);
    const QAbstractItemModelTester tester(page->findChild<ClaimModel *>(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy opened(page, &InspectorPage::opened);
    page->inspect(Secret(QByteArray("Authorization: Bearer " + token)));
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(page->findChild<Banner *>()->title().contains("Not verified"_L1));
    bool hasSubject = false;
    for (const auto *model : page->findChildren<ClaimModel *>()) {
        for (int group = 0; group < model->rowCount(); ++group) {
            const auto parent = model->index(group, 0);
            for (int row = 0; row < model->rowCount(parent); ++row)
                hasSubject |= model->index(row, ClaimModel::ValueColumn, parent).data() == u"ada"_s;
        }
    }
    QVERIFY(hasSubject);
}

void TestMainWindow::aTokenIsHiddenUntilRevealed()
{
    SecretLabel label;
    label.setSecret(Secret::copyOf(token));
    auto *text = label.findChild<QPlainTextEdit *>();
    QVERIFY(!text->toPlainText().contains("eyJ"_L1));
    label.reveal();
    QVERIFY(text->toPlainText().contains("eyJ"_L1));
    label.setRevealAllowed(false);
    QVERIFY(!text->toPlainText().contains("eyJ"_L1));
}

void TestMainWindow::aCopiedTokenLeavesTheClipboard()
{
    ClipboardGuard guard;
    guard.setHoldTime(std::chrono::milliseconds(20));
    guard.copy(Secret::copyOf(token));
    QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), token);
    QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestMainWindow::whatOthersCopiedStays()
{
    ClipboardGuard guard;
    guard.copy(Secret::copyOf(token));
    QGuiApplication::clipboard()->setText(u"shopping"_s);
    guard.clear();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"shopping"_s);
}

void TestMainWindow::whereOnlyTheProgramInFrontMayClearItIsClearedThere()
{
    MainWindow window;
    auto &guard = window.clipboard();
    guard.setNeedsFocus(true);
    guard.setHoldTime(std::chrono::milliseconds(20));
    QSignalSpy postponed(&guard, &ClipboardGuard::postponed);
    QVERIFY(QGuiApplication::applicationState() != Qt::ApplicationActive);
    guard.copy(Secret::copyOf(token));
    QTRY_COMPARE(postponed.size(), 1);
    QVERIFY(guard.isDue());
    QVERIFY(window.findChild<QLabel *>(u"copied"_s)->text().contains("in front again"_L1));
    QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), token);
    window.show();
    window.activateWindow();
    QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
    QVERIFY(!guard.isDue());
}

void TestMainWindow::aCopyMayStay()
{
    MainWindow window;
    auto &guard = window.clipboard();
    guard.setHoldTime(std::chrono::milliseconds(0));
    guard.copy(Secret::copyOf(token));
    QVERIFY(window.findChild<QLabel *>(u"copied"_s)->text().contains("until you clear it"_L1));
    QTest::qWait(30);
    QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), token);
    guard.clear();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestMainWindow::theTimeThatACopyStaysRunsDown()
{
    MainWindow window;
    auto &guard = window.clipboard();
    guard.setHoldTime(std::chrono::seconds(30));
    guard.copy(Secret::copyOf(token));
    const auto *text = window.findChild<QLabel *>(u"copied"_s);
    QVERIFY2(text->text().contains("30 second"_L1), qPrintable(text->text()));
    QTRY_VERIFY(text->text().contains("29 second"_L1) || text->text().contains("28 second"_L1));
    guard.clear();
    QVERIFY(!guard.timeLeft());
}

void TestMainWindow::clipboardHistoriesAreAskedToLookAway()
{
    ClipboardGuard guard;
    guard.copy(Secret::copyOf(token));
    const auto *data = QGuiApplication::clipboard()->mimeData();
    QCOMPARE(data->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
    QVERIFY(data->hasFormat(u"org.nspasteboard.ConcealedType"_s));
    QVERIFY(!QGuiApplication::clipboard()->supportsSelection()
            || QGuiApplication::clipboard()->text(QClipboard::Selection) != QString::fromUtf8(token));
}

void TestMainWindow::everyControlHasAName()
{
    FakeSession session;
    const Workbench workbench(session);
    auto &window = workbench.window();
    for (const auto *widget : window.findChildren<QWidget *>()) {
        const bool isControl = qobject_cast<const QAbstractButton *>(widget)
            || qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QLineEdit *>(widget)
            || qobject_cast<const QPlainTextEdit *>(widget);
        const bool isOurs = !widget->objectName().startsWith("qt_"_L1)
            && !QByteArray(widget->metaObject()->className()).contains("Header")
            && !QByteArray(widget->metaObject()->className()).contains("CornerButton")
            && !qobject_cast<const QAbstractButton *>(widget->parentWidget()) && !widget->inherits("QTabBar")
            && widget->objectName() != "ScrollLeftButton"_L1 && widget->objectName() != "ScrollRightButton"_L1;
        if (isControl && isOurs)
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
    }
    QVERIFY(window.commands().size() >= 5);
}

void TestMainWindow::screenshot()
{
    const auto folder = qEnvironmentVariable("COUNTERSIGN_SCREENSHOTS");
    if (folder.isEmpty())
        QSKIP("set COUNTERSIGN_SCREENSHOTS to a folder to save pictures");
    for (const auto kind : {ThemeKind::Light, ThemeKind::Dark}) {
        Theme::of(kind).apply(*qApp);
        FakeSession session;
        const Workbench workbench(session);
        auto &window = workbench.window();
        window.show();
        QSignalSpy opened(window.findChild<InspectorPage *>(), &InspectorPage::opened);
        window.findChild<InspectorPage *>()->inspect(Secret::copyOf(token));
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(window.grab().save(folder + (kind == ThemeKind::Light ? "/light.png"_L1 : "/dark.png"_L1)));
    }
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
