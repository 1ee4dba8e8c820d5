// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/flows/flowcontext.h>
#include <countersign/flows/operations.h>

namespace Countersign {

//! Lists who is signed in. Sends nothing.
class AccountsFlow final : public AccountsOperation
{
public:
    AccountsFlow(FlowContext &context, AccountFilter filter, QObject *parent);

private:
    void openStore();
    void list();

    FlowContext &m_context;
    AccountFilter m_filter;
};

//! What \p filter lets through of what is loaded.
QList<Account> accountsIn(const FlowContext &context, const AccountFilter &filter);

} // namespace Countersign
