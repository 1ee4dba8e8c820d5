// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "modules.h"

#include <QtCore/QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCode;
using Countersign::Result;

namespace CountersignSandbox {

namespace {

struct Module
{
    QLatin1StringView name;
    bool isRejected;
    const char *change; //!< {"hooks": {point: program}, "clients": {id: members}}
};

// secp256k1 is nothing a client has to know; the key is the curve's generator (SEC 2 §2.4.1).
#define SECP256K1                                                                                                      \
    R"({"kty":"EC","crv":"secp256k1","use":"sig","x":"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g","y":"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg"})"

constexpr std::array modules = {
    // oidcc-client-test-plan
    Module{"oidcc-client-test"_L1, false, R"({})"},
    Module{"oidcc-client-test-nonce-invalid"_L1, true, R"({"hooks":{"idTokenClaims":{"append":{"nonce":"1"}}}})"},
    Module{"oidcc-client-test-client-secret-basic"_L1, false,
           R"({"clients":{"sandbox-web":{"authentication":"client_secret_basic"}}})"},
    Module{"oidcc-client-test-scope-userinfo-claims"_L1, false, R"({})"},
    Module{"oidcc-client-test-kid-absent-single-jwks"_L1, false,
           R"({"hooks":{"idTokenHeader":{"remove":["kid"]},"jwks":{"keys":{"strip":["kid","alg"],"add":[)" SECP256K1
           R"(,"Ed25519"]}}}})"},
    Module{"oidcc-client-test-kid-absent-multiple-jwks"_L1, false,
           R"({"hooks":{"idTokenHeader":{"remove":["kid"]},"jwks":{"keys":{"strip":["kid","alg"],"add":["RSA","RSA",)"
           R"("P-256","P-256",)" SECP256K1 "," SECP256K1 "," SECP256K1 R"(,"Ed25519","Ed25519","Ed25519"]}}}})"},
    Module{"oidcc-client-test-missing-iat"_L1, true, R"({"hooks":{"idTokenClaims":{"remove":["iat"]}}})"},
    Module{"oidcc-client-test-missing-aud"_L1, true, R"({"hooks":{"idTokenClaims":{"remove":["aud"]}}})"},
    Module{"oidcc-client-test-invalid-aud"_L1, true, R"({"hooks":{"idTokenClaims":{"append":{"aud":"1"}}}})"},
    Module{"oidcc-client-test-idtoken-sig-none"_L1, true,
           R"({"hooks":{"idTokenHeader":{"algorithm":"none","remove":["kid"]}}})"},
    Module{"oidcc-client-test-idtoken-sig-rs256"_L1, false,
           R"({"hooks":{"discovery":{"set":{"id_token_signing_alg_values_supported":["RS256"]}}}})"},
    Module{"oidcc-client-test-missing-sub"_L1, true, R"({"hooks":{"idTokenClaims":{"remove":["sub"]}}})"},
    Module{"oidcc-client-test-invalid-sig-rs256"_L1, true,
           R"({"hooks":{"idTokenHeader":{"algorithm":"RS256"},"idTokenSignature":{"signature":"xor"}}})"},
    Module{"oidcc-client-test-invalid-sig-es256"_L1, true,
           R"({"hooks":{"discovery":{"set":{"id_token_signing_alg_values_supported":["ES256"]}},)"
           R"("idTokenHeader":{"algorithm":"ES256"},"idTokenSignature":{"signature":"xor"}}})"},
    Module{"oidcc-client-test-invalid-sig-hs256"_L1, true,
           R"({"hooks":{"discovery":{"set":{"id_token_signing_alg_values_supported":["HS256"]}},)"
           R"("idTokenHeader":{"algorithm":"HS256","remove":["kid"]},"idTokenSignature":{"signature":"xor"}}})"},
    Module{"oidcc-client-test-invalid-iss"_L1, true, R"({"hooks":{"idTokenClaims":{"append":{"iss":"1"}}}})"},
    Module{"oidcc-client-test-userinfo-invalid-sub"_L1, true, R"({"hooks":{"userInfo":{"append":{"sub":"invalid"}}}})"},
    Module{"oidcc-client-test-userinfo-bearer-header"_L1, false, R"({})"},
    Module{"oidcc-client-test-invalid-athash"_L1, true, R"({"hooks":{"idTokenClaims":{"append":{"at_hash":"1"}}}})"},
    Module{"oidcc-client-test-discovery-openid-config"_L1, false, R"({})"},
    Module{"oidcc-client-test-discovery-jwks-uri-keys"_L1, false,
           R"({"hooks":{"discovery":{"append":{"jwks_uri":"/{random}"}}}})"},
    Module{"oidcc-client-test-discovery-issuer-mismatch"_L1, true,
           R"({"hooks":{"discovery":{"append":{"issuer":"INVALID"}}}})"},
    Module{"oidcc-client-test-signing-key-rotation-just-before-signing"_L1, false,
           R"({"hooks":{"idTokenHeader":{"rotate":true,"times":1}}})"},
    Module{"oidcc-client-test-signing-key-rotation"_L1, false,
           R"({"hooks":{"authorizationResponse":{"rotate":true,"skip":1,"times":1}}})"},
    // oidcc-client-refreshtoken-test-plan
    Module{"oidcc-client-test-refresh-token"_L1, false, R"({})"},
    Module{"oidcc-client-test-refresh-token-invalid-issuer"_L1, true,
           R"({"hooks":{"idTokenClaims":{"when":{"grant_type":"refresh_token"},"append":{"iss":"1"}}}})"},
    Module{"oidcc-client-test-refresh-token-invalid-sub"_L1, true,
           R"({"hooks":{"idTokenClaims":{"when":{"grant_type":"refresh_token"},"append":{"sub":"1"}}}})"},
    // oidcc-client-logout-test-plan, the part that concerns a native client
    Module{"oidcc-client-test-rp-init-logout"_L1, false, R"({})"},
    Module{"oidcc-client-test-rp-init-logout-other-state"_L1, false,
           R"({"hooks":{"endSessionResponse":{"append":{"state":"1"}}}})"},
    Module{"oidcc-client-test-rp-init-logout-no-state"_L1, false,
           R"({"hooks":{"endSessionResponse":{"remove":["state"]}}})"},
    // What the FAPI plans add to the same flow.
    Module{"fapi2-security-profile-final-client-test-invalid-authorization-response-iss"_L1, true,
           R"({"hooks":{"authorizationResponse":{"append":{"iss":"1"}}}})"},
    Module{"fapi2-security-profile-final-client-test-remove-authorization-response-iss"_L1, true,
           R"({"hooks":{"authorizationResponse":{"remove":["iss"]}}})"},
    Module{"fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-state-fails"_L1, true,
           R"({"hooks":{"authorizationResponse":{"append":{"state":"1"}}}})"},
    Module{"fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-missing-state-fails"_L1,
           true, R"({"hooks":{"authorizationResponse":{"remove":["state"]}}})"},
    Module{"fapi2-security-profile-final-client-test-invalid-missing-nonce"_L1, true,
           R"({"hooks":{"idTokenClaims":{"remove":["nonce"]}}})"},
    Module{"fapi2-security-profile-final-client-test-invalid-missing-iss"_L1, true,
           R"({"hooks":{"idTokenClaims":{"remove":["iss"]}}})"},
    Module{"fapi2-security-profile-final-client-test-invalid-missing-exp"_L1, true,
           R"({"hooks":{"idTokenClaims":{"remove":["exp"]}}})"},
    Module{"fapi2-security-profile-final-client-test-token-endpoint-response-without-expires_in"_L1, false,
           R"({"hooks":{"tokenResponse":{"remove":["expires_in"]}}})"},
    Module{"fapi2-security-profile-final-client-test-token-type-case-insensitivity"_L1, false,
           R"({"hooks":{"tokenResponse":{"set":{"token_type":"bEARER"}}}})"},
};
#undef SECP256K1

const Module *find(QStringView name)
{
    const auto found =
        std::find_if(modules.begin(), modules.end(), [name](const Module &module) { return module.name == name; });
    return found == modules.end() ? nullptr : &*found;
}

Result<void> changeClients(Context &context, const QJsonObject &clients)
{
    for (auto change = clients.begin(); change != clients.end(); ++change) {
        const Client *const known = context.directory.client(change.key());
        QJsonObject json = known ? known->toJson() : QJsonObject();
        const QJsonObject members = change.value().toObject();
        for (auto member = members.begin(); member != members.end(); ++member)
            json.insert(member.key(), member.value());
        auto client = Client::parse(change.key(), json);
        if (!client)
            return client.error();
        context.directory.putClient(*std::move(client));
    }
    return {};
}

} // namespace

QStringList moduleNames()
{
    QStringList names;
    for (const Module &module : modules)
        names.append(module.name);
    return names;
}

bool moduleExpectsRejection(QStringView name)
{
    const Module *const module = find(name);
    return module && module->isRejected;
}

Result<void> applyModule(Context &context, QStringView name)
{
    const Module *const module = find(name);
    if (!module)
        return Error{ErrorCode::InvalidArgument, u"there is no module "_s + name};
    QByteArray text(module->change);
    text.replace("{random}", randomName().toLatin1());
    const QJsonObject change = QJsonDocument::fromJson(text).object();
    context.hooks.clear();
    const QJsonObject hooks = change.value("hooks"_L1).toObject();
    for (auto hook = hooks.begin(); hook != hooks.end(); ++hook) {
        const auto point = hookPoint(hook.key());
        if (!point)
            return Error{ErrorCode::InvalidArgument, u"there is no hook point "_s + hook.key()};
        if (const auto done = context.hooks.set(*point, hook.value()); !done)
            return done.error();
    }
    return changeClients(context, change.value("clients"_L1).toObject());
}

} // namespace CountersignSandbox
