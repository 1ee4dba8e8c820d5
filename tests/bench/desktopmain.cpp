// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// countersign-bench-desktop: how long the desktop takes to its first picture, beside a bare window with a tree of a
// thousand rows, and what it holds in memory then; the same with many accounts, and how smoothly they scroll; and what
// it holds when somebody has gone to every place. Each start is a process of its own; both kinds take turns.
#include "bench.h"
#include "desktopwalk.h"

#include <clientsession.h>
#include <diagnosis.h>
#include <heap.h>
#include <settingsplace.h>

#include <doctor/doctorpage.h>
#include <profiles/profilespage.h>
#include <settings/preferences.h>
#include <text/language.h>
#include <window/mainwindow.h>
#include <window/workbench.h>

#include <countersign/base/logging.h>
#include <countersign/cache/tokencache.h>
#include <countersign/cache/tokengrant.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTreeView>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>

using namespace Countersign;
using namespace Countersign::Bench;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 15;
constexpr int walks = 5;
constexpr int startPatience = 30000; // milliseconds
constexpr int treeRows = 1000;

struct Memory
{
    qint64 resident = 0; //!< KiB; 0 where that cannot be told
    qint64 proportional = 0; //!< KiB; what other processes share counts by its share
};

qint64 kibibytesIn(const QString &path, const QString &name)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return QString::fromLatin1(file.readAll()).section(name, 1).section(u"kB"_s, 0, 0).trimmed().toLongLong();
}

Memory memoryOfThis()
{
    return {kibibytesIn(u"/proc/self/status"_s, u"VmRSS:"_s), kibibytesIn(u"/proc/self/smaps_rollup"_s, u"Pss:"_s)};
}

[[noreturn]] void tellAndEnd(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
    std::_Exit(0);
}

//! Ends the process, with its memory on a line, once \p window has been painted.
class FirstPaint final : public QObject
{
public:
    explicit FirstPaint(QWidget &window) { window.installEventFilter(this); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !std::exchange(m_isPainted, true)) {
            QTimer::singleShot(0, this, [] { tellAndEnd(QString::number(memoryOfThis().resident)); });
        }
        return QObject::eventFilter(watched, event);
    }

private:
    bool m_isPainted = false;
};

int showBare()
{
    QMainWindow window;
    QTreeView tree;
    QStandardItemModel model(treeRows, 2);
    for (int row = 0; row < treeRows; ++row) {
        model.setItem(row, 0, new QStandardItem(u"Row %1"_s.arg(row)));
        model.setItem(row, 1, new QStandardItem(QString::number(row)));
    }
    tree.setModel(&model);
    window.setCentralWidget(&tree);
    window.resize(1120, 720);
    const FirstPaint paint(window);
    window.show();
    const auto code = QApplication::exec();
    (void)window.takeCentralWidget();
    return code;
}

//! What the program's main() puts together. \p act gets it before it is shown.
int showDesktop(QApplication &application, const std::function<void(ClientSession &, Workbench &)> &act)
{
    giveBackAfterDialogs(application);
    installRedactingLogSink();
    initializeSecureHeap();
    const QTemporaryDir folder;
    Preferences preferences(folder.filePath(u"desktop.ini"_s));
    installTranslations(application, u"en"_s);
    applyAppearance(application, preferences);
    SessionSettings settings;
    settings.services.store = u"memory"_s;
    settings.services.proxy = u"none"_s;
    settings.profilePath = folder.filePath(u"profiles.json"_s);
    const auto session = ClientSession::create(std::move(settings));
    if (!session)
        return 1;
    LiveProbe probe((*session)->services());
    LiveDoctor doctor((*session)->services(), {.profilePath = (*session)->profileStore().path()});
    LiveSettings shared(**session);
    Workbench workbench(**session);
    workbench.addPage(new ProfilesPage((*session)->profileStore(), &probe, Page::Building::Late));
    workbench.addPage(new DoctorPage(doctor, Page::Building::Late));
    followSettings(workbench, preferences, shared);
    act(**session, workbench);
    return QApplication::exec();
}

int showEmpty(QApplication &application)
{
    std::optional<FirstPaint> paint;
    return showDesktop(application, [&paint](ClientSession &, Workbench &workbench) {
        paint.emplace(workbench.window());
        workbench.window().show();
    });
}

//! \p count accounts with an access and a refresh token each, of usual sizes.
void fill(TokenCache &cache, int count)
{
    const auto now = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < count; ++i) {
        const auto name = u"person%1"_s.arg(i, 5, 10, QChar(u'0'));
        TokenGrant grant;
        grant.clientId = {u"bench"_s};
        grant.environment = {u"login.example.org"_s};
        grant.realm = u"oidc"_s;
        grant.homeAccountId = {name};
        grant.localAccountId = {name};
        grant.username = name + u"@example.org"_s;
        grant.authorityType = u"OIDC"_s;
        grant.requestedScopes = grant.grantedScopes = ScopeSet{u"mail"_s};
        grant.accessToken = Secret(QByteArray(1800, 'a'));
        grant.refreshToken = Secret(QByteArray(900, 'r'));
        grant.expiresAt = now.addSecs(3600 + i);
        cache.merge(grant, now);
    }
}

//! Scrolls through all of it in so many steps; milliseconds for each picture.
std::vector<double> scroll(QTreeView &tree)
{
    constexpr int steps = 200;
    std::vector<double> frames;
    auto *bar = tree.verticalScrollBar();
    for (int step = 1; step <= steps; ++step) {
        QElapsedTimer clock;
        clock.start();
        bar->setValue(int(qint64(bar->maximum()) * step / steps));
        tree.viewport()->repaint();
        frames.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    std::sort(frames.begin(), frames.end());
    return frames;
}

//! A profile of a provider that does not answer, and so many accounts of it.
void prepare(ClientSession &session, const QString &issuer, int count)
{
    Profile profile;
    profile.id = u"bench"_s;
    profile.issuer = issuer;
    profile.clientId = u"bench"_s;
    (void)session.profileStore().put(profile);
    session.reloadProfiles();
    auto &cache = session.services().cache();
    cache.open(&session, [&cache, &session, count](const Result<void> &) {
        cache.update([count](TokenCache &content) { fill(content, count); }, &session, [](const Result<void> &) {});
    });
}

//! Tells memory, and how long a picture takes while scrolling, once \p count accounts are shown.
int showAccounts(QApplication &application, int count)
{
    constexpr std::chrono::seconds calm{1};
    return showDesktop(application, [count](ClientSession &session, Workbench &workbench) {
        prepare(session, u"https://login.example.org"_s, count);
        QObject::connect(&session, &Session::accountsChanged, &workbench, [&session, &workbench, count] {
            if (session.accounts().size() != count)
                return;
            QTimer::singleShot(calm, &workbench, [&workbench] {
                const auto memory = memoryOfThis();
                auto *tree = workbench.window().page(u"accounts"_s)->findChild<QTreeView *>();
                const auto frames = scroll(*tree);
                tellAndEnd(u"%1 %2 %3 %4"_s.arg(memory.resident)
                               .arg(memory.proportional)
                               .arg(frames.at(frames.size() / 2))
                               .arg(frames.back()));
            });
        });
        workbench.window().show();
    });
}

//! Tells memory once the first picture is there, and after each visit.
int walk(QApplication &application)
{
    constexpr int accounts = 3;
    return showDesktop(application, [](ClientSession &session, Workbench &workbench) {
        prepare(session, u"https://127.0.0.1:9"_s, accounts); // the discard service: nobody listens
        QObject::connect(&workbench.window(), &MainWindow::appeared, &workbench, [&workbench] {
            QStringList figures{u"first-paint %1"_s.arg(memoryOfThis().resident)};
            for (const auto &visit : everyVisit(workbench)) {
                visit.look();
                figures.append(visit.name + u" %1"_s.arg(memoryOfThis().resident));
            }
            tellAndEnd(figures.join(u'\n'));
        });
        workbench.window().show();
    });
}

struct Start
{
    double milliseconds = 0;
    double kibibytes = 0;
};

std::optional<Start> timedStart(const QString &kind)
{
    QProcess process;
    QElapsedTimer clock;
    clock.start();
    process.start(QCoreApplication::applicationFilePath(), {kind});
    if (!process.waitForFinished(startPatience) || process.exitCode() != 0)
        return std::nullopt;
    return Start{double(clock.nsecsElapsed()) / 1e6, process.readAllStandardOutput().trimmed().toDouble()};
}

void measureAccounts(int count)
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {u"--accounts"_s, QString::number(count)});
    if (!process.waitForFinished(startPatience) || process.exitCode() != 0) {
        std::fputs("countersign-bench-desktop: the accounts did not appear\n", stderr);
        return;
    }
    const auto figures = process.readAllStandardOutput().trimmed().split(' ');
    const auto tell = [&figures, count](const char *bench, const char *unit, int place, double divisor) {
        print({.bench = bench, .unit = unit, .count = count}, {figures.value(place).toDouble() / divisor});
    };
    tell("memory-resident", "MiB", 0, 1024);
    tell("memory-proportional", "MiB", 1, 1024);
    tell("scroll-frame-median", "ms", 2, 1);
    tell("scroll-frame-longest", "ms", 3, 1);
}

//! Where memory goes when somebody goes everywhere; what each visit leaves stays.
int measureWalk()
{
    std::map<QByteArray, std::vector<double>> samples;
    QByteArrayList order;
    for (int round = 0; round < walks; ++round) {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {u"--walk"_s});
        if (!process.waitForFinished(startPatience) || process.exitCode() != 0) {
            std::fputs("countersign-bench-desktop: the places could not be gone through\n", stderr);
            return 1;
        }
        const auto lines = process.readAllStandardOutput().trimmed().split('\n');
        for (const auto &line : lines) {
            const auto name = line.split(' ').constFirst();
            if (round == 0)
                order.append(name);
            samples[name].push_back(line.split(' ').constLast().toDouble() / 1024);
        }
    }
    for (const auto &name : std::as_const(order))
        print({.bench = "memory-after-" + name, .unit = "MiB"}, std::move(samples[name]));
    return 0;
}

int measure()
{
    std::vector<double> bare;
    std::vector<double> desktop;
    std::vector<double> ratios;
    std::vector<double> memory;
    for (int round = 0; round <= rounds; ++round) {
        const auto first = timedStart(u"--bare"_s);
        const auto second = timedStart(u"--desktop"_s);
        if (round == 0)
            continue; // files come from the disk, and the desktop may have begun just now
        if (!first || !second) {
            std::fputs("countersign-bench-desktop: a window did not appear\n", stderr);
            return 1;
        }
        bare.push_back(first->milliseconds);
        desktop.push_back(second->milliseconds);
        ratios.push_back(second->milliseconds / first->milliseconds);
        memory.push_back(second->kibibytes / 1024);
    }
    print({.bench = "first-paint", .unit = "ms", .count = treeRows, .implementation = "bare-window"}, std::move(bare));
    print({.bench = "first-paint", .unit = "ms"}, std::move(desktop));
    print({.bench = "first-paint-over-bare", .unit = "ratio"}, std::move(ratios));
    print({.bench = "first-paint-memory", .unit = "MiB"}, std::move(memory));
    for (const int accounts : {1000, 10000})
        measureAccounts(accounts);
    return measureWalk();
}

} // namespace

int main(int argc, char **argv)
{
    shareHeap();
    if (argc > 1 && qstrcmp(argv[1], "--bare") == 0) {
        const QApplication application(argc, argv);
        return showBare();
    }
    if (argc > 1 && qstrcmp(argv[1], "--desktop") == 0) {
        QApplication application(argc, argv);
        return showEmpty(application);
    }
    if (argc > 2 && qstrcmp(argv[1], "--accounts") == 0) {
        QApplication application(argc, argv);
        return showAccounts(application, QByteArray(argv[2]).toInt());
    }
    if (argc > 1 && qstrcmp(argv[1], "--walk") == 0) {
        QApplication application(argc, argv);
        return walk(application);
    }
    const QCoreApplication application(argc, argv);
    return argc > 1 && qstrcmp(argv[1], "memory") == 0 ? measureWalk() : measure();
}
