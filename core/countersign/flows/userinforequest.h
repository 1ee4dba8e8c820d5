// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/flowcontext.h>
#include <countersign/flows/operations.h>
#include <countersign/flows/verification.h>

namespace Countersign {

//! One question to the UserInfo endpoint, from asking to believing. Destroying it ends it.
//!
//! Spec: OpenID Connect Core §5.3; security rules B.21, B.87, B.89.
class UserInfoRequest
{
public:
    using Handler = std::function<void(Result<UserInfo>)>;

    //! What is asked, by whom and about whom.
    struct Subject
    {
        Authority authority;
        Protocol::ProviderMetadata metadata;
        QString subject; //!< `sub` of the ID token
        QString correlationId;
    };
    //! \p handler is called once, later; it may destroy the request.
    UserInfoRequest(FlowContext &context, Subject subject, const Secret &accessToken, Handler handler);
    ~UserInfoRequest();

private:
    void read(const HttpResponse &response);
    void finish(Result<UserInfo> result);

    FlowContext &m_context;
    Subject m_subject;
    Handler m_handler;
    std::unique_ptr<HttpExchange> m_exchange;
    std::unique_ptr<Verification> m_verification;
};

} // namespace Countersign
