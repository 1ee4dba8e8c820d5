// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storefixture.h"

#include <countersign/storage/storemigration.h>

namespace Countersign::Test {

inline Result<void> moveStore(TokenStore &from, TokenStore &to)
{
    Answer<void> answer;
    QObject context;
    migrateStore(from, to, &context, answer.handler());
    return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, QStringLiteral("no answer")));
}

} // namespace Countersign::Test
