// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/localprofiles.h>

#include <countersign/base/background.h>
#include <countersign/client/locallook.h>

#include <QtCore/QDir>
#include <QtCore/QProcessEnvironment>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

QList<LocalFinding> lookAround(const LocalPlaces &places, const std::atomic<bool> &stop)
{
    LocalLook look(places, stop);
    // The surest first: what somebody wrote down as configuration, then what a program left behind.
    for (const auto step :
         {&lookIntoEnvironment, &lookIntoWorkingFolder, &lookIntoKubeconfig, &lookIntoTokenCaches, &lookForOidcAgent}) {
        if (!look.isStopped())
            step(look);
    }
    return look.take();
}

} // namespace

LocalPlaces LocalPlaces::ofThisProcess()
{
    LocalPlaces places{.home = QDir::homePath(), .workingFolder = QDir::currentPath()};
    const auto environment = QProcessEnvironment::systemEnvironment();
    const auto names = environment.keys();
    for (const auto &name : names)
        places.environment.insert(name, environment.value(name));
    return places;
}

void LocalLook::add(LocalFinding finding)
{
    if (finding.profile) {
        const auto same = std::find_if(m_found.begin(), m_found.end(), [&finding](const LocalFinding &other) {
            return other.profile && isSameRegistration(other.profile->profile, finding.profile->profile);
        });
        if (same != m_found.end()) {
            same->users += finding.users;
            same->users.removeDuplicates();
            return;
        }
    }
    if (m_found.size() < maximumLocalFindings)
        m_found.append(std::move(finding));
}

void lookIntoEnvironment(LocalLook &look)
{
    const auto found = importEnvironment(look.places().environment);
    for (const auto &profile : found)
        look.add({.kind = LocalFinding::Kind::Variables, .profile = profile});
}

LocalSearch::LocalSearch(LocalPlaces places, std::chrono::milliseconds patience, QObject *parent)
    : LocalOperation(parent), m_places(std::move(places)), m_patience(patience),
      m_stop(std::make_shared<std::atomic<bool>>(false))
{
}

void LocalSearch::start()
{
    setDeadline(m_patience, u"Looking around on this computer"_s);
    inBackground<QList<LocalFinding>>(
        this, [places = std::move(m_places), stop = m_stop] { return lookAround(places, *stop); },
        [this](QList<LocalFinding> found) { succeed(std::move(found)); });
}

void LocalSearch::release()
{
    m_stop->store(true);
}

} // namespace Countersign
