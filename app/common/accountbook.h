// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/jsonfile.h>

#include <countersign/model/account.h>

namespace Countersign::App {

//! The names a person gave to accounts, and which account of a provider is the one to take when nobody says which.
//! Kept apart from the tokens, whose document is shared with other programs. Personal data, no secret.
class AccountBook
{
public:
    //! GenericConfigLocation/countersign/accounts.json, or what COUNTERSIGN_ACCOUNTS names.
    static QString defaultPath();

    explicit AccountBook(QString path = defaultPath()) : m_file(std::move(path)) { }

    //! Errors: as JsonFile::read().
    [[nodiscard]] Result<void> load();
    //! Empty when none was given.
    QString nameOf(const AccountId &account) const;
    bool isDefault(const AccountId &account) const;

    //! An empty name takes it away. Errors: as JsonFile::change().
    [[nodiscard]] Result<void> rename(const AccountId &account, const QString &name);
    //! The account to take in its environment. Errors: as JsonFile::change().
    [[nodiscard]] Result<void> setDefault(const AccountId &account);
    //! Forgets everything about the account. Errors: as JsonFile::change().
    [[nodiscard]] Result<void> forget(const AccountId &account);

private:
    [[nodiscard]] Result<void> change(const std::function<void(QJsonObject &names, QJsonObject &defaults)> &change);

    JsonFile m_file;
    QJsonObject m_content;
};

} // namespace Countersign::App
