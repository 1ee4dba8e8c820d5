// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// --sandbox: what the window shows of the program beside it.
#include "clientsession.h"
#include "sandboxprofile.h"

#include <window/mainwindow.h>
#include <window/workbench.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QPushButton>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

namespace {

QPushButton *tryAgain(const MainWindow &window)
{
    for (auto *button : window.findChildren<QPushButton *>()) {
        if (button->accessibleName() == "Try again"_L1 && button->isVisibleTo(&window))
            return button;
    }
    return nullptr;
}

//! A window over a sandbox that is a script.
struct Shown
{
    Shown()
    {
        SessionSettings settings;
        settings.services.store = u"memory"_s;
        settings.services.proxy = u"none"_s;
        settings.profilePath = folder.filePath(u"profiles.json"_s);
        auto made = ClientSession::create(std::move(settings));
        if (!made)
            qFatal("%s", qPrintable(made.error().message()));
        session = *std::move(made);
        workbench = std::make_unique<Workbench>(*session);
        workbench->window().show();
    }
    QString program() const { return folder.filePath(u"sandbox"_s); }
    void write(const QByteArray &script) const
    {
        QFile file(program());
        if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + script) < 0)
            qFatal("no script");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    QTemporaryDir folder;
    std::unique_ptr<ClientSession> session;
    std::unique_ptr<Workbench> workbench;
};

constexpr auto readyScript =
    "echo '{\"issuer\":\"http://127.0.0.1:8765\",\"clients\":[{\"client_id\":\"sandbox-native\"}]}'\ncat >/dev/null\n";

} // namespace

class TestSandboxProfile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itsProfileIsThereWhileItRuns();
    void oneThatCannotStartIsTriedAgainFromTheWindow();
};

void TestSandboxProfile::itsProfileIsThereWhileItRuns()
{
    const Shown shown;
    shown.write(readyScript);
    {
        const SandboxProfile sandbox(*shown.session, *shown.workbench, shown.program());
        QTRY_COMPARE(shown.session->profiles().size(), 1);
        QCOMPARE(shown.session->profiles().constFirst().id, u"sandbox"_s);
        QVERIFY(!tryAgain(shown.workbench->window()));
    }
    QVERIFY(shown.session->profileStore().load());
    QVERIFY(shown.session->profileStore().profiles().isEmpty());
}

void TestSandboxProfile::oneThatCannotStartIsTriedAgainFromTheWindow()
{
    const Shown shown;
    shown.write("exit 1\n");
    const SandboxProfile sandbox(*shown.session, *shown.workbench, shown.program());
    QTRY_VERIFY(tryAgain(shown.workbench->window()));
    QVERIFY(shown.session->profiles().isEmpty());
    // It fails once more, which is said once more.
    tryAgain(shown.workbench->window())->click();
    QVERIFY(!tryAgain(shown.workbench->window()));
    QTRY_VERIFY(tryAgain(shown.workbench->window()));
    // Whatever kept it from starting is mended.
    shown.write(readyScript);
    tryAgain(shown.workbench->window())->click();
    QTRY_COMPARE(shown.session->profiles().size(), 1);
    QVERIFY(!tryAgain(shown.workbench->window()));
}

QTEST_MAIN(TestSandboxProfile)
#include "tst_sandboxprofile.moc"
