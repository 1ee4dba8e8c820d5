// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/authenticationresult.h>

#include <countersign/protocol/tokenresponse.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

QString identifier(TokenSource source)
{
    switch (source) {
    case TokenSource::Cache: return u"cache"_s;
    case TokenSource::Refresh: return u"refresh"_s;
    case TokenSource::IdentityProvider: return u"identity_provider"_s;
    case TokenSource::ClientCredentials: return u"client_credentials"_s;
    }
    Q_UNREACHABLE();
}

Secret AuthenticationResult::authorization() const
{
    const bool isWithinProof = !proof.isEmpty() && Protocol::parseTokenType(tokenType) == Protocol::TokenType::Pop;
    const auto scheme = tokenType.toLatin1();
    const auto credentials = (isWithinProof ? proof : accessToken).reveal();
    Secret field = Secret::ofSize(scheme.size() + 1 + credentials.size());
    auto *to = reinterpret_cast<char *>(field.writable().data());
    to = std::copy(scheme.begin(), scheme.end(), to);
    *to++ = ' ';
    std::copy(credentials.begin(), credentials.end(), to);
    return field;
}

AuthenticationResult AuthenticationResult::clone() const
{
    return {.accessToken = accessToken.clone(),
            .tokenType = tokenType,
            .keyId = keyId,
            .proof = proof.clone(),
            .grantedScopes = grantedScopes,
            .authorizationDetails = authorizationDetails,
            .expiresAt = expiresAt,
            .refreshAt = refreshAt,
            .account = account,
            .authority = authority,
            .clientId = clientId,
            .idToken = idToken,
            .idTokenText = idTokenText.clone(),
            .checks = checks,
            .source = source,
            .correlationId = correlationId,
            .clockOffset = clockOffset,
            .warning = warning};
}

} // namespace Countersign
