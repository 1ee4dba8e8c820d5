// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientsecretstore.h"
#include "clientsession.h"
#include "codepictures.h"
#include "diagnosis.h"
#include "heap.h"
#include "passphraseprompt.h"
#include "sandboxprofile.h"
#include "selftest.h"
#include "settingsplace.h"
#include "singleinstance.h"
#include "startanew.h"
#include "statekeeper.h"
#ifdef COUNTERSIGN_HAS_PORTALS
#include "xdgnotifications.h"
#endif

#include <doctor/doctorpage.h>
#include <inspector/inspectorpage.h>
#include <profiles/profilespage.h>
#include <text/language.h>
#include <widgets/systemtheme.h>
#include <widgets/theme.h>
#include <window/mainwindow.h>
#include <window/workbench.h>

#include <common/homefolder.h>
#include <common/interruption.h>

#include <countersign/base/logging.h>
#include <countersign/crypto/secret.h>
#include <countersign/crypto/systemrandom.h>

#include <QtCore/QCommandLineParser>
#include <QtCore/QProcess>
#include <QtWidgets/QApplication>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Countersign;
using namespace Countersign::Desktop;

namespace {

constexpr int usageError = 2;

//! A core file would hold every token of the process.
void forbidCoreDumps()
{
#ifdef Q_OS_UNIX
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
}

QList<QCommandLineOption> options()
{
    const auto text = [](const char *source) { return QCoreApplication::translate("DesktopMain", source); };
    return {
        {u"sandbox"_s, text(QT_TRANSLATE_NOOP("DesktopMain", "Start a provider for trying things out beside it."))},
        {u"store"_s,
         text(QT_TRANSLATE_NOOP("DesktopMain",
                                "Where tokens live: keychain (default), memory, file:PATH or msal:PATH.")),
         u"STORE"_s},
        {u"browser"_s,
         text(QT_TRANSLATE_NOOP("DesktopMain", "Open pages with this command; it gets the address as its last word.")),
         u"COMMAND"_s},
        {u"hidden"_s, text(QT_TRANSLATE_NOOP("DesktopMain", "Stay in the tray until asked for, if there is one."))},
        {u"new-instance"_s, text(QT_TRANSLATE_NOOP("DesktopMain", "Do not look for a window that is open already."))},
        {u"self-test"_s, text(QT_TRANSLATE_NOOP("DesktopMain", "Check this installation, then end."))},
    };
}

//! What was asked for is not known here: better said than guessed.
int refuse(const QString &why)
{
    std::fprintf(stderr, "countersign-desktop: %s\n", qUtf8Printable(why));
    return usageError;
}

//! One that was open has come to the front. What only a first start can take over must not seem to have been done.
int endAsSecond(const QCommandLineParser &parser)
{
    QStringList left;
    for (const auto &option : {u"store"_s, u"browser"_s}) {
        if (parser.isSet(option))
            left.append(u"--"_s + option);
    }
    if (left.isEmpty())
        return 0;
    return refuse(QCoreApplication::translate("DesktopMain",
                                              "Countersign is open already and keeps what it was started with; not "
                                              "taken over: %1. Quit it first, or add --new-instance.")
                      .arg(left.join(u", "_s)));
}

//! A program that was killed could not take back the profile of its sandbox, which ended with it.
void forgetLeftSandbox(ProfileStore &profiles)
{
    if (!profiles.load())
        return; // said once there is a window
    const auto *left = profiles.find(u"sandbox"_s);
    if (left && isSandboxProfile(*left))
        (void)profiles.remove(left->id);
}

//! The places that need more than the session: the profiles' file, the network, this computer.
void addPages(Workbench &workbench, ClientSession &session, ProviderProbe &probe, ClientSecretKeeper &secrets,
              DoctorSource &doctor, PictureReader &pictures)
{
    auto *profiles = new ProfilesPage(session.profileStore(), &probe, Page::Building::Late);
    profiles->setClientSecrets(&secrets);
    profiles->setLocalSearch([&session] { return session.findProfilesHere(); });
    profiles->setAccountCounter([&session](const QString &id) {
        const auto accounts = session.accounts();
        return int(std::count_if(accounts.cbegin(), accounts.cend(),
                                 [&id](const auto &entry) { return entry.profileId == id; }));
    });
    QObject::connect(&session, &Session::accountsChanged, profiles, &ProfilesPage::countAccounts);
    workbench.addPage(profiles);
    workbench.addPage(new DoctorPage(doctor, Page::Building::Late));
    auto &inspector = workbench.inspector();
    inspector.setProviderProbe(&probe);
    inspector.setPictureReader(&pictures);
    inspector.setProfiles(session.profileStore().profiles());
    QObject::connect(&session, &Session::profilesChanged, &inspector,
                     [&inspector, &session] { inspector.setProfiles(session.profileStore().profiles()); });
    QObject::connect(profiles, &ProfilesPage::profilesChanged, &session, &ClientSession::reloadProfiles);
    QObject::connect(&session, &Session::profilesChanged, profiles, &ProfilesPage::reload);
    QObject::connect(profiles, &ProfilesPage::signInRequested, &workbench, &Workbench::askForSignIn);
    QObject::connect(&workbench, &Workbench::importRequested, profiles, [profiles, &workbench] {
        workbench.window().showPage(profiles);
        profiles->importProfiles();
    });
    QObject::connect(&workbench, &Workbench::importFoundRequested, profiles,
                     [profiles, &workbench](const QList<LocalFinding> &found) {
                         workbench.window().showPage(profiles);
                         profiles->importFound(found);
                     });
    QObject::connect(&workbench, &Workbench::newProfileRequested, profiles,
                     [profiles, &workbench](const QString &preset) {
                         workbench.window().showPage(profiles);
                         profiles->createProfile(preset);
                     });
}

int run(const QCommandLineParser &parser, Preferences &preferences)
{
    SingleInstance instance;
    if (!parser.isSet(u"new-instance"_s)) {
        if (instance.handOver(QCoreApplication::arguments().mid(1)))
            return endAsSecond(parser);
        instance.listen();
    }
    SessionSettings settings;
    settings.services.store = parser.value(u"store"_s);
    settings.services.browserCommand = parser.value(u"browser"_s);
    // What the file says wrongly is shown once there is a window.
    const auto shared = takeSharedSettings(settings);
    // Without the computer's policy, or against it, nothing may go on.
    if (!shared && shared.error().cause() == ErrorCause::ForbiddenByPolicy)
        return refuse(shared.error().message());
    SystemRandom random;
    // The sign-in window is another program; it has to look like ours all the same.
    settings.services.webViewLook = [] { return Theme::current().toBytes(QApplication::font().pointSizeF()); };
    // Without the passphrase of a sealed file there is still everything that needs no tokens.
    settings.services.unlocksLater = true;
    const auto store = settings.services.store;
    const auto session = ClientSession::create(std::move(settings));
    if (!session)
        return refuse(session.error().message());
    // Another instance may have one of its own.
    if (!parser.isSet(u"new-instance"_s))
        forgetLeftSandbox((*session)->profileStore());
    (*session)->reloadProfiles();
    LiveProbe probe((*session)->services());
    ClientSecretStore secrets(**session);
    LiveDoctor doctor((*session)->services(), {.profilePath = (*session)->profileStore().path()});
    LiveSettings sharedSettings(**session);
    CodePictures pictures;
    Workbench workbench(**session);
    addPages(workbench, **session, probe, secrets, doctor, pictures);
    followSettings(workbench, preferences, sharedSettings);
    if (!shared)
        workbench.window().showProblem(shared.error());
    (*session)->setPassphraseAsker([&](QObject *context, std::function<void(Result<Secret>)> handler) {
        askForPassphrase(store, random, &workbench.window(), context, std::move(handler));
    });
#ifdef COUNTERSIGN_HAS_PORTALS
    XdgNotifications notifications;
    workbench.setNotificationService(&notifications);
#endif
    const StateKeeper state(workbench.window(), StateFile());
    workbench.start(parser.isSet(u"hidden"_s));

    std::optional<SandboxProfile> sandbox;
    if (parser.isSet(u"sandbox"_s))
        sandbox.emplace(**session, workbench);
    // What a second start wants and this one can still do; where tokens live cannot change any more.
    QObject::connect(&instance, &SingleInstance::argumentsArrived, &workbench,
                     [&sandbox, &session, &workbench](const QStringList &arguments) {
                         if (!sandbox && arguments.contains(u"--sandbox"_s))
                             sandbox.emplace(**session, workbench);
                         // The entry that starts at login asks for no window.
                         if (!arguments.contains(u"--hidden"_s))
                             workbench.window().raiseToFront();
                     });
    // Whoever has no profile has no tokens either: nobody is asked to unlock anything for nothing.
    const auto openWhenNeeded = [&session] {
        if (!(*session)->profiles().isEmpty() && (*session)->store().kind == StoreState::Kind::NotOpened)
            (*session)->openStore();
    };
    QObject::connect(session->get(), &Session::profilesChanged, &workbench, openWhenNeeded);
    // The keychain may have to be asked for by its own window: ours comes first.
    if (workbench.window().isVisible())
        QObject::connect(&workbench.window(), &MainWindow::appeared, &workbench, openWhenNeeded);
    else
        openWhenNeeded();
    // A session that ends, or Ctrl+C: like choosing Quit.
    const App::Interruption interruption;
    QObject::connect(&interruption, &App::Interruption::requested, &workbench, [&workbench] { workbench.quit(); });
    return QApplication::exec();
}

//! Words for whoever asks for nothing else. They need no display, which the application would.
bool isAskedForWords(int argc, char *argv[])
{
    return std::any_of(argv + 1, argv + argc, [](const char *word) {
        const QByteArrayView argument(word);
        return argument == "--help" || argument == "-h" || argument == "--help-all" || argument == "--version"
            || argument == "-v" || argument == "-?";
    });
}

void prepare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        QCoreApplication::translate("DesktopMain", "OAuth 2.0 and OpenID Connect sign-ins and tokens"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions(options());
}

void nameApplication()
{
    QCoreApplication::setApplicationName(u"Countersign"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
}

//! Help or version, whichever is asked for.
int sayWords(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    nameApplication();
    if (const auto home = App::settleHome(); !home)
        return refuse(home.error().message());
    installTranslations(application, Preferences().language());
    QCommandLineParser parser;
    prepare(parser);
    if (!parser.parse(QCoreApplication::arguments()))
        return refuse(parser.errorText());
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    parser.showVersion();
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    forbidCoreDumps();
    shareHeap();
    installRedactingLogSink();
    if (isAskedForWords(argc, argv))
        return sayWords(argc, argv);
    initializeSecureHeap();
    QApplication application(argc, argv);
    giveBackAfterDialogs(application);
    nameApplication();
    QApplication::setDesktopFileName(u"io.github.countersign.Countersign"_s);
    if (const auto home = App::settleHome(); !home)
        return refuse(home.error().message());
    Preferences preferences;
    installTranslations(application, preferences.language());
    QCommandLineParser parser;
    prepare(parser);
    if (!parser.parse(QCoreApplication::arguments()))
        return refuse(parser.errorText());
    if (const auto unknown = parser.positionalArguments(); !unknown.isEmpty())
        return refuse(QCoreApplication::translate("DesktopMain", "Unexpected argument: %1").arg(unknown.constFirst()));
    setSystemTheme(preferences.lastSystemTheme());
    applyAppearance(application, preferences);
    if (parser.isSet(u"self-test"_s))
        return runSelfTest();
    const auto code = run(parser, preferences);
    if (code != restartCode)
        return code;
    return QProcess::startDetached(programToStart(), argumentsToStartWith(parser)) ? 0 : 1;
}
