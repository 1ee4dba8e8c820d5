// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clientsession.h"
#include "diagnosis.h"

#include "inspector/inspectorpage.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QEventLoop>
#include <QtWidgets/QPushButton>

#include <qt6keychain/keychain.h>

namespace CountersignTest {

//! What the desktop program puts together, over the session's keychain. Made twice it is two starts.
struct Desk
{
    explicit Desk(const QString &profilePath, const QString &webViewProgram = {})
    {
        using namespace Qt::StringLiterals;
        Countersign::Desktop::SessionSettings settings;
        settings.services.store = u"keychain"_s;
        settings.services.proxy = u"none"_s;
        settings.services.browserCommand =
            QDir(QCoreApplication::applicationDirPath()).filePath(u"countersign-test-browser"_s);
        settings.services.webViewProgram = webViewProgram;
        settings.profilePath = profilePath;
        auto made = Countersign::Desktop::ClientSession::create(std::move(settings));
        if (!made)
            qFatal("%s", qPrintable(made.error().message()));
        session = *std::move(made);
        probe = std::make_unique<Countersign::Desktop::LiveProbe>(session->services());
        workbench = std::make_unique<Countersign::Desktop::Workbench>(*session);
        workbench->inspector().setProviderProbe(probe.get());
        workbench->inspector().setProfiles(session->profileStore().profiles());
        workbench->window().show();
        session->openStore();
    }
    ~Desk() { workbench.reset(); }
    template <typename Dialog> Dialog *dialog() const { return workbench->window().findChild<Dialog *>(); }

    std::unique_ptr<Countersign::Desktop::ClientSession> session;
    std::unique_ptr<Countersign::Desktop::LiveProbe> probe;
    std::unique_ptr<Countersign::Desktop::Workbench> workbench;
};

inline QPushButton *button(const QWidget *parent, const QString &name)
{
    const auto buttons = parent->findChildren<QPushButton *>();
    for (auto *candidate : buttons) {
        if (candidate->accessibleName().startsWith(name) && candidate->isVisibleTo(parent))
            return candidate;
    }
    return nullptr;
}

//! Everything that the keychain holds of the program's store, by another program's way.
inline QByteArray keychainContent()
{
    QByteArray all;
    for (const auto &name : {QStringLiteral("default"), QStringLiteral("default.previous")}) {
        QKeychain::ReadPasswordJob job(QStringLiteral("countersign"));
        job.setAutoDelete(false);
        job.setKey(name);
        QEventLoop loop;
        QObject::connect(&job, &QKeychain::Job::finished, &loop, &QEventLoop::quit);
        job.start();
        loop.exec();
        all += job.binaryData();
    }
    return all;
}

} // namespace CountersignTest
