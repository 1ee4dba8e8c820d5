// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/profileimportparts.h>

#include <countersign/jose/formcodec.h>
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/tokenextraction.h>

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

QString origin(const QUrl &url)
{
    return url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo).toString();
}

//! The issuer of a .well-known address; empty for any other. Spec: OIDC Discovery §4, RFC 8414 §3.1.
QString issuerOfWellKnown(const QUrl &url)
{
    const auto path = url.path();
    for (const auto suffix : {"/.well-known/openid-configuration"_L1, "/.well-known/oauth-authorization-server"_L1}) {
        if (path.endsWith(suffix))
            return origin(url) + path.chopped(suffix.size());
        if (path.startsWith(suffix + u'/'))
            return origin(url) + path.mid(suffix.size());
    }
    return {};
}

//! What common providers put before their endpoints' own names.
QString guessedIssuer(const QUrl &url)
{
    const auto path = url.path();
    if (url.host() == "accounts.google.com"_L1)
        return origin(url);
    static const QRegularExpression realm(u"\\A(.*/realms/[^/]+)(/.*)?\\z"_s); // Keycloak
    if (const auto match = realm.match(path); match.hasMatch())
        return origin(url) + match.captured(1);
    static const QRegularExpression okta(u"\\A(/oauth2/[^/]+)/v1/.*\\z"_s);
    if (const auto match = okta.match(path); match.hasMatch())
        return origin(url) + match.captured(1);
    if (path.startsWith("/oauth2/v1/"_L1)) // Okta's org server
        return origin(url);
    if (url.host().endsWith(".auth0.com"_L1))
        return origin(url) + u'/';
    if (path == "/oauth/authorize"_L1 || path.startsWith("/oauth/authorize_device"_L1)) // GitLab and others
        return origin(url);
    static const QRegularExpression endpoint(
        u"/(?:oauth2?/|connect/|protocol/openid-connect/)?(?:authorize|auth|authorization|token|login)/?\\z"_s);
    auto rest = path;
    rest.remove(endpoint);
    while (rest.endsWith(u'/'))
        rest.chop(1);
    return origin(url) + rest;
}

void readAuthorizationRequest(ImportedProfile &found, const Jose::FormParameters &query)
{
    static const QStringList ours{u"client_id"_s,
                                  u"redirect_uri"_s,
                                  u"scope"_s,
                                  u"response_type"_s,
                                  u"response_mode"_s,
                                  u"state"_s,
                                  u"nonce"_s,
                                  u"code_challenge"_s,
                                  u"code_challenge_method"_s,
                                  u"login_hint"_s,
                                  u"prompt"_s,
                                  u"acr_values"_s,
                                  u"audience"_s,
                                  u"resource"_s,
                                  u"claims"_s,
                                  u"domain_hint"_s,
                                  u"id_token_hint"_s,
                                  u"request"_s,
                                  u"request_uri"_s,
                                  u"client-request-id"_s,
                                  u"client_info"_s,
                                  u"max_age"_s,
                                  u"return-client-request-id"_s};
    auto &profile = found.profile;
    profile.clientId = query.value("client_id").value_or(QString());
    profile.redirectUri = query.value("redirect_uri").value_or(QString());
    profile.scopes = ScopeSet::parse(query.value("scope").value_or(QString()));
    profile.isOpenId = profile.scopes.contains(u"openid"_s) || profile.scopes.isEmpty();
    profile.wantsRefreshToken = profile.scopes.contains(u"offline_access"_s) || profile.scopes.isEmpty();
    profile.audience = query.value("audience").value_or(QString());
    profile.acrValues = query.value("acr_values").value_or(QString());
    profile.domainHint = query.value("domain_hint").value_or(QString());
    profile.prompts = query.value("prompt").value_or(QString()).split(u' ', Qt::SkipEmptyParts);
    for (const auto &parameter : query.parameters()) {
        const auto name = QString::fromUtf8(parameter.name);
        if (name == "resource"_L1)
            profile.resources.append(QString::fromUtf8(parameter.value));
        else if (!ours.contains(name) && !name.contains("secret"_L1) && !name.contains("token"_L1))
            profile.extra.append({name, QString::fromUtf8(parameter.value)});
    }
}

QString first(const QHash<QString, QString> &variables, std::initializer_list<QLatin1StringView> names)
{
    for (const auto name : names) {
        if (const auto value = variables.value(name); !value.isEmpty())
            return value;
    }
    return {};
}

//! One family of variables, by prefix: where the issuer, the client and a secret stand.
struct VariableFamily
{
    QLatin1StringView name;
    std::initializer_list<QLatin1StringView> issuer;
    std::initializer_list<QLatin1StringView> client;
    std::initializer_list<QLatin1StringView> secret;
    std::initializer_list<QLatin1StringView> audience;
    std::initializer_list<QLatin1StringView> scopes;
};

const std::initializer_list<VariableFamily> &families()
{
    static const std::initializer_list<VariableFamily> table{
        {"OIDC"_L1,
         {"OIDC_ISSUER"_L1, "OIDC_ISSUER_URL"_L1, "OIDC_AUTHORITY"_L1},
         {"OIDC_CLIENT_ID"_L1},
         {"OIDC_CLIENT_SECRET"_L1},
         {"OIDC_AUDIENCE"_L1},
         {"OIDC_SCOPE"_L1, "OIDC_SCOPES"_L1}},
        {"OAuth 2.0"_L1,
         {"OAUTH2_ISSUER"_L1, "OAUTH2_ISSUER_URL"_L1, "OAUTH2_PROXY_OIDC_ISSUER_URL"_L1},
         {"OAUTH2_CLIENT_ID"_L1, "OAUTH2_PROXY_CLIENT_ID"_L1},
         {"OAUTH2_CLIENT_SECRET"_L1, "OAUTH2_PROXY_CLIENT_SECRET"_L1},
         {"OAUTH2_AUDIENCE"_L1},
         {"OAUTH2_SCOPE"_L1, "OAUTH2_PROXY_SCOPE"_L1}},
        {"Okta"_L1,
         {"OKTA_OAUTH2_ISSUER"_L1},
         {"OKTA_OAUTH2_CLIENT_ID"_L1, "OKTA_OAUTH2_CLIENTID"_L1},
         {"OKTA_OAUTH2_CLIENT_SECRET"_L1},
         {"OKTA_OAUTH2_AUDIENCE"_L1},
         {"OKTA_OAUTH2_SCOPES"_L1}},
        {"GitLab"_L1,
         {"GITLAB_HOST"_L1},
         {"GITLAB_CLIENT_ID"_L1, "GITLAB_APPLICATION_ID"_L1},
         {"GITLAB_CLIENT_SECRET"_L1, "GITLAB_TOKEN"_L1},
         {},
         {"GITLAB_SCOPES"_L1}}};
    return table;
}

std::optional<ImportedProfile> fromAzureVariables(const QHash<QString, QString> &variables, QLatin1StringView prefix)
{
    const auto value = [&](QLatin1StringView name) { return variables.value(prefix + name); };
    if (value("CLIENT_ID"_L1).isEmpty() && value("TENANT_ID"_L1).isEmpty())
        return {};
    ImportedProfile found;
    found.profile.kind = Profile::Kind::Entra;
    found.profile.clientId = value("CLIENT_ID"_L1);
    found.profile.issuer = entraAuthority(value("AUTHORITY_HOST"_L1), value("TENANT_ID"_L1));
    found.profile.name = prefix == "ARM_"_L1 ? u"Azure (ARM)"_s : u"Azure"_s;
    found.hadSecret = !value("CLIENT_SECRET"_L1).isEmpty() || !value("PASSWORD"_L1).isEmpty();
    return finished(std::move(found), u"environment"_s);
}

std::optional<ImportedProfile> fromAuth0Variables(const QHash<QString, QString> &variables)
{
    auto address = first(variables, {"AUTH0_ISSUER_BASE_URL"_L1, "AUTH0_DOMAIN"_L1});
    if (address.isEmpty())
        return {};
    if (!address.contains("://"_L1))
        address.prepend("https://"_L1);
    ImportedProfile found;
    found.profile.issuer = address.endsWith(u'/') ? address : address + u'/';
    found.profile.clientId = variables.value(u"AUTH0_CLIENT_ID"_s);
    found.profile.audience = variables.value(u"AUTH0_AUDIENCE"_s);
    found.hadSecret = !first(variables, {"AUTH0_CLIENT_SECRET"_L1, "AUTH0_SECRET"_L1}).isEmpty();
    return finished(std::move(found), u"environment"_s);
}

std::optional<ImportedProfile> fromKeycloakVariables(const QHash<QString, QString> &variables)
{
    auto base = first(variables, {"KEYCLOAK_URL"_L1, "KEYCLOAK_AUTH_SERVER_URL"_L1, "KEYCLOAK_BASE_URL"_L1});
    const auto realm = variables.value(u"KEYCLOAK_REALM"_s);
    if (base.isEmpty() || realm.isEmpty())
        return {};
    while (base.endsWith(u'/'))
        base.chop(1);
    ImportedProfile found;
    found.profile.issuer = base + u"/realms/"_s + realm;
    found.profile.name = realm;
    found.profile.clientId = first(variables, {"KEYCLOAK_CLIENT_ID"_L1, "KEYCLOAK_RESOURCE"_L1});
    found.hadSecret = !first(variables, {"KEYCLOAK_CLIENT_SECRET"_L1, "KEYCLOAK_SECRET"_L1}).isEmpty();
    return finished(std::move(found), u"environment"_s);
}

QByteArrayView unquoted(QByteArrayView value)
{
    const bool isQuoted =
        value.size() >= 2 && value.front() == value.back() && (value.front() == '"' || value.front() == '\'');
    return isQuoted ? value.sliced(1, value.size() - 2) : value;
}

} // namespace

ImportedProfile profileFromAddress(const QUrl &address)
{
    ImportedProfile found;
    const auto wellKnown = issuerOfWellKnown(address);
    found.isIssuerGuessed = wellKnown.isEmpty();
    setIssuer(found,
              !wellKnown.isEmpty()                  ? wellKnown
                  : isMicrosoftHost(address.host()) ? address.toString()
                                                    : guessedIssuer(address));
    return found;
}

QList<ImportedProfile> importUrl(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty())
        return {};
    const auto query = Jose::FormParameters::parse(url.query(QUrl::FullyEncoded).toUtf8());
    auto found = profileFromAddress(url);
    if (query && query->contains("client_id")) {
        readAuthorizationRequest(found, *query);
        return {finished(std::move(found), u"authorization_url"_s)};
    }
    // A redirect or an API's address says nothing of the provider.
    if (query && (query->contains("code") || query->contains("access_token") || query->contains("state")))
        return {};
    const auto source = found.isIssuerGuessed ? u"issuer"_s : u"well_known"_s;
    // Without an endpoint's name at the end there was nothing to guess.
    found.isIssuerGuessed = found.isIssuerGuessed && found.profile.issuer != url.toString();
    return {finished(std::move(found), source)};
}

QList<ImportedProfile> importToken(QByteArrayView text)
{
    const auto candidates = Jose::extractTokens(text);
    for (const auto &candidate : candidates) {
        const auto claims = Jose::TokenDocument::read(candidate.token).claims();
        const auto issuer = claims.string("iss");
        if (!issuer || !issuer->startsWith("http"_L1))
            continue;
        ImportedProfile found;
        setIssuer(found, *issuer);
        for (const auto name : {QByteArrayView("azp"), QByteArrayView("appid"), QByteArrayView("cid"),
                                QByteArrayView("client_id"), QByteArrayView("aud")}) {
            // An audience that is an address is an API, not a client.
            const auto client = claims.string(name);
            if (client && found.profile.clientId.isEmpty() && !client->contains("://"_L1))
                found.profile.clientId = *client;
        }
        found.hadSecret = true;
        return {finished(std::move(found), u"token"_s)};
    }
    return {};
}

QHash<QString, QString> readEnvironmentLines(QByteArrayView text)
{
    QHash<QString, QString> variables;
    for (qsizetype from = 0; from < text.size();) {
        auto end = text.indexOf('\n', from);
        end = end < 0 ? text.size() : end;
        auto line = text.sliced(from, end - from).trimmed();
        from = end + 1;
        for (const auto prefix : {QByteArrayView("export "), QByteArrayView("set "), QByteArrayView("$env:")}) {
            if (line.startsWith(prefix))
                line = line.sliced(prefix.size()).trimmed();
        }
        const auto equals = line.indexOf('=');
        if (equals <= 0 || line.startsWith('#'))
            continue;
        variables.insert(QString::fromUtf8(line.first(equals).trimmed()).toUpper(),
                         QString::fromUtf8(unquoted(line.sliced(equals + 1).trimmed())));
    }
    return variables;
}

QList<ImportedProfile> importEnvironment(const QHash<QString, QString> &variables)
{
    QList<ImportedProfile> found;
    const auto add = [&found](std::optional<ImportedProfile> profile) {
        if (profile)
            found.append(*std::move(profile));
    };
    add(fromAzureVariables(variables, "AZURE_"_L1));
    add(fromAzureVariables(variables, "ARM_"_L1));
    add(fromAuth0Variables(variables));
    add(fromKeycloakVariables(variables));
    for (const auto &family : families()) {
        auto issuer = first(variables, family.issuer);
        if (issuer.isEmpty())
            continue;
        if (!issuer.contains("://"_L1))
            issuer.prepend("https://"_L1);
        ImportedProfile profile;
        setIssuer(profile, issuer);
        profile.profile.name = family.name + u" ("_s + QUrl(issuer).host() + u')';
        profile.profile.clientId = first(variables, family.client);
        profile.profile.audience = first(variables, family.audience);
        profile.profile.scopes = ScopeSet(first(variables, family.scopes).split(u' ', Qt::SkipEmptyParts));
        profile.hadSecret = !first(variables, family.secret).isEmpty();
        add(finished(std::move(profile), u"environment"_s));
    }
    return distinct(found);
}

} // namespace Countersign
