// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/storewipe.h>

namespace Countersign::App {

namespace {

void forgetEverybody(TokenCache &cache)
{
    const auto accounts = cache.accounts();
    for (const auto &account : accounts)
        cache.forgetAccount(account.id);
    const auto clients = cache.clientsWithSecret();
    for (const auto &client : clients)
        cache.removeClientSecret(client);
}

} // namespace

void wipeStore(PersistentTokenCache &cache, QObject *context, PersistentTokenCache::DoneHandler done)
{
    const auto clear = [&cache, context, done] { cache.store().clear(context, done); };
    cache.open(context, [&cache, context, done, clear](const Result<void> &opened) {
        if (!opened)
            return clear();
        cache.update(forgetEverybody, context, [done, clear](const Result<void> &forgotten) {
            if (!forgotten)
                return done(forgotten);
            clear();
        });
    });
}

} // namespace Countersign::App
