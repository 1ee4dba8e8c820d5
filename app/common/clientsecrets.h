// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/profile.h>
#include <countersign/storage/persistenttokencache.h>

namespace Countersign::App {

// A client secret lies where the tokens lie, in the store's one document: sealed or in the keychain like them, moved
// and wiped with them. It belongs to a client at a provider: profiles of the same registration share it, and a profile
// that is pointed at another provider does not take it along.

//! Why a plain file keeps none.
Error plainFileRefusal();

using SecretAnswer = std::function<void(const Result<std::shared_ptr<const Secret>> &)>;

//! Keeps \p secret for the registration of \p profile, in place of the one before.
//!
//! Errors: NotSupported in a store that is a plain file; InvalidArgument for a secret that is empty or has control
//!         characters in it (RFC 6749 Appendix A.2); those of the store.
void keepClientSecret(PersistentTokenCache &cache, const Profile &profile, Secret secret, QObject *context,
                      PersistentTokenCache::DoneHandler done);
//! Forgets it; having none is no error. Errors: those of the store.
void forgetClientSecret(PersistentTokenCache &cache, const Profile &profile, QObject *context,
                        PersistentTokenCache::DoneHandler done);
//! Opens the store and gives the secret, null where there is none. Errors: those of the store.
void readClientSecret(PersistentTokenCache &cache, const Profile &profile, QObject *context, SecretAnswer answer);

} // namespace Countersign::App
