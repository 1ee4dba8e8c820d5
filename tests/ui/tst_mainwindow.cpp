// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/inspectorpage.h"
#include "models/claimmodel.h"
#include "widgets/banner.h"
#include "widgets/clipboardguard.h"
#include "widgets/secretlabel.h"
#include "widgets/theme.h"
#include "window/mainwindow.h"

#include <QtGui/QClipboard>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>

using namespace Countersign;
using namespace Countersign::Desktop;
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
    void everyControlHasAName();
    void screenshot();
};

void TestMainWindow::aPastedTokenIsShownAsNotVerified()
{
    MainWindow window;
    auto *page = window.findChild<InspectorPage *>();
    const QAbstractItemModelTester tester(page->findChild<ClaimModel *>(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy opened(page, &InspectorPage::opened);
    page->inspect(Secret(QByteArray("Authorization: Bearer " + token)));
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(page->findChild<Banner *>()->title().contains("Not verified"_L1));
    bool hasSubject = false;
    for (const auto *model : page->findChildren<ClaimModel *>()) {
        for (int row = 0; row < model->rowCount(); ++row)
            hasSubject |= model->index(row, ClaimModel::ValueColumn).data() == u"ada"_s;
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

void TestMainWindow::everyControlHasAName()
{
    MainWindow window;
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
        MainWindow window;
        window.show();
        QSignalSpy opened(window.findChild<InspectorPage *>(), &InspectorPage::opened);
        window.findChild<InspectorPage *>()->inspect(Secret::copyOf(token));
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(window.grab().save(folder + (kind == ThemeKind::Light ? "/light.png"_L1 : "/dark.png"_L1)));
    }
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
