// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "diagnosis.h"

namespace Countersign::Desktop {

namespace {

Step stepOf(const App::Finding &finding)
{
    return {finding.id, finding.subject, finding.outcome, finding.detail, finding.error};
}

class LiveProbeRun final : public ProbeRun
{
public:
    LiveProbeRun(App::ClientCheck::Seams seams, const Profile &profile, App::ProviderVisit::Depth depth)
        : m_visit(new App::ProviderVisit(seams, profile, depth, this))
    {
        connect(m_visit, &App::ProviderVisit::started, this, &ProbeRun::stepStarted);
        connect(m_visit, &App::ProviderVisit::found, this,
                [this](const App::Finding &finding) { Q_EMIT stepFinished(stepOf(finding)); });
        connect(m_visit, &App::ProviderVisit::finished, this, &LiveProbeRun::conclude);
    }
    //! Without a network there is nothing to visit.
    explicit LiveProbeRun(const Error &error)
    {
        QMetaObject::invokeMethod(
            this, [this, error] { conclude(error); }, Qt::QueuedConnection);
    }
    void cancel() override
    {
        if (m_visit)
            m_visit->cancel();
        else
            conclude(Error{ErrorCode::Cancelled, QStringLiteral("The visit was cancelled.")});
    }

private:
    void conclude(const Result<App::Visited> &result)
    {
        if (m_isOver)
            return;
        m_isOver = true;
        if (result)
            Q_EMIT finished(ProviderFacts{.issuer = result->metadata.issuer,
                                          .keys = result->keys.toJson(),
                                          .scopes = result->metadata.scopesSupported});
        else
            Q_EMIT finished(result.error());
        deleteLater();
    }

    App::ProviderVisit *m_visit = nullptr;
    bool m_isOver = false;
};

class LiveDoctorRun final : public DoctorRun
{
public:
    LiveDoctorRun(App::ServiceSet &services, App::Examination::Options options)
        : m_examination(new App::Examination(services, std::move(options), this))
    {
        connect(m_examination, &App::Examination::started, this, &DoctorRun::stepStarted);
        connect(m_examination, &App::Examination::found, this,
                [this](const App::Finding &finding) { Q_EMIT stepFinished(stepOf(finding)); });
        connect(m_examination, &App::Examination::finished, this, [this] {
            Q_EMIT finished();
            deleteLater();
        });
    }
    void cancel() override { m_examination->cancel(); }

private:
    App::Examination *m_examination;
};

} // namespace

ProbeRun *LiveProbe::probe(const Profile &profile)
{
    return visit(profile, App::ProviderVisit::Depth::Published);
}

ProbeRun *LiveProbe::test(const Profile &profile)
{
    return visit(profile, App::ProviderVisit::Depth::Client);
}

ProbeRun *LiveProbe::visit(const Profile &profile, App::ProviderVisit::Depth depth)
{
    const auto http = m_services.transportFor(profile);
    if (!http)
        return new LiveProbeRun(http.error());
    return new LiveProbeRun({**http, m_services.clock(), m_services.random(), &m_services.cache()}, profile, depth);
}

DoctorRun *LiveDoctor::examine(bool asksProviders)
{
    auto options = m_options;
    options.asksProviders = asksProviders;
    return new LiveDoctorRun(m_services, std::move(options));
}

} // namespace Countersign::Desktop
