// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "logoutput.h"

#include "words.h"

#include <countersign/jose/jsonwriter.h>

#include <QtCore/QDateTime>

#include <atomic>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

std::atomic<LogFormat> chosenFormat = LogFormat::Text; // messages come from every thread

QString levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return u"debug"_s;
    case QtInfoMsg: return u"info"_s;
    case QtWarningMsg: return u"warning"_s;
    case QtCriticalMsg: return u"critical"_s;
    case QtFatalMsg: return u"fatal"_s;
    }
    Q_UNREACHABLE();
}

QByteArray lineOf(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (chosenFormat == LogFormat::Text)
        return harmless(qFormatLogMessage(type, context, message)).toUtf8() + '\n';
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.log/1"_s);
    json.string("timestamp", QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
    json.string("level", levelOf(type)).string("category", QString::fromUtf8(context.category));
    json.string("message", message).endObject();
    return harmlessJson(json.view()).reveal() + '\n';
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const auto line = lineOf(type, context, message);
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    std::fflush(stderr);
}

} // namespace

void installLogOutput()
{
    qInstallMessageHandler(writeLine);
}

void setLogFormat(LogFormat format)
{
    chosenFormat = format;
}

} // namespace Countersign::Cli
