// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "lostprofiles.h"

#include <countersign/model/authority.h>

#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! No id in the file of profiles has this.
constexpr auto idSeparator = u'|';

//! What is written into the schema for any provider that is not Microsoft's: see Authority::realm().
constexpr auto openIdRealm = "oidc"_L1;

//! The issuer that Authority::environment() made \p environment of.
QString issuerOf(const QString &environment)
{
    const bool isPlain = environment.startsWith("http:"_L1);
    const auto address = isPlain ? environment.mid(5) : environment;
    return (isPlain ? u"http://"_s : u"https://"_s) + QUrl::fromPercentEncoding(address.toUtf8());
}

//! The realm of all \p accounts, or the one that takes everybody.
QString commonRealm(const QList<Account> &accounts)
{
    const auto realm = accounts.constFirst().realm.value;
    const bool isCommon = std::all_of(accounts.cbegin(), accounts.cend(),
                                      [&realm](const Account &account) { return account.realm.value == realm; });
    return isCommon && !realm.isEmpty() ? realm : u"common"_s;
}

Profile profileOf(const ClientId &client, const Environment &environment, const QList<Account> &accounts)
{
    Profile profile;
    profile.id = QString(u"lost"_s + idSeparator + client.value + idSeparator + environment.value);
    profile.clientId = client.value;
    profile.name = client.value;
    const auto realm = commonRealm(accounts);
    if (realm == openIdRealm) {
        profile.issuer = issuerOf(environment.value);
    } else {
        profile.kind = Profile::Kind::Entra;
        profile.issuer = QString(u"https://"_s + environment.value + u'/' + realm);
    }
    return profile;
}

bool isKnown(const QList<ProfileScope> &known, const AppMetadataEntry &entry)
{
    return std::any_of(known.cbegin(), known.cend(), [&entry](const ProfileScope &scope) {
        return scope.client == entry.clientId() && scope.environments.contains(entry.environment());
    });
}

} // namespace

QList<Profile> lostProfilesOf(const TokenCache &cache, const QList<ProfileScope> &known)
{
    QList<Profile> lost;
    // Every client that ever got a token here left a note of itself.
    for (const auto &entry : cache.appMetadataEntries()) {
        if (isKnown(known, entry))
            continue;
        const auto accounts = cache.accounts({entry.environment()});
        if (accounts.isEmpty())
            continue;
        auto profile = profileOf(entry.clientId(), entry.environment(), accounts);
        // The same answers for what a sign-in with it would have asked for.
        cache.visitAccessTokens(accounts.constFirst().id, entry.clientId(), {}, [&](const AccessTokenEntry &token) {
            if (token.clientId() != entry.clientId())
                return true;
            profile.scopes = token.scopes();
            return false;
        });
        lost.append(std::move(profile));
    }
    return lost;
}

} // namespace Countersign::Desktop
