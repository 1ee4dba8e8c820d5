// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

#include <utility>

namespace Countersign::Cli {

//! What a verb changed of what is kept here.
struct Change
{
    QString what; //!< profile, setting, account, store or sandbox
    QString name; //!< which one, as it is named in arguments
    QString action; //!< for example saved, changed, removed, default; unchanged: there was nothing to do
    std::optional<QString> value = {}; //!< what it is now, where that is one word
    //! What is to be minded now: its name in snake_case, and the words.
    QList<std::pair<QString, QString>> warnings = {};
};

//! Says \p change, which is made: a person reads \p words and the warnings on standard error, a program gets an object
//! `countersign.change/1`.
[[nodiscard]] ExitCode tellChange(Context &context, const Change &change, const QString &words);

//! The same once \p result says that it is made; otherwise fails with its error.
[[nodiscard]] ExitCode tellChange(Context &context, const Result<void> &result, const Change &change,
                                  const QString &words);

} // namespace Countersign::Cli
