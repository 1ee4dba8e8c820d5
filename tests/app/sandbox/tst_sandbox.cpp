// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandbox.h"
#include "support/codeflow.h"

#include <countersign/crypto/asymmetrickey.h>

#include <QtCore/QJsonArray>

using namespace Qt::StringLiterals;
using namespace CountersignTest;
using CountersignSandbox::Sandbox;

namespace {

using Fields = QList<std::pair<QString, QString>>;

QString hiddenField(const QByteArray &page, const QByteArray &name)
{
    const QByteArray start = "name=\"" + name + "\" value=\"";
    const qsizetype from = page.indexOf(start) + start.size();
    return QString::fromUtf8(page.mid(from, page.indexOf('"', from) - from));
}

QString errorOf(const HttpAnswer &answer)
{
    return answer.json().value("error"_L1).toString();
}

QByteArray decoded(const QJsonObject &key, QLatin1StringView member)
{
    return QByteArray::fromBase64(key.value(member).toString().toLatin1(), QByteArray::Base64UrlEncoding);
}

Countersign::KeyNumbers numbersOf(const QJsonObject &key)
{
    Countersign::KeyNumbers numbers;
    if (key.value("kty"_L1).toString() == u"RSA") {
        numbers.n = decoded(key, "n"_L1);
        numbers.e = decoded(key, "e"_L1);
    } else {
        numbers.type = Countersign::KeyType::P256;
        numbers.x = decoded(key, "x"_L1);
        numbers.y = decoded(key, "y"_L1);
    }
    return numbers;
}

} // namespace

//! The sandbox is what every other test leans on, so it has to be right itself.
class TestSandbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        QVERIFY(m_sandbox->start().hasValue());
        m_sandbox->context().settings.approve = u"ada"_s;
    }
    void cleanup() { m_sandbox.reset(); }

    void itsIssuerCannotBeTakenForARealOne()
    {
        for (const auto path :
             {"/sandbox/.well-known/openid-configuration"_L1, "/.well-known/oauth-authorization-server/sandbox"_L1}) {
            const QJsonObject metadata = httpCall("GET"_ba, QUrl(base() + path)).json();
            QCOMPARE(metadata.value("issuer"_L1).toString(), m_sandbox->issuer());
            QCOMPARE(metadata.value("cs_sandbox"_L1).toBool(), true);
        }
        const QJsonObject tokens = signedIn(flow());
        for (const auto token : {"id_token"_L1, "access_token"_L1}) {
            QCOMPARE(tokenPart(tokens.value(token).toString(), 0).value("cs_sandbox"_L1).toBool(), true);
            QCOMPARE(tokenPart(tokens.value(token).toString(), 1).value("iss"_L1).toString(), m_sandbox->issuer());
        }
    }

    void everyDialectIsSpoken_data()
    {
        QTest::addColumn<QString>("spoken");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("claims");
        QTest::addColumn<QStringList>("others");
        QTest::newRow("RFC 9068") << u"standard"_s << u"at+jwt"_s
                                  << QStringList{u"client_id"_s, u"scope"_s, u"jti"_s, u"acr"_s}
                                  << QStringList{u"azp"_s, u"tid"_s, u"cid"_s, u"realm_access"_s};
        QTest::newRow("Entra, access token claims reference")
            << u"entra-v2"_s << u"JWT"_s
            << QStringList{u"ver"_s, u"tid"_s, u"oid"_s, u"azp"_s, u"azpacr"_s, u"scp"_s, u"uti"_s, u"nbf"_s}
            << QStringList{u"client_id"_s, u"scope"_s, u"jti"_s};
        QTest::newRow("Keycloak, default client scopes")
            << u"keycloak"_s << u"JWT"_s
            << QStringList{u"typ"_s, u"azp"_s, u"scope"_s, u"realm_access"_s, u"resource_access"_s, u"email"_s}
            << QStringList{u"client_id"_s, u"tid"_s};
        QTest::newRow("Okta, access token payload")
            << u"okta"_s << u"JWT"_s << QStringList{u"ver"_s, u"cid"_s, u"uid"_s, u"scp"_s, u"jti"_s}
            << QStringList{u"client_id"_s, u"scope"_s};
        QTest::newRow("Auth0, access token profile")
            << u"auth0"_s << u"JWT"_s << QStringList{u"azp"_s, u"scope"_s, u"permissions"_s}
            << QStringList{u"client_id"_s, u"jti"_s};
    }
    void everyDialectIsSpoken()
    {
        QFETCH(QString, spoken);
        QFETCH(QStringList, claims);
        QFETCH(QStringList, others);
        m_sandbox->context().settings.dialect = *CountersignSandbox::dialect(spoken);
        const QJsonObject tokens = signedIn(flow());
        const auto accessToken = tokens.value("access_token"_L1).toString();
        QTEST(tokenPart(accessToken, 0).value("typ"_L1).toString(), "type");
        const auto access = tokenPart(accessToken, 1);
        for (const auto &claim : claims)
            QVERIFY2(access.contains(claim), qPrintable(claim));
        for (const auto &claim : others)
            QVERIFY2(!access.contains(claim), qPrintable(claim));
        // Whatever the manner, it is the sandbox's, and a good one.
        const auto id = tokenPart(tokens.value("id_token"_L1).toString(), 1);
        for (const auto &token : {access, id})
            QCOMPARE(token.value("iss"_L1).toString(), m_sandbox->issuer());
        QCOMPARE(id.value("sub"_L1).toString(), u"sandbox|7c1e2a90-ada"_s);
        QCOMPARE(tokenPart(accessToken, 0).value("cs_sandbox"_L1).toBool(), true);
    }

    void everyDialectHasOneName()
    {
        for (const auto &name : CountersignSandbox::dialectNames())
            QCOMPARE(CountersignSandbox::name(*CountersignSandbox::dialect(name)), name);
        QVERIFY(!CountersignSandbox::dialect(u"esperanto"));
    }

    void entrasErrorsHaveTheirNumbers()
    {
        m_sandbox->context().settings.dialect = CountersignSandbox::Dialect::EntraV2;
        const auto refused = postForm(QUrl(m_sandbox->issuer() + u"/token"_s),
                                      {{u"grant_type"_s, u"refresh_token"_s},
                                       {u"client_id"_s, u"sandbox-native"_s},
                                       {u"refresh_token"_s, u"nobody's"_s}});
        QCOMPARE(errorOf(refused), u"invalid_grant"_s);
        QCOMPARE(refused.json().value("error_codes"_L1).toArray(), QJsonArray{70008});
        QVERIFY(refused.json().value("error_description"_L1).toString().startsWith("AADSTS70008: "_L1));
        QVERIFY(!refused.json().value("trace_id"_L1).toString().isEmpty());
    }

    void theIssuerFollowsTheNameItIsAskedUnder()
    {
        const QString localhost = u"http://localhost:"_s + QString::number(m_sandbox->port()) + u"/sandbox"_s;
        const QJsonObject metadata =
            httpCall("GET"_ba, QUrl(localhost + u"/.well-known/openid-configuration"_s)).json();
        QCOMPARE(metadata.value("issuer"_L1).toString(), localhost);
    }

    void aNameThatPointsHereGetsNothing()
    {
        const HttpAnswer answer =
            httpCall("GET"_ba, QUrl(m_sandbox->issuer() + u"/jwks"_s), {{"Host"_ba, "rebound.example"_ba}});
        QCOMPARE(answer.status, 421);
    }

    void tokensVerifyWithThePublishedKeys_data()
    {
        QTest::addColumn<QString>("client");
        QTest::addColumn<QString>("algorithm");
        QTest::newRow("RFC 7518 §3.3") << u"sandbox-native"_s << u"RS256"_s;
        QTest::newRow("RFC 7518 §3.4") << u"sandbox-native-es256"_s << u"ES256"_s;
    }
    void tokensVerifyWithThePublishedKeys()
    {
        QFETCH(QString, client);
        QFETCH(QString, algorithm);
        const QString token = signedIn(flow(client)).value("id_token"_L1).toString();
        const QJsonObject header = tokenPart(token, 0);
        QCOMPARE(header.value("alg"_L1).toString(), algorithm);
        const QJsonArray keys = httpCall("GET"_ba, endpoint(u"/jwks"_s)).json().value("keys"_L1).toArray();
        int verified = 0;
        for (const QJsonValue &entry : keys) {
            if (entry["kid"_L1] != header.value("kid"_L1))
                continue;
            QVERIFY(!entry.toObject().contains("d"_L1));
            const auto key = Countersign::AsymmetricKey::fromNumbers(numbersOf(entry.toObject()));
            QVERIFY(key.hasValue());
            const auto scheme =
                algorithm == u"RS256" ? Countersign::SignatureScheme::RsaPkcs1 : Countersign::SignatureScheme::Ecdsa;
            const QByteArray input = token.section(u'.', 0, 1).toLatin1();
            const QByteArray signature =
                QByteArray::fromBase64(token.section(u'.', 2).toLatin1(), QByteArray::Base64UrlEncoding);
            verified += key->verify(scheme, Countersign::HashAlgorithm::Sha256, input, signature) ? 1 : 0;
        }
        QCOMPARE(verified, 1);
    }

    void aRequestWithoutPkceIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("RFC 7636 §4.4.1, no challenge") << u"code_challenge"_s << QString();
        QTest::newRow("RFC 9700 §2.1.1, plain") << u"code_challenge_method"_s << u"plain"_s;
        QTest::newRow("RFC 7636 §4.2, not a digest") << u"code_challenge"_s << u"short"_s;
    }
    void aRequestWithoutPkceIsRefused()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        Fields fields = flow().fields();
        fields.removeIf([&name](const auto &field) { return field.first == name; });
        if (!value.isEmpty())
            fields.append({name, value});
        const QUrl redirect = authorized(fields).location();
        QCOMPARE(parameter(redirect, u"error"_s), u"invalid_request"_s);
        QCOMPARE(parameter(redirect, u"iss"_s), m_sandbox->issuer());
        QCOMPARE(parameter(redirect, u"code"_s), QString());
    }

    void theWrongVerifierGetsNoToken()
    {
        CodeFlow flow = this->flow();
        const QString code = parameter(authorized(flow.fields()).location(), u"code"_s);
        flow.verifier = QString(43, u'a');
        QCOMPARE(errorOf(flow.redeem(code)), u"invalid_grant"_s);
    }

    void aRedirectUriThatIsNotRegisteredIsNeverFollowed()
    {
        CodeFlow flow = this->flow();
        flow.redirectUri = u"https://elsewhere.example/"_s;
        const HttpAnswer answer = authorized(flow.fields());
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.location().isEmpty());
    }

    void aCodeUsedTwiceRevokesWhatItBrought()
    {
        const CodeFlow flow = this->flow();
        const QString code = parameter(authorized(flow.fields()).location(), u"code"_s);
        const QJsonObject tokens = flow.redeem(code).json();
        QCOMPARE(userInfo(tokens).status, 200);
        QCOMPARE(errorOf(flow.redeem(code)), u"invalid_grant"_s);
        QCOMPARE(userInfo(tokens).status, 401); // RFC 6749 §4.1.2
    }

    void aRefreshTokenUsedTwiceRevokesItsFamily()
    {
        const CodeFlow flow = this->flow();
        const QString first = signedIn(flow).value("refresh_token"_L1).toString();
        const QJsonObject second = flow.refresh(first).json();
        const QString successor = second.value("refresh_token"_L1).toString();
        QVERIFY(!successor.isEmpty() && successor != first);
        QVERIFY(
            !tokenPart(second.value("id_token"_L1).toString(), 1).contains("nonce"_L1)); // OpenID Connect Core §12.2
        QCOMPARE(errorOf(flow.refresh(first)), u"invalid_grant"_s);
        QCOMPARE(errorOf(flow.refresh(successor)), u"invalid_grant"_s); // RFC 9700 §4.14.2
        QCOMPARE(userInfo(second).status, 401);
    }

    void revocationEndsAFamily()
    {
        const CodeFlow flow = this->flow();
        const QString token = signedIn(flow).value("refresh_token"_L1).toString();
        QCOMPARE(postForm(endpoint(u"/revoke"_s), {{u"token"_s, token}, {u"client_id"_s, flow.clientId}}).status, 200);
        QCOMPARE(errorOf(flow.refresh(token)), u"invalid_grant"_s);
        // RFC 7009 §2.2: a token that nobody knows is as good as revoked.
        QCOMPARE(postForm(endpoint(u"/revoke"_s), {{u"token"_s, u"x"_s}, {u"client_id"_s, flow.clientId}}).status, 200);
    }

    void aTokenExpiresByTheSandboxsClock()
    {
        const QJsonObject tokens = signedIn(flow());
        QCOMPARE(userInfo(tokens).status, 200);
        m_sandbox->context().settings.clockOffset = std::chrono::seconds(3601);
        QCOMPARE(userInfo(tokens).status, 401);
    }

    void aClientThatMustPushCannotAskInFront()
    {
        const CodeFlow flow = this->flow(u"sandbox-par"_s);
        QCOMPARE(authorized(flow.fields()).status, 400);
        const HttpAnswer pushed = postForm(endpoint(u"/par"_s), flow.fields());
        QCOMPARE(pushed.status, 201);
        const Fields front{{u"client_id"_s, flow.clientId},
                           {u"request_uri"_s, pushed.json().value("request_uri"_L1).toString()}};
        QVERIFY(!parameter(authorized(front).location(), u"code"_s).isEmpty());
        QCOMPARE(authorized(front).status, 400); // RFC 9126 §4: once
    }

    void answersComeInTheModeThatWasAskedFor()
    {
        CodeFlow flow = this->flow();
        flow.more = {{u"response_mode"_s, u"fragment"_s}};
        QVERIFY(authorized(flow.fields()).location().hasFragment());
        flow.more = {{u"response_mode"_s, u"form_post"_s}};
        const HttpAnswer page = authorized(flow.fields());
        QCOMPARE(page.status, 200);
        QVERIFY(!hiddenField(page.body, "code"_ba).isEmpty());
        flow.more = {{u"response_mode"_s, u"jwt"_s}};
        const QJsonObject claims = tokenPart(parameter(authorized(flow.fields()).location(), u"response"_s), 1);
        QCOMPARE(claims.value("aud"_L1).toString(), flow.clientId); // JARM §2.1
        QVERIFY(!claims.value("code"_L1).toString().isEmpty());
    }

    void aConfidentialClientHasToAuthenticate()
    {
        const QUrl url = endpoint(u"/token"_s);
        const Fields form{{u"grant_type"_s, u"client_credentials"_s}, {u"scope"_s, u"read"_s}};
        QCOMPARE(postForm(url, form + Fields{{u"client_id"_s, u"sandbox-web"_s}}).status, 401);
        const QString secret = m_sandbox->context().directory.client(u"sandbox-web")->secret;
        // RFC 6749 §2.3.1: form-encoded before base64.
        const QByteArray pair = "sandbox-web:" + QUrl::toPercentEncoding(secret);
        const HttpAnswer answer = postForm(url, form, {{"Authorization"_ba, "Basic " + pair.toBase64()}});
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.json().contains("id_token"_L1));
        QVERIFY(!answer.json().contains("refresh_token"_L1));
    }

    void aPersonPicksAnAccountAndConsents()
    {
        m_sandbox->context().settings.approve.clear();
        const HttpAnswer picker = authorized(flow().fields());
        QCOMPARE(picker.status, 200);
        QVERIFY(picker.body.contains("Ada Lovelace") && picker.body.contains("Grace Hopper"));
        const HttpAnswer consent =
            postForm(endpoint(u"/picked"_s),
                     {{u"interaction"_s, hiddenField(picker.body, "interaction"_ba)}, {u"user"_s, u"grace"_s}});
        QVERIFY(consent.body.contains("Allow"));
        const Headers cookie{{"Cookie"_ba, consent.header("set-cookie"_ba).split(';').first()}};
        const Fields decision{{u"interaction"_s, hiddenField(consent.body, "interaction"_ba)},
                              {u"decision"_s, u"allow"_s}};
        const QUrl redirect = postForm(endpoint(u"/decided"_s), decision, cookie).location();
        const QJsonObject tokens = flow().redeem(parameter(redirect, u"code"_s)).json();
        QCOMPARE(tokenPart(tokens.value("id_token"_L1).toString(), 1).value("given_name"_L1).toString(), u"Grace"_s);

        // Now known: prompt=none is answered, max_age=0 is not.
        CodeFlow again = flow();
        again.more = {{u"prompt"_s, u"none"_s}};
        QVERIFY(!parameter(authorized(again.fields(), cookie).location(), u"code"_s).isEmpty());
        QCOMPARE(parameter(authorized(again.fields()).location(), u"error"_s), u"login_required"_s);
        m_sandbox->context().settings.clockOffset = std::chrono::seconds(2);
        again.more.append({u"max_age"_s, u"1"_s});
        QCOMPARE(parameter(authorized(again.fields(), cookie).location(), u"error"_s), u"login_required"_s);
    }

    void aPersonWhoDeclinesIsHeard()
    {
        m_sandbox->context().settings.approve.clear();
        const HttpAnswer picker = authorized(flow().fields());
        const QUrl redirect =
            postForm(endpoint(u"/picked"_s),
                     {{u"interaction"_s, hiddenField(picker.body, "interaction"_ba)}, {u"decision"_s, u"deny"_s}})
                .location();
        QCOMPARE(parameter(redirect, u"error"_s), u"access_denied"_s);
        QCOMPARE(parameter(redirect, u"state"_s), u"the state"_s);
    }

    void aDeviceThatHurriesIsSlowedDown()
    {
        m_sandbox->context().settings.approve.clear();
        const QJsonObject device = startDevice();
        QCOMPARE(errorOf(poll(device)), u"authorization_pending"_s);
        QCOMPARE(errorOf(poll(device)), u"slow_down"_s); // RFC 8628 §3.5
        m_sandbox->context().settings.clockOffset = std::chrono::seconds(6);
        QCOMPARE(errorOf(poll(device)), u"slow_down"_s); // the interval is 10 seconds by now
        m_sandbox->context().settings.clockOffset = std::chrono::seconds(60);
        QCOMPARE(errorOf(poll(device)), u"authorization_pending"_s);
        const QString code = device.value("user_code"_L1).toString();
        const HttpAnswer page =
            postForm(endpoint(u"/device"_s), {{u"user_code"_s, code.toLower()}, {u"user"_s, u"alan"_s}});
        QVERIFY(page.body.contains("Device connected"));
        m_sandbox->context().settings.clockOffset = std::chrono::seconds(120);
        const HttpAnswer tokens = poll(device);
        QCOMPARE(tokens.status, 200);
        QCOMPARE(tokenPart(tokens.json().value("id_token"_L1).toString(), 1).value("given_name"_L1).toString(),
                 u"Alan"_s);
        QCOMPARE(errorOf(poll(device)), u"invalid_grant"_s);
    }

    void aDeviceCodeExpiresOrIsDenied()
    {
        m_sandbox->context().settings.approve.clear();
        const QJsonObject denied = startDevice();
        postForm(endpoint(u"/device"_s),
                 {{u"user_code"_s, denied.value("user_code"_L1).toString()}, {u"decision"_s, u"deny"_s}});
        QCOMPARE(errorOf(poll(denied)), u"access_denied"_s);
        const QJsonObject late = startDevice();
        m_sandbox->context().settings.clockOffset = std::chrono::seconds(901);
        QCOMPARE(errorOf(poll(late)), u"expired_token"_s);
    }

    void signingOutLeadsBackWithTheState()
    {
        const QString idToken = signedIn(flow()).value("id_token"_L1).toString();
        const Fields form{{u"id_token_hint"_s, idToken},
                          {u"post_logout_redirect_uri"_s, u"http://127.0.0.1:5/"_s},
                          {u"state"_s, u"bye"_s}};
        QCOMPARE(postForm(endpoint(u"/end_session"_s), form).location(), QUrl(u"http://127.0.0.1:5/?state=bye"_s));
        const Fields foreign{{u"id_token_hint"_s, idToken},
                             {u"post_logout_redirect_uri"_s, u"https://elsewhere.example/"_s}};
        QCOMPARE(postForm(endpoint(u"/end_session"_s), foreign).status, 400);
    }

    void aTokenInTheQueryIsNotTaken()
    {
        const QString token = signedIn(flow()).value("access_token"_L1).toString();
        QCOMPARE(httpCall("GET"_ba, endpoint(u"/userinfo?access_token="_s + token)).status, 401); // RFC 9700 §4.3.2
    }

    void introspectionKnowsWhatIsActive()
    {
        const QString token = signedIn(flow()).value("access_token"_L1).toString();
        const Fields form{{u"token"_s, token}, {u"client_id"_s, u"sandbox-native"_s}};
        QCOMPARE(postForm(endpoint(u"/introspect"_s), form).json().value("active"_L1).toBool(), true);
        m_sandbox->context().settings.clockOffset = std::chrono::seconds(3601);
        QCOMPARE(postForm(endpoint(u"/introspect"_s), form).json(), (QJsonObject{{u"active"_s, false}}));
    }

private:
    QString base() const { return u"http://127.0.0.1:"_s + QString::number(m_sandbox->port()); }
    QUrl endpoint(const QString &path) const { return QUrl(m_sandbox->issuer() + path); }
    CodeFlow flow(const QString &client = u"sandbox-native"_s) const
    {
        return {.issuer = m_sandbox->issuer(),
                .authorizationEndpoint = m_sandbox->issuer() + u"/authorize"_s,
                .tokenEndpoint = m_sandbox->issuer() + u"/token"_s,
                .clientId = client};
    }
    HttpAnswer authorized(const Fields &fields, const Headers &headers = {}) const
    {
        return httpCall("GET"_ba, endpoint(u"/authorize?"_s + QString::fromLatin1(encodedForm(fields))), headers);
    }
    QJsonObject signedIn(const CodeFlow &flow) const
    {
        return flow.redeem(parameter(authorized(flow.fields()).location(), u"code"_s)).json();
    }
    HttpAnswer userInfo(const QJsonObject &tokens) const
    {
        return httpCall("GET"_ba, endpoint(u"/userinfo"_s),
                        {{"Authorization"_ba, "Bearer " + tokens.value("access_token"_L1).toString().toLatin1()}});
    }
    QJsonObject startDevice() const
    {
        return postForm(endpoint(u"/device_authorization"_s),
                        {{u"client_id"_s, u"sandbox-native"_s}, {u"scope"_s, u"openid profile"_s}})
            .json();
    }
    HttpAnswer poll(const QJsonObject &device) const
    {
        return postForm(endpoint(u"/token"_s),
                        {{u"grant_type"_s, u"urn:ietf:params:oauth:grant-type:device_code"_s},
                         {u"client_id"_s, u"sandbox-native"_s},
                         {u"device_code"_s, device.value("device_code"_L1).toString()}});
    }

    std::unique_ptr<Sandbox> m_sandbox;
};

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
