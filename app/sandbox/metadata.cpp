// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "metadata.h"

using namespace Qt::StringLiterals;
using Countersign::KeyType;

namespace CountersignSandbox {

namespace {

QJsonArray list(std::initializer_list<QString> entries)
{
    return QJsonArray::fromStringList(QStringList(entries));
}

std::optional<KeyType> decoyType(const QString &text)
{
    if (text == u"RSA")
        return KeyType::Rsa;
    if (text == u"P-256")
        return KeyType::P256;
    if (text == u"Ed25519")
        return KeyType::Ed25519;
    return {};
}

// "keep": how many of our own stay; "add": kinds by name, or whole keys; "strip": members that no key may have.
QJsonArray altered(const QJsonArray &keys, const QJsonObject &change)
{
    QJsonArray result;
    const qsizetype keep = change.value("keep"_L1).toInteger(keys.size());
    for (qsizetype i = 0; i < qMin(keep, keys.size()); ++i)
        result.append(keys.at(i));
    const QJsonArray additions = change.value("add"_L1).toArray();
    for (const QJsonValue &addition : additions) {
        if (addition.isObject())
            result.append(addition);
        else if (const auto type = decoyType(addition.toString()))
            result.append(decoyKey(*type));
    }
    const QJsonArray strip = change.value("strip"_L1).toArray();
    for (qsizetype i = 0; i < result.size(); ++i) {
        QJsonObject key = result.at(i).toObject();
        for (const QJsonValue &member : strip)
            key.remove(member.toString());
        result.replace(i, key);
    }
    return result;
}

QJsonObject endpoints(const QString &issuer)
{
    return {{u"issuer"_s, issuer},
            {u"authorization_endpoint"_s, QString(issuer + u"/authorize"_s)},
            {u"token_endpoint"_s, QString(issuer + u"/token"_s)},
            {u"jwks_uri"_s, QString(issuer + u"/jwks"_s)},
            {u"userinfo_endpoint"_s, QString(issuer + u"/userinfo"_s)},
            {u"device_authorization_endpoint"_s, QString(issuer + u"/device_authorization"_s)},
            {u"pushed_authorization_request_endpoint"_s, QString(issuer + u"/par"_s)},
            {u"revocation_endpoint"_s, QString(issuer + u"/revoke"_s)},
            {u"introspection_endpoint"_s, QString(issuer + u"/introspect"_s)},
            {u"end_session_endpoint"_s, QString(issuer + u"/end_session"_s)}};
}

} // namespace

QJsonObject discoveryDocument(const QString &issuer)
{
    QJsonObject document = endpoints(issuer);
    const QJsonArray authentication = list({u"none"_s, u"client_secret_basic"_s, u"client_secret_post"_s});
    for (const auto member :
         {"token_endpoint_auth_methods_supported"_L1, "revocation_endpoint_auth_methods_supported"_L1,
          "introspection_endpoint_auth_methods_supported"_L1})
        document.insert(member, authentication);
    document.insert("cs_sandbox"_L1, true);
    document.insert("response_types_supported"_L1, list({u"code"_s}));
    document.insert("response_modes_supported"_L1,
                    list({u"query"_s, u"fragment"_s, u"form_post"_s, u"query.jwt"_s, u"fragment.jwt"_s,
                          u"form_post.jwt"_s, u"jwt"_s}));
    document.insert("grant_types_supported"_L1,
                    list({u"authorization_code"_s, u"refresh_token"_s, u"client_credentials"_s,
                          u"urn:ietf:params:oauth:grant-type:device_code"_s}));
    document.insert("code_challenge_methods_supported"_L1, list({u"S256"_s}));
    document.insert("subject_types_supported"_L1, list({u"public"_s}));
    document.insert("id_token_signing_alg_values_supported"_L1, list({u"RS256"_s, u"ES256"_s}));
    document.insert("authorization_signing_alg_values_supported"_L1, list({u"RS256"_s, u"ES256"_s}));
    document.insert(
        "scopes_supported"_L1,
        list({u"openid"_s, u"profile"_s, u"email"_s, u"address"_s, u"phone"_s, u"groups"_s, u"offline_access"_s}));
    document.insert("claims_supported"_L1,
                    list({u"sub"_s, u"name"_s, u"given_name"_s, u"family_name"_s, u"preferred_username"_s, u"locale"_s,
                          u"zoneinfo"_s, u"birthdate"_s, u"updated_at"_s, u"email"_s, u"email_verified"_s, u"address"_s,
                          u"phone_number"_s, u"phone_number_verified"_s, u"groups"_s, u"auth_time"_s, u"acr"_s}));
    document.insert("acr_values_supported"_L1,
                    list({u"urn:countersign:sandbox:picked"_s, u"urn:countersign:sandbox:strong"_s}));
    document.insert("prompt_values_supported"_L1, list({u"none"_s, u"login"_s, u"consent"_s, u"select_account"_s}));
    document.insert("claims_parameter_supported"_L1, true);
    document.insert("introspection_signing_alg_values_supported"_L1, list({u"RS256"_s}));
    document.insert("request_object_signing_alg_values_supported"_L1, list({u"RS256"_s, u"PS256"_s, u"ES256"_s}));
    document.insert("dpop_signing_alg_values_supported"_L1, list({u"ES256"_s, u"RS256"_s, u"PS256"_s}));
    document.insert("authorization_details_types_supported"_L1, list({u"sandbox_payment"_s}));
    document.insert("id_token_encryption_alg_values_supported"_L1,
                    list({u"RSA-OAEP"_s, u"RSA-OAEP-256"_s, u"ECDH-ES"_s, u"ECDH-ES+A256KW"_s}));
    document.insert("request_parameter_supported"_L1, true);
    document.insert("request_uri_parameter_supported"_L1, false);
    document.insert("authorization_response_iss_parameter_supported"_L1, true);
    return document;
}

Response keySet(Context &context, const Request &request)
{
    const QList<HookProgram> programs = context.hooks.taken(HookPoint::Jwks, request.parameters());
    for (const HookProgram &program : programs) {
        if (program.value("rotate"_L1).toBool())
            context.keys.rotate();
    }
    QJsonArray keys = context.keys.published();
    for (const HookProgram &program : programs)
        keys = altered(keys, program.value("keys"_L1).toObject());
    Response response = Response::ofJson({{u"keys"_s, keys}});
    response.setHeader("Content-Type"_ba, "application/jwk-set+json"_ba);
    for (const HookProgram &program : programs)
        program.alter(response);
    return response;
}

} // namespace CountersignSandbox
