// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/accountsflow.h>

namespace Countersign {

QList<Account> accountsIn(const FlowContext &context, const AccountFilter &filter)
{
    const auto environments = filter.everyEnvironment
        ? QList<Environment>()
        : context.placeOf(context.configuration.authority).query.environments;
    const auto &cache = context.services.cache.snapshot();
    return filter.username.isEmpty() ? cache.accounts(environments)
                                     : cache.accountsNamed(filter.username, environments);
}

AccountsFlow::AccountsFlow(FlowContext &context, AccountFilter filter, QObject *parent)
    : ProviderFlow(context, context.configuration.authority, parent), m_filter(std::move(filter))
{
    run<AccountsFlow>({&AccountsFlow::openStore, &AccountsFlow::list});
}

void AccountsFlow::list()
{
    if (!enter(Stage::Done))
        return;
    succeed(accountsIn(m_context, m_filter));
}

} // namespace Countersign
