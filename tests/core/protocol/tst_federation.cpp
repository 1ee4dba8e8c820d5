// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/federation.h>
#include <countersign/protocol/introspection.h>

#include <QtCore/QXmlStreamReader>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;

namespace {

const QDateTime noon(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);

struct Mex
{
    const char *token = "SignedEncryptedSupportingTokens";
    const char *transport = "http://schemas.xmlsoap.org/soap/http";
    const char *action = "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue";
    const char *address = "https://sts.example/adfs/services/trust/13/usernamemixed";
    const char *before = "";
};

//! What AD FS sends, without what does not matter.
QByteArray mex(const Mex &m = {})
{
    return QByteArray(m.before)
        + "<wsx:Metadata xmlns:wsx='http://schemas.xmlsoap.org/ws/2004/09/mex' "
          "xmlns:wsp='http://schemas.xmlsoap.org/ws/2004/09/policy' xmlns:wsdl='http://schemas.xmlsoap.org/wsdl/' "
          "xmlns:soap12='http://schemas.xmlsoap.org/wsdl/soap12/' xmlns:wsa10='http://www.w3.org/2005/08/addressing' "
          "xmlns:wsu='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd' "
          "xmlns:sp='http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702'>"
          "<wsp:Policy wsu:Id='windows'><wsp:ExactlyOne><wsp:All><sp:TransportBinding/></wsp:All></wsp:ExactlyOne>"
          "</wsp:Policy><wsp:Policy wsu:Id='password'><wsp:ExactlyOne><wsp:All><sp:"
        + m.token + "><wsp:Policy><sp:UsernameToken><wsp:Policy><sp:WssUsernameToken10/></wsp:Policy>"
        + "</sp:UsernameToken></wsp:Policy></sp:" + m.token
        + "></wsp:All></wsp:ExactlyOne></wsp:Policy>"
          "<wsdl:binding name='Windows'><wsp:PolicyReference URI='#windows'/><soap12:binding transport='"
          "http://schemas.xmlsoap.org/soap/http'/><wsdl:operation name='T'><soap12:operation soapAction='"
          "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue'/></wsdl:operation></wsdl:binding>"
          "<wsdl:binding name='Password'><wsp:PolicyReference URI='#password'/><soap12:binding transport='"
        + m.transport + "'/><wsdl:operation name='T'><soap12:operation soapAction='" + m.action
        + "'/></wsdl:operation></wsdl:binding><wsdl:service name='S'>"
          "<wsdl:port name='W' "
          "binding='tns:Windows'><wsa10:EndpointReference><wsa10:Address>https://sts.example/windows"
          "</wsa10:Address></wsa10:EndpointReference></wsdl:port>"
          "<wsdl:port name='P' binding='tns:Password'><wsa10:EndpointReference><wsa10:Address> "
        + m.address + " </wsa10:Address></wsa10:EndpointReference></wsdl:port></wsdl:service></wsx:Metadata>";
}

QByteArray answerWith(const QByteArray &token)
{
    return "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>"
           "<t:RequestSecurityTokenResponseCollection xmlns:t='http://docs.oasis-open.org/ws-sx/ws-trust/200512'>\r\n"
           "<t:RequestSecurityTokenResponse><t:RequestedSecurityToken>"
        + token
        + "</t:RequestedSecurityToken></t:RequestSecurityTokenResponse></t:RequestSecurityTokenResponseCollection>"
          "</s:Body></s:Envelope>";
}

} // namespace

//! Where an organisation keeps its own passwords: user realm, MEX, WS-Trust. And introspection's answers.
class TestFederation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! MSAL 1.31 let a name break out of the path.
    void theNameStaysInItsPlace()
    {
        QCOMPARE(userRealmUrl(Authority::common(), u"a/b?c#d@e.example"_s).toEncoded(),
                 "https://login.microsoftonline.com/common/userrealm/a%2Fb%3Fc%23d%40e.example?api-version=1.0"_ba);
    }

    void theRealmSaysWhoKeepsThePassword()
    {
        const auto realm = parseUserRealm({.status = 200,
                                           .headers = {},
                                           .body = "{\"account_type\":\"Federated\",\"federation_metadata_url\":"
                                                   "\"https://sts.example/mex\",\"federation_active_auth_url\":"
                                                   "\"https://sts.example/trust/2005/usernamemixed\","
                                                   "\"cloud_audience_urn\":\"urn:federation:Cloud\"}"},
                                          noon);
        QVERIFY(realm);
        QVERIFY(realm->isFederated);
        QCOMPARE(realm->metadataUrl, QUrl(u"https://sts.example/mex"_s));
        QCOMPARE(realm->audience, u"urn:federation:Cloud"_s);
        const auto managed =
            parseUserRealm({.status = 200, .headers = {}, .body = "{\"account_type\":\"Managed\"}"}, noon);
        QVERIFY(managed && !managed->isFederated);
        const auto unknown = parseUserRealm({.status = 404, .headers = {}, .body = {}}, noon);
        QVERIFY(unknown && !unknown->isFederated);
        QVERIFY(!parseUserRealm({.status = 503, .headers = {}, .body = {}}, noon));
        QVERIFY(!parseUserRealm(
            {.status = 200, .headers = {}, .body = "{\"federation_metadata_url\":\"http://sts.example/mex\"}"}, noon));
    }

    void theEndpointForNameAndPasswordIsFound_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<int>("version");
        QTest::newRow("1.3") << mex() << int(WsTrustVersion::V13);
        QTest::newRow("2005") << mex(
            {.token = "SignedSupportingTokens", .action = "http://schemas.xmlsoap.org/ws/2005/02/trust/RST/Issue"})
                              << int(WsTrustVersion::V2005);
        QTest::newRow("no password token") << mex({.token = "Other"}) << -1;
        QTest::newRow("not over HTTP") << mex({.transport = "urn:tcp"}) << -1;
        QTest::newRow("other action") << mex({.action = "urn:other"}) << -1;
        QTest::newRow("not https") << mex({.address = "http://sts.example/x"}) << -1;
    }
    void theEndpointForNameAndPasswordIsFound()
    {
        QFETCH(QByteArray, xml);
        QFETCH(int, version);
        const auto endpoint = parseFederationMetadata(xml);
        QCOMPARE(endpoint.hasValue(), version >= 0);
        if (endpoint) {
            QCOMPARE(int(endpoint->version), version);
            QCOMPARE(endpoint->address, QUrl(u"https://sts.example/adfs/services/trust/13/usernamemixed"_s));
        } else {
            QCOMPARE(endpoint.error().code(), ErrorCode::NotSupported);
        }
    }

    void hostileXmlIsRefused_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::newRow("DTD") << mex({.before = "<!DOCTYPE a>"});
        QTest::newRow("entities") << mex({.before = "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;&b;'>]>"});
        QTest::newRow("external entity") << mex({.before = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"});
        QTest::newRow("unknown entity") << "<a>&b;</a>"_ba;
        QTest::newRow("cut off") << mex().chopped(30);
        QTest::newRow("no UTF-8") << QByteArray("<a>\xff\xfe</a>");
        QTest::newRow("deep") << QByteArray("<a>").repeated(1000);
        QTest::newRow("no XML") << "{}"_ba;
        QTest::newRow("nothing") << ""_ba;
    }
    void hostileXmlIsRefused()
    {
        QFETCH(QByteArray, xml);
        const auto metadata = parseFederationMetadata(xml);
        QVERIFY(!metadata);
        QCOMPARE(metadata.error().code(), ErrorCode::InvalidResponse);
        const auto answer = parseWsTrustAnswer(xml);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code(), ErrorCode::InvalidResponse);
    }

    void anAddressAloneIsJudgedByItsPath()
    {
        QCOMPARE(wsTrustEndpoint(QUrl(u"https://h/adfs/services/trust/2005/usernamemixed"_s))->version,
                 WsTrustVersion::V2005);
        QCOMPARE(wsTrustEndpoint(QUrl(u"https://h/adfs/services/trust/13/usernamemixed"_s))->version,
                 WsTrustVersion::V13);
        QVERIFY(!wsTrustEndpoint(QUrl(u"https://h/other"_s)));
        QVERIFY(!wsTrustEndpoint(QUrl(u"http://h/trust/13/usernamemixed"_s)));
    }

    //! MSAL 1.31 did not escape the name.
    void nameAndPasswordAreEscaped()
    {
        const auto request = wsTrustRequest({QUrl(u"https://h/trust/13/usernamemixed?a=1&b=2"_s), WsTrustVersion::V13},
                                            u"urn:federation:MicrosoftOnline"_s, u"<ada>&\"'"_s,
                                            Secret::copyOf("p<&>'\"w\u00fc"), QUuid::createUuid(), noon);
        QCOMPARE(request.action, "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue"_ba);
        QXmlStreamReader xml(request.body.reveal().toByteArray());
        QHash<QString, QString> texts;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            const auto name = xml.name().toString();
            if (name == u"Username" || name == u"Password" || name == u"To" || name == u"Created" || name == u"Expires"
                || name == u"KeyType")
                texts.insert(name, xml.readElementText());
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(texts.value(u"Username"_s), u"<ada>&\"'"_s);
        QCOMPARE(texts.value(u"Password"_s), u"p<&>'\"w\u00fc"_s);
        QCOMPARE(texts.value(u"To"_s), u"https://h/trust/13/usernamemixed?a=1&b=2"_s);
        QCOMPARE(texts.value(u"Created"_s), u"2026-01-01T12:00:00.000Z"_s);
        QCOMPARE(texts.value(u"Expires"_s), u"2026-01-01T12:10:00.000Z"_s);
    }

    //! Byte for byte, so that its signature still verifies.
    void theAssertionIsCutOutAsItStands_data()
    {
        QTest::addColumn<QByteArray>("assertion");
        QTest::addColumn<int>("version");
        QTest::newRow("SAML 1.1")
            << "<saml:Assertion MajorVersion='1' xmlns:saml=\"urn:oasis:names:tc:SAML:1.0:assertion\"\n >a &lt; b &#65;"
               "<saml:X  y = '1'/></saml:Assertion >"_ba
            << int(SamlGrant::Version::Saml11);
        QTest::newRow("SAML 2") << "<Assertion xmlns='urn:oasis:names:tc:SAML:2.0:assertion'><Assertion>1</Assertion>"
                                   "</Assertion>"_ba
                                << int(SamlGrant::Version::Saml20);
        QTest::newRow("beyond ASCII") << QByteArray(
            "<Assertion xmlns='urn:oasis:names:tc:SAML:2.0:assertion' n='\xc3\xbc\xf0\x9f\x94\x91'>\r\n\xe2\x82\xac"
            "<![CDATA[<x>]]><!-- c --></Assertion>")
                                      << int(SamlGrant::Version::Saml20);
    }
    void theAssertionIsCutOutAsItStands()
    {
        QFETCH(QByteArray, assertion);
        QFETCH(int, version);
        for (const auto &around : {QByteArray(), QByteArray("\r\n\xc3\xbc ")}) {
            const auto answer = parseWsTrustAnswer(answerWith(around + assertion + around));
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message()));
            QCOMPARE(answer->assertion.reveal().toByteArray(), assertion);
            QCOMPARE(int(answer->version), version);
        }
    }

    void whatIsNoAssertionIsRefused()
    {
        const auto foreign = parseWsTrustAnswer(answerWith("<x:Token xmlns:x='urn:x'/>"));
        QVERIFY(!foreign);
        QCOMPARE(foreign.error().code(), ErrorCode::NotSupported);
        const auto nothing = parseWsTrustAnswer(answerWith({}));
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().code(), ErrorCode::InvalidResponse);
    }

    void aFaultSaysWhy()
    {
        const auto fault = parseWsTrustAnswer(
            "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><s:Fault><s:Code><s:Value>s:Sender"
            "</s:Value><s:Subcode><s:Value>a:RequestFailed</s:Value></s:Subcode></s:Code><s:Reason>"
            "<s:Text xml:lang='en-US'>MSIS3127: refused</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>");
        QVERIFY(!fault);
        QCOMPARE(fault.error().code(), ErrorCode::ServerRejected);
        QCOMPARE(fault.error().oauth().error, u"wstrust_fault"_s);
        QCOMPARE(fault.error().oauth().description, u"MSIS3127: refused"_s);
        QCOMPARE(fault.error().oauth().subError, u"s:Sender a:RequestFailed"_s);
    }

    //! Security rules B.63, B.64.
    void onlyAnActiveTokenHasMembers_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("active"); // -1: an error; -2: to be verified first
        QTest::newRow("B.63 active") << "application/json"_ba
                                     << "{\"active\":true,\"sub\":\"1\"}"_ba << 1;
        QTest::newRow("B.63 not active") << "application/json"_ba
                                         << "{\"active\":false,\"sub\":\"1\"}"_ba << 0;
        QTest::newRow("B.63 no word") << "application/json"_ba
                                      << "{\"sub\":\"1\"}"_ba << -1;
        QTest::newRow("B.63 text") << "application/json"_ba
                                   << "{\"active\":\"true\"}"_ba << -1;
        QTest::newRow("B.64 signed") << "application/token-introspection+jwt"_ba
                                     << "a.b.c"_ba << -2;
    }
    void onlyAnActiveTokenHasMembers()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, active);
        const auto answer =
            parseIntrospection({.status = 200, .headers = {{"Content-Type", type}}, .body = body}, noon);
        const bool isSigned = answer && !answer->signedAnswer.isEmpty();
        QCOMPARE(!answer ? -1 : isSigned ? -2 : int(answer->active.has_value()), active);
    }
};

QTEST_GUILESS_MAIN(TestFederation)
#include "tst_federation.moc"
