// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "environmentlines.h"

#include "text.h"
#include "words.h"

#include <countersign/jose/jsonwriter.h>

#include <QtCore/QFileInfo>
#include <QtCore/QProcess>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! How one shell is written.
struct Dialect
{
    QLatin1StringView name;
    const char *before; //!< %1 is the variable's name
    const char *after;
    //! What a character becomes within the quotes; null: itself.
    const char *(*escape)(char);
};

const char *escapeForSh(char c)
{
    return c == '\'' ? "'\\''" : nullptr;
}

const char *escapeForFish(char c)
{
    return c == '\'' ? "\\'" : c == '\\' ? "\\\\" : nullptr;
}

const char *escapeForPowerShell(char c)
{
    return c == '\'' ? "''" : nullptr;
}

const char *escapeForDotenv(char c)
{
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '$': return "\\$";
    case '`': return "\\`";
    default: return nullptr;
    }
}

const char *escapeNothing(char)
{
    return nullptr;
}

constexpr Dialect dialects[] = {{"sh"_L1, "export %1='", "'\n", escapeForSh},
                                {"fish"_L1, "set -gx %1 '", "'\n", escapeForFish},
                                {"pwsh"_L1, "$env:%1 = '", "'\n", escapeForPowerShell},
                                {"cmd"_L1, "set \"%1=", "\"\r\n", escapeNothing},
                                {"dotenv"_L1, "%1=\"", "\"\n", escapeForDotenv}};

bool isWritable(QByteArrayView value, const Dialect &dialect)
{
    const bool isCmd = dialect.name == "cmd"_L1;
    // PowerShell takes typographic quotes for straight ones; only ASCII is safe there.
    const bool isAsciiOnly = dialect.name == "pwsh"_L1;
    return std::all_of(value.begin(), value.end(), [=](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= ' ' && byte != 0x7f && !(isAsciiOnly && byte > 0x7f) && !(isCmd && std::strchr("\"%!^", c));
    });
}

QByteArray before(const Dialect &dialect, const QString &name)
{
    return QString::fromLatin1(dialect.before).arg(name).toLatin1();
}

// A growing byte array would leave copies of a token behind: first measured, then filled in place.
Secret written(const Variables &variables, const Dialect &dialect)
{
    Secret out;
    char *at = nullptr;
    qsizetype size = 0;
    const auto put = [&at, &size](QByteArrayView text) {
        size += text.size();
        if (at)
            at = std::copy_n(text.data(), text.size(), at);
    };
    const auto writeAll = [&] {
        for (const auto &variable : variables) {
            put(before(dialect, variable.name));
            for (const char &c : variable.value.reveal()) {
                const char *const escaped = dialect.escape(c);
                put(escaped ? QByteArrayView(escaped) : QByteArrayView(&c, 1));
            }
            put(dialect.after);
        }
    };
    writeAll();
    out = Secret::ofSize(size);
    at = reinterpret_cast<char *>(out.writable().data());
    writeAll();
    return out;
}

Secret writtenAsJson(const Variables &variables)
{
    Jose::JsonWriter json;
    json.beginObject();
    for (const auto &variable : variables)
        json.secret(variable.name.toUtf8(), variable.value);
    json.endObject();
    return json.takeSecret();
}

} // namespace

QStringList environmentShells()
{
    return {u"sh"_s, u"fish"_s, u"pwsh"_s, u"cmd"_s, u"dotenv"_s, u"json"_s};
}

QString likelyShell()
{
#ifdef Q_OS_WIN
    return qEnvironmentVariableIsSet("PSModulePath") ? u"pwsh"_s : u"cmd"_s;
#else
    const auto shell = QFileInfo(qEnvironmentVariable("SHELL")).fileName();
    return shell == "fish"_L1 || shell == "pwsh"_L1 ? shell : u"sh"_s;
#endif
}

Result<Secret> environmentLines(const Variables &variables, const QString &shell)
{
    if (shell == "json"_L1)
        return writtenAsJson(variables);
    const auto *const dialect =
        std::find_if(std::begin(dialects), std::end(dialects), [&shell](const auto &d) { return d.name == shell; });
    if (dialect == std::end(dialects))
        return wrongUsage(notOneOf(shell, environmentShells()));
    for (const auto &variable : variables) {
        if (!isWritable(variable.value.reveal(), *dialect))
            return wrongUsage(
                Text::tr("The value of %1 has characters that cannot be quoted for %2.").arg(variable.name, shell));
    }
    return written(variables, *dialect);
}

#ifdef Q_OS_WIN
Result<int> runWith(const Variables &variables, const QStringList &command)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto &variable : variables)
        environment.insert(variable.name, QString::fromUtf8(variable.value.reveal()));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.setInputChannelMode(QProcess::ForwardedInputChannel);
    process.start(command.first(), command.mid(1));
    if (!process.waitForStarted())
        return wrongUsage(Text::tr("'%1' cannot be started: %2.").arg(command.first(), process.errorString()));
    process.waitForFinished(-1);
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 1;
}
#else
Result<int> runWith(const Variables &variables, const QStringList &command)
{
    for (const auto &variable : variables)
        qputenv(variable.name.toUtf8().constData(), variable.value.reveal().toByteArray());
    std::vector<QByteArray> words;
    words.reserve(static_cast<std::size_t>(command.size()));
    for (const auto &word : command)
        words.push_back(word.toLocal8Bit());
    std::vector<char *> arguments;
    arguments.reserve(words.size() + 1);
    for (auto &word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::signal(SIGPIPE, SIG_DFL); // what this process ignores, the command would ignore, too
    ::execvp(arguments.front(), arguments.data());
    const auto why = QString::fromLocal8Bit(std::strerror(errno)); // before anything else can fail
    return wrongUsage(Text::tr("'%1' cannot be started: %2.").arg(command.first(), why));
}
#endif

} // namespace Countersign::Cli
