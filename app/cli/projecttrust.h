// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/jsonfile.h>

#include <QtCore/QStringList>

namespace Countersign::Cli {

//! The project files that the person looked at and agreed to. Trust is in a path and in its bytes: a file that changes
//! has to be looked at again.
class ProjectTrust
{
public:
    //! GenericConfigLocation/countersign/trusted.json, or what COUNTERSIGN_TRUSTED names.
    static QString defaultPath();

    explicit ProjectTrust(QString path = defaultPath()) : m_file(std::move(path)) { }

    const QString &path() const { return m_file.path(); }
    //! Errors: as JsonFile::read().
    [[nodiscard]] Result<void> load();
    bool covers(const QString &path, QByteArrayView content) const;
    //! In the order of their paths.
    QStringList paths() const { return m_trusted.keys(); }

    //! Errors: as JsonFile::change().
    [[nodiscard]] Result<void> add(const QString &path, QByteArrayView content);
    [[nodiscard]] Result<void> remove(const QString &path);

private:
    [[nodiscard]] Result<void> change(const std::function<void(QJsonObject &trusted)> &change);

    App::JsonFile m_file;
    QJsonObject m_trusted;
};

} // namespace Countersign::Cli
