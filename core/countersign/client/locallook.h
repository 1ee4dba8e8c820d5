// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: one look around this computer, on the thread that may wait for the disk.
#pragma once

#include <countersign/client/localprofiles.h>

namespace Countersign {

//! What is found, and what it may cost.
class LocalLook
{
public:
    //! \p places and \p stop outlive it.
    LocalLook(const LocalPlaces &places, const std::atomic<bool> &stop) : m_places(places), m_stop(stop) { }

    const LocalPlaces &places() const { return m_places; }
    bool isStopped() const { return m_stop.load(); }
    //! Keeps it, unless the same registration is there already: then only its people are added.
    void add(LocalFinding finding);
    QList<LocalFinding> take() { return std::move(m_found); }

private:
    const LocalPlaces &m_places;
    const std::atomic<bool> &m_stop;
    QList<LocalFinding> m_found;
};

//! Much more than anybody has; beyond it somebody plays a trick.
inline constexpr qsizetype maximumLocalFindings = 100;

void lookIntoEnvironment(LocalLook &look);
void lookIntoWorkingFolder(LocalLook &look);
void lookIntoTokenCaches(LocalLook &look);
void lookIntoKubeconfig(LocalLook &look);
void lookForOidcAgent(LocalLook &look);

} // namespace Countersign
