// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "passphrase.h"

#include "input.h"
#include "terminal.h"
#include "text.h"
#include "words.h"

#include <QtCore/QFile>

#include <limits>

#ifndef Q_OS_WIN
#include <fcntl.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr qint64 longestSecret = 4096;

//! Whether the caller left a file open for reading under that number.
bool canBeRead(qint64 descriptor)
{
    if (descriptor < 0 || descriptor > std::numeric_limits<int>::max())
        return false;
#ifdef Q_OS_WIN
    return true; // opening it says so
#else
    const int flags = ::fcntl(static_cast<int>(descriptor), F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) != O_WRONLY;
#endif
}

Result<Secret> readFirstLine(const Context &context, QFile &file, const QString &name)
{
    auto bytes = context.readOpen(file, longestSecret);
    if (!bytes && bytes.error().code() == ErrorCode::InvalidArgument)
        return wrongUsage(Text::tr("The secret cannot be read by %1: %2.").arg(name, bytes.error().message()));
    if (!bytes)
        return bytes.error();
    if (bytes->size() > longestSecret)
        return wrongUsage(Text::tr("The secret that %1 gives is longer than %2 bytes.").arg(name).arg(longestSecret));
    const Secret text(*std::move(bytes));
    return Secret::copyOf(firstLineOf(text.reveal()));
}

//! Whether the secret would come from a keyboard.
bool isTyped(const SecretSource &source)
{
    return source.environment.isEmpty() && source.file.isEmpty() && Context::isTerminal(stdin)
        && (source.isOnInput || source.descriptor == 0);
}

Result<Secret> askForSecret(Context &context, const SecretSource &source)
{
    const auto nobody = [&context, &source] {
        const auto name = source.option + u"-stdin"_s;
        context.suggest({{Text::tr("Pipe the secret into the command, or name a variable that holds it by %1-env")
                              .arg(source.option),
                          {},
                          {}}});
        return Error{ErrorCode::InteractionRequired,
                     Text::tr("%1 would have to be typed here, and nobody can be asked: pipe it.").arg(name)};
    };
    if (context.global().noInteraction)
        return nobody();
    Terminal terminal;
    auto secret = context.ask(terminal, source.question.isEmpty() ? Text::tr("The secret: ") : source.question, true);
    if (!secret && secret.error().code() == ErrorCode::InteractionRequired)
        return nobody();
    return secret;
}

} // namespace

QStringList SecretSource::flags() const
{
    QStringList flags;
    for (const auto &[suffix, isSaid] :
         {std::pair{u"-env"_s, !environment.isEmpty()}, std::pair{u"-file"_s, !file.isEmpty()},
          std::pair{u"-fd"_s, descriptor.has_value()}, std::pair{u"-stdin"_s, isOnInput}}) {
        if (isSaid)
            flags.append(option + suffix);
    }
    return flags;
}

SecretSource globalSource(const GlobalOptions &global)
{
    return {.environment = global.secretEnvironment,
            .descriptor = global.secretDescriptor,
            .isOnInput = global.isSecretOnInput};
}

Result<void> checkOnlyOne(const QStringList &flags)
{
    if (flags.size() > 1)
        return wrongUsage(
            Text::tr("The secret is named several times, by %1: give one of them.").arg(flags.join(u", "_s)));
    return {};
}

Result<Secret> readSecret(Context &context, const SecretSource &source)
{
    if (const auto alone = checkOnlyOne(source.flags()); !alone)
        return alone.error();
    if (!source.environment.isEmpty()) {
        auto value = qgetenv(source.environment.toLocal8Bit().constData());
        if (value.isEmpty())
            // Not repeated: somebody may have written the secret itself there.
            return wrongUsage(Text::tr("The environment variable that %1-env names is not set.").arg(source.option));
        return Secret(std::move(value));
    }
    if (isTyped(source))
        return askForSecret(context, source);
    QFile file;
    const auto unreadable = [&file](const QString &name) {
        return wrongUsage(Text::tr("The secret cannot be read by %1: %2.").arg(name, whyClosed(file)));
    };
    if (!source.file.isEmpty()) {
        const QString name = source.option + u"-file"_s;
        if (!openInput(file, source.file))
            return unreadable(name + u' ' + harmless(source.file));
        return readFirstLine(context, file, name);
    }
    if (source.isOnInput) {
        const QString name = source.option + u"-stdin"_s;
        if (!openInput(file, u"-"_s))
            return unreadable(name);
        return readFirstLine(context, file, name);
    }
    const auto descriptor = source.descriptor.value_or(-1);
    const QString name = u"%1-fd %2"_s.arg(source.option).arg(descriptor);
    if (!canBeRead(descriptor))
        return wrongUsage(
            Text::tr("The secret cannot be read by %1: no file is open for reading under that number.").arg(name));
    if (!file.open(static_cast<int>(descriptor), QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(name);
    return readFirstLine(context, file, name);
}

Result<Secret> readPassphrase(Context &context, bool isNew)
{
    const auto &global = context.global();
    const auto source = globalSource(global);
    // Whoever types it may mistype it, and is asked as if nothing had been said.
    if (source.isNamed() && (global.noInteraction || !isTyped(source)))
        return readSecret(context, source);
    const Error locked{
        ErrorCode::StorageUnavailable, ErrorCause::StoreLocked,
        Text::tr("The sealed store needs its passphrase; give --secret-stdin, --secret-fd or --secret-env.")};
    if (global.noInteraction)
        return locked;
    Terminal terminal;
    auto passphrase = context.ask(terminal, Text::tr("Passphrase of the token store: "), true);
    if (!passphrase && passphrase.error().code() == ErrorCode::InteractionRequired)
        return locked; // nobody is here, and no sign-in would help
    if (!passphrase || !isNew)
        return passphrase;
    // What was mistyped now would never open it again.
    const auto again = context.ask(terminal, Text::tr("The passphrase once more, for the new file: "), true);
    if (!again)
        return again.error();
    if (*again != *passphrase)
        return wrongUsage(Text::tr("The two passphrases are different."));
    return passphrase;
}

} // namespace Countersign::Cli
