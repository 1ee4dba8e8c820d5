// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

namespace Countersign::Cli {

//! What can follow a path of verbs.
struct CompletionPlace
{
    QString path; //!< "challenge parse"; empty for the program
    QList<std::pair<QString, QString>> verbs; //!< name and summary
    QList<OptionDescription> options; //!< its own, and --output, whose words depend on the verb
};

struct CompletionModel
{
    QList<CompletionPlace> places;
    QList<OptionDescription> global; //!< without --output
};

//! What `countersign` is called with to list the saved profiles, one a line. A list of accounts would ask the keychain.
inline constexpr auto profileList = "profile list -o jsonl --query id 2>/dev/null";

QByteArray powerShellCompletion(const CompletionModel &model);
QByteArray elvishCompletion(const CompletionModel &model);

} // namespace Countersign::Cli
