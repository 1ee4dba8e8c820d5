// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxcontrol.h"

#include "../changeoutput.h"
#include "../session.h"
#include "../table.h"
#include "../text.h"
#include "../words.h"

#include <countersign/flows/clientconfiguration.h>
#include <countersign/http/httptransport.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! A fault of a provider: what to put at which points of the sandbox, as its control interface takes it.
struct Fault
{
    const char *name;
    const char *summary;
    const char *hooks;
};

constexpr std::array faults{
    Fault{"signature", QT_TRANSLATE_NOOP("CommandLine", "ID tokens are signed wrongly (exit 41)"),
          R"({"idTokenSignature":{"signature":"xor"}})"},
    Fault{"key", QT_TRANSLATE_NOOP("CommandLine", "ID tokens are signed with a key nobody published (41)"),
          R"({"idTokenSignature":{"signature":"foreignKey"}})"},
    Fault{"expired", QT_TRANSLATE_NOOP("CommandLine", "ID tokens ended in 2001 (42)"),
          R"({"idTokenClaims":{"set":{"exp":1000000000,"iat":999996400}}})"},
    Fault{"issuer", QT_TRANSLATE_NOOP("CommandLine", "ID tokens name another issuer (43)"),
          R"({"idTokenClaims":{"set":{"iss":"https://elsewhere.example"}}})"},
    Fault{"audience", QT_TRANSLATE_NOOP("CommandLine", "ID tokens are for somebody else (43)"),
          R"({"idTokenClaims":{"set":{"aud":"somebody-else"}}})"},
    Fault{"nonce", QT_TRANSLATE_NOOP("CommandLine", "ID tokens answer another request (43)"),
          R"({"idTokenClaims":{"set":{"nonce":"another"}}})"},
    // In a browser the answer comes by the redirect, on another device by the token endpoint (RFC 8628 §3.5).
    Fault{"denied", QT_TRANSLATE_NOOP("CommandLine", "every sign-in is declined, by device code too (12)"),
          R"({"authorizationResponse":{"remove":["code"],"set":{"error":"access_denied"}},
              "tokenResponse":{"when":{"grant_type":"urn:ietf:params:oauth:grant-type:device_code"},
                               "status":400,"body":"{\"error\":\"access_denied\"}"}})"},
    Fault{"discovery", QT_TRANSLATE_NOOP("CommandLine", "the metadata is another provider's (4)"),
          R"({"discovery":{"set":{"issuer":"https://elsewhere.example"}}})"},
    Fault{"dpop-nonce",
          QT_TRANSLATE_NOOP("CommandLine", "proofs of a key have to carry a nonce (no error: asked again)"),
          R"({"proof":{"set":{"nonce":"sandbox-nonce"}}})"},
    Fault{"unbound", QT_TRANSLATE_NOOP("CommandLine", "tokens are bound to no key, whatever is proved (2)"),
          R"({"proof":{"set":{"ignored":true}}})"},
    // Who has a device code goes on asking through these two (RFC 8628 §3.5); who wants one learns of it at once. An
    // endpoint that is not well spends nothing: what is asked once more after the repair has to be answered.
    Fault{"busy", QT_TRANSLATE_NOOP("CommandLine", "the endpoints for tokens and device codes are overloaded (22)"),
          R"({"tokenResponse":{"instead":true,"status":503,"headers":{"Retry-After":"30"},"body":""},
              "deviceAuthorization":{"instead":true,"status":503,"headers":{"Retry-After":"30"},"body":""}})"},
    Fault{"refused", QT_TRANSLATE_NOOP("CommandLine", "refresh tokens are not accepted any more (10)"),
          R"({"tokenResponse":{"instead":true,"when":{"grant_type":"refresh_token"},
                               "status":400,"contentType":"application/json","body":"{\"error\":\"invalid_grant\"}"}})"},
    Fault{"slow", QT_TRANSLATE_NOOP("CommandLine", "the endpoints for tokens and device codes take ten seconds"),
          R"({"tokenResponse":{"delayMs":10000},"deviceAuthorization":{"delayMs":10000}})"},
    Fault{
        "down", QT_TRANSLATE_NOOP("CommandLine", "the endpoints for tokens and device codes hang up (20)"),
        R"({"tokenResponse":{"instead":true,"drop":"before"},"deviceAuthorization":{"instead":true,"drop":"before"}})"}};

//! A verb about a sandbox on this computer, named by its issuer.
class ControlVerb : public Verb
{
public:
    using Verb::Verb;

protected:
    //! Errors: wrong usage for a provider that is no sandbox on this computer; those of the network.
    static Result<QJsonObject> ask(Context &context, const QString &what, const QJsonObject &body)
    {
        const auto address = controlAddress(context, what);
        if (!address)
            return address.error();
        const auto network = context.network();
        if (!network)
            return network.error();
        HttpRequest request{.method = HttpRequest::Method::Post, .url = *address, .purpose = HttpPurpose::Resource};
        request.headers.add("Content-Type", "application/json");
        request.body = Secret(QJsonDocument(body).toJson(QJsonDocument::Compact));
        auto &http = **network;
        const auto answer = context.awaitAnswer<HttpResponse>(
            [&http, &request](auto handler) { return http.send(std::move(request), std::move(handler)); });
        if (!answer)
            return answer.error();
        const auto json = QJsonDocument::fromJson(answer->body).object();
        if (!answer->isSuccess())
            return wrongUsage(Text::tr("The sandbox does not do that: %1")
                                  .arg(harmless(json.value("error_description"_L1).toString(u"no sandbox"_s))));
        return json;
    }

    //! Makes whatever runs from now on ask the sandbox again what it says of itself.
    static void forgetMetadata(Context &context)
    {
        const auto issuer = chosenIssuer(context);
        const auto authority = issuer ? Authority::oidc(*issuer) : Result<Authority>(issuer.error());
        if (authority)
            ClientConfiguration::forgetProvider(*authority);
    }

private:
    static Result<QString> chosenIssuer(Context &context)
    {
        ProfileStore profiles;
        if (const auto loaded = profiles.load(); !loaded)
            return loaded.error();
        auto options = context.global();
        if (options.clientId.isEmpty() && options.profile.isEmpty())
            options.clientId = u"-"_s; // any client will do
        const auto chosen = chooseProfile(context, options, profiles);
        return chosen ? chosen->profile.issuer : Result<QString>(chosen.error());
    }

    static Result<QUrl> controlAddress(Context &context, const QString &what)
    {
        const auto issuer = chosenIssuer(context);
        if (!issuer)
            return issuer.error();
        QUrl url(*issuer);
        const bool isHere = QStringList{u"localhost"_s, u"127.0.0.1"_s, u"::1"_s}.contains(url.host());
        // Nobody else's provider is told to break.
        if (url.scheme() != "http"_L1 || !isHere)
            return wrongUsage(
                Text::tr("%1 is no sandbox on this computer; name one with --issuer.").arg(url.toString()));
        url.setPath(u"/control/"_s + what);
        url.setQuery(QString());
        return url;
    }
};

class MintVerb final : public ControlVerb
{
public:
    MintVerb() : ControlVerb(u"mint"_s, Text::tr("Get any token from a sandbox, without a sign-in")) { }
    QString description() const override
    {
        return Text::tr(
            "For tests of what takes tokens. The sandbox that --issuer or the profile names signs whatever\n"
            "is said, so that 'verify' and every library that knows its keys finds it good, or not.");
    }
    QStringList examples() const override
    {
        return {u"countersign sandbox mint grace --issuer http://127.0.0.1:40785/sandbox --scope orders.read"_s,
                u"countersign sandbox mint --type id --claim exp=1 --claim 'roles=[\"Admin\"]'"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.choice("USER", m_user, sandboxPeople(), Text::tr("Whose token: ada (default), grace or alan"));
        options.choice("--type", m_type, {u"access"_s, u"id"_s}, Text::tr("access (default) or id"));
        options.choice("--as", m_dialect, sandboxDialects(),
                       Text::tr("Whose tokens it looks like; otherwise what the sandbox was started with"));
        options.words("-s,--scope", m_scopes, Text::tr("Scopes it grants"));
        options.text("--audience", m_audience, Text::tr("Whom it is for; the sandbox's own API otherwise"));
        options.texts("--claim", m_claims,
                      Text::tr("NAME=VALUE, where VALUE is JSON or a plain word; null takes one away; repeatable"));
        options.flag("--show", m_isShown, Text::tr("Write it to a terminal"));
    }

    ExitCode run(Context &context) override
    {
        const auto claims = readClaims();
        if (!claims)
            return context.fail(claims.error());
        QJsonObject wish{{u"type"_s, m_type}, {u"claims"_s, *claims}};
        const std::pair<QString, QString> texts[] = {{u"user"_s, m_user},
                                                     {u"scope"_s, m_scopes.join(u' ')},
                                                     {u"audience"_s, m_audience},
                                                     {u"as"_s, m_dialect},
                                                     {u"client"_s, context.global().clientId}};
        for (const auto &[name, value] : texts) {
            if (!value.isEmpty())
                wish.insert(name, value);
        }
        const auto answer = ask(context, u"mint"_s, wish);
        if (!answer)
            return context.fail(answer.error());
        const auto token = answer->value("token"_L1).toString();
        const bool isMasked = context.outIsTerminal() && !m_isShown;
        if (context.global().isJson()) {
            QJsonObject json{{u"schema"_s, u"countersign.sandbox-token/1"_s}};
            if (isMasked)
                context.hint(Text::tr("Without the token on a terminal: --show writes it."));
            else
                json.insert(u"token"_s, token);
            return context.writeJson(QJsonDocument(json).toJson(QJsonDocument::Compact));
        }
        context.write(isMasked ? maskedToken(token.toUtf8()) : token.toUtf8());
        context.write("\n");
        if (isMasked)
            context.hint(Text::tr("Shortened on a terminal: --show writes whole tokens."));
        return ExitCode::Done;
    }

private:
    Result<QJsonObject> readClaims() const
    {
        QJsonObject claims;
        for (const auto &word : m_claims) {
            const auto name = word.section(u'=', 0, 0);
            if (name.isEmpty() || !word.contains(u'='))
                return wrongUsage(Text::tr("--claim wants NAME=VALUE, not '%1'.").arg(word));
            const auto value = word.section(u'=', 1);
            const auto json = QJsonDocument::fromJson(u"[%1]"_s.arg(value).toUtf8());
            claims.insert(name, json.isArray() && json.array().size() == 1 ? json.array().first() : QJsonValue(value));
        }
        return claims;
    }

    QString m_user;
    QString m_type;
    QString m_dialect;
    QStringList m_scopes;
    QString m_audience;
    QStringList m_claims;
    bool m_isShown = false;
};

class BreakVerb final : public ControlVerb
{
public:
    BreakVerb() : ControlVerb(u"break"_s, Text::tr("Make a sandbox misbehave, to see what programs make of it")) { }
    QString description() const override
    {
        QString text = Text::tr("The sandbox that --issuer or the profile names. Faults add up until --repair:");
        for (const auto &fault : faults)
            text += u"\n  "_s + QString::fromLatin1(fault.name).leftJustified(11) + Text::tr(fault.summary);
        return text;
    }
    QStringList examples() const override
    {
        return {u"countersign sandbox break signature --issuer http://127.0.0.1:40785/sandbox"_s,
                u"countersign sandbox break busy --times 2"_s, u"countersign sandbox break --repair"_s};
    }
    void addOptions(OptionSet &options) override
    {
        QStringList names;
        for (const auto &fault : faults)
            names.append(QString::fromLatin1(fault.name));
        options.choice("FAULT", m_fault, names, Text::tr("What goes wrong from now on"));
        options.number("--times", m_times, Text::tr("Only so many times"));
        options.flag("--repair", m_isRepair, Text::tr("All is well again"));
    }

    ExitCode run(Context &context) override
    {
        if (m_isRepair == !m_fault.isEmpty())
            return context.fail(wrongUsage(Text::tr("Name a fault, or --repair.")));
        if (m_times && *m_times < 1)
            return context.fail(wrongUsage(Text::tr("--times begins with 1.")));
        const auto done = m_isRepair ? ask(context, u"repair"_s, {}) : breakIt(context);
        if (!done)
            return context.fail(done.error());
        // A provider's metadata is kept for a day: nobody would notice that it has changed, for the worse or the
        // better.
        forgetMetadata(context);
        const auto &global = context.global();
        const Change change{.what = u"sandbox"_s,
                            .name = global.issuer.isEmpty() ? global.profile : global.issuer,
                            .action = m_isRepair ? u"repaired"_s : u"broken"_s,
                            .value = m_isRepair ? std::nullopt : std::optional(m_fault)};
        return tellChange(context, change,
                          m_isRepair ? Text::tr("The sandbox behaves.") : Text::tr("Until: %1").arg(repair(context)));
    }

private:
    //! The command that mends the same sandbox.
    static QString repair(const Context &context)
    {
        const auto &global = context.global();
        auto command = u"countersign sandbox break --repair"_s;
        if (!global.issuer.isEmpty())
            command += u" --issuer "_s + shellQuoted(global.issuer);
        else if (!global.profile.isEmpty())
            command += u" --profile "_s + shellQuoted(global.profile);
        return command;
    }

    Result<QJsonObject> breakIt(Context &context) const
    {
        const auto *const fault = std::find_if(faults.begin(), faults.end(), [this](const Fault &known) {
            return m_fault == QLatin1StringView(known.name);
        });
        const auto hooks = QJsonDocument::fromJson(fault->hooks).object();
        for (auto hook = hooks.begin(); hook != hooks.end(); ++hook) {
            auto program = hook.value().toObject();
            if (m_times)
                program.insert(u"times"_s, *m_times);
            if (auto done = ask(context, u"hooks/"_s + hook.key(), program); !done)
                return done;
        }
        return QJsonObject();
    }

    QString m_fault;
    std::optional<qint64> m_times;
    bool m_isRepair = false;
};

} // namespace

QStringList sandboxPeople()
{
    return {u"ada"_s, u"grace"_s, u"alan"_s};
}

QStringList sandboxDialects()
{
    return {u"standard"_s, u"entra-v2"_s, u"keycloak"_s, u"okta"_s, u"auth0"_s};
}

std::unique_ptr<Verb> makeSandboxMintVerb()
{
    return std::make_unique<MintVerb>();
}

std::unique_ptr<Verb> makeSandboxBreakVerb()
{
    return std::make_unique<BreakVerb>();
}

} // namespace Countersign::Cli
