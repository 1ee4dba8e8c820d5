// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/accountidentity.h>

namespace Countersign::Protocol {
namespace {

QString firstOf(const Jose::JsonObject &claims, std::initializer_list<QByteArrayView> names)
{
    for (const auto name : names) {
        auto value = claims.string(name);
        if (value && !value->isEmpty())
            return *value;
    }
    return {};
}

} // namespace

AccountIdentity identify(const Authority &authority, const std::optional<Jose::JsonObject> &idTokenClaims,
                         const ClientInfo &clientInfo, const QString &typedUsername)
{
    const Jose::JsonObject claims = idTokenClaims.value_or(Jose::JsonObject());
    AccountIdentity identity;
    identity.homeAccountId =
        clientInfo.isEmpty() ? HomeAccountId{firstOf(claims, {"sub"})} : clientInfo.homeAccountId();
    // `oid` and `tid` are Microsoft's: at any other provider they may mean anything.
    const bool microsoft = authority.isMicrosoft();
    identity.localAccountId = {microsoft ? firstOf(claims, {"oid", "sub"}) : firstOf(claims, {"sub"})};
    identity.tenant = {microsoft ? firstOf(claims, {"tid", "tfp", "acr"}) : QString()};
    if (identity.tenant.isEmpty())
        identity.tenant = authority.tenant();
    identity.username = firstOf(claims, {"preferred_username", "upn"});
    // Never an identity, only something to show (and Google sends nothing else).
    if (identity.username.isEmpty() && !microsoft)
        identity.username = firstOf(claims, {"email"});
    if (identity.username.isEmpty())
        identity.username = typedUsername;
    identity.name = firstOf(claims, {"name"});
    return identity;
}

} // namespace Countersign::Protocol
