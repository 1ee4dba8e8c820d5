// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/locallook.h>

#include <countersign/client/profileimportparts.h>
#include <countersign/model/clouds.h>
#include <countersign/storage/foreigncache.h>

#include <QtCore/QFileInfo>

#include <map>
#include <tuple>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr std::size_t maximumRegistrations = 20; // of one cache: one client in many tenants
constexpr qint64 maximumCacheSize = 32 * 1024 * 1024;

//! What tokens of a cache have in common.
struct Registration
{
    QString clientId;
    QString environment;
    QString realm;
    friend bool operator<(const Registration &a, const Registration &b)
    {
        return std::tie(a.clientId, a.environment, a.realm) < std::tie(b.clientId, b.environment, b.realm);
    }
};

struct Owners
{
    QStringList names;
    bool hasPerson = false;
};

using Registrations = std::map<Registration, Owners>;

void note(Registrations &found, const TokenCache &cache, const CacheEntry &entry, const QString &realm)
{
    const Registration registration{entry.clientId().value, entry.environment().value, realm};
    if (registration.clientId.isEmpty() || registration.environment.isEmpty())
        return;
    if (found.size() >= maximumRegistrations && found.find(registration) == found.end())
        return;
    auto &owners = found[registration];
    const AccountId owner{entry.homeAccountId(), entry.environment()};
    owners.hasPerson = owners.hasPerson || !owner.homeAccountId.isEmpty();
    if (const auto account = cache.account(owner); account && !account->username.isEmpty())
        owners.names.append(account->username);
}

bool isHostName(QStringView text)
{
    const QUrl url(u"https://"_s + text, QUrl::StrictMode);
    return url.isValid() && url.host() == text;
}

LocalFinding findingOf(const Registration &registration, const Owners &owners)
{
    LocalFinding finding{.kind = LocalFinding::Kind::Cache, .users = owners.names};
    finding.users.removeDuplicates();
    finding.name = registration.clientId;
    if (!owners.hasPerson) {
        finding.obstacle = LocalFinding::Obstacle::WithoutPerson;
        return finding;
    }
    ImportedProfile found;
    found.profile.clientId = registration.clientId;
    const auto *cloud = cloudOf(registration.environment);
    const auto host = cloud ? cloud->networkHost : registration.environment;
    if (cloud || isMicrosoftHost(host)) {
        found.profile.kind = Profile::Kind::Entra;
        found.profile.issuer = entraAuthority(host, registration.realm);
    } else if (isHostName(host)) {
        // Such caches keep the host alone.
        found.profile.issuer = u"https://"_s + host;
        found.isIssuerGuessed = true;
    }
    if (finding.users.size() == 1)
        found.profile.loginHint = finding.users.constFirst();
    finding.profile = finished(std::move(found), u"token_cache"_s);
    return finding;
}

//! Whose cache that is, by where it lies.
QString programOf(const QString &path)
{
    if (path.contains("/.azd/"_L1))
        return u"Azure Developer CLI"_s;
    if (path.contains("/.azure/msal_token_cache"_L1))
        return u"Azure CLI"_s;
    return path.contains("/.azure/"_L1) ? u"Azure PowerShell"_s : u"Azure SDK"_s;
}

LocalFinding::Obstacle obstacleOf(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::NotSupported: return LocalFinding::Obstacle::Encrypted;
    case ErrorCode::StorageUnavailable: return LocalFinding::Obstacle::Unreadable;
    default: return LocalFinding::Obstacle::NotUnderstood;
    }
}

void lookIntoCache(LocalLook &look, const QString &path)
{
    const QFileInfo info(path);
    const auto nameOnly = [&look, &path](LocalFinding::Obstacle obstacle) {
        look.add({.kind = LocalFinding::Kind::Cache, .place = path, .name = programOf(path), .obstacle = obstacle});
    };
    if (!info.isFile())
        return;
    if (info.size() > maximumCacheSize)
        return nameOnly(LocalFinding::Obstacle::TooLarge);
    const auto opened = ForeignCache::open(path);
    if (!opened)
        return nameOnly(obstacleOf(opened.error()));
    const auto found = profilesInCache(opened->cache());
    for (auto finding : found) {
        finding.place = path;
        finding.name = programOf(path);
        if (finding.profile)
            finding.profile->profile.name =
                u"%1 (%2)"_s.arg(finding.name, QUrl(finding.profile->profile.issuer).path().mid(1));
        look.add(std::move(finding));
    }
}

} // namespace

QList<LocalFinding> profilesInCache(const TokenCache &cache)
{
    Registrations found;
    for (const auto &token : cache.accessTokens())
        note(found, cache, token, token.realm());
    for (const auto &token : cache.idTokens())
        note(found, cache, token, token.realm());
    // A refresh token belongs to no realm: its owner's home does.
    const auto accounts = cache.accountEntries();
    for (const auto &token : cache.refreshTokens()) {
        for (const auto &account : accounts) {
            if (account.homeAccountId() == token.homeAccountId() && account.environment() == token.environment())
                note(found, cache, token, account.realm());
        }
    }
    QList<LocalFinding> findings;
    for (const auto &[registration, owners] : found)
        findings.append(findingOf(registration, owners));
    return findings;
}

void lookIntoTokenCaches(LocalLook &look)
{
    const auto paths = ForeignCache::usualPlaces(look.places().home);
    for (const auto &path : paths) {
        if (!look.isStopped())
            lookIntoCache(look, path);
    }
}

} // namespace Countersign
