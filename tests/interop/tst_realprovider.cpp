// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/codeflow.h"
#include "support/realprovider.h"

using namespace Qt::StringLiterals;
using namespace CountersignTest;

//! The fixture itself: oidc-provider runs here, and its pages can be walked without a browser.
class TestRealProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = RealProvider::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        m_provider = std::make_unique<RealProvider>();
        QVERIFY2(m_provider->start(), qPrintable(m_provider->problem()));
        m_metadata = httpCall("GET"_ba, QUrl(m_provider->issuer() + u"/.well-known/openid-configuration"_s)).json();
        QCOMPARE(m_metadata.value("issuer"_L1).toString(), m_provider->issuer());
    }

    void aSignInByCodeBringsTokensThatRotate()
    {
        const CodeFlow flow = codeFlow(u"native"_s);
        const QUrl redirect = m_provider->signIn(flow.authorizationUrl());
        QCOMPARE(parameter(redirect, u"iss"_s), m_provider->issuer()); // RFC 9207 §2
        QCOMPARE(parameter(redirect, u"state"_s), u"the state"_s);
        const QJsonObject tokens = flow.redeem(parameter(redirect, u"code"_s)).json();
        QCOMPARE(tokenPart(tokens.value("id_token"_L1).toString(), 1).value("sub"_L1).toString(), u"grace"_s);
        const QString refreshToken = tokens.value("refresh_token"_L1).toString();
        const QJsonObject refreshed = flow.refresh(refreshToken).json();
        QVERIFY(!refreshed.value("access_token"_L1).toString().isEmpty());
        QVERIFY(refreshed.value("refresh_token"_L1).toString() != refreshToken);
        QCOMPARE(flow.refresh(refreshToken).json().value("error"_L1).toString(), u"invalid_grant"_s);
    }

    void aClientSignsWithTheAlgorithmItRegistered()
    {
        const CodeFlow flow = codeFlow(u"native-es256"_s);
        const QJsonObject tokens =
            flow.redeem(parameter(m_provider->signIn(flow.authorizationUrl()), u"code"_s)).json();
        QCOMPARE(tokenPart(tokens.value("id_token"_L1).toString(), 0).value("alg"_L1).toString(), u"ES256"_s);
    }

    void aResourceGetsAnAccessTokenInJwtForm()
    {
        CodeFlow flow = codeFlow(u"native"_s);
        flow.more = {{u"resource"_s, u"urn:countersign:api"_s}};
        flow.scope += u" read"_s;
        const QJsonObject tokens =
            flow.redeem(parameter(m_provider->signIn(flow.authorizationUrl()), u"code"_s)).json();
        const QString accessToken = tokens.value("access_token"_L1).toString();
        QCOMPARE(tokenPart(accessToken, 0).value("typ"_L1).toString(), u"at+jwt"_s);
        QCOMPARE(tokenPart(accessToken, 1).value("aud"_L1).toString(), u"urn:countersign:api"_s);
    }

    void aPushedRequestLeadsToACode()
    {
        const CodeFlow flow = codeFlow(u"native-par"_s);
        const QUrl endpoint(m_metadata.value("pushed_authorization_request_endpoint"_L1).toString());
        const HttpAnswer pushed = postForm(endpoint, flow.fields());
        QCOMPARE(pushed.status, 201); // RFC 9126 §2.2
        const QUrl url(
            flow.authorizationEndpoint + u"?client_id=native-par&request_uri="_s
            + QString::fromLatin1(QUrl::toPercentEncoding(pushed.json().value("request_uri"_L1).toString())));
        QVERIFY(!parameter(m_provider->signIn(url), u"code"_s).isEmpty());
    }

    void aDeviceIsConnected()
    {
        const QUrl endpoint(m_metadata.value("device_authorization_endpoint"_L1).toString());
        const QJsonObject device =
            postForm(endpoint, {{u"client_id"_s, u"native"_s}, {u"scope"_s, u"openid"_s}}).json();
        QVERIFY(m_provider->approveDevice(QUrl(device.value("verification_uri_complete"_L1).toString())));
        const HttpAnswer tokens = postForm(QUrl(m_metadata.value("token_endpoint"_L1).toString()),
                                           {{u"grant_type"_s, u"urn:ietf:params:oauth:grant-type:device_code"_s},
                                            {u"client_id"_s, u"native"_s},
                                            {u"device_code"_s, device.value("device_code"_L1).toString()}});
        QCOMPARE(tokens.status, 200);
    }

    void itEndsWhenItIsTold() { QVERIFY(m_provider->stop()); }

private:
    CodeFlow codeFlow(const QString &clientId) const
    {
        return {.issuer = m_provider->issuer(),
                .authorizationEndpoint = m_metadata.value("authorization_endpoint"_L1).toString(),
                .tokenEndpoint = m_metadata.value("token_endpoint"_L1).toString(),
                .clientId = clientId};
    }

    std::unique_ptr<RealProvider> m_provider;
    QJsonObject m_metadata;
};

QTEST_GUILESS_MAIN(TestRealProvider)
#include "tst_realprovider.moc"
