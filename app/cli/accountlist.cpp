// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accountlist.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

void addTokens(ListedAccount &listed, const TokenCache &cache)
{
    for (const auto &token : cache.accessTokens()) {
        if (token.homeAccountId() != listed.account.id.homeAccountId
            || token.environment() != listed.account.id.environment)
            continue;
        listed.tokens.append({token.clientId().value, token.scopes(), token.expiresAt()});
        if (!listed.expiresAt.isValid() || listed.expiresAt < token.expiresAt())
            listed.expiresAt = token.expiresAt();
    }
    for (const auto &token : cache.refreshTokens()) {
        if (token.homeAccountId() == listed.account.id.homeAccountId
            && token.environment() == listed.account.id.environment)
            ++listed.refreshTokens;
    }
}

void addProfiles(ListedAccount &listed, const ProfileStore &profiles)
{
    for (const auto &profile : profiles.profiles()) {
        const auto authority = profile.authority();
        if (!authority || authority->environment() != listed.account.id.environment)
            continue;
        listed.profiles.append(profile.id);
        listed.issuer = profile.issuer;
    }
}

ListedAccount::State stateOf(const ListedAccount &listed, const QDateTime &at)
{
    using enum ListedAccount::State;
    if (listed.attention)
        return NeedsSignIn;
    if (listed.expiresAt.isValid() && listed.expiresAt > at)
        return Good;
    return listed.refreshTokens > 0 ? Refreshable : Expired;
}

} // namespace

QString identifier(ListedAccount::State state)
{
    switch (state) {
    case ListedAccount::State::Good: return u"good"_s;
    case ListedAccount::State::Refreshable: return u"refreshable"_s;
    case ListedAccount::State::Expired: return u"expired"_s;
    case ListedAccount::State::NeedsSignIn: return u"needs_sign_in"_s;
    }
    Q_UNREACHABLE();
}

Result<void> openStore(Context &context, App::ServiceSet &services)
{
    return context.awaitAnswer<void>([&services](auto handler) {
        auto listener = std::make_unique<QObject>();
        services.cache().open(listener.get(), handler);
        return listener;
    });
}

QList<ListedAccount> listAccounts(const TokenCache &cache, const QList<Environment> &environments,
                                  const App::AccountBook &book, const ProfileStore &profiles, const QDateTime &at)
{
    QList<ListedAccount> result;
    const auto accounts = cache.accounts(environments);
    for (const auto &account : accounts) {
        ListedAccount listed;
        listed.account = account;
        listed.name = book.nameOf(account.id);
        listed.isDefault = book.isDefault(account.id);
        listed.attention = cache.attention(account.id);
        addTokens(listed, cache);
        addProfiles(listed, profiles);
        listed.state = stateOf(listed, at);
        result.append(listed);
    }
    return result;
}

} // namespace Countersign::Cli
