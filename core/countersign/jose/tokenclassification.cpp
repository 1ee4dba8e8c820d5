// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/tokenclassification.h>

#include <countersign/jose/base64url.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

struct Prefix
{
    QByteArrayView text;
    QLatin1StringView provider;
    QLatin1StringView kind;
};

// Documented or plainly visible token prefixes. Longer ones stand before shorter ones.
const std::array prefixes{
    Prefix{"github_pat_", "GitHub"_L1, "personal_access_token"_L1},
    Prefix{"ghp_", "GitHub"_L1, "personal_access_token"_L1},
    Prefix{"gho_", "GitHub"_L1, "access_token"_L1},
    Prefix{"ghu_", "GitHub"_L1, "access_token"_L1},
    Prefix{"ghs_", "GitHub"_L1, "installation_token"_L1},
    Prefix{"ghr_", "GitHub"_L1, "refresh_token"_L1},
    Prefix{"glpat-", "GitLab"_L1, "personal_access_token"_L1},
    Prefix{"gldt-", "GitLab"_L1, "deploy_token"_L1},
    Prefix{"glrt-", "GitLab"_L1, "runner_token"_L1},
    Prefix{"glcbt-", "GitLab"_L1, "job_token"_L1},
    Prefix{"gloas-", "GitLab"_L1, "client_secret"_L1},
    Prefix{"ya29.", "Google"_L1, "access_token"_L1},
    Prefix{"1//", "Google"_L1, "refresh_token"_L1},
    Prefix{"4/0", "Google"_L1, "authorization_code"_L1},
    Prefix{"GOCSPX-", "Google"_L1, "client_secret"_L1},
    Prefix{"AIza", "Google"_L1, "api_key"_L1},
    Prefix{"xoxb-", "Slack"_L1, "bot_token"_L1},
    Prefix{"xoxp-", "Slack"_L1, "user_token"_L1},
    Prefix{"xoxa-", "Slack"_L1, "access_token"_L1},
    Prefix{"xoxe.", "Slack"_L1, "access_token"_L1},
    Prefix{"xoxe-", "Slack"_L1, "refresh_token"_L1},
    Prefix{"xoxr-", "Slack"_L1, "refresh_token"_L1},
    Prefix{"xapp-", "Slack"_L1, "app_token"_L1},
    Prefix{"0.A", "Microsoft Entra"_L1, "refresh_token"_L1},
    Prefix{"1.A", "Microsoft Entra"_L1, "refresh_token"_L1},
    Prefix{"M.C", "Microsoft account"_L1, "refresh_token"_L1},
    Prefix{"M.R", "Microsoft account"_L1, "authorization_code"_L1},
    Prefix{"EwA", "Microsoft account"_L1, "access_token"_L1},
    Prefix{"EwB", "Microsoft account"_L1, "access_token"_L1},
    Prefix{"v1.M", "Auth0"_L1, "refresh_token"_L1},
    Prefix{"SSWS ", "Okta"_L1, "api_token"_L1},
    Prefix{"ATATT", "Atlassian"_L1, "api_token"_L1},
    Prefix{"hvs.", "HashiCorp Vault"_L1, "service_token"_L1},
    Prefix{"hvb.", "HashiCorp Vault"_L1, "batch_token"_L1},
    Prefix{"npm_", "npm"_L1, "access_token"_L1},
    Prefix{"pypi-", "PyPI"_L1, "api_token"_L1},
    Prefix{"dckr_pat_", "Docker"_L1, "personal_access_token"_L1},
    Prefix{"dop_v1_", "DigitalOcean"_L1, "personal_access_token"_L1},
    Prefix{"shpat_", "Shopify"_L1, "access_token"_L1},
    Prefix{"sk_live_", "Stripe"_L1, "api_key"_L1},
    Prefix{"hf_", "Hugging Face"_L1, "access_token"_L1},
    Prefix{"AKIA", "Amazon Web Services"_L1, "access_key_id"_L1},
};

bool isPaseto(QByteArrayView text)
{
    // PASETO: version, purpose, payload, optional footer.
    return text.size() > 3 && text[0] == 'v' && text[1] >= '1' && text[1] <= '4'
        && (text.sliced(2).startsWith(".public.") || text.sliced(2).startsWith(".local."));
}

bool isMacaroon(QByteArrayView text)
{
    const auto start = decodeBase64UrlLeniently(text.first(std::min<qsizetype>(text.size(), 64))).bytes;
    const bool isSecondFormat = start.startsWith("\x02\x01") && start.size() > 16;
    return isSecondFormat || (start.size() > 13 && start.sliced(4).startsWith("location "));
}

bool isSaml(QByteArrayView text)
{
    const auto start = decodeBase64UrlLeniently(text.first(std::min<qsizetype>(text.size(), 64))).bytes.trimmed();
    return text.startsWith("<saml") || start.startsWith("<saml") || start.startsWith("<Assertion")
        || start.startsWith("<?xml");
}

bool hasAny(const JsonObject &claims, std::initializer_list<QByteArrayView> names)
{
    return std::any_of(names.begin(), names.end(), [&claims](QByteArrayView name) { return claims.contains(name); });
}

bool hasAll(const JsonObject &claims, std::initializer_list<QByteArrayView> names)
{
    return std::all_of(names.begin(), names.end(), [&claims](QByteArrayView name) { return claims.contains(name); });
}

std::optional<TokenKind> kindByType(const JsonObject &header)
{
    auto type = header.string("typ").value_or(QString()).toLower();
    if (type.startsWith("application/"_L1))
        type.remove(0, 12);
    static const QList<std::pair<QLatin1StringView, TokenKind>> kinds{
        {"at+jwt"_L1, TokenKind::AccessToken},
        {"logout+jwt"_L1, TokenKind::LogoutToken},
        {"dpop+jwt"_L1, TokenKind::DpopProof},
        {"oauth-authz-req+jwt"_L1, TokenKind::RequestObject},
        {"token-introspection+jwt"_L1, TokenKind::IntrospectionResponse},
        {"secevent+jwt"_L1, TokenKind::SecurityEvent},
        {"kb+jwt"_L1, TokenKind::KeyBinding},
        {"vc+sd-jwt"_L1, TokenKind::SdJwt},
        {"dc+sd-jwt"_L1, TokenKind::SdJwt},
        {"client-authentication+jwt"_L1, TokenKind::ClientAssertion},
        {"pop"_L1, TokenKind::SignedHttpRequest},
    };
    for (const auto &[name, kind] : kinds) {
        if (type == name)
            return kind;
    }
    return {};
}

bool isEntraIssuer(QStringView issuer)
{
    return issuer.startsWith(u"https://sts.windows.net/") || issuer.startsWith(u"https://login.microsoftonline.")
        || issuer.startsWith(u"https://login.partner.microsoftonline.cn/");
}

std::optional<TokenKind> entraKind(const JsonObject &claims)
{
    if (!isEntraIssuer(claims.string("iss").value_or(QString()))
        || !hasAny(claims, {"scp", "appid", "appidacr", "azpacr", "idtyp"}))
        return {};
    return claims.string("ver") == u"1.0"_s ? TokenKind::EntraAccessTokenV1 : TokenKind::EntraAccessTokenV2;
}

} // namespace

QString identifier(TokenKind kind)
{
    switch (kind) {
    case TokenKind::Empty: return u"empty"_s;
    case TokenKind::Opaque: return u"opaque"_s;
    case TokenKind::Jwt: return u"jwt"_s;
    case TokenKind::Jws: return u"jws"_s;
    case TokenKind::IdToken: return u"id_token"_s;
    case TokenKind::AccessToken: return u"access_token"_s;
    case TokenKind::EntraAccessTokenV1: return u"entra_access_token_v1"_s;
    case TokenKind::EntraAccessTokenV2: return u"entra_access_token_v2"_s;
    case TokenKind::LogoutToken: return u"logout_token"_s;
    case TokenKind::DpopProof: return u"dpop_proof"_s;
    case TokenKind::SignedHttpRequest: return u"signed_http_request"_s;
    case TokenKind::ClientAssertion: return u"client_assertion"_s;
    case TokenKind::RequestObject: return u"request_object"_s;
    case TokenKind::AuthorizationResponse: return u"authorization_response"_s;
    case TokenKind::IntrospectionResponse: return u"introspection_response"_s;
    case TokenKind::SecurityEvent: return u"security_event"_s;
    case TokenKind::SdJwt: return u"sd_jwt"_s;
    case TokenKind::KeyBinding: return u"key_binding"_s;
    case TokenKind::Jwe: return u"jwe"_s;
    case TokenKind::JwsJson: return u"jws_json"_s;
    case TokenKind::JweJson: return u"jwe_json"_s;
    case TokenKind::Json: return u"json"_s;
    case TokenKind::Paseto: return u"paseto"_s;
    case TokenKind::Macaroon: return u"macaroon"_s;
    case TokenKind::SamlAssertion: return u"saml_assertion"_s;
    }
    Q_UNREACHABLE(); // all enumerators are above
    return {};
}

TokenKind classifyJwt(const JsonObject &header, const JsonObject &claims)
{
    if (const auto kind = kindByType(header))
        return *kind;
    const auto events = claims.object("events");
    if (events && events->contains("http://schemas.openid.net/event/backchannel-logout"))
        return TokenKind::LogoutToken;
    if (hasAll(claims, {"at", "cnf"}) || hasAll(claims, {"at", "ts"}))
        return TokenKind::SignedHttpRequest;
    if (hasAll(claims, {"htm", "htu"}))
        return TokenKind::DpopProof;
    if (claims.contains("_sd") || claims.contains("_sd_alg"))
        return TokenKind::SdJwt;
    if (hasAll(claims, {"client_id", "response_type"}) || hasAll(claims, {"client_id", "redirect_uri"}))
        return TokenKind::RequestObject;
    if (hasAll(claims, {"iss", "aud", "exp"}) && !claims.contains("sub")
        && hasAny(claims, {"code", "error", "response"}))
        return TokenKind::AuthorizationResponse;
    if (const auto kind = entraKind(claims))
        return *kind;
    const auto issuer = claims.value("iss").utf8();
    if (issuer && claims.value("sub").isString(*issuer) && hasAll(claims, {"aud", "exp"}))
        return TokenKind::ClientAssertion;
    if (hasAny(claims, {"nonce", "at_hash", "c_hash", "s_hash"}))
        return TokenKind::IdToken;
    if (hasAll(claims, {"iss", "sub", "aud", "exp", "iat"}) && !hasAny(claims, {"scope", "scp", "client_id", "roles"}))
        return TokenKind::IdToken;
    return TokenKind::Jwt;
}

OpaqueGuess classifyOpaque(QByteArrayView text)
{
    if (isPaseto(text))
        return {TokenKind::Paseto, {}, {}};
    for (const auto &prefix : prefixes) {
        if (text.startsWith(prefix.text))
            return {TokenKind::Opaque, prefix.provider, prefix.kind};
    }
    if (isSaml(text))
        return {TokenKind::SamlAssertion, {}, {}};
    if (isMacaroon(text))
        return {TokenKind::Macaroon, {}, {}};
    // Okta's API tokens: 42 characters that start with two zeros.
    if (text.size() == 42 && text.startsWith("00"))
        return {TokenKind::Opaque, u"Okta"_s, u"api_token"_s};
    return {};
}

} // namespace Countersign::Jose
