// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "cachefixture.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;

namespace {

TokenCache cacheOf(qint64 lifetime, std::optional<qint64> refreshIn = std::nullopt)
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.expiresAt = at(1000 + lifetime);
    if (refreshIn)
        grant.refreshAt = at(1000 + *refreshIn);
    cache.merge(grant, at(1000));
    return cache;
}

} // namespace

class TestSilentDecision final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void c1AFreshTokenAnswersASubsetOfItsScopes();
    void c2ATokenWithinTheMarginIsRefreshed_data();
    void c2ATokenWithinTheMarginIsRefreshed();
    void c3AnAgingTokenIsRefreshedAndKeptAsFallback();
    void c4NothingCachedIsNothingToDo();
    void c7TheFamilysTokenIsTriedByMsalsRules();
    void c8AnAliasIsLookedUpAfterTheOwnEnvironment();
    void c10TheSecondCallHitsWhatTheFirstWasGranted();
    void aChallengeOrForcePassesCachedTokensOver();
    void theNewestRefreshTokenGoesFirst();
    void aRefreshTokenThatWasGrantedTheScopesGoesFirst();
    void aRefreshTokenOfAKeyIsTriedWithoutItAfterAllOthers();
    void theTypeIsComparedIgnoringCase();
    void aRowThatIsPassedOverSaysWhy_data();
    void aRowThatIsPassedOverSaysWhy();
    void everyVerdictHasWords();
};

void TestSilentDecision::c1AFreshTokenAnswersASubsetOfItsScopes()
{
    const TokenCache cache = cacheOf(900, 450);
    const SilentDecision decision = decideSilently(cache, contosoQuery("s1"), at(1000));
    QVERIFY(decision.isHit());
    QCOMPARE(decision.steps.size(), 1U);
    QCOMPARE(decision.steps.front().use->secret(), secretOf("an access token"));
    QCOMPARE(decision.steps.front().use->refreshAt(), at(1450));
    QCOMPARE(decision.trace.reason, RefreshReason::NotNeeded);
    QCOMPARE(decision.trace.rows.last().verdict, TraceVerdict::Taken);
    QCOMPARE(decision.trace.rows.last().value, 900);
    QVERIFY(findFreshToken(cache, contosoQuery("s3 s1"), at(1000)));
    QVERIFY(!findFreshToken(cache, contosoQuery("s1 s4"), at(1000)));
    QVERIFY(!findFreshToken(cache, contosoQuery("s"), at(1000)));
}

void TestSilentDecision::c2ATokenWithinTheMarginIsRefreshed_data()
{
    QTest::addColumn<qint64>("left");
    QTest::addColumn<bool>("isHit");
    QTest::newRow("301 s left") << qint64(301) << true;
    QTest::newRow("300 s left is still a hit") << qint64(300) << true;
    QTest::newRow("299 s left") << qint64(299) << false;
    QTest::newRow("60 s left") << qint64(60) << false;
    QTest::newRow("expired") << qint64(-1) << false;
}

void TestSilentDecision::c2ATokenWithinTheMarginIsRefreshed()
{
    QFETCH(const qint64, left);
    QFETCH(const bool, isHit);
    const SilentDecision decision = decideSilently(cacheOf(left), contosoQuery(), at(1000));
    QCOMPARE(decision.isHit(), isHit);
    QVERIFY(!decision.fallback);
    if (isHit)
        return;
    QCOMPARE(decision.trace.reason, RefreshReason::Expired);
    QCOMPARE(decision.steps.size(), 1U);
    QVERIFY(decision.steps.front().spend);
    QCOMPARE(decision.steps.front().reason, RefreshReason::Expired);
    QCOMPARE(decision.steps.front().spend->secret(), secretOf("a refresh token"));
}

void TestSilentDecision::c3AnAgingTokenIsRefreshedAndKeptAsFallback()
{
    const TokenCache cache = cacheOf(3599, -1);
    const SilentDecision decision = decideSilently(cache, contosoQuery(), at(1000));
    QVERIFY(!decision.isHit());
    QVERIFY(decision.fallback);
    QCOMPARE(decision.fallback->secret(), secretOf("an access token"));
    QCOMPARE(decision.trace.reason, RefreshReason::Aging);
    QCOMPARE(decision.steps.size(), 1U);
    QCOMPARE(decision.steps.front().reason, RefreshReason::Aging);
    QVERIFY(!findFreshToken(cache, contosoQuery(), at(1000)));
}

void TestSilentDecision::c4NothingCachedIsNothingToDo()
{
    const SilentDecision decision = decideSilently(TokenCache(), contosoQuery(), at(1000));
    QVERIFY(decision.isEmpty());
    QCOMPARE(decision.trace.reason, RefreshReason::NoToken);
    QCOMPARE(decision.trace.rows.last().verdict, TraceVerdict::NothingCached);
}

void TestSilentDecision::c7TheFamilysTokenIsTriedByMsalsRules()
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.clientId = {u"app_a"_s};
    grant.familyId = u"1"_s;
    grant.refreshToken = secretOf("frt");
    cache.merge(grant, at(1000));
    SilentQuery query = contosoQuery();
    query.clientId = {u"app_b"_s};
    // (a) nobody knows app B: it may belong to the family.
    auto decision = decideSilently(cache, query, at(1000));
    QCOMPARE(decision.steps.size(), 1U);
    QVERIFY(decision.steps.front().isFamilyProbe);
    QCOMPARE(decision.steps.front().spend->secret(), secretOf("frt"));
    // On success it has joined, and keeps its own entry of the rotated token.
    TokenGrant joined = contosoGrant(2000);
    joined.clientId = query.clientId;
    joined.familyId = u"1"_s;
    joined.createAccount = false;
    joined.refreshToken = secretOf("frt2");
    joined.spentRefreshTokenKey = decision.steps.front().spend->key();
    TokenCache member = cache;
    QVERIFY(member.merge(joined, at(2000)).isStored);
    QCOMPARE(member.appMetadata(joined.environment, joined.clientId)->familyId(), u"1"_s);
    // (c) a known member: the family's token, then its own, no probe.
    decision = decideSilently(member, query, at(1'000'000));
    QCOMPARE(decision.steps.size(), 2U);
    QVERIFY(!decision.steps.front().isFamilyProbe);
    QCOMPARE(decision.steps.front().spend->secret(), secretOf("frt"));
    QCOMPARE(decision.steps.back().spend->secret(), secretOf("frt2"));
    // (b) known not to belong: only its own.
    TokenGrant orphan = contosoGrant();
    orphan.clientId = query.clientId;
    orphan.refreshToken = secretOf("rt");
    cache.merge(orphan, at(1000));
    decision = decideSilently(cache, query, at(1'000'000));
    QCOMPARE(decision.steps.size(), 1U);
    QCOMPARE(decision.steps.front().spend->secret(), secretOf("rt"));
}

void TestSilentDecision::c8AnAliasIsLookedUpAfterTheOwnEnvironment()
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.environment = {u"sts.windows.net"_s};
    cache.merge(grant, at(1000));
    SilentQuery query = contosoQuery();
    query.environments = {{u"login.microsoftonline.com"_s}, {u"sts.windows.net"_s}};
    const SilentDecision decision = decideSilently(cache, query, at(1000));
    QVERIFY(decision.isHit());
    QCOMPARE(decision.steps.front().use->environment().value, u"sts.windows.net"_s);
    QVERIFY(findFreshToken(cache, query, at(1000)));
    QVERIFY(cache.removeAccessToken(*decision.steps.front().use));
    const SilentDecision refresh = decideSilently(cache, query, at(1000));
    QCOMPARE(refresh.steps.size(), 1U);
    QCOMPARE(refresh.steps.front().spend->environment().value, u"sts.windows.net"_s);
}

void TestSilentDecision::c10TheSecondCallHitsWhatTheFirstWasGranted()
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.requestedScopes = {u"s1"_s};
    grant.grantedScopes = {u"s1/"_s, u"s3"_s};
    cache.merge(grant, at(1000));
    const SilentDecision decision = decideSilently(cache, contosoQuery("s1"), at(1000));
    QVERIFY(decision.isHit());
    QCOMPARE(decision.trace.rows.last().verdict, TraceVerdict::TakenByMemory);
    QCOMPARE(decision.steps.front().use->scopes(), grant.grantedScopes);
    QVERIFY(findFreshToken(cache, contosoQuery("s3"), at(1000)));
    QVERIFY(!findFreshToken(cache, contosoQuery("s2"), at(1000)));
}

void TestSilentDecision::aChallengeOrForcePassesCachedTokensOver()
{
    const TokenCache cache = cacheOf(3600);
    SilentQuery query = contosoQuery();
    query.forceRefresh = true;
    SilentDecision decision = decideSilently(cache, query, at(1000));
    QVERIFY(!decision.isHit());
    QVERIFY(!decision.fallback);
    QCOMPARE(decision.trace.reason, RefreshReason::Forced);
    QCOMPARE(decision.trace.rows.first().verdict, TraceVerdict::NotLookedAt);
    QCOMPARE(decision.steps.size(), 1U);
    query.forceRefresh = false;
    query.hasClaimsChallenge = true;
    QVERIFY(!findFreshToken(cache, query, at(1000)));
    QCOMPARE(decideSilently(cache, query, at(1000)).steps.front().reason, RefreshReason::Forced);
}

void TestSilentDecision::theNewestRefreshTokenGoesFirst()
{
    TokenCache cache;
    for (const int i : {2, 3, 1}) {
        TokenGrant grant = contosoGrant();
        grant.grantedScopes = {u"scope%1"_s.arg(i)};
        grant.refreshToken = Secret(QByteArray::number(i));
        grant.accessToken = {};
        cache.merge(grant, at(1000 + i));
    }
    const SilentDecision decision = decideSilently(cache, contosoQuery(), at(2000));
    QCOMPARE(decision.steps.size(), 3U);
    for (const int i : {0, 1, 2})
        QCOMPARE(decision.steps[static_cast<std::size_t>(i)].spend->secret(), Secret(QByteArray::number(3 - i)));
}

void TestSilentDecision::aRefreshTokenThatWasGrantedTheScopesGoesFirst()
{
    TokenCache cache;
    for (const auto &[scope, second] : {std::pair(u"api"_s, 1), std::pair(u"mail"_s, 2)}) {
        TokenGrant grant = contosoGrant();
        grant.grantedScopes = {u"openid"_s, scope};
        grant.refreshToken = Secret(scope.toLatin1());
        grant.accessToken = {};
        cache.merge(grant, at(1000 + second));
    }
    const auto first = [&cache](const ScopeSet &scopes) {
        auto query = contosoQuery();
        query.scopes = scopes;
        return decideSilently(cache, query, at(2000)).steps.front().spend->secret();
    };
    QCOMPARE(first({u"openid"_s, u"api"_s, u"offline_access"_s}), Secret(QByteArray("api")));
    QCOMPARE(first({u"mail"_s}), Secret(QByteArray("mail")));
    // Nobody's before the newest.
    QCOMPARE(first({u"openid"_s}), Secret(QByteArray("mail")));
    QCOMPARE(first({u"files"_s}), Secret(QByteArray("mail")));
}

void TestSilentDecision::theTypeIsComparedIgnoringCase()
{
    TokenCache cache = cacheOf(3600);
    SilentQuery query = contosoQuery();
    query.tokenType = u"bEARER"_s;
    QVERIFY(findFreshToken(cache, query, at(1000)));
    query.tokenType = u"DPoP"_s;
    QVERIFY(!findFreshToken(cache, query, at(1000)));
}

void TestSilentDecision::aRowThatIsPassedOverSaysWhy_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("realm");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<QString>("keyId");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("verdict");
    const QString client = u"my_client_id"_s;
    const QString realm = u"contoso"_s;
    const QString scope = u"s1"_s;
    QTest::newRow("another client's") << u"other"_s << realm << scope << QString() << QString() << u"other_client"_s;
    QTest::newRow("another tenant's") << client << u"fabrikam"_s << scope << QString() << QString() << u"other_realm"_s;
    QTest::newRow("for other scopes") << client << realm << u"s9"_s << QString() << QString() << u"other_scopes"_s;
    QTest::newRow("bound to another key") << client << realm << scope << u"k"_s << QString() << u"other_key"_s;
    QTest::newRow("of another type") << client << realm << scope << QString() << u"pop"_s << u"other_type"_s;
    QTest::newRow("just right") << client << realm << scope << QString() << u"Bearer"_s << u"taken"_s;
}

void TestSilentDecision::aRowThatIsPassedOverSaysWhy()
{
    QFETCH(const QString, client);
    QFETCH(const QString, realm);
    QFETCH(const QString, scope);
    QFETCH(const QString, keyId);
    QFETCH(const QString, type);
    QFETCH(const QString, verdict);
    SilentQuery query = contosoQuery();
    query.clientId = {client};
    query.realm = realm;
    query.scopes = {scope};
    query.keyId = keyId;
    query.tokenType = type;
    const SilentDecision decision = decideSilently(cacheOf(3600), query, at(1000));
    QCOMPARE(identifier(decision.trace.rows.first().verdict), verdict);
    QVERIFY(!decision.trace.rows.first().key.isEmpty());
}

void TestSilentDecision::everyVerdictHasWords()
{
    for (int i = 0; i <= int(TraceVerdict::AliasLooked); ++i) {
        const TraceRow row{TraceRow::Subject::AccessToken, {}, {}, TraceVerdict(i), 1};
        QVERIFY(describe(row).endsWith(u'.'));
        QVERIFY(!identifier(TraceVerdict(i)).isEmpty());
    }
}

//! RFC 9449 §5: only the provider knows whether it bound what came for a proof.
void TestSilentDecision::aRefreshTokenOfAKeyIsTriedWithoutItAfterAllOthers()
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.tokenType = u"DPoP"_s;
    grant.keyId = grant.refreshKeyId = u"thumb"_s;
    grant.grantedScopes = ScopeSet::parse(u"other"_s);
    cache.merge(grant, at(2000));
    const auto ask = [&cache](const QString &keyId) {
        auto query = contosoQuery();
        query.keyId = keyId;
        query.forceRefresh = true;
        return decideSilently(cache, query, at(3000));
    };
    QCOMPARE(ask({}).steps.size(), 1U);
    QCOMPARE(ask(u"thumb"_s).steps.size(), 1U);
    const auto withAnother = ask(u"another"_s);
    QVERIFY(withAnother.steps.empty());
    QVERIFY(std::any_of(withAnother.trace.rows.cbegin(), withAnother.trace.rows.cend(),
                        [](const TraceRow &row) { return row.verdict == TraceVerdict::BoundToKey; }));
    // One that came without a proof goes first, although it is older.
    cache.merge(contosoGrant(), at(1000));
    const auto both = ask({});
    QCOMPARE(both.steps.size(), 2U);
    QVERIFY(both.steps.front().spend->keyId().isEmpty());
    QCOMPARE(both.steps.back().spend->keyId(), u"thumb"_s);
}

QTEST_GUILESS_MAIN(TestSilentDecision)
#include "tst_silentdecision.moc"
