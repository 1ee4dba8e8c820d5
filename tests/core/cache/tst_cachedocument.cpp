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

class TestCacheDocument final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void c17UnknownSectionsAndEntriesSurvive();
    void c17AWrongKeyIsMendedWhenTheEntryIsRewritten();
    void aRefreshTokenUnderAKeyBeyondAsciiIsFound_data();
    void aRefreshTokenUnderAKeyBeyondAsciiIsFound();
    void compactAndEscapedTextIsUnderstood();
    void damagedTextIsRefused_data();
    void damagedTextIsRefused();
    void anExportHoldsNoSecret();
    void everyEntryIsExplained();
    void aCopyKeepsItsState();
    void removedTextIsWiped();
};

void TestCacheDocument::c17UnknownSectionsAndEntriesSurvive()
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

void TestCacheDocument::c17AWrongKeyIsMendedWhenTheEntryIsRewritten()
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

void TestCacheDocument::aRefreshTokenUnderAKeyBeyondAsciiIsFound_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("as MSAL Python writes it") << QByteArray("zo\\u00eb-k");
    QTest::newRow("as MSAL Node writes it") << QByteArray("zo\xc3\xab-k");
    QTest::newRow("escaped for no reason") << QByteArray("zo\\u00eb-\\u006b");
}

void TestCacheDocument::aRefreshTokenUnderAKeyBeyondAsciiIsFound()
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

void TestCacheDocument::compactAndEscapedTextIsUnderstood()
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

void TestCacheDocument::damagedTextIsRefused_data()
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

void TestCacheDocument::damagedTextIsRefused()
{
    QFETCH(const QByteArray, text);
    const auto cache = TokenCache::deserialize(QByteArrayView(text));
    QVERIFY(!cache);
    QCOMPARE(cache.error().code(), ErrorCode::StorageDamaged);
}

void TestCacheDocument::anExportHoldsNoSecret()
{
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    const QByteArray text = cache.exportWithoutSecrets();
    QVERIFY(text.contains("<secret, 15 bytes>"));
    for (const char *const secret : {"an access token", "a refresh token", "header.payload.signature"})
        QVERIFY(!text.contains(secret));
    QCOMPARE(cache.serialize(), QByteArray(contosoDocument));
}

void TestCacheDocument::everyEntryIsExplained()
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
    cache->setClientSecret({{u"login.example.com"_s}, {u"service"_s}}, secretOf("canary"));
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
            u"The secret that client service was registered with at login.example.com."_s,
            u"customized is not understood; it is kept as it is."_s,
            u"AccessToken/odd is not understood; it is kept as it is."_s,
        }));
    QCOMPARE(rows.at(1).secretSize, 5);
    QCOMPARE(inventoryOf(*cache, at(4400)).at(3).state, CacheRow::State::Expiring);
    QCOMPARE(inventoryOf(*cache, at(4600)).at(3).state, CacheRow::State::Expired);
}

void TestCacheDocument::aCopyKeepsItsState()
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

void TestCacheDocument::removedTextIsWiped()
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

QTEST_GUILESS_MAIN(TestCacheDocument)
#include "tst_cachedocument.moc"
