// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "projecttrust.h"

#include <QtCore/QCryptographicHash>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

QString digestOf(QByteArrayView content)
{
    return QString::fromLatin1(QCryptographicHash::hash(content.toByteArray(), QCryptographicHash::Sha256).toHex());
}

} // namespace

QString ProjectTrust::defaultPath()
{
    return App::configurationPath(u"trusted.json"_s, "COUNTERSIGN_TRUSTED");
}

Result<void> ProjectTrust::load()
{
    const auto content = m_file.read();
    if (!content)
        return content.error();
    m_trusted = content->value("trusted"_L1).toObject();
    return {};
}

bool ProjectTrust::covers(const QString &path, QByteArrayView content) const
{
    return !path.isEmpty() && m_trusted.value(path).toString() == digestOf(content);
}

Result<void> ProjectTrust::add(const QString &path, QByteArrayView content)
{
    return change([&path, &content](QJsonObject &trusted) { trusted.insert(path, digestOf(content)); });
}

Result<void> ProjectTrust::remove(const QString &path)
{
    return change([&path](QJsonObject &trusted) { trusted.remove(path); });
}

Result<void> ProjectTrust::change(const std::function<void(QJsonObject &trusted)> &change)
{
    return m_file.change([this, &change](QJsonObject &content) -> Result<void> {
        m_trusted = content.value("trusted"_L1).toObject();
        change(m_trusted);
        content.insert("trusted"_L1, m_trusted);
        return {};
    });
}

} // namespace Countersign::Cli
