// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/serviceset.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

using namespace Countersign;
using namespace Countersign::App;
using namespace Qt::StringLiterals;

namespace {

Profile profile()
{
    Profile profile;
    profile.id = u"demo"_s;
    profile.issuer = u"https://op.example"_s;
    profile.clientId = u"app"_s;
    return profile;
}

} // namespace

class TestServiceSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStoreIsNamedInOneWord_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<TokenStore::Kind>("kind");
        QTest::addColumn<QString>("path");
        QTest::newRow("nothing") << QString() << TokenStore::Kind::Keychain << QString();
        QTest::newRow("keychain") << u"keychain"_s << TokenStore::Kind::Keychain << QString();
        QTest::newRow("memory") << u"memory"_s << TokenStore::Kind::Memory << QString();
        QTest::newRow("file") << u"file:/a b/c"_s << TokenStore::Kind::SealedFile << u"/a b/c"_s;
        QTest::newRow("file at its usual place") << u"file:"_s << TokenStore::Kind::SealedFile << QString();
        QTest::newRow("msal") << u"msal:C:/cache.json"_s << TokenStore::Kind::MsalFile << u"C:/cache.json"_s;
    }
    void aStoreIsNamedInOneWord()
    {
        QFETCH(QString, text);
        QFETCH(QString, path);
        const auto choice = StoreChoice::parse(text);
        QVERIFY(choice);
        QTEST(choice->kind, "kind");
        QCOMPARE(choice->path, path);
        QCOMPARE(StoreChoice::parse(choice->toString()).value(), *choice);
    }

    void whatIsNoStoreIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto *text : {"keyring", "msal:", "msal", "plain:/x", "MEMORY"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void whatIsNoStoreIsRefused()
    {
        QFETCH(QString, text);
        ServiceSettings settings;
        settings.store = text;
        const auto set = ServiceSet::create(settings);
        QVERIFY(!set);
        QCOMPARE(set.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(set.error().message().contains(u"keychain, memory, file:PATH or msal:PATH"_s));
    }

    void everyStoreIsTheOneThatWasNamed()
    {
        const QTemporaryDir folder;
        const auto place = folder.filePath(u"new"_s);
        for (const auto &[text, kind] :
             {std::pair{u"keychain"_s, TokenStore::Kind::Keychain}, std::pair{u"memory"_s, TokenStore::Kind::Memory},
              std::pair{QString(u"file:"_s + place + u"/tokens"_s), TokenStore::Kind::SealedFile},
              std::pair{QString(u"msal:"_s + place + u"/cache.json"_s), TokenStore::Kind::MsalFile}}) {
            ServiceSettings settings;
            settings.store = text;
            settings.passphrase = [] { return Result<Secret>(Secret::copyOf("correct horse")); };
            const auto set = ServiceSet::create(settings);
            QVERIFY2(set, qPrintable(text));
            QCOMPARE((*set)->store().kind(), kind);
            QCOMPARE(&(*set)->cache().store(), &(*set)->store());
            QVERIFY(!(*set)->cache().isLoaded());
        }
        QVERIFY2(!QFile::exists(place), "making a store touches nothing");
    }

    void aSealedFileWithoutItsPassphraseIsRefused()
    {
        ServiceSettings settings;
        settings.store = u"file:/nowhere/tokens"_s;
        const auto nobody = ServiceSet::create(settings);
        QVERIFY(!nobody);
        QCOMPARE(nobody.error().cause(), ErrorCause::PassphraseWrong);
        settings.passphrase = [] { return Result<Secret>(Secret()); };
        const auto empty = ServiceSet::create(settings);
        QVERIFY(!empty);
        QCOMPARE(empty.error().cause(), ErrorCause::PassphraseWrong);
        settings.passphrase = []() -> Result<Secret> { return Error{ErrorCode::Cancelled, u"no"_s}; };
        const auto cancelled = ServiceSet::create(settings);
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code(), ErrorCode::Cancelled);
    }

    void whatCannotReachTheNetworkIsSaidAtOnce_data()
    {
        QTest::addColumn<QString>("caFile");
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<ErrorCause>("cause");
        QTest::newRow("no file") << u"/nowhere/ca.pem"_s << QString() << ErrorCause::TlsFailed;
        QTest::newRow("no proxy scheme") << QString() << u"ftp://proxy:1"_s << ErrorCause::ProxyFailed;
        QTest::newRow("no address") << QString() << u"http://[proxy"_s << ErrorCause::ProxyFailed;
    }
    void whatCannotReachTheNetworkIsSaidAtOnce()
    {
        QFETCH(QString, caFile);
        QFETCH(QString, proxy);
        QFETCH(ErrorCause, cause);
        ServiceSettings settings;
        settings.caFile = caFile;
        settings.proxy = proxy;
        const auto set = ServiceSet::create(settings);
        QVERIFY(!set);
        QCOMPARE(set.error().code(), ErrorCode::InvalidArgument);
        QCOMPARE(set.error().cause(), cause);
    }

    void aProfileBecomesAClient()
    {
        ServiceSettings settings;
        settings.store = u"memory"_s;
        const auto set = ServiceSet::create(settings).value();
        auto wanted = profile();
        wanted.redirectUri = u"http://localhost:4711/done"_s;
        const auto client = set->makeClient(wanted);
        QVERIFY(client);
        QCOMPARE((*client)->configuration().clientId.value, u"app"_s);
        QCOMPARE((*client)->configuration().redirect.ports, QList<quint16>{4711});
        QCOMPARE((*client)->configuration().providerFolder, ClientConfiguration::defaultProviderFolder());
        QCOMPARE(&(*client)->cache(), &set->cache());
    }

    void aProfileThatCannotBeUsedNamesItsMember()
    {
        ServiceSettings settings;
        settings.store = u"memory"_s;
        const auto set = ServiceSet::create(settings).value();
        auto wrong = profile();
        wrong.clientId.clear();
        const auto client = set->makeClient(wrong);
        QVERIFY(!client);
        QVERIFY(client.error().message().contains(u"client_id"_s));
        auto untrusted = profile();
        untrusted.caFile = u"/nowhere/ca.pem"_s;
        const auto unreachable = set->makeClient(untrusted);
        QVERIFY(!unreachable);
        QCOMPARE(unreachable.error().cause(), ErrorCause::TlsFailed);
    }

    void theWayOfAProfileChoosesItsAgent()
    {
        ServiceSettings settings;
        settings.store = u"memory"_s;
        const auto set = ServiceSet::create(settings).value();
        QCOMPARE(set->agentFor(Profile::Way::Embedded).name(), u"embedded"_s);
        QCOMPARE(set->agentFor(Profile::Way::Browser).name(), u"browser"_s);
        QCOMPARE(&set->agentFor(Profile::Way::Automatic), &set->agentFor(Profile::Way::Browser));
        QCOMPARE(&set->services(set->embedded()).agent, &set->agentFor(Profile::Way::Embedded));
    }

    void whoeverWantsTheAddressIsToldInsteadOfABrowser()
    {
        QList<QUrl> shown;
        ServiceSettings settings;
        settings.store = u"memory"_s;
        settings.browserCommand = u"/nowhere/browser"_s;
        settings.showAddress = [&shown](const QUrl &address) { shown.append(address); };
        const auto set = ServiceSet::create(settings).value();
        auto session = set->browser().begin(RedirectPreference::loopback(), [](const Result<RedirectAnswer> &) {});
        QVERIFY(session);
        (*session)->open(
            {.url = QUrl(u"https://op.example/authorize"_s), .belongs = [](QByteArrayView) { return true; }});
        QTRY_COMPARE(shown, QList{QUrl(u"https://op.example/authorize"_s)});
    }
};

QTEST_GUILESS_MAIN(TestServiceSet)
#include "tst_serviceset.moc"
