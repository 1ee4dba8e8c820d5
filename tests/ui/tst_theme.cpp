// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/lookwatch.h"
#include "widgets/theme.h"

#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeView>

#include <algorithm>

using namespace Countersign::Desktop;

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textIsReadable_data();
    void textIsReadable();
    void highContrastIsHigher();
    void aContrastThemeKeepsItsColours();
    void theSystemsPaletteTellsItsLook();
    void anotherProgramWearsTheSame();
    void onlyControlsWearASheet();
    void aDropDownShowsEveryEntry_data();
    void aDropDownShowsEveryEntry();
    void aHeadingFollowsTheSizeOfTheText();
    void marksAndDrawingsFollowTheSizeOfTheText();
    void disabledEntriesHaveNoShadow();
    void disabledEntriesCanBeRead_data();
    void disabledEntriesCanBeRead();
    void scrollBarsAreSeenOnBlack();
    void theCurrentLineIsFramedWhereItIsNotChosen_data();
    void theCurrentLineIsFramedWhereItIsNotChosen();
};

namespace {

QPalette contrastPalette(QRgb window, QRgb text, QRgb highlight, QRgb highlightedText)
{
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(window));
    palette.setColor(QPalette::Base, QColor(window));
    palette.setColor(QPalette::WindowText, QColor(text));
    palette.setColor(QPalette::Highlight, QColor(highlight));
    palette.setColor(QPalette::HighlightedText, QColor(highlightedText));
    return palette;
}

} // namespace

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::newRow("light") << Theme::of(ThemeKind::Light);
    QTest::newRow("dark") << Theme::of(ThemeKind::Dark);
    QTest::newRow("high contrast") << Theme::of(ThemeKind::HighContrast);
    QTest::newRow("Windows, Aquatic") << Theme::ofContrast(contrastPalette(0x202020, 0xffffff, 0x8ee3f0, 0x263b50));
    QTest::newRow("Windows, Desert") << Theme::ofContrast(contrastPalette(0xfffaef, 0x3d3d3d, 0x903909, 0xfff5e3));
    QTest::newRow("Windows, Dusk") << Theme::ofContrast(contrastPalette(0x2d3236, 0xffffff, 0xa1bfde, 0x212d3b));
    QTest::newRow("Windows, Night sky") << Theme::ofContrast(contrastPalette(0x000000, 0xffffff, 0xd6b4fd, 0x2b2b2b));
    // A highlight that is too near to the window is no colour for what has to be seen.
    QTest::newRow("dark highlight") << Theme::ofContrast(contrastPalette(0x000000, 0xffffff, 0x303030, 0xffffff));
}

void TestTheme::textIsReadable()
{
    QFETCH(Theme, theme);
    const auto ratio = [&theme](ColorRole a, ColorRole b) { return contrastRatio(theme.color(a), theme.color(b)); };
    for (const auto ground : {ColorRole::Window, ColorRole::Surface}) {
        for (const auto role : {ColorRole::Text, ColorRole::MutedText, ColorRole::Accent, ColorRole::Success,
                                ColorRole::Warning, ColorRole::Danger, ColorRole::Info})
            QVERIFY2(ratio(role, ground) >= 4.5, qPrintable(QString::number(int(role))));
        // WCAG 2.2 §1.4.11: what is no text.
        for (const auto role : {ColorRole::Border, ColorRole::Bar})
            QVERIFY2(ratio(role, ground) >= 3.0, qPrintable(QString::number(ratio(role, ground))));
    }
    QVERIFY(ratio(ColorRole::AccentText, ColorRole::Accent) >= 4.5);
    QVERIFY(ratio(ColorRole::SelectionText, ColorRole::Selection) >= 4.5);
}

void TestTheme::highContrastIsHigher()
{
    // WCAG 2.2 §1.4.6: 7:1.
    const auto theme = Theme::of(ThemeKind::HighContrast);
    for (const auto role : {ColorRole::Text, ColorRole::MutedText, ColorRole::Border, ColorRole::Accent,
                            ColorRole::Success, ColorRole::Warning, ColorRole::Danger, ColorRole::Info, ColorRole::Bar})
        QVERIFY2(contrastRatio(theme.color(role), theme.color(ColorRole::Window)) >= 7,
                 qPrintable(QString::number(int(role))));
    // What stands in an empty field must not look like what somebody typed.
    QVERIFY(theme.color(ColorRole::MutedText) != theme.color(ColorRole::Text));
}

void TestTheme::aContrastThemeKeepsItsColours()
{
    const auto desert = contrastPalette(0xfffaef, 0x3d3d3d, 0x903909, 0xfff5e3);
    const auto theme = Theme::ofContrast(desert);
    const QList<QColor> own{QColor(0xfffaefU), QColor(0x3d3d3dU), QColor(0x903909U), QColor(0xfff5e3U)};
    for (int role = 0; role < colorRoleCount; ++role)
        QVERIFY2(own.contains(theme.color(ColorRole(role))), qPrintable(QString::number(role)));
}

void TestTheme::theSystemsPaletteTellsItsLook()
{
    QCOMPARE(Theme::detect(contrastPalette(0xefefef, 0x000000, 0x308cc6, 0xffffff)), ThemeKind::Light);
    QCOMPARE(Theme::detect(contrastPalette(0x323232, 0xffffff, 0x308cc6, 0xffffff)), ThemeKind::Dark);
    QCOMPARE(Theme::detect(contrastPalette(0x000000, 0xffffff, 0x1aebff, 0x000000)), ThemeKind::HighContrast);
}

void TestTheme::anotherProgramWearsTheSame()
{
    const auto desert = Theme::ofContrast(contrastPalette(0xfffaef, 0x3d3d3d, 0x903909, 0xfff5e3));
    const auto bytes = desert.toBytes(18.5);
    QVERIFY(Theme::fromBytes(bytes) == desert);
    QCOMPARE(Theme::pointsFromBytes(bytes), 18.5);
    for (const QByteArray &bad :
         QByteArrayList{QByteArray(), QByteArray("1"), bytes + " #000000", QByteArray("7") + bytes.mid(1),
                        QByteArray(bytes).replace("#fffaef", "#fffaeg")})
        QVERIFY2(!Theme::fromBytes(bad), bad.constData());
    QVERIFY(!Theme::pointsFromBytes("0 1e9"));
}

void TestTheme::onlyControlsWearASheet()
{
    // Qt keeps kilobytes for everything that a sheet reaches, and works out anew what each wears.
    Theme::of(ThemeKind::Light).apply(*qApp);
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *list = new QListWidget;
    const QList<QWidget *> plain{new QLabel, list,           list->verticalScrollBar(), new QTreeView, new QTableView,
                                 new QFrame, new QScrollArea};
    for (auto *widget : plain) {
        if (!widget->parent())
            column->addWidget(widget);
    }
    const QList<QWidget *> dressed{new QPushButton, new QLineEdit, new QComboBox, new QSpinBox, new QCheckBox};
    for (auto *widget : dressed)
        column->addWidget(widget);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(!window.testAttribute(Qt::WA_StyleSheet));
    for (const auto *widget : plain)
        QVERIFY2(!widget->testAttribute(Qt::WA_StyleSheet), widget->metaObject()->className());
    const auto border = [](ThemeKind kind) { return Theme::of(kind).color(ColorRole::Border).name(); };
    for (const auto *widget : dressed)
        QVERIFY2(widget->styleSheet().contains(border(ThemeKind::Light)), widget->metaObject()->className());
    // All of it follows another look, and what somebody gave a control of his own stays.
    dressed.first()->setStyleSheet(QStringLiteral("QPushButton { color: red; }"));
    Theme::of(ThemeKind::Dark).apply(*qApp);
    QCOMPARE(dressed.first()->styleSheet(), QStringLiteral("QPushButton { color: red; }"));
    for (const auto *widget : dressed.mid(1))
        QVERIFY2(widget->styleSheet().contains(border(ThemeKind::Dark)), widget->metaObject()->className());
    QCOMPARE(window.palette().color(QPalette::Window), Theme::of(ThemeKind::Dark).color(ColorRole::Window));
    Theme::of(ThemeKind::Light).apply(*qApp);
}

void TestTheme::aDropDownShowsEveryEntry_data()
{
    QTest::addColumn<bool>("isEditable");
    QTest::newRow("to choose from") << false;
    QTest::newRow("to type into") << true;
}

void TestTheme::aDropDownShowsEveryEntry()
{
    QFETCH(bool, isEditable);
    Theme::of(ThemeKind::Light).apply(*qApp);
    QWidget window;
    auto *box = new QComboBox(&window);
    box->setEditable(isEditable);
    box->addItems({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three"), QStringLiteral("four")});
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    // The second time it wears its look from the beginning.
    for (int time = 0; time < 2; ++time) {
        box->showPopup();
        auto *list = box->view();
        QVERIFY(QTest::qWaitForWindowExposed(list->window()));
        const auto last = list->visualRect(list->model()->index(box->count() - 1, 0));
        QVERIFY2(last.top() >= 0 && last.bottom() < list->viewport()->height(),
                 qPrintable(QStringLiteral("%1 > %2").arg(last.bottom()).arg(list->viewport()->height())));
        QCOMPARE(list->verticalScrollBar()->maximum(), 0);
        box->hidePopup();
    }
}

void TestTheme::aHeadingFollowsTheSizeOfTheText()
{
    const auto before = QApplication::font();
    QLabel heading(QStringLiteral("Ada"));
    makeHeading(&heading, 1.5);
    QCOMPARE(heading.font().pointSizeF(), before.pointSizeF() * 1.5);
    auto larger = before;
    larger.setPointSizeF(before.pointSizeF() * 2);
    QApplication::setFont(larger);
    QCOMPARE(heading.font().pointSizeF(), before.pointSizeF() * 3);
    QVERIFY(heading.font().bold());
    QApplication::setFont(before);
    QCOMPARE(heading.font().pointSizeF(), before.pointSizeF() * 1.5);
}

void TestTheme::disabledEntriesHaveNoShadow()
{
    Theme::of(ThemeKind::Dark).apply(*qApp);
    QMenu menu;
    QCOMPARE(menu.style()->styleHint(QStyle::SH_EtchDisabledText, nullptr, &menu), 0);
    Theme::of(ThemeKind::Light).apply(*qApp);
}

namespace {

//! How many pixels of \p image are \p color.
qsizetype count(const QImage &image, const QColor &color)
{
    qsizetype found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            found += image.pixel(x, y) == color.rgb() ? 1 : 0;
    }
    return found;
}

} // namespace

void TestTheme::marksAndDrawingsFollowTheSizeOfTheText()
{
    Theme::of(ThemeKind::Light).apply(*qApp);
    const auto before = QApplication::font();
    QLabel drawing;
    showSymbol(&drawing, QStringLiteral("ok"), ColorRole::Text, 20);
    const auto mark = [] {
        QToolButton button; // as that of a folded list
        button.setArrowType(Qt::DownArrow);
        button.resize(100, 100);
        return count(button.grab().toImage(), Theme::current().color(ColorRole::Text));
    };
    const auto side = drawing.pixmap().width();
    QCOMPARE(side, 20);
    const auto small = mark();
    auto larger = before;
    larger.setPointSizeF(before.pointSizeF() * 2);
    QApplication::setFont(larger);
    QVERIFY(drawing.pixmap().width() >= side * 3 / 2);
    QVERIFY2(mark() > small * 2, qPrintable(QString::number(small)));
    QApplication::setFont(before);
    QCOMPARE(drawing.pixmap().width(), side);
}

void TestTheme::disabledEntriesCanBeRead_data()
{
    QTest::addColumn<ThemeKind>("kind");
    QTest::newRow("light") << ThemeKind::Light;
    QTest::newRow("dark") << ThemeKind::Dark;
    QTest::newRow("high contrast") << ThemeKind::HighContrast;
}

void TestTheme::disabledEntriesCanBeRead()
{
    QFETCH(ThemeKind, kind);
    Theme::of(kind).apply(*qApp);
    QMenu menu;
    menu.addAction(QStringLiteral("MMMMMM"))->setEnabled(false);
    menu.show();
    const auto shown = menu.grab().toImage();
    double best = 1;
    for (int y = 0; y < shown.height(); ++y) {
        for (int x = shown.width() / 4; x < shown.width() - 8; ++x)
            best = std::max(best, contrastRatio(shown.pixelColor(x, y), shown.pixelColor(shown.width() - 6, 6)));
    }
    // WCAG asks nothing of what is disabled; it has to be read to know what is not possible all the same.
    QVERIFY2(best >= 4.5, qPrintable(QString::number(best)));
    Theme::of(ThemeKind::Light).apply(*qApp);
}

void TestTheme::scrollBarsAreSeenOnBlack()
{
    const auto theme = Theme::of(ThemeKind::HighContrast);
    theme.apply(*qApp);
    QListWidget list;
    for (int line = 0; line < 100; ++line)
        list.addItem(QString::number(line));
    list.resize(200, 200);
    list.show();
    QVERIFY(QTest::qWaitForWindowExposed(&list));
    const auto bar = list.verticalScrollBar()->grab().toImage();
    const auto whole = qsizetype(bar.width()) * bar.height();
    const auto seen = count(bar, theme.color(ColorRole::Text));
    QVERIFY2(seen > whole / 20 && seen < whole / 2, qPrintable(QString::number(seen)));
    Theme::of(ThemeKind::Light).apply(*qApp);
}

void TestTheme::theCurrentLineIsFramedWhereItIsNotChosen_data()
{
    using View = QAbstractItemView;
    QTest::addColumn<ThemeKind>("kind");
    QTest::addColumn<View::SelectionMode>("mode");
    QTest::addColumn<bool>("isChosen");
    QTest::addColumn<bool>("isFramed");
    for (const auto kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::HighContrast}) {
        QTest::addRow("look %d, the one that is chosen", int(kind)) << kind << View::SingleSelection << true << false;
        QTest::addRow("look %d, another one", int(kind)) << kind << View::SingleSelection << false << true;
        QTest::addRow("look %d, one of many", int(kind)) << kind << View::ExtendedSelection << true << true;
    }
}

void TestTheme::theCurrentLineIsFramedWhereItIsNotChosen()
{
    QFETCH(ThemeKind, kind);
    QFETCH(QAbstractItemView::SelectionMode, mode);
    QFETCH(bool, isChosen);
    QFETCH(bool, isFramed);
    const auto theme = Theme::of(kind);
    theme.apply(*qApp);
    QListWidget list;
    list.addItems({QStringLiteral("one"), QStringLiteral("two")});
    list.setSelectionMode(mode);
    list.setCurrentRow(1, isChosen ? QItemSelectionModel::ClearAndSelect : QItemSelectionModel::NoUpdate);
    list.show();
    list.activateWindow();
    list.setFocus(Qt::TabFocusReason);
    QVERIFY(QTest::qWaitForWindowActive(&list));
    QTRY_VERIFY(list.hasFocus());
    const auto shown = list.viewport()->grab(list.visualItemRect(list.item(1))).toImage();
    // Left of the text and right of it stands the ground or the frame, and nothing between the two.
    const auto ground = theme.color(isChosen ? ColorRole::Selection : ColorRole::Surface);
    const auto frame = theme.color(isChosen ? ColorRole::SelectionText : ColorRole::Accent);
    QSet<QRgb> seen;
    const int right = shown.width() - shown.width() / 4;
    for (int y = 0; y < shown.height(); ++y) {
        for (int x = right; x < shown.width(); ++x)
            seen.insert(shown.pixel(x, y));
    }
    QVERIFY(seen.contains(ground.rgb()));
    QCOMPARE(seen.contains(frame.rgb()), isFramed);
    QCOMPARE(seen.size(), isFramed ? 2 : 1);
    Theme::of(ThemeKind::Light).apply(*qApp);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
