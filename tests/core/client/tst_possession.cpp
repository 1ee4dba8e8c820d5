// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "entrafixture.h"
#include "support/httpcall.h"

#include <countersign/jose/jwtvalidator.h>
#include <countersign/jose/unverifiedjwt.h>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;
using TokenOutcome = Outcome<AuthenticationResult>;

namespace {

//! Ada, and the API that her token shall be good for.
struct Fixture : SignedIn
{
    QUrl api() const { return QUrl(sandbox.issuer() + u"/api"_s); }
    SilentParameters bound(const QByteArray &method = "GET") const
    {
        auto parameters = silently(account);
        parameters.proof = ProofOfPossession{.scheme = ProofScheme::Dpop, .method = method, .url = api(), .nonce = {}};
        return parameters;
    }
    SilentParameters boundAgain() const
    {
        auto parameters = bound();
        parameters.isRefreshForced = true;
        return parameters;
    }
    void demandNonce(const QString &nonce)
    {
        QVERIFY(sandbox.hooks().set(HookPoint::Proof, QJsonObject{{u"set"_s, QJsonObject{{u"nonce"_s, nonce}}}}));
    }
    //! What the API answers to \p result.
    HttpAnswer call(const AuthenticationResult &result, const QByteArray &method = "GET") const
    {
        Headers headers{{"Authorization", result.authorization().reveal().toByteArray()}};
        if (!result.proof.isEmpty())
            headers.append({"DPoP", result.proof.reveal().toByteArray()});
        return httpCall(method, api(), headers);
    }
    QByteArray tokenProof() const
    {
        return lastRequest(u"token"_s).value(u"headers"_s).toObject().value(u"dpop"_s).toString().toLatin1();
    }
    QString tokenProofClaim(const char *name) const
    {
        return Jose::UnverifiedJwt::parse(tokenProof())->claims().string(name).value_or(QString());
    }
    std::optional<ProofKeyEntry> key() const
    {
        return cache.snapshot().proofKey(
            {.account = account.id, .client = configuration.clientId, .scheme = u"dpop"_s});
    }
};

QString cnfOf(const AuthenticationResult &result)
{
    const auto token = Jose::UnverifiedJwt::parse(result.accessToken.reveal());
    return token->claims().object("cnf")->string("jkt").value_or(QString());
}

} // namespace

//! Tokens that are bound to a key of this device. Spec: RFC 9449; Microsoft's signed HTTP requests.
class TestPossession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRefreshWithAProofBringsABoundTokenThatAnApiTakes()
    {
        Fixture f;
        TokenOutcome outcome(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        const auto &result = outcome.value();
        QCOMPARE(f.requests(), QStringList{u"POST token"_s});
        QCOMPARE(result.tokenType, u"DPoP"_s);
        QCOMPARE(result.source, TokenSource::Refresh);
        QVERIFY(f.key());
        QCOMPARE(result.keyId, f.key()->keyId());
        QCOMPARE(cnfOf(result), result.keyId);
        QVERIFY(result.authorization().reveal().startsWith("DPoP "));
        QCOMPARE(f.call(result).status, 200);
        QCOMPARE(f.call(result).status, 401); // RFC 9449 §11.1: a proof is good for once
        QCOMPARE(f.call(result, "POST").status, 401);
    }

    //! RFC 9449 §5: to whom, and with which words.
    void theTokenEndpointIsShownAProofOfItsOwn()
    {
        Fixture f;
        TokenOutcome outcome(f.client().acquireTokenSilently(f.bound("PUT")));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        QCOMPARE(f.tokenProofClaim("htm"), u"POST"_s);
        QCOMPARE(f.tokenProofClaim("htu"), f.sandbox.issuer() + u"/token"_s);
        QVERIFY(f.tokenProofClaim("jti").size() >= 16);
        QVERIFY(f.tokenProofClaim("ath").isEmpty());
        QVERIFY(f.tokenProofClaim("nonce").isEmpty());
        const auto resource = Jose::UnverifiedJwt::parse(outcome.value().proof.reveal());
        QCOMPARE(resource->claims().string("htm"), u"PUT"_s);
        QVERIFY(resource->claims().contains("ath"));
        QVERIFY(resource->claims().string("jti") != f.tokenProofClaim("jti"));
    }

    void theNextOneComesOutOfTheCacheWithAProofOfItsOwn()
    {
        Fixture f;
        TokenOutcome first(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(first.succeeded(), first.why().constData());
        f.forget();
        TokenOutcome second(f.client().acquireTokenSilently(f.bound("POST")));
        QTRY_VERIFY2(second.succeeded(), second.why().constData());
        QVERIFY(f.requests().isEmpty());
        QCOMPARE(second.value().source, TokenSource::Cache);
        QVERIFY(second.value().accessToken == first.value().accessToken);
        QCOMPARE(second.value().keyId, first.value().keyId);
        QCOMPARE(f.call(second.value(), "POST").status, 200);
        const auto known = f.client().cachedToken(f.bound());
        QVERIFY(known.has_value());
        QCOMPARE(f.call(*known).status, 200);
    }

    void aBoundTokenIsNoBearerTokenAndTheReverse()
    {
        Fixture f;
        TokenOutcome bound(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(bound.succeeded(), bound.why().constData());
        f.forget();
        TokenOutcome bearer(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(bearer.succeeded(), bearer.why().constData());
        QCOMPARE(bearer.value().tokenType, u"Bearer"_s);
        QVERIFY(bearer.value().keyId.isEmpty());
        QVERIFY(bearer.value().proof.isEmpty());
        QVERIFY(bearer.value().accessToken != bound.value().accessToken);
        QCOMPARE(f.call(bearer.value()).status, 200);
        QVERIFY(f.requests().first() != u"POST token"_s);
        QCOMPARE(f.cache.snapshot().accessTokens().size(), 2U);
    }

    //! RFC 9449 §5: the refresh tokens of a public client get bound as well.
    void theSameKeyIsProvedWheneverTheBoundRefreshTokenIsSpent()
    {
        Fixture f;
        TokenOutcome first(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(first.succeeded(), first.why().constData());
        const auto keyId = first.value().keyId;
        const auto tokens = f.cache.snapshot().refreshTokens();
        QCOMPARE(tokens.size(), 1U);
        QCOMPARE(tokens.front().keyId(), keyId);
        f.dropClient();
        TokenOutcome second(f.client().acquireTokenSilently(f.boundAgain()));
        QTRY_VERIFY2(second.succeeded(), second.why().constData());
        QCOMPARE(second.value().source, TokenSource::Refresh);
        QCOMPARE(second.value().keyId, keyId);
        QCOMPARE(cnfOf(second.value()), keyId);
    }

    //! RFC 9449 §5: providers that bind it refuse it without the proof.
    void aRefusalOfABoundRefreshTokenSaysWhatItNeeds()
    {
        Fixture f;
        TokenOutcome bound(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(bound.succeeded(), bound.why().constData());
        f.forget();
        auto forced = f.silently(f.account);
        forced.isRefreshForced = true;
        TokenOutcome bearer(f.client().acquireTokenSilently(forced));
        QTRY_VERIFY(bearer.failed());
        QCOMPARE(bearer.error().code(), ErrorCode::InteractionRequired);
        QVERIFY2(bearer.error().message().contains("proof of a key"_L1), bearer.why().constData());
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
        QVERIFY(f.tokenProof().isEmpty());
        QVERIFY(!f.cache.snapshot().attention(f.account.id)); // nothing is wrong with the account
        TokenOutcome again(f.client().acquireTokenSilently(f.boundAgain()));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
    }

    //! Some leave a refresh token free that was not bound when the person signed in.
    void aRefreshTokenThatWasLeftFreeBringsBearerTokens()
    {
        Fixture f;
        TokenOutcome bound(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(bound.succeeded(), bound.why().constData());
        for (auto &token : f.sandbox.context().state.refreshTokens)
            token.keyId.clear();
        auto forced = f.silently(f.account);
        forced.isRefreshForced = true;
        TokenOutcome bearer(f.client().acquireTokenSilently(forced));
        QTRY_VERIFY2(bearer.succeeded(), bearer.why().constData());
        QCOMPARE(bearer.value().tokenType, u"Bearer"_s);
        QVERIFY(f.cache.snapshot().refreshTokens().front().keyId().isEmpty());
        TokenOutcome again(f.client().acquireTokenSilently(f.boundAgain()));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
        QCOMPARE(again.value().keyId, bound.value().keyId);
    }

    void aNonceThatIsDemandedIsSentAtOnceAndRemembered()
    {
        Fixture f;
        f.demandNonce(u"first-nonce"_s);
        TokenOutcome outcome(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        QCOMPARE(f.requestsTo(u"POST token"_s), 2);
        QCOMPARE(f.tokenProofClaim("nonce"), u"first-nonce"_s);
        f.forget();
        TokenOutcome again(f.client().acquireTokenSilently(f.boundAgain()));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
        // RFC 9449 §8.2: the server wants another one from now on.
        f.demandNonce(u"second-nonce"_s);
        f.forget();
        TokenOutcome third(f.client().acquireTokenSilently(f.boundAgain()));
        QTRY_VERIFY2(third.succeeded(), third.why().constData());
        QCOMPARE(f.requestsTo(u"POST token"_s), 2);
    }

    void aNonceThatComesWithATokenIsUsedTheNextTime()
    {
        Fixture f;
        const QJsonObject giving{{u"headers"_s, QJsonObject{{u"DPoP-Nonce"_s, u"for-later"_s}}}};
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, giving));
        TokenOutcome first(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(first.succeeded(), first.why().constData());
        TokenOutcome second(f.client().acquireTokenSilently(f.boundAgain()));
        QTRY_VERIFY2(second.succeeded(), second.why().constData());
        QCOMPARE(f.tokenProofClaim("nonce"), u"for-later"_s);
    }

    //! Security rule B.47.
    void aServerThatIsNeverContentIsAskedTwice_data()
    {
        QTest::addColumn<QJsonObject>("headers");
        QTest::addColumn<int>("requests");
        QTest::newRow("B.47: the same nonce each time") << QJsonObject{{u"DPoP-Nonce"_s, u"n"_s}} << 2;
        QTest::newRow("RFC 9449 §8: no nonce comes with the demand") << QJsonObject() << 1;
        QTest::newRow("RFC 9449 §8.1: none that is one") << QJsonObject{{u"DPoP-Nonce"_s, u"a b"_s}} << 1;
    }
    void aServerThatIsNeverContentIsAskedTwice()
    {
        QFETCH(const QJsonObject, headers);
        QFETCH(const int, requests);
        Fixture f;
        const QJsonObject never{{u"instead"_s, true},
                                {u"status"_s, 400},
                                {u"headers"_s, headers},
                                {u"contentType"_s, u"application/json"_s},
                                {u"body"_s, u"{\"error\":\"use_dpop_nonce\"}"_s}};
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, never));
        TokenOutcome outcome(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().oauth().error, u"use_dpop_nonce"_s);
        QCOMPARE(f.requestsTo(u"POST token"_s), requests);
        // Nothing of the refusal is kept (contract C37): once the server is content, the token comes.
        f.sandbox.hooks().clear();
        TokenOutcome later(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(later.succeeded(), later.why().constData());
    }

    //! Security rule B.49, RFC 9449 §5.
    void aBearerTokenInPlaceOfABoundOneIsAnError()
    {
        Fixture f;
        const auto spent = f.refreshToken();
        // It ignores the field, as a server does that knows nothing of it.
        QVERIFY(f.sandbox.hooks().set(HookPoint::Proof, QJsonObject{{u"set"_s, QJsonObject{{u"ignored"_s, true}}}}));
        TokenOutcome outcome(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::NotSupported);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
        // The successor of the spent refresh token is not lost, and it is not bound.
        QVERIFY(f.refreshToken() != spent);
        QVERIFY(f.cache.snapshot().refreshTokens().front().keyId().isEmpty());
        QVERIFY(!f.client().cachedToken(f.bound()));
        auto bearer = f.silently(f.account);
        bearer.isRefreshForced = true;
        TokenOutcome later(f.client().acquireTokenSilently(bearer));
        QTRY_VERIFY2(later.succeeded(), later.why().constData());
        QCOMPARE(later.value().tokenType, u"Bearer"_s);
    }

    void aBoundTokenThatNobodyAskedForIsRefused()
    {
        Fixture f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse,
                                      QJsonObject{{u"set"_s, QJsonObject{{u"token_type"_s, u"DPoP"_s}}}}));
        auto forced = f.silently(f.account);
        forced.isRefreshForced = true;
        TokenOutcome outcome(f.client().acquireTokenSilently(forced));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::InvalidResponse);
    }

    //! RFC 9449 §5.1.
    void aServerWhoseAlgorithmsAreOthersIsNotAsked()
    {
        Fixture f;
        const QJsonObject others{
            {u"set"_s, QJsonObject{{u"dpop_signing_alg_values_supported"_s, QJsonArray{u"RS256"_s, u"EdDSA"_s}}}}};
        QVERIFY(f.sandbox.hooks().set(HookPoint::Discovery, others));
        f.dropClient();
        ClientConfiguration::forgetProvider(f.configuration.authority, f.configuration.providerFolder);
        TokenOutcome outcome(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::NotSupported);
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
    }

    void aRequestThatIsNoneIsRefusedBeforeAnythingIsSent()
    {
        Fixture f;
        auto parameters = f.bound();
        parameters.proof->url = QUrl(u"http://api.example/"_s);
        TokenOutcome outcome(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(f.requests().isEmpty());
        QVERIFY(!f.key());
    }

    void twoRequestsAtOnceGetOneTokenAndAProofEach()
    {
        Fixture f;
        TokenOutcome reading(f.client().acquireTokenSilently(f.bound("GET")));
        TokenOutcome writing(f.client().acquireTokenSilently(f.bound("POST")));
        QTRY_VERIFY2(reading.succeeded(), reading.why().constData());
        QTRY_VERIFY2(writing.succeeded(), writing.why().constData());
        QVERIFY(reading.value().accessToken == writing.value().accessToken);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
        QCOMPARE(f.call(reading.value(), "GET").status, 200);
        QCOMPARE(f.call(writing.value(), "POST").status, 200);
    }

    //! RFC 9449 §11.1: an API takes each proof once.
    void twoEqualRequestsAtOnceGetAProofEach()
    {
        Fixture f;
        TokenOutcome first(f.client().acquireTokenSilently(f.bound()));
        TokenOutcome second(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(first.succeeded(), first.why().constData());
        QTRY_VERIFY2(second.succeeded(), second.why().constData());
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
        QCOMPARE(f.call(first.value()).status, 200);
        QCOMPARE(f.call(second.value()).status, 200);
    }

    void theKeyGoesWithTheAccount()
    {
        Fixture f;
        TokenOutcome outcome(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        const auto secret = f.key()->secret().reveal().toByteArray();
        const auto number = Jose::JsonObject::parse(secret)->string("d").value_or(QString()).toLatin1();
        QVERIFY(!number.isEmpty());
        QVERIFY(f.stored().contains(number));
        QVERIFY(!f.cache.snapshot().exportWithoutSecrets().contains(number));
        Outcome<SignOutReport> out(f.client().signOut(f.account.id));
        QTRY_VERIFY(out.succeeded());
        QVERIFY(!f.key());
        QVERIFY(!f.stored().contains(number));
    }

    //! Security rule B.50.
    void whoeverLostTheKeySignsInAgain()
    {
        Fixture f;
        TokenOutcome outcome(f.client().acquireTokenSilently(f.bound()));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        std::optional<Result<void>> done;
        f.cache.update(
            [&f](TokenCache &cache) {
                const auto other = *Jose::Jwk::generate(Jose::JwkKind::P256);
                cache.setProofKey({.account = f.account.id, .client = f.configuration.clientId, .scheme = u"dpop"_s},
                                  other.toPrivateJson(), other.thumbprintText());
            },
            this, [&done](const Result<void> &saved) { done = saved; });
        QTRY_VERIFY(done.has_value());
        f.forget();
        auto *const operation = f.client().acquireTokenSilently(f.bound());
        DecisionTrace trace;
        QObject::connect(operation, &Operation::finished, this,
                         [&trace, operation] { trace = operation->decisionTrace(); });
        TokenOutcome later(operation);
        QTRY_VERIFY(later.failed());
        QCOMPARE(later.error().code(), ErrorCode::InteractionRequired);
        QVERIFY2(later.error().message().contains("is gone"_L1), later.why().constData());
        QVERIFY(f.requests().isEmpty());
        QVERIFY(std::any_of(trace.rows.begin(), trace.rows.end(),
                            [](const TraceRow &row) { return row.verdict == TraceVerdict::BoundToKey; }));
    }

    void signedHttpRequestsAreMicrosofts()
    {
        Fixture f;
        auto parameters = f.bound();
        parameters.proof->scheme = ProofScheme::SignedHttpRequest;
        TokenOutcome outcome(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::NotSupported);
        QVERIFY(f.requests().isEmpty());
    }

    //! As MSAL.NET asks for it: token_type and req_cnf in the form, the token within the signed request.
    void microsoftBindsATokenByItsOwnWords()
    {
        EntraFixture f;
        TokenOutcome imported(f.client().acquireTokenByRefreshToken(
            {.refreshToken = Secret::copyOf("RT"), .scopes = {u"User.Read"_s}, .authority = {}}));
        QTRY_VERIFY2(imported.succeeded(), imported.why().constData());
        SilentParameters parameters{.scopes = {u"User.Read"_s}, .account = imported.value().account.id};
        parameters.proof = ProofOfPossession{.scheme = ProofScheme::SignedHttpRequest,
                                             .method = "GET",
                                             .url = QUrl(u"https://graph.example/v1.0/me"_s),
                                             .nonce = "theirs"};
        f.http.route(EntraFixture::token, 200, f.tokens().replace("\"Bearer\"", "\"pop\""));
        TokenOutcome outcome(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        const auto sent = f.http.to(EntraFixture::token).last();
        QCOMPARE(sent.form.value(u"token_type"_s), u"pop"_s);
        QVERIFY(!sent.headers.contains("DPoP"));
        const auto &result = outcome.value();
        QCOMPARE(result.tokenType, u"PoP"_s);
        const auto confirmation =
            QByteArray::fromBase64(sent.form.value(u"req_cnf"_s).toLatin1(), QByteArray::Base64UrlEncoding);
        QCOMPARE(confirmation, QByteArray("{\"kid\":\"" + result.keyId.toLatin1() + "\"}"));
        QCOMPARE(result.accessToken, Secret::copyOf("AT"));
        QCOMPARE(result.authorization().reveal().toByteArray(),
                 QByteArray("PoP " + result.proof.reveal().toByteArray()));
        auto rules = Jose::JwtRules::forSignedHttpRequest("GET", parameters.proof->url);
        rules.keyThumbprint = result.keyId.toLatin1();
        rules.accessToken = Jose::HashPartner::of("AT", true);
        QVERIFY(Jose::JwtValidator(rules).validate(result.proof.reveal(), {}, f.clock.now()));
        // Its refresh tokens are not bound.
        QVERIFY(f.cache.snapshot().refreshTokens().front().keyId().isEmpty());
        const auto requests = f.http.sent.size();
        TokenOutcome again(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
        QCOMPARE(again.value().source, TokenSource::Cache);
        QCOMPARE(f.http.sent.size(), requests);
    }
};

QTEST_GUILESS_MAIN(TestPossession)
#include "tst_possession.moc"
