// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "doctor/doctorsource.h"
#include "profiles/clientsecretkeeper.h"
#include "profiles/providerprobe.h"
#include "settings/preferences.h"
#include "settings/sharedsettings.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QWidget>

#include <functional>
#include <memory>

namespace CountersignTest {

using namespace Countersign;
using namespace Countersign::Desktop;

//! Something of the windows, in one of its states.
struct Exhibit
{
    QString name;
    std::function<std::shared_ptr<QWidget>()> make;
};

//! A provider that answers one good and one bad thing, at once.
class StagedProbe final : public ProviderProbe
{
public:
    ProbeRun *probe(const Profile &profile) override;
};

//! A store in which every client's secret is kept.
class StagedKeeper final : public ClientSecretKeeper
{
public:
    void look(const Profile &profile, QObject *context, LookHandler handler) override;
    void keep(const Profile &profile, Secret secret, QObject *context, DoneHandler handler) override;
    void forget(const Profile &profile, QObject *context, DoneHandler handler) override;
};

//! A computer with one of each outcome.
class StagedDoctor final : public DoctorSource
{
public:
    DoctorRun *examine(bool asksProviders) override;
};

class StagedSettings final : public SharedSettings
{
public:
    QString value(const QString &) const override { return {}; }
    Result<void> set(const QString &, const QString &) override { return {}; }
    QString storeName() const override { return QStringLiteral("Keychain (countersign/default)"); }
    bool startsAtLogin() const override { return isStartedAtLogin; }
    Result<void> setStartsAtLogin(bool starts) override
    {
        isStartedAtLogin = starts;
        return {};
    }
    Content content() const override { return {.accounts = 3, .tokens = 11}; }
    bool hasEmbeddedSessions() const override { return true; }
    Result<void> forgetEmbeddedSessions() override { return {}; }
    void testStore(QObject *, DoneHandler handler) override { handler({}); }
    void moveStore(const QString &, Secret, QObject *, MoveHandler handler) override { handler(Moved{}); }
    void wipeStore(QObject *, DoneHandler handler) override { handler({}); }

    bool isStartedAtLogin = false;
};

//! Every window, page and dialog, in the states that a person sees.
class Gallery
{
public:
    Gallery();
    QList<Exhibit> exhibits();

private:
    std::unique_ptr<QWidget> inspector(int sample, int view);
    //! What needs a session.
    QList<Exhibit> rooms();

    QTemporaryDir m_folder;
    StagedProbe m_probe;
    StagedKeeper m_keeper;
    StagedDoctor m_doctor;
    StagedSettings m_shared;
    Preferences m_preferences;
    ProfileStore m_empty;
    ProfileStore m_full;
};

} // namespace CountersignTest
