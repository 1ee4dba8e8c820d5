// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josetool.h"

#include "../context.h"
#include "../input.h"
#include "../text.h"
#include "../words.h"

#include <countersign/jose/base64url.h>
#include <countersign/jose/json.h>
#include <countersign/jose/jsonwriter.h>

#include <QtCore/QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

ExitCode joseExitCodeOf(const Error &error)
{
    if (error.cause() == ErrorCause::TokenMalformed)
        return ExitCode::NotAToken;
    return error.code() == ErrorCode::InvalidArgument ? ExitCode::WrongUsage : ExitCode::SignatureInvalid;
}

//! Whether a word can only be meant as the name of a file, by its beginning or by its end.
bool looksLikeFile(const QString &word)
{
    const auto endings = {".pem"_L1, ".json"_L1, ".jwk"_L1, ".jwks"_L1, ".key"_L1, ".crt"_L1, ".txt"_L1};
    return QFileInfo(word).isAbsolute() || word.startsWith("./"_L1) || word.startsWith("../"_L1)
        || std::any_of(endings.begin(), endings.end(), [&word](auto ending) { return word.endsWith(ending); });
}

} // namespace

Error refusedKey(const Error &error)
{
    const auto cause = error.cause() == ErrorCause::Unspecified ? ErrorCause::KeySetInvalid : error.cause();
    return Error{ErrorCode::SecurityCheckFailed, cause, Text::tr("The key is not usable: %1").arg(error.message())};
}

void JoseTool::addOptions(OptionSet &options)
{
    options.text("INPUT", m_input, m_inputHelp);
    options.file("--passphrase-file", m_passphraseFile, Text::tr("File whose first line opens an encrypted key"));
}

ExitCode JoseTool::run(Context &context)
{
    const auto answer = this->answer(context);
    if (!answer) {
        if (isEndOfWaiting(answer.error()))
            return context.fail(answer.error());
        return context.fail(answer.error(), joseExitCodeOf(answer.error()), fixes(answer.error()));
    }
    if (context.global().isJson())
        return context.writeJson(answer->reveal(), list());
    context.write(answer->reveal());
    return ExitCode::Done;
}

QList<Fix> JoseTool::fixes(const Error &error) const
{
    if (error.cause() == ErrorCause::PassphraseWrong)
        return {{Text::tr("--passphrase-file names a file whose first line opens the key"), {}, {}}};
    if (error.cause() == ErrorCause::KeySetInvalid || error.cause() == ErrorCause::TokenMalformed)
        return {{Text::tr("Give a JWK, a JWK set or PEM, as @FILE or as - on standard input"), {}, {}}};
    return {};
}

Result<Secret> JoseTool::readObject(const Context &context) const
{
    constexpr qsizetype longestName = 255;
    const bool isNamed = m_input == "-"_L1 || m_input.startsWith(u'@');
    if (!isNamed && !m_input.isEmpty() && m_input.size() <= longestName && QFileInfo(m_input).isFile())
        return wrongUsage(Text::tr("'%1' is the name of a file; what it holds is given as %2.")
                              .arg(m_input, shellQuoted(QString(u'@' + m_input))));
    return context.readInput(m_input);
}

Result<Jose::JwkSet> JoseTool::readInputKeys(Context &context) const
{
    const auto content = readObject(context);
    if (!content)
        return content.error();
    auto keys = readKeys(context, *content);
    const bool isOfSomeForm = content->reveal().contains("-----BEGIN ") || Jose::JsonObject::parse(content->clone());
    if (!keys && keys.error().cause() == ErrorCause::KeySetInvalid && !isOfSomeForm)
        return Error{ErrorCode::InvalidArgument, ErrorCause::TokenMalformed, keys.error().message()};
    return keys;
}

void JoseTool::addShow(OptionSet &options, const QString &help)
{
    options.flag("--show", m_isShown, help);
}

bool JoseTool::mustHide(const Context &context) const
{
    return !m_isShown && context.outIsTerminal() && context.global().output != "none"_L1;
}

Result<Jose::JwkSet> JoseTool::readKeys(Context &context, const Secret &content) const
{
    Secret passphrase;
    if (!m_passphraseFile.isEmpty()) {
        const auto file = readNamedFile(context, m_passphraseFile, u"--passphrase-file"_s);
        if (!file)
            return file.error();
        passphrase = Secret::copyOf(firstLineOf(file->reveal()));
    }
    const auto keys = Jose::JwkSet::fromFile(content.reveal(), passphrase);
    if (!keys && keys.error().cause() == ErrorCause::PassphraseWrong && m_passphraseFile.isEmpty())
        return Error{ErrorCode::InvalidArgument, ErrorCause::PassphraseWrong,
                     Text::tr("The key is encrypted, and no passphrase is given.")};
    if (!keys)
        return refusedKey(keys.error());
    if (keys->isEmpty())
        return refusedKey(keys->skipped().isEmpty() ? Error{ErrorCode::SecurityCheckFailed, u"the key set is empty"_s}
                                                    : keys->skipped().first().reason);
    for (const auto &skipped : keys->skipped())
        context.hint(Text::tr("Key %1 is left out: %2").arg(skipped.index + 1).arg(skipped.reason.message()));
    return *keys;
}

Result<Secret> JoseTool::readNamedFile(const Context &context, const QString &path, const QString &option)
{
    // Elsewhere files are named with @: it is meant here, too, unless a file has it in its name.
    const bool isMarked = path.startsWith(u'@') && !QFileInfo::exists(path);
    auto content = context.readFile(isMarked ? path.mid(1) : path);
    if (content || isEndOfWaiting(content.error()))
        return content;
    // What is no file and looks like none may be the secret itself.
    return looksLikeFile(path) || QFileInfo::exists(path)
        ? wrongUsage(option + u": "_s + content.error().message())
        : wrongUsage(
            Text::tr("%1 wants the name of a file, and there is none of that name here. (What was given is not "
                     "repeated, for it may be the secret itself.)")
                .arg(option));
}

void KeyedJoseTool::addOptions(OptionSet &options)
{
    JoseTool::addOptions(options);
    options.file("-k,--key", m_keyFile, Text::tr("File with the key: a JWK, a JWK set or PEM"));
}

Result<Jose::JwkSet> KeyedJoseTool::readKeyFile(Context &context) const
{
    if (m_keyFile.isEmpty())
        return wrongUsage(Text::tr("--key FILE is missing."));
    const auto content = readNamedFile(context, m_keyFile, u"--key"_s);
    return content ? readKeys(context, *content) : Result<Jose::JwkSet>(content.error());
}

QList<Fix> KeyedJoseTool::fixes(const Error &error) const
{
    if (error.cause() != ErrorCause::KeySetInvalid)
        return JoseTool::fixes(error);
    return {{Text::tr("--key names a file that holds a JWK, a JWK set or PEM. A provider's keys come from"),
             u"countersign issuer keys URL -o json > keys.json"_s,
             {}}};
}

void writeContent(Jose::JsonWriter &json, const QByteArray &name, const Secret &content)
{
    const QByteArray encodingName = name + "_encoding";
    const auto value = Jose::JsonValue::parse(content.clone());
    if (value)
        json.raw(name, value->raw()).utf8(encodingName, "json");
    else if (content.reveal().isValidUtf8())
        json.secret(name, content).utf8(encodingName, "utf8");
    else
        json.secret(name, Secret(Jose::encodeBase64Url(content.reveal()))).utf8(encodingName, "base64url");
}

void writeKeyName(Jose::JsonWriter &json, const Jose::Jwk &key)
{
    if (!key.keyId().isEmpty())
        json.string("kid", key.keyId());
    json.string("kty", QString(key.type()));
}

void writeKeyEntry(Jose::JsonWriter &json, const Jose::Jwk &key, bool withPrivate)
{
    const auto members =
        Jose::JsonObject::parse(withPrivate ? key.toPrivateJson() : Secret::copyOf(key.toJson())).value();
    json.beginObject();
    for (const auto &member : members)
        json.raw(member.name, member.value.raw());
    if (key.asymmetricKey())
        json.integer("bits", key.asymmetricKey()->bits());
    json.string("thumbprint", key.thumbprintText()).boolean("certificates", key.hasCertificates());
}

} // namespace Countersign::Cli
