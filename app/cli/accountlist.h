// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"

namespace Countersign::Cli {

//! What the cache knows of one account, for listing. No token.
struct ListedAccount
{
    enum class State : quint8 {
        Good, //!< an access token that still lives
        Refreshable, //!< none, but a refresh token
        Expired, //!< neither
        NeedsSignIn, //!< the provider wants the person
    };
    struct Token
    {
        QString clientId;
        ScopeSet scopes;
        QDateTime expiresAt;
    };

    Account account;
    QString name; //!< given by the person
    bool isDefault = false;
    QString issuer; //!< of a saved profile in this environment; empty: the environment has to do
    QStringList profiles;
    State state = State::Expired;
    QDateTime expiresAt; //!< of the access token that lives longest
    QList<Token> tokens;
    int refreshTokens = 0;
    std::optional<AccountAttention> attention;

    QString where() const { return issuer.isEmpty() ? homeOf(account) : issuer; }
};
QString identifier(ListedAccount::State state);

//! Opens the store of \p services. Errors: those of the store.
[[nodiscard]] Result<void> openStore(Context &context, App::ServiceSet &services);

//! Every account of the cache, or those of one environment.
QList<ListedAccount> listAccounts(const TokenCache &cache, const QList<Environment> &environments,
                                  const App::AccountBook &book, const ProfileStore &profiles, const QDateTime &at);

} // namespace Countersign::Cli
