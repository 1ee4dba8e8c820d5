// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "checkoutput.h"
#include "josetool.h"

#include "../context.h"
#include "../input.h"
#include "../provider.h"
#include "../providerlint.h"
#include "../session.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>
#include <countersign/protocol/discovery.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! A verb about one provider, named by its URL or by the global options.
class IssuerReader : public Verb
{
public:
    using Verb::Verb;

    void addOptions(OptionSet &options) override
    {
        options.text("URL", m_url, Text::tr("The issuer, or its metadata's address"));
    }

    ExitCode run(Context &context) final
    {
        const auto authority = named(context);
        return authority ? show(context, *authority) : context.fail(authority.error());
    }

protected:
    virtual ExitCode show(Context &context, const Authority &authority) = 0;

private:
    Result<Authority> named(Context &context) const
    {
        if (!m_url.isEmpty()) {
            constexpr auto wellKnown = "/.well-known/openid-configuration"_L1;
            return Authority::oidc(m_url.endsWith(wellKnown) ? m_url.chopped(wellKnown.size()) : m_url);
        }
        auto authority = namedAuthority(context.global());
        if (!authority)
            return authority.error();
        if (!*authority && !context.global().profile.isEmpty())
            return ofProfile(context);
        if (!*authority)
            return wrongUsage(Text::tr("'%1' needs the issuer's URL, or the profile by --profile.").arg(name()));
        return **authority;
    }

    static Result<Authority> ofProfile(Context &context)
    {
        ProfileStore profiles;
        if (const auto loaded = profiles.load(); !loaded)
            return loaded.error();
        const auto chosen = chooseProfile(context, profiles);
        return chosen ? chosen->profile.authority() : Result<Authority>(chosen.error());
    }

    QString m_url;
};

class MetadataVerb final : public IssuerReader
{
public:
    MetadataVerb() : IssuerReader(u"metadata"_s, Text::tr("Print what a provider says of itself")) { }

private:
    ExitCode show(Context &context, const Authority &authority) override
    {
        const auto url = Protocol::discoveryUrl(authority);
        const auto answer = fetch(context, HttpPurpose::Discovery, url);
        if (!answer)
            return context.fail(answer.error());
        const auto document = Jose::JsonObject::parse(answer->body);
        if (!answer->isSuccess() || !document)
            return context.fail(Error{ErrorCode::InvalidResponse, ErrorCause::DiscoveryInvalid,
                                      answer->isSuccess()
                                          ? document.error().message()
                                          : Text::tr("The metadata's address answers %1.").arg(answer->status)});
        if (context.global().isJson())
            return context.writeJson(document->toValue().raw());
        QString text;
        for (const auto &member : *document) {
            const auto list = member.value.stringList();
            const auto value =
                list ? list->join(u' ') : member.value.string().value_or(QString::fromUtf8(member.value.raw()));
            text += harmless(member.nameString()) + u": "_s + harmless(value) + u'\n';
        }
        context.write(text.toUtf8());
        return ExitCode::Done;
    }
};

class KeysVerb final : public IssuerReader
{
public:
    KeysVerb() : IssuerReader(u"keys"_s, Text::tr("List the keys a provider signs with")) { }

private:
    ExitCode show(Context &context, const Authority &authority) override
    {
        const auto metadata = fetchMetadata(context, authority);
        if (!metadata)
            return context.fail(metadata.error());
        const auto keys = fetchKeys(context, metadata->jwksUri);
        if (!keys)
            return context.fail(keys.error());
        for (const auto &skipped : keys->skipped())
            context.hint(Text::tr("Key %1 is not usable: %2").arg(skipped.index).arg(skipped.reason.message()));
        if (context.global().isJson())
            return context.writeJson(json(*keys), "keys");
        QString text;
        for (const auto &key : keys->keys())
            text += u"%1  %2  %3  %4\n"_s.arg(harmless(key.keyId()), harmless(kindOf(key)), harmless(key.algorithm()),
                                              key.thumbprintText());
        context.write(text.toUtf8());
        return ExitCode::Done;
    }

    static QString kindOf(const Jose::Jwk &key)
    {
        if (!key.curve().isEmpty())
            return key.type() + u' ' + key.curve();
        return key.asymmetricKey() ? u"%1 %2"_s.arg(key.type()).arg(key.asymmetricKey()->bits()) : QString(key.type());
    }

    //! A JWK set with what else is to be said: whoever reads one passes over other members. Spec: RFC 7517 §5.
    static QByteArray json(const Jose::JwkSet &keys)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.keys/1"_s).name("keys").beginArray();
        for (const auto &key : keys.keys()) {
            writeKeyEntry(json, key);
            // As it was before the entries themselves were keys.
            json.raw("jwk", key.publicJwk().toJson()).endObject();
        }
        json.endArray().name("skipped").beginArray();
        for (const auto &skipped : keys.skipped()) {
            json.beginObject().integer("index", skipped.index).string("kid", skipped.keyId);
            json.string("reason", skipped.reason.message()).endObject();
        }
        json.endArray().endObject();
        return json.take();
    }
};

class IssuerLintVerb final : public IssuerReader
{
public:
    IssuerLintVerb() : IssuerReader(u"lint"_s, Text::tr("Hold a provider against the specifications (exit 4)")) { }

    QStringList formats() const override { return {u"text"_s, u"json"_s, u"junit"_s, u"sarif"_s, u"tap"_s, u"none"_s}; }

private:
    ExitCode show(Context &context, const Authority &authority) override
    {
        auto metadata = fetch(context, HttpPurpose::Discovery, Protocol::discoveryUrl(authority));
        if (!metadata)
            return context.fail(metadata.error());
        ProviderDocuments documents{.metadata = *std::move(metadata)};
        documents.keysUrl = keysUrlOf(documents.metadata);
        if (!documents.keysUrl.isEmpty()) {
            documents.keys = fetch(context, HttpPurpose::Keys, documents.keysUrl);
            if (!*documents.keys && isEndOfWaiting(documents.keys->error()))
                return context.fail(documents.keys->error());
        }
        return reportChecks(context,
                            {.schema = u"countersign.findings/1"_s,
                             .title = u"issuer lint"_s,
                             .subject = authority.issuer(),
                             .report = lintProvider(authority, documents, context.now())});
    }
};

class IssuerVerb final : public VerbGroup
{
public:
    IssuerVerb() : VerbGroup(u"issuer"_s, Text::tr("Look at an OpenID provider: metadata, keys, conformance"))
    {
        addChild(std::make_unique<IssuerLintVerb>());
        addChild(std::make_unique<KeysVerb>());
        addChild(std::make_unique<MetadataVerb>());
    }

    QStringList examples() const override
    {
        return {u"countersign issuer lint https://accounts.google.com"_s,
                u"countersign issuer keys --entra contoso.com -o json > keys.json"_s,
                u"countersign issuer metadata https://accounts.google.com --query token_endpoint"_s};
    }
};

} // namespace

std::unique_ptr<Verb> makeIssuerVerb()
{
    return std::make_unique<IssuerVerb>();
}

} // namespace Countersign::Cli
