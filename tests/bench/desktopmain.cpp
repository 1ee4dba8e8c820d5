// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// countersign-bench-desktop: how long the desktop takes to its first picture, beside a bare window with a tree of a
// thousand rows, and what it holds in memory then. Each start is a process of its own; both kinds take turns.
#include "bench.h"

#include <clientsession.h>
#include <diagnosis.h>
#include <settingsplace.h>

#include <doctor/doctorpage.h>
#include <profiles/profilespage.h>
#include <settings/preferences.h>
#include <text/language.h>
#include <window/mainwindow.h>
#include <window/workbench.h>

#include <countersign/base/logging.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QTreeView>

#include <cstdio>

using namespace Countersign;
using namespace Countersign::Bench;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 15;
constexpr int startPatience = 30000; // milliseconds
constexpr int treeRows = 1000;

//! Resident memory of this process in KiB; 0 where that cannot be told.
qint64 residentMemory()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return QString::fromLatin1(status.readAll()).section(u"VmRSS:"_s, 1).section(u"kB"_s, 0, 0).trimmed().toLongLong();
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
            QTimer::singleShot(0, this, [] {
                std::printf("%lld\n", static_cast<long long>(residentMemory()));
                std::fflush(stdout);
                std::_Exit(0);
            });
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

//! What the program's main() puts together.
int showDesktop(QApplication &application)
{
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
    workbench.addPage(new ProfilesPage((*session)->profileStore(), &probe));
    workbench.addPage(new DoctorPage(doctor));
    followSettings(workbench, preferences, shared);
    const FirstPaint paint(workbench.window());
    workbench.window().show();
    return QApplication::exec();
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

int measure()
{
    std::vector<double> bare;
    std::vector<double> desktop;
    std::vector<double> ratios;
    std::vector<double> memory;
    for (int round = 0; round <= rounds; ++round) {
        const auto first = timedStart(u"--bare"_s);
        const auto second = timedStart(u"--desktop"_s);
        if (!first || !second) {
            std::fputs("countersign-bench-desktop: a window did not appear\n", stderr);
            return 1;
        }
        if (round == 0)
            continue; // files come from the disk
        bare.push_back(first->milliseconds);
        desktop.push_back(second->milliseconds);
        ratios.push_back(second->milliseconds / first->milliseconds);
        memory.push_back(second->kibibytes / 1024);
    }
    print({.bench = "first-paint", .unit = "ms", .count = treeRows, .implementation = "bare-window"}, std::move(bare));
    print({.bench = "first-paint", .unit = "ms"}, std::move(desktop));
    print({.bench = "first-paint-over-bare", .unit = "ratio"}, std::move(ratios));
    print({.bench = "first-paint-memory", .unit = "MiB"}, std::move(memory));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && qstrcmp(argv[1], "--bare") == 0) {
        const QApplication application(argc, argv);
        return showBare();
    }
    if (argc > 1 && qstrcmp(argv[1], "--desktop") == 0) {
        QApplication application(argc, argv);
        return showDesktop(application);
    }
    const QCoreApplication application(argc, argv);
    return measure();
}
