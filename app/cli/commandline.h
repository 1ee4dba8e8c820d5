// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globaloptions.h"
#include "verb.h"

#include <countersign/base/result.h>

namespace CLI {
class App;
}

namespace Countersign::Cli {

//! What the arguments ask for: a verb to run, or what can be asked of every verb.
struct Invocation
{
    enum class Wish : quint8 { Run, Help, Version };

    Verb *verb = nullptr; //!< to run
    Wish wish = Wish::Run;
    QStringList topic; //!< of help: the verb's words; none: the program's
    GlobalOptions global;
};

//! One option as people see it.
struct OptionDescription
{
    QStringList names; //!< with their dashes; one word without for a positional argument
    QString help;
    QString value; //!< placeholder such as TEXT; empty for a flag
    QStringList choices; //!< the only values there are; empty when free
    //! What a shell can offer as its value where that is free.
    enum class Offer : quint8 { Nothing, Files, Profiles } offer = Offer::Nothing;
    bool isPositional = false;
    bool isRepeatable = false;
};

//! One verb as people see it, for completions and manual pages.
struct VerbDescription
{
    const Verb *verb = nullptr;
    QStringList path; //!< for example challenge, parse
    QList<OptionDescription> options; //!< without the global ones
};

//! The parser, made of the verbs there are.
class CommandLine
{
public:
    explicit CommandLine(Verbs verbs);
    ~CommandLine();

    //! Reads the arguments (without the program's name) and the COUNTERSIGN_* environment. Once.
    //!
    //! Errors: InvalidArgument naming the word that was wrong and the nearest right one, or the option whose value
    //!         would be a secret for everybody to see.
    Result<Invocation> parse(const QStringList &arguments);

    const Verbs &verbs() const { return m_verbs; }
    //! The words of the verb that was read, for example profile, test. Empty before and without one.
    QStringList verbPath() const;
    //! The command that was read, to be typed again: without the options \p without (one that takes a value ends with
    //! '=') and with \p more. Empty when a word of it may be a secret.
    QString again(const QStringList &without, const QString &more = {}) const;
    //! Every verb that is not hidden, parents before children.
    QList<VerbDescription> describe() const;
    QList<OptionDescription> globalOptions() const;

private:
    struct Entry
    {
        Verb *verb;
        CLI::App *app;
        QStringList path;
    };

    void add(Verb &verb, CLI::App &parent, const QStringList &path);
    void addGlobals();
    const Entry *parsedEntry() const;
    //! CLI11 takes the word behind `--option=` for its value, and that may be another option.
    std::optional<Error> emptyValue(const QStringList &arguments) const;
    Error explained(const QString &what, bool isExtra, const QStringList &arguments) const;
    Result<Invocation> finished();
    Invocation asked(Invocation::Wish wish) const;

    Verbs m_verbs;
    std::unique_ptr<CLI::App> m_app;
    QList<Entry> m_entries;
    QStringList m_words; // as they were typed
    GlobalOptions m_global;
    QString m_wrongValue;
    bool m_isVersionWanted = false;
};

//! Whether \p arguments ask for JSON, even where the rest of the line is wrong.
bool wantsJson(const QStringList &arguments);
//! The file that --error-file names, even where the rest of the line is wrong; empty: none.
QString errorFileIn(const QStringList &arguments);

} // namespace Countersign::Cli
