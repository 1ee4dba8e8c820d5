// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"
#include "filechange.h"

#include "undorecord.h"

#include <QtCore/QStringList>

#include <functional>
#include <utility>

namespace Countersign::Cli {

//! Which context of which kubeconfig.
struct KubeTarget
{
    QString file; //!< empty: the one in $KUBECONFIG that has the context, otherwise ~/.kube/config
    QString context; //!< empty: the current one
};

//! How kubectl calls us.
struct KubeCommand
{
    QStringList arguments;
    QList<std::pair<QString, QString>> variables; //!< of the environment, by name
};

//! What is to become of a kubeconfig, and of the record that undoes it.
struct KubeChange
{
    FileChange file;
    std::optional<UndoRecord>
        record; //!< to be kept once the file is changed; none: an earlier one is of no use any more
    bool isExact = false; //!< the file becomes, byte by byte, what it was before all of ours
    bool isRecorded = false; //!< there was a record, of whatever state of the file

    //! Makes it. A record that cannot be kept is no error: \p complain gets to know why, and undoing is less exact.
    //!
    //! Errors: those of FileChange::apply().
    [[nodiscard]] Result<void> apply(const std::function<void(const Error &)> &complain) const;
};

//! A user entry to be pasted.
struct KubeEntry
{
    QString context; //!< whose user it is meant to be; empty: not known
    QString user;
    QByteArray yaml;
};

//! The entry for the context, in the version that the kubectl here speaks; v1 where there is none.
//!
//! Errors: those of runKubectl(), a missing kubectl excepted.
[[nodiscard]] Result<KubeEntry> kubeUserEntry(Context &context, const KubeTarget &target, const KubeCommand &command);

//! The kubeconfig with a user of ours, given to the context. Worked out by kubectl on a copy.
//!
//! Errors: NotSupported without kubectl; InvalidArgument for a context that is not there; StorageUnavailable; those of
//!         Context::awaitAnswer().
[[nodiscard]] Result<KubeChange> withKubeUser(Context &context, const KubeTarget &target, const KubeCommand &command);

//! The kubeconfig as it was before withKubeUser(), byte by byte if it holds what we left and no other context has a
//! user of ours since; otherwise without that user, and with the one that the context had before.
//!
//! Errors: as withKubeUser(); InvalidArgument (AccountNotFound) when the context's user is not ours.
[[nodiscard]] Result<KubeChange> withoutKubeUser(Context &context, const KubeTarget &target);

} // namespace Countersign::Cli
