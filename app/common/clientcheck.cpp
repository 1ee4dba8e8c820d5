// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/clientcheck.h>

#include <common/clientsecrets.h>

#include <countersign/protocol/deviceauthorization.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/grants.h>
#include <countersign/protocol/scopes.h>
#include <countersign/useragent/redirectmatch.h>

#include <QtCore/QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

using Jose::CheckOutcome;

const auto clientId = u"client"_s;
const auto deviceId = u"device_endpoint"_s;

//! For a loopback redirect that leaves its port open (RFC 8252 §7.3): nobody has to listen there, nothing follows it.
constexpr quint16 anyPort = 49152;

//! Refusals of the client itself. All others say that it is known (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6).
bool isOfClient(const QString &error)
{
    return error == "unauthorized_client"_L1 || error == "invalid_client"_L1;
}

//! What `prompt=none` ends with where nobody is signed in, or the person would have to do something.
bool isOfPerson(const QString &error)
{
    return error == "login_required"_L1 || error == "interaction_required"_L1 || error == "consent_required"_L1
        || error == "account_selection_required"_L1 || error == "access_denied"_L1;
}

Finding findingOf(CheckOutcome outcome, const QString &detail)
{
    return {.id = clientId, .outcome = outcome, .detail = detail};
}

//! What came to the redirect address, as its query or, by some providers, its fragment.
Finding redirectedFinding(const QUrl &target)
{
    const QUrlQuery query(target.hasQuery() ? target.query() : target.fragment());
    const auto error = query.queryItemValue(u"error"_s);
    if (isOfClient(error))
        return findingOf(CheckOutcome::Failed, error);
    if (isOfPerson(error))
        return findingOf(CheckOutcome::Passed, error);
    // Of the request, the scopes for example, or of the provider's day.
    if (!error.isEmpty())
        return findingOf(CheckOutcome::Warning, error);
    if (query.hasQueryItem(u"code"_s))
        return findingOf(CheckOutcome::Passed, u"code"_s);
    return findingOf(CheckOutcome::NotPossible, target.host());
}

//! What a page says in passing: Microsoft's numbers, or the names of errors.
QString codeInPage(const QByteArray &page)
{
    const auto text = QString::fromUtf8(page);
    if (const auto numbers = Protocol::aadstsNumbers(text); !numbers.isEmpty())
        return u"AADSTS"_s + QString::number(numbers.constFirst());
    for (const auto *word :
         {"redirect_uri_mismatch", "invalid_redirect_uri", "unauthorized_client", "invalid_client"}) {
        if (text.contains(QLatin1StringView(word)))
            return QString::fromLatin1(word);
    }
    return {};
}

//! Numbers that speak of the client or its redirect address: unknown application, wrong tenant, redirect address.
bool isOfClientNumber(const QString &code)
{
    static const QStringList numbers{u"AADSTS700016"_s, u"AADSTS50011"_s,   u"AADSTS500113"_s, u"AADSTS900144"_s,
                                     u"AADSTS90002"_s,  u"AADSTS7000112"_s, u"AADSTS700038"_s};
    return numbers.contains(code);
}

Finding pageFinding(const HttpResponse &answer)
{
    const auto status = u"HTTP %1"_s.arg(answer.status);
    const auto code = codeInPage(answer.body);
    const bool isNamed = isOfClientNumber(code) || (!code.isEmpty() && !code.startsWith("AADSTS"_L1));
    // 401, 403 and 429 may be about us instead: somebody in between, or too many questions.
    const bool isRefusal = answer.status == 400 || answer.status == 404;
    if (isRefusal || (isNamed && answer.status < 500))
        return findingOf(CheckOutcome::Failed, code.isEmpty() ? status : code);
    return findingOf(CheckOutcome::NotPossible, code.isEmpty() ? status : code);
}

Result<QUrl> redirectUriOf(const Profile &profile)
{
    if (profile.redirectUri.isEmpty())
        return QUrl(u"http://127.0.0.1:%1/"_s.arg(anyPort));
    const QUrl written(profile.redirectUri, QUrl::StrictMode);
    const auto preference = RedirectPreference::fromUri(written);
    if (!preference)
        return preference.error();
    if (preference->kind == RedirectPreference::Kind::Exact)
        return preference->uri;
    return QUrl(
        u"http://%1:%2%3"_s.arg(preference->host).arg(preference->ports.value(0, anyPort)).arg(preference->path));
}

} // namespace

Finding clientFinding(const Result<HttpResponse> &answer, const QUrl &redirectUri, const QUrl &asked)
{
    if (!answer)
        return {.id = clientId, .outcome = CheckOutcome::NotPossible, .error = answer.error()};
    if (answer->status < 300 || answer->status >= 400)
        return pageFinding(*answer);
    const auto target = asked.resolved(QUrl::fromEncoded(answer->headers.value("Location")));
    if (isRedirect(target, redirectUri))
        return redirectedFinding(target);
    // To a page of its own. Google names the reason in its address.
    const QUrlQuery query(target);
    if (query.hasQueryItem(u"authError"_s) || isOfClient(query.queryItemValue(u"error"_s)))
        return findingOf(CheckOutcome::Failed, target.host());
    return findingOf(CheckOutcome::NotPossible, target.host());
}

ClientCheck::ClientCheck(Seams seams, Profile profile, Protocol::ProviderMetadata metadata, QObject *parent)
    : QObject(parent), m_seams(seams), m_profile(std::move(profile)), m_metadata(std::move(metadata)),
      m_authentication(Protocol::ClientAuthentication())
{
    later(&ClientCheck::readSecret);
}

//! A store that cannot be read gives none: that matters only where the profile says that there is one.
void ClientCheck::readSecret()
{
    const auto use = [this](const std::shared_ptr<const Secret> &secret) {
        m_authentication = Protocol::chooseAuthentication(m_profile.clientSecretUse, secret, m_metadata);
        askForAnswer();
    };
    if (!m_seams.cache || m_profile.clientSecretUse == Protocol::ClientSecretUse::None)
        return use({});
    readClientSecret(*m_seams.cache, m_profile, this, [this, use](const auto &secret) {
        if (!m_isOver)
            use(secret ? *secret : nullptr);
    });
}

void ClientCheck::cancel()
{
    m_isOver = true;
    m_exchange.reset();
}

//! The exchange that called us is still on the stack: the next one may take its place only when it has returned.
void ClientCheck::later(void (ClientCheck::*step)())
{
    QMetaObject::invokeMethod(
        this,
        [this, step] {
            if (!m_isOver)
                (this->*step)();
        },
        Qt::QueuedConnection);
}

void ClientCheck::conclude()
{
    if (std::exchange(m_isOver, true))
        return;
    Q_EMIT finished();
}

void ClientCheck::askForAnswer()
{
    const auto cannot = [this](CheckOutcome outcome, const std::optional<Error> &error) {
        Q_EMIT found({.id = clientId, .outcome = outcome, .error = error});
        later(&ClientCheck::askForDeviceCode);
    };
    if (m_metadata.authorizationEndpoint.isEmpty())
        return cannot(CheckOutcome::NotApplicable, {});
    if (!m_authentication)
        return cannot(CheckOutcome::Failed, m_authentication.error());
    // Refused in this form, whoever asks.
    if (m_metadata.requiresSignedRequests)
        return cannot(
            CheckOutcome::NotPossible,
            Error{ErrorCode::NotSupported, u"The provider takes signed requests alone, of which this is none."_s});
    const bool isPushed = m_metadata.requiresPushedRequests || m_profile.requiresPushedRequests;
    if (isPushed && m_metadata.pushedAuthorizationRequestEndpoint.isEmpty())
        return cannot(CheckOutcome::Failed,
                      Error{ErrorCode::NotSupported, ErrorCause::EndpointMissing,
                            u"Requests have to be pushed to this provider, but it names no endpoint for them."_s});
    const auto authority = m_profile.authority();
    const auto redirectUri = redirectUriOf(m_profile);
    if (!authority || !redirectUri)
        return cannot(CheckOutcome::Failed, authority ? redirectUri.error() : authority.error());
    const auto scopes = Protocol::decorateScopes(*authority, m_profile.scopes);
    if (!scopes)
        return cannot(CheckOutcome::Failed, scopes.error());
    Protocol::AuthorizationRequest request;
    request.clientId = {m_profile.clientId};
    request.redirectUri = *redirectUri;
    request.scopes = *scopes;
    request.prompts = QStringList{u"none"_s};
    request.resources = m_profile.resources;
    auto begun = Protocol::startAuthorization(*authority, m_metadata, request, m_seams.random, m_seams.clock.now());
    if (!begun)
        return cannot(CheckOutcome::NotPossible, begun.error());
    Q_EMIT started(clientId);
    const auto asking = std::make_shared<const Asking>(
        Asking{*redirectUri, std::make_shared<const Protocol::StartedAuthorization>(*std::move(begun)), {}});
    if (isPushed)
        push(asking);
    else
        ask(asking, Protocol::authorizationUrl(m_metadata, *asking->begun));
}

void ClientCheck::ask(const std::shared_ptr<const Asking> &asking, const QUrl &page)
{
    m_exchange = m_seams.http.send(HttpRequest::get(HttpPurpose::Authorization, page),
                                   [this, asking, page](const Result<HttpResponse> &answer) {
                                       if (!m_isOver)
                                           settle(*asking, clientFinding(answer, asking->redirectUri, page));
                                   });
}

//! Spec: RFC 9126 §2.
void ClientCheck::push(const std::shared_ptr<const Asking> &asking)
{
    auto pushing = Protocol::encodePushed(*asking->begun, {m_profile.clientId}, *m_authentication);
    auto request = HttpRequest::postForm(HttpPurpose::PushedAuthorization,
                                         m_metadata.pushedAuthorizationRequestEndpoint, std::move(pushing.form));
    for (const auto &[name, value] : pushing.headers)
        request.headers.set(name, value);
    m_exchange = m_seams.http.send(std::move(request), [this, asking](const Result<HttpResponse> &answer) {
        if (!m_isOver)
            takePushed(asking, answer);
    });
}

void ClientCheck::takePushed(const std::shared_ptr<const Asking> &asking, const Result<HttpResponse> &answer)
{
    if (!answer)
        return settle(*asking, {.id = clientId, .outcome = CheckOutcome::NotPossible, .error = answer.error()});
    const auto pushed = Protocol::parsePushedAuthorization(
        {.status = answer->status, .headers = answer->headers.fields(), .body = answer->body}, m_seams.clock.now());
    if (!pushed) {
        const auto &refused = pushed.error();
        const bool isOfScopes = refused.oauth().error == "invalid_scope"_L1;
        const auto outcome =
            isOfScopes || refused.code() == ErrorCode::ServerUnavailable ? CheckOutcome::Warning : CheckOutcome::Failed;
        return settle(*asking, {.id = clientId, .outcome = outcome, .error = refusalOf(refused)});
    }
    const auto page = Protocol::authorizationUrl(m_metadata, {m_profile.clientId}, *pushed);
    // The exchange that called us is still on the stack.
    QMetaObject::invokeMethod(
        this,
        [this, asking, page] {
            if (!m_isOver)
                ask(asking, page);
        },
        Qt::QueuedConnection);
}

void ClientCheck::settle(const Asking &asking, Finding finding)
{
    if (!asking.inTheOpen && mayWantPushing(finding)) {
        auto second = std::make_shared<Asking>(asking);
        second->inTheOpen = finding;
        QMetaObject::invokeMethod(
            this,
            [this, second] {
                if (!m_isOver)
                    push(second);
            },
            Qt::QueuedConnection);
        return;
    }
    // A pushed one that was the second try says why the first one failed, or the first one stands.
    const bool isKnown = finding.outcome == CheckOutcome::Passed || finding.outcome == CheckOutcome::Warning;
    if (asking.inTheOpen)
        finding = isKnown ? findingOf(CheckOutcome::Failed, pushedRequestsWanted) : *asking.inTheOpen;
    Q_EMIT found(finding);
    later(&ClientCheck::askForDeviceCode);
}

//! Whether \p finding may be the answer of a provider that wanted the request pushed (RFC 9126 §5 names no error for
//! that): a page that refuses, or words about the request.
bool ClientCheck::mayWantPushing(const Finding &finding) const
{
    const bool isPossible = !m_metadata.pushedAuthorizationRequestEndpoint.isEmpty()
        && !m_metadata.requiresPushedRequests && !m_profile.requiresPushedRequests;
    return isPossible
        && (finding.outcome == CheckOutcome::Failed
            || (finding.outcome == CheckOutcome::Warning && finding.detail == "invalid_request"_L1));
}

//! That the client has no secret is said where it sent none.
Error ClientCheck::refusalOf(const Error &error) const
{
    const bool hasProof =
        m_authentication && m_authentication->method() != Protocol::ClientAuthentication::Method::None;
    return hasProof ? error : Protocol::withMissingSecret(error);
}

void ClientCheck::askForDeviceCode()
{
    const auto &endpoint = m_metadata.deviceAuthorizationEndpoint;
    const bool isWanted = m_profile.way == Profile::Way::Device;
    if (endpoint.isEmpty()) {
        Q_EMIT found({.id = deviceId, .outcome = isWanted ? CheckOutcome::Failed : CheckOutcome::NotApplicable});
        return conclude();
    }
    const auto authority = m_profile.authority();
    const auto scopes = authority ? Protocol::decorateScopes(*authority, m_profile.scopes) : authority.error();
    if (!scopes) {
        Q_EMIT found({.id = deviceId, .outcome = CheckOutcome::NotPossible, .error = scopes.error()});
        return conclude();
    }
    Q_EMIT started(deviceId);
    auto form = Protocol::encode(Protocol::DeviceAuthorizationRequest{
        .clientId = {m_profile.clientId},
        .authentication = m_authentication ? *m_authentication : Protocol::ClientAuthentication(),
        .scopes = *scopes,
        .resources = m_profile.resources});
    auto request = HttpRequest::postForm(HttpPurpose::DeviceAuthorization, endpoint, std::move(form.form));
    for (const auto &[name, value] : form.headers)
        request.headers.set(name, value);
    m_exchange =
        m_seams.http.send(std::move(request), [this](const Result<HttpResponse> &answer) { takeDeviceCode(answer); });
}

//! The code is thrown away: nobody types it, and it ends by itself (RFC 8628 §3.5).
Finding ClientCheck::deviceFinding(const Result<HttpResponse> &answer) const
{
    Finding finding{.id = deviceId, .detail = m_metadata.deviceAuthorizationEndpoint.toString(QUrl::RemoveQuery)};
    if (!answer) {
        finding.outcome = CheckOutcome::NotPossible;
        finding.error = answer.error();
    } else if (!answer->isSuccess()) {
        const auto error = Protocol::parseErrorAnswer(
            {.status = answer->status, .headers = answer->headers.fields(), .body = answer->body}, m_seams.clock.now());
        const bool isWanted = m_profile.way == Profile::Way::Device;
        // Whoever signs in by the browser does not miss it; a client that is not known there misses everything.
        const bool isUnknown = error.oauth().error == "invalid_client"_L1;
        finding.outcome = (isWanted || isUnknown) ? CheckOutcome::Failed : CheckOutcome::Warning;
        finding.error = refusalOf(error);
    }
    return finding;
}

void ClientCheck::takeDeviceCode(const Result<HttpResponse> &answer)
{
    if (m_isOver)
        return;
    Q_EMIT found(deviceFinding(answer));
    conclude();
}

} // namespace Countersign::App
