// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace CountersignSandbox {

//! What takes tokens: userinfo, a protected resource, introspection and revocation.
class ResourceEndpoints
{
public:
    explicit ResourceEndpoints(Context &context) : m_context(context) { }

    //! Spec: OpenID Connect Core §5.3.
    Response userInfo(const Request &request);
    //! A resource that says whom it was called for. Spec: RFC 6750.
    Response api(const Request &request);
    //! Signed for those who ask for that. Spec: RFC 7662, RFC 9701.
    Response introspect(const Request &request);
    //! What the resource says of itself. Spec: RFC 9728.
    static Response metadata(const Request &request);
    //! Spec: RFC 7009.
    Response revoke(const Request &request);

private:
    //! The valid access token of the Authorization header: a token in a query or body does not count. One that is bound
    //! to a key needs its proof. Null, and \p refusal says why. Spec: RFC 6750 §2.1, RFC 9449 §7.1.
    const AccessToken *presented(const Request &request, Response &refusal) const;
    QJsonObject introspectionOf(const QString &text) const;
    bool isActive(const AccessToken &token) const;

    Context &m_context;
};

} // namespace CountersignSandbox
