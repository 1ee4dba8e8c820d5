// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "picture.h"

#include "settings/lookactions.h"
#include "settings/passphrasedialog.h"
#include "settings/preferences.h"
#include "settings/settingsdialog.h"
#include "settings/sharedsettings.h"
#include "settings/storagegroup.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"

#include <QtCore/QPointer>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAction>
#include <QtGui/QScreen>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QKeySequenceEdit>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTableWidget>

#include <algorithm>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

//! Keeps what is set, refuses what a test wants refused, and answers when the test says so.
class FakeSettings final : public SharedSettings
{
public:
    QString value(const QString &name) const override { return values.value(name, defaults.value(name)); }
    QString lockedBy(const QString &name) const override { return locks.value(name); }
    Result<void> set(const QString &name, const QString &value) override
    {
        if (isRefusing)
            return Error{ErrorCode::InvalidArgument, u"This cannot be right."_s};
        if (value.isEmpty())
            values.remove(name);
        else
            values.insert(name, value);
        return {};
    }
    bool startsAtLogin() const override { return isStarted; }
    Result<void> setStartsAtLogin(bool starts) override
    {
        if (isRefusing)
            return Error{ErrorCode::StorageUnavailable, u"Read-only."_s};
        isStarted = starts;
        return {};
    }
    QString storeName() const override { return u"Keychain (countersign/default)"_s; }
    Content content() const override { return {.accounts = 3, .tokens = 11}; }
    bool hasEmbeddedSessions() const override { return hasSessions; }
    Result<void> forgetEmbeddedSessions() override
    {
        if (isRefusing)
            return Error{ErrorCode::StorageUnavailable, u"Read-only."_s};
        hasSessions = false;
        return {};
    }
    void testStore(QObject *context, DoneHandler handler) override { keep(context, std::move(handler)); }
    void moveStore(const QString &target, Secret passphrase, QObject *context, MoveHandler handler) override
    {
        movedTo = target;
        movedWith = passphrase.reveal().toByteArray();
        keep(context, [this, handler = std::move(handler)](const Result<void> &result) {
            if (result)
                handler(Moved{leftover});
            else
                handler(result.error());
        });
    }
    void wipeStore(QObject *context, DoneHandler handler) override
    {
        ++wipes;
        keep(context, std::move(handler));
    }
    //! Whoever waits hears it, unless they are gone.
    void answer(const Result<void> &result)
    {
        const auto handler = std::exchange(m_handler, nullptr);
        if (m_context && handler)
            handler(result);
    }

    QHash<QString, QString> values;
    QHash<QString, QString> defaults; //!< an administrator's
    QHash<QString, QString> locks; //!< the file that locks it
    bool isRefusing = false;
    bool hasSessions = true;
    bool isStarted = false;
    std::optional<Error> leftover;
    QString movedTo;
    QByteArray movedWith;
    int wipes = 0;

private:
    void keep(QObject *context, DoneHandler handler)
    {
        m_context = context;
        m_handler = std::move(handler);
    }
    QPointer<QObject> m_context;
    DoneHandler m_handler;
};

struct Shown
{
    explicit Shown(const FakeSettings &settings = {})
        : preferences(folder.filePath(u"p.ini"_s)), shared(settings),
          dialog(preferences, shared, window.actionRegistry())
    {
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
    }
    template <typename Widget> Widget *field(const QString &name) const
    {
        const auto all = dialog.findChildren<Widget *>();
        for (auto *candidate : all) {
            if (candidate->accessibleName() == name)
                return candidate;
        }
        return nullptr;
    }

    QTemporaryDir folder;
    Preferences preferences;
    FakeSettings shared;
    MainWindow window;
    SettingsDialog dialog;
};

QPushButton *button(const QWidget &parent, const QString &name)
{
    for (auto *candidate : parent.findChildren<QPushButton *>()) {
        if (candidate->accessibleName() == name)
            return candidate;
    }
    return nullptr;
}

//! Where a move goes to.
QComboBox *kindOf(const StorageGroup &group)
{
    return group.findChild<QComboBox *>();
}

void choose(StorageGroup &group, const QString &kind)
{
    kindOf(group)->setCurrentIndex(kindOf(group)->findData(kind));
}

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void everySharedSettingIsSetAndTakenBack();
    void whatIsRefusedIsSaidAndGoesBack();
    void whatIsLockedSaysByWhom();
    void aDefaultOfTheComputersCanBeChosenAgainst();
    void startingAtLoginIsTheSystemsMatter();
    void theTrayIsShownAndTheWindowStaysInItOnDemand();
    void theLookIsChosenInTheMenusToo();
    void theClipboardMayKeepItsToken();
    void theDialogGrowsWithTheText();
    void movingAsksForAPassphraseAndThenForANewStart();
    void aFailedMoveLosesNothing();
    void aMoveBeginsWithAnotherPlace_data();
    void aMoveBeginsWithAnotherPlace();
    void whatIsSaidOfAMoveSqueezesNothing();
    void whatCouldNotBeEmptiedIsNoFailedMove();
    void leavingAFieldDoesNotTakeBackWhatWasSetElsewhere();
    void wipingShowsWhatIsLostFirst();
    void whatTheSignInWindowKeepsIsForgottenOnDemand();
    void whatIsBeingTypedIsTakenOverWhenTheProgramEnds();
    void aShortcutIsChangedByItsKeys();
    void aShortcutOfAnotherActionIsRefused();
    void aListIsMadeWhenSomebodyOpensIt();
    void theDialogMayBeClosedDuringEachOfThem_data();
    void theDialogMayBeClosedDuringEachOfThem();
    void aNewPassphraseIsTypedTwice();
    void aWrongPassphraseIsTypedAgain();
};

void TestSettings::everySharedSettingIsSetAndTakenBack()
{
    Shown s;
    auto *ports = s.field<QLineEdit>(u"Ports for the way back"_s);
    QTest::keyClicks(ports, u"8400-8409"_s);
    Q_EMIT ports->editingFinished();
    QCOMPARE(s.shared.values.value(u"ports"_s), u"8400-8409"_s);
    auto *offline = s.field<QCheckBox>(u"Offline: send nothing"_s);
    offline->click();
    QCOMPARE(s.shared.values.value(u"offline"_s), u"on"_s);
    offline->click();
    QVERIFY(!s.shared.values.contains(u"offline"_s));
    auto *timeout = s.field<QSpinBox>(u"Wait for a provider"_s);
    QVERIFY(timeout->text().contains("30"_L1)); // as usual
    timeout->setValue(60);
    QCOMPARE(s.shared.values.value(u"request_timeout"_s), u"60"_s);
    timeout->setValue(timeout->minimum());
    QVERIFY(!s.shared.values.contains(u"request_timeout"_s));
    auto *history = s.field<QSpinBox>(u"Keep the history for"_s);
    history->setValue(0);
    QCOMPARE(s.shared.values.value(u"history_days"_s), u"0"_s);
    history->setValue(-1);
    QVERIFY(!s.shared.values.contains(u"history_days"_s));
    for (const auto &[name, setting, value] :
         {std::tuple{u"Begin with"_s, u"via"_s, u"device"_s},
          std::tuple{u"Window of this application"_s, u"embedded_session"_s, u"keep"_s},
          std::tuple{u"Without a keychain"_s, u"without_keychain"_s, u"memory"_s}}) {
        auto *choice = s.field<QComboBox>(name);
        const auto place = choice->findData(value);
        choice->setCurrentIndex(place);
        Q_EMIT choice->activated(place);
        QCOMPARE(s.shared.values.value(setting), value);
        choice->setCurrentIndex(0);
        Q_EMIT choice->activated(0);
        QVERIFY(!s.shared.values.contains(setting));
    }
}

void TestSettings::whatIsRefusedIsSaidAndGoesBack()
{
    Shown s;
    s.shared.isRefusing = true;
    auto *ports = s.field<QLineEdit>(u"Ports for the way back"_s);
    QTest::keyClicks(ports, u"80"_s);
    Q_EMIT ports->editingFinished();
    QVERIFY(ports->text().isEmpty());
    QVERIFY(s.field<QLabel>(u"Problem"_s)->isVisible());
    QCOMPARE(s.field<QLabel>(u"Problem"_s)->text(),
             u"“80” cannot be right here. The note below the field says what can."_s);
    auto *offline = s.field<QCheckBox>(u"Offline: send nothing"_s);
    offline->click();
    QVERIFY(!offline->isChecked());
    auto *timeout = s.field<QSpinBox>(u"Wait for a provider"_s);
    timeout->setValue(60);
    QCOMPARE(timeout->value(), timeout->minimum());
    s.shared.isRefusing = false;
    timeout->setValue(60);
    QVERIFY(!s.field<QLabel>(u"Problem"_s)->isVisible());
}

void TestSettings::whatIsLockedSaysByWhom()
{
    FakeSettings settings;
    settings.values = {{u"store"_s, u"keychain"_s}, {u"offline"_s, u"on"_s}, {u"request_timeout"_s, u"60"_s}};
    for (const auto &name : {u"store"_s, u"offline"_s, u"request_timeout"_s, u"embedded_session"_s})
        settings.locks.insert(name, u"/etc/countersign/policy.json"_s);
    Shown s(settings);
    const auto who = u"Locked by the administrator of this computer, in /etc/countersign/policy.json."_s;
    const QWidget *locked[] = {s.field<QLineEdit>(u"Keep tokens in"_s), s.field<QCheckBox>(u"Offline: send nothing"_s),
                               s.field<QSpinBox>(u"Wait for a provider"_s),
                               s.field<QComboBox>(u"Window of this application"_s),
                               s.field<QComboBox>(u"Move everything to"_s)};
    for (const auto *field : locked) {
        QVERIFY(field);
        QVERIFY2(!field->isEnabled(), qPrintable(field->accessibleName()));
        QCOMPARE(field->toolTip(), who);
        QVERIFY(field->accessibleDescription().startsWith(who));
    }
    QVERIFY(s.field<QCheckBox>(u"Offline: send nothing"_s)->isChecked());
    QCOMPARE(s.field<QSpinBox>(u"Wait for a provider"_s)->value(), 60);
    const auto labels = s.dialog.findChildren<QLabel *>();
    QCOMPARE(std::count_if(labels.begin(), labels.end(),
                           [&who](const QLabel *label) { return label->text().startsWith(who); }),
             5);
    QVERIFY(s.field<QLineEdit>(u"Proxy"_s)->isEnabled());
    s.dialog.showGroup(u"storage"_s);
    CountersignTest::picture(s.dialog, u"settings-locked"_s);
}

void TestSettings::aDefaultOfTheComputersCanBeChosenAgainst()
{
    FakeSettings settings;
    settings.defaults = {{u"via"_s, u"device"_s}, {u"offline"_s, u"on"_s}};
    Shown s(settings);
    auto *via = s.field<QComboBox>(u"Begin with"_s);
    QCOMPARE(via->currentData().toString(), u"device"_s);
    via->setCurrentIndex(0);
    Q_EMIT via->activated(0);
    QCOMPARE(s.shared.values.value(u"via"_s), u"auto"_s);
    auto *offline = s.field<QCheckBox>(u"Offline: send nothing"_s);
    QVERIFY(offline->isChecked());
    offline->click();
    QVERIFY(!offline->isChecked());
    QCOMPARE(s.shared.values.value(u"offline"_s), u"off"_s);
}

void TestSettings::startingAtLoginIsTheSystemsMatter()
{
    Shown s;
    auto *start = s.field<QCheckBox>(u"Start when I log in"_s);
    QVERIFY(!start->isChecked());
    start->click();
    QVERIFY(s.shared.isStarted);
    s.shared.isRefusing = true;
    start->click();
    QVERIFY(start->isChecked()); // it could not be taken back, and does not look so
    QVERIFY(s.field<QLabel>(u"Problem"_s)->text().contains("starts at login"_L1));
    QVERIFY(s.field<QLabel>(u"Problem"_s)->isVisible());
}

void TestSettings::theTrayIsShownAndTheWindowStaysInItOnDemand()
{
    Shown s;
    QVERIFY(s.preferences.showsTray());
    QVERIFY(!s.preferences.closesToTray());
    auto *stays = s.field<QCheckBox>(u"Closing the window leaves the program in the tray"_s);
    stays->click();
    QVERIFY(s.preferences.closesToTray());
    s.field<QCheckBox>(u"Show the icon in the tray"_s)->click();
    QVERIFY(!stays->isEnabled());
    QVERIFY(!s.preferences.closesToTray()); // there is nothing to bring it back from

    MainWindow window;
    window.show();
    window.setHidesOnClose(true);
    QSignalSpy closing(&window, &MainWindow::aboutToClose);
    QVERIFY(!window.close());
    QVERIFY(!window.isVisible());
    QCOMPARE(closing.size(), 1); // its layout is kept all the same
    window.raiseToFront();
    QVERIFY(window.isVisible());
    // Quitting is meant, whatever closing does.
    window.actionRegistry().find(u"file.quit"_s)->trigger();
    QVERIFY(window.close());
}

void TestSettings::theDialogGrowsWithTheText()
{
    Shown shown;
    auto &dialog = shown.dialog;
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    const auto before = QApplication::font();
    const auto small = dialog.size();
    auto larger = before;
    larger.setPointSizeF(before.pointSizeF() * 1.25);
    QApplication::setFont(larger);
    QTRY_VERIFY(dialog.width() > small.width());
    larger.setPointSizeF(before.pointSizeF() * 2);
    QApplication::setFont(larger);
    const auto room = dialog.screen()->availableSize();
    QTRY_COMPARE(dialog.width(), room.width());
    QVERIFY(dialog.height() < room.height());
    CountersignTest::picture(dialog, u"settings-larger-text"_s);
    QApplication::setFont(before);
}

void TestSettings::theLookIsChosenInTheMenusToo()
{
    QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"p.ini"_s));
    MainWindow window;
    addLookActions(window, preferences);
    const auto action = [&window](const QString &id) { return window.actionRegistry().find(id); };
    QVERIFY(action(u"view.theme_system"_s)->isChecked());
    action(u"view.theme_dark"_s)->trigger();
    QCOMPARE(preferences.theme(), ThemeChoice::Dark);
    QVERIFY(action(u"view.theme_dark"_s)->isChecked() && !action(u"view.theme_system"_s)->isChecked());
    // What was chosen in the dialog is marked in the menu.
    preferences.setTheme(ThemeChoice::HighContrast);
    QVERIFY(action(u"view.theme_contrast"_s)->isChecked());
    QVERIFY(!action(u"view.smaller"_s)->isEnabled() && !action(u"view.usual_size"_s)->isEnabled());
    action(u"view.larger"_s)->trigger();
    action(u"view.larger"_s)->trigger();
    QCOMPARE(preferences.textScale(), 120);
    action(u"view.smaller"_s)->trigger();
    QCOMPARE(preferences.textScale(), 110);
    preferences.setTextScale(Preferences::maximumScale);
    QVERIFY(!action(u"view.larger"_s)->isEnabled());
    action(u"view.usual_size"_s)->trigger();
    QCOMPARE(preferences.textScale(), 100);
    for (const auto wanted : {TimeStyle::Utc, TimeStyle::Relative, TimeStyle::Local}) {
        action(u"view.times"_s)->trigger();
        QCOMPARE(preferences.timeStyle(), wanted);
    }
}

void TestSettings::theClipboardMayKeepItsToken()
{
    Shown s;
    QCOMPARE(s.preferences.clipboardHold(), std::chrono::seconds(30));
    auto *hold = s.field<QComboBox>(u"Seconds until a copied token leaves the clipboard"_s);
    const auto never = hold->findData(0);
    hold->setCurrentIndex(never);
    Q_EMIT hold->activated(never);
    QCOMPARE(s.preferences.clipboardHold(), Preferences::holdForever);
}

void TestSettings::movingAsksForAPassphraseAndThenForANewStart()
{
    FakeSettings shared;
    StorageGroup group(shared);
    group.show();
    QSignalSpy restart(&group, &StorageGroup::restartRequested);
    auto *kind = group.findChild<QComboBox *>();
    kind->setCurrentIndex(kind->findData(u"file"_s));
    for (auto *field : group.findChildren<QLineEdit *>()) {
        if (field->accessibleName() == u"File"_s) {
            QVERIFY(field->isVisible());
            field->setText(u"/tmp/somewhere"_s);
        }
    }
    button(group, u"Move everything"_s)->click();
    auto *ask = group.findChild<PassphraseDialog *>();
    QVERIFY(ask && ask->isVisible());
    QVERIFY(shared.movedTo.isEmpty());
    const auto fields = ask->findChildren<QLineEdit *>();
    for (auto *field : fields)
        field->setText(u"correct horse"_s);
    button(*ask, u"Seal"_s)->click();
    QCOMPARE(shared.movedTo, u"file:/tmp/somewhere"_s);
    QCOMPARE(shared.movedWith, QByteArray("correct horse"));
    QVERIFY(!button(group, u"Test the store"_s)->isEnabled());
    QVERIFY(!button(group, u"Start anew"_s)->isVisible());
    shared.answer({});
    QVERIFY(button(group, u"Start anew"_s)->isVisible());
    // Until then nothing else is done to a store that nobody uses any more.
    QVERIFY(!button(group, u"Forget everything"_s)->isEnabled());
    button(group, u"Start anew"_s)->click();
    QCOMPARE(restart.size(), 1);
}

void TestSettings::aFailedMoveLosesNothing()
{
    FakeSettings shared;
    StorageGroup group(shared);
    group.show();
    QCOMPARE(kindOf(group)->currentData().toString(), u"file"_s);
    choose(group, u"keychain"_s);
    button(group, u"Move everything"_s)->click();
    QCOMPARE(shared.movedTo, u"keychain"_s);
    shared.answer(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"Locked."_s});
    bool isSaid = false;
    for (const auto *label : group.findChildren<QLabel *>())
        isSaid |= label->isVisible() && label->text().startsWith("Nothing was moved"_L1);
    QVERIFY(isSaid);
    QVERIFY(button(group, u"Move everything"_s)->isEnabled());
    QVERIFY(!button(group, u"Start anew"_s)->isVisible());
    // Of another target that was not said.
    choose(group, u"msal"_s);
    for (const auto *label : group.findChildren<QLabel *>())
        QVERIFY2(!label->isVisible() || !label->text().startsWith("Nothing was moved"_L1), qPrintable(label->text()));
}

void TestSettings::aMoveBeginsWithAnotherPlace_data()
{
    QTest::addColumn<QString>("store");
    QTest::addColumn<QString>("target");
    QTest::newRow("usual") << QString() << u"file"_s;
    QTest::newRow("keychain") << u"keychain"_s << u"file"_s;
    QTest::newRow("sealed file") << u"file:/tmp/a"_s << u"keychain"_s;
    QTest::newRow("MSAL's file") << u"msal:/tmp/a"_s << u"keychain"_s;
}

void TestSettings::aMoveBeginsWithAnotherPlace()
{
    QFETCH(const QString, store);
    QFETCH(const QString, target);
    FakeSettings shared;
    shared.values.insert(u"store"_s, store);
    StorageGroup group(shared);
    QCOMPARE(kindOf(group)->currentData().toString(), target);
}

void TestSettings::whatIsSaidOfAMoveSqueezesNothing()
{
    Shown s;
    s.dialog.showGroup(u"storage"_s);
    s.dialog.resize(820, 560);
    auto &group = *s.dialog.findChild<StorageGroup *>();
    choose(group, u"keychain"_s);
    button(group, u"Move everything"_s)->click();
    s.shared.answer(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"Locked."_s});
    CountersignTest::picture(s.dialog, u"settings-storage-refused"_s);
    const auto *forget = button(group, u"Forget everything"_s);
    QTRY_VERIFY(forget->height() >= forget->minimumSizeHint().height());
    choose(group, u"file"_s);
    QTest::qWait(50); // the form is laid out anew
    CountersignTest::picture(s.dialog, u"settings-storage-target"_s);
    for (const auto *part : group.findChildren<QPushButton *>())
        QVERIFY2(!part->isVisible() || part->height() >= part->minimumSizeHint().height(), qPrintable(part->text()));
    for (const auto *part : group.findChildren<QLineEdit *>())
        QVERIFY2(!part->isVisible() || part->height() >= part->minimumSizeHint().height(),
                 qPrintable(part->placeholderText()));
}

void TestSettings::whatCouldNotBeEmptiedIsNoFailedMove()
{
    FakeSettings shared;
    shared.leftover = Error{ErrorCode::StorageUnavailable, ErrorCause::StoreDenied, u"x"_s};
    StorageGroup group(shared);
    group.show();
    choose(group, u"keychain"_s);
    button(group, u"Move everything"_s)->click();
    shared.answer({});
    bool isSaid = false;
    for (const auto *label : group.findChildren<QLabel *>())
        isSaid |= label->isVisible() && label->text().contains("could not be emptied"_L1);
    QVERIFY(isSaid);
    QVERIFY(button(group, u"Start anew"_s)->isVisible());
}

void TestSettings::leavingAFieldDoesNotTakeBackWhatWasSetElsewhere()
{
    Shown s;
    auto *store = s.field<QLineEdit>(u"Keep tokens in"_s);
    QVERIFY(store);
    s.shared.values.insert(u"store"_s, u"file:/moved"_s);
    Q_EMIT store->editingFinished();
    QCOMPARE(s.shared.value(u"store"_s), u"file:/moved"_s);
    // Who moved it here sees it there.
    Q_EMIT s.dialog.findChild<StorageGroup *>()->moved();
    QCOMPARE(store->text(), u"file:/moved"_s);
}

void TestSettings::whatTheSignInWindowKeepsIsForgottenOnDemand()
{
    Shown s;
    auto *forget = button(s.dialog, u"Forget what the sign-in window keeps"_s);
    QVERIFY(forget && forget->isEnabled());
    s.shared.isRefusing = true;
    forget->click();
    QVERIFY(s.shared.hasSessions && forget->isEnabled());
    s.shared.isRefusing = false;
    forget->click();
    QVERIFY(!s.shared.hasSessions && !forget->isEnabled());
}

void TestSettings::whatIsBeingTypedIsTakenOverWhenTheProgramEnds()
{
    QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"p.ini"_s));
    FakeSettings shared;
    {
        auto window = std::make_unique<MainWindow>();
        window->show();
        auto *dialog = new SettingsDialog(preferences, shared, window->actionRegistry(), window.get());
        dialog->open();
        dialog->showGroup(u"network"_s);
        QTRY_COMPARE(QApplication::activeWindow(), dialog);
        for (auto *field : dialog->findChildren<QLineEdit *>()) {
            if (field->accessibleName() == "Proxy"_L1) {
                field->setFocus();
                QTest::keyClicks(field, u"socks5://127.0.0.1:1080"_s);
            }
        }
        QVERIFY(shared.values.isEmpty());
    }
    QCOMPARE(shared.values.value(u"proxy"_s), u"socks5://127.0.0.1:1080"_s);
}

void TestSettings::wipingShowsWhatIsLostFirst()
{
    FakeSettings shared;
    StorageGroup group(shared);
    group.show();
    button(group, u"Forget everything"_s)->click();
    QCOMPARE(shared.wipes, 0);
    bool isSaid = false;
    for (const auto *label : group.findChildren<QLabel *>())
        isSaid |=
            label->isVisible() && label->text().contains("11"_L1) && label->text().contains("Nothing is revoked"_L1);
    QVERIFY(isSaid);
    button(group, u"Keep it"_s)->click();
    QCOMPARE(shared.wipes, 0);
    button(group, u"Forget everything"_s)->click();
    button(group, u"Forget it all"_s)->click();
    QCOMPARE(shared.wipes, 1);
    shared.answer({});
    QVERIFY(button(group, u"Forget everything"_s)->isEnabled());
}

namespace {

//! Opens the field of an action's shortcut as the keyboard does, and types \p keys into it.
void typeShortcut(Shown &shown, const QString &action, Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    shown.dialog.showGroup(u"shortcuts"_s);
    auto *table = shown.field<QTableWidget>(u"Shortcuts of the actions"_s);
    QVERIFY(table);
    const auto found = table->findItems(action, Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    table->setCurrentItem(found.first());
    QVERIFY(table->findChildren<QKeySequenceEdit *>().isEmpty()); // none costs anything before it is wanted
    Q_EMIT table->cellActivated(found.first()->row(), 0);
    auto *field = shown.field<QKeySequenceEdit>(u"Shortcut of "_s + action);
    QVERIFY(field);
    QTest::keyClick(field, key, modifiers);
    // Whoever stops typing is done.
    QTRY_VERIFY(!shown.field<QKeySequenceEdit>(u"Shortcut of "_s + action));
}

QString shownShortcut(const Shown &shown, const QString &action)
{
    const auto *table = shown.field<QTableWidget>(u"Shortcuts of the actions"_s);
    return table->item(table->findItems(action, Qt::MatchExactly).first()->row(), 1)->text();
}

} // namespace

void TestSettings::aShortcutIsChangedByItsKeys()
{
    Shown s;
    auto *quit = s.window.actionRegistry().find(u"file.quit"_s);
    const QKeySequence wanted(Qt::CTRL | Qt::ALT | Qt::Key_Q);
    typeShortcut(s, u"Quit"_s, Qt::Key_Q, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(quit->shortcut(), wanted);
    QTRY_COMPARE(shownShortcut(s, u"Quit"_s), wanted.toString(QKeySequence::NativeText));
    button(s.dialog, u"Reset all shortcuts"_s)->click();
    QCOMPARE(quit->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_Q));
    QCOMPARE(shownShortcut(s, u"Quit"_s), quit->shortcut().toString(QKeySequence::NativeText));
    CountersignTest::picture(s.dialog, u"shortcuts-group"_s);
}

void TestSettings::aShortcutOfAnotherActionIsRefused()
{
    Shown s;
    typeShortcut(s, u"Quit"_s, Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(s.window.actionRegistry().find(u"file.quit"_s)->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_Q));
    const auto labels = s.dialog.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() && label->text().contains("Command palette"_L1)
            && label->text().contains("already"_L1);
    }));
    QCOMPARE(shownShortcut(s, u"Quit"_s), QKeySequence(Qt::CTRL | Qt::Key_Q).toString(QKeySequence::NativeText));
}

void TestSettings::aListIsMadeWhenSomebodyOpensIt()
{
    // Each takes nine parts of a window.
    Shown s;
    auto *look = s.field<QComboBox>(u"Look"_s);
    QVERIFY(look->findChildren<QAbstractItemView *>().isEmpty());
    QVERIFY(look->sizeHint().width() > look->fontMetrics().horizontalAdvance(u"High contrast"_s));
    QTest::keyClick(look, Qt::Key_Down);
    QCOMPARE(look->currentIndex(), 1);
    look->showPopup();
    QVERIFY(look->view()->isVisible());
    QCOMPARE(look->view()->model()->rowCount(), themeChoiceCount);
    look->hidePopup();
}

void TestSettings::theDialogMayBeClosedDuringEachOfThem_data()
{
    QTest::addColumn<QStringList>("clicks");
    QTest::newRow("testing") << QStringList{u"Test the store"_s};
    QTest::newRow("moving") << QStringList{u"Move everything"_s};
    QTest::newRow("wiping") << QStringList{u"Forget everything"_s, u"Forget it all"_s};
}

void TestSettings::theDialogMayBeClosedDuringEachOfThem()
{
    QFETCH(QStringList, clicks);
    FakeSettings shared;
    auto group = std::make_unique<StorageGroup>(shared);
    group->show();
    choose(*group, u"keychain"_s); // needs no passphrase
    for (const auto &name : std::as_const(clicks))
        button(*group, name)->click();
    group.reset();
    shared.answer({}); // nobody is there to hear it
    shared.answer(Error{ErrorCode::StorageUnavailable, u"x"_s});
}

void TestSettings::aNewPassphraseIsTypedTwice()
{
    PassphraseDialog dialog(PassphraseDialog::Purpose::Choose, u"/tmp/file"_s);
    QSignalSpy entered(&dialog, &PassphraseDialog::entered);
    dialog.show();
    const auto fields = dialog.findChildren<QLineEdit *>();
    QCOMPARE(fields.size(), 2);
    for (const auto *field : fields)
        QCOMPARE(field->echoMode(), QLineEdit::Password);
    auto *seal = button(dialog, u"Seal"_s);
    fields.at(0)->setText(u"short"_s);
    fields.at(1)->setText(u"short"_s);
    QVERIFY(!seal->isEnabled());
    fields.at(0)->setText(u"long enough"_s);
    fields.at(1)->setText(u"long enougH"_s);
    QVERIFY(!seal->isEnabled());
    fields.at(1)->setText(u"long enough"_s);
    QVERIFY(seal->isEnabled());
    seal->click();
    QCOMPARE(entered.size(), 1);
    QVERIFY(dialog.isVisible()); // whoever hears it closes it
}

void TestSettings::aWrongPassphraseIsTypedAgain()
{
    PassphraseDialog dialog(PassphraseDialog::Purpose::Open, u"/tmp/file"_s);
    QSignalSpy entered(&dialog, &PassphraseDialog::entered);
    dialog.show();
    auto *field = dialog.findChild<QLineEdit *>();
    field->setText(u"x"_s); // an old one may be as short as it likes
    button(dialog, u"Open"_s)->click();
    QCOMPARE(entered.size(), 1);
    dialog.wait();
    QVERIFY(!field->isEnabled());
    dialog.refuse(u"No."_s);
    QVERIFY(field->isEnabled());
    QVERIFY(field->text().isEmpty());
    QVERIFY(!button(dialog, u"Open"_s)->isEnabled());
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
