// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/client/publicclient.h>

#include <QtCore/QEventLoop>
#include <QtCore/QTemporaryDir>

#include <memory>

namespace Countersign::Bench {

//! A client over a cache file in MSAL's format, with everything a program would use except for the network: a request
//! ends the program.
class CacheClient
{
public:
    //! \p path must be as private as MsalFileStore demands.
    //!
    //! Errors: as PersistentTokenCache::open(); InvalidArgument when nothing in the file says whose it is.
    [[nodiscard]] static Result<std::unique_ptr<CacheClient>> open(const QString &path);
    ~CacheClient();

    PublicClient &client() const;

private:
    explicit CacheClient(const QString &path);
    struct Private;
    std::unique_ptr<Private> d;
};

//! A copy that nobody else can read, as the store demands, in a folder of its own.
class PrivateCopy
{
public:
    explicit PrivateCopy(const QString &path);
    //! Empty if it could not be made.
    const QString &path() const { return m_path; }

private:
    QTemporaryDir m_folder;
    QString m_path;
};

//! Waits for an operation; only in a program where nothing else happens.
template <typename T> Result<T> outcome(OperationOf<T> *operation)
{
    QEventLoop loop;
    std::optional<Result<T>> result;
    QObject::connect(operation, &Operation::finished, &loop, [operation, &result, &loop] {
        result.emplace(operation->takeResult());
        loop.quit();
    });
    loop.exec();
    return *std::move(result);
}

} // namespace Countersign::Bench
