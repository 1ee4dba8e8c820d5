// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/sampletokens.h"

#include <countersign/jose/base64url.h>

#include <QtCore/QCoreApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct SampleWords
{
    Q_DECLARE_TR_FUNCTIONS(SampleTokens)
};

const QByteArray entraV1 =
    R"({"aud":"https://graph.microsoft.com","iss":"https://sts.windows.net/7a433bfc-2514-4697-b467-e0933190487f/",)"
    R"("iat":@iat,"nbf":@nbf,"exp":@exp,"acct":0,"acr":"1","aio":"ATQAy/8VAAAA","amr":["pwd","mfa"],)"
    R"("app_displayname":"Contoso dev","appid":"04b07795-8ddb-461a-bbee-02f9e1bf7b46","appidacr":"0",)"
    R"("family_name":"Lovelace","given_name":"Ada","idtyp":"user","ipaddr":"192.0.2.7","name":"Ada Lovelace",)"
    R"("oid":"7c1d1c1e-1111-4f1e-9a1e-0d7a9b2f3c4d","rh":"0.AX0A","scp":"User.Read openid profile email",)"
    R"("sub":"l3_roISQU222bULS9yi2k0XpqpOiMz5H3ZACo1GeXA","tid":"7a433bfc-2514-4697-b467-e0933190487f",)"
    R"("unique_name":"ada@contoso.example","upn":"ada@contoso.example","uti":"fqiBqXLPj0eQa82S","ver":"1.0",)"
    R"("wids":["b79fbf4d-3ef9-4689-8143-76b194e85509"],"xms_cc":["cp1"]})";

const QByteArray entraV2 =
    R"({"aud":"6e74172b-be56-4843-9ff4-e66a39bb12e3",)"
    R"("iss":"https://login.microsoftonline.com/7a433bfc-2514-4697-b467-e0933190487f/v2.0","iat":@iat,"nbf":@nbf,)"
    R"("exp":@exp,"azp":"6e74172b-be56-4843-9ff4-e66a39bb12e3","azpacr":"0","name":"Ada Lovelace",)"
    R"("oid":"7c1d1c1e-1111-4f1e-9a1e-0d7a9b2f3c4d","preferred_username":"ada@contoso.example",)"
    R"("scp":"access_as_user","sub":"HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",)"
    R"("tid":"7a433bfc-2514-4697-b467-e0933190487f","uti":"fqiBqXLPj0eQa82S-IYFAA","ver":"2.0"})";

const QByteArray google =
    R"({"iss":"https://accounts.google.com","azp":"1234987819200.apps.googleusercontent.com",)"
    R"("aud":"1234987819200.apps.googleusercontent.com","sub":"10769150350006150715113082367",)"
    R"("at_hash":"HK6E_P6Dh8Y93mRNtsDB1Q","hd":"example.org","email":"ada@example.org","email_verified":true,)"
    R"("iat":@iat,"exp":@exp,"nonce":"0394852-3190485-2490358","name":"Ada Lovelace"})";

const QByteArray keycloak =
    R"({"exp":@exp,"iat":@iat,"auth_time":@auth,"jti":"b0f2d8e0-1f0a-4a7e-8a53-0d5dc1f7b1f3",)"
    R"("iss":"https://sso.example.org/realms/lab","aud":"account","sub":"f1f2d8e0-1f0a-4a7e-8a53-0d5dc1f7b1f3",)"
    R"("typ":"Bearer","azp":"lab-desktop","sid":"5a1f","acr":"1","allowed-origins":["https://app.example.org"],)"
    R"("realm_access":{"roles":["offline_access","uma_authorization"]},)"
    R"("resource_access":{"account":{"roles":["manage-account","view-profile"]}},"scope":"openid email profile",)"
    R"("email_verified":true,"name":"Ada Lovelace","preferred_username":"ada","email":"ada@example.org"})";

const QByteArray gitlabJob =
    R"({"namespace_path":"lab","project_path":"lab/engine","user_login":"ada","pipeline_source":"push",)"
    R"("ref":"main","ref_type":"branch","ref_protected":"true","environment":"production",)"
    R"("runner_environment":"gitlab-hosted","sub":"project_path:lab/engine:ref_type:branch:ref:main",)"
    R"("iss":"https://gitlab.com","iat":@iat,"nbf":@nbf,"exp":@exp,"aud":"https://vault.example.org","jti":"9d7c"})";

const QByteArray broken = R"({"sub":"ada","sub":"eve","exp":@exp000,"iss":"http://login.example","admin":true,})";

QByteArray made(QByteArray claims, const QByteArray &header, qint64 now)
{
    const auto put = [&claims](QByteArrayView name, qint64 seconds) {
        claims.replace(name.toByteArray(), QByteArray::number(seconds));
    };
    put("@iat", now - 1080);
    put("@nbf", now - 1080);
    put("@exp", now + 2520);
    put("@auth", now - 7200);
    return Jose::encodeBase64Url(header) + '.' + Jose::encodeBase64Url(claims) + '.'
        + Jose::encodeBase64Url(QByteArray(256, 's'));
}

} // namespace

QList<SampleToken> sampleTokens(const QDateTime &at)
{
    const auto now = at.toSecsSinceEpoch();
    const auto rs256 = QByteArrayLiteral(R"({"typ":"JWT","alg":"RS256","kid":"sample-key-1"})");
    const auto microsoft = QByteArrayLiteral(
        R"({"typ":"JWT","nonce":"made-up","alg":"RS256","x5t":"c2FtcGxlLWtleS0xLWZvci1p","kid":"sample-key-1"})");
    const auto none = QByteArrayLiteral(R"({"alg":"none","kid":"../../etc/passwd"})");
    return {{SampleWords::tr("Microsoft Entra, version 1.0 (Graph)"), made(entraV1, microsoft, now)},
            {SampleWords::tr("Microsoft Entra, version 2.0"), made(entraV2, rs256, now)},
            {SampleWords::tr("Google ID token"), made(google, rs256, now)},
            {SampleWords::tr("Keycloak access token"), made(keycloak, rs256, now)},
            {SampleWords::tr("GitLab job token"), made(gitlabJob, rs256, now)},
            {SampleWords::tr("A broken one"), made(broken, none, now)}};
}

} // namespace Countersign::Desktop
