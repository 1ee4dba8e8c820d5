// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QString>

namespace Countersign::App {

//! What the sign-in window of our own keeps for each profile, where somebody chose that: the provider's cookies and the
//! like, in a folder of its own.
class EmbeddedSessions
{
public:
    explicit EmbeddedSessions(QString folder = defaultFolder());
    static QString defaultFolder();

    //! Whether it is there or not.
    QString folderOf(const QString &profileId) const;
    bool has(const QString &profileId) const;
    bool isEmpty() const;
    //! Nothing of it, or of any, is left. One that a window is using now may come back when that closes.
    //!
    //! Errors: StorageUnavailable when something could not be deleted.
    [[nodiscard]] Result<void> forget(const QString &profileId) const;
    [[nodiscard]] Result<void> forgetAll() const;

private:
    QString m_folder;
};

} // namespace Countersign::App
