// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "errorreport.h"

#include "text.h"
#include "words.h"

#include <countersign/base/redaction.h>
#include <countersign/jose/json.h>
#include <countersign/jose/jsonwriter.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

void writeFixes(Jose::JsonWriter &json, const QList<Fix> &fixes)
{
    json.name("fixes").beginArray();
    for (const auto &fix : fixes) {
        json.beginObject().string("text", fix.text);
        if (!fix.command.isEmpty())
            json.string("command", fix.command);
        if (!fix.url.isEmpty())
            json.string("url", fix.url);
        json.endObject();
    }
    json.endArray();
}

void writeOAuth(Jose::JsonWriter &json, const OAuthError &oauth)
{
    if (!oauth.error.isEmpty())
        json.string("provider_error", redacted(oauth.error));
    if (!oauth.subError.isEmpty())
        json.string("suberror", redacted(oauth.subError));
    if (!oauth.description.isEmpty())
        json.string("provider_description", redacted(oauth.description));
    if (!oauth.serverCodes.isEmpty()) {
        json.name("aadsts").beginArray();
        for (const int code : oauth.serverCodes)
            json.integer(code);
        json.endArray();
    }
    if (!oauth.traceId.isEmpty())
        json.string("trace_id", redacted(oauth.traceId));
    // Claims come from the provider to be sent back: JSON stays JSON, anything else is shown as text.
    const auto claims = Jose::JsonObject::parse(oauth.claims.toUtf8());
    if (!oauth.claims.isEmpty() && claims)
        json.raw("claims", claims->toValue().raw());
    else if (!oauth.claims.isEmpty())
        json.string("claims", redacted(oauth.claims));
}

} // namespace

QList<Fix> fixesFor(const Error &error, ExitCode exitCode, const QStringList &offered)
{
    QList<Fix> fixes;
    const auto suggest = [&](const QString &verb, const QString &text, const QString &more = {}) {
        if (offered.contains(verb))
            fixes.append({text, u"countersign "_s + verb + more, {}});
    };
    switch (exitCode) {
    case ExitCode::SignInNeeded: suggest(u"login"_s, Text::tr("Sign in")); break;
    case ExitCode::StepUpNeeded:
        suggest(u"login"_s, Text::tr("Sign in with what the provider asks for"), u" --claims-challenge -"_s);
        break;
    case ExitCode::NotFoundOrAmbiguous:
        suggest(u"accounts"_s, Text::tr("See which accounts there are"));
        suggest(u"profile"_s, Text::tr("See which profiles there are"), u" list"_s);
        break;
    case ExitCode::ConfigurationInvalid:
    case ExitCode::TlsFailed:
    case ExitCode::StoreUnavailable:
    case ExitCode::ClockWrong: suggest(u"doctor"_s, Text::tr("Find out what is wrong here")); break;
    case ExitCode::ProviderBusy:
        if (error.retryAfter())
            fixes.append({Text::tr("Try again in %1 s").arg(error.retryAfter()->count()), {}, {}});
        break;
    default: break;
    }
    return fixes;
}

QByteArray errorJson(const Error &error, ExitCode exitCode, const QList<Fix> &fixes, const QDateTime &at)
{
    Jose::JsonWriter json;
    json.beginObject()
        .string("schema", u"countersign.error/1"_s)
        .string("code", identifier(error.code()))
        .integer("exit", static_cast<int>(exitCode))
        .string("message", redacted(error.message()));
    if (error.cause() != ErrorCause::Unspecified)
        json.string("reason", identifier(error.cause()));
    writeOAuth(json, error.oauth());
    if (!error.expected().isEmpty() || !error.actual().isEmpty())
        json.string("expected", redacted(error.expected())).string("actual", redacted(error.actual()));
    if (error.httpStatus() != 0)
        json.integer("http_status", error.httpStatus());
    writeFixes(json, fixes);
    if (!error.correlationId().isEmpty())
        json.string("correlation_id", error.correlationId());
    json.string("timestamp", at.toUTC().toString(Qt::ISODate));
    if (error.retryAfter())
        json.integer("retry_after", error.retryAfter()->count());
    else
        json.name("retry_after").null();
    json.endObject();
    return json.take() + '\n';
}

QByteArray errorText(const Error &error, const QList<Fix> &fixes)
{
    QString text = u"countersign: "_s + harmless(redacted(error.message())) + u'\n';
    if (!error.oauth().description.isEmpty())
        text += Text::tr("The provider says: %1").arg(harmless(redacted(error.oauth().description))) + u'\n';
    for (const auto &fix : fixes) {
        text += fix.text + (fix.command.isEmpty() ? QString() : u": "_s + fix.command);
        text += (fix.url.isEmpty() ? QString() : u' ' + fix.url) + u'\n';
    }
    return text.toUtf8();
}

} // namespace Countersign::Cli
