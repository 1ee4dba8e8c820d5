// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/userinfoflow.h>

#include <countersign/jose/unverifiedjwt.h>

using namespace Qt::StringLiterals;

namespace Countersign {

UserInfoFlow::UserInfoFlow(FlowContext &context, AccountId account, QObject *parent)
    : ProviderFlow(context, context.configuration.authority, parent), m_account(std::move(account))
{
    run<UserInfoFlow>({
        &UserInfoFlow::openStore,
        &UserInfoFlow::discover,
        &UserInfoFlow::acquire,
    });
}

UserInfoFlow::~UserInfoFlow()
{
    leaveSilentFlow();
}

//! A refresh token that was sent is spent: its successor is saved, whoever still wants the answer.
void UserInfoFlow::leaveSilentFlow()
{
    if (!m_silent)
        return;
    auto *silent = std::exchange(m_silent, nullptr).data();
    silent->disconnect(this);
    if (silent->isBeyondCancelling())
        silent->setParent(parent());
    else
        silent->cancel();
}

void UserInfoFlow::release()
{
    m_request.reset();
    leaveSilentFlow();
    ProviderFlow::release();
}

void UserInfoFlow::acquire()
{
    if (!requireEndpoint(m_metadata.userinfoEndpoint, "userinfo_endpoint"_L1))
        return;
    SilentParameters parameters;
    parameters.account = m_account;
    // Microsoft's endpoint belongs to Graph and wants a token for it.
    parameters.scopes = m_authority.isMicrosoft() ? ScopeSet{u"User.Read"_s} : ScopeSet{u"openid"_s};
    parameters.isRefreshForced = m_isSecondTry;
    setDeadline(std::chrono::minutes(5), u"Getting a token"_s); // SilentFlow's own are shorter
    m_silent = new SilentFlow(m_context, std::move(parameters), this);
    QObject::connect(m_silent, &Operation::finished, this, [this] {
        auto token = std::exchange(m_silent, nullptr)->takeResult();
        if (!token)
            return fail(token.error());
        m_accessToken = std::move(token->accessToken);
        ask();
    });
}

//! Who the answer has to be about: the ID token's subject, which at Microsoft is not the account's id.
QString UserInfoFlow::subject() const
{
    const auto entry = m_context.services.cache.snapshot().findIdToken(m_account, m_context.configuration.clientId,
                                                                       realmOf(m_authority, m_metadata));
    if (entry) {
        if (const auto token = Jose::UnverifiedJwt::parse(entry->secret().reveal()))
            return token->claims().string("sub").value_or(QString());
    }
    return m_authority.isMicrosoft() ? QString() : m_account.homeAccountId.value;
}

void UserInfoFlow::ask()
{
    setDeadline(2 * requestDeadline(), u"Asking for the person's details"_s);
    m_request = std::make_unique<UserInfoRequest>(
        m_context,
        UserInfoRequest::Subject{
            .authority = m_authority, .metadata = m_metadata, .subject = subject(), .correlationId = correlation()},
        m_accessToken, [this](Result<UserInfo> answer) { useAnswer(std::move(answer)); });
}

void UserInfoFlow::useAnswer(Result<UserInfo> answer)
{
    // A token may be revoked before it expires: the next one, if the provider still gives one, is asked with once.
    constexpr int unauthorized = 401;
    if (!answer && answer.error().httpStatus() == unauthorized && !std::exchange(m_isSecondTry, true))
        return acquire();
    if (!answer)
        return failNamed(answer.error());
    if (!enter(Stage::Done))
        return;
    succeed(*std::move(answer));
}

} // namespace Countersign
