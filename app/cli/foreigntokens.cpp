// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "foreigntokens.h"

#include "secrettext.h"
#include "text.h"
#include "words.h"

#include <countersign/jose/jsonwriter.h>

#include <QtCore/QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::JsonWriter;

//! As the other JSON answers: a name in it may hold what a terminal obeys.
Secret finished(const JsonWriter &json)
{
    return harmlessJson(json.view());
}

//! The object of `az account get-access-token`.
Secret encodeForAzureCli(const TokenAnswer &answer)
{
    const auto expiresAt = expiryOf(answer);
    JsonWriter json;
    json.beginObject().secret("accessToken", tokenOf(answer));
    json.string("expiresOn", expiresAt.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz'000'"_s));
    json.integer("expires_on", expiresAt.toSecsSinceEpoch());
    json.name("subscription").null();
    if (const auto tenant = answer.result.authority.tenant().value; tenant.isEmpty())
        json.name("tenant").null();
    else
        json.string("tenant", tenant);
    json.string("tokenType", answer.result.tokenType).endObject();
    return finished(json);
}

//! The object of `azd auth token`.
Secret encodeForAzureDeveloperCli(const TokenAnswer &answer)
{
    JsonWriter json;
    json.beginObject().secret("token", tokenOf(answer));
    json.string("expiresOn", expiryOf(answer).toUTC().toString(Qt::ISODate)).endObject();
    return finished(json);
}

//! The object of `azureauth --output json`.
Secret encodeForAzureAuth(const TokenAnswer &answer)
{
    JsonWriter json;
    json.beginObject().string("user", answer.result.account.username);
    json.string("display_name", answer.result.account.name).secret("token", tokenOf(answer));
    json.string("expiration_date", QString::number(expiryOf(answer).toSecsSinceEpoch())).endObject();
    return finished(json);
}

//! Spec: client.authentication.k8s.io/v1, ExecCredential.
Secret encodeForKubernetes(const TokenAnswer &answer)
{
    JsonWriter json;
    json.beginObject().string("apiVersion", u"client.authentication.k8s.io/v1"_s);
    json.string("kind", u"ExecCredential"_s).name("status").beginObject();
    if (const auto expiresAt = expiryOf(answer); expiresAt.isValid())
        json.string("expirationTimestamp", expiresAt.toUTC().toString(Qt::ISODate));
    json.secret("token", tokenOf(answer)).endObject().endObject();
    return finished(json);
}

//! The lines of `oidc-token -c`.
Secret encodeForOidcAgent(const TokenAnswer &answer)
{
    const auto token = escaped(tokenOf(answer), "'", "'\\", "'");
    const auto issuer = shellQuoted(answer.result.authority.issuer()).toUtf8();
    const auto expiresOn = QByteArray::number(expiryOf(answer).toSecsSinceEpoch());
    return joined({"export OIDC_AT='", token.reveal(), "'\nexport OIDC_ISS=", issuer, "\nexport OIDC_EXP=", expiresOn});
}

//! The host of the API that the token is for: of the resource that was asked for, or of the only audience it names.
QString hostOf(const TokenRequest &request, const TokenAnswer &answer)
{
    for (const auto &address : request.resources + QStringList{request.audience} + audiencesOf(tokenOf(answer))) {
        if (const auto host = QUrl(address).host(QUrl::FullyEncoded); !host.isEmpty())
            return host;
    }
    return {};
}

Result<QByteArray> userNameOf(const TokenAnswer &answer, const QString &format)
{
    const auto &name = answer.result.account.username;
    const bool isOneWord = std::none_of(name.begin(), name.end(), [](QChar c) { return c.isSpace() || !c.isPrint(); });
    if (name.isEmpty() || !isOneWord)
        return wrongUsage(
            Text::tr("-o %1 says a user name, and this account has none that could stand there.").arg(format));
    return name.toUtf8();
}

//! Spec: RFC 5801 §4: what a user name may not hold as it is.
QByteArray asSaslName(QByteArray name)
{
    return name.replace('=', "=3D").replace(',', "=2C");
}

//! The initial client response of SASL, ready to be sent.
Result<Secret> encodeForMail(const QString &format, const TokenAnswer &answer)
{
    const auto user = userNameOf(answer, format);
    if (!user)
        return user.error();
    const auto token = tokenOf(answer);
    if (format == "xoauth2"_L1) // Gmail's and Exchange's own, older than the RFC
        return inBase64(joined({"user=", *user, "\001auth=Bearer ", token.reveal(), "\001\001"}));
    // RFC 7628 §3.1; host and port are optional.
    return inBase64(joined({"n,a=", asSaslName(*user), ",\001auth=Bearer ", token.reveal(), "\001\001"}));
}

//! A line of netrc(5): the token stands where a password would.
Result<Secret> encodeForNetrc(const TokenRequest &request, const TokenAnswer &answer)
{
    const auto host = hostOf(request, answer);
    if (host.isEmpty())
        return wrongUsage(Text::tr("-o netrc says the host of the API: name it with --resource https://HOST/."));
    const auto user = userNameOf(answer, u"netrc"_s);
    if (!user)
        return user.error();
    return joined({"machine ", host.toLatin1(), " login ", *user, " password ", tokenOf(answer).reveal()});
}

} // namespace

QStringList foreignTokenFormats()
{
    return {u"az"_s,         u"azd"_s,     u"azureauth"_s,   u"kubernetes"_s,
            u"oidc-token"_s, u"xoauth2"_s, u"oauthbearer"_s, u"netrc"_s};
}

Result<Secret> encodeForOthers(const QString &format, const TokenRequest &request, const TokenAnswer &answer)
{
    if (format == "az"_L1)
        return encodeForAzureCli(answer);
    if (format == "azd"_L1)
        return encodeForAzureDeveloperCli(answer);
    if (format == "azureauth"_L1)
        return encodeForAzureAuth(answer);
    if (format == "kubernetes"_L1)
        return encodeForKubernetes(answer);
    if (format == "oidc-token"_L1)
        return encodeForOidcAgent(answer);
    return format == "netrc"_L1 ? encodeForNetrc(request, answer) : encodeForMail(format, answer);
}

} // namespace Countersign::Cli
