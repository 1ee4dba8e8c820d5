// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/providervisit.h>

#include <countersign/protocol/discovery.h>
#include <countersign/protocol/erroranswer.h>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

using Jose::CheckOutcome;

Protocol::HttpAnswer answerOf(const HttpResponse &response)
{
    return {.status = response.status, .headers = response.headers.fields(), .body = response.body};
}

} // namespace

ProviderVisit::ProviderVisit(ClientCheck::Seams seams, Profile profile, Depth depth, QObject *parent)
    : QObject(parent), m_seams(seams), m_profile(std::move(profile)), m_depth(depth)
{
    QMetaObject::invokeMethod(this, &ProviderVisit::askForMetadata, Qt::QueuedConnection);
}

void ProviderVisit::cancel()
{
    if (!m_isOver)
        conclude(Error{ErrorCode::Cancelled, u"The visit was cancelled."_s});
}

void ProviderVisit::report(const QString &id, CheckOutcome outcome, const QString &detail)
{
    Q_EMIT found({.id = id, .outcome = outcome, .detail = detail});
}

void ProviderVisit::fail(const QString &id, const Error &error)
{
    Q_EMIT found({.id = id, .outcome = CheckOutcome::Failed, .error = error});
    conclude(error);
}

void ProviderVisit::conclude(const Result<Visited> &result)
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_exchange.reset();
    if (m_clientCheck)
        m_clientCheck->cancel();
    Q_EMIT finished(result);
}

void ProviderVisit::askForMetadata()
{
    if (m_isOver)
        return;
    const auto authority = m_profile.authority();
    if (!authority)
        return fail(u"authority"_s, authority.error());
    m_authority = *authority;
    report(u"authority"_s, CheckOutcome::Passed, m_authority->issuer());
    Q_EMIT started(u"discovery"_s);
    // OAuth 2.0 without OpenID has its configuration elsewhere (RFC 8414 §3).
    const auto url =
        m_profile.isOpenId ? Protocol::discoveryUrl(*m_authority) : Protocol::authorizationServerUrl(*m_authority);
    m_exchange = m_seams.http.send(HttpRequest::get(HttpPurpose::Discovery, url),
                                   [this](const Result<HttpResponse> &response) { takeMetadata(response); });
}

void ProviderVisit::takeMetadata(const Result<HttpResponse> &response)
{
    if (m_isOver)
        return;
    if (!response)
        return fail(response.error().cause() == ErrorCause::TlsFailed ? u"tls"_s : u"discovery"_s, response.error());
    auto metadata = Protocol::parseMetadata(*m_authority, answerOf(*response), m_seams.clock.now());
    if (!metadata)
        return fail(u"discovery"_s, metadata.error());
    m_visited.metadata = *std::move(metadata);
    report(u"discovery"_s, CheckOutcome::Passed, m_visited.metadata.issuer);
    const auto host = m_authority->url();
    report(u"tls"_s, host.scheme() == "https"_L1 ? CheckOutcome::Passed : CheckOutcome::NotApplicable,
           host.scheme() == "https"_L1 ? host.host() : QString());
    reportClock(response->serverDate);
    reportMetadata();
    askForKeys();
}

void ProviderVisit::reportClock(const QDateTime &theirs)
{
    constexpr qint64 tolerance = 300; // what the validation of ID tokens forgives at most. Units: seconds.
    if (!theirs.isValid())
        return report(u"clock"_s, CheckOutcome::NotPossible);
    const auto offset = m_seams.clock.now().secsTo(theirs);
    report(u"clock"_s, qAbs(offset) > tolerance ? CheckOutcome::Failed : CheckOutcome::Passed, u"%1 s"_s.arg(-offset));
}

void ProviderVisit::reportMetadata()
{
    const auto &metadata = m_visited.metadata;
    // S256 is what a public client of ours always sends.
    report(u"pkce"_s, metadata.allowsS256() ? CheckOutcome::Passed : CheckOutcome::Failed,
           metadata.codeChallengeMethodsSupported.join(u", "_s));
    const auto endpoint = [this](const QString &id, const QUrl &url, bool isWanted) {
        const auto without = isWanted ? CheckOutcome::Warning : CheckOutcome::NotApplicable;
        report(id, url.isEmpty() ? without : CheckOutcome::Passed, url.toString(QUrl::RemoveQuery));
    };
    if (m_depth == Depth::Published)
        endpoint(u"device_endpoint"_s, metadata.deviceAuthorizationEndpoint, m_profile.way == Profile::Way::Device);
    endpoint(u"revocation_endpoint"_s, metadata.revocationEndpoint, false);
    endpoint(u"end_session_endpoint"_s, metadata.endSessionEndpoint, false);
    report(u"issuer_parameter"_s,
           metadata.isIssuerParameterSupported ? CheckOutcome::Passed : CheckOutcome::NotApplicable);
    if (metadata.scopesSupported.isEmpty() || m_profile.scopes.isEmpty())
        return;
    const auto strange = m_profile.scopes.without(ScopeSet(metadata.scopesSupported));
    // Providers need not list every scope (OIDC Discovery §3), so this is no failure.
    report(u"scopes"_s, strange.isEmpty() ? CheckOutcome::Passed : CheckOutcome::Warning, strange.toString());
}

void ProviderVisit::askForKeys()
{
    if (m_visited.metadata.jwksUri.isEmpty()) {
        report(u"keys"_s, m_profile.isOpenId ? CheckOutcome::Failed : CheckOutcome::NotApplicable);
        return checkClient();
    }
    Q_EMIT started(u"keys"_s);
    // The exchange that called us is still on the stack: it may go only when it has returned.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_isOver)
                return;
            m_exchange = m_seams.http.send(HttpRequest::get(HttpPurpose::Keys, m_visited.metadata.jwksUri),
                                           [this](const Result<HttpResponse> &response) { takeKeys(response); });
        },
        Qt::QueuedConnection);
}

void ProviderVisit::takeKeys(const Result<HttpResponse> &response)
{
    if (m_isOver)
        return;
    if (!response)
        return fail(u"keys"_s, response.error());
    if (!response->isSuccess())
        return fail(u"keys"_s, Protocol::parseErrorAnswer(answerOf(*response), m_seams.clock.now()));
    auto keys = Jose::JwkSet::parse(response->body);
    if (!keys)
        return fail(u"keys"_s, keys.error());
    m_visited.keys = *std::move(keys);
    // A private key among them, or none at all, is the provider's mistake.
    const auto outcome = m_visited.keys.hasPrivateKeys() ? CheckOutcome::Failed
        : m_visited.keys.isEmpty()                       ? CheckOutcome::Failed
        : m_visited.keys.skipped().isEmpty()             ? CheckOutcome::Passed
                                                         : CheckOutcome::Warning;
    report(u"keys"_s, outcome, QString::number(m_visited.keys.keys().size()));
    checkClient();
}

void ProviderVisit::checkClient()
{
    if (m_depth == Depth::Published)
        return conclude(std::move(m_visited));
    m_clientCheck = new ClientCheck(m_seams, m_profile, m_visited.metadata, this);
    connect(m_clientCheck, &ClientCheck::started, this, &ProviderVisit::started);
    connect(m_clientCheck, &ClientCheck::found, this, &ProviderVisit::found);
    connect(m_clientCheck, &ClientCheck::finished, this, [this] { conclude(std::move(m_visited)); });
}

} // namespace Countersign::App
