// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "startanew.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

QString programToStart()
{
    const auto image = qEnvironmentVariable("APPIMAGE");
    return image.isEmpty() ? QCoreApplication::applicationFilePath() : image;
}

QStringList argumentsToStartWith(const QCommandLineParser &parser)
{
    QStringList arguments;
    for (const auto &flag : {u"sandbox"_s, u"new-instance"_s}) {
        if (parser.isSet(flag))
            arguments.append(u"--"_s + flag);
    }
    if (parser.isSet(u"browser"_s))
        arguments.append({u"--browser"_s, parser.value(u"browser"_s)});
    return arguments;
}

} // namespace Countersign::Desktop
