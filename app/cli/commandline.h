// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace Countersign::Cli {

enum class OutputFormat : quint8 { Text, Json, Token, Header, Env, Curl, None };
enum class Way : quint8 { Browser, Embedded, Device };

//! What every verb understands.
struct GlobalOptions
{
    QString profile;
    QString account;
    QString issuer;
    QString authority;
    QString tenant;
    QString clientId;
    QString caFile;
    QString proxy;
    QString store; //!< keychain, memory, file:PATH or msal:PATH; empty: the keychain
    std::optional<std::chrono::milliseconds> timeout;
    OutputFormat output = OutputFormat::Text;
    bool noInteraction = false;
    bool quiet = false;
    bool verbose = false;
};

//! What a token is asked for.
struct TokenRequestOptions
{
    QStringList scopes;
    QString resource;
    QString claims; //!< JSON, or @file, or - for standard input
};

struct LoginOptions
{
    TokenRequestOptions request;
    QList<Way> ways;
    QString browser;
    bool noOpen = false;
    QString prompt;
    QString loginHint;
    QString domainHint;
    QStringList acrValues;
    std::optional<std::chrono::seconds> maxAge;
    QString redirectUri;
    bool ephemeral = false;
};

struct TokenOptions
{
    TokenRequestOptions request;
    std::optional<std::chrono::seconds> minimumLifetime;
    bool force = false;
    bool idToken = false;
    bool show = false;
    bool withoutToken = false;
    bool explain = false;
};

struct LogoutOptions
{
    bool revoke = false;
    bool endSession = false;
    bool all = false;
};

struct InspectOptions
{
    QString input; //!< a token, @file, or - for standard input
    bool raw = false;
};

//! The small tools for signed and encrypted objects.
struct JoseOptions
{
    enum class Tool : quint8 { Verify, Decrypt, Sign, Thumbprint, Certificates, Convert };

    Tool tool = Tool::Verify;
    QString input; //!< the object itself, @file, or - for standard input
    QString keyFile;
    QString passphraseFile;
    QString payloadFile; //!< a detached payload
    QString algorithm;
    QString type;
    QString hash;
    bool allowRsa15 = false;
    bool allowCompression = false;
    bool showPrivate = false;
    bool asPem = false;
};

//! The command line, understood. Exactly one verb is set; an empty verb with text means: print the text and stop.
struct CommandLine
{
    enum class Verb : quint8 { Print, Login, Logout, Token, Accounts, Inspect, Jose, Version };

    Verb verb = Verb::Print;
    QString text;
    GlobalOptions global;
    LoginOptions login;
    TokenOptions token;
    LogoutOptions logout;
    InspectOptions inspect;
    JoseOptions jose;
};

//! Every verb there is a parser for.
const QList<CommandLine::Verb> &allVerbs();

//! Reads the arguments (without the program's name) and the COUNTERSIGN_* environment. Only the verbs in \p offered
//! exist for the caller: what a program cannot do yet is neither accepted nor listed. Errors: InvalidArgument naming
//! the word that was wrong and the nearest right one.
Result<CommandLine> parseCommandLine(const QStringList &arguments,
                                     const QList<CommandLine::Verb> &offered = allVerbs());

//! "60s", "5m", "2h", "500ms", "90" (seconds).
Result<std::chrono::milliseconds> parseDuration(QStringView text);

//! The member of \p candidates that \p word was probably meant to be; empty if none is near.
QString nearest(const QString &word, const QStringList &candidates);

} // namespace Countersign::Cli
