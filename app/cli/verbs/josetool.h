// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../errorreport.h"
#include "../verb.h"

#include <countersign/jose/jwkset.h>

namespace Countersign::Jose {
class JsonWriter;
}

namespace Countersign::Cli {

//! One of the tools that work with keys: nothing but the files that are named is read; nothing is written.
//!
//! Exit codes, for scripts and vector suites: 0, 40 for an input that is no token, or no key where one is wanted, 41
//! for what is refused, whatever --key holds included; 2 for wrong usage.
class JoseTool : public Verb
{
public:
    JoseTool(const QString &name, const QString &summary, QString inputHelp)
        : Verb(name, summary), m_inputHelp(std::move(inputHelp))
    {
    }
    void addOptions(OptionSet &options) override;
    ExitCode run(Context &context) final;

protected:
    //! The answer: JSON where that is asked for, otherwise what this tool writes by itself.
    [[nodiscard]] virtual Result<Secret> answer(Context &context) = 0;
    //! The member of the JSON whose elements are a line each with `-o jsonl`.
    virtual const char *list() const { return nullptr; }
    //! What helps against \p error.
    virtual QList<Fix> fixes(const Error &error) const;

    //! What the person gave to work on. The name of a file in its place is refused. Errors: InvalidArgument.
    [[nodiscard]] Result<Secret> readObject(const Context &context) const;
    //! The keys that are the input itself. Errors: as readKeys(); cause TokenMalformed for what is no key of any form.
    [[nodiscard]] Result<Jose::JwkSet> readInputKeys(Context &context) const;
    //! The keys in \p content; those that are left out are told to the person.
    //!
    //! Errors: InvalidArgument if a passphrase is missing; SecurityCheckFailed, cause KeySetInvalid, if none is usable.
    [[nodiscard]] Result<Jose::JwkSet> readKeys(Context &context, const Secret &content) const;
    //! \p path as an option names it, with or without @. Errors: InvalidArgument naming \p option, and the file only if
    //! it is one or looks like one: somebody may have written the secret itself.
    [[nodiscard]] static Result<Secret> readNamedFile(const Context &context, const QString &path,
                                                      const QString &option);

    //! For a tool whose answer is a secret: --show. \p help says what is written to a terminal then.
    void addShow(OptionSet &options, const QString &help);
    //! Whether the answer would be shown to whoever looks at the terminal.
    bool mustHide(const Context &context) const;

    QString m_input; //!< the object itself, @FILE, or - for standard input

private:
    QString m_inputHelp;
    QString m_passphraseFile;
    bool m_isShown = false;
};

//! A tool that is told the key apart from what it works on.
class KeyedJoseTool : public JoseTool
{
public:
    using JoseTool::JoseTool;
    void addOptions(OptionSet &options) override;

protected:
    //! Errors: InvalidArgument if no file is named or it cannot be read; else as readKeys().
    [[nodiscard]] Result<Jose::JwkSet> readKeyFile(Context &context) const;
    QList<Fix> fixes(const Error &error) const override;

private:
    QString m_keyFile;
};

//! A content as JSON if it is JSON, otherwise as text; \p name + "_encoding" says how it is to be read.
void writeContent(Jose::JsonWriter &json, const QByteArray &name, const Secret &content);

//! The members by which a key is known: kid, if it has one, and kty.
void writeKeyName(Jose::JsonWriter &json, const Jose::Jwk &key);

//! Whatever is wrong with a key, the object it was meant for is refused.
Error refusedKey(const Error &error);

//! The JWK itself with what else is known of it: size, thumbprint, whether it came with certificates. Extra members are
//! no trouble to who reads a JWK. Spec: RFC 7517 §4.
void writeKeyEntry(Jose::JsonWriter &json, const Jose::Jwk &key, bool withPrivate = false);

std::vector<std::unique_ptr<Verb>> makeJoseKeyVerbs();

} // namespace Countersign::Cli
