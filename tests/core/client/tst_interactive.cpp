// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <countersign/useragent/pastebackagent.h>

#include <QtNetwork/QTcpSocket>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;
using TokenOutcome = Outcome<AuthenticationResult>;

namespace {

QJsonObject pageOf(const ClientFixture &f)
{
    const auto query = f.browser.opened.value(0).query(QUrl::FullyEncoded).toLatin1();
    return CountersignSandbox::Parameters::decode(query).toJson();
}

QJsonObject changed(const QString &what, const QString &name, const QJsonValue &value)
{
    return {{what, QJsonObject{{name, value}}}};
}

//! Time stands still.
class NoTimers final : public QObject
{
public:
    bool eventFilter(QObject *, QEvent *event) override { return event->type() == QEvent::Timer; }
};

} // namespace

//! What an interactive sign-in asks for, and what it makes of the answers.
class TestInteractive : public QObject
{
    Q_OBJECT

private:
    //! Where something is kept nothing is asked.
    static void again(PublicClient &client, ClientFixture &f, AskingStore &store)
    {
        TokenOutcome signIn(client.acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(store.questions, 1);
    }

private Q_SLOTS:
    //! c.7.10: a key store that asks for the password of a new keychain does so before a browser opens.
    void theStoreIsMadeReadyBeforeABrowserOpens_data()
    {
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("the person chooses a password") << false;
        QTest::newRow("the person refuses") << true;
    }
    void theStoreIsMadeReadyBeforeABrowserOpens()
    {
        QFETCH(bool, isRefused);
        ClientFixture f;
        AskingStore store;
        PersistentTokenCache cache(store);
        auto made = PublicClient::create(
            f.configuration, {.http = *f.http, .cache = cache, .agent = f.agent, .clock = f.clock, .random = f.random});
        QVERIFY(made);
        auto &client = **made;
        TokenOutcome signIn(client.acquireToken(f.signIn()));
        QTRY_VERIFY(store.answer);
        QVERIFY(f.browser.opened.isEmpty());
        QCOMPARE(signIn.stages.last(), Operation::Stage::OpeningStore);
        store.answer(isRefused ? Result<void>(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreDenied, u"no"_s})
                               : Result<void>());
        QTRY_VERIFY(signIn.isThere());
        QCOMPARE(signIn.succeeded(), !isRefused);
        QCOMPARE(f.browser.opened.isEmpty(), isRefused);
        if (isRefused)
            QCOMPARE(signIn.error().cause(), ErrorCause::StoreDenied);
        else
            again(client, f, store);
    }
    //! msal.md 1.5, 1.6; B.6: code and S256 always.
    void everyParameterReachesThePage()
    {
        ClientFixture f;
        auto p = f.signIn();
        p.extraScopesToConsent = {u"groups"_s};
        p.prompts = {u"login"_s, u"consent"_s};
        p.loginHint = u"ada@countersign.example"_s;
        p.maxAge = 600s;
        p.acrValues = u"urn:countersign:sandbox:picked"_s;
        p.claimsChallenge = uR"({"id_token":{"email":null}})"_s;
        p.uiLocales = u"de en"_s;
        p.display = u"popup"_s;
        p.resources = {u"https://api.example/"_s};
        p.extra = {{u"audience"_s, u"a&b"_s}};
        p.responseMode = ResponseMode::Query;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto page = pageOf(f);
        QCOMPARE(page.value(u"response_type"_s).toString(), u"code"_s);
        QCOMPARE(page.value(u"code_challenge_method"_s).toString(), u"S256"_s);
        QCOMPARE(page.value(u"code_challenge"_s).toString().size(), 43);
        QCOMPARE(page.value(u"prompt"_s).toString(), u"login consent"_s);
        QCOMPARE(page.value(u"login_hint"_s).toString(), u"ada@countersign.example"_s);
        QCOMPARE(page.value(u"max_age"_s).toString(), u"600"_s);
        QCOMPARE(page.value(u"acr_values"_s).toString(), u"urn:countersign:sandbox:picked"_s);
        QCOMPARE(page.value(u"claims"_s).toString(), p.claimsChallenge);
        QCOMPARE(page.value(u"ui_locales"_s).toString(), u"de en"_s);
        QCOMPARE(page.value(u"display"_s).toString(), u"popup"_s);
        QCOMPARE(page.value(u"resource"_s).toString(), u"https://api.example/"_s);
        QCOMPARE(page.value(u"audience"_s).toString(), u"a&b"_s);
        QCOMPARE(page.value(u"response_mode"_s).toString(), u"query"_s);
        QCOMPARE(page.value(u"scope"_s).toString(), u"groups offline_access openid profile"_s);
        const auto form = f.lastForm(u"token"_s);
        QCOMPARE(form.value(u"redirect_uri"_s), page.value(u"redirect_uri"_s));
        QCOMPARE(form.value(u"resource"_s).toString(), u"https://api.example/"_s);
        QVERIFY(!form.contains(u"scope"_s)); // Microsoft's extension
        QVERIFY(form.value(u"code_verifier"_s).toString().size() >= 43);
    }

    //! Whoever shows the ID token can verify it without the network.
    void aSignInLeavesWhatItsTokensCanBeHeldAgainst()
    {
        ClientFixture f;
        QVERIFY(!f.client().knownProvider());
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto sent = f.requests().size();
        const auto known = f.client().knownProvider();
        QVERIFY(known);
        QVERIFY(!known->issuer.isEmpty());
        QVERIFY(known->keys && !known->keys->isEmpty());
        QVERIFY(known->takesTokensBack && known->endsSessions);
        QCOMPARE(f.requests().size(), sent);
    }

    //! msal.md 1.6: nothing is sent that was not asked for.
    void nothingMoreIsSent()
    {
        ClientFixture f;
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        auto names = pageOf(f).keys();
        names.sort();
        QCOMPARE(names,
                 (QStringList{u"client_id"_s, u"code_challenge"_s, u"code_challenge_method"_s, u"nonce"_s,
                              u"redirect_uri"_s, u"response_type"_s, u"scope"_s, u"state"_s}));
    }

    //! B.20: response_type is code; and B.6, B.15, B.33: nobody takes a protection away.
    void theProtectionsCannotBeReplaced_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto *const name : {"state", "nonce", "code_challenge", "redirect_uri", "client_id", "scope",
                                       "response_type", "request", "request_uri", "authorization_details"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void theProtectionsCannotBeReplaced()
    {
        QFETCH(QString, name);
        ClientFixture f;
        auto p = f.signIn();
        p.extra = {{name, u"x"_s}};
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(f.browser.opened.isEmpty());
    }

    //! msal.md 1.5.
    void everyPromptReachesThePage_data()
    {
        QTest::addColumn<QString>("prompt");
        for (const auto *const prompt : {"none", "login", "consent", "select_account", "create"})
            QTest::newRow(prompt) << QString::fromLatin1(prompt);
    }
    void everyPromptReachesThePage()
    {
        QFETCH(const QString, prompt);
        ClientFixture f;
        f.browser.isAway = true;
        auto p = f.signIn();
        p.prompts = {prompt};
        QPointer<TokenOperation> signIn(f.client().acquireToken(p));
        QTRY_COMPARE(f.browser.opened.size(), 1);
        QCOMPARE(pageOf(f).value(u"prompt"_s).toString(), prompt);
        delete signIn;
    }

    void promptNoneCannotBeCombined()
    {
        ClientFixture f;
        auto p = f.signIn();
        p.prompts = {u"none"_s, u"login"_s};
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::InvalidArgument);
    }

    //! B.1: the browser, unless another agent is asked for.
    void thePortIsTheOneThatWasAskedFor()
    {
        ClientFixture f;
        auto p = f.signIn();
        p.redirect = RedirectPreference::loopback(u"localhost"_s, {47113, 47114}, u"/callback"_s);
        QString agent;
        p.beforeOpening = [&agent, &f](const QString &name) {
            QVERIFY(f.browser.opened.isEmpty());
            agent = name;
        };
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const QUrl redirect(pageOf(f).value(u"redirect_uri"_s).toString());
        QVERIFY(redirect.port() == 47113 || redirect.port() == 47114);
        QCOMPARE(redirect.path(), u"/callback"_s);
        QCOMPARE(redirect.host(), u"localhost"_s);
        QCOMPARE(agent, u"browser"_s);
    }

    void answersComeInEveryMode_data()
    {
        QTest::addColumn<int>("mode");
        QTest::newRow("query") << int(ResponseMode::Query);
        QTest::newRow("B.60 query.jwt") << int(ResponseMode::QueryJwt);
        QTest::newRow("B.60 jwt") << int(ResponseMode::Jwt);
    }
    void answersComeInEveryMode()
    {
        QFETCH(int, mode);
        ClientFixture f;
        auto p = f.signIn();
        p.responseMode = ResponseMode(mode);
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
    }

    //! A browser posts what the provider's page holds.
    void anAnswerThatIsPostedIsTaken()
    {
        ClientFixture f;
        f.browser.isAway = true;
        auto p = f.signIn();
        p.responseMode = ResponseMode::FormPost;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_COMPARE(f.browser.opened.size(), 1);
        auto page = f.browser.opened.first();
        page = QUrl::fromEncoded(page.toEncoded().replace("response_mode=form_post", "response_mode=query"));
        const auto answer = ClientFixture::answerFor(page);
        QVERIFY(answer.contains("code="));
        QNetworkAccessManager browser;
        const QUrl redirect(pageOf(f).value(u"redirect_uri"_s).toString());
        QNetworkRequest request(redirect);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
        std::unique_ptr<QNetworkReply> reply(browser.post(request, answer));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
    }

    //! B.60: signature, issuer, audience, time; and alg none.
    void aSignedAnswerThatIsWrongIsRefused_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::newRow("B.60 iss") << changed(u"append"_s, u"iss"_s, u"1"_s);
        QTest::newRow("B.60 aud") << changed(u"append"_s, u"aud"_s, u"1"_s);
        QTest::newRow("B.60 exp") << changed(u"set"_s, u"exp"_s, 1000);
        QTest::newRow("B.60 no exp") << QJsonObject{{u"remove"_s, QJsonArray{u"exp"_s}}};
    }
    void aSignedAnswerThatIsWrongIsRefused()
    {
        QFETCH(QJsonObject, change);
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::ResponseTokenClaims, change));
        auto p = f.signIn();
        p.responseMode = ResponseMode::QueryJwt;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::SecurityCheckFailed);
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! Headless: the address is pasted.
    void theAnswerCanBePasted()
    {
        ClientFixture f;
        QUrl shown;
        PasteBackAgent paste([&shown](const QUrl &page) { shown = page; });
        auto p = f.signIn();
        p.agent = &paste;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(!shown.isEmpty());
        const auto answer = ClientFixture::answerFor(shown);
        const QUrl redirect(
            CountersignSandbox::Parameters::decode(shown.query(QUrl::FullyEncoded).toLatin1()).value(u"redirect_uri"));
        QVERIFY(!paste.paste(QByteArray(redirect.toEncoded() + "?code=x&state=wrong")));
        QVERIFY(!signIn.isThere());
        QVERIFY(paste.paste(QByteArray(redirect.toEncoded() + "?" + answer)));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
    }

    //! C26, and B.84: the cache is byte-identical to before.
    void c26AnIdTokenThatDoesNotFitChangesNothing_data()
    {
        QTest::addColumn<int>("point");
        QTest::addColumn<QJsonObject>("change");
        const auto claims = int(HookPoint::IdTokenClaims);
        QTest::newRow("C26 nonce") << claims << changed(u"append"_s, u"nonce"_s, u"1"_s);
        QTest::newRow("C26 aud") << claims << changed(u"append"_s, u"aud"_s, u"1"_s);
        QTest::newRow("C26 B.84 auth_time old")
            << claims << changed(u"set"_s, u"auth_time"_s, QDateTime::currentSecsSinceEpoch() - 181 - 60);
        QTest::newRow("C26 B.84 auth_time absent") << claims << QJsonObject{{u"remove"_s, QJsonArray{u"auth_time"_s}}};
        QTest::newRow("C26 no ID token") << int(HookPoint::TokenResponse)
                                         << QJsonObject{{u"remove"_s, QJsonArray{u"id_token"_s}}};
    }
    void c26AnIdTokenThatDoesNotFitChangesNothing()
    {
        QFETCH(int, point);
        QFETCH(QJsonObject, change);
        SignedIn f;
        const auto before = f.stored();
        QVERIFY(f.sandbox.hooks().set(HookPoint(point), change));
        auto p = f.signIn();
        p.maxAge = 60s;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::SecurityCheckFailed);
        QCOMPARE(f.stored(), before);
    }

    //! C26: the skew is 120 s.
    void c26AnAuthTimeWithinTheSkewIsFine()
    {
        ClientFixture f;
        QVERIFY(
            f.sandbox.hooks().set(HookPoint::IdTokenClaims,
                                  changed(u"set"_s, u"auth_time"_s, QDateTime::currentSecsSinceEpoch() - 60 - 100)));
        auto p = f.signIn();
        p.maxAge = 60s;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
    }

    //! B.83, B.65: what was asked for is held against what came.
    void anEssentialAcrIsDemanded()
    {
        ClientFixture f;
        auto p = f.signIn();
        p.claimsChallenge = uR"({"id_token":{"acr":{"essential":true,"values":["nobody:has:this"]}}})"_s;
        QVERIFY(f.sandbox.hooks().set(HookPoint::IdTokenClaims, changed(u"set"_s, u"acr"_s, u"weak"_s)));
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! B.13, B.15-B.18: what comes back through the browser, and no token request unless it fits.
    void answersThatDoNotFitCostNoTokenRequest_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<int>("cause");
        QTest::newRow("B.15 state wrong") << changed(u"append"_s, u"state"_s, u"1"_s) << int(ErrorCause::StateMismatch);
        QTest::newRow("B.15 state missing")
            << QJsonObject{{u"remove"_s, QJsonArray{u"state"_s}}} << int(ErrorCause::StateMismatch);
        QTest::newRow("B.16 error without state")
            << QJsonObject{{u"remove"_s, QJsonArray{u"state"_s, u"code"_s}},
                           {u"set"_s, QJsonObject{{u"error"_s, u"access_denied"_s}}}}
            << int(ErrorCause::StateMismatch);
        QTest::newRow("B.9 B.17 B.18 iss wrong")
            << changed(u"set"_s, u"iss"_s, u"https://evil.example"_s) << int(ErrorCause::IssuerMismatch);
        QTest::newRow("B.17 iss with a slash")
            << changed(u"append"_s, u"iss"_s, u"/"_s) << int(ErrorCause::IssuerMismatch);
        QTest::newRow("B.17 iss missing")
            << QJsonObject{{u"remove"_s, QJsonArray{u"iss"_s}}} << int(ErrorCause::IssuerMismatch);
        QTest::newRow("B.13 two codes") << changed(u"duplicate"_s, u"code"_s, u"second"_s) << -1;
        QTest::newRow("B.13 two issuers") << changed(u"duplicate"_s, u"iss"_s, u"https://evil.example"_s) << -1;
    }
    void answersThatDoNotFitCostNoTokenRequest()
    {
        QFETCH(QJsonObject, change);
        QFETCH(int, cause);
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::AuthorizationResponse, change));
        auto p = f.signIn();
        p.timeout = 1500ms;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        if (cause >= 0)
            QCOMPARE(int(signIn.error().cause()), cause);
        QTest::qWait(100);
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! B.16, C28: somebody else's error or state ends nothing.
    void strangersDoNotEndTheWait()
    {
        ClientFixture f;
        f.browser.isAway = true;
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_COMPARE(f.browser.opened.size(), 1);
        const auto redirect = pageOf(f).value(u"redirect_uri"_s).toString();
        for (const auto &query : {u"?error=access_denied"_s, u"?code=x&state=y"_s, QString()})
            f.browser.go(QUrl(redirect + query));
        QTest::qWait(200);
        QVERIFY(!signIn.isThere());
        f.browser.go(f.browser.opened.first());
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
    }

    //! B.14.
    void unknownParametersOfAnAnswerAreIgnored()
    {
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::AuthorizationResponse,
            QJsonObject{{u"set"_s, QJsonObject{{u"session_state"_s, u"s"_s}, {u"foo"_s, u"bar"_s}}}}));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
    }

    //! B.7.
    void plainPkceIsNoWayOut()
    {
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::Discovery, changed(u"set"_s, u"code_challenge_methods_supported"_s, QJsonArray{u"plain"_s})));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::NotSupported);
        QVERIFY(f.browser.opened.isEmpty());
    }

    //! B.19: the code goes where it was meant to go, or nowhere.
    void aTokenEndpointThatMovesMeanwhileGetsNoCode()
    {
        ClientFixture f;
        auto p = f.signIn();
        p.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {47115});
        Outcome<AuthorizationCodeFlow> begun(f.client().beginAuthCodeFlow(p));
        QTRY_VERIFY2(begun.succeeded(), begun.why().constData());
        const auto answer = ClientFixture::answerFor(begun.value().url);
        QVERIFY(f.sandbox.hooks().set(HookPoint::Discovery, changed(u"append"_s, u"token_endpoint"_s, u"2"_s)));
        f.dropClient();
        f.configuration.providerFolder.clear();
        TokenOutcome completed(f.client().completeAuthCodeFlow(begun.value().state.clone(), Secret::copyOf(answer)));
        QTRY_VERIFY(completed.failed());
        QCOMPARE(completed.error().code(), ErrorCode::SecurityCheckFailed);
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
    }

    //! C24 for the two-leg form: state missing, state of another flow, an error with an injected token.
    void c24TheSecondLegChecksTheState()
    {
        ClientFixture f;
        auto p = f.signIn();
        p.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {47116});
        Outcome<AuthorizationCodeFlow> begun(f.client().beginAuthCodeFlow(p));
        QTRY_VERIFY2(begun.succeeded(), begun.why().constData());
        const auto complete = [&](const QByteArray &answer) {
            return f.client().completeAuthCodeFlow(begun.value().state.clone(), Secret::copyOf(answer));
        };
        TokenOutcome other(complete("code=x&state=2"));
        QTRY_VERIFY(other.failed());
        QCOMPARE(other.error().cause(), ErrorCause::StateMismatch);
        const auto state =
            CountersignSandbox::Parameters::decode(begun.value().url.query(QUrl::FullyEncoded).toLatin1())
                .value(u"state");
        const auto issuer = QUrl::toPercentEncoding(f.sandbox.issuer());
        TokenOutcome error(
            complete("error=foo&error_uri=bar&access_token=fake&iss=" + issuer + "&state=" + state.toLatin1()));
        QTRY_VERIFY(error.failed());
        QCOMPARE(error.error().oauth(), (OAuthError{.error = u"foo"_s, .description = {}, .uri = u"bar"_s}));
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
    }

    //! B.54: the provider demands it, nobody asked for it.
    void aProviderThatDemandsPushedRequestsGetsThem()
    {
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::Discovery,
                                      changed(u"set"_s, u"require_pushed_authorization_requests"_s, true)));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(f.requestsTo(u"POST par"_s), 1);
        QVERIFY(!pageOf(f).contains(u"scope"_s));
    }

    //! B.56: a request_uri is used once; every sign-in pushes its own.
    void everySignInPushesItsOwnRequest()
    {
        ClientFixture f;
        auto p = f.signIn();
        p.pushedRequests = PushedRequests::WhenPossible;
        for (int i = 0; i < 2; ++i) {
            TokenOutcome signIn(f.client().acquireToken(p));
            QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        }
        QCOMPARE(f.requestsTo(u"POST par"_s), 2);
        QVERIFY(f.browser.opened.first() != f.browser.opened.last());
    }

    //! B.57.
    void aPushedRequestThatIsRefusedOpensNoPage_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 413, 429})
            QTest::addRow("B.57 %d", status) << status;
    }
    void aPushedRequestThatIsRefusedOpensNoPage()
    {
        QFETCH(int, status);
        ClientFixture f;
        f.configuration.retry = {.maximumRetries = 0};
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::PushedAuthorization,
            QJsonObject{{u"status"_s, status}, {u"body"_s, uR"({"error":"invalid_request"})"_s}}));
        auto p = f.signIn();
        p.pushedRequests = PushedRequests::WhenPossible;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().httpStatus(), status);
        QVERIFY(f.browser.opened.isEmpty());
    }

    //! B.24: fewer scopes are shown as such; B.25: the type ignores case, an unknown one is refused.
    void whatTheTokenEndpointGrants_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("B.24 no scope") << QJsonObject{{u"remove"_s, QJsonArray{u"scope"_s}}} << true;
        QTest::newRow("B.24 no lifetime") << QJsonObject{{u"remove"_s, QJsonArray{u"expires_in"_s}}} << true;
        QTest::newRow("B.25 bEARER") << changed(u"set"_s, u"token_type"_s, u"bEARER"_s) << true;
        QTest::newRow("B.25 mac") << changed(u"set"_s, u"token_type"_s, u"mac"_s) << false;
        // RFC 6749 §7.1: nobody asked for one, and there is no key to go with it.
        QTest::newRow("B.25 DPoP") << changed(u"set"_s, u"token_type"_s, u"DPoP"_s) << false;
        QTest::newRow("B.25 pop") << changed(u"set"_s, u"token_type"_s, u"pop"_s) << false;
        QTest::newRow("B.25 ssh-cert") << changed(u"set"_s, u"token_type"_s, u"ssh-cert"_s) << false;
    }
    void whatTheTokenEndpointGrants()
    {
        QFETCH(QJsonObject, change);
        QFETCH(bool, accepted);
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, change));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.isThere());
        QVERIFY2(signIn.succeeded() == accepted, signIn.why().constData());
        if (accepted)
            QVERIFY(signIn.value().grantedScopes.contains(u"profile"_s));
    }

    void declinedScopesFailWhereAllAreNeeded()
    {
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, changed(u"set"_s, u"scope"_s, u"openid"_s)));
        auto p = f.signIn();
        p.isEveryScopeRequired = true;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::ScopesDeclined);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! B.34: error_uri stays text. B.26: neither is followed.
    void noAddressFromAnAnswerIsOpened()
    {
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::AuthorizationResponse,
                                      QJsonObject{{u"remove"_s, QJsonArray{u"code"_s}},
                                                  {u"set"_s,
                                                   QJsonObject{{u"error"_s, u"login_required"_s},
                                                               {u"error_uri"_s, u"https://evil.example/"_s}}}}));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::InteractionRequired);
        QCOMPARE(signIn.error().oauth().uri, u"https://evil.example/"_s);
        QCOMPARE(f.browser.opened.size(), 1);
    }

    //! Issue 4 "Must hold": the loopback answer is acted on within 20 ms of arriving. Here, while no timer rings at
    //! all: nothing polls, nothing waits, the answer itself sets the flow going.
    void theAnswerIsActedOnWithoutATimer()
    {
        ClientFixture f;
        f.browser.isAway = true;
        auto *const operation = f.client().acquireToken(f.signIn());
        TokenOutcome signIn(operation);
        QTRY_COMPARE(f.recorder.purposes(), (QStringList{u"discovery"_s, u"keys"_s}));
        const auto answer = ClientFixture::answerFor(f.browser.opened.first());
        const QUrl redirect(pageOf(f).value(u"redirect_uri"_s).toString());
        QTcpSocket browser;
        browser.connectToHost(redirect.host(), static_cast<quint16>(redirect.port()));
        QVERIFY(browser.waitForConnected(2000));
        NoTimers stopped;
        qApp->installEventFilter(&stopped);
        browser.write("GET /?" + answer + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(redirect.port())
                      + "\r\n\r\n");
        QVERIFY(QTest::qWaitFor([&signIn] { return signIn.stages.contains(Operation::Stage::Redeeming); }));
        qApp->removeEventFilter(&stopped);
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
    }

    //! A provider that speaks OAuth 2.0 without OpenID says not who signed in.
    void aPersonWithoutAnIdTokenGetsAnAccountOfTheirOwn()
    {
        ClientFixture f;
        f.configuration.isOpenId = false;
        TokenOutcome signIn(f.client().acquireToken(f.signIn({u"offline_access"_s, u"profile"_s})));
        QTRY_VERIFY(signIn.isThere());
        QVERIFY2(signIn.succeeded(), signIn.why().constData());
        QVERIFY(!signIn.value().account.id.isEmpty());
        QCOMPARE(f.cache.snapshot().accounts().size(), 1);
        auto silent = f.silently(signIn.value().account, {u"profile"_s});
        silent.isRefreshForced = true;
        TokenOutcome refreshed(f.client().acquireTokenSilently(silent));
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        QCOMPARE(f.cache.snapshot().accounts().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestInteractive)
#include "tst_interactive.moc"
