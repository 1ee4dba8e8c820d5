// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "jose.h"

#include <countersign/crypto/certificate.h>
#include <countersign/jose/base64url.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jwe.h>
#include <countersign/jose/jws.h>

#include <QtCore/QFile>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr qint64 largestInput = 4 * 1024 * 1024;

Result<Secret> readAll(QFile &file, const QString &name, bool isOpen)
{
    if (!isOpen)
        return Error{ErrorCode::InvalidArgument, u"'%1' cannot be read: %2."_s.arg(name, file.errorString())};
    QByteArray bytes = file.read(largestInput + 1);
    if (bytes.size() > largestInput)
        return Error{ErrorCode::InvalidArgument, u"'%1' is larger than 4 MiB."_s.arg(name)};
    return Secret(std::move(bytes));
}

Result<Secret> readFile(const QString &name)
{
    QFile file(name);
    const bool isOpen = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    return readAll(file, name, isOpen);
}

//! The word itself, @file, or - for standard input.
Result<Secret> readInput(const QString &word)
{
    if (word.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"There is no input: give it, @file, or - for standard input."_s};
    if (word == "-"_L1 || word.startsWith(u'@'))
        return readFile(word == "-"_L1 ? word : word.mid(1));
    return Secret(word.toUtf8());
}

//! A token on a line of its own: the line's end is the file's, not the token's.
QByteArrayView withoutLineEnd(QByteArrayView text)
{
    if (text.endsWith('\n'))
        text.chop(1);
    if (text.endsWith('\r'))
        text.chop(1);
    return text;
}

Result<Secret> readPassphrase(const JoseOptions &options)
{
    if (options.passphraseFile.isEmpty())
        return Secret();
    const auto content = readFile(options.passphraseFile);
    if (!content)
        return content.error();
    const qsizetype end = content->reveal().indexOf('\n');
    return Secret::copyOf(withoutLineEnd(end < 0 ? content->reveal() : content->reveal().first(end + 1)));
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

Result<Jose::JwkSet> readKeys(const JoseOptions &options)
{
    if (options.keyFile.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"--key FILE is missing."_s};
    const auto content = readFile(options.keyFile);
    if (!content)
        return content.error();
    const auto passphrase = readPassphrase(options);
    if (!passphrase)
        return passphrase.error();
    return parseKeys(*content, *passphrase);
}

//! The key that is the input itself.
Result<Jose::JwkSet> readInputKeys(const JoseOptions &options)
{
    const auto content = readInput(options.input);
    if (!content)
        return content.error();
    const auto passphrase = readPassphrase(options);
    if (!passphrase)
        return passphrase.error();
    return parseKeys(*content, *passphrase);
}

Result<Secret> verify(const JoseOptions &options)
{
    const auto keys = readKeys(options);
    if (!keys)
        return keys.error();
    const auto token = readInput(options.input);
    if (!token)
        return token.error();
    Jose::JwsRules rules;
    if (!options.payloadFile.isEmpty()) {
        const auto payload = readFile(options.payloadFile);
        if (!payload)
            return payload.error();
        rules.detachedPayload = payload->reveal().toByteArray();
    }
    auto verified = Jose::verifyJws(withoutLineEnd(token->reveal()), *keys, rules);
    if (!verified)
        return verified.error();
    return Secret::copyOf(verified->payload);
}

Result<Secret> decrypt(const JoseOptions &options)
{
    const auto keys = readKeys(options);
    if (!keys)
        return keys.error();
    const auto token = readInput(options.input);
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
            return Error{ErrorCode::InvalidArgument, u"'%1' is no signature algorithm."_s.arg(options.algorithm)};
        return *named;
    }
    for (const auto algorithm :
         {RS256, ES256, ES384, ES512, EdDSA, HS512, HS384, HS256, PS256, PS384, PS512, RS384, RS512}) {
        if (key.algorithms(Jose::KeyPurpose::Sign).contains(algorithm))
            return algorithm;
    }
    return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound, u"The key cannot sign"_s};
}

Result<Secret> sign(const JoseOptions &options)
{
    const auto keys = readKeys(options);
    if (!keys)
        return keys.error();
    if (keys->keys().size() != 1)
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound, u"Signing needs exactly one key"_s};
    const auto payload = readInput(options.input);
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

Result<Secret> thumbprint(const JoseOptions &options)
{
    const auto hash = parseHash(options.hash);
    if (!hash)
        return Error{ErrorCode::InvalidArgument, u"'%1' is no hash that is known here."_s.arg(options.hash)};
    const auto keys = readInputKeys(options);
    if (!keys)
        return keys.error();
    QByteArray lines;
    for (const Jose::Jwk &key : keys->keys())
        lines += Jose::encodeBase64Url(key.thumbprint(*hash)) + '\n';
    return Secret(std::move(lines));
}

Result<Secret> certificates(const JoseOptions &options)
{
    const auto content = readInput(options.input);
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

// A growing byte array would leave copies of a key behind.
Secret joined(const Secret &a, const Secret &b)
{
    Secret result = Secret::ofSize(a.size() + b.size());
    char *out = reinterpret_cast<char *>(result.writable().data());
    std::copy_n(b.reveal().data(), b.size(), std::copy_n(a.reveal().data(), a.size(), out));
    return result;
}

Result<Secret> convert(const JoseOptions &options)
{
    const auto keys = readInputKeys(options);
    if (!keys)
        return keys.error();
    Secret lines;
    for (const Jose::Jwk &key : keys->keys()) {
        const auto text = options.asPem ? writePem(key, options.showPrivate)
            : options.showPrivate       ? Result<Secret>(key.toPrivateJson())
                                        : Result<Secret>(Secret::copyOf(key.toJson()));
        if (!text)
            return text.error();
        lines = joined(lines, *text);
        if (!options.asPem)
            lines = joined(lines, Secret::copyOf("\n"));
    }
    return lines;
}

} // namespace

Result<Secret> runJose(const JoseOptions &options)
{
    using Tool = JoseOptions::Tool;
    switch (options.tool) {
    case Tool::Verify: return verify(options);
    case Tool::Decrypt: return decrypt(options);
    case Tool::Sign: return sign(options);
    case Tool::Thumbprint: return thumbprint(options);
    case Tool::Certificates: return certificates(options);
    case Tool::Convert: return convert(options);
    }
    Q_UNREACHABLE();
}

ExitCode joseExitCodeOf(const Error &error)
{
    if (error.cause() == ErrorCause::TokenMalformed)
        return ExitCode::NotAToken;
    return error.code() == ErrorCode::InvalidArgument ? ExitCode::WrongUsage : ExitCode::SignatureInvalid;
}

} // namespace Countersign::Cli
