// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace Countersign::Cli {

//! What every verb understands. Flags win over COUNTERSIGN_* of the environment.
struct GlobalOptions
{
    QString profile;
    QString account;
    QString issuer;
    QString authority; //!< Microsoft's, whole
    QString authorityHost; //!< goes before tenant
    QString tenant;
    QString clientId;
    QString caFile;
    QString proxy;
    QString secretEnvironment; //!< the variable that holds the passphrase of a sealed store
    std::optional<qint64> secretDescriptor; //!< the open file whose first line is that passphrase
    QString store; //!< keychain, memory, file:PATH or msal:PATH; empty: the keychain
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<std::chrono::milliseconds> lockPatience; //!< for another process that refreshes the same account
    QString output; //!< one of the verb's formats; empty only before the verb is known
    QString query; //!< a path into the JSON answer
    QString errorFile; //!< where the JSON error goes, too
    QString traceFile; //!< where the exchanges go, as HAR
    QString logFormat; //!< of the log on standard error: text or json
    QString caller; //!< the program that asks, in its own words: for the person who signs in
    std::optional<qint64> parentWindow; //!< the window to stay in front of, as the windowing system names it
    //! The flags that another command needs to find the same store and network: " --store file:x --secret-env X"
    QString surroundings;
    QStringList projectScopes; //!< of the project's file, where neither flags nor variables name a provider
    bool isAccountGiven = false; //!< account is a flag's, neither the environment's nor the project's
    bool isOfflineTyped = false; //!< offline is a flag's, not a setting's
    bool isSecretOnInput = false; //!< that passphrase is the first line of standard input
    bool noInteraction = false;
    bool offline = false;
    bool quiet = false;
    bool verbose = false;

    bool isJson() const { return output == QLatin1StringView("json") || output == QLatin1StringView("jsonl"); }
    //! Whether flags or variables say which provider is meant.
    bool namesProvider() const
    {
        return !profile.isEmpty() || !issuer.isEmpty() || !tenant.isEmpty() || !authority.isEmpty();
    }
};

} // namespace Countersign::Cli
