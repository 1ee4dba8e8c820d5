// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QJsonObject>

#include <functional>

namespace Countersign::App {

//! A small JSON object in a file of the person's own (0600), shared by our programs. No secret belongs into it.
class JsonFile
{
public:
    explicit JsonFile(QString path) : m_path(std::move(path)) { }

    const QString &path() const { return m_path; }
    //! A missing file is an empty object.
    //!
    //! Errors: StorageUnavailable when it cannot be read; InvalidArgument, naming file and line, when it is no object.
    [[nodiscard]] Result<QJsonObject> read() const;
    //! Reads, changes and writes whole, under a lock file: two programs cannot undo each other's change.
    //!
    //! Errors: those of read() and of \p change, which leave the file as it was; StorageUnavailable.
    [[nodiscard]] Result<void> change(const std::function<Result<void>(QJsonObject &)> &change) const;

private:
    [[nodiscard]] Result<void> write(const QJsonObject &object) const;

    QString m_path;
};

//! GenericConfigLocation/countersign/\p name, or what the environment variable \p variable names.
QString configurationPath(const QString &name, const char *variable);

} // namespace Countersign::App
