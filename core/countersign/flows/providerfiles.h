// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/model/authority.h>

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QUrl>

#include <optional>

namespace Countersign {

//! A provider's document as it was kept.
struct KeptDocument
{
    QDateTime at; //!< when the provider last said so
    QUrl source;
    QByteArray tag; //!< the provider's ETag; empty: none
    QByteArray body;
};

//! Providers' documents on disk, a file for each issuer and kind. Public data; readable by the person alone all the
//! same: it says where somebody signs in.
class ProviderFiles
{
public:
    //! \p folder empty: nothing is kept.
    explicit ProviderFiles(QString folder) : m_folder(std::move(folder)) { }

    //! Whatever its age; no value when there is none, or it was kept for another issuer.
    std::optional<KeptDocument> read(const Authority &authority, QLatin1StringView kind) const;
    void write(const Authority &authority, QLatin1StringView kind, const KeptDocument &document) const;
    //! Every document of \p authority: the next one who wants them has to ask it.
    void forget(const Authority &authority) const;

    // The kinds of documents.
    static constexpr auto metadataKind = QLatin1StringView("metadata");
    static constexpr auto keysKind = QLatin1StringView("keys");
    static constexpr auto instanceKind = QLatin1StringView("instance");

private:
    QString path(const Authority &authority, QLatin1StringView kind) const;

    QString m_folder;
};

} // namespace Countersign
