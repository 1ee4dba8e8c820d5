// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspecttext.h"

#include "../silenttoken.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/tokenextraction.h>
#include <countersign/protocol/challenge.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::TokenDocument;

//! A token, and where in the input it stood.
struct Found
{
    Jose::TokenCandidate candidate;
    TokenDocument document;
};

QByteArray rawParts(const TokenDocument &token)
{
    QByteArray out;
    for (const auto *name : {u"header", u"payload"}) {
        if (const auto *part = token.part(name))
            out += part->bytes + '\n';
    }
    return out;
}

QList<Found> findTokens(QByteArrayView input)
{
    auto candidates = Jose::extractTokens(input);
    if (candidates.isEmpty())
        candidates.append({.token = input.toByteArray().trimmed(), .source = u"text"_s});
    QList<Found> tokens;
    for (const auto &candidate : candidates) {
        auto token = TokenDocument::read(candidate.token);
        const bool isNothing = token.kind() == Jose::TokenKind::Empty
            || (token.kind() == Jose::TokenKind::Opaque && token.provider().isEmpty());
        if (!isNothing)
            tokens.append({candidate, std::move(token)});
    }
    return tokens;
}

Error notAToken()
{
    return Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed,
                 Text::tr("There is nothing like a token in the input.")};
}

//! What else it may be.
QList<Fix> fixesForNoToken(QByteArrayView input, const QString &word)
{
    const auto challenge = Protocol::readChallenge(input);
    if (!challenge || (challenge->claims.isEmpty() && !challenge->mostUseful()))
        return {};
    return {
        {Text::tr("It reads like what an API demands"), u"countersign challenge explain "_s + givenAgain(word), {}}};
}

class InspectVerb final : public Verb
{
public:
    InspectVerb() : Verb(u"inspect"_s, Text::tr("Decode and explain a token, offline")) { }

    QString description() const override
    {
        return Text::tr("Nothing is verified and nothing is sent: see 'countersign verify' for that. The input may be\n"
                        "any text with tokens in it: a header, a curl command, a URL, JSON, a log.");
    }
    QStringList examples() const override
    {
        return {u"countersign inspect @token.txt"_s, u"pbpaste | countersign inspect -"_s,
                u"countersign inspect @id.jwt --claims sub,exp --time local"_s,
                u"countersign inspect --account ada@example.com --type id"_s,
                u"countersign inspect @trace.har --find"_s};
    }

    void addOptions(OptionSet &options) override
    {
        options.text("TOKEN", m_input, Text::tr("A token, @FILE, or - for standard input; or none, with --account"));
        options.choice("--type", m_type, {u"access"_s, u"id"_s},
                       Text::tr("With --account instead of a token: access (default) or id"));
        options.flag("--raw", m_raw, Text::tr("Only the decoded header and payload, as they are"));
        options.text("--claims", m_claims,
                     Text::tr("Only these claims, separated by commas (exit 44 if one is missing)"));
        options.choice("--time", m_time, {u"utc"_s, u"local"_s, u"rel"_s},
                       Text::tr("How to show times: utc by default"));
        options.flag("--json", m_isJson, Text::tr("The same as -o json"));
        options.flag("--explain", m_isExplained, Text::tr("Say what each claim means and where that is specified"));
        options.flag("--find", m_find, Text::tr("Only the tokens found in the input, one a line"));
        options.flag("--show", m_show, Text::tr("With --find: write whole tokens to a terminal, too"));
    }

    ExitCode run(Context &context) override
    {
        if (m_isJson)
            context.adjust().output = u"json"_s;
        // An account's token is looked at where it lies; nothing is refreshed for that.
        const bool isOfAccount = m_input.isEmpty() && !context.global().account.isEmpty();
        const auto input = isOfAccount ? cachedToken(context, m_type == "id"_L1)
                                       : context.readInput(m_input, TokenDocument::maximumSize);
        if (!input)
            return context.fail(input.error());
        const auto tokens = findTokens(input->reveal());
        if (tokens.isEmpty())
            return context.fail(notAToken(), ExitCode::NotAToken, fixesForNoToken(input->reveal(), m_input));
        if (m_find)
            return writeFound(context, tokens);
        if (!m_claims.isEmpty())
            return writeClaims(context, tokens);
        if (context.global().isJson())
            return writeDocuments(context, tokens);
        QByteArray out;
        for (const auto &token : tokens) {
            out += out.isEmpty() || m_raw ? "" : "\n";
            out += m_raw ? rawParts(token.document)
                         : inspectionText(token.document, context.now(), style(), m_isExplained).toUtf8();
        }
        // A script gets the bytes as they are; a person gets none that the terminal would obey.
        context.write(m_raw && context.outIsTerminal() ? harmlessLines(QString::fromUtf8(out)).toUtf8() : out);
        return ExitCode::Done;
    }

private:
    TimeStyle style() const
    {
        return m_time == "local"_L1 ? TimeStyle::Local : m_time == "rel"_L1 ? TimeStyle::Relative : TimeStyle::Utc;
    }

    static ExitCode writeDocuments(Context &context, const QList<Found> &tokens)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.inspect/1"_s).name("tokens").beginArray();
        for (const auto &token : tokens)
            json.raw(inspectionJson(token.document));
        json.endArray().endObject();
        return context.writeJson(json.view(), "tokens");
    }

    ExitCode writeFound(Context &context, const QList<Found> &tokens) const
    {
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.inspect/1"_s).name("found").beginArray();
            for (const auto &token : tokens) {
                json.beginObject().string("kind", identifier(token.document.kind()));
                json.string("source", token.candidate.source).strings("cleanups", token.candidate.cleanups);
                json.utf8("token", token.document.text()).endObject();
            }
            json.endArray().endObject();
            return context.writeJson(json.view(), "found");
        }
        const bool isMasked = context.outIsTerminal() && !m_show;
        for (const auto &token : tokens) {
            const auto &text = token.document.text();
            context.write(isMasked ? maskedToken(text) : text);
            context.write("\n");
        }
        if (isMasked)
            context.hint(Text::tr("Shortened on a terminal: --show writes whole tokens."));
        return ExitCode::Done;
    }

    ExitCode writeClaims(Context &context, const QList<Found> &tokens) const
    {
        const auto names = m_claims.split(u',', Qt::SkipEmptyParts);
        const auto claims = tokens.first().document.claims();
        Jose::JsonWriter json;
        QByteArray text;
        json.beginObject();
        for (const auto &word : names) {
            const auto name = word.trimmed();
            const auto value = claims.value(name.toUtf8());
            if (value.isUndefined())
                return context.fail(missingClaim(name, claims));
            json.raw(name.toUtf8(), value.raw());
            text += (names.size() > 1 ? name + u": "_s : QString()).toUtf8() + valueText(value).toUtf8() + '\n';
        }
        json.endObject();
        if (context.global().isJson())
            return context.writeJson(json.view());
        context.write(text);
        return ExitCode::Done;
    }

    static Error missingClaim(const QString &name, const Jose::JsonObject &claims)
    {
        const auto near = nearest(name, claims.names());
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::PolicyFailed,
                     Text::tr("The token has no claim '%1'.").arg(name)
                         + (near.isEmpty() ? QString() : u' ' + Text::tr("Did you mean '%1'?").arg(near))};
    }

    QString m_input;
    QString m_claims;
    QString m_time;
    QString m_type;
    bool m_raw = false;
    bool m_isJson = false;
    bool m_isExplained = false;
    bool m_find = false;
    bool m_show = false;
};

} // namespace

std::unique_ptr<Verb> makeInspectVerb()
{
    return std::make_unique<InspectVerb>();
}

} // namespace Countersign::Cli
