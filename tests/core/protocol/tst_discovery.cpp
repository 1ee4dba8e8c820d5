// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/formcodec.h>
#include <countersign/protocol/discovery.h>
#include <countersign/protocol/instancediscovery.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);
const auto tenant = u"72f988bf-86f1-41af-91ab-2d7cd011db47"_s;
const auto otherTenant = u"11111111-2222-3333-4444-555555555555"_s;

Authority issuer(const QString &text = u"https://op.example/realms/one"_s)
{
    return *Authority::oidc(text);
}

QJsonObject sound(const QString &of = u"https://op.example/realms/one"_s)
{
    return {{u"issuer"_s, of},
            {u"authorization_endpoint"_s, u"https://op.example/auth"_s},
            {u"token_endpoint"_s, u"https://op.example/token"_s},
            {u"jwks_uri"_s, u"https://op.example/keys"_s}};
}

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

ErrorCause causeOf(const Result<ProviderMetadata> &result)
{
    return result ? ErrorCause::Unspecified : result.error().cause();
}

} // namespace

class TestDiscovery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void b94TheIssuerIsEqualByteForByte_data()
    {
        QTest::addColumn<QString>("said");
        QTest::newRow("OIDF module discovery-issuer-mismatch") << u"https://op.example/realms/oneINVALID"_s;
        QTest::newRow("a slash more") << u"https://op.example/realms/one/"_s;
        QTest::newRow("letter case of the host") << u"https://OP.example/realms/one"_s;
        QTest::newRow("the default port") << u"https://op.example:443/realms/one"_s;
        QTest::newRow("an escape") << u"https://op.example/realms/%6fne"_s;
        QTest::newRow("http") << u"http://op.example/realms/one"_s;
        QTest::newRow("another realm") << u"https://op.example/realms/two"_s;
        QTest::newRow("none") << QString();
    }

    void b94TheIssuerIsEqualByteForByte()
    {
        QFETCH(const QString, said);
        QVERIFY(parseMetadata(issuer(), json(sound())).hasValue());
        const auto refused = parseMetadata(issuer(), json(sound(said)));
        QVERIFY(!refused.hasValue());
        QCOMPARE(refused.error().code(), ErrorCode::SecurityCheckFailed);
        QCOMPARE(refused.error().cause(), ErrorCause::DiscoveryIssuerMismatch);
        QCOMPARE(refused.error().actual(), said);
    }

    void b95TheWellKnownPathIsAppendedOrInserted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("openId");
        QTest::addColumn<QString>("oauth");
        QTest::newRow("OpenID Connect Discovery §4, RFC 8414 §3.1: with path")
            << u"https://op.example/realms/one"_s << u"https://op.example/realms/one/.well-known/openid-configuration"_s
            << u"https://op.example/.well-known/oauth-authorization-server/realms/one"_s;
        QTest::newRow("without path") << u"https://op.example"_s
                                      << u"https://op.example/.well-known/openid-configuration"_s
                                      << u"https://op.example/.well-known/oauth-authorization-server"_s;
        QTest::newRow("a slash at the end is no path")
            << u"https://op.example/"_s << u"https://op.example/.well-known/openid-configuration"_s
            << u"https://op.example/.well-known/oauth-authorization-server"_s;
        QTest::newRow("a port") << u"https://op.example:8443/a"_s
                                << u"https://op.example:8443/a/.well-known/openid-configuration"_s
                                << u"https://op.example:8443/.well-known/oauth-authorization-server/a"_s;
    }

    void b95TheWellKnownPathIsAppendedOrInserted()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, openId);
        QFETCH(const QString, oauth);
        QCOMPARE(discoveryUrl(issuer(text)).toString(), openId);
        QCOMPARE(authorizationServerUrl(issuer(text)).toString(), oauth);
    }

    void contractC38WhereMicrosoftsMetadataLies_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::newRow("Entra: no double slash")
            << u"https://login.microsoftonline.com/common/"_s
            << u"https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"_s;
        QTest::newRow("CIAM")
            << u"https://contoso.ciamlogin.com"_s
            << u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration"_s;
        QTest::newRow("B2C") << u"https://contoso.b2clogin.com/contoso/flow"_s
                             << u"https://contoso.b2clogin.com/contoso/flow/v2.0/.well-known/openid-configuration"_s;
        QTest::newRow("ADFS: no /v2.0") << u"https://contoso.example/adfs"_s
                                        << u"https://contoso.example/adfs/.well-known/openid-configuration"_s;
    }

    void contractC38WhereMicrosoftsMetadataLies()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, url);
        QCOMPARE(discoveryUrl(*Authority::parse(text)).toString(), url);
    }

    void b96OnlyStrictJsonOfThatSizeIsRead_data()
    {
        QTest::addColumn<QByteArray>("document");
        const auto whole = json(sound());
        QTest::newRow("no JSON") << QByteArray("<html>");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("cut off") << whole.chopped(1);
        QTest::newRow("RFC 7493 §2.3: a name twice")
            << QByteArray(whole.chopped(1) + ",\"issuer\":\"https://evil.example\"}");
        QTest::newRow("trailing data") << QByteArray(whole + "{}");
        QTest::newRow("larger than 256 KiB") << QByteArray(whole + QByteArray(256 * 1024, ' '));
        QTest::newRow("deeper than 16") << QByteArray(whole.chopped(1) + ",\"x\":" + QByteArray(17, '[')
                                                      + QByteArray(17, ']') + '}');
        QTest::newRow("an endpoint that is no text") << QByteArray(whole).replace("\"https://op.example/token\"", "7");
        QTest::newRow("a list that is no list") << QByteArray(whole.chopped(1) + ",\"scopes_supported\":\"openid\"}");
        QTest::newRow("no token endpoint") << QByteArray(whole).replace("token_endpoint", "token_endpoin");
    }

    void b96OnlyStrictJsonOfThatSizeIsRead()
    {
        QFETCH(const QByteArray, document);
        const auto refused = parseMetadata(issuer(), document);
        QVERIFY(!refused.hasValue());
        QCOMPARE(refused.error().code(), ErrorCode::InvalidResponse);
    }

    void b97EndpointsArePlainHttpsAddresses_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        const QStringList members{u"authorization_endpoint"_s,
                                  u"token_endpoint"_s,
                                  u"jwks_uri"_s,
                                  u"userinfo_endpoint"_s,
                                  u"device_authorization_endpoint"_s,
                                  u"revocation_endpoint"_s,
                                  u"introspection_endpoint"_s,
                                  u"end_session_endpoint"_s,
                                  u"pushed_authorization_request_endpoint"_s};
        const QStringList bad{u"http://op.example/x"_s,
                              u"/x"_s,
                              u"https:///x"_s,
                              u"https://a:b@op.example/x"_s,
                              u"https://op.example/x#y"_s,
                              u"javascript:alert(1)"_s,
                              u"file:///etc/passwd"_s,
                              u"http://localhost/x"_s};
        for (const auto &member : members) {
            for (const auto &value : bad)
                QTest::newRow(qPrintable(QString(member + u' ' + value))) << member << value;
        }
    }

    void b97EndpointsArePlainHttpsAddresses()
    {
        QFETCH(const QString, member);
        QFETCH(const QString, value);
        auto document = sound();
        document.insert(member, value);
        QCOMPARE(causeOf(parseMetadata(issuer(), json(document))), ErrorCause::DiscoveryInvalid);
    }

    void b97HttpIsForLoopbackIssuersAndTheirLoopbackEndpoints()
    {
        const auto local = u"http://127.0.0.1:8080"_s;
        auto document = sound(local);
        document.insert(u"token_endpoint"_s, u"http://127.0.0.1:8080/token"_s);
        QVERIFY(parseMetadata(issuer(local), json(document)).hasValue());
        document.insert(u"token_endpoint"_s, u"http://op.example/token"_s);
        QCOMPARE(causeOf(parseMetadata(issuer(local), json(document))), ErrorCause::DiscoveryInvalid);
    }

    void issuersOfMicrosoftsAuthorities_data()
    {
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("said");
        QTest::addColumn<bool>("isAccepted");
        const auto row = [](const char *name, const QString &authority, const QString &said, bool isAccepted) {
            QTest::newRow(name) << authority << said << isAccepted;
        };
        const auto entra = u"https://login.microsoftonline.com/"_s;
        const auto any = u"https://login.microsoftonline.com/{tenantid}/v2.0"_s;
        const auto of = [](const QString &id) {
            return QString(u"https://login.microsoftonline.com/"_s + id + u"/v2.0"_s);
        };
        row("B.103: common has the template", entra + u"common"_s, any, true);
        row("B.103: organizations has the template", entra + u"organizations"_s, any, true);
        row("B.103: common with a tenant", entra + u"common"_s, of(tenant), false);
        row("B.103: a tenant with the template", entra + tenant, any, false);
        row("B.105: a domain has some GUID", entra + u"contoso.onmicrosoft.com"_s, of(tenant), true);
        row("B.105: a domain never has a domain", entra + u"contoso.onmicrosoft.com"_s,
            of(u"contoso.onmicrosoft.com"_s), false);
        row("a GUID has itself", entra + tenant, of(tenant), true);
        row("a GUID has no other", entra + tenant, of(otherTenant), false);
        row("B.106: consumers", entra + u"consumers"_s, of(u"9188040d-6c67-4c5b-b112-36a304b66dad"_s), true);
        row("B.106: consumers with another tenant", entra + u"consumers"_s, of(tenant), false);
        row("an alias of the cloud", u"https://login.windows.net/common"_s, any, true);
        row("another cloud", u"https://login.microsoftonline.us/common"_s, any, false);
        row("another host", u"https://evil.example/common"_s, any, false);
        row("B.107: a version 1 issuer in version 2 metadata", entra + tenant,
            QString(u"https://sts.windows.net/"_s + tenant + u'/'), false);
        const auto b2c = u"https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_si"_s;
        row("B.108: B2C", b2c, QString(u"https://contoso.b2clogin.com/"_s + tenant + u"/v2.0/"_s), true);
        row("B.108: B2C with the policy", b2c,
            QString(u"https://contoso.b2clogin.com/tfp/"_s + tenant + u"/b2c_1_si/v2.0/"_s), true);
        row("B.108: B2C with another policy", b2c,
            QString(u"https://contoso.b2clogin.com/tfp/"_s + tenant + u"/b2c_1_other/v2.0/"_s), false);
        row("B.108: B2C on another host", b2c, QString(u"https://fabrikam.b2clogin.com/"_s + tenant + u"/v2.0/"_s),
            false);
        row("B.108: B2C with a query", b2c, QString(u"https://contoso.b2clogin.com/"_s + tenant + u"/v2.0/?p=x"_s),
            false);
        const auto ciam = u"https://contoso.ciamlogin.com"_s;
        row("B.108: CIAM", ciam, QString(u"https://"_s + tenant + u".ciamlogin.com/"_s + tenant + u"/v2.0"_s), true);
        row("B.108: CIAM on its own host", ciam, QString(u"https://contoso.ciamlogin.com/"_s + tenant + u"/v2.0"_s),
            true);
        row("B.108: CIAM, host and path differ", ciam,
            QString(u"https://"_s + otherTenant + u".ciamlogin.com/"_s + tenant + u"/v2.0"_s), false);
        row("B.108: ADFS exactly", u"https://fs.example/adfs"_s, u"https://fs.example/adfs"_s, true);
        row("B.108: ADFS, not the same host alone", u"https://fs.example/adfs"_s, u"https://fs.example/other"_s, false);
    }

    void issuersOfMicrosoftsAuthorities()
    {
        QFETCH(const QString, authority);
        QFETCH(const QString, said);
        QFETCH(const bool, isAccepted);
        QCOMPARE(isIssuerOf(*Authority::parse(authority), said), isAccepted);
    }

    void contractC38WhatMsalAcceptsForANamedIssuer_data()
    {
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("said");
        QTest::addColumn<bool>("isAccepted");
        const auto row = [](const char *name, const QString &authority, const QString &said, bool isAccepted) {
            QTest::newRow(name) << authority << said << isAccepted;
        };
        const auto own = u"https://contoso.com/tenant"_s;
        row("1: a slash", own, u"https://contoso.com/tenant/"_s, true);
        row("2: the same scheme and host", own, u"https://contoso.com/other"_s, true);
        row("2: another scheme", own, u"http://contoso.com/tenant"_s, false);
        row("3: CIAM by the path", own, u"https://tenant.ciamlogin.com"_s, true);
        row("3: CIAM by the path, /tenant", own, u"https://tenant.ciamlogin.com/tenant"_s, true);
        row("3: CIAM by the path, /tenant/v2.0", own, u"https://tenant.ciamlogin.com/tenant/v2.0"_s, true);
        row("3: CIAM, another path", own, u"https://tenant.ciamlogin.com/x"_s, false);
        row("3: CIAM, another tenant", own, u"https://other.ciamlogin.com/tenant"_s, false);
        row("3: CIAM by the first label", u"https://contoso.example"_s, u"https://contoso.ciamlogin.com"_s, true);
        row("4: a known host for a custom domain", own, u"https://login.microsoftonline.com/tenant"_s, true);
        row("4: a region of a known host for a custom domain", own, u"https://westus2.login.microsoft.com/tenant"_s,
            true);
        row("4: the same cloud", u"https://login.microsoftonline.com/t"_s, u"https://sts.windows.net/t"_s, true);
        row("4: another cloud", u"https://login.microsoftonline.com/t"_s, u"https://login.microsoftonline.us/t"_s,
            false);
        row("5: one label before the own host", own, u"https://westus2.contoso.com/tenant"_s, true);
        row("5: two labels", own, u"https://a.b.contoso.com/tenant"_s, false);
        row("5: a label with a hyphen at the edge", own, u"https://-a.contoso.com/tenant"_s, false);
        row("6: B2C", own, u"https://fabrikam.b2clogin.com/x"_s, true);
        row("6: B2C without its dot", own, u"https://evilb2clogin.com/x"_s, false);
        row("anything else", own, u"https://evil.example/tenant"_s, false);
    }

    void contractC38WhatMsalAcceptsForANamedIssuer()
    {
        QFETCH(const QString, authority);
        QFETCH(const QString, said);
        QFETCH(const bool, isAccepted);
        QCOMPARE(isIssuerOf(issuer(authority), said, IssuerMatch::AsMsal), isAccepted);
        QCOMPARE(isIssuerOf(issuer(authority), said), authority == said); // only when asked for by name
    }

    void contractC38EndpointsInAnotherCloudAreRefused()
    {
        const auto named = u"https://login.microsoftonline.com/tenant"_s;
        auto document = sound(named);
        for (const auto &member : {u"authorization_endpoint"_s, u"token_endpoint"_s, u"jwks_uri"_s})
            document.insert(member, u"https://login.microsoftonline.com/tenant/x"_s);
        QVERIFY(parseMetadata(issuer(named), json(document)).hasValue());
        document.insert(u"jwks_uri"_s, u"https://login.windows.net/tenant/keys"_s);
        QVERIFY(parseMetadata(issuer(named), json(document)).hasValue());
        document.insert(u"token_endpoint"_s, u"https://login.microsoftonline.us/tenant/token"_s);
        QCOMPARE(causeOf(parseMetadata(issuer(named), json(document))), ErrorCause::DiscoveryIssuerMismatch);
        document.insert(u"token_endpoint"_s, u"https://evil.example/token"_s);
        QCOMPARE(causeOf(parseMetadata(issuer(named), json(document))), ErrorCause::DiscoveryIssuerMismatch);
    }

    void contractC38InstanceDiscoveryIsForUnknownEntraHosts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isNeeded");
        QTest::newRow("a known host") << u"https://login.microsoftonline.com/t"_s << false;
        QTest::newRow("a region of a known host") << u"https://eastus.login.microsoft.com/t"_s << false;
        QTest::newRow("an unknown host") << u"https://login.contoso.example/t"_s << true;
        QTest::newRow("ADFS") << u"https://contoso.example/adfs"_s << false;
        QTest::newRow("B2C") << u"https://contoso.b2clogin.com/t/p"_s << false;
        QTest::newRow("CIAM") << u"https://contoso.ciamlogin.com"_s << false;
        QTest::newRow("dSTS") << u"https://x.example/dstsv2/t"_s << false;
    }

    void contractC38InstanceDiscoveryIsForUnknownEntraHosts()
    {
        QFETCH(const QString, text);
        QFETCH(const bool, isNeeded);
        QCOMPARE(needsInstanceDiscovery(*Authority::parse(text)), isNeeded);
        QVERIFY(!needsInstanceDiscovery(issuer()));
    }

    void contractC38InstanceDiscovery()
    {
        const auto authority = *Authority::parse(u"https://login.contoso.example/t"_s);
        const auto url = instanceDiscoveryUrl(authority);
        QCOMPARE(url.host(), u"login.microsoftonline.com"_s);
        const auto query = Jose::FormParameters::parse(url.query(QUrl::FullyEncoded).toLatin1());
        QCOMPARE(query->value("authorization_endpoint"), u"https://login.contoso.example/t/oauth2/v2.0/authorize"_s);
        const auto answered = [&](int status, QByteArrayView body) {
            return parseInstanceMetadata(authority, {.status = status, .headers = {}, .body = body}, now);
        };
        const auto sane = answered(
            200,
            "{\"tenant_discovery_endpoint\":\"https://login.contoso.example/t/v2.0/.well-known/openid-configuration\","
            "\"metadata\":[{\"aliases\":[\"x.example\"]},{\"aliases\":[\"login.contoso.example\",\"sts.contoso."
            "example\"]}]}");
        QVERIFY(sane.hasValue());
        QCOMPARE(sane->aliases, QStringList({u"login.contoso.example"_s, u"sts.contoso.example"_s}));
        const auto unknown = answered(400, "{\"error\":\"invalid_instance\",\"error_description\":\"AADSTS50049\"}");
        QCOMPARE(unknown.error().code(), ErrorCode::InvalidArgument);
        QCOMPARE(unknown.error().oauth().serverCodes, QList<int>({50049}));
        QCOMPARE(answered(200, "{\"tenant_discovery_endpoint\":\"http://login.contoso.example/x\"}").error().cause(),
                 ErrorCause::DiscoveryInvalid);
        QCOMPARE(answered(200, "[]").error().cause(), ErrorCause::DiscoveryInvalid);
        QCOMPARE(answered(503, "").error().code(), ErrorCode::ServerUnavailable);
    }
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
