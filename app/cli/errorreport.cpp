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

//! A variable that a hint may name. The person fills it.
constexpr auto passphraseVariable = "COUNTERSIGN_PASSPHRASE"_L1;

//! Makes the list, with the commands there are.
class Fixes
{
public:
    explicit Fixes(const FixContext &context) : m_context(context) { }

    //! By \p verb with \p more, unless it is not offered here.
    Fixes &suggest(const QString &verb, const QString &text, const QString &more = {})
    {
        const bool isSettled = verb == "config"_L1; // settings are of neither a store nor a provider
        if (m_context.offered.contains(verb))
            m_list.append(
                {text, u"countersign "_s + verb + more + (isSettled ? QString() : m_context.surroundings), {}});
        return *this;
    }
    //! By signing in.
    Fixes &signIn(const QString &text, const QString &more = {})
    {
        if (m_context.offered.contains(u"login"_s))
            m_list.append({text, m_context.login() + more, {}});
        return *this;
    }
    //! By the same command in another form.
    Fixes &again(const QString &text, const QStringList &without, const QString &more = {})
    {
        m_list.append({text, m_context.again ? m_context.again(without, more) : QString(), {}});
        return *this;
    }
    Fixes &say(const QString &text)
    {
        m_list.append({text, {}, {}});
        return *this;
    }
    QList<Fix> list() const { return m_list; }

private:
    const FixContext &m_context;
    QList<Fix> m_list;
};

QList<Fix> fixesForLockedStore(const FixContext &context)
{
    Fixes fixes(context);
    if (context.store != TokenStore::Kind::SealedFile)
        return fixes.say(Text::tr("Unlock the keychain, or sign in to the desktop once"))
            .suggest(u"store"_s, Text::tr("See the state of the store"), u" status"_s)
            .list();
    const QStringList sources{u"--secret-stdin"_s, u"--secret-fd="_s, u"--secret-env="_s};
    return fixes
        .again(context.isVariableNamed
                   ? Text::tr("The variable has to hold the passphrase that the file was sealed with; or another one")
                   : Text::tr("Name a variable of the environment that holds the passphrase"),
               sources, u" --secret-env "_s + passphraseVariable)
        .list();
}

QList<Fix> fixesForMissingStore(const FixContext &context)
{
    Fixes fixes(context);
    if (context.store == TokenStore::Kind::Keychain)
        fixes.suggest(u"config"_s, Text::tr("Keep tokens in a file sealed with a passphrase"), u" set store file:"_s)
            .again(Text::tr("Or do so this time alone, with the passphrase in a variable of the environment"),
                   {u"--store="_s}, u" --store file: --secret-env "_s + passphraseVariable);
    return fixes.suggest(u"doctor"_s, Text::tr("Find out what is wrong here")).list();
}

QList<Fix> fixesForMissingSecret(const FixContext &context)
{
    Fixes fixes(context);
    if (context.store == TokenStore::Kind::MsalFile || context.store == TokenStore::Kind::Memory)
        return fixes
            .say(Text::tr("A client secret is kept in the keychain or in a sealed file: choose one of them by --store"))
            .list();
    if (context.provider.startsWith(" --profile "_L1))
        return fixes
            .suggest(u"profile"_s, Text::tr("Keep the registration's client secret, typed or piped"),
                     u" edit --client-secret-stdin"_s + context.provider)
            .list();
    return fixes
        .suggest(u"profile"_s, Text::tr("Save a profile with the registration's client secret, typed or piped"),
                 u" add app --client-secret-stdin"_s + context.provider)
        .list();
}

//! The causes that know better than the exit code what helps.
QList<Fix> fixesForCause(ErrorCause cause, const FixContext &context)
{
    switch (cause) {
    case ErrorCause::BrowserNotOpened:
        return Fixes(context)
            .signIn(Text::tr("Sign in with a code on another device"), u" --via device"_s)
            .signIn(Text::tr("Get the address and open it yourself"), u" --no-open"_s)
            .list();
    case ErrorCause::WebViewMissing:
    case ErrorCause::WebViewFailed:
    case ErrorCause::WebViewForbidden:
        return Fixes(context).signIn(Text::tr("Sign in with the browser"), u" --via browser"_s).list();
    case ErrorCause::CodeExpired: return Fixes(context).signIn(Text::tr("Get a new code"), u" --via device"_s).list();
    case ErrorCause::StoreMissing: return fixesForMissingStore(context);
    case ErrorCause::StoreLocked:
    case ErrorCause::PassphraseWrong: return fixesForLockedStore(context);
    case ErrorCause::ClientSecretMissing: return fixesForMissingSecret(context);
    default: return {};
    }
}

QList<Fix> fixesForStepUp(const Error &error, const FixContext &context)
{
    Fixes fixes(context);
    // A sign-in repeats what it was to satisfy itself.
    const bool isLogin = context.verb.value(0) == "login"_L1;
    auto challenge = context.challenge.isEmpty() ? u" --claims-challenge -"_s : context.challenge;
    if (!error.oauth().claims.isEmpty())
        challenge = u" --claims-challenge "_s + shellQuoted(QString(error.oauth().claims).simplified());
    return fixes.signIn(Text::tr("Sign in with what is asked for"), isLogin ? QString() : challenge).list();
}

//! Without a network, or without a wish for one.
QList<Fix> fixesForNetwork(const FixContext &context)
{
    Fixes fixes(context);
    if (!context.isOffline)
        return fixes.suggest(u"doctor"_s, Text::tr("Find out what is wrong here"), context.provider).list();
    if (context.isOfflineTyped)
        return fixes.again(Text::tr("Do it without --offline"), {u"--offline"_s}).list();
    return fixes.suggest(u"config"_s, Text::tr("The setting 'offline' is on; take it back"), u" unset offline"_s)
        .list();
}

//! The provider's documents are wrong, or the words by which they were found.
QList<Fix> fixesForConfiguration(const FixContext &context)
{
    Fixes fixes(context);
    const bool isTest = context.verb == QStringList{u"profile"_s, u"test"_s};
    if (context.flags.isEmpty())
        return fixes.suggest(u"doctor"_s, Text::tr("Find out what is wrong here")).list();
    if (isTest)
        return fixes
            .suggest(u"issuer"_s, Text::tr("See everything that is wrong with the provider"),
                     u" lint"_s + context.provider)
            .list();
    return fixes
        .suggest(u"profile"_s, Text::tr("See whether the provider can work"),
                 u" test"_s + context.provider + context.service)
        .list();
}

QList<Fix> fixesForTimeout(const FixContext &context)
{
    Fixes fixes(context);
    if (context.isTimeoutTyped)
        return fixes.again(Text::tr("Allow more time"), {u"--timeout="_s}, u" --timeout 5m"_s).list();
    return fixes
        .suggest(u"config"_s, Text::tr("Allow each answer of a provider more time"), u" set request_timeout 60"_s)
        .suggest(u"doctor"_s, Text::tr("Find out what is wrong here"))
        .list();
}

} // namespace

QString FixContext::login() const
{
    const bool isLogin = verb.value(0) == "login"_L1;
    const auto typed =
        isLogin && again ? again({u"--no-interaction"_s, u"--no-open"_s, u"--via="_s, u"--browser="_s}, {}) : QString();
    return typed.isEmpty() ? u"countersign login"_s + flags + surroundings : typed;
}

QList<Fix> fixesFor(const Error &error, ExitCode exitCode, const FixContext &context)
{
    if (const auto known = fixesForCause(error.cause(), context); !known.isEmpty())
        return known;
    Fixes fixes(context);
    switch (exitCode) {
    case ExitCode::SignInNeeded: return fixes.signIn(Text::tr("Sign in")).list();
    case ExitCode::StepUpNeeded: return fixesForStepUp(error, context);
    case ExitCode::Forbidden:
        if (error.code() == ErrorCode::InvalidArgument)
            return fixes.say(Text::tr("Ask the administrator of this computer to mend the file")).list();
        return fixes.suggest(u"config"_s, Text::tr("See what the policy of this computer settles"), u" list"_s)
            .say(Text::tr("Leave it as it is, or ask the administrator of this computer"))
            .list();
    case ExitCode::NotFoundOrAmbiguous:
        return fixes.suggest(u"accounts"_s, Text::tr("See which accounts there are")).list();
    case ExitCode::Declined:
        if (error.cause() == ErrorCause::ChallengeUnsatisfied)
            return fixes.say(Text::tr("Ask whoever runs the API or the provider how this client gets what is demanded"))
                .list();
        return fixes.say(Text::tr("Try again and agree, or ask the administrator for consent")).list();
    case ExitCode::ServerRejected:
        return fixes
            .say(Text::tr("Compare client id, redirect address and scopes with the registration at the provider"))
            .list();
    case ExitCode::NetworkFailed: return fixesForNetwork(context);
    case ExitCode::ConfigurationInvalid: return fixesForConfiguration(context);
    case ExitCode::TlsFailed:
        // Without a certificate to judge nothing came about at all.
        return fixes
            .say(error.code() == ErrorCode::SecurityCheckFailed
                     ? Text::tr("If the provider has an authority of its own, name it with --ca-file")
                     : Text::tr("Compare the address and its port with the provider's: TLS may not be spoken there"))
            .suggest(u"doctor"_s, Text::tr("Find out what is wrong here"), context.provider)
            .list();
    case ExitCode::StoreUnavailable:
    case ExitCode::ClockWrong: return fixes.suggest(u"doctor"_s, Text::tr("Find out what is wrong here")).list();
    case ExitCode::ProviderBusy:
        return fixes
            .say(error.retryAfter() ? Text::tr("Try again in %1 s").arg(error.retryAfter()->count())
                                    : Text::tr("Wait a little, then try again"))
            .list();
    case ExitCode::TokenTime:
        return fixes
            .suggest(u"doctor"_s, Text::tr("Compare the clock of this computer with the provider's"), context.provider)
            .list();
    case ExitCode::SignatureInvalid:
    case ExitCode::TokenMismatch:
        return fixes.say(Text::tr("Do not continue with this answer. If it happens again, tell the provider")).list();
    case ExitCode::TimedOut: return fixesForTimeout(context);
    default: return {};
    }
}

QList<Fix> fixesForGivenToken(ExitCode exitCode, const QString &input)
{
    const QString inspect = u"countersign inspect "_s + input;
    switch (exitCode) {
    case ExitCode::SignatureInvalid:
        return {{Text::tr("Use nothing of it, unless the key was the wrong one. See which key it names"), inspect, {}}};
    case ExitCode::TokenTime:
        return {{Text::tr("Compare the clock of this computer with another one, or ask for a new token. See when it is "
                          "good"),
                 inspect,
                 {}}};
    case ExitCode::PolicyFailed:
    case ExitCode::TokenMismatch: return {{Text::tr("Compare what was expected with what it says"), inspect, {}}};
    case ExitCode::NotAToken: return {{Text::tr("See what can be read of it"), inspect, {}}};
    default: return {};
    }
}

QString givenAgain(const QString &input)
{
    return input.size() > 1 && input.startsWith(u'@') ? shellQuoted(input) : u"-"_s;
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
    // What a key and a signature are compared by is no matter for a person.
    const bool isKeys = error.cause() == ErrorCause::SignatureInvalid || error.cause() == ErrorCause::KeyNotFound;
    if (!isKeys && !error.expected().isEmpty() && !error.actual().isEmpty())
        text += Text::tr("Expected: %1. It is: %2.")
                    .arg(harmless(redacted(error.expected())), harmless(redacted(error.actual())))
            + u'\n';
    for (const auto &fix : fixes) {
        text += fix.text + (fix.command.isEmpty() ? QString() : u": "_s + fix.command);
        text += (fix.url.isEmpty() ? QString() : u' ' + fix.url) + u'\n';
    }
    // A command may repeat what a provider wrote, for example claims.
    return harmlessLines(text).toUtf8();
}

} // namespace Countersign::Cli
