// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"
#include "filechange.h"

#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>

#include <functional>
#include <memory>

namespace Countersign::Cli {

//! Which kubectl is here: what an exec plugin's entry may say depends on it.
struct KubectlVersion
{
    int major = 0;
    int minor = 0;

    bool operator==(const KubectlVersion &) const = default;
    auto operator<=>(const KubectlVersion &) const = default; // NOLINT(modernize-use-nullptr): clang-tidy 14 reads a 0

    QString toString() const;
    //! What `kubectl version --client -o json` says.
    //!
    //! Errors: NotSupported when that is no version.
    [[nodiscard]] static Result<KubectlVersion> parse(const QByteArray &json);
    //! Of the kubectl that is here.
    //!
    //! Errors: those of runKubectl() and of parse().
    [[nodiscard]] static Result<KubectlVersion> installed(Context &context);
};

//! What kubectl writes.
//!
//! Errors: NotSupported without kubectl; InvalidArgument with its own words; those of Context::awaitAnswer().
[[nodiscard]] Result<QByteArray> runKubectl(Context &context, const QStringList &arguments);

//! A kubeconfig that kubectl works on beside the real one, in a folder of our own.
class KubeCopy
{
public:
    explicit KubeCopy(Context &context) : m_context(context) { }

    //! Errors: InvalidArgument when there is no such file; StorageUnavailable.
    [[nodiscard]] static Result<std::unique_ptr<KubeCopy>> of(Context &context, const QString &config);

    //! What kubectl writes of the copy. Errors: those of runKubectl().
    [[nodiscard]] Result<QByteArray> kubectl(const QStringList &arguments) const;
    //! As kubectl(), one after the other until one fails.
    [[nodiscard]] Result<void> run(const QList<QStringList> &commands) const;

    //! Changes the copy as kubectl cannot.
    [[nodiscard]] Result<void> rewrite(const std::function<QByteArray(const QByteArray &)> &edit) const;
    //! The change that makes the real one what the copy is now.
    [[nodiscard]] Result<FileChange> finish();

private:
    QString path() const { return m_folder.filePath(QStringLiteral("config")); }

    Context &m_context;
    QTemporaryDir m_folder;
    FileChange m_change;
};

} // namespace Countersign::Cli
