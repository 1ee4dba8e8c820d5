// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspecttext.h"

#include "../text.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

#include <dictionary/claimdictionary.h>

#include <QtCore/QLocale>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::TokenDocument;

constexpr std::array<QByteArrayView, 4> timeClaims{"iat", "nbf", "exp", "auth_time"};

QString timeText(const QDateTime &time, const QDateTime &at, TimeStyle style)
{
    switch (style) {
    case TimeStyle::Utc: return time.toString(Qt::ISODate) + u", "_s + relativeTime(time, at);
    case TimeStyle::Local: {
        const auto local = time.toLocalTime();
        return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate);
    }
    case TimeStyle::Relative: return relativeTime(time, at);
    }
    Q_UNREACHABLE();
    return {};
}

//! How a text is written, besides what is in the token.
struct Style
{
    QDateTime at;
    TimeStyle time;
    bool isExplained;
    QString provider; //!< as the dictionary names it
};

//! What the dictionary knows of a claim and of this value of it.
QString explanation(const Jose::JsonMember &member, bool isHeader, const QString &provider)
{
    const auto *entry = ClaimDictionary::builtIn().find(member.nameString(), isHeader, provider);
    if (!entry)
        return Text::tr("not known here: the provider's own");
    const QLocale english(QLocale::English); // as everything else that is said here
    QString text = entry->meaning.in(english);
    if (const auto value = entry->values.constFind(member.value.string().value_or(QString()));
        value != entry->values.constEnd())
        text += u' ' + value->in(english);
    if (const auto advice = entry->advice.in(english); !advice.isEmpty())
        text += u' ' + advice;
    return entry->reference.isEmpty() ? text : text + u" ["_s + entry->reference + u']';
}

void writeMembers(QString &out, const Jose::JsonObject &object, bool isHeader, const Style &style)
{
    for (const auto &member : object) {
        out += u"  %1: %2"_s.arg(harmless(member.nameString()), valueText(member.value));
        const auto seconds = member.value.flooredInteger();
        if (seconds && std::find(timeClaims.begin(), timeClaims.end(), member.name) != timeClaims.end()) {
            out += u"  ("_s + timeText(QDateTime::fromSecsSinceEpoch(*seconds, Qt::UTC), style.at, style.time) + u')';
        }
        out += u'\n';
        if (style.isExplained)
            out += u"      "_s + explanation(member, isHeader, style.provider) + u'\n';
    }
}

void writeText(QString &out, const TokenDocument &token, const Style &style)
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
        writeMembers(out, object, title == "header"_L1, style);
    }
    for (const auto &warning : token.warnings()) {
        out += u"warning: %1"_s.arg(warning.id);
        out += warning.detail.isEmpty() ? QString() : u" (%1)"_s.arg(harmless(warning.detail));
        out += u'\n';
    }
    for (const auto &nested : token.nested()) {
        out += u"\nwithin %1\n"_s.arg(harmless(nested.path));
        writeText(out, *nested.document, style);
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

} // namespace

QString inspectionText(const TokenDocument &token, const QDateTime &at, TimeStyle style, bool isExplained)
{
    QString out;
    writeText(out, token, {at, style, isExplained, tokenProvider(token.claims())});
    return out;
}

QByteArray inspectionJson(const TokenDocument &token)
{
    Jose::JsonWriter json;
    writeJson(json, token);
    return json.take();
}

QString valueText(const Jose::JsonValue &value)
{
    return harmless(value.string().value_or(QString::fromUtf8(value.raw())));
}

} // namespace Countersign::Cli
