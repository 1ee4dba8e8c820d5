// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace CountersignSandbox {

//! Makes tokens and remembers them. Every one goes through the hooks.
class TokenMint
{
public:
    explicit TokenMint(Context &context) : m_context(context) { }

    //! A signed JWT of type at+jwt, bound to the key with the thumbprint \p keyId if there is one. Spec: RFC 9068,
    //! RFC 9449 §6.1.
    QString accessToken(const std::shared_ptr<Grant> &grant, const QStringList &scopes, const QStringList &resources,
                        const Parameters &request, const QString &keyId = {});
    //! Spec: OpenID Connect Core §2, §3.1.3.6, §12.2: a refreshed one carries no nonce.
    QString idToken(const std::shared_ptr<Grant> &grant, const QString &accessToken, bool isRefreshed,
                    const Parameters &request);
    QString refreshToken(const std::shared_ptr<Grant> &grant, const QString &keyId = {});
    QString authorizationCode(const std::shared_ptr<Grant> &grant, const AuthorizationRequest &request);
    //! The response parameters as a signed JWT. Spec: JWT Secured Authorization Response Mode §2.1.
    QString responseToken(const AuthorizationRequest &request, const Parameters &parameters);

private:
    QJsonObject idTokenClaims(const Grant &grant, const QString &accessToken, bool isRefreshed) const;
    QString signedIdToken(const Client &client, const QByteArray &payload, const Parameters &request);
    QJsonObject header(Countersign::Jose::Algorithm algorithm, const QString &type) const;

    Context &m_context;
};

} // namespace CountersignSandbox
