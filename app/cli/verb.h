// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exitcode.h"
#include "optionset.h"

#include <memory>
#include <vector>

namespace Countersign::Cli {

class Context;

//! One word of the command line and what it does. A verb lives in one file of verbs/, keeps its options as members,
//! and is listed in verbs.cpp. Only verbs that work are listed.
class Verb
{
public:
    Verb(QString name, QString summary) : m_name(std::move(name)), m_summary(std::move(summary)) { }
    virtual ~Verb() = default;
    Verb(const Verb &) = delete;
    Verb &operator=(const Verb &) = delete;

    const QString &name() const { return m_name; }
    //! One line, without a full stop.
    const QString &summary() const { return m_summary; }
    //! What more there is to say, for --help and the manual page. Lines of 78 at most.
    virtual QString description() const { return {}; }
    //! Whole command lines, for --help and the manual page.
    virtual QStringList examples() const { return {}; }
    //! The values of --output, the default first.
    virtual QStringList formats() const;
    //! The same with jsonl, which goes wherever json goes.
    QStringList answerFormats() const;
    virtual bool isHidden() const { return false; }
    //! Whether the file of the project in whose folder it runs chooses profile, account and scopes for it.
    virtual bool followsProject() const { return false; }

    virtual void addOptions(OptionSet &options) { Q_UNUSED(options) }
    //! Does it. Standard output gets the payload alone; failures go through Context::fail().
    [[nodiscard]] virtual ExitCode run(Context &context) = 0;

    //! The words below this one, for example "parse" below "challenge".
    const std::vector<std::unique_ptr<Verb>> &children() const { return m_children; }

protected:
    void addChild(std::unique_ptr<Verb> child) { m_children.push_back(std::move(child)); }

private:
    QString m_name;
    QString m_summary;
    std::vector<std::unique_ptr<Verb>> m_children;
};

//! A verb that needs another word after it.
class VerbGroup : public Verb
{
public:
    using Verb::Verb;
    [[nodiscard]] ExitCode run(Context &context) override;
};

using Verbs = std::vector<std::unique_ptr<Verb>>;

} // namespace Countersign::Cli
