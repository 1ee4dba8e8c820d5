// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/finding.h>

#include <countersign/base/clock.h>
#include <countersign/base/randomsource.h>
#include <countersign/client/profile.h>
#include <countersign/http/httptransport.h>
#include <countersign/protocol/authorization.h>
#include <countersign/protocol/clientauthentication.h>
#include <countersign/storage/persistenttokencache.h>

#include <QtCore/QObject>

namespace Countersign::App {

//! Finding::detail of a client whose provider takes its requests pushed alone, though its metadata do not say so.
inline const QString pushedRequestsWanted = QStringLiteral("pushed_requests_wanted");

//! What an answer to an authorization request with `prompt=none` says of the client ID and the redirect address of it.
//!
//! A provider sends answers to a redirect address only when it knows it and the client (RFC 6749 §3.1.2.4, §4.1.2.1):
//! whatever arrives there proves both, "login_required" above all. An error page proves nothing but that something is
//! wrong, where it can be told from a page to sign in on. The detail is a code or a host, never a part of a page.
//!
//! Spec: RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.1 and §3.1.2.6.
[[nodiscard]] Finding clientFinding(const Result<HttpResponse> &answer, const QUrl &redirectUri, const QUrl &asked);

//! Whether a provider knows the client ID and the redirect address of a profile, and gives this client device codes.
//! Nobody signs in: the first answer is all that is looked at, no redirect is followed, no cookie is kept.
//!
//! A client that is refused in the open is tried with a pushed request, where the provider takes them (RFC 9126): if
//! that is what it wanted, the finding fails with pushedRequestsWanted as its detail.
//!
//! It starts on the next turn of the event loop, concludes exactly once, and may be deleted at any time.
class ClientCheck final : public QObject
{
    Q_OBJECT
public:
    //! What a check stands on.
    struct Seams
    {
        HttpTransport &http;
        const Clock &clock;
        RandomSource &random;
        PersistentTokenCache *cache = nullptr; //!< where the client's secret is kept, if it has one
    };

    //! Everything of \p seams outlives it.
    ClientCheck(Seams seams, Profile profile, Protocol::ProviderMetadata metadata, QObject *parent = nullptr);

    //! Says nothing more, finished() neither.
    void cancel();

Q_SIGNALS:
    void started(const QString &id);
    //! "client", then "device_endpoint".
    void found(const Countersign::App::Finding &finding);
    void finished();

private:
    struct Asking
    {
        QUrl redirectUri;
        std::shared_ptr<const Protocol::StartedAuthorization> begun;
        std::optional<Finding> inTheOpen; //!< what the same request was answered when it was not pushed
    };
    void readSecret();
    void askForAnswer();
    void ask(const std::shared_ptr<const Asking> &asking, const QUrl &page);
    void push(const std::shared_ptr<const Asking> &asking);
    void takePushed(const std::shared_ptr<const Asking> &asking, const Result<HttpResponse> &answer);
    void settle(const Asking &asking, Finding finding);
    bool mayWantPushing(const Finding &finding) const;
    Error refusalOf(const Error &error) const;
    void askForDeviceCode();
    Finding deviceFinding(const Result<HttpResponse> &answer) const;
    void takeDeviceCode(const Result<HttpResponse> &answer);
    void later(void (ClientCheck::*step)());
    void conclude();

    Seams m_seams;
    const Profile m_profile;
    const Protocol::ProviderMetadata m_metadata;
    Result<Protocol::ClientAuthentication> m_authentication;
    std::unique_ptr<HttpExchange> m_exchange;
    bool m_isOver = false;
};

} // namespace Countersign::App
