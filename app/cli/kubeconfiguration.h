// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "filechange.h"

#include <QtCore/QStringList>

namespace Countersign::Cli {

//! Which context of which kubeconfig.
struct KubeTarget
{
    QString file; //!< empty: the first one in $KUBECONFIG, otherwise ~/.kube/config
    QString context; //!< empty: the current one

    QString path() const;
};

//! The user entry as YAML, to be pasted.
QByteArray kubeUserEntry(const KubeTarget &target, const QStringList &arguments);

//! The kubeconfig with a user of ours, given to the context. Worked out by kubectl on a copy.
//!
//! Errors: NotSupported without kubectl; InvalidArgument for a context that is not there; StorageUnavailable.
[[nodiscard]] Result<FileChange> withKubeUser(const KubeTarget &target, const QStringList &arguments);

//! The kubeconfig without that user, and with the one that the context had before.
//!
//! Errors: as withKubeUser(); InvalidArgument (AccountNotFound) when the context's user is not ours.
[[nodiscard]] Result<FileChange> withoutKubeUser(const KubeTarget &target);

} // namespace Countersign::Cli
