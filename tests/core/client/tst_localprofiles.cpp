// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/localprofiles.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThreadPool>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Countersign;
using namespace Qt::StringLiterals;
using Kind = LocalFinding::Kind;
using Obstacle = LocalFinding::Obstacle;

namespace {

constexpr auto appSettings =
    R"({"AzureAd":{"TenantId":"contoso.com","ClientId":"web","ClientSecret":"a client secret"}})";

void write(const QString &path, const QByteArray &bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray azureCache()
{
    QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/cache/azurecli.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

//! A computer with a home and a working folder, and nothing on it.
struct Computer
{
    Computer()
    {
        places.home = home.path();
        places.workingFolder = work.path();
        places.kubectl.clear();
    }
    QList<LocalFinding> look() const
    {
        auto *search = new LocalSearch(places);
        std::optional<Result<QList<LocalFinding>>> outcome;
        search->whenFinished(search, [&outcome](const Result<QList<LocalFinding>> &result) { outcome = result; });
        if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20000))
            return {};
        return outcome->hasValue() ? **outcome : QList<LocalFinding>();
    }
    //! A program that answers as kubectl does.
    void putKubectl(const QByteArray &script)
    {
        places.kubectl = home.filePath(u"bin/kubectl"_s);
        write(places.kubectl, "#!/bin/sh\n" + script);
        QFile(places.kubectl).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    QTemporaryDir home;
    QTemporaryDir work;
    LocalPlaces places;
};

QByteArray kubeconfig(const QByteArray &arguments, const QByteArray &command = "kubectl")
{
    return R"({"kind":"Config","users":[{"name":"oidc","user":{"exec":{"command":")" + command + R"(","args":[)"
        + arguments + "]}}}]}";
}

bool saysNothingOf(const QList<LocalFinding> &found, const QString &secret)
{
    for (const auto &finding : found) {
        QString all = finding.place + finding.name + finding.users.join(u' ');
        if (finding.profile)
            all += QString::fromUtf8(exportProfile(finding.profile->profile, ProfileFormat::Json).value());
        if (all.contains(secret))
            return false;
    }
    return true;
}

} // namespace

class TestLocalProfiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsFoundWhereNothingIs();
    void eachPlaceIsLookedInto();
    void noSecretIsTakenOver();
    void aRegistrationIsThereOnceWithAllItsPeople();
    void foldersAreLookedIntoTwoLevelsDeep();
    void theWholeHomeIsNotSearched();
    void aCacheNamesClientsTenantsAndPeople();
    void whatCannotBeTakenIsNamed_data();
    void whatCannotBeTakenIsNamed();
    void aKubeconfigIsUnderstood_data();
    void aKubeconfigIsUnderstood();
    void kubectlReadsWhatTheVariableNames();
    void whatIsInNoKnownFormIsLeftAlone();
    void hugeFilesAreNotRead();
    void whatIsNoFileIsNotOpened();
    void nothingIsWrittenAnywhere();
    void whoeverCancelsIsObeyed();
    void aHelperThatHangsIsNotWaitedFor();
};

void TestLocalProfiles::nothingIsFoundWhereNothingIs()
{
    const Computer computer;
    QVERIFY(computer.look().isEmpty());
}

void TestLocalProfiles::eachPlaceIsLookedInto()
{
    Computer computer;
    computer.places.environment = {{u"AUTH0_DOMAIN"_s, u"example.auth0.com"_s}, {u"AUTH0_CLIENT_ID"_s, u"spa"_s}};
    write(computer.work.filePath(u"appsettings.Development.json"_s), appSettings);
    write(computer.work.filePath(u"keycloak.json"_s),
          R"({"auth-server-url":"https://id.example/","realm":"lab","resource":"desk"})");
    write(computer.home.filePath(u".azure/msal_token_cache.json"_s), azureCache());
    write(computer.home.filePath(u".config/oidc-agent/work"_s), "sealed");
    write(computer.home.filePath(u".config/oidc-agent/issuer.config"_s), "https://id.example");
    QList<std::pair<Kind, QString>> found;
    for (const auto &finding : computer.look())
        found.append({finding.kind, finding.profile ? finding.profile->profile.clientId : finding.name});
    const QList<std::pair<Kind, QString>> expected{
        {Kind::Variables, u"spa"_s},          {Kind::ConfigurationFile, u"web"_s},
        {Kind::ConfigurationFile, u"desk"_s}, {Kind::Cache, u"04b07795-8ddb-461a-bbee-02f9e1bf7b46"_s},
        {Kind::Cache, u"Azure CLI"_s},        {Kind::OidcAgentAccount, u"work"_s}};
    for (const auto &each : expected)
        QVERIFY2(found.contains(each), qPrintable(each.second));
    QCOMPARE(found.size(), expected.size());
}

void TestLocalProfiles::noSecretIsTakenOver()
{
    Computer computer;
    computer.places.environment = {{u"AZURE_CLIENT_ID"_s, u"app"_s},
                                   {u"AZURE_TENANT_ID"_s, u"contoso.com"_s},
                                   {u"AZURE_CLIENT_SECRET"_s, u"a secret of the environment"_s}};
    write(computer.work.filePath(u"appsettings.json"_s), appSettings);
    write(computer.home.filePath(u".azure/msal_token_cache.json"_s), azureCache());
    const auto found = computer.look();
    QVERIFY(found.size() >= 3);
    QVERIFY(found.at(0).profile->hadSecret);
    QVERIFY(found.at(1).profile->hadSecret);
    for (const auto &secret : {u"a secret of"_s, u"a client secret"_s, u"an access token"_s, u"the family's"_s})
        QVERIFY2(saysNothingOf(found, secret), qPrintable(secret));
}

void TestLocalProfiles::aRegistrationIsThereOnceWithAllItsPeople()
{
    Computer computer;
    write(computer.home.filePath(u".azure/msal_token_cache.json"_s), azureCache());
    auto other = azureCache();
    other.replace("ada@contoso.example", "grace@contoso.example");
    write(computer.home.filePath(u".IdentityService/msal.cache.nocae"_s), other);
    const auto found = computer.look();
    const auto taken = std::count_if(found.begin(), found.end(), [](const auto &each) { return each.profile; });
    QCOMPARE(taken, 1);
    QCOMPARE(found.constFirst().users, QStringList({u"ada@contoso.example"_s, u"grace@contoso.example"_s}));
}

void TestLocalProfiles::foldersAreLookedIntoTwoLevelsDeep()
{
    Computer computer;
    const auto settings = [](const char *client) -> QByteArray {
        return QByteArray(R"({"AzureAd":{"TenantId":"t","ClientId":")") + client + "\"}}";
    };
    write(computer.work.filePath(u"src/App/appsettings.json"_s), settings("near"));
    write(computer.work.filePath(u"a/b/c/appsettings.json"_s), settings("far"));
    write(computer.work.filePath(u"node_modules/appsettings.json"_s), settings("foreign"));
    write(computer.work.filePath(u".git/appsettings.json"_s), settings("hidden"));
    const auto found = computer.look();
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().profile->profile.clientId, u"near"_s);
}

void TestLocalProfiles::theWholeHomeIsNotSearched()
{
    Computer computer;
    computer.places.workingFolder = computer.home.path();
    write(computer.home.filePath(u"projects/appsettings.json"_s), appSettings);
    QVERIFY(computer.look().isEmpty());
    write(computer.home.filePath(u"appsettings.json"_s), appSettings);
    QCOMPARE(computer.look().size(), 1);
}

void TestLocalProfiles::aCacheNamesClientsTenantsAndPeople()
{
    const auto cache = TokenCache::deserialize(azureCache());
    QVERIFY(cache);
    const auto found = profilesInCache(*cache);
    QCOMPARE(found.size(), 2);
    const auto &person = found.at(0);
    QVERIFY(person.profile);
    QCOMPARE(person.profile->profile.kind, Profile::Kind::Entra);
    QCOMPARE(person.profile->profile.issuer, u"https://login.microsoftonline.com/organizations"_s);
    QCOMPARE(person.profile->profile.clientId, u"04b07795-8ddb-461a-bbee-02f9e1bf7b46"_s);
    QCOMPARE(person.profile->profile.loginHint, u"ada@contoso.example"_s);
    QCOMPARE(person.profile->source, u"token_cache"_s);
    QVERIFY(person.profile->missing.isEmpty());
    QCOMPARE(person.users, QStringList{u"ada@contoso.example"_s});
    // A service principal's token: nobody can sign in as it.
    QCOMPARE(found.at(1).obstacle, Obstacle::WithoutPerson);
    QVERIFY(!found.at(1).profile);
}

void TestLocalProfiles::whatCannotBeTakenIsNamed_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("obstacle");
    QTest::newRow("a cache sealed by DPAPI")
        << u".azure/msal_token_cache.bin"_s << QByteArray("\x01\x02 sealed") << int(Obstacle::Encrypted);
    QTest::newRow("no cache") << u".azure/msal_token_cache.json"_s << QByteArray(R"({"AccessToken":[1]})")
                              << int(Obstacle::NotUnderstood);
    QTest::newRow("a kubeconfig without kubectl")
        << u".kube/config"_s << QByteArray("users: []") << int(Obstacle::NeedsKubectl);
    QTest::newRow("an account of oidc-agent")
        << u".oidc-agent/work"_s << QByteArray("sealed") << int(Obstacle::Encrypted);
}

void TestLocalProfiles::whatCannotBeTakenIsNamed()
{
    QFETCH(QString, place);
    QFETCH(QByteArray, bytes);
    QFETCH(int, obstacle);
    const Computer computer;
    write(computer.home.filePath(place), bytes);
    const auto found = computer.look();
    QCOMPARE(found.size(), 1);
    QCOMPARE(int(found.constFirst().obstacle), obstacle);
    QCOMPARE(found.constFirst().place, computer.home.filePath(place));
    QVERIFY(!found.constFirst().profile);
}

void TestLocalProfiles::aKubeconfigIsUnderstood_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("clientId");
    QTest::addColumn<QString>("scopes");
    QTest::addColumn<bool>("hadSecret");
    QTest::newRow("int128/kubelogin, as a plugin of kubectl")
        << kubeconfig(R"("oidc-login","get-token","--oidc-issuer-url=https://id.example/realms/lab",
                         "--oidc-client-id=kube","--oidc-extra-scope=email","--oidc-extra-scope=groups,profile",
                         "--oidc-client-secret=a secret")")
        << u"https://id.example/realms/lab"_s << u"kube"_s << u"email groups openid profile"_s << true;
    QTest::newRow("int128/kubelogin, options and values apart")
        << kubeconfig(R"("get-token","--oidc-issuer-url","https://id.example","--oidc-client-id","kube")", "kubelogin")
        << u"https://id.example"_s << u"kube"_s << u"openid"_s << false;
    QTest::newRow("Azure/kubelogin, as AKS writes it")
        << kubeconfig(R"("get-token","--environment","AzurePublicCloud","--server-id","6dae42f8","--client-id",
                         "80faf920","--tenant-id","contoso","--login","devicecode")",
                      "kubelogin")
        << u"https://login.microsoftonline.com/contoso"_s << u"80faf920"_s << u"6dae42f8/.default"_s << false;
    QTest::newRow("Azure/kubelogin in another cloud, short options")
        << kubeconfig(R"("get-token","-e","AzureUSGovernmentCloud","--server-id","s","--client-id","c","-t","t",
                         "-l","interactive")",
                      R"(C:\\tools\\kubelogin.exe)")
        << u"https://login.microsoftonline.us/t"_s << u"c"_s << u"s/.default"_s << false;
}

void TestLocalProfiles::aKubeconfigIsUnderstood()
{
    QFETCH(QByteArray, json);
    const auto found = profilesInKubeconfig(Secret::copyOf(json));
    QCOMPARE(found.size(), 1);
    QVERIFY(found.constFirst().profile);
    const auto &imported = *found.constFirst().profile;
    QTEST(imported.profile.issuer, "issuer");
    QTEST(imported.profile.clientId, "clientId");
    QTEST(imported.profile.scopes.sorted().join(u' '), "scopes");
    QTEST(imported.hadSecret, "hadSecret");
    QCOMPARE(imported.profile.name, u"oidc"_s);
    QCOMPARE(imported.source, u"kubeconfig"_s);
    QVERIFY(saysNothingOf(found, u"a secret"_s));
    // Pasted, it says the same.
    QCOMPARE(importProfiles(json).value(), QList<ImportedProfile>{imported});
}

void TestLocalProfiles::kubectlReadsWhatTheVariableNames()
{
#ifdef Q_OS_UNIX
    Computer computer;
    const auto other = computer.home.filePath(u"other/config"_s);
    write(other, "users: []");
    computer.places.environment = {{u"KUBECONFIG"_s, other + u":/nowhere/config"_s}};
    // What is not there is not handed on.
    computer.putKubectl("[ \"$*\" = 'config view -o json' ] && [ \"$KUBECONFIG\" = '" + other.toUtf8() + "' ] && echo '"
                        + kubeconfig(R"("get-token","--oidc-issuer-url=https://id.example","--oidc-client-id=k")")
                        + "'");
    const auto found = computer.look();
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().kind, Kind::Kubeconfig);
    QCOMPARE(found.constFirst().place, other);
    QCOMPARE(found.constFirst().profile->profile.clientId, u"k"_s);
    computer.putKubectl("exit 1");
    QCOMPARE(computer.look().constFirst().obstacle, Obstacle::NeedsKubectl);
#endif
}

void TestLocalProfiles::whatIsInNoKnownFormIsLeftAlone()
{
    QVERIFY(
        profilesInKubeconfig(Secret::copyOf(kubeconfig(R"("eks","get-token","--cluster-name","c")", "aws"))).isEmpty());
    QVERIFY(profilesInKubeconfig(Secret::copyOf("{\"users\":7}")).isEmpty());
    QVERIFY(profilesInKubeconfig(Secret::copyOf("users: []")).isEmpty());
    const auto found = profilesInKubeconfig(Secret::copyOf(kubeconfig(
        R"("get-token","--login","spn","--server-id","s","--client-id","c","--tenant-id","t")", "kubelogin")));
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().obstacle, Obstacle::WithoutPerson);
    const Computer computer;
    write(computer.work.filePath(u"appsettings.json"_s), R"({"Logging":{"LogLevel":"Warning"}})");
    // A token that lies about is no registration.
    write(computer.work.filePath(u"msal.json"_s), R"("eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUifQ.")");
    QVERIFY(computer.look().isEmpty());
}

void TestLocalProfiles::hugeFilesAreNotRead()
{
    const Computer computer;
    write(computer.work.filePath(u"appsettings.json"_s), appSettings + QByteArray(2 * 1024 * 1024, ' '));
    write(computer.home.filePath(u".azure/msal_token_cache.json"_s), azureCache());
    QFile cache(computer.home.filePath(u".azure/msal_token_cache.json"_s));
    QVERIFY(cache.open(QIODevice::ReadWrite));
    QVERIFY(cache.resize(qint64(64) * 1024 * 1024));
    cache.close();
    const auto found = computer.look();
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().obstacle, Obstacle::TooLarge);
}

void TestLocalProfiles::whatIsNoFileIsNotOpened()
{
#ifdef Q_OS_UNIX
    // Whoever opened a pipe would wait for somebody to write into it.
    const Computer computer;
    write(computer.home.filePath(u".azure/x"_s), {});
    for (const auto &path :
         {computer.home.filePath(u".azure/msal_token_cache.json"_s), computer.work.filePath(u"appsettings.json"_s)})
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    QVERIFY(computer.look().isEmpty());
#endif
}

void TestLocalProfiles::nothingIsWrittenAnywhere()
{
    const Computer computer;
    write(computer.work.filePath(u"appsettings.json"_s), appSettings);
    const auto path = computer.home.filePath(u".azure/msal_token_cache.json"_s);
    write(path, azureCache());
    const auto before = QFileInfo(path).lastModified();
    QVERIFY(!computer.look().isEmpty());
    QCOMPARE(QFileInfo(path).lastModified(), before);
    QCOMPARE(QDir(computer.home.filePath(u".azure"_s)).entryList(QDir::Files | QDir::Hidden).size(), 1);
    QCOMPARE(QDir(computer.work.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestLocalProfiles::whoeverCancelsIsObeyed()
{
    const Computer computer;
    auto *search = new LocalSearch(computer.places);
    QSignalSpy finished(search, &Operation::finished);
    std::optional<ErrorCode> code;
    search->whenFinished(search, [&code](const auto &result) { code = result.error().code(); });
    search->cancel();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(code, ErrorCode::Cancelled);
    // Gone in the middle, with whoever asked.
    delete new LocalSearch(computer.places);
    QTest::qWait(50);
}

void TestLocalProfiles::aHelperThatHangsIsNotWaitedFor()
{
#ifdef Q_OS_UNIX
    Computer computer;
    write(computer.home.filePath(u".kube/config"_s), "users: []");
    computer.putKubectl("exec sleep 60");
    auto *search = new LocalSearch(computer.places, std::chrono::milliseconds(200));
    std::optional<ErrorCode> code;
    search->whenFinished(search, [&code](const auto &result) { code = result.error().code(); });
    QTRY_VERIFY_WITH_TIMEOUT(code.has_value(), 10000);
    QCOMPARE(code, ErrorCode::TimedOut);
    // And it is gone, too: the pool has nothing to do.
    QVERIFY(QThreadPool::globalInstance()->waitForDone(10000));
#endif
}

QTEST_GUILESS_MAIN(TestLocalProfiles)

#include "tst_localprofiles.moc"
