// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "challenge.h"

#include "../text.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using namespace Protocol;

class BuildVerb final : public Verb
{
public:
    BuildVerb() : Verb(u"build"_s, Text::tr("Write a challenge, for the API's side")) { }

    QString description() const override
    {
        return Text::tr("Writes the value of a WWW-Authenticate header. With --as claims or base64 only the claims\n"
                        "request, as a client sends it.");
    }
    QStringList examples() const override
    {
        return {u"countersign challenge build --acrs c1"_s,
                u"countersign challenge build --acr-values mfa --max-age 5m"_s,
                u"countersign challenge build --claim access_token.nbf=1700000000 --as base64"_s,
                u"countersign challenge build --scope \"orders.write\" --realm api"_s};
    }

    void addOptions(OptionSet &options) override
    {
        options.texts("--acrs", m_acrs, Text::tr("Conditional Access authentication context, for example c1"));
        options.texts("--claim", m_claims,
                      Text::tr("access_token.NAME=VALUE, id_token.NAME=VALUE or userinfo.NAME; repeatable, essential"));
        options.words("--acr-values", m_acrValues, Text::tr("Sign-in strength to demand (RFC 9470)"));
        options.duration("--max-age", m_maxAge, Text::tr("Most time since the sign-in (RFC 9470)"));
        options.words("--scope", m_scopes, Text::tr("Scopes that are missing"));
        options.text("--scheme", m_scheme, Text::tr("Bearer by default, or DPoP"));
        options.text("--realm", m_realm, Text::tr("Name of the protected space"));
        options.text("--error", m_error, Text::tr("Error code, if the one that follows from the rest does not fit"));
        options.text("--description", m_description, Text::tr("Error description for developers"));
        options.text("--authorization-uri", m_authorizationUri, Text::tr("Microsoft: the authority to ask"));
        options.text("--resource-metadata", m_resourceMetadata, Text::tr("Where the API describes itself (RFC 9728)"));
        options.choice("--as", m_form, {u"header"_s, u"claims"_s, u"base64"_s},
                       Text::tr("What to write: header by default"));
    }

    ExitCode run(Context &context) override
    {
        if (const auto wrong = unwritable(); !wrong.isEmpty())
            return context.fail(
                wrongUsage(Text::tr("The value of %1 holds a character that no header field may hold.").arg(wrong)));
        const auto request = claimsRequest();
        if (!request)
            return context.fail(request.error());
        if (m_form != "header"_L1 && !m_form.isEmpty() && request->isEmpty())
            return context.fail(wrongUsage(Text::tr("There are no claims: give --acrs or --claim.")));
        const auto challenge = challengeOf(*request);
        if (challenge.parameters.isEmpty())
            return context.fail(
                wrongUsage(Text::tr("Nothing is demanded: give --acrs, --claim, --acr-values, --max-age or --scope.")));
        const auto header = encode(challenge);
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.challenge/1"_s).utf8("header", header);
            if (!request->isEmpty())
                json.raw("claims", request->toJson()).utf8("base64", request->toBase64());
            json.endObject();
            return context.writeJson(json.view());
        }
        context.write(m_form == "claims"_L1 ? request->toJson() : m_form == "base64"_L1 ? request->toBase64() : header);
        context.write("\n");
        return ExitCode::Done;
    }

private:
    //! The option whose value would end the field or begin another one (RFC 9110 §5.5); empty if there is none.
    QString unwritable() const
    {
        const std::pair<const char *, QString> values[] = {{"--realm", m_realm},
                                                           {"--error", m_error},
                                                           {"--description", m_description},
                                                           {"--authorization-uri", m_authorizationUri},
                                                           {"--resource-metadata", m_resourceMetadata},
                                                           {"--scope", m_scopes.join(u' ')},
                                                           {"--acr-values", m_acrValues.join(u' ')},
                                                           {"--scheme", m_scheme}};
        for (const auto &[name, value] : values) {
            if (std::any_of(value.begin(), value.end(), [](QChar c) { return c.category() == QChar::Other_Control; }))
                return QString::fromLatin1(name);
        }
        return {};
    }

    Result<ClaimsRequest> claimsRequest() const
    {
        ClaimsRequest request;
        if (!m_acrs.isEmpty())
            request.set(ClaimsTarget::AccessToken, u"acrs"_s, m_acrs, true);
        for (const auto &word : m_claims) {
            const auto target = word.section(u'.', 0, 0);
            const auto rest = word.section(u'.', 1);
            const auto name = rest.section(u'=', 0, 0);
            const auto values = rest.contains(u'=') ? rest.section(u'=', 1).split(u',') : QStringList();
            const QStringList targets{u"access_token"_s, u"id_token"_s, u"userinfo"_s};
            if (!targets.contains(target))
                return wrongUsage(Text::tr("--claim %1: %2").arg(word, notOneOf(target, targets)));
            if (name.isEmpty())
                return wrongUsage(
                    Text::tr("--claim %1 names no claim. Write for example access_token.acrs=c1.").arg(word));
            request.set(static_cast<ClaimsTarget>(targets.indexOf(target)), name, values, true);
        }
        return request;
    }

    QString errorCode(const ClaimsRequest &request) const
    {
        if (!m_error.isEmpty())
            return m_error;
        if (!request.isEmpty())
            return u"insufficient_claims"_s;
        if (!m_acrValues.isEmpty() || m_maxAge)
            return u"insufficient_user_authentication"_s; // RFC 9470 §3
        return m_scopes.isEmpty() ? QString() : u"insufficient_scope"_s; // RFC 6750 §3.1
    }

    Challenge challengeOf(const ClaimsRequest &request) const
    {
        Challenge challenge{.scheme = m_scheme.isEmpty() ? u"Bearer"_s : m_scheme};
        const auto add = [&challenge](const QString &name, const QString &value) {
            if (!value.isEmpty())
                challenge.parameters.append({.name = name, .value = value, .isQuoted = true});
        };
        add(u"realm"_s, m_realm);
        add(u"authorization_uri"_s, m_authorizationUri);
        add(u"error"_s, errorCode(request));
        add(u"error_description"_s, m_description);
        add(u"scope"_s, m_scopes.join(u' '));
        add(u"acr_values"_s, m_acrValues.join(u' '));
        add(u"max_age"_s, m_maxAge ? QString::number(m_maxAge->count()) : QString());
        add(u"resource_metadata"_s, m_resourceMetadata);
        if (!request.isEmpty())
            add(u"claims"_s, QString::fromLatin1(request.toBase64()));
        return challenge;
    }

    QStringList m_acrs;
    QStringList m_claims;
    QStringList m_acrValues;
    QStringList m_scopes;
    std::optional<std::chrono::seconds> m_maxAge;
    QString m_scheme;
    QString m_realm;
    QString m_error;
    QString m_description;
    QString m_authorizationUri;
    QString m_resourceMetadata;
    QString m_form;
};

} // namespace

std::unique_ptr<Verb> makeChallengeBuildVerb()
{
    return std::make_unique<BuildVerb>();
}

} // namespace Countersign::Cli
