// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/deviceflow.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/protocol/idtokenrules.h>
#include <countersign/protocol/ownparameters.h>
#include <countersign/protocol/parameters.h>

#include <QtCore/QTimer>

using namespace Qt::StringLiterals;

namespace Countersign {

DeviceFlow::DeviceFlow(FlowContext &context, DeviceCodeParameters parameters, QObject *parent)
    : TokenFlow(context, context.authorityFor(parameters.authority), parameters.scopes, parent),
      m_parameters(std::move(parameters)), m_pause(new QTimer(this))
{
    m_claims = m_parameters.claimsChallenge;
    m_resources = m_parameters.resources;
    m_authorizationDetails = m_parameters.authorizationDetails;
    m_call.id = Protocol::ApiId::DeviceCode;
    m_pause->setSingleShot(true);
    m_pause->setTimerType(Qt::PreciseTimer); // a coarse one may be early, and then the provider says slow_down
    QObject::connect(m_pause, &QTimer::timeout, this, &DeviceFlow::poll);
    run<DeviceFlow>({
        &DeviceFlow::openStore,
        &DeviceFlow::prepareStore,
        &DeviceFlow::discover,
        &DeviceFlow::requestCode,
        &DeviceFlow::showCode,
        &DeviceFlow::waitForPerson,
        &DeviceFlow::validate,
        &DeviceFlow::checkAccount,
        &DeviceFlow::askUserInfo,
        &DeviceFlow::save,
        &DeviceFlow::deliver,
    });
}

void DeviceFlow::release()
{
    m_pause->stop();
    m_device.deviceCode.clear();
    TokenFlow::release();
}

void DeviceFlow::requestCode()
{
    const auto &endpoint = m_metadata.deviceAuthorizationEndpoint;
    if (!requireEndpoint(endpoint, "device_authorization_endpoint"_L1))
        return;
    if (const auto checked = Protocol::checkExtra(m_parameters.extra); !checked)
        return failNamed(checked.error());
    auto scopes = Protocol::decorateScopes(m_authority, m_scopes, m_context.scopePolicy());
    if (!scopes)
        return failNamed(scopes.error());
    m_sentScopes = *std::move(scopes);
    auto request = Protocol::encode(Protocol::DeviceAuthorizationRequest{.clientId = configuration().clientId,
                                                                         .authentication = m_authentication,
                                                                         .scopes = m_sentScopes,
                                                                         .claims = m_claims,
                                                                         .authorizationDetails = m_authorizationDetails,
                                                                         .resources = m_resources,
                                                                         .extra = m_parameters.extra});
    send(formRequest(HttpPurpose::DeviceAuthorization, endpoint, std::move(request)),
         [this](const HttpResponse &response) { readCode(response); });
}

void DeviceFlow::readCode(const HttpResponse &response)
{
    const auto now = m_context.now();
    auto device = Protocol::parseDeviceAuthorization(m_authority, answerOf(response), now);
    if (!device)
        return failNamed(device.error());
    m_device = *std::move(device);
    m_polling = Protocol::DevicePolling(m_device.interval);
    m_givesUpAt = m_parameters.timeout ? now.addMSecs(m_parameters.timeout->count()) : m_device.expiresAt;
    next();
}

void DeviceFlow::showCode()
{
    m_code = DeviceCode{.userCode = m_device.userCode,
                        .verificationUri = m_device.verificationUri,
                        .verificationUriComplete = m_device.verificationUriComplete,
                        .message = m_device.message,
                        .expiresAt = m_device.expiresAt,
                        .interval = m_device.interval};
    if (!enter(Stage::WaitingForPerson))
        return; // cancelled by whoever watches the progress
    const QPointer<DeviceFlow> self(this);
    Q_EMIT codeReady(*m_code);
    if (self)
        next(); // otherwise whoever was shown the code took the client away
}

void DeviceFlow::waitForPerson()
{
    schedulePoll();
    // While the person types; nobody waits for it.
    if (isIdTokenRequired() && !isFinished())
        prefetchKeys();
}

void DeviceFlow::schedulePoll()
{
    const auto now = m_context.now();
    const auto end = std::min(m_givesUpAt, m_device.expiresAt);
    // One more, so that it is over when the timer says so.
    const std::chrono::milliseconds left(std::max<qint64>(0, now.msecsTo(end)) + 1);
    const auto pause = std::min<std::chrono::milliseconds>(m_polling.wait(), left);
    setDeadline(pause + std::chrono::seconds(30), u"The next question to the provider"_s);
    m_pause->start(pause);
}

void DeviceFlow::poll()
{
    const auto now = m_context.now();
    if (now >= m_device.expiresAt)
        return failNamed(Protocol::expiredDeviceCode());
    if (now >= m_givesUpAt)
        return failNamed(Error{ErrorCode::TimedOut, u"Nobody signed in with the code in time."_s});
    const Protocol::DeviceCodeGrant grant{.deviceCode = m_device.deviceCode.clone()};
    exchange(tokenRequest(Protocol::encode(grant, tokenRequestContext())),
             [this](const Result<HttpResponse> &response) { useAnswer(response); });
}

void DeviceFlow::useAnswer(const Result<HttpResponse> &response)
{
    if (response)
        noteReceipt(*response);
    auto tokens = response ? Protocol::parseTokenResponse(answerOf(*response), m_receivedAt)
                           : Result<Protocol::TokenResponse>(response.error());
    if (tokens) {
        m_device.deviceCode.clear();
        m_response = *std::move(tokens);
        return next();
    }
    if (!m_polling.goesOnAfter(tokens.error()))
        return failNamed(tokens.error());
    if (tokens.error().oauth().error == "slow_down"_L1) {
        const QPointer<DeviceFlow> self(this);
        Q_EMIT slowedDown(m_polling.wait());
        if (!self || isFinished())
            return; // cancelled by whoever was told
    }
    schedulePoll();
}

Jose::JwtRules DeviceFlow::idTokenRules() const
{
    return Protocol::idTokenRules(m_authority, m_metadata, configuration().clientId, m_response.accessToken);
}

void DeviceFlow::complete(TokenGrant &grant) const
{
    grant.accountSource = QString::fromLatin1(Protocol::GrantType::deviceCode);
}

} // namespace Countersign
