// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "helpercommand.h"

#include "commandline.h"
#include "proxyaddress.h"
#include "session.h"
#include "text.h"
#include "words.h"

#include <common/storechoice.h>

#include <QtCore/QDir>
#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! The flags by which a helper gets the passphrase of a sealed store.
//!
//! Errors: wrong usage for a source that the helper can never have.
Result<QString> passphraseFlags(Context &context)
{
    static const QRegularExpression variable(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    const auto &global = context.global();
    if (global.isSecretOnInput || global.secretDescriptor)
        return wrongUsage(Text::tr("A helper's standard input and open files are its caller's: name a variable of the "
                                   "environment with --secret-env instead."));
    const auto &name = global.secretEnvironment;
    if (name.isEmpty()) {
        if (context.storeKind() == TokenStore::Kind::SealedFile)
            context.hint(Text::tr("The helper will ask for the store's passphrase each time, and fail where nobody can "
                                  "be asked. To give it by a variable of the environment: %1")
                             .arg(context.commandLine().again({}, u" --secret-env COUNTERSIGN_PASSPHRASE"_s)));
        return QString();
    }
    // Not repeated: it may be the passphrase itself.
    if (!name.contains(variable))
        return wrongUsage(Text::tr("--secret-env wants the name of a variable, which the helper will read."));
    if (!qEnvironmentVariableIsSet(name.toLatin1().constData()))
        context.hint(
            Text::tr("The variable that --secret-env names is not set here; set it where the helper is called."));
    return QString(u" --secret-env "_s + name);
}

//! The flag by which a helper finds the store that is used now, whoever calls it from wherever.
//!
//! Errors: wrong usage for a store that the helper can never have.
Result<QString> storeFlags(Context &context)
{
    if (const auto allowed = context.checkPolicy(); !allowed)
        return allowed.error();
    if (context.storeKind() == TokenStore::Kind::Memory)
        return wrongUsage(Text::tr("A store in memory is gone before a helper is called: name one that lasts with "
                                   "--store, keychain, file:PATH or msal:PATH."));
    if (context.global().store.isEmpty())
        return QString();
    const auto store = App::StoreChoice::parse(context.global().store);
    if (!store)
        return wrongUsage(store.error().message());
    // Whoever calls the helper does it from another folder.
    return QString(u" --store "_s + shellQuoted(store->fromAnywhere().toString()));
}

//! The flags by which a helper reaches the provider as this command would.
Result<QString> networkFlags(const GlobalOptions &global)
{
    QString flags;
    if (!global.caFile.isEmpty())
        flags += u" --ca-file "_s + shellQuoted(QDir::current().absoluteFilePath(global.caFile));
    if (global.proxy.isEmpty())
        return flags;
    if (holdsPassword(global.proxy))
        return wrongUsage(Text::tr("The proxy's address has a password, which cannot be written into a configuration: "
                                   "unset COUNTERSIGN_PROXY for this command, and set it where the helper is called."));
    return QString(flags + u" --proxy "_s + shellQuoted(global.proxy));
}

} // namespace

QStringList unquotedWords(const QString &text)
{
    QStringList words;
    QString word;
    bool isQuoted = false;
    bool hasWord = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text.at(i);
        if (c == u'\'') {
            isQuoted = !isQuoted;
            hasWord = true;
        } else if (c == u' ' && !isQuoted) {
            if (hasWord)
                words.append(word);
            word.clear();
            hasWord = false;
        } else {
            const bool isEscape = c == u'\\' && !isQuoted && i + 1 < text.size();
            word += isEscape ? text.at(++i) : c;
            hasWord = true;
        }
    }
    if (hasWord)
        words.append(word);
    return words;
}

Result<QString> helperFlags(Context &context)
{
    ProfileStore profiles;
    if (const auto loaded = profiles.load(); !loaded)
        return loaded.error();
    const auto chosen = chooseProfile(context, profiles);
    if (!chosen)
        return chosen.error();
    auto flags = chosen->flags();
    if (!context.global().account.isEmpty())
        flags += u" --account "_s + shellQuoted(context.global().account);
    for (const auto &more : {storeFlags(context), passphraseFlags(context), networkFlags(context.global())}) {
        if (!more)
            return more.error();
        flags += *more;
    }
    return flags;
}

QList<std::pair<QString, QString>> helperVariables()
{
    QList<std::pair<QString, QString>> variables;
    for (const auto *name : {"COUNTERSIGN_PROFILES", "COUNTERSIGN_SETTINGS", "COUNTERSIGN_ACCOUNTS"}) {
        // Whoever calls the helper does it from another folder.
        if (const auto path = qEnvironmentVariable(name); !path.isEmpty())
            variables.append({QString::fromLatin1(name), QDir::current().absoluteFilePath(path)});
    }
    return variables;
}

Result<void> checkCommand(const QString &command)
{
    if (harmless(command) == command)
        return {};
    return wrongUsage(Text::tr("A control character cannot be written into a configuration; one is in an option."));
}

} // namespace Countersign::Cli
