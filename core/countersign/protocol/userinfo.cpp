// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/userinfo.h>

#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/idtokenrules.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

Result<UserInfoAnswer> parseUserInfo(const HttpAnswer &answer, const QDateTime &at)
{
    if (!answer.isSuccess())
        return parseErrorAnswer(answer, at).withPrefix(u"UserInfo");
    const auto type = answer.mediaType();
    UserInfoAnswer userInfo;
    if (type == "application/jwt") {
        userInfo.signedClaims = Secret::copyOf(answer.body.trimmed());
        return userInfo;
    }
    if (type != "application/json")
        return Error{ErrorCode::InvalidResponse, u"the UserInfo answer is neither JSON nor a JWT"_s};
    auto claims = Jose::JsonObject::parse(Secret::copyOf(answer.body));
    if (!claims)
        return claims.error();
    userInfo.claims = *std::move(claims);
    return userInfo;
}

Result<void> checkSubject(const Jose::JsonObject &claims, const QString &subject)
{
    const auto about = claims.string("sub");
    if (about && !subject.isEmpty() && *about == subject)
        return {};
    return Error{ErrorCode::SecurityCheckFailed, ErrorCause::WrongAccount,
                 u"the UserInfo answer is about somebody else than the ID token: it was discarded"_s};
}

Jose::JwtRules userInfoRules(const Authority &authority, const ProviderMetadata &metadata, const ClientId &clientId,
                             const QString &subject)
{
    auto rules = Jose::JwtRules::forUserInfo(issuerRule(authority, metadata), clientId.value, subject);
    rules.allowed = signingAlgorithms(metadata.userinfoSigningAlgorithms);
    return rules;
}

void addDisplayNames(const Jose::JsonObject &claims, AccountIdentity &identity)
{
    const auto firstOf = [&claims](std::initializer_list<QByteArrayView> names) {
        for (const auto name : names) {
            const auto value = claims.string(name);
            if (value && !value->isEmpty())
                return *value;
        }
        return QString();
    };
    if (identity.username.isEmpty())
        identity.username = firstOf({"preferred_username", "upn", "email"});
    if (identity.name.isEmpty())
        identity.name = firstOf({"name", "nickname", "given_name"});
}

} // namespace Countersign::Protocol
