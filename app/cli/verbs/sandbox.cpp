// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxcontrol.h"

#include "../context.h"
#include "../table.h"
#include "../text.h"
#include "../tokenrequest.h"
#include "../verbs.h"
#include "../words.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTimer>

#include <cstdio>
#include <limits>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! Beside this program or in libexec; empty when it is not installed.
QString findSandbox()
{
#ifdef Q_OS_WIN
    const auto name = u"countersign-sandbox.exe"_s;
#else
    const auto name = u"countersign-sandbox"_s;
#endif
    const QDir here(QCoreApplication::applicationDirPath());
    for (const auto &folder : {u"."_s, u"../libexec"_s, u"../libexec/countersign"_s}) {
        const QFileInfo candidate(here.filePath(folder + u'/' + name));
        if (candidate.isFile() && candidate.isExecutable())
            return candidate.canonicalFilePath();
    }
    return {};
}

class StartVerb final : public Verb
{
public:
    StartVerb() : Verb(u"start"_s, Text::tr("Run a local OpenID provider until Ctrl+C")) { }
    QString description() const override
    {
        return Text::tr("Listens on this computer only; people and keys in it are made up and forgotten when\n"
                        "it ends. Once it is ready, standard output gets issuer, clients and users: with\n"
                        "-o json as one line. With --as its tokens and errors are like those of a provider\n"
                        "that is used elsewhere; issuer, addresses and keys stay the sandbox's own.");
    }
    QStringList examples() const override
    {
        return {u"countersign sandbox start"_s, u"countersign sandbox start --approve ada -o json"_s,
                u"countersign sandbox start --as entra-v2"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.number("--port", m_port, Text::tr("Port to listen on; any when it is not given"));
        const auto people = sandboxPeople();
        options.choice("--approve", m_approve, people,
                       Text::tr("Answer sign-ins and device codes for this user without a page"));
        options.choice("--user", m_user, people, Text::tr("Offer only this user on the sign-in page"));
        options.choice("--as", m_dialect, sandboxDialects(),
                       Text::tr("Whose tokens and errors it makes: claims, types and codes are like that provider's"));
        options.duration("--token-lifetime", m_lifetime, Text::tr("Lifetime of access tokens; one hour otherwise"));
    }

    ExitCode run(Context &context) override
    {
        if (m_port && (*m_port < 0 || *m_port > std::numeric_limits<quint16>::max()))
            return context.fail(wrongUsage(Text::tr("'%1' is no port: they go from 0 to 65535.").arg(*m_port)));
        const auto program = findSandbox();
        if (program.isEmpty())
            return context.fail(Error{ErrorCode::NotSupported, Text::tr("countersign-sandbox is not installed.")});
        QProcess process;
        process.start(program, arguments());
        const auto ready = context.awaitAnswer<QByteArray>([&process](auto handler) {
            QObject::connect(&process, &QProcess::readyReadStandardOutput, &process, [&process, handler] {
                if (process.canReadLine())
                    handler(process.readLine());
            });
            return watchEnd<QByteArray>(process, handler);
        });
        if (!ready)
            return end(context, process, ready.error());
        passErrorsOn(process);
        auto said = ExitCode::Done;
        const auto ended = context.awaitAnswer<QByteArray>([&](auto handler) {
            // Not before Ctrl+C is listened to: whoever reads it may type that at once.
            QTimer::singleShot(0, &process, [&context, &ready, &said, handler] {
                said = tell(context, *ready);
                if (said != ExitCode::Done)
                    handler(Error{ErrorCode::Cancelled, Text::tr("Nobody reads the answer.")});
            });
            return watchEnd<QByteArray>(process, handler);
        });
        return said != ExitCode::Done ? said : end(context, process, ended.error());
    }

private:
    QStringList arguments() const
    {
        QStringList list{u"--port"_s, QString::number(m_port.value_or(0))};
        if (!m_approve.isEmpty())
            list += {u"--approve"_s, m_approve};
        if (!m_user.isEmpty())
            list += {u"--user"_s, m_user};
        if (!m_dialect.isEmpty())
            list += {u"--as"_s, m_dialect};
        if (m_lifetime)
            list += {u"--at-ttl"_s, QString::number(m_lifetime->count())};
        return list;
    }

    //! Fails when the process ends. What is returned keeps the watch.
    template <typename T, typename Handler> static auto watchEnd(QProcess &process, Handler handler)
    {
        auto listener = std::make_unique<QObject>();
        const auto fail = [handler](const QString &why) { handler(Result<T>(Error{ErrorCode::NotSupported, why})); };
        QObject::connect(&process, &QProcess::finished, listener.get(),
                         [fail, handler](int code, QProcess::ExitStatus status) {
                             // Ctrl+C at a terminal is for both, and it may be the faster one.
                             if (code == 0 && status == QProcess::NormalExit)
                                 return handler(Result<T>(Error{ErrorCode::Cancelled, Text::tr("Interrupted.")}));
                             fail(Text::tr("countersign-sandbox ended with exit code %1.").arg(code));
                         });
        QObject::connect(&process, &QProcess::errorOccurred, listener.get(), [fail](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                fail(Text::tr("countersign-sandbox cannot be started."));
        });
        return listener;
    }

    //! What it says from now on is for the person as it is.
    static void passErrorsOn(QProcess &process)
    {
        const auto pass = [&process] {
            const auto text = process.readAllStandardError();
            std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stderr);
        };
        pass();
        QObject::connect(&process, &QProcess::readyReadStandardError, &process, pass);
    }

    static ExitCode end(Context &context, QProcess &process, const Error &error)
    {
        const bool wasRunning = process.state() != QProcess::NotRunning;
        if (wasRunning) {
            process.disconnect();
            process.terminate();
            process.waitForFinished(3000);
        }
        const bool hasEnded = !wasRunning && process.exitStatus() == QProcess::NormalExit;
        auto said = QString::fromUtf8(process.readAllStandardError()).trimmed();
        said.remove(u"countersign-sandbox: "_s);
        if (!hasEnded || said.isEmpty())
            return context.fail(error);
        constexpr int portTaken = 20; // what countersign-sandbox ends with
        if (process.exitCode() == portTaken)
            return context.fail(Error{ErrorCode::InvalidArgument, ErrorCause::PortUnavailable,
                                      Text::tr("The sandbox cannot listen: %1.").arg(said)},
                                ExitCode::WrongUsage,
                                {{Text::tr("Name another one by --port, or let the system choose"),
                                  u"countersign sandbox start"_s,
                                  {}}});
        return context.fail(process.exitCode() == 2
                                ? wrongUsage(Text::tr("The sandbox refused to start: %1.").arg(said))
                                : Error(error.code(), error.message() + u' ' + said));
    }

    static ExitCode tell(Context &context, const QByteArray &line)
    {
        const auto ready = QJsonDocument::fromJson(line).object();
        const auto issuer = ready.value("issuer"_L1).toString();
        const auto client = ready.value("clients"_L1).toArray().first().toObject().value("client_id"_L1).toString();
        if (context.global().isJson()) {
            const auto written = context.writeJson(line.trimmed());
            if (written != ExitCode::Done)
                return written;
        } else {
            context.write(QString(u"issuer     %1\nclient id  %2\n"_s.arg(issuer, client)).toUtf8());
        }
        context.hint(Text::tr("Sign in from another terminal: %1")
                         .arg(u"countersign login --issuer %1 --client-id %2"_s.arg(issuer, client)));
        return ExitCode::Done;
    }

    std::optional<qint64> m_port;
    QString m_approve;
    QString m_user;
    QString m_dialect;
    std::optional<std::chrono::seconds> m_lifetime;
};

class SandboxVerb final : public VerbGroup
{
public:
    SandboxVerb() : VerbGroup(u"sandbox"_s, Text::tr("A local OpenID provider to try things with"))
    {
        addChild(std::make_unique<StartVerb>());
        addChild(makeSandboxMintVerb());
        addChild(makeSandboxBreakVerb());
    }
};

} // namespace

std::unique_ptr<Verb> makeSandboxVerb()
{
    return std::make_unique<SandboxVerb>();
}

} // namespace Countersign::Cli
