// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "deviceendpoint.h"

#include "authorizationrequest.h"
#include "pages.h"

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

Response DeviceEndpoint::start(const Request &request)
{
    Refusal refusal;
    const Client *const client = authenticateClient(m_context, request, refusal);
    if (!client)
        return refusal.response();
    const auto details = authorizationDetailsIn(request.form);
    if (const auto *const problem = std::get_if<Refusal>(&details))
        return problem->response();
    const Settings &settings = m_context.settings;
    DeviceRequest device{.issuer = issuerOf(request),
                         .clientId = client->id,
                         .scopes = words(request.form.value(u"scope")),
                         .userCode = randomUserCode(),
                         .resources = request.form.values(u"resource"),
                         .authorizationDetails = std::get<QJsonArray>(details),
                         .expiresAt = m_context.now().addSecs(settings.deviceCodeLifetime.count()),
                         .interval = settings.deviceInterval};
    const QString userCode = device.userCode;
    const QString deviceCode = randomName();
    m_context.state.devices.insert(deviceCode, std::move(device));
    approve(userCode, settings.approve);
    const QString page = issuerOf(request) + u"/device"_s;
    return Response::ofJson({{u"device_code"_s, deviceCode},
                             {u"user_code"_s, userCode},
                             {u"verification_uri"_s, page},
                             {u"verification_uri_complete"_s, QString(page + u"?user_code="_s + userCode)},
                             {u"expires_in"_s, static_cast<qint64>(settings.deviceCodeLifetime.count())},
                             {u"interval"_s, settings.deviceInterval}});
}

Response DeviceEndpoint::page(const Request &request)
{
    const QString action = issuerPath + u"/device"_s;
    const QString userCode = request.parameters().value(u"user_code");
    if (userCode.isEmpty())
        return Pages::deviceCode(action, {}, {});
    const DeviceRequest *const device = m_context.state.deviceByUserCode(userCode);
    const Client *const client = device ? m_context.directory.client(device->clientId) : nullptr;
    if (!client || device->expiresAt <= m_context.now())
        return Pages::deviceCode(action, userCode, u"No device waits for this code. Check it and try again."_s);
    if (request.form.value(u"decision") == u"deny") {
        deny(userCode);
        return Pages::message(u"Declined"_s, u"The device gets no access. You can close this page."_s);
    }
    if (approve(userCode, request.form.value(u"user")))
        return Pages::message(u"Device connected"_s, u"Return to the device. You can close this page."_s);
    return Pages::deviceConsent(action, *device, *client, m_context.offeredUsers());
}

bool DeviceEndpoint::approve(const QString &userCode, const QString &userName)
{
    DeviceRequest *const device = m_context.state.deviceByUserCode(userCode);
    const User *const user = m_context.directory.user(userName);
    if (!device || !user)
        return false;
    device->status = DeviceRequest::Status::Approved;
    device->subject = user->subject;
    device->authenticatedAt = m_context.now();
    return true;
}

bool DeviceEndpoint::deny(const QString &userCode)
{
    DeviceRequest *const device = m_context.state.deviceByUserCode(userCode);
    if (!device)
        return false;
    device->status = DeviceRequest::Status::Denied;
    return true;
}

} // namespace CountersignSandbox
