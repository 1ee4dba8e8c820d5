// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QLockFile>
#include <QtCore/QString>

#include <memory>

namespace Countersign {

//! Where a provider's pages keep what shall be there at the next sign-in. Nobody else uses it as long as this lives,
//! and nobody else may read it.
class SessionFolder
{
public:
    //! Null when it cannot be had: then nothing is kept.
    static std::unique_ptr<SessionFolder> take(const QString &path);
    explicit SessionFolder(QString path);

    const QString &path() const { return m_path; }
    //! Deletes what Chromium writes besides, the addresses that were visited among it. To be called when no profile
    //! uses the folder.
    void tidy() const;

private:
    QString m_path;
    QLockFile m_lock;
};

} // namespace Countersign
