// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/finding.h>

#include <countersign/base/clock.h>
#include <countersign/client/profile.h>
#include <countersign/http/httptransport.h>
#include <countersign/jose/jwkset.h>
#include <countersign/protocol/providermetadata.h>

#include <QtCore/QObject>

namespace Countersign::App {

//! What a provider published when it was visited.
struct Visited
{
    Protocol::ProviderMetadata metadata;
    Jose::JwkSet keys;
};

//! Looks at a provider without signing in: its configuration, its keys, and whether they fit the profile. Nothing is
//! cached: who asks wants to see what is there now.
//!
//! It starts on the next turn of the event loop, concludes exactly once, and may be deleted at any time.
class ProviderVisit final : public QObject
{
    Q_OBJECT
public:
    //! \p http and \p clock outlive it.
    ProviderVisit(HttpTransport &http, const Clock &clock, Profile profile, QObject *parent = nullptr);

    //! Concludes at once with ErrorCode::Cancelled.
    void cancel();

Q_SIGNALS:
    void started(const QString &id);
    void found(const Countersign::App::Finding &finding);
    void finished(const Countersign::Result<Countersign::App::Visited> &result);

private:
    void askForMetadata();
    void takeMetadata(const Result<HttpResponse> &response);
    void reportMetadata();
    void reportClock(const QDateTime &theirs);
    void askForKeys();
    void takeKeys(const Result<HttpResponse> &response);
    void report(const QString &id, Jose::CheckOutcome outcome, const QString &detail = {});
    void fail(const QString &id, const Error &error);
    void conclude(const Result<Visited> &result);

    HttpTransport &m_http;
    const Clock &m_clock;
    const Profile m_profile;
    std::optional<Authority> m_authority;
    Visited m_visited;
    std::unique_ptr<HttpExchange> m_exchange;
    bool m_isOver = false;
};

} // namespace Countersign::App
