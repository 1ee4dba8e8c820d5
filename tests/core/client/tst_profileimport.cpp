// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/profileimport.h>

#include <countersign/jose/base64url.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;

namespace {

QByteArray tokenOf(const QByteArray &claims)
{
    return Jose::encodeBase64Url(R"({"alg":"RS256"})") + '.' + Jose::encodeBase64Url(claims) + ".c2ln";
}

} // namespace

class TestProfileImport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aProfileIsFound_data();
    void aProfileIsFound();
    void secretsAreLeftOutAndNamed_data();
    void secretsAreLeftOutAndNamed();
    void anAuthorizationUrlGivesItsParameters();
    void severalProfilesAreAllFound();
    void whatIsFoundTwiceIsThereOnce();
    void namesTellProfilesApart();
    void whatNamesNoScopesGetsTheUsualOnes_data();
    void whatNamesNoScopesGetsTheUsualOnes();
    void nothingIsFoundInNothing_data();
    void nothingIsFoundInNothing();
    void whatIsMissingIsNamed();
    void anExportIsReadBack();
    void anExportNamesNobody();
    void onlyEntraHasAppSettings();
};

void TestProfileImport::aProfileIsFound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("clientId");
    const auto row = [](const char *name, const QByteArray &text, const char *source, const char *issuer,
                        const char *client) {
        QTest::newRow(name) << text << QString::fromLatin1(source) << QString::fromLatin1(issuer)
                            << QString::fromLatin1(client);
    };
    row("Microsoft.Identity.Web: AzureAd",
        R"({"AzureAd":{"Instance":"https://login.microsoftonline.com/","TenantId":"contoso.com","ClientId":"c1"}})",
        "appsettings", "https://login.microsoftonline.com/contoso.com", "c1");
    row("appsettings with comments and a trailing comma",
        "{ // ours\n \"AzureAd\": { \"TenantId\": \"t\", \"ClientId\": \"c\", }, }", "appsettings",
        "https://login.microsoftonline.com/t", "c");
    row("Microsoft.Identity.Web: AzureAdB2C",
        R"({"AzureAdB2C":{"Instance":"https://x.b2clogin.com","Domain":"x.onmicrosoft.com","ClientId":"c",)"
        R"("SignUpSignInPolicyId":"B2C_1_susi"}})",
        "appsettings", "https://x.b2clogin.com/x.onmicrosoft.com/B2C_1_susi", "c");
    row("msal-browser in its script",
        "const msalConfig = { auth: { clientId: 'c2', authority: 'https://login.microsoftonline.com/common' } };",
        "msal_configuration", "https://login.microsoftonline.com/common", "c2");
    row("MSAL for Android",
        R"({"client_id":"c3","redirect_uri":"msauth://p/h","authorities":[{"type":"AAD",)"
        R"("audience":{"type":"AzureADMyOrg","tenant_id":"t3"}}]})",
        "msal_configuration", "https://login.microsoftonline.com/t3", "c3");
    row("Google's client file", R"({"installed":{"client_id":"1.apps","project_id":"p","client_secret":"GOCSPX-x"}})",
        "google_client", "https://accounts.google.com", "1.apps");
    row("keycloak.json", R"({"realm":"r","auth-server-url":"https://k.example/auth/","resource":"app"})", "keycloak",
        "https://k.example/auth/realms/r", "app");
    row("auth0-react", R"({"domain":"x.auth0.com","clientId":"c4","authorizationParams":{"audience":"urn:a"}})",
        "auth0", "https://x.auth0.com/", "c4");
    row("oidc-client-ts", R"({"authority":"https://id.example","client_id":"c5","scope":"openid a"})",
        "issuer_and_client", "https://id.example", "c5");
    row("a section of its own", R"({"server":{"port":1},"oidc":{"issuer":"https://id.example","clientId":"c6"}})",
        "issuer_and_client", "https://id.example", "c6");
    row("OIDC Discovery 4.2", R"({"issuer":"https://id.example","authorization_endpoint":"https://id.example/a"})",
        "discovery_document", "https://id.example", "");
    row("OIDC Discovery 4", "https://id.example/t/.well-known/openid-configuration", "well_known",
        "https://id.example/t", "");
    row("RFC 8414 3.1", "https://id.example/.well-known/oauth-authorization-server/t", "well_known",
        "https://id.example/t", "");
    row("an issuer", "https://id.example/t", "issuer", "https://id.example/t", "");
    row("Entra's endpoint", "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/authorize?client_id=c7",
        "authorization_url", "https://login.microsoftonline.com/contoso.com", "c7");
    row("Keycloak's endpoint", "https://k.example/realms/r/protocol/openid-connect/auth?client_id=c8",
        "authorization_url", "https://k.example/realms/r", "c8");
    row("Okta's endpoint", "https://o.okta.com/oauth2/default/v1/authorize?client_id=c9", "authorization_url",
        "https://o.okta.com/oauth2/default", "c9");
    row("Auth0's endpoint", "https://x.auth0.com/authorize?client_id=c10", "authorization_url", "https://x.auth0.com/",
        "c10");
    row("Azure.Identity", "AZURE_TENANT_ID=t\nAZURE_CLIENT_ID=c\n", "environment",
        "https://login.microsoftonline.com/t", "c");
    row("a .env file", "# x\nexport OIDC_ISSUER=\"https://id.example\"\nOIDC_CLIENT_ID='c'\n", "environment",
        "https://id.example", "c");
    row("Okta's variables", "OKTA_OAUTH2_ISSUER=https://o.okta.com/oauth2/default\nOKTA_OAUTH2_CLIENT_ID=c",
        "environment", "https://o.okta.com/oauth2/default", "c");
    row("GitLab's host", "GITLAB_HOST=gitlab.example", "environment", "https://gitlab.example", "");
    row("an ID token", tokenOf(R"({"iss":"https://id.example","sub":"s","aud":"c11"})"), "token", "https://id.example",
        "c11");
    row("Entra's v1 access token",
        "Authorization: Bearer "
            + tokenOf(R"({"iss":"https://sts.windows.net/t/","aud":"https://graph.microsoft.com","appid":"c12"})"),
        "token", "https://login.microsoftonline.com/t", "c12");
    row("our own file",
        R"({"profiles":[{"id":"x","kind":"oidc","issuer":"https://id.example","client_id":"c13"}],"version":1})",
        "countersign", "https://id.example", "c13");
}

void TestProfileImport::aProfileIsFound()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, source);
    QFETCH(QString, issuer);
    QFETCH(QString, clientId);
    const auto found = importProfiles(text);
    QVERIFY2(found.hasValue(), qPrintable(found ? QString() : found.error().message()));
    QCOMPARE(found->size(), 1);
    QCOMPARE(found->first().source, source);
    QCOMPARE(found->first().profile.issuer, issuer);
    QCOMPARE(found->first().profile.clientId, clientId);
    QVERIFY(!found->first().profile.name.isEmpty());
    QVERIFY(found->first().profile.authority().hasValue());
}

void TestProfileImport::secretsAreLeftOutAndNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("appsettings") << QByteArray(
        R"({"AzureAd":{"TenantId":"t","ClientId":"c","ClientSecret":"canary","Scopes":"a"}})");
    QTest::newRow("environment") << QByteArray("AZURE_CLIENT_ID=c\nAZURE_TENANT_ID=t\nAZURE_CLIENT_SECRET=canary\n");
    QTest::newRow("google") << QByteArray(R"({"web":{"client_id":"c","client_secret":"canary"}})");
    QTest::newRow("keycloak") << QByteArray(
        R"({"realm":"r","auth-server-url":"https://k","resource":"c","credentials":{"secret":"canary"}})");
}

void TestProfileImport::secretsAreLeftOutAndNamed()
{
    QFETCH(QByteArray, text);
    const auto found = importProfiles(text);
    QVERIFY(found.hasValue());
    QVERIFY(found->first().hadSecret);
    const auto json = exportProfile(found->first().profile, ProfileFormat::Json);
    QVERIFY(json.hasValue() && !json->contains("canary"));
}

void TestProfileImport::anAuthorizationUrlGivesItsParameters()
{
    const auto found =
        importProfiles("https://id.example/connect/authorize?client_id=c&response_type=code&scope=openid+b"
                       "&redirect_uri=http%3A%2F%2F127.0.0.1%3A8400%2Fcb&state=s&nonce=n&resource=urn%3Ar"
                       "&code_challenge=x&code_challenge_method=S256&kc_idp_hint=corp&prompt=login");
    QVERIFY(found.hasValue());
    const auto &profile = found->first().profile;
    QVERIFY(found->first().isIssuerGuessed);
    QCOMPARE(profile.issuer, u"https://id.example"_s);
    QCOMPARE(profile.redirectUri, u"http://127.0.0.1:8400/cb"_s);
    QCOMPARE(profile.scopes.toString(), u"b openid"_s);
    QCOMPARE(profile.resources, QStringList{u"urn:r"_s});
    QCOMPARE(profile.prompts, QStringList{u"login"_s});
    // What belongs to one request (state, nonce, challenge) is no setting.
    QCOMPARE(profile.extra.size(), 1);
    QCOMPARE(profile.extra.first().name, u"kc_idp_hint"_s);
    QVERIFY(!profile.wantsRefreshToken);
    // Contract C23: at Microsoft the reserved scopes are the library's to ask for.
    const auto entra = importProfiles("https://login.microsoftonline.com/t/oauth2/v2.0/authorize?client_id=c"
                                      "&scope=openid%20profile%20User.Read%20offline_access");
    QCOMPARE(entra->first().profile.scopes.toString(), u"User.Read"_s);
}

void TestProfileImport::severalProfilesAreAllFound()
{
    const auto found = importProfiles("AZURE_CLIENT_ID=a\nAZURE_TENANT_ID=t\nAUTH0_DOMAIN=x.auth0.com\n"
                                      "KEYCLOAK_URL=https://k\nKEYCLOAK_REALM=r\n");
    QVERIFY(found.hasValue());
    QCOMPARE(found->size(), 3);
}

void TestProfileImport::whatIsFoundTwiceIsThereOnce()
{
    // Terraform's variables beside those of the SDKs.
    const auto found = importProfiles("AZURE_CLIENT_ID=a\nAZURE_TENANT_ID=t\nARM_CLIENT_ID=a\nARM_TENANT_ID=t\n"
                                      "ARM_CLIENT_SECRET=canary\n");
    QVERIFY(found.hasValue());
    QCOMPARE(found->size(), 1);
    QVERIFY(found->first().hadSecret);
}

void TestProfileImport::namesTellProfilesApart()
{
    const auto found = importProfiles(R"({"portal":{"issuer":"https://id.example","client_id":"one"},)"
                                      R"("desk":{"issuer":"https://id.example","client_id":"two"}})");
    QVERIFY(found.hasValue());
    QCOMPARE(found->size(), 2);
    QCOMPARE(found->at(0).profile.name, u"id.example"_s);
    QCOMPARE(found->at(1).profile.name, u"id.example (two)"_s);
    // A host of many tenants is no name.
    const auto entra = importProfiles(R"({"AzureAd":{"TenantId":"contoso.com","ClientId":"c"}})");
    QCOMPARE(entra->first().profile.name, u"Microsoft Entra ID (contoso.com)"_s);
}

void TestProfileImport::whatNamesNoScopesGetsTheUsualOnes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("scopes");
    QTest::newRow("any provider, OIDC Core 5.4")
        << QByteArray("OIDC_ISSUER=https://id.example\nOIDC_CLIENT_ID=c\n") << u"offline_access openid profile"_s;
    QTest::newRow("the provider's preset")
        << QByteArray(R"({"installed":{"client_id":"c","project_id":"p"}})") << u"email openid profile"_s;
    QTest::newRow("Microsoft") << QByteArray("AZURE_CLIENT_ID=c\nAZURE_TENANT_ID=t\n") << u"User.Read"_s;
    QTest::newRow("what is said counts") << QByteArray(
        "OIDC_ISSUER=https://id.example\nOIDC_CLIENT_ID=c\nOIDC_SCOPE=api\n")
                                         << u"api"_s;
    QTest::newRow("reserved ones are said, too")
        << QByteArray("https://login.microsoftonline.com/t/oauth2/v2.0/authorize?client_id=c&scope=openid")
        << QString();
    QTest::newRow("our own, without") << QByteArray(
        R"({"kind":"oidc","id":"x","issuer":"https://id.example","client_id":"c"})")
                                      << QString();
}

void TestProfileImport::whatNamesNoScopesGetsTheUsualOnes()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, scopes);
    const auto found = importProfiles(text);
    QVERIFY(found.hasValue());
    QCOMPARE(found->first().profile.scopes.toString(), scopes);
    auto complete = found->first().profile;
    complete.id = u"x"_s;
    QVERIFY(complete.configuration().hasValue());
}

void TestProfileImport::nothingIsFoundInNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("prose") << QByteArray("Dear Ada, see you at { 5 }.");
    QTest::newRow("JSON of something else") << QByteArray(R"({"a":{"b":1}})");
    QTest::newRow("a redirect") << QByteArray("https://app.example/cb?code=abc&state=x");
    QTest::newRow("other variables") << QByteArray("PATH=/usr/bin\nHOME=/root\n");
    QTest::newRow("a token without an address as issuer") << tokenOf(R"({"iss":"me","sub":"s"})");
}

void TestProfileImport::nothingIsFoundInNothing()
{
    QFETCH(QByteArray, text);
    const auto found = importProfiles(text);
    QVERIFY(!found);
    QCOMPARE(found.error().code(), ErrorCode::InvalidArgument);
}

void TestProfileImport::whatIsMissingIsNamed()
{
    const auto found = importProfiles("https://id.example/.well-known/openid-configuration");
    QVERIFY(found.hasValue());
    QCOMPARE(found->first().missing, QStringList{u"client_id"_s});
}

void TestProfileImport::anExportIsReadBack()
{
    Profile profile;
    profile.id = u"x"_s;
    profile.name = u"Ours"_s;
    profile.issuer = u"https://id.example"_s;
    profile.clientId = u"c"_s;
    profile.scopes = ScopeSet{u"a"_s, u"openid"_s};
    const auto json = exportProfile(profile, ProfileFormat::Json);
    QVERIFY(json.hasValue());
    auto found = importProfiles(*json);
    QVERIFY(found.hasValue());
    found->first().profile.id = profile.id;
    QCOMPARE(found->first().profile, profile);
    const auto lines = exportProfile(profile, ProfileFormat::Variables);
    QVERIFY(lines.hasValue());
    const auto again = importProfiles(*lines);
    QVERIFY(again.hasValue());
    QCOMPARE(again->first().profile.scopes, profile.scopes);
}

void TestProfileImport::anExportNamesNobody()
{
    Profile profile;
    profile.id = u"x"_s;
    profile.issuer = u"https://id.example"_s;
    profile.clientId = u"c"_s;
    profile.loginHint = u"ada@example.org"_s;
    profile.unknown = {{u"surprise"_s, u"canary"_s}};
    const auto json = exportProfile(profile, ProfileFormat::Json);
    QVERIFY(json.hasValue() && !json->contains("ada@") && !json->contains("canary"));
}

void TestProfileImport::onlyEntraHasAppSettings()
{
    Profile profile;
    profile.issuer = u"https://id.example"_s;
    QCOMPARE(exportProfile(profile, ProfileFormat::AppSettings).error().code(), ErrorCode::NotSupported);
    profile.kind = Profile::Kind::Entra;
    profile.issuer = u"https://login.microsoftonline.com/contoso.com"_s;
    profile.clientId = u"c"_s;
    const auto text = exportProfile(profile, ProfileFormat::AppSettings);
    QVERIFY(text.hasValue());
    const auto again = importProfiles(*text);
    QVERIFY(again.hasValue());
    QCOMPARE(again->first().profile.issuer, profile.issuer);
}

QTEST_GUILESS_MAIN(TestProfileImport)
#include "tst_profileimport.moc"
