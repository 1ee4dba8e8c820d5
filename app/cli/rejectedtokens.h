// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QDateTime>

namespace Countersign::Cli {

//! Tokens that a server refused although they looked good, remembered by their SHA-256 for a day, so that the next
//! caller gets another one.
class RejectedTokens
{
public:
    //! In GenericCacheLocation.
    RejectedTokens();

    //! What stands for a token: nobody can make a token of it.
    static QString mark(const Secret &token);

    //! False too when the file cannot be read: then a token is asked for once too often, not once too seldom.
    bool contains(const QString &mark, const QDateTime &at) const;
    //! Errors: StorageUnavailable.
    [[nodiscard]] Result<void> add(const QString &mark, const QDateTime &at) const;

private:
    QString m_path;
};

} // namespace Countersign::Cli
