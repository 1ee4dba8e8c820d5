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

//! Every member is always there: a script need not ask whether it is.
void writeText(Jose::JsonWriter &json, const char *name, const QString &value)
{
    if (value.isEmpty())
        json.name(name).null();
    else
        json.string(name, redacted(value));
}

void writeOAuth(Jose::JsonWriter &json, const OAuthError &oauth)
{
    writeText(json, "suberror", oauth.subError);
    writeText(json, "provider_error", oauth.error);
    writeText(json, "provider_description", oauth.description);
    json.name("aadsts").beginArray();
    for (const int code : oauth.serverCodes)
        json.integer(code);
    json.endArray();
    writeText(json, "trace", oauth.traceId);
    // Claims come from the provider to be sent back: JSON stays JSON, anything else is shown as text.
    const auto claims = Jose::JsonObject::parse(oauth.claims.toUtf8());
    if (!oauth.claims.isEmpty() && claims)
        json.raw("claims", claims->toValue().raw());
    else
        writeText(json, "claims", oauth.claims);
}

} // namespace

namespace {

//! The causes that know better than the exit code what helps.
QList<Fix> fixesForCause(ErrorCause cause, const FixContext &context)
{
    const QString login = u"countersign login"_s + context.flags;
    switch (cause) {
    case ErrorCause::BrowserNotOpened:
        return {{Text::tr("Sign in with a code on another device"), login + u" --via device"_s, {}},
                {Text::tr("Get the address and open it yourself"), login + u" --no-open"_s, {}}};
    case ErrorCause::WebViewMissing:
    case ErrorCause::WebViewFailed:
    case ErrorCause::WebViewForbidden: return {{Text::tr("Sign in with the browser"), login + u" --via browser"_s, {}}};
    case ErrorCause::CodeExpired: return {{Text::tr("Get a new code"), login + u" --via device"_s, {}}};
    case ErrorCause::StoreMissing:
        return {
            {Text::tr("Keep tokens in a file sealed with a passphrase"), u"countersign config set store file:"_s, {}},
            {Text::tr("Find out what is wrong here"), u"countersign doctor"_s, {}}};
    case ErrorCause::StoreLocked:
        return {{Text::tr("Unlock the keychain, or sign in to the desktop once"), {}, {}},
                {Text::tr("See the state of the store"), u"countersign store status"_s, {}}};
    case ErrorCause::TlsFailed:
        return {{Text::tr("If the provider has an authority of its own, name it with --ca-file"), {}, {}},
                {Text::tr("Find out what is wrong here"), u"countersign doctor"_s, {}}};
    default: return {};
    }
}

} // namespace

QList<Fix> fixesFor(const Error &error, ExitCode exitCode, const FixContext &context)
{
    QList<Fix> fixes;
    const auto suggest = [&](const QString &verb, const QString &text, const QString &more = {}) {
        if (context.offered.contains(verb))
            fixes.append({text, u"countersign "_s + verb + more, {}});
    };
    if (context.offered.contains(u"login"_s))
        fixes = fixesForCause(error.cause(), context);
    if (!fixes.isEmpty())
        return fixes;
    switch (exitCode) {
    case ExitCode::SignInNeeded: suggest(u"login"_s, Text::tr("Sign in"), context.flags); break;
    case ExitCode::StepUpNeeded: {
        const auto claims =
            error.oauth().claims.isEmpty() ? u"-"_s : shellQuoted(QString(error.oauth().claims).simplified());
        suggest(u"login"_s, Text::tr("Sign in with what is asked for"),
                context.flags + u" --claims-challenge "_s + claims);
        break;
    }
    case ExitCode::NotFoundOrAmbiguous:
        suggest(u"accounts"_s, Text::tr("See which accounts there are"));
        suggest(u"profile"_s, Text::tr("See which profiles there are"), u" list"_s);
        break;
    case ExitCode::Declined:
        fixes.append({Text::tr("Try again and agree, or ask the administrator for consent"), {}, {}});
        break;
    case ExitCode::ServerRejected:
        fixes.append(
            {Text::tr("Compare client id, redirect address and scopes with the registration at the provider"), {}, {}});
        break;
    case ExitCode::NetworkFailed:
    case ExitCode::ConfigurationInvalid:
    case ExitCode::TlsFailed:
    case ExitCode::StoreUnavailable:
    case ExitCode::ClockWrong: suggest(u"doctor"_s, Text::tr("Find out what is wrong here")); break;
    case ExitCode::ProviderBusy:
        fixes.append({error.retryAfter() ? Text::tr("Try again in %1 s").arg(error.retryAfter()->count())
                                         : Text::tr("Wait a little, then try again"),
                      {},
                      {}});
        break;
    case ExitCode::TokenTime:
        fixes.append({Text::tr("Compare the clock of this computer with another one"), {}, {}});
        break;
    case ExitCode::SignatureInvalid:
    case ExitCode::TokenMismatch:
        fixes.append({Text::tr("Do not continue with this answer. If it happens again, tell the provider"), {}, {}});
        break;
    case ExitCode::TimedOut: fixes.append({Text::tr("Allow more time with --timeout"), {}, {}}); break;
    default: break;
    }
    return fixes;
}

QList<Fix> fixesForGivenToken(ExitCode exitCode)
{
    switch (exitCode) {
    case ExitCode::SignatureInvalid:
        return {{Text::tr("Use nothing of it, unless the key was the wrong one. See which key it names"),
                 u"countersign inspect -"_s,
                 {}}};
    case ExitCode::TokenTime:
        return {{Text::tr("Compare the clock of this computer with another one, or ask for a new token"), {}, {}}};
    case ExitCode::TokenMismatch:
        return {{Text::tr("Compare what was expected with what it says"), u"countersign inspect -"_s, {}}};
    case ExitCode::NotAToken: return {{Text::tr("See what can be read of it"), u"countersign inspect -"_s, {}}};
    default: return {};
    }
}

QByteArray errorJson(const Error &error, ExitCode exitCode, const QList<Fix> &fixes, const QDateTime &at)
{
    Jose::JsonWriter json;
    json.beginObject()
        .string("schema", u"countersign.error/1"_s)
        .string("code", identifier(error.code()))
        .integer("exit", static_cast<int>(exitCode))
        .string("message", redacted(error.message()));
    const bool hasCause = error.cause() != ErrorCause::Unspecified;
    writeText(json, "reason", hasCause ? identifier(error.cause()) : QString());
    writeOAuth(json, error.oauth());
    if (!error.expected().isEmpty() || !error.actual().isEmpty())
        json.string("expected", redacted(error.expected())).string("actual", redacted(error.actual()));
    if (error.httpStatus() != 0)
        json.integer("http_status", error.httpStatus());
    writeFixes(json, fixes);
    writeText(json, "correlation_id", error.correlationId());
    json.string("timestamp", at.toUTC().toString(Qt::ISODate));
    if (error.retryAfter())
        json.integer("retry_after", error.retryAfter()->count());
    else
        json.name("retry_after").null();
    json.endObject();
    return harmlessJson(json.view()).reveal() + '\n';
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
    // A command may repeat what a provider wrote, for example claims.
    return harmlessLines(text).toUtf8();
}

} // namespace Countersign::Cli
