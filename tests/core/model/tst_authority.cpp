// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/authority.h>
#include <countersign/model/clouds.h>
#include <countersign/model/region.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestAuthority : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contractC38MicrosoftsAuthoritiesAreRecognised_data()
    {
        using Kind = Authority::Kind;
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind"); // -1: refused
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<QString>("tenant");
        const auto row = [](const char *name, const QString &text, Kind kind, const QString &canonical,
                            const QString &tenant) { QTest::newRow(name) << text << int(kind) << canonical << tenant; };
        const auto refused = [](const char *name, const QString &text) {
            QTest::newRow(name) << text << -1 << QString() << QString();
        };
        refused("http", u"http://login.microsoftonline.com/t"_s);
        refused("no tenant", u"https://login.microsoftonline.com"_s);
        refused("no tenant but a slash", u"https://login.microsoftonline.com/"_s);
        refused("user info", u"https://a@login.microsoftonline.com/t"_s);
        refused("no address", u"common"_s);
        refused("B2C without a policy", u"https://contoso.b2clogin.com/contoso"_s);
        row("path, query and fragment are left out", u"https://h.example/t/x?q#f"_s, Kind::Entra,
            u"https://h.example/t"_s, u"t"_s);
        row("host in capitals, tenant kept", u"https://LOGIN.microsoftonline.com/Contoso/"_s, Kind::Entra,
            u"https://login.microsoftonline.com/Contoso"_s, u"Contoso"_s);
        row("a port is kept", u"https://h.example:8443/t"_s, Kind::Entra, u"https://h.example:8443/t"_s, u"t"_s);
        row("CIAM without path", u"https://contoso.ciamlogin.com"_s, Kind::Ciam,
            u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com"_s, u"contoso.onmicrosoft.com"_s);
        row("CIAM with path", u"https://contoso.ciamlogin.com/anything"_s, Kind::Ciam,
            u"https://contoso.ciamlogin.com/anything"_s, u"anything"_s);
        row("ADFS", u"https://contoso.example/ADFS"_s, Kind::Adfs, u"https://contoso.example/ADFS"_s, u"adfs"_s);
        row("dSTS", u"https://dsts.example/dstsv2/7a433bfc"_s, Kind::Dsts, u"https://dsts.example/dstsv2/7a433bfc"_s,
            u"7a433bfc"_s);
        row("B2C by host", u"https://contoso.b2clogin.com/contoso/flow"_s, Kind::B2c,
            u"https://contoso.b2clogin.com/contoso/flow"_s, u"contoso"_s);
        row("B2C by policy", u"https://login.microsoftonline.com/tfp.example/B2C_1_si"_s, Kind::B2c,
            u"https://login.microsoftonline.com/tfp.example/B2C_1_si"_s, u"tfp.example"_s);
        row("no B2C: the suffix needs its dot", u"https://evilb2clogin.com/contoso/flow"_s, Kind::Entra,
            u"https://evilb2clogin.com/contoso"_s, u"contoso"_s);
    }

    void contractC38MicrosoftsAuthoritiesAreRecognised()
    {
        QFETCH(const QString, text);
        QFETCH(const int, kind);
        QFETCH(const QString, canonical);
        QFETCH(const QString, tenant);
        const auto authority = Authority::parse(text);
        QCOMPARE(authority.hasValue(), kind >= 0);
        if (kind < 0) {
            QCOMPARE(authority.error().code(), ErrorCode::InvalidArgument);
            return;
        }
        QCOMPARE(int(authority->kind()), kind);
        QCOMPARE(authority->issuer(), canonical);
        QCOMPARE(authority->tenant().value, tenant);
    }

    void contractC38AnyOtherProviderIsItsIssuer_data()
    {
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<bool>("isAccepted");
        QTest::newRow("without path") << u"https://accounts.google.com"_s << true;
        QTest::newRow("with a slash at the end") << u"https://tenant.eu.auth0.com/"_s << true;
        QTest::newRow("with path and port") << u"https://kc.example:8443/realms/One"_s << true;
        QTest::newRow("http on loopback") << u"http://127.0.0.1:8080/realms/one"_s << true;
        QTest::newRow("http on ::1") << u"http://[::1]:8080"_s << true;
        QTest::newRow("http on localhost") << u"http://localhost:8080"_s << true;
        QTest::newRow("http elsewhere") << u"http://kc.example/realms/one"_s << false;
        QTest::newRow("http on what only begins like loopback") << u"http://localhost.example"_s << false;
        QTest::newRow("RFC 8414 §2: a query") << u"https://op.example?x=1"_s << false;
        QTest::newRow("RFC 8414 §2: a fragment") << u"https://op.example#x"_s << false;
        QTest::newRow("user info") << u"https://a@op.example"_s << false;
    }

    void contractC38AnyOtherProviderIsItsIssuer()
    {
        QFETCH(const QString, issuer);
        QFETCH(const bool, isAccepted);
        const auto authority = Authority::oidc(issuer);
        QCOMPARE(authority.hasValue(), isAccepted);
        if (isAccepted)
            QCOMPARE(authority->issuer(), issuer); // byte for byte
    }

    void contractC22TwoRealmsOnOneHostNeverShareEntries_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("two");
        QTest::newRow("Keycloak's realms") << u"https://kc.example/realms/one"_s << u"https://kc.example/realms/two"_s;
        QTest::newRow("letter case in the path")
            << u"https://kc.example/realms/one"_s << u"https://kc.example/realms/One"_s;
        QTest::newRow("an escape that looks like our own")
            << u"https://kc.example/realms/%4fne"_s << u"https://kc.example/realms/One"_s;
        QTest::newRow("a slash at the end") << u"https://kc.example/a"_s << u"https://kc.example/a/"_s;
        QTest::newRow("ports") << u"https://kc.example:8443/a"_s << u"https://kc.example/a"_s;
        QTest::newRow("http and https on loopback") << u"http://localhost:8443/a"_s << u"https://localhost:8443/a"_s;
    }

    void contractC22TwoRealmsOnOneHostNeverShareEntries()
    {
        QFETCH(const QString, one);
        QFETCH(const QString, two);
        // As the schema stores it: lower-cased.
        const auto first = Authority::oidc(one)->environment().value.toLower();
        const auto second = Authority::oidc(two)->environment().value.toLower();
        QVERIFY2(first != second, qPrintable(first));
    }

    void b106ConsumersAreOneTenant()
    {
        QCOMPARE(QLatin1StringView(consumersTenant), "9188040d-6c67-4c5b-b112-36a304b66dad"_L1);
    }

    void aliasesAreKnownWithoutAsking_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<bool>("isSame");
        QTest::newRow("public") << u"login.microsoftonline.com"_s << u"sts.windows.net"_s << true;
        QTest::newRow("public, a region") << u"eastus.login.microsoft.com"_s << u"login.windows.net"_s << true;
        QTest::newRow("China") << u"login.chinacloudapi.cn"_s << u"login.partner.microsoftonline.cn"_s << true;
        QTest::newRow("US government") << u"login.microsoftonline.us"_s << u"login.usgovcloudapi.net"_s << true;
        QTest::newRow("two clouds") << u"login.microsoftonline.com"_s << u"login.microsoftonline.us"_s << false;
        QTest::newRow("two labels are no region") << u"a.b.login.microsoft.com"_s << u"login.microsoft.com"_s << false;
        QTest::newRow("a look-alike") << u"login.microsoftonline.com.evil.example"_s << u"login.microsoftonline.com"_s
                                      << false;
        QTest::newRow("unknown") << u"op.example"_s << u"op.example"_s << false;
    }

    void aliasesAreKnownWithoutAsking()
    {
        QFETCH(const QString, a);
        QFETCH(const QString, b);
        QFETCH(const bool, isSame);
        QCOMPARE(isSameCloud(a, b), isSame);
    }

    void contractC40Regions_data()
    {
        using Kind = RegionChoice::Kind;
        QTest::addColumn<RegionChoice>("choice");
        QTest::addColumn<QString>("forced");
        QTest::addColumn<QString>("detected");
        QTest::addColumn<QString>("host");
        const auto global = u"login.microsoftonline.com"_s;
        const auto east = u"eastus"_s;
        QTest::newRow("None") << RegionChoice{} << QString() << QString() << global;
        QTest::newRow("None with REGION_NAME") << RegionChoice{} << QString() << east << global;
        QTest::newRow("None with MSAL_FORCE_REGION")
            << RegionChoice{} << east << QString() << u"eastus.login.microsoft.com"_s;
        QTest::newRow("westus with MSAL_FORCE_REGION=eastus")
            << RegionChoice{Kind::Named, u"westus"_s} << east << QString() << u"westus.login.microsoft.com"_s;
        QTest::newRow("False with MSAL_FORCE_REGION") << RegionChoice{Kind::Never, {}} << east << QString() << global;
        QTest::newRow("True with REGION_NAME=\"East Us 2\"")
            << RegionChoice{Kind::Detected, {}} << QString() << u"East Us 2"_s << u"eastus2.login.microsoft.com"_s;
        QTest::newRow("True without REGION_NAME")
            << RegionChoice{Kind::Detected, {}} << QString() << QString() << global;
        QTest::newRow("a region that is no label")
            << RegionChoice{Kind::Named, u"evil.example/"_s} << QString() << QString() << global;
    }

    void contractC40Regions()
    {
        QFETCH(const RegionChoice, choice);
        QFETCH(const QString, forced);
        QFETCH(const QString, detected);
        QFETCH(const QString, host);
        QCOMPARE(regionalHost(u"login.microsoftonline.com"_s, choice.resolve(forced, detected)), host);
        QCOMPARE(regionalHost(u"login.microsoftonline.us"_s, u"usgovvirginia"_s),
                 u"usgovvirginia.login.microsoftonline.us"_s);
    }
};

QTEST_GUILESS_MAIN(TestAuthority)
#include "tst_authority.moc"
