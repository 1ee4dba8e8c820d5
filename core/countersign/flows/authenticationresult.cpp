// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/authenticationresult.h>

using namespace Qt::StringLiterals;

namespace Countersign {

QString identifier(TokenSource source)
{
    switch (source) {
    case TokenSource::Cache: return u"cache"_s;
    case TokenSource::Refresh: return u"refresh"_s;
    case TokenSource::IdentityProvider: return u"identity_provider"_s;
    }
    Q_UNREACHABLE();
}

AuthenticationResult AuthenticationResult::clone() const
{
    return {.accessToken = accessToken.clone(),
            .tokenType = tokenType,
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
