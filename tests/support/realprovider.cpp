// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/realprovider.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace CountersignTest {

QString RealProvider::missing()
{
    if (QStandardPaths::findExecutable(u"node"_s).isEmpty())
        return u"node is not installed"_s;
    const QString folder = qEnvironmentVariable("COUNTERSIGN_INTEROP_DIR");
    if (!QFile::exists(folder + u"/node_modules/oidc-provider/package.json"_s))
        return u"oidc-provider is not installed: npm is missing, or ctest did not run its fixture"_s;
    return {};
}

bool RealProvider::start()
{
    return m_process.start(u"node"_s, {qEnvironmentVariable("COUNTERSIGN_INTEROP_SCRIPT")});
}

QUrl RealProvider::signIn(const QUrl &url, const QString &browser) const
{
    QJsonObject request{{u"url"_s, url.toString(QUrl::FullyEncoded)}};
    if (!browser.isEmpty())
        request.insert("browser"_L1, browser);
    return QUrl(m_process.control("POST"_ba, u"/sign-in"_s, request).json().value("location"_L1).toString());
}

bool RealProvider::approveDevice(const QUrl &verificationUriComplete) const
{
    const QJsonObject request{{u"url"_s, verificationUriComplete.toString(QUrl::FullyEncoded)}};
    return m_process.control("POST"_ba, u"/approve-device"_s, request).status == 200;
}

QStringList RealProvider::requests() const
{
    QStringList result;
    const QJsonArray log = m_process.control("GET"_ba, u"/log"_s).json().value("requests"_L1).toArray();
    for (const QJsonValue &entry : log)
        result.append(entry.toString());
    return result;
}

} // namespace CountersignTest
