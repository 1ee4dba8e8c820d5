// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QDateTime>

#include <optional>

namespace Countersign::Cli {

//! What kubectl tells an exec plugin. Spec: client.authentication.k8s.io ExecCredential, v1 and v1beta1.
struct ExecInfo
{
    QString apiVersion;
    bool isInteractive = false; //!< standard input belongs to the plugin
    QString server; //!< with provideClusterInfo only; empty otherwise
};

//! Reads KUBERNETES_EXEC_INFO.
//!
//! Errors: InvalidArgument when it is no ExecCredential, or of a version that is not spoken here.
[[nodiscard]] Result<ExecInfo> parseExecInfo(QByteArrayView json);

//! The ExecCredential that answers it. Without \p expiresAt kubectl keeps the token until a server refuses it.
[[nodiscard]] Secret encodeExecCredential(const QString &apiVersion, const Secret &token,
                                          const std::optional<QDateTime> &expiresAt);

//! The versions that are spoken, the newest first.
QStringList execApiVersions();

} // namespace Countersign::Cli
