// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace CountersignTest {

CliHome::CliHome()
{
    m_environment = {{u"COUNTERSIGN_PROFILES"_s, path(u"profiles.json"_s)},
                     {u"COUNTERSIGN_SETTINGS"_s, path(u"settings.json"_s)},
                     {u"COUNTERSIGN_ACCOUNTS"_s, path(u"accounts.json"_s)},
                     {u"COUNTERSIGN_STORE"_s, u"msal:"_s + storePath()},
                     {u"HOME"_s, path(u"home"_s)},
                     {u"XDG_CONFIG_HOME"_s, path(u"config"_s)},
                     {u"XDG_DATA_HOME"_s, path(u"data"_s)},
                     {u"XDG_CACHE_HOME"_s, path(u"cache"_s)},
                     {u"SSH_CONNECTION"_s, QString()},
                     {u"BROWSER"_s, QString()}};
}

CliRun CliHome::run(const QStringList &arguments, const QByteArray &input, const Environment &more) const
{
    auto environment = m_environment;
    environment.insert(more);
    return runCli(arguments, input, environment);
}

void CliHome::start(QProcess &process, const QStringList &arguments, const Environment &more) const
{
    auto variables = QProcessEnvironment::systemEnvironment();
    for (const auto &unwanted : {u"CI"_s, u"COUNTERSIGN_NO_INTERACTION"_s, u"COUNTERSIGN_ISSUER"_s})
        variables.remove(unwanted);
    auto environment = m_environment;
    environment.insert(more);
    for (auto it = environment.begin(); it != environment.end(); ++it)
        variables.insert(it.key(), it.value());
    process.setProcessEnvironment(variables);
    process.start(qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign"_s, arguments);
}

CliRun CliHome::signIn(const QString &issuer, const QStringList &more) const
{
    return run(QStringList{u"login"_s, u"--browser"_s, browser(), u"--timeout"_s, u"60s"_s} + provider(issuer) + more);
}

QByteArray CliHome::storeBytes() const
{
    QFile file(storePath());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<QByteArray> CliHome::storedSecrets() const
{
    QList<QByteArray> secrets;
    const auto store = QJsonDocument::fromJson(storeBytes()).object();
    for (const auto &section : {u"AccessToken"_s, u"RefreshToken"_s, u"IdToken"_s}) {
        const auto entries = store[section].toObject();
        for (const auto entry : entries)
            secrets.append(entry.toObject()[u"secret"].toString().toUtf8());
    }
    return secrets;
}

QString CliHome::browser(const QString &options)
{
    const auto program = QDir(QCoreApplication::applicationDirPath()).filePath(u"countersign-test-browser"_s);
    return options.isEmpty() ? program : program + u' ' + options;
}

QStringList CliHome::provider(const QString &issuer)
{
    return {u"--issuer"_s, issuer, u"--client-id"_s, u"sandbox-native"_s};
}

QUrl addressIn(const QByteArray &text)
{
    static const QRegularExpression pattern(u"https?://\\S+"_s);
    return QUrl(pattern.match(QString::fromUtf8(text)).captured());
}

bool waitForAddress(QProcess &process, QByteArray &text)
{
    QElapsedTimer clock;
    clock.start();
    while (text.count("\n\n") < 2 && clock.elapsed() < 20'000) {
        process.waitForReadyRead(100);
        text += process.readAllStandardError();
    }
    return text.count("\n\n") >= 2;
}

} // namespace CountersignTest
