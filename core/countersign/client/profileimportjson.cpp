// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/profileimportparts.h>

#include <QtCore/QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

using Jose::JsonObject;
using Names = std::initializer_list<QByteArrayView>;

//! The first of \p names that is a text. Names differ in case from one file to the next: .NET does not mind.
QString text(const JsonObject &object, Names names)
{
    for (const auto name : names) {
        for (const auto member : object) {
            if (member.name.compare(name, Qt::CaseInsensitive) != 0)
                continue;
            if (const auto value = member.value.string(); value && !value->isEmpty())
                return *value;
        }
    }
    return {};
}

std::optional<JsonObject> section(const JsonObject &object, Names names)
{
    for (const auto name : names) {
        for (const auto member : object) {
            if (member.name.compare(name, Qt::CaseInsensitive) == 0 && member.value.isObject())
                return member.value.object();
        }
    }
    return {};
}

//! A list, or a text with spaces between.
QStringList texts(const JsonObject &object, Names names)
{
    for (const auto name : names) {
        if (const auto list = object.value(name).stringList())
            return *list;
    }
    return text(object, names).split(u' ', Qt::SkipEmptyParts);
}

bool hasSecret(const JsonObject &object)
{
    return !text(object, {"ClientSecret", "client_secret", "secret"}).isEmpty() || object.contains("ClientCertificates")
        || object.contains("ClientCredentials") || object.contains("credentials") || object.contains("private_key");
}

void readCommon(ImportedProfile &found, const JsonObject &object)
{
    auto &profile = found.profile;
    profile.clientId = text(object, {"ClientId", "client_id"});
    profile.name = text(object, {"name", "client_name"});
    profile.scopes = ScopeSet(texts(object, {"scopes", "scope", "Scopes"}));
    profile.redirectUri = text(object, {"RedirectUri", "redirect_uri"});
    profile.audience = text(object, {"audience"});
    found.hadSecret = hasSecret(object);
}

ImportedProfile fromAzureAd(const JsonObject &object)
{
    ImportedProfile found;
    readCommon(found, object);
    found.profile.audience.clear(); // there it is what an API accepts, not what a client asks for
    found.profile.redirectUri.clear(); // a web server's
    found.profile.kind = Profile::Kind::Entra;
    const auto authority = text(object, {"Authority"});
    const auto policy = text(object, {"SignUpSignInPolicyId"});
    if (!policy.isEmpty())
        found.profile.issuer =
            entraAuthority(text(object, {"Instance"}), text(object, {"Domain", "TenantId"}) + u'/' + policy);
    else if (!authority.isEmpty())
        setIssuer(found, authority);
    else
        found.profile.issuer = entraAuthority(text(object, {"Instance"}), text(object, {"TenantId"}));
    return finished(std::move(found), u"appsettings"_s);
}

//! MSAL for JavaScript and Node: { auth: { clientId, authority, redirectUri } }.
ImportedProfile fromMsalConfig(const JsonObject &auth)
{
    ImportedProfile found;
    readCommon(found, auth);
    const auto authority = text(auth, {"authority"});
    if (authority.isEmpty() || isMicrosoftHost(QUrl(authority).host()))
        setIssuer(found, authority.isEmpty() ? entraAuthority({}, u"common"_s) : authority);
    else
        found.profile.issuer = authority;
    return finished(std::move(found), u"msal_configuration"_s);
}

//! MSAL for Android: { client_id, authorities: [ { type, authority_url, audience: { type, tenant_id } } ] }.
ImportedProfile fromMobileConfig(const JsonObject &root)
{
    ImportedProfile found;
    readCommon(found, root);
    found.profile.kind = Profile::Kind::Entra;
    found.profile.issuer = entraAuthority({}, u"common"_s);
    const auto authorities = root.array("authorities").value_or(Jose::JsonArray());
    for (const auto item : authorities) {
        const auto entry = item.object().value_or(JsonObject());
        const auto audience = entry.object("audience").value_or(JsonObject());
        const auto tenant = text(audience, {"tenant_id"});
        const auto address = text(entry, {"authority_url"});
        if (!address.isEmpty())
            setIssuer(found, address);
        else if (!tenant.isEmpty())
            found.profile.issuer = entraAuthority({}, tenant);
        if (entry.boolean("default").value_or(false))
            break;
    }
    return finished(std::move(found), u"msal_configuration"_s);
}

ImportedProfile fromGoogle(const JsonObject &client)
{
    ImportedProfile found;
    readCommon(found, client);
    found.profile.issuer = u"https://accounts.google.com"_s;
    found.profile.name = text(client, {"project_id"});
    return finished(std::move(found), u"google_client"_s);
}

ImportedProfile fromKeycloak(const JsonObject &root)
{
    ImportedProfile found;
    auto base = text(root, {"auth-server-url"});
    while (base.endsWith(u'/'))
        base.chop(1);
    found.profile.issuer = base + u"/realms/"_s + text(root, {"realm"});
    found.profile.clientId = text(root, {"resource"});
    found.profile.name = text(root, {"realm"});
    found.hadSecret = hasSecret(root);
    return finished(std::move(found), u"keycloak"_s);
}

ImportedProfile fromAuth0(const JsonObject &root)
{
    ImportedProfile found;
    readCommon(found, root);
    // Auth0's issuers end with a slash, and issuers are compared byte for byte.
    found.profile.issuer = u"https://"_s + text(root, {"domain"}) + u'/';
    if (found.profile.audience.isEmpty())
        found.profile.audience = text(section(root, {"authorizationParams"}).value_or(JsonObject()), {"audience"});
    return finished(std::move(found), u"auth0"_s);
}

//! Whatever names an issuer (or calls it authority) and perhaps a client.
ImportedProfile fromIssuer(const JsonObject &root)
{
    ImportedProfile found;
    readCommon(found, root);
    setIssuer(found, text(root, {"issuer", "authority", "issuer_uri", "oidc_issuer"}));
    const bool isMetadata = root.contains("authorization_endpoint") || root.contains("jwks_uri");
    if (isMetadata)
        found.profile.scopes = {}; // what is offered, not what one wants
    return finished(std::move(found), isMetadata ? u"discovery_document"_s : u"issuer_and_client"_s);
}

std::optional<ImportedProfile> fromOurOwn(const JsonObject &root)
{
    if (!root.contains("kind") || !root.contains("issuer") || !root.contains("client_id"))
        return {};
    const auto json = QJsonDocument::fromJson(root.raw().toByteArray()).object();
    auto profile = Profile::fromJson(json);
    if (!profile)
        return {};
    ImportedProfile found{*std::move(profile)};
    found.hadSecret = hasSecret(root);
    found.profile.unknown = {};
    if (found.profile.name.isEmpty())
        found.profile.name = found.profile.id;
    found.profile.id.clear();
    return finished(std::move(found), ourOwn.toString());
}

std::optional<ImportedProfile> fromOne(const JsonObject &root)
{
    if (auto own = fromOurOwn(root))
        return own;
    if (const auto google = section(root, {"installed", "web"}); google && google->contains("client_id"))
        return fromGoogle(*google);
    if (root.contains("auth-server-url") && root.contains("realm"))
        return fromKeycloak(root);
    if (const auto auth = section(root, {"auth"}); auth && !text(*auth, {"clientId", "client_id"}).isEmpty())
        return fromMsalConfig(*auth);
    if (root.contains("authorities"))
        return fromMobileConfig(root);
    if (!text(root, {"domain"}).isEmpty() && !text(root, {"clientId", "client_id"}).isEmpty()
        && text(root, {"TenantId"}).isEmpty())
        return fromAuth0(root);
    if (!text(root, {"issuer", "authority", "issuer_uri", "oidc_issuer"}).isEmpty())
        return fromIssuer(root);
    if (!text(root, {"ClientId"}).isEmpty() && !text(root, {"TenantId", "Instance"}).isEmpty())
        return fromAzureAd(root);
    return {};
}

} // namespace

QList<ImportedProfile> importJson(const JsonObject &root)
{
    QList<ImportedProfile> found;
    for (const auto name : {QByteArrayView("AzureAd"), QByteArrayView("AzureAdB2C"), QByteArrayView("EntraId"),
                            QByteArrayView("Authentication")}) {
        if (const auto object = section(root, {name}); object && !text(*object, {"ClientId"}).isEmpty())
            found.append(fromAzureAd(*object));
    }
    if (const auto own = root.array("profiles")) {
        for (const auto item : *own) {
            if (auto profile = fromOurOwn(item.object().value_or(JsonObject())))
                found.append(*std::move(profile));
        }
    }
    if (root.contains("users") && root.string("kind") == u"Config"_s)
        found.append(importKubeconfig(root));
    if (!found.isEmpty())
        return found;
    if (auto one = fromOne(root))
        return {*std::move(one)};
    // Many frameworks put it into a section of their own ("oidc", "oauth", "okta" …).
    for (const auto member : root) {
        if (const auto object = member.value.object()) {
            if (auto one = fromOne(*object))
                found.append(*std::move(one));
        }
    }
    return found;
}

} // namespace Countersign
