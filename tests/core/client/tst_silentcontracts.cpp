// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/faketransport.h"

#include <countersign/client/publicclient.h>
#include <countersign/crypto/systemrandom.h>
#include <countersign/storage/memorystore.h>
#include <countersign/storage/persistenttokencache.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

class NobodyAgent final : public AuthorizationAgent
{
public:
    NobodyAgent() = default;
    Result<std::unique_ptr<AuthorizationSession>> begin(const RedirectPreference &, Handler) override
    {
        return Error{ErrorCode::NotSupported, u"nobody is here"_s};
    }
    QString name() const override { return u"nobody"_s; }
};

//! The contracts' fixture: client my_app, authority common, account my_uid.my_utid, scopes s1 s2, a counting transport.
struct Fixture
{
    explicit Fixture(const QString &clientId = u"my_app"_s)
    {
        ClientConfiguration configuration;
        configuration.clientId = {clientId};
        configuration.retry = RetryPolicy::none();
        auto made = PublicClient::create(
            configuration, {.http = http, .cache = cache, .agent = agent, .clock = clock, .random = random});
        if (!made)
            qFatal("%s", qPrintable(made.error().message()));
        client = *std::move(made);
    }

    TokenGrant grant(qint64 lifetime = 3600) const
    {
        TokenGrant granted;
        granted.clientId = {u"my_app"_s};
        granted.environment = {u"login.microsoftonline.com"_s};
        granted.realm = u"common"_s;
        granted.homeAccountId = {u"my_uid.my_utid"_s};
        granted.username = u"me@example.com"_s;
        granted.authorityType = u"MSSTS"_s;
        granted.requestedScopes = granted.grantedScopes = {u"s1"_s, u"s2"_s};
        granted.accessToken = Secret::copyOf("the cached AT");
        granted.refreshToken = Secret::copyOf("rt");
        granted.expiresAt = clock.now().addSecs(lifetime);
        return granted;
    }
    void change(const std::function<void(TokenCache &)> &what)
    {
        std::optional<Result<void>> done;
        cache.update(what, client.get(), [&done](const Result<void> &outcome) { done = outcome; });
        QTRY_VERIFY(done.has_value());
        QVERIFY(done->hasValue());
    }
    void store(const TokenGrant &granted)
    {
        change([&granted, this](TokenCache &target) { target.merge(granted, clock.now()); });
    }
    //! Before anything is silently asked for: afterwards hits are known at once.
    void open()
    {
        change([](TokenCache &) {});
    }

    SilentParameters asking(ScopeSet scopes = {u"s1"_s, u"s2"_s}) const
    {
        return {.scopes = std::move(scopes), .account = account};
    }
    void ask(SilentParameters parameters)
    {
        result.reset();
        auto *const operation = client->acquireTokenSilently(std::move(parameters));
        QObject::connect(operation, &Operation::finished, client.get(), [this, operation] {
            trace = operation->decisionTrace();
            result.emplace(operation->takeResult());
        });
    }
    //! The next request, answered. Discovery on the way answers itself.
    void answer(int status, const QByteArray &body) { answer(FakeTransport::response(status, body)); }
    void answer(const Result<HttpResponse> &response)
    {
        QTRY_VERIFY(http.waiting() > 0 || result);
        if (http.waiting() > 0 && http.sent.back().purpose == HttpPurpose::Discovery) {
            http.answer(FakeTransport::response(200, discovery(http.sent.back().url.host())));
            return answer(response);
        }
        QVERIFY(http.waiting() > 0);
        QCOMPARE(http.sent.back().purpose, HttpPurpose::Token);
        http.answer(response);
    }
    static QByteArray discovery(const QString &host)
    {
        return u"{\"issuer\":\"https://%1/{tenantid}/v2.0\",\"authorization_endpoint\":\"https://%1/common/authorize\","
               "\"token_endpoint\":\"https://%1/common/token\",\"jwks_uri\":\"https://%1/common/keys\"}"_s.arg(host)
                   .toUtf8();
    }
    qsizetype tokenRequests() const
    {
        return std::count_if(http.sent.begin(), http.sent.end(),
                             [](const HttpRequest &request) { return request.purpose == HttpPurpose::Token; });
    }
    QByteArray lastBody() const { return http.sent.back().body.reveal().toByteArray(); }
    QList<TraceVerdict> verdicts() const
    {
        QList<TraceVerdict> list;
        for (const TraceRow &row : trace.rows)
            list.append(row.verdict);
        return list;
    }
    QByteArray token() const
    {
        if (!result)
            return "nothing yet";
        return *result ? (*result)->accessToken.reveal().toByteArray() : result->error().message().toUtf8();
    }
    const Error &error() const { return result->error(); }

    FakeTransport http;
    MemoryStore memory;
    PersistentTokenCache cache{memory};
    NobodyAgent agent;
    StoppedClock clock;
    SystemRandom random;
    std::unique_ptr<PublicClient> client;
    AccountId account{{u"my_uid.my_utid"_s}, {u"login.microsoftonline.com"_s}};
    std::optional<Result<AuthenticationResult>> result;
    DecisionTrace trace;
};

constexpr auto newToken = R"({"token_type":"Bearer","access_token":"a new AT","expires_in":3600,"refresh_in":123})";

} // namespace

//! MSAL's contracts of silent acquisition, through the client, with every request counted.
class TestSilentContracts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void c1AFreshTokenIsReturnedForASubsetOfItsScopes()
    {
        Fixture f;
        auto granted = f.grant(900);
        granted.refreshAt = f.clock.now().addSecs(450);
        f.store(granted);
        f.ask(f.asking({u"s1"_s}));
        QTRY_VERIFY(f.result);
        QCOMPARE(f.token(), "the cached AT");
        QCOMPARE((*f.result)->source, TokenSource::Cache);
        QCOMPARE((*f.result)->refreshAt, f.clock.now().addSecs(450));
        QVERIFY(f.http.sent.empty());
        QCOMPARE(f.verdicts(), QList{TraceVerdict::Taken});
        QCOMPARE(f.trace.rows.first().value, 900);
    }

    void c2ATokenThatExpiresSoonIsRefreshed_data()
    {
        QTest::addColumn<int>("left");
        QTest::addColumn<bool>("isHit");
        QTest::newRow("C2: 60 s left") << 60 << false;
        QTest::newRow("C2: 299 s left") << 299 << false;
        QTest::newRow("C2: exactly 300 s left is still a hit") << 300 << true;
    }
    void c2ATokenThatExpiresSoonIsRefreshed()
    {
        QFETCH(const int, left);
        QFETCH(const bool, isHit);
        Fixture f;
        f.store(f.grant(left));
        f.ask(f.asking());
        if (!isHit)
            f.answer(200, newToken);
        QTRY_VERIFY(f.result);
        QCOMPARE(f.token(), isHit ? "the cached AT" : "a new AT");
        QCOMPARE((*f.result)->source, isHit ? TokenSource::Cache : TokenSource::Refresh);
        QCOMPARE(f.tokenRequests(), isHit ? 0 : 1);
        if (isHit)
            return;
        QCOMPARE((*f.result)->refreshAt, f.clock.now().addSecs(123));
        QVERIFY(f.lastBody().contains("refresh_token=rt"));
        QCOMPARE(f.trace.reason, RefreshReason::Expired);
        QCOMPARE(f.verdicts(), (QList{TraceVerdict::TooOld, TraceVerdict::ToBeSent, TraceVerdict::Redeemed}));
    }

    void c3AnAgingTokenIsRefreshedOrGoodEnough_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("C3 (a) the provider answers") << 200 << QByteArray(newToken) << QByteArray("a new AT");
        QTest::newRow("C3 (b) the provider refuses")
            << 400 << QByteArray(R"({"error":"foo"})") << QByteArray("the cached AT");
        QTest::newRow("C3 (c) no network") << 0 << QByteArray() << QByteArray("the cached AT");
    }
    void c3AnAgingTokenIsRefreshedOrGoodEnough()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, token);
        Fixture f;
        auto granted = f.grant(3599);
        granted.refreshAt = f.clock.now().addSecs(-1);
        f.store(granted);
        f.ask(f.asking());
        if (status > 0)
            f.answer(status, body);
        else
            f.answer(Error{ErrorCode::NetworkUnavailable, u"the cable is out"_s});
        QTRY_VERIFY(f.result);
        QCOMPARE(f.token(), token);
        QCOMPARE(f.tokenRequests(), 1);
        QCOMPARE(f.trace.reason, RefreshReason::Aging);
        // What failed on the way is told, but is no error.
        QCOMPARE((*f.result)->warning.has_value(), status != 200);
        QCOMPARE((*f.result)->source, status == 200 ? TokenSource::Refresh : TokenSource::Cache);
        QCOMPARE(f.trace.rows.first().verdict, TraceVerdict::KeptAsFallback);
        QCOMPARE(f.trace.rows.last().verdict, status == 200 ? TraceVerdict::Redeemed : TraceVerdict::Refused);
    }

    void c4AnErrorIsToldApartFromNothingCached()
    {
        {
            Fixture f;
            f.store(f.grant(-10));
            f.ask(f.asking());
            f.answer(400, R"({"error":"something went wrong"})");
            QTRY_VERIFY(f.result);
            QCOMPARE(f.error().oauth().error, u"something went wrong"_s);
            QCOMPARE(f.trace.rows.last().detail, u"something went wrong"_s);
            QVERIFY(describe(f.trace.rows.last()).contains(u"something went wrong"_s));
        }
        {
            Fixture f; // an empty cache
            f.ask(f.asking());
            QTRY_VERIFY(f.result);
            QCOMPARE(f.error().code(), ErrorCode::InteractionRequired);
            QCOMPARE(f.error().cause(), ErrorCause::AccountNotFound);
            QVERIFY(f.error().oauth().isEmpty());
            QVERIFY(f.http.sent.empty());
            QCOMPARE(f.verdicts(), QList{TraceVerdict::NothingCached});
        }
        {
            Fixture f; // no account, though the application itself has a token
            auto own = f.grant();
            own.homeAccountId = {};
            own.refreshToken = {};
            f.store(own);
            auto nobody = f.asking();
            nobody.account = {};
            QVERIFY(!f.client->cachedToken(nobody));
            f.ask(nobody);
            QTRY_VERIFY(f.result);
            QCOMPARE(f.error().cause(), ErrorCause::AccountNotFound);
            QVERIFY(f.http.sent.empty());
            QCOMPARE(f.verdicts(), QList{TraceVerdict::NoAccount});
        }
        {
            Fixture f; // the network fails and nothing is usable
            f.store(f.grant(-10));
            f.ask(f.asking());
            f.answer(Error{ErrorCode::NetworkUnavailable, u"the cable is out"_s});
            QTRY_VERIFY(f.result);
            QCOMPARE(f.error().code(), ErrorCode::NetworkUnavailable);
        }
    }

    void c5ASubErrorIsClassified_data()
    {
        QTest::addColumn<QString>("subError");
        QTest::addColumn<QString>("classification");
        QTest::newRow("C5: as it is") << u"basic_action"_s << u"basic_action"_s;
        for (const char *const hidden : {"client_mismatch", "bad_token", "token_expired", "protection_policy_required",
                                         "device_authentication_failed"})
            QTest::addRow("C5: hidden %s", hidden) << QString::fromLatin1(hidden) << QString();
    }
    void c5ASubErrorIsClassified()
    {
        QFETCH(const QString, subError);
        QFETCH(const QString, classification);
        Fixture f;
        f.store(f.grant(-10));
        f.ask(f.asking());
        f.answer(400, u"{\"error\":\"invalid_grant\",\"suberror\":\"%1\"}"_s.arg(subError).toUtf8());
        QTRY_VERIFY(f.result);
        QCOMPARE(f.error().oauth().subError, subError);
        QCOMPARE(f.error().oauth().classification(), classification);
    }

    void c6ARefusedRefreshTokenStaysAndTheAccountIsMarked()
    {
        Fixture f;
        f.store(f.grant(-10));
        f.ask(f.asking());
        f.answer(400, R"({"error":"invalid_grant","suberror":"bad_token"})");
        QTRY_VERIFY(f.result);
        QCOMPARE(f.error().code(), ErrorCode::InteractionRequired);
        QCOMPARE(f.cache.snapshot().refreshTokens().size(), 1U);
        QVERIFY(f.cache.snapshot().refreshTokens().front().secret() == Secret::copyOf("rt"));
        const auto attention = f.cache.snapshot().attention(f.account);
        QVERIFY(attention);
        QCOMPARE(*attention, (AccountAttention{u"invalid_grant"_s, u"bad_token"_s, f.clock.now()}));
        // Outside the shared schema: the sections of others say nothing of it.
        QVERIFY(f.memory.content().bytes.reveal().contains("\"CountersignAccounts\""));
    }

    void c7TheFamilysTokenIsSentByMsalsRules()
    {
        const auto familyGrant = [](const Fixture &f) {
            auto granted = f.grant(-10);
            granted.clientId = {u"app_a"_s};
            granted.familyId = u"1"_s;
            granted.refreshToken = Secret::copyOf("frt");
            return granted;
        };
        {
            Fixture f(u"app_b"_s); // (a) nobody knows the client: it tries, and joins
            f.store(familyGrant(f));
            f.ask(f.asking());
            f.answer(
                200,
                R"({"token_type":"Bearer","access_token":"at","expires_in":3600,"refresh_token":"frt2","foci":"1"})");
            QTRY_VERIFY(f.result);
            QCOMPARE(f.token(), "at");
            QVERIFY(f.lastBody().contains("refresh_token=frt"));
            const auto known = f.cache.snapshot().appMetadata(f.account.environment, {u"app_b"_s});
            QVERIFY(known);
            QCOMPARE(known->familyId(), u"1"_s);
            QCOMPARE(f.verdicts().mid(f.verdicts().size() - 2),
                     (QList{TraceVerdict::ToBeProbed, TraceVerdict::Redeemed}));
        }
        {
            Fixture f(u"app_b"_s); // (a) with an error: it is reported
            f.store(familyGrant(f));
            f.ask(f.asking());
            f.answer(400, R"({"error":"invalid_grant","error_description":"no","suberror":"client_mismatch"})");
            QTRY_VERIFY(f.result);
            QCOMPARE(f.error().oauth().error, u"invalid_grant"_s);
            QCOMPARE(f.cache.snapshot().refreshTokens().size(), 1U);
        }
        {
            Fixture f(u"app_b"_s); // (a) with client_mismatch: the family's turn is over
            f.store(familyGrant(f));
            auto sibling = familyGrant(f);
            sibling.clientId = {u"app_c"_s};
            f.store(sibling);
            f.ask(f.asking());
            f.answer(400, R"({"error":"invalid_grant","suberror":"client_mismatch"})");
            QTRY_VERIFY(f.result);
            QCOMPARE(f.tokenRequests(), 1);
            QCOMPARE(f.verdicts().last(), TraceVerdict::PassedOver);
        }
        {
            Fixture f(u"app_b"_s); // (b) known not to belong: its own token only
            f.store(familyGrant(f));
            auto own = f.grant(-10);
            own.clientId = {u"app_b"_s};
            f.store(own);
            f.ask(f.asking());
            f.answer(200, newToken);
            QTRY_VERIFY(f.result);
            QCOMPARE(f.tokenRequests(), 1);
            QVERIFY(f.lastBody().contains("refresh_token=rt&") || f.lastBody().endsWith("refresh_token=rt"));
            QVERIFY(f.verdicts().contains(TraceVerdict::OtherFamily));
        }
        {
            Fixture f(u"app_b"_s); // (c) a known member: the server's error as it is
            f.store(familyGrant(f));
            auto member = f.grant(-10);
            member.clientId = {u"app_b"_s};
            member.familyId = u"1"_s;
            member.refreshToken = {};
            f.store(member);
            f.ask(f.asking());
            f.answer(400, R"({"error":"server said no"})");
            QTRY_VERIFY(f.result);
            QCOMPARE(f.error().oauth().error, u"server said no"_s);
        }
    }

    void c8EntriesOfAnAliasAreFoundAndSentThere()
    {
        Fixture f;
        auto granted = f.grant();
        granted.environment = {u"sts.windows.net"_s};
        f.store(granted);
        const auto accounts = f.client->knownAccounts();
        QCOMPARE(accounts.size(), 1);
        QCOMPARE(accounts.first().id.environment.value, u"sts.windows.net"_s);
        f.ask(f.asking());
        QTRY_VERIFY(f.result);
        QCOMPARE(f.token(), "the cached AT");
        QCOMPARE((*f.result)->source, TokenSource::Cache);
        QVERIFY(f.http.sent.empty());
        QCOMPARE(f.verdicts(), (QList{TraceVerdict::AliasLooked, TraceVerdict::Taken}));
        f.result.reset();
        f.change([](TokenCache &target) { target.removeAccessToken(target.accessTokens().front()); });
        f.ask(f.asking());
        f.answer(200, newToken);
        QTRY_VERIFY(f.result);
        QCOMPARE(f.token(), "a new AT");
        QCOMPARE(f.http.sent.back().url.host(), u"sts.windows.net"_s);
        QCOMPARE(f.cache.snapshot().accessTokens().front().environment().value, u"sts.windows.net"_s);
    }

    void c9ASignOutDuringARefreshIsNotUndone()
    {
        Fixture f;
        f.store(f.grant(-10));
        f.ask(f.asking());
        QTRY_VERIFY(f.http.waiting() > 0);
        f.http.answer(FakeTransport::response(200, Fixture::discovery(u"login.microsoftonline.com"_s)));
        QTRY_COMPARE(f.tokenRequests(), 1);
        f.change([&f](TokenCache &target) { target.removeAccount(f.account, {u"my_app"_s}); });
        f.answer(200, R"({"token_type":"Bearer","access_token":"late","expires_in":3600,"refresh_token":"late too"})");
        QTRY_VERIFY(f.result);
        const auto &left = f.cache.snapshot();
        QVERIFY(left.accounts().isEmpty());
        QVERIFY(left.accessTokens().empty());
        QVERIFY(left.refreshTokens().empty());
        QVERIFY(!f.memory.content().bytes.reveal().contains("late"));
    }

    void c10TheSecondCallHitsWhatTheFirstWasGranted()
    {
        Fixture f;
        f.store(f.grant(-10));
        f.ask(f.asking({u"s1"_s}));
        f.answer(200, R"({"token_type":"Bearer","access_token":"at","expires_in":3600,"scope":"s1/ s3"})");
        QTRY_COMPARE(f.token(), "at");
        QCOMPARE((*f.result)->grantedScopes, (ScopeSet{u"s1/"_s, u"s3"_s}));
        f.ask(f.asking({u"s1"_s}));
        QTRY_VERIFY(f.result);
        QCOMPARE(f.token(), "at");
        QCOMPARE((*f.result)->grantedScopes, (ScopeSet{u"s1/"_s, u"s3"_s}));
        QCOMPARE(f.verdicts().last(), TraceVerdict::TakenByMemory);
        f.ask(f.asking({u"s3"_s}));
        QTRY_VERIFY(f.result);
        QCOMPARE(f.token(), "at");
        QCOMPARE(f.tokenRequests(), 1);
    }

    void c11AReplyThatNamesNobodyIsFoundAgain()
    {
        Fixture f;
        f.store(f.grant(-10));
        f.ask(f.asking());
        f.answer(200, R"({"token_type":"Bearer","access_token":"at","expires_in":3600})");
        QTRY_VERIFY(f.result);
        QCOMPARE((*f.result)->account.id, f.account);
        f.ask(f.asking());
        QTRY_VERIFY(f.result);
        QCOMPARE(f.token(), "at");
        QCOMPARE((*f.result)->source, TokenSource::Cache);
        QCOMPARE(f.tokenRequests(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSilentContracts)
#include "tst_silentcontracts.moc"
