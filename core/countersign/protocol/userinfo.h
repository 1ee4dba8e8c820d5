// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/json.h>
#include <countersign/jose/jwtrules.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/accountidentity.h>
#include <countersign/protocol/httpanswer.h>
#include <countersign/protocol/providermetadata.h>

#include <optional>

namespace Countersign::Protocol {

//! What the UserInfo endpoint sent; personal data. Nobody has believed any of it yet.
struct UserInfoAnswer
{
    std::optional<Jose::JsonObject> claims; //!< plain
    Secret signedClaims; //!< a JWT, maybe encrypted, to be validated by userInfoRules()
};

//! Errors: those of parseErrorAnswer(); InvalidResponse when the media type is neither JSON nor a JWT (security rule
//!         B.89). Spec: OpenID Connect Core §5.3.2.
[[nodiscard]] COUNTERSIGN_EXPORT Result<UserInfoAnswer> parseUserInfo(const HttpAnswer &answer, const QDateTime &at);

//! Whether \p claims are about \p subject: otherwise nothing of them may be used.
//!
//! Errors: SecurityCheckFailed, cause WrongAccount. Spec: OpenID Connect Core §5.3.2; security rule B.87.
[[nodiscard]] COUNTERSIGN_EXPORT Result<void> checkSubject(const Jose::JsonObject &claims, const QString &subject);

//! What a signed answer must be like: issuer, audience, subject.
[[nodiscard]] COUNTERSIGN_EXPORT Jose::JwtRules userInfoRules(const Authority &authority,
                                                              const ProviderMetadata &metadata,
                                                              const ClientId &clientId, const QString &subject);

//! What \p claims, checked before, add to an identity that lacks a name to show. Personal data.
COUNTERSIGN_EXPORT void addDisplayNames(const Jose::JsonObject &claims, AccountIdentity &identity);

} // namespace Countersign::Protocol
