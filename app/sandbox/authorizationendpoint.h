// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"
#include "tokenmint.h"

namespace CountersignSandbox {

//! Takes authorization requests, pushed or not, asks the person, and answers the client.
//!
//! Spec: RFC 6749 §4.1, RFC 7636, RFC 9126, RFC 9207, OpenID Connect Core §3.1.2.
class AuthorizationEndpoint
{
public:
    AuthorizationEndpoint(Context &context, TokenMint &mint) : m_context(context), m_mint(mint) { }

    Response authorize(const Request &request);
    //! The picker's answer.
    Response picked(const Request &request);
    //! The consent page's answer.
    Response decided(const Request &request);
    Response push(const Request &request);

private:
    //! The parameters, or those that were pushed.
    Countersign::Result<Parameters> resolved(const Request &request);
    Response begin(const Request &request, const AuthorizationRequest &asked);
    Response askConsent(const QString &interaction, const AuthorizationRequest &asked, const Session &session);
    bool needsConsent(const AuthorizationRequest &asked, const Session &session) const;
    bool needsSignIn(const AuthorizationRequest &asked, const Session *session) const;
    Session &makeSession(const User &user);
    Response grant(const AuthorizationRequest &asked, const Session &session);
    Response refuse(const AuthorizationRequest &asked, const QString &error, const QString &description);
    Response answer(const AuthorizationRequest &asked, Parameters parameters);

    Context &m_context;
    TokenMint &m_mint;
};

} // namespace CountersignSandbox
