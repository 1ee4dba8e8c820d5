// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "cachefixture.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;

class TestTokenCache final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void c10TheScopesGrantedForARequestAreRemembered();
    void c11AReplyThatNamesNobodyInheritsTheAccount();
    void c12AGrantIsStoredByteForByteAsMsalDoes();
    void c13AnAdfsGrantIsStoredAsMsalDoes();
    void c14KeysAreLowerCaseAndFieldsKeepTheirs();
    void c15LifetimesAreStoredAsText();
    void c16TokensOfDifferentKeysLiveSideBySide();
    void c18TheChangedFlagFollowsChangesOnly();
    void c19TenantsOfOnePersonAreOneAccount();
    void c20SignOutTakesTheAccountOfOneEnvironment();
    void c21OnlyTheAppsOwnTokensGo();
    void c22IssuersOnOneHostShareNothing();
    void aRotatedRefreshTokenTakesThePlaceOfTheSpentOne();
    void aSuccessorWithoutAnEndDoesNotInheritTheSpentOnes();
    void aReplyAfterSignOutIsDropped();
    void anotherAccountWithTheSameKeyIsNotReplaced();
    void attentionAndHistoryAreKept();
    void aClientSecretBelongsToItsRegistration();
    void aKeyForProofsBelongsToItsAccountAndClient();
    void aRefreshTokenRemembersWhichKeyItIsBoundTo();
};

void TestTokenCache::c10TheScopesGrantedForARequestAreRemembered()
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.requestedScopes = {u"s1"_s};
    grant.grantedScopes = {u"s1/"_s, u"s3"_s};
    cache.merge(grant, at(1000));
    QCOMPARE(cache.grantedFor(contosoAccount(), grant.clientId, u"contoso"_s, {u"s1"_s}), grant.grantedScopes);
    QVERIFY(!cache.grantedFor(contosoAccount(), grant.clientId, u"contoso"_s, {u"s2"_s}));
    const auto again = TokenCache::deserialize(cache.serialize());
    QVERIFY(again);
    QCOMPARE(again->grantedFor(contosoAccount(), grant.clientId, u"contoso"_s, {u"s1"_s}), grant.grantedScopes);
}

void TestTokenCache::c11AReplyThatNamesNobodyInheritsTheAccount()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    TokenGrant reply;
    reply.clientId = {u"my_client_id"_s};
    reply.environment = {u"login.example.com"_s};
    reply.realm = u"contoso"_s;
    reply.createAccount = false;
    reply.requestedScopes = reply.grantedScopes = {u"s9"_s};
    reply.accessToken = secretOf("newer");
    reply.expiresAt = at(9000);
    reply.spentRefreshTokenKey = cache.refreshTokens().front().key();
    const auto outcome = cache.merge(reply, at(5000));
    QVERIFY(outcome.isStored);
    QCOMPARE(outcome.account.homeAccountId.value, u"uid.utid"_s);
    const auto hit = findFreshToken(cache, contosoQuery("s9"), at(5000));
    QVERIFY(hit);
    QCOMPARE(hit->secret(), secretOf("newer"));
    QCOMPARE(cache.accounts().size(), 1);
}

void TestTokenCache::c12AGrantIsStoredByteForByteAsMsalDoes()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    QCOMPARE(cache.serialize(), QByteArray(contosoDocument));
    auto again = TokenCache::deserialize(QByteArrayView(contosoDocument));
    QVERIFY(again);
    QCOMPARE(again->serialize(), QByteArray(contosoDocument));
    // Storing the same once more changes no byte either.
    again->merge(contosoGrant(), at(1000));
    QCOMPARE(again->serialize(), QByteArray(contosoDocument));
}

void TestTokenCache::c13AnAdfsGrantIsStoredAsMsalDoes()
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.environment = {u"fs.msidlab8.com"_s};
    grant.realm = u"adfs"_s;
    grant.homeAccountId = {u"subject"_s};
    grant.localAccountId = {u"subject"_s};
    grant.username = u"JaneDoe@example.com"_s;
    grant.authorityType = u"ADFS"_s;
    cache.merge(grant, at(1000));
    QVERIFY(
        section(cache, "AccessToken").contains("subject-fs.msidlab8.com-accesstoken-my_client_id-adfs-s1 s2 s3"_L1));
    const QJsonObject account = section(cache, "Account").value("subject-fs.msidlab8.com-adfs"_L1).toObject();
    QCOMPARE(account.value("authority_type"_L1).toString(), u"ADFS"_s);
    QCOMPARE(account.value("username"_L1).toString(), u"JaneDoe@example.com"_s);
    QCOMPARE(account.value("local_account_id"_L1).toString(), u"subject"_s);
}

void TestTokenCache::c14KeysAreLowerCaseAndFieldsKeepTheirs()
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.clientId = {u"MyApp"_s};
    grant.environment = {u"Login.Example.com"_s};
    grant.realm = u"Contoso"_s;
    grant.requestedScopes = grant.grantedScopes = {u"User.Read"_s};
    cache.merge(grant, at(1000));
    const QJsonObject token = section(cache, "AccessToken")
                                  .value("uid.utid-login.example.com-accesstoken-myapp-contoso-user.read"_L1)
                                  .toObject();
    QCOMPARE(token.value("realm"_L1).toString(), u"Contoso"_s);
    QCOMPARE(token.value("client_id"_L1).toString(), u"MyApp"_s);
    QCOMPARE(token.value("target"_L1).toString(), u"User.Read"_s);
    QCOMPARE(token.value("environment"_L1).toString(), u"login.example.com"_s);
    QVERIFY(section(cache, "AppMetadata").contains("appmetadata-login.example.com-MyApp"_L1));
}

void TestTokenCache::c15LifetimesAreStoredAsText()
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.refreshAt = at(2800);
    cache.merge(grant, at(1000));
    QCOMPARE(section(cache, "AccessToken").begin()->toObject().value("refresh_on"_L1), QJsonValue(u"2800"_s));
    TokenGrant unknown = contosoGrant();
    unknown.expiresAt = {};
    cache.merge(unknown, at(1000));
    const QJsonObject token = section(cache, "AccessToken").begin()->toObject();
    QCOMPARE(token.value("expires_on"_L1), QJsonValue(u"1600"_s));
    QVERIFY(!token.contains("refresh_on"_L1));
}

void TestTokenCache::c16TokensOfDifferentKeysLiveSideBySide()
{
    TokenCache cache;
    for (const char *const key : {"1", "2"}) {
        TokenGrant grant = contosoGrant();
        grant.keyId = QString::fromLatin1(key);
        grant.accessToken = secretOf(key);
        cache.merge(grant, at(1000));
    }
    SilentQuery query = contosoQuery();
    QVERIFY(!findFreshToken(cache, query, at(1000)));
    for (const char *const key : {"1", "2"}) {
        query.keyId = QString::fromLatin1(key);
        const auto token = findFreshToken(cache, query, at(1000));
        QVERIFY(token);
        QCOMPARE(token->secret(), secretOf(key));
    }
    // An entry with MSAL's extended key was asked for with more than scopes: it answers nobody else.
    const auto extended = TokenCache::deserialize(QByteArrayView(R"({"AccessToken": {"k": {
        "secret": "AT", "home_account_id": "uid.utid", "environment": "login.example.com", "client_id": "my_client_id",
        "target": "s1", "realm": "contoso", "expires_on": "9999", "ext_cache_key": "abc"}}})"));
    QVERIFY(extended);
    QVERIFY(!findFreshToken(*extended, contosoQuery(), at(1000)));
}

void TestTokenCache::c18TheChangedFlagFollowsChangesOnly()
{
    TokenCache cache;
    QVERIFY(!cache.hasStateChanged());
    cache.merge(contosoGrant(), at(1000));
    QVERIFY(cache.hasStateChanged());
    cache.serialize();
    QVERIFY(!cache.hasStateChanged());
    // Long expired, and still only read.
    QVERIFY(!decideSilently(cache, contosoQuery(), at(1'000'000)).isHit());
    QVERIFY(!cache.accounts().isEmpty());
    QVERIFY(!cache.hasStateChanged());
    QCOMPARE(cache.serialize(), QByteArray(contosoDocument));
}

void TestTokenCache::c19TenantsOfOnePersonAreOneAccount()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    TokenGrant fabrikam = contosoGrant();
    fabrikam.realm = u"fabrikam"_s;
    fabrikam.localAccountId = {u"object5678"_s};
    cache.merge(fabrikam, at(1000));
    const QList<Account> accounts = cache.accounts();
    QCOMPARE(accounts.size(), 1);
    QCOMPARE(accounts.first().id, contosoAccount());
    QCOMPARE(accounts.first().username, u"John Doe"_s);
    QCOMPARE(accounts.first().authorityType, u"MSSTS"_s);
    QCOMPARE(accounts.first().realm.value, u"fabrikam"_s);
    QCOMPARE(accounts.first().localAccountId.value, u"object5678"_s);
    QCOMPARE(accounts.first().tenantProfiles.size(), 2);
    QCOMPARE(accounts.first().tenantProfiles.first().localAccountId.value, u"object1234"_s);
    QCOMPARE(cache.accountsNamed(u"john doe"_s).size(), 1);
    QCOMPARE(cache.accountsNamed(u"jane doe"_s).size(), 0);
    QCOMPARE(cache.accounts({{u"elsewhere"_s}}).size(), 0);
}

void TestTokenCache::c20SignOutTakesTheAccountOfOneEnvironment()
{
    TokenCache cache;
    const auto add = [&cache](const char *client, const char *realm, const char *environment, const char *family) {
        TokenGrant grant = contosoGrant();
        grant.clientId.value = QString::fromLatin1(client);
        grant.realm = QString::fromLatin1(realm);
        grant.environment.value = QString::fromLatin1(environment);
        grant.familyId = QString::fromLatin1(family);
        cache.merge(grant, at(1000));
    };
    add("my_client_id", "contoso", "login.example.com", "1");
    add("my_client_id", "fabrikam", "login.example.com", "1");
    add("sibling", "contoso", "login.example.com", "1");
    add("stranger", "contoso", "login.example.com", "");
    add("my_client_id", "contoso", "alias.example.com", "1");
    const RemovalSummary preview = cache.previewRemoval(contosoAccount(), {u"my_client_id"_s});
    QCOMPARE(preview, (RemovalSummary{4, 2, 4, 2}));
    QCOMPARE(cache.removeAccount(contosoAccount(), {u"my_client_id"_s}), preview);
    QCOMPARE(cache.accounts().size(), 1);
    QCOMPARE(cache.accounts().first().id.environment.value, u"alias.example.com"_s);
    QCOMPARE(cache.accessTokens().size(), 1U);
    QCOMPARE(cache.idTokens().size(), 1U);
    QCOMPARE(cache.refreshTokens().size(), 2U);
    QCOMPARE(cache.refreshTokens().front().clientId().value, u"stranger"_s);
    QCOMPARE(cache.appMetadataEntries().size(), 4U);
    QCOMPARE(cache.removeAccount(contosoAccount(), {u"my_client_id"_s}), RemovalSummary());
}

void TestTokenCache::c21OnlyTheAppsOwnTokensGo()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    TokenGrant own = contosoGrant();
    own.homeAccountId = {};
    own.refreshToken = {};
    own.idToken = {};
    cache.merge(own, at(1000));
    QCOMPARE(cache.accounts().size(), 1);
    SilentQuery query = contosoQuery();
    query.homeAccountId = {};
    QVERIFY(findFreshToken(cache, query, at(1000)));
    QVERIFY(section(cache, "AccessToken")
                .value("-login.example.com-accesstoken-my_client_id-contoso-s1 s2 s3"_L1)
                .toObject()
                .value("home_account_id"_L1)
                .isNull());
    QCOMPARE(cache.removeAppTokens({u"another"_s}, {}), 0);
    QCOMPARE(cache.removeAppTokens(own.clientId, {own.environment}), 1);
    QVERIFY(!findFreshToken(cache, query, at(1000)));
    QVERIFY(findFreshToken(cache, contosoQuery(), at(1000)));
}

void TestTokenCache::c22IssuersOnOneHostShareNothing()
{
    TokenCache cache;
    for (const char *const realm : {"one", "two"}) {
        TokenGrant grant = contosoGrant();
        grant.environment.value = u"idp.example.com/realms/"_s + QString::fromLatin1(realm);
        grant.homeAccountId = {};
        grant.realm = u"oidc"_s;
        grant.accessToken = secretOf(realm);
        cache.merge(grant, at(1000));
    }
    for (const char *const realm : {"one", "two"}) {
        SilentQuery query = contosoQuery();
        query.environments = {{u"idp.example.com/realms/"_s + QString::fromLatin1(realm)}};
        query.homeAccountId = {};
        query.realm = u"oidc"_s;
        const auto token = findFreshToken(cache, query, at(1000));
        QVERIFY(token);
        QCOMPARE(token->secret(), secretOf(realm));
    }
}

void TestTokenCache::aRotatedRefreshTokenTakesThePlaceOfTheSpentOne()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    TokenGrant reply = contosoGrant(2000);
    reply.createAccount = false;
    reply.requestedScopes = reply.grantedScopes = {u"s1"_s};
    reply.refreshToken = secretOf("rotated");
    reply.refreshTokenExpiresAt = at(90000);
    reply.spentRefreshTokenKey = cache.refreshTokens().front().key();
    QVERIFY(!cache.refreshTokens().front().expiresAt());
    QVERIFY(cache.merge(reply, at(2000)).isStored);
    QCOMPARE(cache.refreshTokens().size(), 1U);
    QCOMPARE(cache.refreshTokens().front().secret(), secretOf("rotated"));
    QCOMPARE(cache.refreshTokens().front().scopes(), ScopeSet::parse(u"s1 s2 s3"));
    QCOMPARE(cache.refreshTokens().front().lastModifiedAt(), at(2000));
    QCOMPARE(cache.refreshTokens().front().expiresAt(), at(90000));
    const auto again = TokenCache::deserialize(cache.serialize());
    QVERIFY(again);
    QCOMPARE(again->refreshTokens().front().expiresAt(), at(90000));
}

void TestTokenCache::aSuccessorWithoutAnEndDoesNotInheritTheSpentOnes()
{
    TokenCache cache;
    auto first = contosoGrant();
    first.refreshTokenExpiresAt = at(5000);
    cache.merge(first, at(1000));
    TokenGrant reply = contosoGrant(2000);
    reply.refreshToken = secretOf("rotated");
    reply.spentRefreshTokenKey = cache.refreshTokens().front().key();
    cache.merge(reply, at(2000));
    QCOMPARE(cache.refreshTokens().size(), 1U);
    QVERIFY(!cache.refreshTokens().front().expiresAt());
}

void TestTokenCache::aReplyAfterSignOutIsDropped()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    TokenGrant reply = contosoGrant(2000);
    reply.createAccount = false;
    reply.spentRefreshTokenKey = cache.refreshTokens().front().key();
    cache.removeAccount(contosoAccount(), reply.clientId);
    const QByteArray before = cache.serialize();
    QVERIFY(!cache.merge(reply, at(2000)).isStored);
    QCOMPARE(cache.serialize(), before);
    QVERIFY(!cache.hasStateChanged());
}

void TestTokenCache::anotherAccountWithTheSameKeyIsNotReplaced()
{
    TokenCache cache;
    TokenGrant one = contosoGrant();
    one.homeAccountId.value = u"Subject"_s;
    one.accessToken = secretOf("one");
    TokenGrant two = contosoGrant();
    two.homeAccountId.value = u"subject"_s;
    two.accessToken = secretOf("two");
    cache.merge(one, at(1000));
    cache.merge(two, at(1000));
    cache.merge(two, at(1001));
    auto again = TokenCache::deserialize(cache.serialize());
    QVERIFY(again);
    QCOMPARE(again->accounts().size(), 2);
    QCOMPARE(again->accessTokens().size(), 2U);
    for (const char *const home : {"Subject", "subject"}) {
        SilentQuery query = contosoQuery();
        query.homeAccountId.value = QString::fromLatin1(home);
        const auto token = findFreshToken(*again, query, at(1000));
        QVERIFY(token);
        QCOMPARE(token->secret(), secretOf(home[0] == 'S' ? "one" : "two"));
    }
}

void TestTokenCache::attentionAndHistoryAreKept()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    const AccountAttention attention{u"invalid_grant"_s, u"basic_action"_s, at(2000)};
    cache.setAttention(contosoAccount(), attention);
    cache.addEvent(contosoAccount(),
                   {AccountEvent::Kind::SignedIn, at(1000), {u"my client"_s}, {}, AccountEvent::Way::Embedded});
    cache.addEvent(contosoAccount(),
                   {AccountEvent::Kind::RefreshFailed, at(2000), {u"my client"_s}, u"invalid_grant"_s});
    auto again = TokenCache::deserialize(cache.serialize());
    QVERIFY(again);
    QCOMPARE(again->attention(contosoAccount()), attention);
    QCOMPARE(again->history(contosoAccount()).size(), 2);
    QCOMPARE(again->history(contosoAccount()).first().kind, AccountEvent::Kind::RefreshFailed);
    QCOMPARE(again->history(contosoAccount()).first().way, AccountEvent::Way::Unknown);
    QCOMPARE(again->history(contosoAccount()).last().clientId.value, u"my client"_s);
    QCOMPARE(again->history(contosoAccount()).last().way, AccountEvent::Way::Embedded);
    for (int i = 0; i < 100; ++i)
        again->addEvent(contosoAccount(), {AccountEvent::Kind::Refreshed, at(3000 + i), {u"c"_s}, {}});
    QCOMPARE(again->history(contosoAccount()).size(), 50);
    // Those of 3050 to 3099 are there.
    QVERIFY(again->forgetEventsBefore(at(3090)));
    QCOMPARE(again->history(contosoAccount()).size(), 10);
    QVERIFY(!again->forgetEventsBefore(at(3090)));
    again->setAttention(contosoAccount(), std::nullopt);
    QVERIFY(!again->attention(contosoAccount()));
    again->forgetAccount(contosoAccount());
    QVERIFY(again->history(contosoAccount()).isEmpty());
}

//! RFC 6749 §2.3.1: of a registration, which is a client at one provider.
void TestTokenCache::aClientSecretBelongsToItsRegistration()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    const ClientRegistration here{{u"Login.Example.com"_s}, {u"my client"_s}};
    const ClientRegistration there{{u"login.elsewhere.example"_s}, {u"my client"_s}};
    QVERIFY(!cache.clientSecret(here));
    QVERIFY(!cache.removeClientSecret(here));
    cache.serialize();
    cache.setClientSecret(here, secretOf("first \"secret\" x"));
    cache.setClientSecret(here, secretOf("second \"secret\" ü"));
    QVERIFY(cache.hasStateChanged());
    QVERIFY(cache.hasForgotten());
    const QByteArray text = cache.serialize();
    QVERIFY(!text.contains("first"));
    auto again = TokenCache::deserialize(text);
    QVERIFY(again);
    QCOMPARE(again->clientSecret(here), std::optional(secretOf("second \"secret\" ü")));
    QVERIFY(!again->clientSecret(there));
    QCOMPARE(again->clientsWithSecret(), (QList<ClientRegistration>{{{u"login.example.com"_s}, {u"my client"_s}}}));
    QVERIFY(!again->exportWithoutSecrets().contains("second"));
    // Signing out forgets who was signed in, not what the client is.
    again->forgetAccount(contosoAccount());
    QVERIFY(again->hasClientSecret(here));
    QVERIFY(!again->isEmpty());
    QVERIFY(again->removeClientSecret(here));
    QVERIFY(again->hasForgotten());
    QVERIFY(!again->serialize().contains("second"));
    QVERIFY(again->clientsWithSecret().isEmpty());
}

void TestTokenCache::aKeyForProofsBelongsToItsAccountAndClient()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    const ProofKeyPlace here{contosoAccount(), {u"my_client_id"_s}, u"dpop"_s};
    const ProofKeyPlace other{contosoAccount(), {u"another client"_s}, u"dpop"_s};
    const ProofKeyPlace otherScheme{contosoAccount(), {u"my_client_id"_s}, u"pop"_s};
    QVERIFY(!cache.proofKey(here));
    cache.serialize();
    cache.setProofKey(here, secretOf("{\"d\":\"first\"}"), u"id-1"_s);
    QVERIFY(cache.hasStateChanged());
    cache.setProofKey(here, secretOf("{\"d\":\"second\"}"), u"Id-2"_s);
    cache.setProofKey(other, secretOf("{\"d\":\"third\"}"), u"id-3"_s);
    const QByteArray text = cache.serialize();
    QVERIFY(!text.contains("first"));
    auto again = TokenCache::deserialize(text);
    QVERIFY(again);
    QVERIFY(again->proofKey(here));
    QCOMPARE(again->proofKey(here)->keyId(), u"Id-2"_s);
    QCOMPARE(again->proofKey(here)->scheme(), u"dpop"_s);
    QCOMPARE(again->proofKey(here)->secret(), secretOf("{\"d\":\"second\"}"));
    QVERIFY(!again->proofKey(otherScheme));
    QCOMPARE(again->proofKeys().size(), 2U);
    QVERIFY(!again->exportWithoutSecrets().contains("second"));
    QVERIFY(again->unknownParts().isEmpty());
    // Another client's refresh token may be bound to the other key.
    again->removeAccount(contosoAccount(), {u"my_client_id"_s});
    QVERIFY(again->hasForgotten());
    QVERIFY(!again->proofKey(here));
    QVERIFY(again->proofKey(other));
    again->forgetAccount(contosoAccount());
    QVERIFY(again->proofKeys().empty());
    QVERIFY(!again->serialize().contains("third"));
}

void TestTokenCache::aRefreshTokenRemembersWhichKeyItIsBoundTo()
{
    TokenCache cache;
    TokenGrant grant = contosoGrant();
    grant.tokenType = u"DPoP"_s;
    grant.keyId = grant.refreshKeyId = u"Thumb"_s;
    cache.merge(grant, at(1000));
    auto again = TokenCache::deserialize(cache.serialize());
    QVERIFY(again);
    QCOMPARE(again->refreshTokens().front().keyId(), u"Thumb"_s);
    // A successor that came without a proof is free.
    TokenGrant plain = contosoGrant();
    plain.spentRefreshTokenKey = again->refreshTokens().front().key();
    plain.refreshToken = secretOf("a second refresh token");
    again->merge(plain, at(2000));
    QCOMPARE(again->refreshTokens().size(), 1U);
    QVERIFY(again->refreshTokens().front().keyId().isEmpty());
    QCOMPARE(again->accessTokens().size(), 2U);
}

QTEST_GUILESS_MAIN(TestTokenCache)
#include "tst_tokencache.moc"
