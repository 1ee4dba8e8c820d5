// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QStringList>

#include <chrono>
#include <functional>
#include <optional>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace Countersign::Cli {

//! The options of one verb, declared once: parser, help, completions and manual pages are made of them.
//!
//! \a names is "-s,--scope" for options and "TOKEN" for a positional argument. Targets must outlive the parser.
//! A positional argument that is given must not be empty: `logout "$UNSET"` would mean somebody else otherwise.
class OptionSet
{
public:
    OptionSet(CLI::App &app, QString &wrongValue) : m_app(&app), m_wrongValue(&wrongValue) { }

    void flag(const char *names, bool &target, const QString &help);
    void text(const char *names, QString &target, const QString &help);
    //! The same where an empty value can only be a mistake, for example a variable of a script that was never set.
    void filledText(const char *names, QString &target, const QString &help);
    //! The same for the name of a file, and for a saved profile: shells complete them.
    void file(const char *names, QString &target, const QString &help);
    void profile(const char *names, QString &target, const QString &help);
    //! Repeatable.
    void texts(const char *names, QStringList &target, const QString &help);
    //! Repeatable, and each value may hold several words.
    void words(const char *names, QStringList &target, const QString &help);
    //! Two words, which \p values names in help.
    void pair(const char *names, QStringList &target, const QString &values, const QString &help);
    //! All that follows, "--" included.
    void rest(const char *name, QStringList &target, const QString &help);
    //! Words between spaces, each of which is one of \p allowed.
    void wordsOf(const char *names, QString &target, const QStringList &allowed, const QString &help);
    void choice(const char *names, QString &target, const QStringList &allowed, const QString &help);
    //! Repeatable, in the order given. Of \p refused it is said why they are not possible here.
    void choices(const char *names, QStringList &target, const QStringList &allowed, const QString &help,
                 const QMap<QString, QString> &refused = {});
    void number(const char *names, std::optional<qint64> &target, const QString &help);
    template <typename Duration> void duration(const char *names, std::optional<Duration> &target, const QString &help)
    {
        span(
            names, [&target](std::chrono::milliseconds v) { target = std::chrono::duration_cast<Duration>(v); }, help);
    }
    //! Spellings that other programs use: accepted, not shown.
    OptionSet hidden() const;

    //! What stands for the value in help, and tells completions what it is.
    static constexpr auto fileType = "FILE";
    static constexpr auto profileType = "PROFILE";
    //! Of options that help does not list. CLI11's own way takes their names out of its errors.
    static constexpr auto hiddenGroup = "hidden";
    //! The positional argument that says whose token is meant.
    static constexpr auto accountName = "ACCOUNT";
    //! The positional argument that takes another program and what that is to get.
    static constexpr auto commandName = "COMMAND";

private:
    CLI::Option *addFilled(const char *names, QString &target, const QString &help);
    void span(const char *names, std::function<void(std::chrono::milliseconds)> take, const QString &help);
    CLI::Option *finished(CLI::Option *option) const;
    void refuseBlank(const char *names, const QString &value) const;

    CLI::App *m_app;
    QString *m_wrongValue;
    bool m_isHidden = false;
};

} // namespace Countersign::Cli
