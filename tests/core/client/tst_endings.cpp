// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <QtTest/QSignalSpy>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;
using TokenOutcome = Outcome<AuthenticationResult>;

namespace {

//! Swallows the requests of one purpose: no answer, no error, no deadline of its own.
class DeafTransport final : public HttpTransport
{
public:
    DeafTransport(HttpTransport &other, HttpPurpose deafFor) : m_other(other), m_deafFor(deafFor) { }

    std::unique_ptr<HttpExchange> send(HttpRequest request, Handler handler) override
    {
        if (request.purpose != m_deafFor)
            return m_other.send(std::move(request), std::move(handler));
        ++swallowed;
        return std::make_unique<Exchange>(live);
    }

    int swallowed = 0;
    int live = 0;

private:
    struct Exchange final : HttpExchange
    {
        explicit Exchange(int &counted) : count(counted) { ++count; }
        ~Exchange() override { --count; }
        int &count;
    };
    HttpTransport &m_other;
    HttpPurpose m_deafFor;
};

std::unique_ptr<PublicClient> clientOver(ClientFixture &f, HttpTransport &http)
{
    auto services = f.services();
    auto made = PublicClient::create(
        f.configuration,
        {.http = http, .cache = services.cache, .agent = services.agent, .clock = f.clock, .random = f.random});
    return made ? *std::move(made) : nullptr;
}

InteractiveParameters withMode(ResponseMode mode)
{
    auto parameters = ClientFixture::signIn();
    parameters.responseMode = mode;
    return parameters;
}

} // namespace

//! How operations end when something does not go its usual way.
class TestEndings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! B.99, for the keys that sign an answer (JARM).
    void aSignedAnswerByANewKeyIsVerifiedAfterOneLook()
    {
        SignedIn f;
        f.sandbox.context().keys.rotate();
        TokenOutcome signIn(f.client().acquireToken(withMode(ResponseMode::QueryJwt)));
        QTRY_VERIFY(signIn.isThere());
        QVERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(f.requestsTo(u"GET jwks"_s), 1);
        // The next look is five minutes away.
        f.sandbox.context().keys.rotate();
        TokenOutcome early(f.client().acquireToken(withMode(ResponseMode::QueryJwt)));
        QTRY_VERIFY(early.failed());
        QCOMPARE(early.error().cause(), ErrorCause::KeyNotFound);
        QCOMPARE(f.requestsTo(u"GET jwks"_s), 1);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
    }

    //! Keys that are asked for again before they are old are no worse for the attempt.
    void keysAtHandAreGoodEnoughWhenNewOnesCannotBeHad()
    {
        SignedIn f;
        f.passTime(2h);
        QVERIFY(f.sandbox.hooks().set(HookPoint::Jwks, QJsonObject{{u"status"_s, 500}, {u"delayMs"_s, 800}}));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.isThere());
        QVERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(f.requestsTo(u"GET jwks"_s), 1);
    }

    //! What was asked of the first leg holds for the second.
    void theSecondLegKnowsWhoWasExpected()
    {
        SignedIn f;
        f.sandbox.context().settings.approve = u"grace"_s;
        auto parameters = f.signIn();
        parameters.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {47118});
        parameters.expectedAccount = f.account.id;
        Outcome<AuthorizationCodeFlow> begun(f.client().beginAuthCodeFlow(parameters));
        QTRY_VERIFY2(begun.succeeded(), begun.why().constData());
        const auto before = f.stored();
        TokenOutcome completed(f.client().completeAuthCodeFlow(
            begun.value().state.clone(), Secret::copyOf(ClientFixture::answerFor(begun.value().url))));
        QTRY_VERIFY(completed.failed());
        QCOMPARE(completed.error().cause(), ErrorCause::WrongAccount);
        QCOMPARE(f.stored(), before);
    }

    void theSecondLegKnowsThatEveryScopeIsRequired()
    {
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse,
                                      QJsonObject{{u"set"_s, QJsonObject{{u"scope"_s, u"openid"_s}}}}));
        auto parameters = f.signIn();
        parameters.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {47119});
        parameters.isEveryScopeRequired = true;
        Outcome<AuthorizationCodeFlow> begun(f.client().beginAuthCodeFlow(parameters));
        QTRY_VERIFY2(begun.succeeded(), begun.why().constData());
        TokenOutcome completed(f.client().completeAuthCodeFlow(
            begun.value().state.clone(), Secret::copyOf(ClientFixture::answerFor(begun.value().url))));
        QTRY_VERIFY(completed.failed());
        QCOMPARE(completed.error().code(), ErrorCode::ScopesDeclined);
    }

    //! B.62: also where nobody ever answers.
    void aDeafProviderDoesNotKeepTheAccountHere_data()
    {
        QTest::addColumn<int>("purpose");
        QTest::newRow("B.62 revocation") << int(HttpPurpose::Revocation);
        QTest::newRow("B.62 discovery") << int(HttpPurpose::Discovery);
    }
    void aDeafProviderDoesNotKeepTheAccountHere()
    {
        QFETCH(int, purpose);
        SignedIn f;
        f.dropClient();
        f.configuration.requestTimeout = 100ms;
        if (HttpPurpose(purpose) == HttpPurpose::Discovery)
            f.configuration.providerFolder.clear();
        DeafTransport deaf(*f.http, HttpPurpose(purpose));
        const auto client = clientOver(f, deaf);
        QVERIFY(client);
        Outcome<SignOutReport> signOut(client->signOut(f.account.id));
        QTRY_VERIFY(signOut.isThere());
        QVERIFY2(signOut.succeeded(), signOut.why().constData());
        const auto *revocation = signOut.value().find(SignOutStep::Kind::Revocation);
        QVERIFY(revocation);
        QCOMPARE(int(revocation->outcome), int(SignOutStep::Outcome::Failed));
        QCOMPARE(revocation->error->code(), ErrorCode::TimedOut);
        QVERIFY(f.isEmpty());
        QCOMPARE(deaf.swallowed, 1);
        QCOMPARE(deaf.live, 0);
    }

    //! A refresh token that was sent is spent: its successor must not get lost with the question that led to it.
    void aUserInfoThatIsCancelledDoesNotLoseTheRefreshToken_data()
    {
        QTest::addColumn<bool>("isDeleted");
        QTest::newRow("cancelled") << false;
        QTest::newRow("deleted") << true;
    }
    void aUserInfoThatIsCancelledDoesNotLoseTheRefreshToken()
    {
        QFETCH(bool, isDeleted);
        SignedIn f;
        f.passTime(2h);
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"delayMs"_s, 400}}));
        const auto before = f.refreshToken();
        QPointer<UserInfoOperation> asked(f.client().userInfo(f.account.id));
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
        if (isDeleted)
            delete asked;
        else
            asked->cancel();
        QTRY_VERIFY(f.refreshToken() != before);
        QCOMPARE(f.requestsTo(u"GET userinfo"_s), 0);
        QTRY_VERIFY(!asked);
    }

    //! A client may go at any moment, also with a refresh that nobody waits for.
    void aClientThatGoesTakesEverythingAlong()
    {
        SignedIn f;
        f.passTime(2h);
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"delayMs"_s, 300}}));
        const auto before = f.stored();
        QPointer<UserInfoOperation> asked(f.client().userInfo(f.account.id));
        QPointer<TokenOperation> silent(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
        f.dropClient();
        QVERIFY(!asked && !silent);
        // The provider's answer comes when there is nobody: the store is as it was, and nothing more is asked.
        QTest::qWait(500);
        QCOMPARE(f.stored(), before);
        QCOMPARE(f.recorder.records.size(), f.requests().size());
        QCOMPARE(f.requests(), QStringList{u"POST token"_s});
    }

    //! The caller that is shown the code may end the sign-in from there.
    void aCodeMayBeAnsweredByLeaving_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("isSecond");
        for (const bool isSecond : {false, true}) {
            for (const auto *const what : {"cancel", "delete", "drop the client"})
                QTest::addRow("%s%s", what, isSecond ? ", having joined" : "") << QString::fromLatin1(what) << isSecond;
        }
    }
    void aCodeMayBeAnsweredByLeaving()
    {
        QFETCH(QString, what);
        QFETCH(bool, isSecond);
        ClientFixture f({.deviceInterval = 1});
        DeviceCodeParameters parameters;
        parameters.scopes = {u"openid"_s};
        QPointer<DeviceCodeOperation> first;
        if (isSecond) {
            first = f.client().acquireTokenByDeviceCode(parameters);
            QSignalSpy shown(first, &DeviceCodeOperation::codeReady);
            QTRY_COMPARE(shown.size(), 1);
        }
        QPointer<DeviceCodeOperation> operation(f.client().acquireTokenByDeviceCode(parameters));
        int shown = 0;
        int finished = 0;
        QObject::connect(operation, &Operation::finished, this, [&finished] { ++finished; });
        QObject::connect(operation, &DeviceCodeOperation::codeReady, this, [&](const DeviceCode &) {
            ++shown;
            if (what == u"cancel")
                operation->cancel();
            else if (what == u"delete")
                delete operation;
            else
                f.dropClient();
        });
        QTRY_COMPARE(shown, 1);
        QTRY_VERIFY(!operation);
        QCOMPARE(finished, what == u"cancel" ? 1 : 0);
        QCOMPARE(first.isNull(), !isSecond || what == u"drop the client");
        QTest::qWait(50);
        QCOMPARE(shown, 1);
    }

    //! Who joins a sign-in that shows its code already hears of it later; not after leaving.
    void aCodeIsNotShownAfterTheEnd()
    {
        ClientFixture f({.deviceInterval = 1});
        DeviceCodeParameters parameters;
        parameters.scopes = {u"openid"_s};
        QPointer<DeviceCodeOperation> first(f.client().acquireTokenByDeviceCode(parameters));
        QSignalSpy shownFirst(first, &DeviceCodeOperation::codeReady);
        QTRY_COMPARE(shownFirst.size(), 1);
        QPointer<DeviceCodeOperation> second(f.client().acquireTokenByDeviceCode(parameters));
        QSignalSpy shown(second, &DeviceCodeOperation::codeReady);
        QSignalSpy finished(second, &Operation::finished);
        QObject::connect(second, &Operation::stageChanged, second, &Operation::cancel);
        QTRY_VERIFY(!second);
        QCOMPARE(finished.size(), 1);
        QCOMPARE(shown.size(), 0);
        QVERIFY(first);
    }

    //! Whoever watches the progress may take the client away, whatever the operation is busy with.
    void aStageMayBeAnsweredByDroppingTheClient_data()
    {
        using Start = std::function<Operation *(SignedIn &)>;
        QTest::addColumn<Start>("start");
        QTest::newRow("a sign-in") << Start([](SignedIn &f) { return f.client().acquireToken(f.signIn()); });
        QTest::newRow("a device's sign-in") << Start([](SignedIn &f) {
            f.sandbox.context().settings.deviceInterval = 1;
            return f.client().acquireTokenByDeviceCode({.scopes = {u"openid"_s}});
        });
        QTest::newRow("a refresh") << Start([](SignedIn &f) {
            f.passTime(2h);
            return f.client().acquireTokenSilently(f.silently(f.account));
        });
        QTest::newRow("an answer from the cache")
            << Start([](SignedIn &f) { return f.client().acquireTokenSilently(f.silently(f.account)); });
        QTest::newRow("a sign-out") << Start([](SignedIn &f) { return f.client().signOut(f.account.id); });
        QTest::newRow("the first leg of a sign-in") << Start([](SignedIn &f) {
            auto parameters = f.signIn();
            parameters.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {47120});
            return f.client().beginAuthCodeFlow(parameters);
        });
        QTest::newRow("the second leg of a sign-in") << Start([](SignedIn &f) {
            auto parameters = f.signIn();
            parameters.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {47120});
            Outcome<AuthorizationCodeFlow> first(f.client().beginAuthCodeFlow(parameters));
            if (!QTest::qWaitFor([&first] { return first.succeeded(); }))
                qFatal("no first leg");
            const auto answer = ClientFixture::answerFor(first.value().url);
            return f.client().completeAuthCodeFlow(first.value().state.clone(), Secret::copyOf(answer));
        });
        QTest::newRow("an import") << Start([](SignedIn &f) {
            return f.client().acquireTokenByRefreshToken(
                {.refreshToken = Secret::copyOf(f.refreshToken().toLatin1()), .scopes = {}, .authority = {}});
        });
        QTest::newRow("a question about the person")
            << Start([](SignedIn &f) { return f.client().userInfo(f.account.id); });
        QTest::newRow("a question about a token") << Start([](SignedIn &f) {
            return f.client().introspect({.token = Secret::copyOf(f.refreshToken().toLatin1()),
                                          .typeHint = {},
                                          .authority = {},
                                          .confirmedHost = {}});
        });
        QTest::newRow("a question to an API") << Start([](SignedIn &f) {
            return f.client().resourceMetadata(
                {.resource = QUrl(QString(f.sandbox.issuer() + u"/api"_s)), .challenge = {}});
        });
        QTest::newRow("a sign-out with the browser") << Start([](SignedIn &f) {
            return f.client().signOut(f.account.id,
                                      {.revokesTokens = true,
                                       .endsSession = true,
                                       .redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {}),
                                       .agent = nullptr});
        });
    }
    void aStageMayBeAnsweredByDroppingTheClient()
    {
        QFETCH(const std::function<Operation *(SignedIn &)>, start);
        QList<Operation::Stage> stages;
        {
            SignedIn f;
            QPointer<Operation> whole(start(f));
            QObject::connect(whole, &Operation::stageChanged, this,
                             [&stages](Operation::Stage stage) { stages.append(stage); });
            QTRY_VERIFY(!whole);
        }
        QCOMPARE(stages.value(stages.size() - 1), Operation::Stage::Done);
        for (const auto last : std::as_const(stages)) {
            SignedIn f;
            QPointer<Operation> operation(start(f));
            QSignalSpy finished(operation, &Operation::finished);
            bool isReached = false;
            QObject::connect(operation, &Operation::stageChanged, this, [&](Operation::Stage stage) {
                if (stage != last)
                    return;
                isReached = true;
                f.dropClient();
            });
            QTRY_VERIFY(!operation);
            QVERIFY(isReached);
            QCOMPARE(finished.size(), 0);
            QTest::qWait(50);
        }
    }

    //! The caller that is asked before the page opens may take the client away.
    void theLastMomentBeforeThePageMayEndEverything()
    {
        ClientFixture f;
        auto parameters = f.signIn();
        parameters.beforeOpening = [&f](const QString &) { f.dropClient(); };
        QPointer<TokenOperation> operation(f.client().acquireToken(parameters));
        QTRY_VERIFY(!operation);
        QTest::qWait(50);
        QVERIFY(f.browser.opened.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestEndings)
#include "tst_endings.moc"
