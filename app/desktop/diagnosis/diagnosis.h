// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/examination.h>
#include <common/providervisit.h>

#include <doctor/doctorsource.h>
#include <profiles/providerprobe.h>

namespace Countersign::Desktop {

//! Visits providers for the windows.
class LiveProbe final : public ProviderProbe
{
public:
    //! \p services outlives it.
    explicit LiveProbe(App::ServiceSet &services) : m_services(services) { }
    [[nodiscard]] ProbeRun *probe(const Profile &profile) override;
    [[nodiscard]] ProbeRun *test(const Profile &profile) override;

private:
    ProbeRun *visit(const Profile &profile, App::ProviderVisit::Depth depth);

    App::ServiceSet &m_services;
};

//! Examines this computer for the windows.
class LiveDoctor final : public DoctorSource
{
public:
    //! \p services outlives it.
    LiveDoctor(App::ServiceSet &services, App::Examination::Options options)
        : m_services(services), m_options(std::move(options))
    {
    }
    [[nodiscard]] DoctorRun *examine(bool asksProviders) override;

private:
    App::ServiceSet &m_services;
    App::Examination::Options m_options;
};

} // namespace Countersign::Desktop
