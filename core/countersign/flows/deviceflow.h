// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/tokenflow.h>
#include <countersign/protocol/deviceauthorization.h>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace Countersign {

//! A sign-in on another device. Spec: RFC 8628; contract C30; security rules B.35-B.40.
class DeviceFlow final : public TokenFlow
{
    Q_OBJECT
public:
    DeviceFlow(FlowContext &context, DeviceCodeParameters parameters, QObject *parent);

    //! What to show; null before codeReady().
    const std::optional<DeviceCode> &code() const { return m_code; }

Q_SIGNALS:
    void codeReady(const Countersign::DeviceCode &code);
    void slowedDown(std::chrono::seconds interval);

protected:
    void release() override;
    Jose::JwtRules idTokenRules() const override;
    bool isIdTokenRequired() const override { return m_sentScopes.contains(QStringLiteral("openid")); }
    void complete(TokenGrant &grant) const override;
    AccountEvent::Way way() const override { return AccountEvent::Way::DeviceCode; }

private:
    void requestCode();
    void showCode();
    void waitForPerson();

    void readCode(const HttpResponse &response);
    void schedulePoll();
    void poll();
    void useAnswer(const Result<HttpResponse> &response);

    DeviceCodeParameters m_parameters;
    ScopeSet m_sentScopes;
    Protocol::DeviceAuthorization m_device;
    std::optional<DeviceCode> m_code;
    Protocol::DevicePolling m_polling{std::chrono::seconds(5)};
    QDateTime m_givesUpAt;
    QTimer *m_pause;
};

} // namespace Countersign
