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

constexpr qint64 longestPassphrase = 4096;

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
    auto bytes = context.readOpen(file, longestPassphrase);
    if (!bytes && bytes.error().code() == ErrorCode::InvalidArgument)
        return wrongUsage(Text::tr("The passphrase cannot be read by %1: %2.").arg(name, bytes.error().message()));
    if (!bytes)
        return bytes.error();
    if (bytes->size() > longestPassphrase)
        return wrongUsage(
            Text::tr("The passphrase that %1 gives is longer than %2 bytes.").arg(name).arg(longestPassphrase));
    const Secret text(*std::move(bytes));
    return Secret::copyOf(firstLineOf(text.reveal()));
}

} // namespace

Result<Secret> readPassphrase(Context &context, bool isNew)
{
    const auto &global = context.global();
    if (!global.secretEnvironment.isEmpty()) {
        auto value = qgetenv(global.secretEnvironment.toLocal8Bit().constData());
        if (value.isEmpty())
            // Not repeated: somebody may have written the passphrase itself there.
            return wrongUsage(Text::tr("The environment variable that --secret-env names is not set."));
        return Secret(std::move(value));
    }
    if (global.isSecretOnInput || global.secretDescriptor) {
        QFile file;
        const auto name =
            global.isSecretOnInput ? u"--secret-stdin"_s : u"--secret-fd %1"_s.arg(*global.secretDescriptor);
        if (!global.isSecretOnInput && !canBeRead(*global.secretDescriptor))
            return wrongUsage(Text::tr("The passphrase cannot be read by %1: no file is open for reading under that "
                                       "number.")
                                  .arg(name));
        const bool isOpen = global.isSecretOnInput
            ? openInput(file, u"-"_s)
            : file.open(static_cast<int>(*global.secretDescriptor), QIODevice::ReadOnly | QIODevice::Unbuffered);
        if (!isOpen)
            return wrongUsage(Text::tr("The passphrase cannot be read by %1: %2.").arg(name, whyClosed(file)));
        return readFirstLine(context, file, name);
    }
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
