// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/providerflow.h>
#include <countersign/flows/silentflow.h>
#include <countersign/flows/userinforequest.h>

namespace Countersign {

//! What the provider says of somebody who is signed in, with a token got silently.
class UserInfoFlow final : public ProviderFlow<UserInfoOperation>
{
public:
    UserInfoFlow(FlowContext &context, AccountId account, QObject *parent);
    ~UserInfoFlow() override;

protected:
    void release() override;
    bool authenticates() const override { return false; } // the token is proof enough

private:
    void leaveSilentFlow();
    void acquire();
    void ask();
    void useAnswer(Result<UserInfo> answer);
    QString subject() const;

    AccountId m_account;
    Secret m_accessToken;
    bool m_isSecondTry = false;
    QPointer<SilentFlow> m_silent;
    std::unique_ptr<UserInfoRequest> m_request;
};

} // namespace Countersign
