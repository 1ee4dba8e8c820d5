// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/formcodec.h>
#include <countersign/protocol/clientauthentication.h>
#include <countersign/protocol/clientinfo.h>
#include <countersign/protocol/discovery.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/grants.h>
#include <countersign/protocol/pkce.h>
#include <countersign/protocol/redirectanswer.h>
#include <countersign/protocol/scopes.h>
#include <countersign/protocol/tokenresponse.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;

namespace {

class CountingRandom final : public RandomSource
{
public:
    void fill(std::span<std::byte> bytes) override
    {
        for (auto &byte : bytes)
            byte = std::byte(m_next++);
    }

private:
    unsigned char m_next = 0;
};

const QDateTime now(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);

Authority issuer()
{
    return *Authority::oidc(u"https://op.example"_s);
}

QByteArray document(const QByteArray &issuerText)
{
    return R"({"issuer":")" + issuerText
        + R"(","authorization_endpoint":"https://op.example/auth","token_endpoint":"https://op.example/token"})";
}

StartedAuthorization started()
{
    const auto metadata = parseMetadata(issuer(), document("https://op.example"));
    AuthorizationRequest request;
    request.clientId = {u"app"_s};
    request.redirectUri = QUrl(u"http://127.0.0.1:4711/"_s);
    request.scopes = {u"openid"_s, u"a+b"_s};
    CountingRandom random;
    auto result = startAuthorization(issuer(), *metadata, request, random, now);
    return std::move(*result);
}

} // namespace

class TestSignInProtocol : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aClientSecretIsSentAsTheProviderTakesIt_data()
    {
        QTest::addColumn<int>("use");
        QTest::addColumn<bool>("hasSecret");
        QTest::addColumn<QStringList>("methods");
        QTest::addColumn<int>("expected"); // a method, or an error behind a hundred
        const auto row = [](const char *name, ClientSecretUse use, bool hasSecret, const QStringList &methods,
                            int expected) { QTest::newRow(name) << int(use) << hasSecret << methods << expected; };
        using Use = ClientSecretUse;
        using Method = ClientAuthentication::Method;
        const QString basic = u"client_secret_basic"_s;
        const QString post = u"client_secret_post"_s;
        row("RFC 8414 §2: nothing said is basic", Use::Automatic, true, {}, int(Method::SecretBasic));
        row("RFC 8414 §2: both", Use::Automatic, true, {post, basic}, int(Method::SecretBasic));
        row("RFC 8414 §2: post alone", Use::Automatic, true, {u"private_key_jwt"_s, post}, int(Method::SecretPost));
        row("RFC 8414 §2: none alone", Use::Automatic, true, {u"none"_s}, int(Method::None));
        row("RFC 8414 §2: neither", Use::Automatic, true, {u"private_key_jwt"_s}, 100 + int(ErrorCode::NotSupported));
        row("no secret, nothing said", Use::Automatic, false, {}, int(Method::None));
        row("no secret, whatever is said", Use::Automatic, false, {u"private_key_jwt"_s}, int(Method::None));
        row("the registration wins: post", Use::Post, true, {basic}, int(Method::SecretPost));
        row("the registration wins: basic", Use::Basic, true, {post}, int(Method::SecretBasic));
        row("the registration wins: none", Use::None, true, {basic}, int(Method::None));
        row("basic without a secret", Use::Basic, false, {basic}, 100 + int(ErrorCode::InvalidArgument));
        row("post without a secret", Use::Post, false, {}, 100 + int(ErrorCode::InvalidArgument));
    }
    void aClientSecretIsSentAsTheProviderTakesIt()
    {
        QFETCH(int, use);
        QFETCH(bool, hasSecret);
        QFETCH(QStringList, methods);
        QFETCH(int, expected);
        ProviderMetadata metadata;
        metadata.tokenEndpointAuthMethods = methods;
        auto secret = hasSecret ? std::make_shared<const Secret>(Secret::copyOf("s")) : nullptr;
        const auto chosen = chooseAuthentication(static_cast<ClientSecretUse>(use), std::move(secret), metadata);
        QCOMPARE(chosen ? int(chosen->method()) : 100 + int(chosen.error().code()), expected);
        QCOMPARE(clientSecretUseNamed(identifier(static_cast<ClientSecretUse>(use))),
                 std::optional(static_cast<ClientSecretUse>(use)));
    }

    //! RFC 9126 §2.1: in the header or behind the parameters, never a second client_id.
    void aPushedRequestCarriesTheProof()
    {
        const auto begun = started();
        const ClientId client{u"app"_s};
        const auto open = encodePushed(begun, client, {});
        QCOMPARE(open.form.reveal().toByteArray(), begun.parameters);
        const auto basic = encodePushed(begun, client, ClientAuthentication::secretBasic(Secret::copyOf("s&1")));
        QCOMPARE(basic.form.reveal().toByteArray(), begun.parameters);
        QVERIFY(basic.headers.contains({"Authorization", "Basic " + QByteArray("app:s%261").toBase64()}));
        const auto post = encodePushed(begun, client, ClientAuthentication::secretPost(Secret::copyOf("s&1")));
        const QByteArray expected = begun.parameters + "&client_secret=s%261";
        QCOMPARE(post.form.reveal().toByteArray(), expected);
    }

    void refusalsThatWantASecretAreKnown_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("description");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isMissing");
        QTest::newRow("RFC 6749 §5.2") << u"invalid_client"_s << QString() << 401 << true;
        QTest::newRow("Google") << u"invalid_request"_s << u"client_secret is missing."_s << 400 << true;
        QTest::newRow("Keycloak") << u"unauthorized_client"_s << u"Invalid client credentials"_s << 401 << true;
        QTest::newRow("RFC 6749 §5.2: another grant") << u"unauthorized_client"_s << QString() << 400 << false;
        QTest::newRow("RFC 6749 §5.2: another request") << u"invalid_request"_s << u"code is missing"_s << 400 << false;
        QTest::newRow("of the page") << u"invalid_client"_s << QString() << 0 << false;
    }
    void refusalsThatWantASecretAreKnown()
    {
        QFETCH(QString, error);
        QFETCH(QString, description);
        QFETCH(int, status);
        QFETCH(bool, isMissing);
        const Error refusal = Error(ErrorCode::ServerRejected, u"refused"_s)
                                  .withOAuth({.error = error, .description = description})
                                  .withHttpStatus(status);
        QCOMPARE(withMissingSecret(refusal).cause() == ErrorCause::ClientSecretMissing, isMissing);
        QCOMPARE(withMissingSecret(refusal).oauth(), refusal.oauth());
    }

    void contractC25PkceAndNonce()
    {
        QCOMPARE(codeChallenge(Secret::copyOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
                 QByteArray("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        QCOMPARE(nonceOnTheWire(Secret::copyOf("abcdefghijklmnop")),
                 QByteArray("f39dac6cbaba535e2c207cd0cd8f154974223c848f727f98b3564cea569b41cf"));
        CountingRandom random;
        QCOMPARE(makePkce(random).verifier.size(), qsizetype(43));
    }

    void b8VerifiersAreLongAndNeverTheSame()
    {
        SystemRandom random;
        QSet<QByteArray> seen;
        QHash<char, int> letters;
        constexpr int rounds = 10000;
        for (int i = 0; i < rounds; ++i) {
            const auto verifier = makePkce(random).verifier.reveal().toByteArray();
            QVERIFY(verifier.size() >= 43 && verifier.size() <= 128);
            for (const char c : verifier)
                ++letters[c];
            seen.insert(verifier);
        }
        QCOMPARE(seen.size(), rounds);
        // 64 letters of the unreserved set, each about as often as any other: six bits a letter, 256 and more in all.
        QCOMPARE(letters.size(), 64);
        for (auto letter = letters.cbegin(); letter != letters.cend(); ++letter) {
            QVERIFY(QByteArrayView("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
                        .contains(letter.key()));
            QVERIFY(letter.value() > rounds * 43 / 64 / 2);
        }
    }

    void contractC23ScopeDecoration()
    {
        const auto wire = decorateScopes(Authority::common(), {u"User.Read"_s});
        QVERIFY(wire.hasValue());
        QCOMPARE(wire->toString(), u"User.Read offline_access openid profile"_s);
        QVERIFY(!decorateScopes(Authority::common(), {u"openid"_s}).hasValue());
        QVERIFY(!decorateScopes(Authority::common(), {}, {.excluded = {u"openid"_s}}).hasValue());
        QVERIFY(decorateScopes(issuer(), {u"openid"_s}).hasValue());
    }

    void aRefreshNeverAsksForWhatWasNotGranted()
    {
        QCOMPARE(scopesForRefresh(issuer(), {u"a"_s}, {u"a"_s, u"openid"_s})->toString(), u"a openid"_s);
        QVERIFY(scopesForRefresh(issuer(), {u"a"_s, u"b"_s}, {u"a"_s})->isEmpty());
    }

    void contractC24Redirect_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("code");
        const QByteArray state = "state=" + started().pending.state.reveal().toByteArray();
        const auto row = [](const char *name, const QByteArray &answer, ErrorCode code) {
            QTest::newRow(name) << answer << int(code);
        };
        row("no state", "code=c", ErrorCode::SecurityCheckFailed);
        row("wrong state", "code=c&state=x", ErrorCode::SecurityCheckFailed);
        row("B.13 two codes", "code=c&code=d&" + state, ErrorCode::InvalidResponse);
        row("RFC 9207 wrong iss", "code=c&iss=https%3A%2F%2Fop.example%2F&" + state, ErrorCode::SecurityCheckFailed);
        row("denied", "error=access_denied&access_token=fake&" + state, ErrorCode::AccessDenied);
        row("B.16 error without state", "error=access_denied", ErrorCode::SecurityCheckFailed);
        row("login_required", "error=login_required&" + state, ErrorCode::InteractionRequired);
        row("invalid_scope", "error=invalid_scope&" + state, ErrorCode::ServerRejected);
        row("nothing", state, ErrorCode::InvalidResponse);
    }
    void contractC24Redirect()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const int, code);
        const auto pending = started().pending;
        const auto result = parseRedirect(answer, pending);
        QVERIFY(!result.hasValue());
        QCOMPARE(int(result.error().code()), code);
    }

    void theRightAnswerGivesTheCode()
    {
        const auto pending = started().pending;
        const QByteArray answer =
            "code=c%2B1&foo=bar&iss=https%3A%2F%2Fop.example&state=" + pending.state.reveal().toByteArray();
        QVERIFY(answersState(answer, pending));
        const auto result = parseRedirect(answer, pending);
        QVERIFY(result.hasValue());
        QCOMPARE(result->code.reveal(), QByteArrayView("c+1"));
    }

    void theRequestSaysWhatItMustAndKeepsTheVerifier()
    {
        const auto request = started();
        const auto metadata = parseMetadata(issuer(), document("https://op.example"));
        const QByteArray query = authorizationUrl(*metadata, request).query(QUrl::FullyEncoded).toLatin1();
        const auto parameters = Jose::FormParameters::parseUnique(query);
        QVERIFY(parameters.hasValue());
        QCOMPARE(parameters->value("scope"), std::optional(u"a+b openid"_s));
        QCOMPARE(parameters->value("code_challenge_method"), std::optional(u"S256"_s));
        QCOMPARE(parameters->value("nonce")->size(), qsizetype(64));
        QVERIFY(!query.contains(request.pending.verifier.reveal().toByteArray()));
    }

    void metadataNeedsTheExactIssuer()
    {
        QVERIFY(parseMetadata(issuer(), document("https://op.example")).hasValue());
        for (const QByteArray wrong : {"https://op.example/", "https://op.exampleINVALID", "https://OP.example", ""})
            QCOMPARE(parseMetadata(issuer(), document(wrong)).error().cause(), ErrorCause::DiscoveryIssuerMismatch);
    }

    void entraIssuersHaveATable()
    {
        const auto guid = u"9188040d-6c67-4c5b-b112-36a304b66dad"_s;
        const auto host = u"https://login.microsoftonline.com/"_s;
        QVERIFY(isIssuerOf(Authority::common(), host + "{tenantid}/v2.0"_L1));
        QVERIFY(!isIssuerOf(Authority::common(), host + guid + "/v2.0"_L1));
        QVERIFY(!isIssuerOf(Authority::common(), u"https://login.microsoftonline.us/{tenantid}/v2.0"_s));
        QVERIFY(isIssuerOf(*Authority::parse(host + "consumers"_L1), host + guid + "/v2.0"_L1));
        QVERIFY(isIssuerOf(*Authority::parse(host + "contoso.com"_L1), host + guid + "/v2.0"_L1));
        QVERIFY(!isIssuerOf(*Authority::parse(host + "contoso.com"_L1), host + "common/v2.0"_L1));
    }

    void tokenResponses_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, int status, const char *body, int code) {
            QTest::newRow(name) << status << QByteArray(body) << code;
        };
        row("plain", 200, R"({"access_token":"A","token_type":"bEARER","expires_in":"3599"})", -1);
        row("B.24 no expires_in", 200, R"({"access_token":"A","token_type":"Bearer"})", -1);
        row("C11 no token_type: Bearer, as MSAL has it", 200, R"({"access_token":"A","expires_in":3599})", -1);
        row("B.25 null", 200, R"({"access_token":"A","token_type":null})", int(ErrorCode::InvalidResponse));
        row("B.25 a number", 200, R"({"access_token":"A","token_type":1})", int(ErrorCode::InvalidResponse));
        row("B.25 mac", 200, R"({"access_token":"A","token_type":"mac"})", int(ErrorCode::InvalidResponse));
        row("zero lifetime", 200, R"({"access_token":"A","token_type":"Bearer","expires_in":0})",
            int(ErrorCode::InvalidResponse));
        row("error in 200", 200, R"({"error":"invalid_client"})", int(ErrorCode::ServerRejected));
        row("invalid_grant", 400, R"({"error":"invalid_grant"})", int(ErrorCode::InteractionRequired));
        row("client_mismatch", 400, R"({"error":"invalid_grant","suberror":"client_mismatch"})",
            int(ErrorCode::ServerRejected));
        row("HTML", 200, "<html>", int(ErrorCode::InvalidResponse));
        row("503 HTML", 503, "<html>", int(ErrorCode::ServerUnavailable));
        row("429", 429, "", int(ErrorCode::ServerUnavailable));
    }
    void tokenResponses()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const int, code);
        const auto response =
            parseTokenResponse({status, {{"retry-after", "Thu, 01 Jan 2026 12:00:30 GMT"}}, body}, now);
        QCOMPARE(response.hasValue(), code < 0);
        if (!response)
            QCOMPARE(int(response.error().code()), code);
        if (status >= 429)
            QCOMPARE(response.error().retryAfter(), std::optional(std::chrono::seconds(30)));
    }

    void whenTheRefreshTokenEndsIsReadAsProvidersSayIt_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<int>("seconds");
        QTest::newRow("Microsoft") << QByteArray(R"("refresh_token_expires_in":"86399")") << 86399;
        QTest::newRow("Keycloak") << QByteArray(R"("refresh_expires_in":1800)") << 1800;
        QTest::newRow("Keycloak, an offline token") << QByteArray(R"("refresh_expires_in":0)") << -1;
        QTest::newRow("nonsense is left out") << QByteArray(R"("refresh_token_expires_in":"soon")") << -1;
        QTest::newRow("nobody says") << QByteArray(R"("x":1)") << -1;
    }
    void whenTheRefreshTokenEndsIsReadAsProvidersSayIt()
    {
        QFETCH(const QByteArray, member);
        QFETCH(const int, seconds);
        const QByteArray body = R"({"access_token":"A","token_type":"Bearer",)" + member + '}';
        const auto response = parseTokenResponse({200, {}, body}, now);
        QVERIFY(response);
        QCOMPARE(response->refreshTokenExpiresIn.value_or(std::chrono::seconds(-1)), std::chrono::seconds(seconds));
    }

    void aCodeGrantIsAForm()
    {
        CodeGrant grant{Secret::copyOf("0.AB+/=%41"), QUrl(u"http://localhost:1/"_s), Secret::copyOf("v"), {}};
        const auto request = encode(grant, {.clientId = {u"app"_s}});
        QCOMPARE(request.form.reveal().toByteArray(),
                 QByteArray("grant_type=authorization_code&code=0.AB%2B%2F%3D%2541&redirect_uri="
                            "http%3A%2F%2Flocalhost%3A1%2F&code_verifier=v&client_id=app"));
    }

    void aadstsNumbersAreFound()
    {
        QCOMPARE(aadstsNumbers(u"AADSTS50076: x AADSTS50076 AADSTS65001"), (QList<int>{50076, 65001}));
    }
};

QTEST_GUILESS_MAIN(TestSignInProtocol)
#include "tst_signinprotocol.moc"
