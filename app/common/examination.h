// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/finding.h>
#include <common/machinepolicy.h>
#include <common/serviceset.h>

#include <QtCore/QPointer>

#include <functional>

namespace Countersign::App {

class ProviderVisit;

//! Looks at everything a sign-in needs on this computer, one thing after the other, without holding up the caller:
//! files, store, loopback, browser, embedded window, proxy, authorities; and at the providers when asked to.
//!
//! It starts on the next turn of the event loop, concludes exactly once, and may be deleted at any time.
class Examination final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        bool asksProviders = false; //!< uses the network
        QString profilePath = ProfileStore::defaultPath();
        //! Asks this one's provider instead of those of the saved profiles.
        std::optional<Profile> onlyProfile = {};
        QString caFile; //!< what the services trust besides the system's
        PolicyPlace policy = policyPlaceOfMachine();
    };

    //! \p services outlives it.
    Examination(ServiceSet &services, Options options, QObject *parent = nullptr);
    ~Examination() override;

    //! Concludes at once.
    void cancel();

Q_SIGNALS:
    //! \p id is being looked at now.
    void started(const QString &id, const QString &subject);
    void found(const Countersign::App::Finding &finding);
    void finished();

private:
    using Step = std::function<void()>;

    void next();
    void conclude();
    void report(Finding finding);
    //! \p look runs on another thread: systems answer these questions at their leisure.
    void askElsewhere(std::function<QList<Finding>()> look);

    void examineFiles();
    void examineStore();
    void examineLoopback(const QString &id, const QString &address);
    void examinePrograms();
    void examineView();
    void examineNetworkSettings();
    void examineName(const Profile &profile);
    void examineProvider(const Profile &profile);

    ServiceSet &m_services;
    const Options m_options;
    ProfileStore m_profiles;
    QList<Step> m_steps;
    std::unique_ptr<QObject> m_listener; //!< of the step that runs: with it, its answers die
    bool m_isOver = false;
};

} // namespace Countersign::App
