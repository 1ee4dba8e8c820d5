// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/clientremovalflow.h>

using namespace Qt::StringLiterals;

namespace Countersign {

ClientRemovalFlow::ClientRemovalFlow(FlowContext &context, QObject *parent)
    : ProviderFlow(context, context.configuration.authority, parent)
{
    run<ClientRemovalFlow>({&ClientRemovalFlow::openStore, &ClientRemovalFlow::remove});
}

void ClientRemovalFlow::remove()
{
    if (!enter(Stage::Saving))
        return;
    setDeadline(storeDeadline, u"Removing the tokens"_s);
    const auto count = std::make_shared<int>(0);
    m_context.services.cache.update(
        [count, client = m_context.configuration.clientId, environments = m_context.environmentsOf(m_authority)](
            TokenCache &cache) { *count = cache.removeAppTokens(client, environments); },
        this,
        [this, count](const Result<void> &saved) {
            if (isFinished())
                return;
            if (!saved)
                return failNamed(saved.error());
            if (!enter(Stage::Done))
                return;
            succeed(*count);
        });
}

} // namespace Countersign
