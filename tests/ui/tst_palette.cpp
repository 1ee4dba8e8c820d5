// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Every command is found by its name and its keys.
#include "fakesession.h"
#include "picture.h"
#include "widgettest.h"

#include "accounts/accountspage.h"
#include "inspector/inspectorpage.h"
#include "inspector/sampletokens.h"
#include "profiles/profilespage.h"
#include "widgets/commandpalette.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/pagecommands.h"
#include "window/shortcutsdialog.h"
#include "window/workbench.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTreeWidget>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestPalette : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void thePaletteLeadsToEveryButtonOfEveryPage();
    void thePaletteBringsAButtonIntoSight();
    void whatMatchesNothingIsSaidWithAWayOut();
    void theKeysAreListed();
};

void TestPalette::thePaletteLeadsToEveryButtonOfEveryPage()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    QTemporaryDir folder;
    ProfileStore store(folder.filePath(u"p.json"_s));
    QVERIFY(store.put(labProfile()));
    Workbench workbench(session);
    auto &window = workbench.window();
    window.addPage(new ProfilesPage(store, nullptr));
    QSignalSpy opened(&workbench.inspector(), &InspectorPage::opened);
    workbench.inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).at(0).token));
    QTRY_COMPARE(opened.size(), 1);
    window.resize(1200, 760);
    window.show();
    QCoreApplication::processEvents();
    QObject owner;
    QStringList names;
    for (const auto *command : window.paletteCommands(&owner))
        names.append(command->text().remove(u'&').remove(u'…'));
    int seen = 0;
    for (auto *page : window.pages()) {
        const auto buttons = commandButtons(*page);
        for (const auto *button : buttons) {
            const auto text = QString(button->text()).remove(u'&').remove(u'…');
            const auto isIt = [button, &text](const QString &name) {
                return name == text || name == button->accessibleName() || name.contains(button->accessibleName());
            };
            QVERIFY2(std::any_of(names.cbegin(), names.cend(), isIt), qPrintable(button->accessibleName()));
            ++seen;
        }
    }
    QVERIFY2(seen > 20, QByteArray::number(seen).constData());
    for (const auto *wanted : {"Use as default", "Delete", "Copy as JSON", "window of its own", "Open a file with keys",
                               "Ask for more", "Show all checks"}) {
        const auto isIt = [wanted](const QString &name) { return name.contains(QLatin1StringView(wanted)); };
        QVERIFY2(std::any_of(names.cbegin(), names.cend(), isIt), wanted);
    }
    // Nothing twice under the same name.
    auto unique = names;
    unique.removeDuplicates();
    QCOMPARE(unique.size(), names.size());
}

void TestPalette::thePaletteBringsAButtonIntoSight()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    window.showPage(window.page(u"inspector"_s));
    auto *accounts = static_cast<AccountsPage *>(window.page(u"accounts"_s));
    QSignalSpy inspected(accounts, &AccountsPage::tokenInspectRequested);
    QObject owner;
    for (auto *command : window.paletteCommands(&owner)) {
        if (command->text() == "Accounts: Inspect"_L1)
            command->trigger();
    }
    QCOMPARE(inspected.size(), 1);
    QCOMPARE(window.currentPage(), accounts);
    const auto *tabs = accounts->findChild<QTabWidget *>();
    QCOMPARE(tabs->tabText(tabs->currentIndex()), u"Tokens"_s);
}

void TestPalette::whatMatchesNothingIsSaidWithAWayOut()
{
    FakeSession session;
    const Workbench workbench(session);
    auto &window = workbench.window();
    CommandPalette palette(window.commands(), &window);
    palette.setAttribute(Qt::WA_DeleteOnClose, false);
    palette.show();
    const auto *list = palette.findChild<QListWidget *>();
    const auto all = list->count();
    auto *input = palette.findChild<QLineEdit *>();
    QTest::keyClicks(input, u"xyzzy"_s);
    QVERIFY(!list->isVisible());
    QVERIFY(allTexts(palette).contains(u"No action matches “xyzzy”."_s));
    for (const auto *label : palette.findChildren<QLabel *>())
        QVERIFY(!label->isVisible() || label->height() >= label->heightForWidth(label->width()));
    picture(palette, u"palette-nothing"_s);
    QTest::keyClick(input, Qt::Key_Return); // does nothing
    QVERIFY(palette.isVisible());
    button(palette, u"Show all actions"_s)->click();
    QVERIFY(list->isVisible());
    QCOMPARE(list->count(), all);
    QCOMPARE(palette.focusWidget(), input);
}

void TestPalette::theKeysAreListed()
{
    FakeSession session;
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *help = window.actionRegistry().find(u"help.shortcuts"_s);
    QCOMPARE(help->shortcut(), QKeySequence(Qt::Key_F1));
    help->trigger();
    const auto *dialog = window.findChild<ShortcutsDialog *>();
    QVERIFY(dialog);
    picture(const_cast<ShortcutsDialog &>(*dialog), u"shortcuts"_s);
    const auto *list = dialog->findChild<QTreeWidget *>();
    QStringList keys;
    for (int group = 0; group < list->topLevelItemCount(); ++group) {
        for (int row = 0; row < list->topLevelItem(group)->childCount(); ++row)
            keys.append(list->topLevelItem(group)->child(row)->text(1));
    }
    for (const auto *action : window.commands()) {
        if (!action->shortcut().isEmpty())
            QVERIFY2(keys.join(u' ').contains(action->shortcut().toString(QKeySequence::NativeText)),
                     qPrintable(action->text()));
    }
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
