// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientsession.h"

#include <countersign/protocol/webaddress.h>

#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

// The profiles: those of the file, as it changes, and those that accounts are of and no file has any more.

namespace Countersign::Desktop {

namespace {

SignInWay wayOf(Profile::Way way, const QString &usual)
{
    switch (way) {
    case Profile::Way::Automatic:
        if (usual == "device"_L1)
            return SignInWay::DeviceCode;
        return usual == "embedded"_L1 ? SignInWay::Embedded : SignInWay::Browser;
    case Profile::Way::Browser: return SignInWay::Browser;
    case Profile::Way::Embedded: return SignInWay::Embedded;
    case Profile::Way::Device: return SignInWay::DeviceCode;
    }
    Q_UNREACHABLE();
}

ProfileEntry entryOf(const Profile &profile, const QString &usualWay)
{
    return {.id = profile.id,
            .name = profile.displayName(),
            .issuer = profile.issuer,
            .clientId = profile.clientId,
            .scopes = profile.scopes,
            .resources = profile.resources,
            .loginHint = profile.loginHint,
            .preferredWay = wayOf(profile.way, usualWay),
            .isMicrosoft = profile.kind == Profile::Kind::Entra,
            .wantsRefreshToken = profile.wantsRefreshToken,
            .isSandbox = Protocol::isLoopback(QUrl(profile.issuer)),
            .capabilities = profile.capabilities};
}

} // namespace

void ClientSession::watchProfiles()
{
    // The file is replaced at every save, which ends the watch on it; the folder tells when it comes.
    if (!m_watcher.files().contains(m_profiles.path()) && QFileInfo::exists(m_profiles.path()))
        m_watcher.addPath(m_profiles.path());
    const auto folder = QFileInfo(m_profiles.path()).absolutePath();
    if (!m_watcher.directories().contains(folder) && QFileInfo::exists(folder))
        m_watcher.addPath(folder);
}

void ClientSession::reloadProfiles()
{
    watchProfiles();
    const auto before = m_known;
    if (const auto loaded = m_profiles.load(); !loaded) {
        Q_EMIT problem(loaded.error());
        return;
    }
    if (m_profiles.profiles() == before)
        return;
    m_known = m_profiles.profiles();
    describeProfiles();
    // A client is what its profile was when it was made. Those that changed are made again; one with a request in
    // flight finishes that first.
    std::erase_if(m_retired, [](const std::unique_ptr<PublicClient> &client) {
        return client->findChildren<Operation *>(QString(), Qt::FindDirectChildrenOnly).isEmpty();
    });
    for (auto it = m_clients.begin(); it != m_clients.end();) {
        const auto *now = profileOf(it->first.profileId);
        const auto was = std::find_if(before.cbegin(), before.cend(),
                                      [&it](const Profile &profile) { return profile.id == it->first.profileId; });
        const bool isBusy = !it->second->findChildren<Operation *>(QString(), Qt::FindDirectChildrenOnly).isEmpty();
        const bool isSame = now && was != before.cend() && *now == *was;
        if (!isSame && isBusy)
            m_retired.push_back(std::move(it->second));
        it = isSame ? std::next(it) : m_clients.erase(it);
    }
    Q_EMIT profilesChanged();
    collect();
}

void ClientSession::describeProfiles()
{
    m_profileEntries.clear();
    m_scopes.clear();
    for (const auto &profile : m_profiles.profiles()) {
        m_profileEntries.append(entryOf(profile, m_settings.defaultWay));
        if (auto scope = scopeOf(profile))
            m_scopes.append(*std::move(scope));
    }
}

void ClientSession::setDefaultWay(const QString &way)
{
    if (way == m_settings.defaultWay)
        return;
    m_settings.defaultWay = way;
    describeProfiles();
    Q_EMIT profilesChanged();
}

const Profile *ClientSession::profileOf(const QString &id) const
{
    for (const auto &profile : m_profiles.profiles()) {
        if (profile.id == id)
            return &profile;
    }
    const auto lost =
        std::find_if(m_lost.cbegin(), m_lost.cend(), [&id](const Profile &profile) { return profile.id == id; });
    return lost == m_lost.cend() ? nullptr : &*lost;
}

Result<void> ClientSession::makeProfileOf(const QString &lostId)
{
    const auto *lost = profileOf(lostId);
    if (!lost)
        return Error{ErrorCode::InvalidArgument, u"Nothing is kept of this client any more."_s};
    auto profile = *lost;
    profile.name = QUrl(profile.issuer).host();
    profile.id = m_profiles.freeId(profile.name);
    const auto stored = m_profiles.put(profile);
    if (stored)
        reloadProfiles();
    return stored;
}

void ClientSession::describeLost()
{
    m_lostEntries.clear();
    for (const auto &profile : std::as_const(m_lost)) {
        const bool hasAccounts = std::any_of(m_accounts.cbegin(), m_accounts.cend(),
                                             [&profile](const auto &entry) { return entry.profileId == profile.id; });
        if (!hasAccounts)
            continue;
        m_lostEntries.append(entryOf(profile, m_settings.defaultWay));
        m_lostEntries.last().isLost = true;
    }
}

QList<WayState> ClientSession::ways(const QString &profileId) const
{
    QList<WayState> ways{{.way = SignInWay::Browser}, {.way = SignInWay::DeviceCode}};
    WayState embedded{.way = SignInWay::Embedded};
    if (const auto available = m_services->embedded().availability(); !available) {
        embedded.isAvailable = false;
        switch (available.error().cause()) {
        case ErrorCause::WebViewMissing:
            embedded.reason = tr("The sign-in window (countersign-webview) is not installed.");
            break;
        case ErrorCause::WebViewForbidden:
            embedded.reason = tr("The sign-in window cannot protect itself when it runs as root.");
            break;
        default: embedded.reason = tr("There is no display for the sign-in window.");
        }
    }
    ways.append(embedded);
    const auto *profile = profileOf(profileId);
    // Where nothing of ours can listen, only the window of our own sees the answer.
    if (profile && !profile->redirectUri.isEmpty()) {
        const auto redirect = RedirectPreference::fromUri(QUrl(profile->redirectUri));
        if (redirect && redirect->kind == RedirectPreference::Kind::Exact) {
            ways[0].isAvailable = false;
            ways[0].reason = tr("This profile's redirect address cannot be reached from a browser.");
        }
    }
    return ways;
}

} // namespace Countersign::Desktop
