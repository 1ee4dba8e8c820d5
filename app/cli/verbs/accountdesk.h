// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../accountlist.h"
#include "../verb.h"

namespace Countersign::Jose {
class JsonWriter;
}

namespace Countersign::Cli {

//! What the words below `accounts` share: the store is open, the book is read.
struct AccountDesk
{
    App::ServiceSet *services = nullptr;
    ProfileStore profiles;
    App::AccountBook book;
    QList<Environment> environments; //!< of the provider that is named; empty: every one
    QList<ListedAccount> listed;
};

//! Errors: those of the files, the provider's name and the store.
[[nodiscard]] Result<AccountDesk> openAccountDesk(Context &context);
//! The accounts of the provider that is named, or all, as they are now.
QList<ListedAccount> listedNow(const AccountDesk &desk, const QDateTime &at);

//! In a few words, for example that a token expires in an hour.
QString stateWords(const ListedAccount &listed, const QDateTime &at);
//! As an object of the JSON answers.
void writeAccount(Jose::JsonWriter &json, const ListedAccount &listed);

std::unique_ptr<Verb> makeAccountsWatchVerb();

} // namespace Countersign::Cli
