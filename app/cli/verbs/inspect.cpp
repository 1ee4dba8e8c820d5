// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../context.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/tokenextraction.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::TokenDocument;

constexpr std::array<QByteArrayView, 4> timeClaims{"iat", "nbf", "exp", "auth_time"};

QString valueText(const Jose::JsonValue &value)
{
    return harmless(value.string().value_or(QString::fromUtf8(value.raw())));
}

void writeMembers(QString &out, const Jose::JsonObject &object, const QDateTime &at)
{
    for (const auto &member : object) {
        out += u"  %1: %2"_s.arg(harmless(member.nameString()), valueText(member.value));
        const auto seconds = member.value.flooredInteger();
        if (seconds && std::find(timeClaims.begin(), timeClaims.end(), member.name) != timeClaims.end()) {
            const auto time = QDateTime::fromSecsSinceEpoch(*seconds, Qt::UTC);
            out += u"  (%1, %2)"_s.arg(time.toString(Qt::ISODate), relativeTime(time, at));
        }
        out += u'\n';
    }
}

void writeText(QString &out, const TokenDocument &token, const QDateTime &at)
{
    out += u"kind: %1\n"_s.arg(identifier(token.kind()));
    if (!token.provider().isEmpty())
        out += u"provider: %1 (%2)\n"_s.arg(token.provider(), token.providerKind());
    out += u"verified: no, only decoded\n"_s;
    const std::pair<QString, Jose::JsonObject> objects[] = {{u"header"_s, token.header()},
                                                            {u"claims"_s, token.claims()}};
    for (const auto &[title, object] : objects) {
        if (object.isEmpty())
            continue;
        out += title + u":\n"_s;
        writeMembers(out, object, at);
    }
    for (const auto &warning : token.warnings()) {
        out += u"warning: %1"_s.arg(warning.id);
        out += warning.detail.isEmpty() ? QString() : u" (%1)"_s.arg(harmless(warning.detail));
        out += u'\n';
    }
    for (const auto &nested : token.nested()) {
        out += u"\nwithin %1\n"_s.arg(harmless(nested.path));
        writeText(out, *nested.document, at);
    }
}

QString severityName(Jose::TokenSeverity severity)
{
    switch (severity) {
    case Jose::TokenSeverity::Note: return u"note"_s;
    case Jose::TokenSeverity::Warning: return u"warning"_s;
    case Jose::TokenSeverity::Danger: return u"danger"_s;
    }
    Q_UNREACHABLE();
    return {};
}

//! An object only in strict JSON may be copied: the lenient reader also shows what is none.
void writeObject(Jose::JsonWriter &json, QByteArrayView name, const Jose::JsonObject &object)
{
    const auto strict = Jose::JsonObject::parse(object.raw().toByteArray());
    if (!object.isEmpty() && strict)
        json.raw(name, object.raw());
}

void writeJson(Jose::JsonWriter &json, const TokenDocument &token)
{
    json.beginObject().string("kind", identifier(token.kind()));
    if (!token.provider().isEmpty())
        json.string("provider", token.provider()).string("provider_kind", token.providerKind());
    json.boolean("verified", false).boolean("well_formed", token.isWellFormed());
    writeObject(json, "header", token.header());
    writeObject(json, "claims", token.claims());
    json.name("warnings").beginArray();
    for (const auto &warning : token.warnings()) {
        json.beginObject().string("id", warning.id).string("severity", severityName(warning.severity));
        json.string("part", warning.part)
            .integer("offset", warning.offset)
            .string("detail", warning.detail)
            .endObject();
    }
    json.endArray();
    json.name("nested").beginArray();
    for (const auto &nested : token.nested()) {
        json.beginObject().string("path", nested.path).name("token");
        writeJson(json, *nested.document);
        json.endObject();
    }
    json.endArray().endObject();
}

QByteArray rawParts(const TokenDocument &token)
{
    QByteArray out;
    for (const auto *name : {u"header", u"payload"}) {
        if (const auto *part = token.part(name))
            out += part->bytes + '\n';
    }
    return out;
}

//! Every token in \p input.
QList<TokenDocument> readTokens(QByteArrayView input)
{
    auto candidates = Jose::extractTokens(input);
    if (candidates.isEmpty())
        candidates.append({.token = input.toByteArray()});
    QList<TokenDocument> tokens;
    for (const auto &candidate : candidates) {
        auto token = TokenDocument::read(candidate.token);
        const bool isNothing = token.kind() == Jose::TokenKind::Empty
            || (token.kind() == Jose::TokenKind::Opaque && token.provider().isEmpty());
        if (!isNothing)
            tokens.append(std::move(token));
    }
    return tokens;
}

class InspectVerb final : public Verb
{
public:
    InspectVerb() : Verb(u"inspect"_s, Text::tr("Decode and explain a token, offline")) { }

    void addOptions(OptionSet &options) override
    {
        options.text("TOKEN", m_input, Text::tr("A token, @FILE, or - for standard input"));
        options.flag("--raw", m_raw, Text::tr("Only the decoded header and payload, as they are"));
    }

    ExitCode run(Context &context) override
    {
        const auto input = context.readInput(m_input, TokenDocument::maximumSize);
        if (!input)
            return context.fail(input.error());
        const auto tokens = readTokens(input->reveal());
        if (tokens.isEmpty())
            return context.fail(Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed,
                                      Text::tr("There is nothing like a token in the input.")});
        if (context.global().isJson())
            return context.writeJson(json(tokens));
        context.write(m_raw ? raw(tokens) : text(tokens, context.now()));
        return ExitCode::Done;
    }

private:
    static QByteArray json(const QList<TokenDocument> &tokens)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.inspect/1"_s).name("tokens").beginArray();
        for (const auto &token : tokens)
            writeJson(json, token);
        json.endArray().endObject();
        return json.take();
    }
    static QByteArray raw(const QList<TokenDocument> &tokens)
    {
        QByteArray out;
        for (const auto &token : tokens)
            out += rawParts(token);
        return out;
    }
    static QByteArray text(const QList<TokenDocument> &tokens, const QDateTime &at)
    {
        QString out;
        for (const auto &token : tokens) {
            out += out.isEmpty() ? QString() : u"\n"_s;
            writeText(out, token, at);
        }
        return out.toUtf8();
    }

    QString m_input;
    bool m_raw = false;
};

} // namespace

std::unique_ptr<Verb> makeInspectVerb()
{
    return std::make_unique<InspectVerb>();
}

} // namespace Countersign::Cli
