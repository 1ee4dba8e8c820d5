// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The settings of the desktop over real stores and files.
#include "autostart.h"
#include "clientsession.h"
#include "foreigncaches.h"
#include "passphraseprompt.h"
#include "settingsplace.h"
#include "startanew.h"

#include "settings/passphrasedialog.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/storage/msalfilestore.h>
#include <countersign/storage/sealedfilestore.h>

#include <QtCore/QCommandLineParser>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

constexpr auto foreignCache = R"({
  "AccessToken": {"uid.utid-login.microsoftonline.com-accesstoken-app-utid-user.read": {
    "home_account_id": "uid.utid", "environment": "login.microsoftonline.com", "credential_type": "AccessToken",
    "client_id": "app", "secret": "the-secret", "realm": "utid", "target": "User.Read",
    "cached_at": "1000", "expires_on": "2000", "extended_expires_on": "2000"}},
  "Account": {"uid.utid-login.microsoftonline.com-utid": {
    "home_account_id": "uid.utid", "environment": "login.microsoftonline.com", "realm": "utid",
    "local_account_id": "uid", "username": "ada@contoso.com", "authority_type": "MSSTS"}}
})";

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    QFile::setPermissions(QFileInfo(path).absolutePath(),
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

//! A variable of the environment that is as it was when this has gone.
class OwnVariable
{
public:
    OwnVariable(const char *name, const QString &value) : m_name(name), m_wasSet(qEnvironmentVariableIsSet(name))
    {
        m_before = qgetenv(name);
        set(value);
    }
    ~OwnVariable()
    {
        if (m_wasSet)
            qputenv(m_name, m_before);
        else
            qunsetenv(m_name);
    }
    Q_DISABLE_COPY_MOVE(OwnVariable)
    void set(const QString &value) const { qputenv(m_name, value.toUtf8()); }

private:
    const char *m_name;
    bool m_wasSet;
    QByteArray m_before;
};

//! A session over MSAL's own file with one account in it.
struct Fixture
{
    Fixture()
    {
        write(storePath(), foreignCache);
        Profile profile;
        profile.id = u"contoso"_s;
        profile.kind = Profile::Kind::Entra;
        profile.issuer = u"https://login.microsoftonline.com/utid"_s;
        profile.clientId = u"app"_s;
        profile.scopes = {u"User.Read"_s};
        if (!ProfileStore(folder.filePath(u"profiles.json"_s)).put(profile))
            qFatal("the profile cannot be written");
        SessionSettings settings;
        settings.services.store = u"msal:"_s + storePath();
        settings.services.proxy = u"none"_s;
        settings.profilePath = folder.filePath(u"profiles.json"_s);
        auto made = ClientSession::create(std::move(settings));
        if (!made)
            qFatal("%s", qPrintable(made.error().message()));
        session = *std::move(made);
        session->openStore();
        if (!QTest::qWaitFor([this] { return session->accounts().size() == 1; }, 10000))
            qFatal("the account is missing");
        settingsPlace = std::make_unique<LiveSettings>(*session);
    }
    QString storePath() const { return folder.filePath(u"old/cache.json"_s); }
    //! Moves to \p target, and what came of it.
    Result<SharedSettings::Moved> move(const QString &target, const QByteArray &passphrase = {})
    {
        std::optional<Result<SharedSettings::Moved>> answer;
        settingsPlace->moveStore(target, Secret::copyOf(passphrase), &context,
                                 [&answer](const Result<SharedSettings::Moved> &came) { answer.emplace(came); });
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 20000))
            return Error{ErrorCode::TimedOut, u"No answer."_s};
        return *answer;
    }
    //! What the handler of \p call was told.
    template <typename Call> Result<void> await(Call call)
    {
        std::optional<Result<void>> answer;
        call([&answer](const Result<void> &came) { answer.emplace(came); });
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 20000))
            return Error{ErrorCode::TimedOut, u"No answer."_s};
        if (!*answer)
            qInfo("%s", qPrintable(answer->error().message()));
        return *answer;
    }

    QTemporaryDir folder;
    QObject context;
    // Before the session is made, and until it has gone.
    const OwnVariable settingsVariable{"COUNTERSIGN_SETTINGS", folder.filePath(u"settings.json"_s)};
    const OwnVariable cacheVariable{"XDG_CACHE_HOME", folder.filePath(u"cache"_s)};
    std::unique_ptr<ClientSession> session;
    std::unique_ptr<LiveSettings> settingsPlace;
};

} // namespace

class TestDesktopSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theLoginEntryIsWrittenAndRemoved();
    void offlineTakesEffectAtOnceAndCachedTokensStay();
    void theHistoryIsForgottenWhenItIsOld();
    void movingChangesTheStoreOfTheNextStart();
    void duringAndAfterAMoveNothingElseIsDoneToTheStore();
    void aMoveThatCannotBeWrittenDownMovesNothing();
    void movingOntoSomethingIsRefused();
    void wipingLeavesNobody();
    void whatLivesInMemoryIsCountedAndWipedToo();
    void cookiesOfTheSignInWindowAreForgottenWhenTheyShallBe();
    void eventsThatAreNotKeptGoAsTheyCome();
    void aNewStartTakesAlongWhatStillCounts();
    void theSessionMayEndDuringEachOfThem_data();
    void theSessionMayEndDuringEachOfThem();
    void aForeignCacheIsReadAndLeftAlone();
    void whatIsNoCacheIsSaid();
    void theWayOfTheSettingsIsThatOfProfilesThatDoNotSay();
    void aPassphraseIsAskedForUntilItIsRight();
    void givingUpIsAnError();
};

void TestDesktopSettings::theLoginEntryIsWrittenAndRemoved()
{
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
    QSKIP("the entry of this system is the person's own");
#else
    const QTemporaryDir folder;
    const OwnVariable home("XDG_CONFIG_HOME", folder.path());
    const auto path = folder.filePath(u"autostart/io.github.countersign.Countersign.desktop"_s);
    QVERIFY(!startsAtLogin());
    QVERIFY(setStartsAtLogin(true));
    QVERIFY(startsAtLogin());
    const auto entry = bytesOf(path);
    QVERIFY(entry.startsWith("[Desktop Entry]\nType=Application\n"));
    const QByteArray exec = "\nExec=\"" + QCoreApplication::applicationFilePath().toUtf8() + "\" --hidden\n";
    QVERIFY2(entry.contains(exec), entry.constData());
    // What the desktop's own settings switched off is off.
    write(path, entry + "Hidden=true\n");
    QVERIFY(!startsAtLogin());
    QVERIFY(setStartsAtLogin(false));
    QVERIFY(!QFile::exists(path));
    QVERIFY(setStartsAtLogin(false)); // twice is harmless
    // Where nothing can be written it says so.
    write(folder.filePath(u"file"_s), "x");
    home.set(folder.filePath(u"file"_s));
    QCOMPARE(setStartsAtLogin(true).error().code(), ErrorCode::StorageUnavailable);
#endif
}

void TestDesktopSettings::offlineTakesEffectAtOnceAndCachedTokensStay()
{
    Fixture f;
    QSignalSpy changed(f.session.get(), &Session::networkChanged);
    QVERIFY(f.settingsPlace->set(u"offline"_s, u"on"_s));
    QCOMPARE(changed.size(), 1);
    QVERIFY(f.session->isOffline());
    QVERIFY(f.session->accounts().at(0).isOffline);
    QCOMPARE(f.session->accounts().at(0).tokens.size(), 1);
    // A sign-in ends at once, and without a page.
    auto *attempt = f.session->signIn({.profileId = u"contoso"_s});
    QSignalSpy opened(attempt, &Attempt::pageOpened);
    std::optional<ErrorCode> code;
    connect(attempt, &Attempt::finished, this, [&code](const Result<Outcome> &result) {
        if (!result)
            code = result.error().code();
    });
    QTRY_VERIFY(code);
    QCOMPARE(*code, ErrorCode::NetworkUnavailable);
    QCOMPARE(opened.size(), 0);
    QVERIFY(f.settingsPlace->set(u"offline"_s, QString()));
    QVERIFY(!f.session->isOffline());
}

void TestDesktopSettings::theHistoryIsForgottenWhenItIsOld()
{
    Fixture f;
    auto &cache = f.session->services().cache();
    const auto account = f.session->accounts().at(0).account.id;
    const auto now = QDateTime::currentDateTimeUtc();
    QVERIFY(f.await([&](auto done) {
        cache.update(
            [&](TokenCache &changed) {
                changed.addEvent(account, {AccountEvent::Kind::SignedIn, now.addDays(-40), {u"app"_s}, {}});
                changed.addEvent(account, {AccountEvent::Kind::Refreshed, now.addDays(-2), {u"app"_s}, {}});
            },
            &f.context, done);
    }));
    QCOMPARE(f.session->detail(u"contoso"_s, account).history.size(), 2);
    QVERIFY(f.settingsPlace->set(u"history_days"_s, u"30"_s));
    QTRY_COMPARE(f.session->detail(u"contoso"_s, account).history.size(), 1);
    QVERIFY(f.settingsPlace->set(u"history_days"_s, u"0"_s));
    QTRY_COMPARE(f.session->detail(u"contoso"_s, account).history.size(), 0);
}

void TestDesktopSettings::movingChangesTheStoreOfTheNextStart()
{
    Fixture f;
    const auto path = f.folder.filePath(u"new/tokens.sealed"_s);
    QSignalSpy restart(f.session.get(), &Session::restartNeeded);
    const auto moved = f.move(u"file:"_s + path, "correct horse");
    QVERIFY(moved);
    QVERIFY(!moved->leftover);
    QCOMPARE(restart.size(), 1);
    QCOMPARE(f.settingsPlace->value(u"store"_s), QString(u"file:"_s + path));
    QVERIFY(!bytesOf(path).isEmpty());
    QVERIFY(!bytesOf(path).contains("the-secret"));
    QVERIFY(!bytesOf(f.storePath()).contains("the-secret"));
    SystemRandom random;
    SealedFileStore store(Secret::copyOf("correct horse"), random, path);
    std::optional<QByteArray> content;
    store.load(&f.context, [&content](const Result<StoredBlob> &loaded) {
        content = loaded ? loaded->bytes.reveal().toByteArray() : QByteArray();
    });
    QTRY_VERIFY_WITH_TIMEOUT(content, 20000);
    QVERIFY(content->contains("the-secret"));
}

void TestDesktopSettings::duringAndAfterAMoveNothingElseIsDoneToTheStore()
{
    Fixture f;
    const auto isRefused = [&f] {
        const auto account = f.session->accounts().isEmpty() ? AccountId() : f.session->accounts().at(0).account.id;
        int refusals = 0;
        for (auto *attempt : {f.session->signIn({.profileId = u"contoso"_s}),
                              f.session->getToken({.profileId = u"contoso"_s, .account = account}),
                              f.session->signOut({.profileId = u"contoso"_s, .account = account})}) {
            connect(attempt, &Attempt::finished, &f.context, [&refusals](const Result<Outcome> &result) {
                refusals += !result && result.error().cause() == ErrorCause::StoreBusy;
            });
        }
        if (!QTest::qWaitFor([&refusals] { return refusals == 3; }))
            return false;
        const auto wiped = f.await([&](auto done) { f.settingsPlace->wipeStore(&f.context, done); });
        const auto tested = f.await([&](auto done) { f.settingsPlace->testStore(&f.context, done); });
        const auto moved = f.move(u"msal:"_s + f.folder.filePath(u"third/c.json"_s));
        return !wiped && !tested && !moved && moved.error().cause() == ErrorCause::StoreBusy;
    };
    const auto path = f.folder.filePath(u"new/c.json"_s);
    {
        // The dialog that began it is closed meanwhile.
        QObject dialog;
        f.settingsPlace->moveStore(u"msal:"_s + path, Secret(), &dialog, [](const auto &) { QFAIL("nobody hears"); });
    }
    QVERIFY(isRefused());
    QTRY_COMPARE_WITH_TIMEOUT(f.settingsPlace->value(u"store"_s), QString(u"msal:"_s + path), 20000);
    QTRY_VERIFY(!bytesOf(f.storePath()).contains("the-secret"));
    QVERIFY(isRefused());
    // Nobody looks signed out because the old place is empty.
    QTest::qWait(300);
    QCOMPARE(f.session->accounts().size(), 1);
    QVERIFY(bytesOf(path).contains("the-secret"));
}

void TestDesktopSettings::aMoveThatCannotBeWrittenDownMovesNothing()
{
    Fixture f;
    // A folder where the settings' file would be.
    QVERIFY(QDir().mkpath(f.folder.filePath(u"settings.json/x"_s)));
    const auto path = f.folder.filePath(u"new/c.json"_s);
    const auto moved = f.move(u"msal:"_s + path);
    QVERIFY(!moved);
    QVERIFY(bytesOf(f.storePath()).contains("the-secret"));
    QVERIFY(!bytesOf(path).contains("the-secret")); // where nobody would look for it
    // The session goes on with what it has.
    QVERIFY(!f.session->isStoreLeft());
    QVERIFY(f.await([&](auto done) { f.settingsPlace->testStore(&f.context, done); }));
}

void TestDesktopSettings::cookiesOfTheSignInWindowAreForgottenWhenTheyShallBe()
{
    const OwnVariable data("XDG_DATA_HOME", {});
    Fixture f;
    data.set(f.folder.filePath(u"data"_s));
    const App::EmbeddedSessions sessions;
    QVERIFY(sessions.isEmpty());
    const auto keep = [&sessions](const QString &profileId) {
        write(sessions.folderOf(profileId) + u"/Cookies"_s, "x");
        return sessions.has(profileId);
    };
    auto made = ClientSession::create(
        {.services = {.store = u"memory"_s, .proxy = u"none"_s}, .profilePath = f.folder.filePath(u"profiles.json"_s)});
    QVERIFY(made);
    auto &session = **made;
    LiveSettings settings(session);
    QVERIFY(!session.keepsEmbeddedSessions());
    QVERIFY(!settings.set(u"embedded_session"_s, u"always"_s));
    QVERIFY(settings.set(u"embedded_session"_s, u"keep"_s));
    QVERIFY(session.keepsEmbeddedSessions());
    // Each profile has its own.
    QVERIFY(keep(u"contoso"_s) && keep(u"../lab"_s));
    QVERIFY(settings.set(u"offline"_s, u"on"_s));
    QVERIFY(settings.hasEmbeddedSessions());
    QVERIFY(sessions.forget(u"../lab"_s));
    QVERIFY(session.hasEmbeddedSession(u"contoso"_s) && !session.hasEmbeddedSession(u"../lab"_s));
    // Whoever wants nothing kept wants nothing left.
    QVERIFY(settings.set(u"embedded_session"_s, {}));
    QVERIFY(!session.hasEmbeddedSession(u"contoso"_s) && !settings.hasEmbeddedSessions());
    // "Forget everything" means them, too.
    QVERIFY(keep(u"contoso"_s));
    QVERIFY(f.await([&](auto done) { settings.wipeStore(&f.context, done); }));
    QVERIFY(!settings.hasEmbeddedSessions());
}

void TestDesktopSettings::movingOntoSomethingIsRefused()
{
    Fixture f;
    const auto other = f.folder.filePath(u"other.json"_s);
    write(other, QByteArray(foreignCache).replace("the-secret", "another"));
    for (const QString &target : {QString(u"msal:"_s + other), QString(u"msal:"_s + f.storePath()), u"nonsense"_s}) {
        const auto moved = f.move(target);
        QVERIFY2(!moved, qPrintable(target));
        QCOMPARE(moved.error().code(), ErrorCode::InvalidArgument);
    }
    QVERIFY(bytesOf(f.storePath()).contains("the-secret"));
    QVERIFY(f.settingsPlace->value(u"store"_s).isEmpty());
}

void TestDesktopSettings::wipingLeavesNobody()
{
    Fixture f;
    QCOMPARE(f.settingsPlace->content().accounts, 1);
    QCOMPARE(f.settingsPlace->content().tokens, 1);
    QVERIFY(f.await([&](auto done) { f.settingsPlace->wipeStore(&f.context, done); }));
    QTRY_VERIFY(f.session->accounts().isEmpty());
    QVERIFY(!bytesOf(f.storePath()).contains("the-secret"));
}

void TestDesktopSettings::whatLivesInMemoryIsCountedAndWipedToo()
{
    Fixture f;
    // A sign-in that shall leave nothing behind makes the second set; it ends at once.
    auto *attempt = f.session->signIn({.profileId = u"contoso"_s, .isSessionOnly = true});
    QVERIFY(f.session->memoryServices());
    attempt->cancel();
    auto &memory = f.session->memoryServices()->cache();
    const auto cached = f.session->services().cache().snapshot();
    QVERIFY(f.await([&](auto done) {
        memory.update(
            [&cached](TokenCache &cache) {
                cache = cached;
                cache.markChanged();
            },
            &f.context, done);
    }));
    QCOMPARE(f.settingsPlace->content().accounts, 2);
    QCOMPARE(f.settingsPlace->content().tokens, 2);
    QVERIFY(f.await([&](auto done) { f.settingsPlace->wipeStore(&f.context, done); }));
    QCOMPARE(f.settingsPlace->content().accounts, 0);
    QVERIFY(memory.snapshot().accounts().isEmpty());
}

void TestDesktopSettings::eventsThatAreNotKeptGoAsTheyCome()
{
    Fixture f;
    const auto account = f.session->accounts().at(0).account.id;
    QVERIFY(f.settingsPlace->set(u"history_days"_s, u"0"_s));
    QVERIFY(f.await([&](auto done) {
        f.session->services().cache().update(
            [&](TokenCache &changed) {
                const auto at = QDateTime::currentDateTimeUtc().addSecs(-5);
                changed.addEvent(account, {AccountEvent::Kind::Refreshed, at, {u"app"_s}, {}});
            },
            &f.context, done);
    }));
    QTRY_COMPARE(f.session->detail(u"contoso"_s, account).history.size(), 0);
    // What changes nothing writes nothing.
    const auto before = bytesOf(f.storePath());
    QSignalSpy changed(&f.session->services().cache(), &PersistentTokenCache::changed);
    QVERIFY(f.settingsPlace->set(u"history_days"_s, u"0"_s));
    QTest::qWait(100);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(bytesOf(f.storePath()), before);
}

void TestDesktopSettings::aNewStartTakesAlongWhatStillCounts()
{
    QCommandLineParser parser;
    parser.addOptions({{u"sandbox"_s, {}},
                       {u"new-instance"_s, {}},
                       {u"hidden"_s, {}},
                       {u"store"_s, {}, u"s"_s},
                       {u"browser"_s, {}, u"b"_s}});
    parser.process(QStringList{u"c"_s, u"--store"_s, u"memory"_s, u"--hidden"_s, u"--new-instance"_s, u"--browser"_s,
                               u"firefox -P x"_s});
    QCOMPARE(argumentsToStartWith(parser), (QStringList{u"--new-instance"_s, u"--browser"_s, u"firefox -P x"_s}));
    QCOMPARE(programToStart(), QCoreApplication::applicationFilePath());
    qputenv("APPIMAGE", "/home/ada/Countersign.AppImage");
    const auto back = qScopeGuard([] { qunsetenv("APPIMAGE"); });
    QCOMPARE(programToStart(), u"/home/ada/Countersign.AppImage"_s);
}

void TestDesktopSettings::theSessionMayEndDuringEachOfThem_data()
{
    QTest::addColumn<int>("operation");
    QTest::newRow("test") << 0;
    QTest::newRow("move") << 1;
    QTest::newRow("wipe") << 2;
    QTest::newRow("foreign cache") << 3;
    QTest::newRow("offline") << 4;
    QTest::newRow("history") << 5;
}

void TestDesktopSettings::theSessionMayEndDuringEachOfThem()
{
    QFETCH(int, operation);
    auto f = std::make_unique<Fixture>();
    const auto nobody = [](const auto &) { QFAIL("nobody is there to hear it"); };
    switch (operation) {
    case 0: f->settingsPlace->testStore(&f->context, nobody); break;
    case 1:
        f->settingsPlace->moveStore(u"msal:"_s + f->folder.filePath(u"n/c.json"_s), Secret(), &f->context, nobody);
        break;
    case 2: f->settingsPlace->wipeStore(&f->context, nobody); break;
    case 3: f->session->readForeignCache(f->storePath(), &f->context, nobody); break;
    case 4: QVERIFY(f->settingsPlace->set(u"offline"_s, u"on"_s)); break;
    case 5: QVERIFY(f->settingsPlace->set(u"history_days"_s, u"0"_s)); break;
    }
    // As the program ends: what the windows use goes before what they use it of.
    f->settingsPlace.reset();
    f->session.reset();
    f.reset();
    QTest::qWait(100);
}

void TestDesktopSettings::aForeignCacheIsReadAndLeftAlone()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"msal_token_cache.json"_s);
    write(path, foreignCache);
    QFile(path).setPermissions(QFileDevice::ReadOwner);
    QObject context;
    std::optional<Result<ForeignContent>> answer;
    readForeignCacheFile(path, &context, [&answer](const Result<ForeignContent> &came) { answer.emplace(came); });
    QVERIFY(!answer); // later
    QTRY_VERIFY(answer);
    QVERIFY(*answer);
    QCOMPARE((*answer)->rows.size(), 2);
    QCOMPARE(bytesOf(path), QByteArray(foreignCache));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestDesktopSettings::whatIsNoCacheIsSaid()
{
    const QTemporaryDir folder;
    QObject context;
    const std::pair<QByteArray, ErrorCode> files[] = {{"\x01\x02 sealed", ErrorCode::NotSupported},
                                                      {"{\"AccessToken\": [1]}", ErrorCode::StorageDamaged}};
    for (const auto &[bytes, code] : files) {
        const auto path = folder.filePath(u"c"_s);
        write(path, bytes);
        std::optional<Result<ForeignContent>> answer;
        readForeignCacheFile(path, &context, [&answer](const Result<ForeignContent> &came) { answer.emplace(came); });
        QTRY_VERIFY(answer);
        QVERIFY(!*answer);
        QCOMPARE(answer->error().code(), code);
    }
}

void TestDesktopSettings::theWayOfTheSettingsIsThatOfProfilesThatDoNotSay()
{
    Fixture f;
    QCOMPARE(f.session->profiles().at(0).preferredWay, SignInWay::Browser);
    QSignalSpy changed(f.session.get(), &Session::profilesChanged);
    QVERIFY(f.settingsPlace->set(u"via"_s, u"device"_s));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(f.session->profiles().at(0).preferredWay, SignInWay::DeviceCode);
}

void TestDesktopSettings::aPassphraseIsAskedForUntilItIsRight()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"tokens.sealed"_s);
    SystemRandom random;
    {
        SealedFileStore store(Secret::copyOf("correct horse"), random, path);
        bool isSaved = false;
        store.save({Secret::copyOf("{}"), 1}, this,
                   [&isSaved](const Result<void> &saved) { isSaved = saved.hasValue(); });
        QTRY_VERIFY_WITH_TIMEOUT(isSaved, 20000);
    }
    int tries = 0;
    QTimer typing;
    connect(&typing, &QTimer::timeout, this, [&tries] {
        auto *dialog = qobject_cast<PassphraseDialog *>(QApplication::activeModalWidget());
        auto *field = dialog ? dialog->findChild<QLineEdit *>() : nullptr;
        if (!field || !field->isEnabled())
            return;
        field->setText(++tries == 1 ? u"wrong"_s : u"correct horse"_s);
        for (auto *button : dialog->findChildren<QPushButton *>()) {
            if (button->accessibleName() == u"Open"_s)
                button->click();
        }
    });
    typing.start(50);
    std::optional<Result<Secret>> passphrase;
    askForPassphrase(u"file:"_s + path, random, nullptr, this,
                     [&passphrase](Result<Secret> came) { passphrase.emplace(std::move(came)); });
    QTRY_VERIFY_WITH_TIMEOUT(passphrase.has_value(), 20000);
    QVERIFY(*passphrase);
    QCOMPARE((*passphrase)->reveal().toByteArray(), QByteArray("correct horse"));
    QCOMPARE(tries, 2);
}

void TestDesktopSettings::givingUpIsAnError()
{
    const QTemporaryDir folder;
    SystemRandom random;
    QTimer::singleShot(200, this, [] {
        if (auto *dialog = QApplication::activeModalWidget())
            dialog->close();
    });
    std::optional<Result<Secret>> passphrase;
    askForPassphrase(u"file:"_s + folder.filePath(u"new.sealed"_s), random, nullptr, this,
                     [&passphrase](Result<Secret> came) { passphrase.emplace(std::move(came)); });
    QTRY_VERIFY_WITH_TIMEOUT(passphrase.has_value(), 20000);
    QVERIFY(!*passphrase);
    QCOMPARE(passphrase->error().cause(), ErrorCause::StoreLocked);
    QVERIFY(!QFile::exists(folder.filePath(u"new.sealed"_s)));
}

QTEST_MAIN(TestDesktopSettings)
#include "tst_desktopsettings.moc"
