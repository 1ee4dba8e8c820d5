// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/providerfiles.h>

#include <countersign/base/logging.h>
#include <countersign/crypto/digest.h>
#include <countersign/http/httptransport.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>

namespace Countersign {

namespace {

constexpr qint64 longestLine = 4096;

} // namespace

QString ProviderFiles::path(const Authority &authority, QLatin1StringView kind) const
{
    const auto name = digest(HashAlgorithm::Sha256, authority.issuer().toUtf8()).first(16).toHex();
    return m_folder + u'/' + QString::fromLatin1(name) + u'.' + kind;
}

std::optional<KeptDocument> ProviderFiles::read(const Authority &authority, QLatin1StringView kind) const
{
    if (m_folder.isEmpty())
        return {};
    QFile file(path(authority, kind));
    if (!file.open(QIODevice::ReadOnly) || file.size() > bodyLimit(HttpPurpose::Keys) + 4 * longestLine)
        return {};
    // Four lines before the document: when, for which issuer, from where, under which tag.
    KeptDocument document;
    document.at = QDateTime::fromSecsSinceEpoch(file.readLine(64).trimmed().toLongLong(), Qt::UTC);
    const auto issuer = file.readLine(longestLine).trimmed();
    document.source = QUrl::fromEncoded(file.readLine(longestLine).trimmed(), QUrl::StrictMode);
    document.tag = file.readLine(longestLine).trimmed();
    if (issuer != authority.issuer().toUtf8())
        return {};
    document.body = file.readAll();
    return document;
}

void ProviderFiles::write(const Authority &authority, QLatin1StringView kind, const KeptDocument &document) const
{
    if (m_folder.isEmpty() || !QDir().mkpath(m_folder))
        return;
    QSaveFile file(path(authority, kind));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QByteArray::number(document.at.toSecsSinceEpoch()) + '\n' + authority.issuer().toUtf8() + '\n'
               + document.source.toEncoded() + '\n' + document.tag + '\n' + document.body);
    if (!file.flush() || !file.commit())
        qCInfo(lcFlows) << "a provider's document was not kept:" << file.errorString();
}

void ProviderFiles::forget(const Authority &authority) const
{
    if (m_folder.isEmpty())
        return;
    for (const auto kind : {metadataKind, keysKind, instanceKind})
        QFile::remove(path(authority, kind));
}

} // namespace Countersign
