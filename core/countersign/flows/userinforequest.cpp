// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/userinforequest.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/protocol/userinfo.h>

namespace Countersign {

UserInfoRequest::UserInfoRequest(FlowContext &context, Subject subject, const Secret &accessToken, Handler handler)
    : m_context(context), m_subject(std::move(subject)), m_handler(std::move(handler))
{
    auto request = HttpRequest::get(HttpPurpose::UserInfo, m_subject.metadata.userinfoEndpoint);
    request.headers.add("Authorization", "Bearer " + accessToken.reveal().toByteArray());
    request.headers.set("Accept", "application/json, application/jwt");
    request.carriesCredentials = true;
    request.timeout = context.configuration.requestTimeout;
    request.correlationId = m_subject.correlationId;
    m_exchange = context.services.http.send(std::move(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return finish(response.error());
        read(*response);
    });
}

UserInfoRequest::~UserInfoRequest() = default;

void UserInfoRequest::finish(Result<UserInfo> result)
{
    const auto handler = std::exchange(m_handler, nullptr);
    handler(std::move(result)); // this may be gone now
}

void UserInfoRequest::read(const HttpResponse &response)
{
    auto answer = Protocol::parseUserInfo(answerOf(response), m_context.now());
    if (!answer)
        return finish(answer.error());
    const auto &encryption = m_context.configuration.userInfoEncryption;
    if (answer->claims) {
        if (encryption)
            return finish(Error{ErrorCode::SecurityCheckFailed, ErrorCause::PolicyFailed,
                                QStringLiteral("The UserInfo answer is not encrypted, but that was registered.")});
        if (const auto checked = Protocol::checkSubject(*answer->claims, m_subject.subject); !checked)
            return finish(checked.error());
        return finish(UserInfo{.subject = m_subject.subject, .json = answer->claims->raw().toByteArray()});
    }
    auto rules = Protocol::userInfoRules(m_subject.authority, m_subject.metadata, m_context.configuration.clientId,
                                         m_subject.subject);
    rules.encryption = encryption;
    m_verification = std::make_unique<Verification>(
        m_context, Verification::Provider{m_subject.authority, m_subject.metadata, m_subject.correlationId},
        std::move(rules), std::move(answer->signedClaims));
    m_verification->start([this](const Result<Jose::VerifiedJwt> &verified) {
        if (!verified)
            return finish(verified.error());
        finish(
            UserInfo{.subject = verified->subject(), .json = verified->claims().raw().toByteArray(), .isSigned = true});
    });
}

} // namespace Countersign
