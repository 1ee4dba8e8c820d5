// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/faketransport.h"

#include <countersign/flows/clientconfiguration.h>
#include <countersign/flows/providercache.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignTest::FakeTransport;
using Protocol::ProviderMetadata;

namespace {

const auto tenant = u"72f988bf-86f1-41af-91ab-2d7cd011db47"_s;
const QByteArray noKeys = "{\"keys\":[]}";

Authority one()
{
    return *Authority::oidc(u"https://op.example/realms/one"_s);
}

QByteArray documentOf(const QString &issuer, const QByteArray &keys = "https://op.example/keys")
{
    return "{\"issuer\":\"" + issuer.toUtf8() + "\",\"token_endpoint\":\"https://" + QUrl(issuer).host().toUtf8()
        + "/token\",\"jwks_uri\":\"" + keys + "\"}";
}

HttpResponse tagged(const QByteArray &body, const QByteArray &tag)
{
    auto response = FakeTransport::response(200, body);
    response.headers.add("ETag", tag);
    return response;
}

struct Fixture
{
    QTemporaryDir folder;
    FakeTransport http;
    CountersignTest::StoppedClock clock;
    ProviderCache::Settings settings;
    std::optional<Result<ProviderMetadata>> metadata;
    std::optional<Result<Jose::JwkSet>> keys;
    std::unique_ptr<ProviderCache::Ticket> ticket;

    ProviderCache &cache()
    {
        if (!m_cache) {
            settings.folder = folder.path();
            m_cache = std::make_unique<ProviderCache>(http, clock, settings);
        }
        return *m_cache;
    }
    void restart() { m_cache.reset(); }
    void askMetadata(const Authority &authority)
    {
        metadata.reset();
        ticket = cache().fetchMetadata(authority, {}, [this](const auto &result) { metadata = result; });
    }
    void askKeys(const Authority &authority)
    {
        keys.reset();
        ProviderMetadata document;
        document.jwksUri = QUrl(u"https://op.example/keys"_s);
        ticket = cache().fetchKeys(authority, document, {}, [this](const auto &result) { keys = result; });
    }
    QUrl lastUrl() const { return http.sent.back().url; }

private:
    std::unique_ptr<ProviderCache> m_cache;
};

} // namespace

class TestProviderCache : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void b95ADocumentThatIsNotThereIsNotLookedForElsewhere()
    {
        Fixture f;
        f.askMetadata(one());
        QCOMPARE(f.lastUrl(), QUrl(u"https://op.example/realms/one/.well-known/openid-configuration"_s));
        QVERIFY(f.http.answer(FakeTransport::response(404)));
        QVERIFY(f.metadata && !*f.metadata);
        QCOMPARE(f.http.sent.size(), 1U);
        Fixture plain;
        plain.settings.isOpenId = false;
        plain.askMetadata(one());
        QCOMPARE(plain.lastUrl(), QUrl(u"https://op.example/.well-known/oauth-authorization-server/realms/one"_s));
        QVERIFY(plain.http.answer(FakeTransport::response(404)));
        QCOMPARE(plain.http.sent.size(), 1U);
    }

    void b98DocumentsAreKeptADayAndThenAskedForWithTheirValidator()
    {
        Fixture f;
        f.askMetadata(one());
        QVERIFY(f.http.answer(tagged(documentOf(one().issuer()), "\"v1\"")));
        QVERIFY(f.metadata->hasValue());
        f.restart(); // another process
        f.clock.pass(24h - 1s);
        QVERIFY(f.cache().metadata(one()).has_value());
        f.clock.pass(1s);
        f.restart();
        QVERIFY(!f.cache().metadata(one()).has_value());
        f.askMetadata(one());
        QCOMPARE(f.http.sent.back().headers.value("If-None-Match"), QByteArray("\"v1\""));
        QVERIFY(f.http.answer(FakeTransport::response(304)));
        QVERIFY(f.metadata->hasValue());
        QCOMPARE((*f.metadata)->issuer, one().issuer());
        f.restart();
        QVERIFY(f.cache().metadata(one()).has_value()); // young again
        f.clock.pass(25h);
        f.askMetadata(one());
        QCOMPARE(f.http.sent.back().headers.value("If-None-Match"), QByteArray("\"v1\"")); // the 304 had no tag
    }

    void aForgottenProviderIsAskedAgain()
    {
        Fixture f;
        const auto other = *Authority::oidc(u"https://op.example/realms/two"_s);
        for (const auto &authority : {one(), other}) {
            f.askMetadata(authority);
            QVERIFY(f.http.answer(FakeTransport::response(200, documentOf(authority.issuer()))));
        }
        f.restart();
        ClientConfiguration::forgetProvider(one(), f.folder.path());
        QVERIFY(!f.cache().metadata(one()).has_value());
        QVERIFY(f.cache().metadata(other).has_value());
        ClientConfiguration::forgetProvider(one(), f.folder.path()); // once more changes nothing
        ClientConfiguration::forgetProvider(one(), {});
        QVERIFY(f.cache().metadata(other).has_value());
    }

    void b98A304NobodyAskedForIsNoDocument()
    {
        Fixture f;
        f.askMetadata(one());
        QVERIFY(f.http.sent.back().headers.value("If-None-Match").isEmpty());
        QVERIFY(f.http.answer(FakeTransport::response(304)));
        QVERIFY(!f.metadata->hasValue());
    }

    void b98AndC22IssuersOfOneHostShareNothing()
    {
        Fixture f;
        const auto two = *Authority::oidc(u"https://op.example/realms/two"_s);
        f.askMetadata(one());
        QVERIFY(f.http.answer(FakeTransport::response(200, documentOf(one().issuer()))));
        f.askKeys(one());
        QVERIFY(f.http.answer(FakeTransport::response(200, noKeys)));
        QVERIFY(f.cache().keys(one(), **f.metadata).has_value());
        for (int i = 0; i < 2; ++i) {
            QVERIFY(!f.cache().metadata(two).has_value());
            QVERIFY(!f.cache().keys(two, **f.metadata).has_value());
            f.restart();
        }
    }

    //! B.110: a tenant's keys come from the address that this tenant's metadata names, and are kept for it alone.
    void b110EveryTenantHasItsOwnKeys()
    {
        Fixture f;
        const auto host = u"https://login.microsoftonline.com/"_s;
        const auto other = u"11111111-2222-3333-4444-555555555555"_s;
        for (const auto &id : {tenant, other}) {
            const auto authority = *Authority::parse(host + id);
            QVERIFY(!f.cache().metadata(authority).has_value());
            f.askMetadata(authority);
            QCOMPARE(f.lastUrl(), QUrl(host + id + u"/v2.0/.well-known/openid-configuration"_s));
            const auto keysAt = QString(host + id + u"/discovery/v2.0/keys"_s);
            QVERIFY(f.http.answer(FakeTransport::response(200, documentOf(host + id + u"/v2.0"_s, keysAt.toLatin1()))));
            QVERIFY(f.metadata->hasValue());
            QVERIFY(!f.cache().keys(authority, **f.metadata).has_value());
            f.ticket = f.cache().fetchKeys(authority, **f.metadata, {}, [](const auto &) {});
            QCOMPARE(f.lastUrl(), QUrl(keysAt));
            QVERIFY(f.http.answer(FakeTransport::response(200, noKeys)));
            QVERIFY(f.cache().keys(authority, **f.metadata).has_value());
        }
        QCOMPARE(f.http.sent.size(), 4U);
    }

    void aDocumentThatIsRefusedIsNotKept()
    {
        Fixture f;
        f.askMetadata(one());
        QVERIFY(f.http.answer(FakeTransport::response(200, documentOf(u"https://evil.example"_s))));
        QCOMPARE(f.metadata->error().cause(), ErrorCause::DiscoveryIssuerMismatch);
        QVERIFY(!f.cache().metadata(one()).has_value());
        f.restart();
        QVERIFY(!f.cache().metadata(one()).has_value());
    }

    void b99AnUnknownKeyIsLookedForOnceInFiveMinutes()
    {
        Fixture f;
        QVERIFY(f.cache().takeRefetch(one()));
        QVERIFY(!f.cache().takeRefetch(one()));
        f.clock.pass(5min - 1s);
        QVERIFY(!f.cache().takeRefetch(one()));
        f.clock.pass(1s);
        QVERIFY(f.cache().takeRefetch(one()));
        QVERIFY(f.cache().takeRefetch(*Authority::oidc(u"https://op.example/realms/two"_s))); // per issuer
    }

    void b100RemovedKeysStopBeingTrusted()
    {
        Fixture f;
        ProviderMetadata document;
        document.jwksUri = QUrl(u"https://op.example/keys"_s);
        QVERIFY(f.cache().areKeysAging(one()));
        f.askKeys(one());
        QVERIFY(f.http.answer(FakeTransport::response(200, noKeys)));
        QVERIFY(!f.cache().areKeysAging(one()));
        f.clock.pass(1h);
        QVERIFY(f.cache().areKeysAging(one())); // asked for again when it costs nobody time
        QVERIFY(f.cache().keys(one(), document).has_value());
        f.clock.pass(23h);
        QVERIFY(!f.cache().keys(one(), document).has_value());
        f.clock.at =
            QDateTime(QDate(2025, 1, 1), QTime(0, 0), Qt::UTC); // turned back: from the future is as good as none
        QVERIFY(!f.cache().keys(one(), document).has_value());
    }

    void b100KeysOfAnotherAddressAreNotTheProviders()
    {
        Fixture f;
        f.askKeys(one());
        QVERIFY(f.http.answer(FakeTransport::response(200, noKeys)));
        ProviderMetadata moved;
        moved.jwksUri = QUrl(u"https://op.example/other"_s);
        QVERIFY(!f.cache().keys(one(), moved).has_value());
    }

    void b101AFloodOfUnknownKeysIsOneRequest()
    {
        Fixture f;
        int fetches = 0;
        for (int token = 0; token < 100; ++token)
            fetches += f.cache().takeRefetch(one()) ? 1 : 0;
        QCOMPARE(fetches, 1);
    }

    void whoAsksForTheSameWaitsTogether()
    {
        Fixture f;
        int answers = 0;
        auto first = f.cache().fetchMetadata(one(), {}, [&answers](const auto &) { ++answers; });
        auto second = f.cache().fetchMetadata(one(), {}, [&answers](const auto &) { ++answers; });
        QCOMPARE(f.http.sent.size(), 1U);
        first.reset();
        QCOMPARE(f.http.waiting(), 1);
        QVERIFY(f.http.answer(FakeTransport::response(200, documentOf(one().issuer()))));
        QCOMPARE(answers, 1);
        auto third = f.cache().fetchMetadata(one(), {}, [&answers](const auto &) { ++answers; });
        third.reset();
        QCOMPARE(f.http.waiting(), 0); // the last one to go aborts
    }

    void b105ADomainStaysTheTenantThatItFirstWas_data()
    {
        QTest::addColumn<bool>("isRestarted");
        QTest::newRow("in one process") << false;
        QTest::newRow("in another process") << true;
    }

    void b105ADomainStaysTheTenantThatItFirstWas()
    {
        QFETCH(const bool, isRestarted);
        Fixture f;
        const auto contoso = *Authority::parse(u"https://login.microsoftonline.com/contoso.onmicrosoft.com"_s);
        const auto issuerOf = [](const QString &id) {
            return QString(u"https://login.microsoftonline.com/"_s + id + u"/v2.0"_s);
        };
        const QByteArray keys = "https://login.microsoftonline.com/keys";
        f.askMetadata(contoso);
        QVERIFY(f.http.answer(FakeTransport::response(200, documentOf(issuerOf(tenant), keys))));
        QVERIFY2(f.metadata->hasValue(), f.metadata->hasValue() ? "" : qPrintable(f.metadata->error().message()));
        if (isRestarted)
            f.restart();
        f.clock.pass(48h);
        f.askMetadata(contoso);
        QVERIFY(f.http.answer(
            FakeTransport::response(200, documentOf(issuerOf(u"11111111-2222-3333-4444-555555555555"_s), keys))));
        QVERIFY(!f.metadata->hasValue());
        QCOMPARE(f.metadata->error().code(), ErrorCode::SecurityCheckFailed);
        QCOMPARE(f.metadata->error().expected(), issuerOf(tenant));
        f.askMetadata(contoso);
        QVERIFY(f.http.answer(FakeTransport::response(200, documentOf(issuerOf(tenant), keys))));
        QVERIFY(f.metadata->hasValue());
    }

    void contractC38AnUnknownHostIsVouchedForFirst()
    {
        Fixture f;
        const auto authority = *Authority::parse(u"https://login.contoso.example/"_s + tenant);
        f.askMetadata(authority);
        QCOMPARE(f.lastUrl().host(), u"login.microsoftonline.com"_s);
        QVERIFY(f.http.answer(FakeTransport::response(
            200,
            "{\"tenant_discovery_endpoint\":\"https://login.contoso.example/x/openid-configuration\","
            "\"metadata\":[{\"aliases\":[\"login.contoso.example\",\"sts.contoso.example\"]}]}")));
        QCOMPARE(f.lastUrl(), QUrl(u"https://login.contoso.example/x/openid-configuration"_s));
        QVERIFY(f.http.answer(FakeTransport::response(
            200, documentOf(QString(u"https://login.contoso.example/"_s + tenant + u"/v2.0"_s)))));
        QVERIFY2(f.metadata->hasValue(), f.metadata->hasValue() ? "" : qPrintable(f.metadata->error().message()));
        QCOMPARE(f.cache().aliases(authority), QStringList({u"login.contoso.example"_s, u"sts.contoso.example"_s}));
        f.restart();
        QVERIFY(f.cache().metadata(authority).has_value());
        QCOMPARE(f.cache().aliases(authority).size(), 2);
        QCOMPARE(f.http.sent.size(), 2U);
    }

    void contractC38AHostThatMicrosoftDoesNotKnowIsRefused()
    {
        Fixture f;
        f.askMetadata(*Authority::parse(u"https://evil.example/t"_s));
        QVERIFY(f.http.answer(FakeTransport::response(400, "{\"error\":\"invalid_instance\"}")));
        QCOMPARE(f.metadata->error().oauth().error, u"invalid_instance"_s);
        QCOMPARE(f.http.sent.size(), 1U); // the host itself was never asked
    }

    void contractC38InstanceDiscoverySwitchedOff()
    {
        Fixture f;
        f.settings.isInstanceDiscoveryAllowed = false;
        const auto authority = *Authority::parse(u"https://login.contoso.example/"_s + tenant);
        f.askMetadata(authority);
        QCOMPARE(f.lastUrl().host(), u"login.contoso.example"_s);
        QCOMPARE(f.cache().aliases(Authority::common()), QStringList({u"login.microsoftonline.com"_s}));
    }

    void cancellingBetweenTheTwoRequestsEndsBoth()
    {
        Fixture f;
        f.askMetadata(*Authority::parse(u"https://login.contoso.example/"_s + tenant));
        QVERIFY(f.http.answer(
            FakeTransport::response(200, "{\"tenant_discovery_endpoint\":\"https://login.contoso.example/x\"}")));
        QCOMPARE(f.http.waiting(), 1);
        f.ticket.reset();
        QCOMPARE(f.http.waiting(), 0);
        QVERIFY(!f.metadata);
    }
};

QTEST_GUILESS_MAIN(TestProviderCache)
#include "tst_providercache.moc"
