// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "processwatch.h"
#include "sandbox.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using CountersignSandbox::dialectNames;
using CountersignSandbox::Sandbox;
using CountersignSandbox::Settings;

namespace {

constexpr int usageError = 2;
constexpr int portTaken = 20;

int complain(const QString &text, int code)
{
    std::fprintf(stderr, "countersign-sandbox: %s\n", qUtf8Printable(text));
    return code;
}

//! A whole number of the given range, or -1.
qint64 number(const QString &text, qint64 maximum)
{
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    return isNumber && value >= 0 && value <= maximum ? value : -1;
}

QList<QCommandLineOption> options()
{
    return {
        {u"port"_s, u"Listen on this port of 127.0.0.1; 0 takes any (default)."_s, u"N"_s, u"0"_s},
        {u"approve"_s, u"Answer sign-ins and device codes for this user without a page (ada, grace, alan)."_s,
         u"USER"_s},
        {u"user"_s, u"Offer only this user on the sign-in page."_s, u"USER"_s},
        {u"as"_s, u"Make tokens and errors like those of "_s + dialectNames().join(u", "_s) + u'.', u"PROVIDER"_s,
         u"standard"_s},
        {u"at-ttl"_s, u"Lifetime of access tokens in seconds (default 3600)."_s, u"SECONDS"_s, u"3600"_s},
        {u"device-interval"_s, u"Polling interval of the device flow in seconds (default 5)."_s, u"SECONDS"_s, u"5"_s},
        {u"stop-on-eof"_s, u"Stop when standard input ends."_s},
        {u"outlive-parent"_s, u"Go on when the process that started this one ends."_s},
    };
}

void watch(const QCommandLineParser &parser, QCoreApplication &application)
{
    const auto quit = [] { QCoreApplication::quit(); };
    CountersignSandbox::stopOnSignals(&application, quit);
    if (!parser.isSet(u"outlive-parent"_s))
        CountersignSandbox::stopWithParent(&application, quit);
    if (parser.isSet(u"stop-on-eof"_s))
        CountersignSandbox::stopOnEndOfInput(&application, quit);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"countersign-sandbox"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"A local OpenID provider for trying and testing. Nothing in it is real."_s);
    parser.addHelpOption();
    parser.addOptions(options());
    if (!parser.parse(QCoreApplication::arguments()))
        return complain(parser.errorText(), usageError);
    if (parser.isSet(u"help"_s))
        parser.showHelp();

    const qint64 port = number(parser.value(u"port"_s), 65535);
    const qint64 lifetime = number(parser.value(u"at-ttl"_s), 10 * 365 * 24 * 3600LL);
    const qint64 interval = number(parser.value(u"device-interval"_s), 3600);
    if (port < 0 || lifetime < 0 || interval < 0)
        return complain(u"--port, --at-ttl and --device-interval take whole numbers"_s, usageError);

    const auto spoken = CountersignSandbox::dialect(parser.value(u"as"_s));
    if (!spoken)
        return complain(u"--as knows "_s + dialectNames().join(u", "_s), usageError);
    Sandbox sandbox(Settings{.approve = parser.value(u"approve"_s),
                             .onlyUser = parser.value(u"user"_s),
                             .dialect = *spoken,
                             .accessTokenLifetime = std::chrono::seconds(lifetime),
                             .deviceInterval = interval});
    for (const auto &option : {u"approve"_s, u"user"_s}) {
        if (parser.isSet(option) && !sandbox.context().directory.user(parser.value(option)))
            return complain(u"there is no user "_s + parser.value(option), usageError);
    }
    watch(parser, application);
    if (const auto started = sandbox.start(static_cast<quint16>(port)); !started)
        return complain(started.error().message(), portTaken);
    std::printf("%s\n", sandbox.readyLine().constData());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
