// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <accounts/session.h>

#include <countersign/cache/tokencache.h>
#include <countersign/client/profile.h>
#include <countersign/jose/json.h>

namespace Countersign::Desktop {

//! Whose accounts a profile shows.
struct ProfileScope
{
    QString profileId;
    ClientId client;
    QList<Environment> environments; //!< the authority's own first, then its aliases
};

//! The client and environments of \p profile. Errors: InvalidArgument.
Result<ProfileScope> scopeOf(const Profile &profile);

//! Makes the rows of the windows out of caches, a few at a time, so that ten thousand accounts stop nobody's typing.
class AccountCollector
{
public:
    //! The copies share the caches' text.
    AccountCollector(QList<ProfileScope> profiles, TokenCache persistent, TokenCache sessionOnly);

    //! Goes on for about \p budget. True when all is collected.
    bool work(std::chrono::microseconds budget);
    QList<AccountEntry> takeEntries() { return std::move(m_entries); }

private:
    struct Part
    {
        QList<ProfileScope> profiles; //!< of one environment
        bool isSessionOnly = false;
    };
    void beginPart();
    void collect(const Account &account);

    TokenCache m_persistent;
    TokenCache m_sessionOnly;
    QList<Part> m_parts;
    QList<Account> m_accounts; //!< of the first part
    qsizetype m_next = -1; //!< the account to look at; -1: the first part was not begun
    QList<AccountEntry> m_entries;
};

//! Finds the access token that TokenEntry::id names, or the ID token. Empty when it is gone.
Secret findToken(const TokenCache &cache, const AccountId &account, const ClientId &client, const QString &tokenId);
//! The id of an access token's row.
QString tokenIdOf(const AccessTokenEntry &entry);
//! The id of the row of \p account's ID token in its home realm, or in the first that has one; empty: there is none.
QString idTokenIdOf(const TokenCache &cache, const AccountId &account, const ClientId &client);
//! How somebody signed in: `amr`. OpenID Connect wants a list; some providers write words into one text.
QStringList methodsIn(const Jose::JsonObject &claims);
//! Everything known of one account beyond its row.
AccountDetail detailOf(const TokenCache &cache, const AccountId &account, const ClientId &client);

} // namespace Countersign::Desktop
