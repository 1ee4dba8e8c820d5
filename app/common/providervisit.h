// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/clientcheck.h>
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

//! Looks at a provider without signing in: its configuration, its keys, whether they fit the profile, and whether it
//! knows the profile's client. Nothing is cached: who asks wants to see what is there now.
//!
//! It starts on the next turn of the event loop, concludes exactly once, and may be deleted at any time.
class ProviderVisit final : public QObject
{
    Q_OBJECT
public:
    enum class Depth : quint8 {
        Published, //!< what everybody may read
        Client, //!< also asks as the profile's client: see ClientCheck
    };

    //! Everything of \p seams outlives it.
    ProviderVisit(ClientCheck::Seams seams, Profile profile, Depth depth, QObject *parent = nullptr);

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
    void checkClient();
    void takeKeys(const Result<HttpResponse> &response);
    void report(const QString &id, Jose::CheckOutcome outcome, const QString &detail = {});
    void fail(const QString &id, const Error &error);
    void conclude(const Result<Visited> &result);

    ClientCheck::Seams m_seams;
    const Profile m_profile;
    const Depth m_depth;
    std::optional<Authority> m_authority;
    Visited m_visited;
    std::unique_ptr<HttpExchange> m_exchange;
    ClientCheck *m_clientCheck = nullptr;
    bool m_isOver = false;
};

} // namespace Countersign::App
