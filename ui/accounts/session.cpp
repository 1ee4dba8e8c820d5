// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/session.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

QDateTime AccountEntry::expiresAt() const
{
    QDateTime latest;
    for (const auto &token : tokens) {
        if (token.use == TokenUse::Access && token.expiresAt.isValid()
            && (!latest.isValid() || token.expiresAt > latest))
            latest = token.expiresAt;
    }
    return latest;
}

ScopeSet missingScopes(const ScopeSet &asked, const ScopeSet &granted)
{
    const auto isGranted = [&granted](const QString &scope) {
        // Microsoft Entra answers with the long name of a scope where the short one was asked for, and the other way.
        return std::any_of(granted.sorted().cbegin(), granted.sorted().cend(), [&scope](const QString &given) {
            return given.compare(scope, Qt::CaseInsensitive) == 0
                || given.endsWith(QString(u'/' + scope), Qt::CaseInsensitive)
                || scope.endsWith(QString(u'/' + given), Qt::CaseInsensitive);
        });
    };
    QStringList missing;
    for (const auto &scope : asked.sorted()) {
        const bool isData = scope != "openid"_L1 && scope != "offline_access"_L1 && !scope.endsWith("/.default"_L1);
        if (isData && !isGranted(scope))
            missing.append(scope);
    }
    return ScopeSet(missing);
}

ScopeSet Outcome::missing() const
{
    return missingScopes(asked, granted);
}

Result<void> Attempt::pasteAnswer(const Secret &)
{
    return Error{ErrorCode::InvalidArgument, QStringLiteral("Nothing waits for an address.")};
}

QStringList Session::scopeSuggestions(const QString &profileId)
{
    const auto known = profile(profileId);
    return known ? known->scopes.sorted() : QStringList();
}

void Session::testReturn(const QUrl &, QObject *context, DoneHandler handler)
{
    QMetaObject::invokeMethod(
        context,
        [handler = std::move(handler)] {
            handler(Error{ErrorCode::NotSupported, QStringLiteral("Nothing here can be tested.")});
        },
        Qt::QueuedConnection);
}

Operation *Session::revoke(const QString &, RevokedToken, QObject *context, DoneHandler handler)
{
    testReturn({}, context, std::move(handler));
    return nullptr;
}

void Session::readForeignCache(const QString &, QObject *context, ForeignHandler handler)
{
    QMetaObject::invokeMethod(
        context,
        [handler = std::move(handler)] {
            handler(Error{ErrorCode::NotSupported, QStringLiteral("Nothing here can be read.")});
        },
        Qt::QueuedConnection);
}

void Session::askToUnlock(QObject *, std::function<void()> then)
{
    then();
}

void Session::testStore(QObject *context, DoneHandler handler)
{
    testReturn({}, context, std::move(handler));
}

Result<void> Session::makeProfileOf(const QString &)
{
    return Error{ErrorCode::NotSupported, QStringLiteral("Profiles cannot be made here.")};
}

Result<void> Session::renameAccount(const AccountId &, const QString &)
{
    return Error{ErrorCode::NotSupported, QStringLiteral("Accounts cannot be named here.")};
}

Result<void> Session::useAsDefault(const AccountId &)
{
    return Error{ErrorCode::NotSupported, QStringLiteral("Accounts cannot be chosen here.")};
}

std::optional<ProfileEntry> Session::profile(const QString &id) const
{
    const auto all = profiles() + lostProfiles();
    const auto found = std::find_if(all.cbegin(), all.cend(), [&id](const auto &entry) { return entry.id == id; });
    return found == all.cend() ? std::nullopt : std::optional(*found);
}

std::optional<AccountEntry> Session::accountOfToken(const QString &tokenId) const
{
    const auto all = accounts();
    const auto found = std::find_if(all.cbegin(), all.cend(), [&tokenId](const AccountEntry &entry) {
        return std::any_of(entry.tokens.cbegin(), entry.tokens.cend(),
                           [&tokenId](const TokenEntry &token) { return token.id == tokenId; });
    });
    return found == all.cend() ? std::nullopt : std::optional(*found);
}

Operation *Session::askUserInfo(const QString &, const AccountId &, QObject *context, AnswerHandler handler)
{
    return introspect({}, {}, context, std::move(handler));
}

Operation *Session::introspect(const QString &, const QString &, QObject *context, AnswerHandler handler)
{
    QMetaObject::invokeMethod(
        context,
        [handler = std::move(handler)] {
            handler(Error{ErrorCode::NotSupported, QStringLiteral("Nobody can be asked here.")});
        },
        Qt::QueuedConnection);
    return nullptr;
}

QList<ProfileEntry> Session::alsoIn(const AccountEntry &entry) const
{
    const auto own = profile(entry.profileId);
    QList<ProfileEntry> others;
    for (const auto &other : profiles()) {
        // The account's own id says which provider it is of.
        if (own && other.id != own->id && other.clientId == own->clientId && account(other.id, entry.account.id))
            others.append(other);
    }
    return others;
}

std::optional<AccountEntry> Session::account(const QString &profileId, const AccountId &id) const
{
    const auto all = accounts();
    const auto found = std::find_if(all.cbegin(), all.cend(), [&](const auto &entry) {
        return entry.profileId == profileId && entry.account.id == id;
    });
    return found == all.cend() ? std::nullopt : std::optional(*found);
}

} // namespace Countersign::Desktop
