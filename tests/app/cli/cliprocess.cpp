// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "cliprocess.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>

using namespace Qt::StringLiterals;

namespace CountersignTest {

QJsonObject CliRun::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QJsonObject CliRun::error() const
{
    return QJsonDocument::fromJson(err.trimmed().split('\n').last()).object();
}

CliRun runCli(const QStringList &arguments, const QByteArray &input, const Environment &environment,
              const QString &name)
{
    QProcess process;
    auto variables = QProcessEnvironment::systemEnvironment();
    for (const auto &unwanted : {u"CI"_s, u"COUNTERSIGN_NO_INTERACTION"_s, u"COUNTERSIGN_ISSUER"_s})
        variables.remove(unwanted);
    // Nothing is read or written that is a person's own, whatever the verb does.
    static const QTemporaryDir home;
    for (const auto &own :
         {u"HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CACHE_HOME"_s, u"XDG_STATE_HOME"_s})
        variables.insert(own, home.path());
    variables.insert(u"COUNTERSIGN_STORE"_s, u"memory"_s);
    for (auto it = environment.begin(); it != environment.end(); ++it)
        variables.insert(it.key(), it.value());
    process.setProcessEnvironment(variables);
    process.start(qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u'/' + name, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool hasEnded = process.waitForFinished();
    return {hasEnded && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray masked(QByteArray text)
{
    static const std::pair<QRegularExpression, QString> masks[] = {
        {QRegularExpression(u"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)?"_s),
         u"<time>"_s},
        {QRegularExpression(u"\\b(in )?\\d+ (s|min|h|d)( ago)?\\b"_s), u"<span>"_s},
        {QRegularExpression(u"127\\.0\\.0\\.1:\\d+"_s), u"127.0.0.1:<port>"_s},
        {QRegularExpression(u"(?<=countersign |ersion\":\")\\d+\\.\\d+\\.\\d+"_s), u"<version>"_s}};
    auto result = QString::fromUtf8(text);
    for (const auto &[pattern, word] : masks)
        result.replace(pattern, word);
    return result.toUtf8();
}

bool isGolden(const QString &name, const QByteArray &text)
{
    const QString path = QStringLiteral(COUNTERSIGN_TEST_DATA "/cli/") + name;
    QFile file(path);
    if (qEnvironmentVariableIntValue("COUNTERSIGN_UPDATE_GOLDEN") == 1) {
        QDir().mkpath(QStringLiteral(COUNTERSIGN_TEST_DATA "/cli"));
        return file.open(QIODevice::WriteOnly) && file.write(masked(text)) >= 0;
    }
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const auto expected = file.readAll();
    if (masked(text) == expected)
        return true;
    qWarning("%s differs. It is now:\n%s", qPrintable(path), masked(text).constData());
    return false;
}

} // namespace CountersignTest
