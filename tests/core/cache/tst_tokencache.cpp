// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "cachefixture.h"

#include <countersign/cache/cacheinventory.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QJsonObject section(TokenCache &cache, const char *name)
{
    return parsed(cache.serialize()).value(QLatin1StringView(name)).toObject();
}

constexpr auto contosoDocument = R"({
    "AccessToken": {
        "uid.utid-login.example.com-accesstoken-my_client_id-contoso-s1 s2 s3": {
            "credential_type": "AccessToken",
            "secret": "an access token",
            "home_account_id": "uid.utid",
            "environment": "login.example.com",
            "client_id": "my_client_id",
            "target": "s1 s2 s3",
            "realm": "contoso",
            "token_type": "Bearer",
            "cached_at": "1000",
            "expires_on": "4600",
            "extended_expires_on": "4600"
        }
    },
    "Account": {
        "uid.utid-login.example.com-contoso": {
            "home_account_id": "uid.utid",
            "environment": "login.example.com",
            "realm": "contoso",
            "local_account_id": "object1234",
            "username": "John Doe",
            "authority_type": "MSSTS"
        }
    },
    "IdToken": {
        "uid.utid-login.example.com-idtoken-my_client_id-contoso-": {
            "credential_type": "IdToken",
            "secret": "header.payload.signature",
            "home_account_id": "uid.utid",
            "environment": "login.example.com",
            "realm": "contoso",
            "client_id": "my_client_id"
        }
    },
    "RefreshToken": {
        "uid.utid-login.example.com-refreshtoken-my_client_id--s1 s2 s3": {
            "credential_type": "RefreshToken",
            "secret": "a refresh token",
            "home_account_id": "uid.utid",
            "environment": "login.example.com",
            "client_id": "my_client_id",
            "target": "s1 s2 s3",
            "last_modification_time": "1000"
        }
    },
    "AppMetadata": {
        "appmetadata-login.example.com-my_client_id": {
            "client_id": "my_client_id",
            "environment": "login.example.com"
        }
    }
})";

} // namespace

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
    void c17UnknownSectionsAndEntriesSurvive();
    void c17AWrongKeyIsMendedWhenTheEntryIsRewritten();
    void c18TheChangedFlagFollowsChangesOnly();
    void c19TenantsOfOnePersonAreOneAccount();
    void c20SignOutTakesTheAccountOfOneEnvironment();
    void c21OnlyTheAppsOwnTokensGo();
    void c22IssuersOnOneHostShareNothing();
    void aRotatedRefreshTokenTakesThePlaceOfTheSpentOne();
    void aRefreshTokenUnderAKeyBeyondAsciiIsFound_data();
    void aRefreshTokenUnderAKeyBeyondAsciiIsFound();
    void aReplyAfterSignOutIsDropped();
    void anotherAccountWithTheSameKeyIsNotReplaced();
    void compactAndEscapedTextIsUnderstood();
    void damagedTextIsRefused_data();
    void damagedTextIsRefused();
    void attentionAndHistoryAreKept();
    void anExportHoldsNoSecret();
    void everyEntryIsExplained();
    void aCopyKeepsItsState();
    void removedTextIsWiped();
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

void TestTokenCache::c17UnknownSectionsAndEntriesSurvive()
{
    auto cache = TokenCache::deserialize(QByteArrayView(
        R"({"customized": {"a": [1, {"b": null}], "c": "\u00e9"}, "flag": true,)"
        R"( "AccessToken": {"an-entry": {"foo": "bar"}, "number": 3, "list": [1, 2], "nothing": null,)"
        R"( "untargeted": {"home_account_id": "uid.utid", "environment": "login.example.com", "secret": "AT",)"
        R"( "client_id": "my_client_id", "realm": "contoso", "target": null, "expires_on": "9999", "extra": [{}]}}})"));
    QVERIFY(cache);
    cache->merge(contosoGrant(), at(1000));
    const QJsonObject document = parsed(cache->serialize());
    QCOMPARE(document.value("customized"_L1), parsed(R"({"a": [1, {"b": null}], "c": "é"})"));
    QCOMPARE(document.value("flag"_L1), QJsonValue(true));
    const QJsonObject tokens = document.value("AccessToken"_L1).toObject();
    QCOMPARE(tokens.size(), 6);
    QCOMPARE(tokens.value("an-entry"_L1), QJsonValue(QJsonObject{{u"foo"_s, u"bar"_s}}));
    QCOMPARE(tokens.value("number"_L1), QJsonValue(3));
    QCOMPARE(tokens.value("list"_L1), QJsonValue(QJsonArray{1, 2}));
    QVERIFY(tokens.value("nothing"_L1).isNull());
    QCOMPARE(tokens.value("untargeted"_L1).toObject().value("extra"_L1), QJsonValue(QJsonArray{QJsonObject()}));
    // Found by a query without scopes, and not by one with.
    auto untargeted = TokenCache::deserialize(QByteArrayView(R"({"AccessToken": {"k": {"home_account_id": "uid.utid",
        "environment": "login.example.com", "secret": "AT", "client_id": "my_client_id", "realm": "contoso",
        "target": null, "expires_on": "9999"}}})"));
    QVERIFY(untargeted);
    QVERIFY(findFreshToken(*untargeted, contosoQuery(""), at(1000)));
    QVERIFY(!findFreshToken(*untargeted, contosoQuery("s1"), at(1000)));
}

void TestTokenCache::c17AWrongKeyIsMendedWhenTheEntryIsRewritten()
{
    auto cache = TokenCache::deserialize(
        QByteArrayView(contosoDocument)
            .toByteArray()
            .replace("uid.utid-login.example.com-refreshtoken-my_client_id--s1 s2 s3", "wrong-key")
            .replace("\"last_modification_time\"", "\"extra\": 7, \"last_modification_time\""));
    QVERIFY(cache);
    TokenGrant grant = contosoGrant();
    grant.refreshToken = secretOf("a new one");
    cache->merge(grant, at(2000));
    const QJsonObject tokens = section(*cache, "RefreshToken");
    QCOMPARE(tokens.keys(), QStringList{u"uid.utid-login.example.com-refreshtoken-my_client_id--s1 s2 s3"_s});
    QCOMPARE(tokens.begin()->toObject().value("secret"_L1).toString(), u"a new one"_s);
    QCOMPARE(tokens.begin()->toObject().value("extra"_L1).toInt(), 7);
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
    reply.spentRefreshTokenKey = cache.refreshTokens().front().key();
    QVERIFY(cache.merge(reply, at(2000)).isStored);
    QCOMPARE(cache.refreshTokens().size(), 1U);
    QCOMPARE(cache.refreshTokens().front().secret(), secretOf("rotated"));
    QCOMPARE(cache.refreshTokens().front().scopes(), ScopeSet::parse(u"s1 s2 s3"));
    QCOMPARE(cache.refreshTokens().front().lastModifiedAt(), at(2000));
}

void TestTokenCache::aRefreshTokenUnderAKeyBeyondAsciiIsFound_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("as MSAL Python writes it") << QByteArray("zo\\u00eb-k");
    QTest::newRow("as MSAL Node writes it") << QByteArray("zo\xc3\xab-k");
    QTest::newRow("escaped for no reason") << QByteArray("zo\\u00eb-\\u006b");
}

void TestTokenCache::aRefreshTokenUnderAKeyBeyondAsciiIsFound()
{
    QFETCH(const QByteArray, key);
    const QByteArray text = R"({"RefreshToken":{")" + key
        + R"(":{"home_account_id":"zo\u00eb","environment":"login.example.com","client_id":"c","secret":"RT"}}})";
    auto cache = TokenCache::deserialize(QByteArrayView(text));
    QVERIFY(cache);
    const auto spent = cache->refreshTokens().front();
    QCOMPARE(spent.key(), u"zoë-k"_s);
    QVERIFY(cache->refreshToken(spent.key()));
    // A rotated token must not be taken for a late answer after a sign-out.
    TokenGrant reply = contosoGrant();
    reply.clientId = spent.clientId();
    reply.homeAccountId = spent.homeAccountId();
    reply.createAccount = false;
    reply.refreshToken = secretOf("rotated");
    reply.spentRefreshTokenKey = spent.key();
    QVERIFY(cache->merge(reply, at(2000)).isStored);
    QCOMPARE(cache->refreshTokens().size(), 1U);
    QCOMPARE(cache->refreshTokens().front().secret(), secretOf("rotated"));
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

void TestTokenCache::compactAndEscapedTextIsUnderstood()
{
    // As MSAL Node writes it: no blanks, UTF-8, numbers as text or not.
    auto cache = TokenCache::deserialize(QByteArrayView(
        R"({"Account":{"k":{"home_account_id":"uid.utid","environment":"login.example.com","realm":"contoso",)"
        R"("local_account_id":"o","username":"zo\u00eb\ud83d\ude00@x","authority_type":"MSSTS","name":"Zoë \"Q\" \\"}},)"
        R"("AccessToken":{"k":{"home_account_id":"uid.utid","environment":"Login.example.com","secret":"a\/b",)"
        R"("client_id":"my_client_id","realm":"contoso","target":"s1 s2","expires_on":9999,"cached_at":"1.5"}}})"));
    QVERIFY(cache);
    QCOMPARE(cache->accounts().first().username, u"zoë😀@x"_s);
    QCOMPARE(cache->accounts().first().name, u"Zoë \"Q\" \\"_s);
    const auto token = findFreshToken(*cache, contosoQuery(), at(1000));
    QVERIFY(token);
    QCOMPARE(token->secret(), secretOf("a/b"));
    QCOMPARE(token->expiresAt(), at(9999));
    QCOMPARE(token->cachedAt(), at(1));
    // What is not touched stays as it was, byte for byte.
    const QByteArray written = cache->serialize();
    QVERIFY(
        written.startsWith("{\n    \"Account\": {\n        \"k\":{\"home_account_id\":\"uid.utid\",\"environment\":"));
    QVERIFY(written.contains(R"("zo\u00eb\ud83d\ude00@x","authority_type":"MSSTS","name":"Zoë \"Q\" \\"})"));
    auto again = TokenCache::deserialize(written);
    QVERIFY(again);
    QCOMPARE(again->serialize(), written);
}

void TestTokenCache::damagedTextIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("a word") << QByteArray("garbage");
    QTest::newRow("a section that is no object") << QByteArray(R"({"AccessToken": []})");
    QTest::newRow("a section twice") << QByteArray(R"({"AccessToken": {}, "AccessToken": {}})");
    QTest::newRow("something behind it") << QByteArray("{} {}");
    QTest::newRow("invalid UTF-8") << QByteArray("{\"a\": \"\xff\"}");
    QTest::newRow("a sealed file") << QByteArray("CSGN\1\0\0\0", 8);
    const QByteArray whole(contosoDocument);
    for (const qsizetype size : {qsizetype(1), qsizetype(40), whole.size() / 2, whole.size() - 1})
        QTest::addRow("torn after %lld bytes", static_cast<long long>(size)) << whole.first(size);
}

void TestTokenCache::damagedTextIsRefused()
{
    QFETCH(const QByteArray, text);
    const auto cache = TokenCache::deserialize(QByteArrayView(text));
    QVERIFY(!cache);
    QCOMPARE(cache.error().code(), ErrorCode::StorageDamaged);
}

void TestTokenCache::attentionAndHistoryAreKept()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    const AccountAttention attention{u"invalid_grant"_s, u"basic_action"_s, at(2000)};
    cache.setAttention(contosoAccount(), attention);
    cache.addEvent(contosoAccount(), {AccountEvent::Kind::SignedIn, at(1000), {u"my client"_s}, {}});
    cache.addEvent(contosoAccount(),
                   {AccountEvent::Kind::RefreshFailed, at(2000), {u"my client"_s}, u"invalid_grant"_s});
    auto again = TokenCache::deserialize(cache.serialize());
    QVERIFY(again);
    QCOMPARE(again->attention(contosoAccount()), attention);
    QCOMPARE(again->history(contosoAccount()).size(), 2);
    QCOMPARE(again->history(contosoAccount()).first().kind, AccountEvent::Kind::RefreshFailed);
    QCOMPARE(again->history(contosoAccount()).last().clientId.value, u"my client"_s);
    for (int i = 0; i < 100; ++i)
        again->addEvent(contosoAccount(), {AccountEvent::Kind::Refreshed, at(3000 + i), {u"c"_s}, {}});
    QCOMPARE(again->history(contosoAccount()).size(), 50);
    again->setAttention(contosoAccount(), std::nullopt);
    QVERIFY(!again->attention(contosoAccount()));
    again->forgetAccount(contosoAccount());
    QVERIFY(again->history(contosoAccount()).isEmpty());
}

void TestTokenCache::anExportHoldsNoSecret()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    const QByteArray text = cache.exportWithoutSecrets();
    QVERIFY(text.contains("<secret, 15 bytes>"));
    for (const char *const secret : {"an access token", "a refresh token", "header.payload.signature"})
        QVERIFY(!text.contains(secret));
    QCOMPARE(cache.serialize(), QByteArray(contosoDocument));
}

void TestTokenCache::everyEntryIsExplained()
{
    auto cache = TokenCache::deserialize(
        QByteArrayView(R"({"customized": 1, "AccessToken": {"odd": {"foo": "bar"}, "own": {"home_account_id": null,
            "environment": "login.example.com", "client_id": "service", "realm": "contoso", "secret": "12345",
            "expires_on": "900"}, "lost": {"home_account_id": "gone", "environment": "login.example.com",
            "client_id": "c", "realm": "contoso", "secret": "AT", "target": "s1", "expires_on": "9999"}}})"));
    QVERIFY(cache);
    TokenGrant grant = contosoGrant();
    grant.familyId = u"1"_s;
    cache->merge(grant, at(1000));
    const auto rows = inventoryOf(*cache, at(1000));
    QStringList lines;
    for (const CacheRow &row : rows) {
        lines.append(describe(row, at(1000)));
        QVERIFY(!identifier(row.kind).isEmpty());
        QVERIFY(!identifier(row.state).isEmpty());
    }
    QCOMPARE(
        lines,
        (QStringList{
            u"The account John Doe at login.example.com, tenant contoso."_s,
            u"An access token of the application service at login.example.com for no named scope (client service, "
            "tenant contoso): expired 100 seconds ago."_s,
            u"An access token of gone at login.example.com for s1 (client c, tenant contoso): of somebody whose "
            "account is not here."_s,
            u"An access token of John Doe at login.example.com for s1 s2 s3 (client my_client_id, tenant contoso): "
            "good for 3600 more seconds."_s,
            u"A refresh token of John Doe at login.example.com (client my_client_id, shared by family 1)."_s,
            u"The ID token of John Doe at login.example.com as it was received (client my_client_id, tenant "
            "contoso)."_s,
            u"What is known of client my_client_id at login.example.com: it belongs to family 1."_s,
            u"customized is not understood; it is kept as it is."_s,
            u"AccessToken/odd is not understood; it is kept as it is."_s,
        }));
    QCOMPARE(rows.at(1).secretSize, 5);
    QCOMPARE(inventoryOf(*cache, at(4400)).at(3).state, CacheRow::State::Expiring);
    QCOMPARE(inventoryOf(*cache, at(4600)).at(3).state, CacheRow::State::Expired);
}

void TestTokenCache::aCopyKeepsItsState()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    const TokenCache before = cache;
    const auto entry = cache.accessTokens().front();
    cache.forgetAccount(contosoAccount());
    cache.wipeRemoved();
    QVERIFY(cache.accounts().isEmpty());
    QCOMPARE(before.accounts().size(), 1);
    QCOMPARE(entry.secret(), secretOf("an access token"));
}

void TestTokenCache::removedTextIsWiped()
{
    auto cache = TokenCache::deserialize(QByteArrayView(contosoDocument));
    QVERIFY(cache);
    const QByteArray rest = [&] {
        TokenCache copy = *cache;
        copy.forgetAccount(contosoAccount());
        copy.wipeRemoved(); // does nothing to what the other copy reads
        return copy.serialize();
    }();
    QCOMPARE(cache->accessTokens().front().secret(), secretOf("an access token"));
    cache->forgetAccount(contosoAccount());
    cache->wipeRemoved();
    QCOMPARE(cache->serialize(), rest);
    QCOMPARE(cache->appMetadataEntries().size(), 1U);
}

QTEST_GUILESS_MAIN(TestTokenCache)
#include "tst_tokencache.moc"
