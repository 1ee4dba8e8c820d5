// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/codereading.h>

#include <common/helperrun.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QTimer>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

//! The process gives itself 10 s of the processor.
constexpr std::chrono::seconds deadline{20};

CodeReading readingOf(const HelperEnd &end)
{
    if (end.kind == HelperEnd::Kind::NotStarted)
        return CodeReading::NoProgram;
    if (end.kind != HelperEnd::Kind::Exited)
        return CodeReading::Failed;
    switch (const auto reading = CodeReading(end.code)) {
    case CodeReading::Read:
        return end.output.isEmpty() || end.output.size() > longestCodes ? CodeReading::Failed : reading;
    case CodeReading::NoCode:
    case CodeReading::NoPicture:
    case CodeReading::TooLarge: return reading;
    case CodeReading::Failed:
    case CodeReading::NoProgram: break;
    }
    return CodeReading::Failed;
}

} // namespace

void readCodes(const QString &program, const QByteArray &picture, QObject *context, CodesHandler handler)
{
    if (picture.size() > largestPicture) {
        QTimer::singleShot(0, context, [handler = std::move(handler)] { handler(CodeReading::TooLarge, Secret()); });
        return;
    }
    runHelper({.program = program, .input = picture, .deadline = deadline}, context,
              [handler = std::move(handler)](HelperEnd end) {
                  const auto reading = readingOf(end);
                  Secret text(std::move(end.output));
                  if (reading != CodeReading::Read)
                      text.clear();
                  handler(reading, text);
              });
}

QString codeReaderProgram()
{
    QString name = u"countersign-codereader"_s;
#ifdef Q_OS_WIN
    name += u".exe"_s;
#endif
    return QDir(QCoreApplication::applicationDirPath()).filePath(name);
}

} // namespace Countersign::App
