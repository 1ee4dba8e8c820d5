// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspect.h"

#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/tokenextraction.h>

#include <QtCore/QFile>

#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::TokenDocument;

constexpr std::array<QByteArrayView, 4> timeClaims{"iat", "nbf", "exp", "auth_time"};

//! Foreign text goes to a terminal without control and direction characters: it must not be able to draw.
QString harmless(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        const bool controls = c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
        out += controls ? QChar(QChar::ReplacementCharacter) : c;
    }
    return out;
}

//! "in 42 min", "2 h ago": coarse on purpose.
QString relative(const QDateTime &time, const QDateTime &at)
{
    const qint64 seconds = at.secsTo(time);
    const qint64 size = qAbs(seconds);
    const auto amount = size < 120 ? u"%1 s"_s.arg(size)
        : size < 7200              ? u"%1 min"_s.arg(size / 60)
        : size < 172800            ? u"%1 h"_s.arg(size / 3600)
                                   : u"%1 d"_s.arg(size / 86400);
    return seconds >= 0 ? u"in "_s + amount : amount + u" ago"_s;
}

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
            out += u"  (%1, %2)"_s.arg(time.toString(Qt::ISODate), relative(time, at));
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

} // namespace

Result<QByteArray> readInput(const QString &word)
{
    constexpr qint64 most = TokenDocument::maximumSize;
    if (word != "-"_L1 && !word.startsWith(u'@'))
        return word.toUtf8();
    QFile file(word.mid(1));
    const bool opened = word == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        return Error{ErrorCode::InvalidArgument, u"'%1' cannot be read: %2."_s.arg(word.mid(1), file.errorString())};
    QByteArray bytes = file.read(most + 1);
    if (bytes.size() > most)
        return Error{ErrorCode::InvalidArgument, u"The input is larger than the 4 MiB that are looked into."_s};
    return bytes;
}

Result<Payload> inspect(const QByteArray &input, const InspectOptions &options, OutputFormat format,
                        const QDateTime &at)
{
    auto candidates = Jose::extractTokens(input);
    if (candidates.isEmpty())
        candidates.append({.token = input});
    QList<TokenDocument> tokens;
    for (const auto &candidate : candidates) {
        auto token = TokenDocument::read(candidate.token);
        const bool isNothing = token.kind() == Jose::TokenKind::Empty
            || (token.kind() == Jose::TokenKind::Opaque && token.provider().isEmpty());
        if (!isNothing)
            tokens.append(std::move(token));
    }
    if (tokens.isEmpty())
        return Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed,
                     u"There is nothing like a token in the input."_s};
    if (format == OutputFormat::None)
        return Payload{};
    if (format == OutputFormat::Json) {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.inspect/1"_s).name("tokens").beginArray();
        for (const auto &token : std::as_const(tokens))
            writeJson(json, token);
        json.endArray().endObject();
        return Payload{json.take() + '\n'};
    }
    Payload payload;
    for (const auto &token : std::as_const(tokens)) {
        if (options.raw) {
            payload.text += rawParts(token);
            continue;
        }
        QString text = payload.text.isEmpty() ? QString() : u"\n"_s;
        writeText(text, token, at);
        payload.text += text.toUtf8();
    }
    return payload;
}

} // namespace Countersign::Cli
