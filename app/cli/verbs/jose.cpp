// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josetext.h"

#include "../context.h"
#include "../secrettext.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/crypto/certificate.h>
#include <countersign/jose/base64url.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jwe.h>
#include <countersign/jose/jws.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! Scripts tell only three failures apart here: wrong usage, not a token, and refused.
ExitCode joseExitCodeOf(const Error &error)
{
    if (error.cause() == ErrorCause::TokenMalformed)
        return ExitCode::NotAToken;
    if (error.code() == ErrorCode::TimedOut)
        return ExitCode::TimedOut;
    return error.code() == ErrorCode::InvalidArgument ? ExitCode::WrongUsage : ExitCode::SignatureInvalid;
}

//! What the tools are told.
struct JoseOptions
{
    QString input; //!< the object itself, @FILE, or - for standard input
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

//! The name of the file is not repeated: somebody may have written the secret itself.
Error unreadable(const Error &error, const QString &option)
{
    return error.code() == ErrorCode::TimedOut
        ? error
        : wrongUsage(Text::tr("The file that %1 names cannot be read.").arg(option));
}

Result<Secret> readPassphrase(const Context &context, const JoseOptions &options)
{
    if (options.passphraseFile.isEmpty())
        return Secret();
    const auto content = context.readFile(options.passphraseFile);
    if (!content)
        return unreadable(content.error(), u"--passphrase-file"_s);
    return Secret::copyOf(firstLineOf(content->reveal()));
}

//! Whatever is wrong with a key, the object it was meant for is refused.
Error refusedKey(const Error &error)
{
    return Error{ErrorCode::SecurityCheckFailed, error.cause(), u"The key is not usable: "_s + error.message()};
}

Result<Jose::JwkSet> parseKeys(const Secret &content, const Secret &passphrase)
{
    const auto keys = Jose::JwkSet::fromFile(content.reveal(), passphrase);
    if (!keys)
        return refusedKey(keys.error());
    if (keys->isEmpty())
        return refusedKey(keys->skipped().isEmpty() ? Error{ErrorCode::SecurityCheckFailed, u"the key set is empty"_s}
                                                    : keys->skipped().first().reason);
    return *keys;
}

Result<Jose::JwkSet> readKeys(const Context &context, const JoseOptions &options)
{
    if (options.keyFile.isEmpty())
        return wrongUsage(Text::tr("--key FILE is missing."));
    const auto content = context.readFile(options.keyFile);
    if (!content)
        return unreadable(content.error(), u"--key"_s);
    const auto passphrase = readPassphrase(context, options);
    if (!passphrase)
        return passphrase.error();
    return parseKeys(*content, *passphrase);
}

//! The key that is the input itself.
Result<Jose::JwkSet> readInputKeys(const Context &context, const JoseOptions &options)
{
    const auto content = context.readInput(options.input);
    if (!content)
        return content.error();
    const auto passphrase = readPassphrase(context, options);
    if (!passphrase)
        return passphrase.error();
    return parseKeys(*content, *passphrase);
}

Result<Secret> verify(const Context &context, const JoseOptions &options)
{
    const auto keys = readKeys(context, options);
    if (!keys)
        return keys.error();
    const auto token = context.readInput(options.input);
    if (!token)
        return token.error();
    Jose::JwsRules rules;
    if (!options.payloadFile.isEmpty()) {
        const auto payload = context.readFile(options.payloadFile);
        if (!payload)
            return payload.error();
        rules.detachedPayload = payload->reveal().toByteArray();
    }
    auto verified = Jose::verifyJws(withoutLineEnd(token->reveal()), *keys, rules);
    if (!verified)
        return verified.error();
    return Secret::copyOf(verified->payload);
}

Result<Secret> decrypt(const Context &context, const JoseOptions &options)
{
    const auto keys = readKeys(context, options);
    if (!keys)
        return keys.error();
    const auto token = context.readInput(options.input);
    if (!token)
        return token.error();
    Jose::JweRules rules;
    rules.allowRsa1_5 = options.allowRsa15;
    rules.allowDecompression = options.allowCompression;
    rules.allowPassword = true; // the person at the command line chose token and password
    auto decrypted = Jose::decryptJwe(withoutLineEnd(token->reveal()), *keys, rules);
    if (!decrypted)
        return decrypted.error();
    return std::move(decrypted->plaintext);
}

Result<Jose::Algorithm> chooseAlgorithm(const JoseOptions &options, const Jose::Jwk &key)
{
    using enum Jose::Algorithm;
    if (!options.algorithm.isEmpty()) {
        const auto named = Jose::parseAlgorithm(options.algorithm);
        if (!named)
            return wrongUsage(Text::tr("'%1' is no signature algorithm.").arg(options.algorithm));
        return *named;
    }
    for (const auto algorithm :
         {RS256, ES256, ES384, ES512, EdDSA, HS512, HS384, HS256, PS256, PS384, PS512, RS384, RS512}) {
        if (key.algorithms(Jose::KeyPurpose::Sign).contains(algorithm))
            return algorithm;
    }
    return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound, u"The key cannot sign"_s};
}

Result<Secret> sign(const Context &context, const JoseOptions &options)
{
    const auto keys = readKeys(context, options);
    if (!keys)
        return keys.error();
    if (keys->keys().size() != 1)
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound, u"Signing needs exactly one key"_s};
    const auto payload = context.readInput(options.input);
    if (!payload)
        return payload.error();
    const Jose::Jwk &key = keys->keys().first();
    const auto algorithm = chooseAlgorithm(options, key);
    if (!algorithm)
        return algorithm.error();
    Jose::SigningHeader header;
    header.algorithm = *algorithm;
    header.type = options.type;
    header.keyId = key.keyId();
    const auto token = Jose::signCompact(header, payload->reveal(), key);
    if (!token)
        return refusedKey(token.error());
    return Secret::copyOf(QByteArray(*token + '\n'));
}

std::optional<HashAlgorithm> parseHash(const QString &name)
{
    if (name.isEmpty() || name == "sha256"_L1)
        return HashAlgorithm::Sha256;
    if (name == "sha384"_L1)
        return HashAlgorithm::Sha384;
    if (name == "sha512"_L1)
        return HashAlgorithm::Sha512;
    return name == "sha1"_L1 ? std::optional(HashAlgorithm::Sha1) : std::nullopt;
}

Result<Secret> thumbprint(const Context &context, const JoseOptions &options)
{
    const auto hash = parseHash(options.hash);
    if (!hash)
        return wrongUsage(Text::tr("'%1' is no hash that is known here.").arg(options.hash));
    const auto keys = readInputKeys(context, options);
    if (!keys)
        return keys.error();
    QByteArray lines;
    for (const Jose::Jwk &key : keys->keys())
        lines += Jose::encodeBase64Url(key.thumbprint(*hash)) + '\n';
    return Secret(std::move(lines));
}

Result<Secret> certificates(const Context &context, const JoseOptions &options)
{
    const auto content = context.readInput(options.input);
    if (!content)
        return content.error();
    const auto entries = extractCertificates(QString::fromUtf8(content->reveal()));
    if (!entries)
        return Error{ErrorCode::SecurityCheckFailed, entries.error().message()};
    const auto first =
        QByteArray::fromBase64Encoding(entries->first().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    const auto certificate = Certificate::fromDer(*first);
    if (!certificate)
        return Error{ErrorCode::SecurityCheckFailed, certificate.error().message()};
    Jose::JsonWriter json;
    json.beginObject()
        .strings("x5c", *entries)
        .utf8("x5t", Jose::encodeBase64Url(certificate->thumbprint(HashAlgorithm::Sha1)))
        .utf8("x5t#S256", Jose::encodeBase64Url(certificate->thumbprint(HashAlgorithm::Sha256)))
        .endObject();
    return Secret::copyOf(QByteArray(json.take() + '\n'));
}

Result<Secret> writePem(const Jose::Jwk &key, bool showPrivate)
{
    if (!key.asymmetricKey())
        return Error{ErrorCode::SecurityCheckFailed, u"A symmetric key has no PEM form"_s};
    if (!showPrivate)
        return Secret::copyOf(key.asymmetricKey()->publicPem());
    auto pem = key.asymmetricKey()->privatePem();
    if (!pem)
        return refusedKey(pem.error());
    return pem;
}

Result<Secret> convert(const Context &context, const JoseOptions &options)
{
    const auto keys = readInputKeys(context, options);
    if (!keys)
        return keys.error();
    Secret lines;
    for (const Jose::Jwk &key : keys->keys()) {
        const auto text = options.asPem ? writePem(key, options.showPrivate)
            : options.showPrivate       ? Result<Secret>(key.toPrivateJson())
                                        : Result<Secret>(Secret::copyOf(key.toJson()));
        if (!text)
            return text.error();
        lines = joined({lines.reveal(), text->reveal()});
        if (!options.asPem)
            lines = joined({lines.reveal(), "\n"});
    }
    return lines;
}

//! One of the tools: nothing but the files that are named is read; nothing is written.
class JoseTool : public Verb
{
public:
    using Work = Result<Secret> (*)(const Context &, const JoseOptions &);

    JoseTool(const QString &name, const QString &summary, Work work, QString input)
        : Verb(name, summary), m_work(work), m_input(std::move(input))
    {
    }

    void addOptions(OptionSet &options) override
    {
        options.text("INPUT", m_options.input, m_input);
        options.text("--passphrase-file", m_options.passphraseFile,
                     Text::tr("File whose first line opens an encrypted key"));
        if (m_work == verify || m_work == decrypt || m_work == sign)
            options.text("-k,--key", m_options.keyFile, Text::tr("File with the key: a JWK, a JWK set or PEM"));
        if (m_work == verify)
            options.text("--payload", m_options.payloadFile,
                         Text::tr("File with the payload of a JWS that comes without it"));
        if (m_work == decrypt)
            addDecryptOptions(options);
        if (m_work == sign)
            addSignOptions(options);
        if (m_work == thumbprint)
            options.choice("--hash", m_options.hash, {u"sha256"_s, u"sha384"_s, u"sha512"_s, u"sha1"_s},
                           Text::tr("Digest, sha256 by default"));
        if (m_work == convert)
            addConvertOptions(options);
    }

    ExitCode run(Context &context) override
    {
        const auto answer = m_work(context, m_options);
        if (!answer) {
            const auto exitCode = joseExitCodeOf(answer.error());
            return exitCode == ExitCode::TimedOut
                ? context.fail(answer.error())
                : context.fail(answer.error(), exitCode, fixesForGivenToken(exitCode, givenAgain(m_options.input)));
        }
        context.write(answer->reveal());
        return ExitCode::Done;
    }

private:
    void addDecryptOptions(OptionSet &options)
    {
        options.flag("--allow-rsa1_5", m_options.allowRsa15, Text::tr("Accept RSA1_5, which invites padding attacks"));
        options.flag("--allow-zip", m_options.allowCompression,
                     Text::tr("Decompress, up to 256 KiB and ten times the size"));
    }
    void addSignOptions(OptionSet &options)
    {
        options.text("--alg", m_options.algorithm, Text::tr("Algorithm, if the key leaves a choice"));
        options.text("--typ", m_options.type, Text::tr("Type to name in the header, for example JWT"));
    }
    void addConvertOptions(OptionSet &options)
    {
        options.flag("--private", m_options.showPrivate, Text::tr("With the private members"));
        options.flag("--pem", m_options.asPem, Text::tr("Write PEM instead of JWK"));
    }

    JoseOptions m_options;
    Work m_work;
    QString m_input;
};

class JoseVerb final : public VerbGroup
{
public:
    JoseVerb() : VerbGroup(u"jose"_s, Text::tr("Verify, decrypt and sign tokens, convert keys, offline"))
    {
        add(u"verify"_s, Text::tr("Verify a JWS and print its payload"), verify,
            Text::tr("A JWS, @FILE, or - for standard input"));
        add(u"decrypt"_s, Text::tr("Decrypt a JWE and print what it holds"), decrypt,
            Text::tr("A JWE, @FILE, or - for standard input"));
        add(u"sign"_s, Text::tr("Sign a payload as a compact JWS"), sign,
            Text::tr("The payload, @FILE, or - for standard input"));
        add(u"thumbprint"_s, Text::tr("Print the thumbprint of a key (RFC 7638)"), thumbprint,
            Text::tr("A key: @FILE, or - for standard input"));
        add(u"certs"_s, Text::tr("Print certificates as x5c, with x5t and x5t#S256"), certificates,
            Text::tr("Certificates in PEM: @FILE, or - for standard input"));
        add(u"jwk"_s, Text::tr("Convert a key between PEM and JWK"), convert,
            Text::tr("A key: @FILE, or - for standard input"));
        for (auto &verb : makeJoseTextVerbs())
            addChild(std::move(verb));
    }
    QStringList examples() const override
    {
        return {u"countersign jose verify --key keys.json @token.jwt"_s, u"countersign jose jwk --pem @key.json"_s,
                u"countersign token | countersign jose at-hash -"_s};
    }

private:
    void add(const QString &name, const QString &summary, JoseTool::Work work, const QString &input)
    {
        addChild(std::make_unique<JoseTool>(name, summary, work, input));
    }
};

} // namespace

std::unique_ptr<Verb> makeJoseVerb()
{
    return std::make_unique<JoseVerb>();
}

} // namespace Countersign::Cli
