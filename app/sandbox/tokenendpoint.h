// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"
#include "tokenmint.h"

namespace CountersignSandbox {

//! Exchanges codes, refresh tokens and device codes for tokens: those that come with the proof of a key are bound to
//! it.
//!
//! Spec: RFC 6749 §4.1.3, §4.4, §6, RFC 7636 §4.6, RFC 8628 §3.4, RFC 9449 §5, RFC 9700 §4.14.2.
class TokenEndpoint
{
public:
    TokenEndpoint(Context &context, TokenMint &mint) : m_context(context), m_mint(mint) { }

    Response exchange(const Request &request);

private:
    Response answer(const Request &request);
    //! What goes out after a grant was accepted.
    struct Issue
    {
        std::shared_ptr<Grant> grant;
        QStringList scopes;
        QStringList resources;
        bool isRefreshed = false;
    };

    Response exchangeCode(const Client &client, const Request &request);
    Response refresh(const Client &client, const Request &request);
    Response pollDevice(const Client &client, const Request &request);
    Response actForItself(const Client &client, const Request &request);
    Response issue(const Issue &issue, const Request &request);

    Context &m_context;
    TokenMint &m_mint;
    QString m_keyId; // that the request at hand proves, or empty
};

} // namespace CountersignSandbox
