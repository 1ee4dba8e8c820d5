// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josetool.h"

#include "../context.h"
#include "../secrettext.h"
#include "../text.h"
#include "../words.h"

#include <countersign/crypto/certificate.h>
#include <countersign/jose/base64url.h>
#include <countersign/jose/jsonwriter.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

class ThumbprintTool final : public JoseTool
{
public:
    using JoseTool::JoseTool;
    void addOptions(OptionSet &options) override
    {
        JoseTool::addOptions(options);
        options.choice("--hash", m_hash, {u"sha256"_s, u"sha384"_s, u"sha512"_s, u"sha1"_s},
                       Text::tr("Digest, sha256 by default"));
    }

protected:
    const char *list() const override { return "thumbprints"; }
    Result<Secret> answer(Context &context) override
    {
        const auto keys = readInputKeys(context);
        if (!keys)
            return keys.error();
        if (context.global().isJson())
            return json(*keys);
        QByteArray lines;
        for (const Jose::Jwk &key : keys->keys())
            lines += Jose::encodeBase64Url(key.thumbprint(hash())) + '\n';
        return Secret(std::move(lines));
    }

private:
    HashAlgorithm hash() const
    {
        if (m_hash == "sha384"_L1)
            return HashAlgorithm::Sha384;
        if (m_hash == "sha512"_L1)
            return HashAlgorithm::Sha512;
        return m_hash == "sha1"_L1 ? HashAlgorithm::Sha1 : HashAlgorithm::Sha256;
    }

    Result<Secret> json(const Jose::JwkSet &keys) const
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.thumbprints/1"_s).name("thumbprints").beginArray();
        for (const Jose::Jwk &key : keys.keys()) {
            json.beginObject();
            writeKeyName(json, key);
            json.string("hash", m_hash.isEmpty() ? u"sha256"_s : m_hash);
            json.utf8("thumbprint", Jose::encodeBase64Url(key.thumbprint(hash()))).endObject();
        }
        json.endArray().endObject();
        return json.takeSecret();
    }

    QString m_hash;
};

class CertificatesTool final : public JoseTool
{
public:
    using JoseTool::JoseTool;

protected:
    Result<Secret> answer(Context &context) override
    {
        const auto content = readObject(context);
        if (!content)
            return content.error();
        const auto entries = extractCertificates(QString::fromUtf8(content->reveal()));
        const auto refused = [&content](const Error &error) {
            return content->reveal().contains("-----BEGIN ")
                ? Error{ErrorCode::SecurityCheckFailed, error.message()}
                : Error{ErrorCode::InvalidArgument, ErrorCause::TokenMalformed, error.message()};
        };
        if (!entries)
            return refused(entries.error());
        const auto first =
            QByteArray::fromBase64Encoding(entries->first().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        const auto certificate = Certificate::fromDer(*first);
        if (!certificate)
            return refused(certificate.error());
        Jose::JsonWriter json;
        json.beginObject();
        // By itself it writes what is pasted into a JWK or a header: the members and no other.
        if (context.global().isJson())
            json.string("schema", u"countersign.certificates/1"_s);
        json.strings("x5c", *entries)
            .utf8("x5t", Jose::encodeBase64Url(certificate->thumbprint(HashAlgorithm::Sha1)))
            .utf8("x5t#S256", Jose::encodeBase64Url(certificate->thumbprint(HashAlgorithm::Sha256)))
            .endObject();
        return joined({json.view(), context.global().isJson() ? "" : "\n"});
    }
    QList<Fix> fixes(const Error &error) const override
    {
        if (error.code() == ErrorCode::InvalidArgument && error.cause() != ErrorCause::TokenMalformed)
            return {};
        return {{Text::tr("Give certificates in PEM, as @FILE or as - on standard input"), {}, {}}};
    }
};

class ConvertTool final : public JoseTool
{
public:
    using JoseTool::JoseTool;
    QString description() const override
    {
        return Text::tr(
            "One key is written as a JWK, several as a JWK set. With -o json it is a set in any case, with\n"
            "sizes and thumbprints beside the keys' own members.");
    }
    void addOptions(OptionSet &options) override
    {
        JoseTool::addOptions(options);
        options.flag("--private", m_isPrivate, Text::tr("With the private members"));
        options.flag("--pem", m_isPem, Text::tr("Write PEM instead of JWK"));
        addShow(options, Text::tr("With --private: write the key to a terminal"));
    }

protected:
    const char *list() const override { return "keys"; }
    Result<Secret> answer(Context &context) override
    {
        if (m_isPem && context.global().isJson())
            return wrongUsage(Text::tr("--pem writes PEM, and the JSON answer has JWKs: leave one of the two out."));
        if (m_isPrivate && mustHide(context))
            return wrongUsage(
                Text::tr("A private key is written to a terminal with --show only; a file or a pipe gets it "
                         "as it is."));
        const auto keys = readInputKeys(context);
        if (!keys)
            return keys.error();
        for (const Jose::Jwk &key : keys->keys()) {
            if (const auto possible = check(key); !possible)
                return possible.error();
        }
        const bool areSeveral = keys->keys().size() > 1;
        if (areSeveral && !context.global().isJson())
            context.hint((m_isPem ? Text::tr("There are %1 keys: a PEM block each.")
                                  : Text::tr("There are %1 keys: they are written as a JWK set."))
                             .arg(keys->keys().size()));
        if (m_isPem)
            return pem(*keys);
        if (context.global().isJson())
            return json(*keys);
        return areSeveral ? set(*keys) : joined({jwk(keys->keys().first()).reveal(), "\n"});
    }

private:
    //! Whether what is asked for can be made of \p key.
    Result<void> check(const Jose::Jwk &key) const
    {
        if (m_isPrivate && !key.isPrivate())
            return wrongUsage(Text::tr("--private: the key is a public one and has no private members."));
        if (key.isSymmetric() && m_isPem)
            return wrongUsage(Text::tr("--pem: a symmetric key has no PEM form."));
        if (key.isSymmetric() && !m_isPrivate)
            return wrongUsage(Text::tr("A symmetric key has no public half; --private writes the key itself."));
        return {};
    }

    Secret jwk(const Jose::Jwk &key) const { return m_isPrivate ? key.toPrivateJson() : Secret::copyOf(key.toJson()); }

    Secret set(const Jose::JwkSet &keys) const
    {
        Jose::JsonWriter json;
        json.beginObject().name("keys").beginArray();
        for (const Jose::Jwk &key : keys.keys())
            json.raw(jwk(key).reveal());
        json.endArray().endObject();
        return joined({json.view(), "\n"});
    }

    Secret json(const Jose::JwkSet &keys) const
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.keys/1"_s).name("keys").beginArray();
        for (const Jose::Jwk &key : keys.keys()) {
            writeKeyEntry(json, key, m_isPrivate);
            json.endObject();
        }
        json.endArray().endObject();
        return json.takeSecret();
    }

    Result<Secret> pem(const Jose::JwkSet &keys) const
    {
        Secret text;
        for (const Jose::Jwk &key : keys.keys()) {
            const auto block = m_isPrivate ? key.asymmetricKey()->privatePem()
                                           : Result<Secret>(Secret::copyOf(key.asymmetricKey()->publicPem()));
            if (!block)
                return refusedKey(block.error());
            text = joined({text.reveal(), block->reveal()});
        }
        return text;
    }

    bool m_isPrivate = false;
    bool m_isPem = false;
};

} // namespace

std::vector<std::unique_ptr<Verb>> makeJoseKeyVerbs()
{
    std::vector<std::unique_ptr<Verb>> verbs;
    verbs.push_back(std::make_unique<ThumbprintTool>(u"thumbprint"_s,
                                                     Text::tr("Print the thumbprint of a key (RFC 7638)"),
                                                     Text::tr("A key: @FILE, or - for standard input")));
    verbs.push_back(
        std::make_unique<CertificatesTool>(u"certs"_s, Text::tr("Print certificates as x5c, with x5t and x5t#S256"),
                                           Text::tr("Certificates in PEM: @FILE, or - for standard input")));
    verbs.push_back(std::make_unique<ConvertTool>(u"jwk"_s, Text::tr("Convert keys between PEM and JWK"),
                                                  Text::tr("A key, or several: @FILE, or - for standard input")));
    return verbs;
}

} // namespace Countersign::Cli
