// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "rejectedtokens.h"

#include <common/jsonfile.h>

#include <countersign/crypto/digest.h>

#include <QtCore/QDir>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr qint64 keptSeconds = 24 * 60 * 60; // longer than access tokens live

bool isKept(const QJsonValue &since, const QDateTime &at)
{
    return qAbs(at.toSecsSinceEpoch() - since.toInteger()) < keptSeconds;
}

} // namespace

RejectedTokens::RejectedTokens()
    : m_path(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/countersign/rejected.json"_s)
{
}

QString RejectedTokens::mark(const Secret &token)
{
    return QString::fromLatin1(digest(HashAlgorithm::Sha256, token.reveal()).toHex());
}

bool RejectedTokens::contains(const QString &mark, const QDateTime &at) const
{
    const auto marks = App::JsonFile(m_path).read();
    return marks && marks->contains(mark) && isKept(marks->value(mark), at);
}

Result<void> RejectedTokens::add(const QString &mark, const QDateTime &at) const
{
    if (!QDir().mkpath(QFileInfo(m_path).path()))
        return Error{ErrorCode::StorageUnavailable, u"'%1' cannot be made"_s.arg(QFileInfo(m_path).path())};
    return App::JsonFile(m_path).change([&mark, &at](QJsonObject &marks) -> Result<void> {
        const auto names = marks.keys();
        for (const auto &name : names) {
            if (!isKept(marks.value(name), at))
                marks.remove(name);
        }
        marks.insert(mark, at.toSecsSinceEpoch());
        return {};
    });
}

} // namespace Countersign::Cli
