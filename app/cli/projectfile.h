// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globaloptions.h"

#include <countersign/base/result.h>

#include <QtCore/QStringList>

namespace Countersign::Cli {

//! What a project says of itself in .countersign.toml: which saved profile, account and scopes its people use.
//!
//! It comes with somebody's repository, so it can name nothing else: no provider, no program, no file and no trust.
struct ProjectSettings
{
    QString profile; //!< the id of a profile that the person saved
    QString account;
    QStringList scopes;

    friend bool operator==(const ProjectSettings &, const ProjectSettings &) = default;
};

inline constexpr qint64 largestProjectFile = 64 * 1024;

//! Reads the TOML of a project file: `profile` and `account` are texts, `scope` is a text or a list of them.
//!
//! Errors: InvalidResponse naming the line, or the member that has no business there.
[[nodiscard]] Result<ProjectSettings> parseProjectFile(QByteArrayView toml);

//! Whether \p path has the one name by which a project file is found.
bool isNameOfProjectFile(const QString &path);
//! The nearest .countersign.toml in \p folder or above it; empty: there is none.
QString findProjectFile(const QString &folder);
//! At most largestProjectFile bytes.
//!
//! Errors: InvalidResponse naming the file.
[[nodiscard]] Result<QByteArray> readProjectFile(const QString &path);
//! Puts what \p project says where \p global says nothing. A provider named there is another one than the project's,
//! so that account and scopes do not fit it either.
void applyProject(const ProjectSettings &project, GlobalOptions &global);

} // namespace Countersign::Cli
