// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/cache/tokencache.h>
#include <countersign/flows/authenticationresult.h>
#include <countersign/flows/parameters.h>
#include <countersign/http/httptransport.h>
#include <countersign/protocol/tokenresponse.h>

#include <QtCore/QHash>

namespace Countersign {

class FlowContext;

//! The key that the tokens of one request shall be bound to.
struct TokenBinding
{
    Protocol::ProofScheme scheme = Protocol::ProofScheme::Dpop;
    Jose::Jwk key;
};

//! What a token of \p scheme is called.
Protocol::TokenType tokenTypeOf(Protocol::ProofScheme scheme);

//! The latest nonce of each server that demands one. Never shown to another: it could tell who is asking.
//!
//! Spec: RFC 9449 §8; security rules B.46, B.47.
class ProofNonces
{
public:
    //! From any answer of \p url's server, a refusal or not. Whether it is another nonce than was known.
    bool learn(const QUrl &url, const HttpHeaders &headers);
    QByteArray of(const QUrl &url) const;

private:
    QHash<QString, QByteArray> m_byOrigin;
};

//! A proof for the token endpoint at \p url.
[[nodiscard]] Result<QByteArray> proveTo(const QUrl &url, const TokenBinding &binding, const FlowContext &context);
//! Makes the proof that \p parameters ask for out of the key that \p result is bound to. Does nothing when they ask for
//! none.
//!
//! Errors: those of Protocol::checkProof(); InteractionRequired when the key is gone.
[[nodiscard]] Result<void> addProof(AuthenticationResult &result, const SilentParameters &parameters,
                                    const FlowContext &context);

} // namespace Countersign
