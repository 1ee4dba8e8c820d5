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

QByteArray powerShellCompletion(const CompletionModel &model);
QByteArray elvishCompletion(const CompletionModel &model);

} // namespace Countersign::Cli
