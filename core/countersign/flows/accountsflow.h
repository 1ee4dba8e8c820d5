// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/providerflow.h>

namespace Countersign {

//! Lists who is signed in. Sends nothing.
class AccountsFlow final : public ProviderFlow<AccountsOperation>
{
public:
    AccountsFlow(FlowContext &context, AccountFilter filter, QObject *parent);

private:
    void list();

    AccountFilter m_filter;
};

//! What \p filter lets through of what is loaded.
QList<Account> accountsIn(const FlowContext &context, const AccountFilter &filter);

} // namespace Countersign
