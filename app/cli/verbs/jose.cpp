// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josetext.h"
#include "josetool.h"

#include "../context.h"
#include "../secrettext.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/jose/base64url.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jwe.h>
#include <countersign/jose/jws.h>

#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! Which key did it. No thumbprint of a symmetric one: from that a weak secret can be guessed (RFC 7638 §7).
void writeKeyUsed(Jose::JsonWriter &json, const Jose::Jwk &key)
{
    json.name("key").beginObject();
    writeKeyName(json, key);
    if (!key.curve().isEmpty())
        json.string("crv", QString(key.curve()));
    if (key.asymmetricKey())
        json.integer("bits", key.asymmetricKey()->bits()).string("thumbprint", key.thumbprintText());
    json.endObject();
}

//! What an opened object says, by which key, after the members that \p json has by now. \p header is the protected one:
//! what only stands in another was signed by nobody.
Secret finished(Jose::JsonWriter &json, const QByteArray &header, const QByteArray &contentName, const Secret &content,
                const Jose::Jwk &key)
{
    json.raw("header", header.isEmpty() ? "{}" : header);
    writeContent(json, contentName, content);
    writeKeyUsed(json, key);
    json.endObject();
    return json.takeSecret();
}

//! A tool about a signed or encrypted object that somebody else made.
class OpeningTool : public KeyedJoseTool
{
public:
    using KeyedJoseTool::KeyedJoseTool;

protected:
    //! \p token without its line end.
    virtual Result<Secret> open(Context &context, QByteArrayView token, const Jose::JwkSet &keys) const = 0;

    Result<Secret> answer(Context &context) final
    {
        const auto keys = readKeyFile(context);
        if (!keys)
            return keys.error();
        const auto token = readObject(context);
        return token ? open(context, withoutLineEnd(token->reveal()), *keys) : token.error();
    }
    QList<Fix> fixes(const Error &error) const override
    {
        const bool isOfKey = error.cause() == ErrorCause::KeySetInvalid || error.cause() == ErrorCause::PassphraseWrong;
        if (isOfKey || (error.code() == ErrorCode::InvalidArgument && error.cause() != ErrorCause::TokenMalformed))
            return KeyedJoseTool::fixes(error);
        const bool isNone = error.cause() == ErrorCause::TokenMalformed;
        return fixesForGivenToken(isNone ? ExitCode::NotAToken : ExitCode::SignatureInvalid, givenAgain(m_input));
    }
};

class VerifyTool final : public OpeningTool
{
public:
    using OpeningTool::OpeningTool;
    void addOptions(OptionSet &options) override
    {
        OpeningTool::addOptions(options);
        options.file("--payload", m_payloadFile, Text::tr("File with the payload of a JWS that comes without it"));
    }

protected:
    Result<Secret> open(Context &context, QByteArrayView token, const Jose::JwkSet &keys) const override
    {
        Jose::JwsRules rules;
        if (!m_payloadFile.isEmpty()) {
            const auto payload = readNamedFile(context, m_payloadFile, u"--payload"_s);
            if (!payload)
                return payload.error();
            rules.detachedPayload = payload->reveal().toByteArray();
        }
        const auto verified = Jose::verifyJws(token, keys, rules);
        if (!verified)
            return verified.error();
        return context.global().isJson() ? json(*verified) : Secret::copyOf(verified->payload);
    }

private:
    static Secret json(const Jose::VerifiedJws &verified)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.jose-verify/1"_s).boolean("verified", true);
        json.string("alg", QString(Jose::name(verified.algorithm)));
        return finished(json, verified.protectedHeader, "payload", Secret::copyOf(verified.payload), *verified.key);
    }

    QString m_payloadFile;
};

class DecryptTool final : public OpeningTool
{
public:
    using OpeningTool::OpeningTool;
    void addOptions(OptionSet &options) override
    {
        OpeningTool::addOptions(options);
        options.flag("--allow-rsa1_5", m_allowRsa15, Text::tr("Accept RSA1_5, which invites padding attacks"));
        options.flag("--allow-zip", m_allowCompression, Text::tr("Decompress, up to 256 KiB and ten times the size"));
    }

protected:
    Result<Secret> open(Context &context, QByteArrayView token, const Jose::JwkSet &keys) const override
    {
        Jose::JweRules rules;
        rules.allowRsa1_5 = m_allowRsa15;
        rules.allowDecompression = m_allowCompression;
        rules.allowPassword = true; // the person at the command line chose token and password
        auto decrypted = Jose::decryptJwe(token, keys, rules);
        if (!decrypted)
            return decrypted.error();
        return context.global().isJson() ? json(*decrypted) : std::move(decrypted->plaintext);
    }

private:
    static Secret json(const Jose::DecryptedJwe &decrypted)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.jose-decrypt/1"_s);
        json.string("alg", QString(Jose::name(decrypted.keyManagement)));
        json.string("enc", QString(Jose::name(decrypted.encryption)));
        return finished(json, decrypted.protectedHeader, "plaintext", decrypted.plaintext, *decrypted.key);
    }

    bool m_allowRsa15 = false;
    bool m_allowCompression = false;
};

class SignTool final : public KeyedJoseTool
{
public:
    using KeyedJoseTool::KeyedJoseTool;
    void addOptions(OptionSet &options) override
    {
        KeyedJoseTool::addOptions(options);
        options.text("--alg", m_algorithm, Text::tr("Algorithm, if the key leaves a choice"));
        options.text("--typ", m_type, Text::tr("Type to name in the header, for example JWT"));
        addShow(options, Text::tr("Write the whole token to a terminal"));
    }

protected:
    Result<Secret> answer(Context &context) override
    {
        const auto keys = readKeyFile(context);
        if (!keys)
            return keys.error();
        if (keys->keys().size() != 1)
            return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound,
                         Text::tr("Signing needs exactly one key, and --key holds %1.").arg(keys->keys().size())};
        const auto payload = context.readInput(m_input);
        if (!payload)
            return payload.error();
        if (m_input != "-"_L1 && !m_input.startsWith(u'@') && m_input.size() <= 255 && QFileInfo(m_input).isFile())
            context.hint(
                Text::tr("The word '%1' itself is signed. There is a file of that name: @%1 signs what it holds.")
                    .arg(m_input));
        const Jose::Jwk &key = keys->keys().first();
        const auto algorithm = chooseAlgorithm(key);
        if (!algorithm)
            return algorithm.error();
        Jose::SigningHeader header;
        header.algorithm = *algorithm;
        header.type = m_type;
        header.keyId = key.keyId();
        const auto token = Jose::signCompact(header, payload->reveal(), key);
        if (!token)
            return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound,
                         Text::tr("The key cannot make this signature: %1").arg(token.error().message())};
        return shown(context, *token, key);
    }

private:
    Result<Secret> shown(Context &context, const QByteArray &token, const Jose::Jwk &key) const
    {
        const auto header = Jose::decodeBase64Url(QByteArrayView(token).first(token.indexOf('.')));
        if (!header)
            return header.error();
        const bool isHidden = mustHide(context);
        if (isHidden)
            context.hint(context.global().isJson() ? Text::tr("Without the token on a terminal: --show writes it.")
                                                   : Text::tr("Shortened on a terminal: --show writes whole tokens."));
        if (context.global().isJson())
            return json(isHidden ? QByteArray() : token, *header, key);
        return isHidden ? joined({maskedToken(token), "\n"}) : joined({token, "\n"});
    }

    Result<Jose::Algorithm> chooseAlgorithm(const Jose::Jwk &key) const
    {
        using enum Jose::Algorithm;
        if (!m_algorithm.isEmpty()) {
            const auto named = Jose::parseAlgorithm(m_algorithm);
            if (!named)
                return wrongUsage(Text::tr("'%1' is no signature algorithm.").arg(m_algorithm));
            return *named;
        }
        for (const auto algorithm :
             {RS256, ES256, ES384, ES512, EdDSA, HS512, HS384, HS256, PS256, PS384, PS512, RS384, RS512}) {
            if (key.algorithms(Jose::KeyPurpose::Sign).contains(algorithm))
                return algorithm;
        }
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound,
                     key.isPrivate() ? Text::tr("This key cannot sign.")
                                     : Text::tr("A public key cannot sign: --key needs the private one.")};
    }

    //! An empty \p token is left out.
    static Result<Secret> json(const QByteArray &token, const QByteArray &header, const Jose::Jwk &key)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.jose-sign/1"_s).raw("header", header);
        if (!token.isEmpty())
            json.utf8("token", token);
        writeKeyUsed(json, key);
        json.endObject();
        return json.takeSecret();
    }

    QString m_algorithm;
    QString m_type;
};

class JoseVerb final : public VerbGroup
{
public:
    JoseVerb() : VerbGroup(u"jose"_s, Text::tr("Verify, decrypt and sign tokens, convert keys, offline"))
    {
        addChild(std::make_unique<VerifyTool>(u"verify"_s, Text::tr("Verify a JWS and print its payload"),
                                              Text::tr("A JWS, @FILE, or - for standard input")));
        addChild(std::make_unique<DecryptTool>(u"decrypt"_s, Text::tr("Decrypt a JWE and print what it holds"),
                                               Text::tr("A JWE, @FILE, or - for standard input")));
        addChild(std::make_unique<SignTool>(u"sign"_s, Text::tr("Sign a payload as a compact JWS"),
                                            Text::tr("The payload, @FILE, or - for standard input")));
        for (auto &verb : makeJoseKeyVerbs())
            addChild(std::move(verb));
        for (auto &verb : makeJoseTextVerbs())
            addChild(std::move(verb));
    }
    QStringList examples() const override
    {
        return {u"countersign jose verify --key keys.json @token.jwt"_s,
                u"countersign jose verify --key keys.json @token.jwt --query payload.sub"_s,
                u"countersign jose jwk --pem @key.json"_s, u"countersign token | countersign jose at-hash -"_s};
    }
};

} // namespace

std::unique_ptr<Verb> makeJoseVerb()
{
    return std::make_unique<JoseVerb>();
}

} // namespace Countersign::Cli
