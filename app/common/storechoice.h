// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/storage/tokenstore.h>

#include <functional>
#include <memory>

namespace Countersign::App {

//! Where tokens live, as a person names it: keychain, memory, file:PATH (sealed with a passphrase) or msal:PATH (MSAL's
//! plain file). An empty text is the keychain; an empty path after file: is the usual place.
struct StoreChoice
{
    TokenStore::Kind kind = TokenStore::Kind::Keychain;
    QString path;

    //! Errors: InvalidArgument naming what can be written instead.
    [[nodiscard]] static Result<StoreChoice> parse(const QString &text);
    //! With its path seen from the root: for what is written down here and read from another folder.
    StoreChoice fromAnywhere() const;
    //! The form that parse() reads.
    QString toString() const;

    friend bool operator==(const StoreChoice &, const StoreChoice &) = default;
};

//! Asked for the passphrase of a sealed file, at most once a store. May wait for a person.
using PassphraseSource = std::function<Result<Secret>()>;

//! Touches nothing but what \p passphrase does. \p random must outlive the store.
//!
//! Errors: those of \p passphrase; StorageUnavailable (PassphraseWrong) for a sealed file without a source or with an
//!         empty passphrase.
[[nodiscard]] Result<std::unique_ptr<TokenStore>> makeStore(const StoreChoice &choice, RandomSource &random,
                                                            const PassphraseSource &passphrase = {});

} // namespace Countersign::App
