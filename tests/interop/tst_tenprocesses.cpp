// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "interop/interopfixture.h"
#include "support/codeflow.h"

#include <countersign/crypto/digest.h>
#include <countersign/crypto/systemrandom.h>
#include <countersign/http/networktransport.h>
#include <countersign/storage/msalfilestore.h>
#include <countersign/storage/persistenttokencache.h>

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <cstdio>

using namespace CountersignTest;

namespace {

const ScopeSet scopes{u"openid"_s, u"offline_access"_s};

//! A program with the cache in a file.
struct Program
{
    Program(const QString &issuer, const QString &path, BrowserLauncher &browser)
        : agent(browser), http(*NetworkTransport::create({.proxy = NetworkSettings::Proxy::None})), store(path),
          cache(store)
    {
        ClientConfiguration configuration;
        configuration.clientId = {u"native"_s};
        configuration.authority = *Authority::oidc(issuer);
        client = *PublicClient::create(
            configuration, {.http = *http, .cache = cache, .agent = agent, .clock = clock, .random = random});
    }

    Result<AuthenticationResult> silently(const AccountId &account, bool isForced = false) const
    {
        SilentParameters asked{.scopes = scopes, .account = account};
        asked.isRefreshForced = isForced;
        return outcome<AuthenticationResult>(client->acquireTokenSilently(asked));
    }

    SystemBrowserAgent agent;
    std::unique_ptr<NetworkTransport> http;
    MsalFileStore store;
    PersistentTokenCache cache;
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<PublicClient> client;
};

class NoBrowser final : public BrowserLauncher
{
public:
    void launch(const QUrl &, QObject *, FailureHandler) override { qFatal("nobody is here"); }
};

//! "--child ISSUER FILE HOME ENVIRONMENT": says that it is ready, waits for a line, asks for the token and prints its
//! digest.
int child(const QStringList &arguments)
{
    NoBrowser browser;
    const Program program(arguments.at(2), arguments.at(3), browser);
    std::puts("ready");
    std::fflush(stdout);
    if (std::getchar() == EOF)
        return 2;
    const auto token = program.silently({{arguments.at(4)}, {arguments.at(5)}});
    if (!token) {
        std::puts(why(token).constData());
        return 1;
    }
    std::puts(digest(HashAlgorithm::Sha256, token->accessToken.reveal()).toHex().constData());
    return 0;
}

//! Makes every access token in the file one of long ago.
void expireTokens(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QJsonObject cache = QJsonDocument::fromJson(file.readAll()).object();
    QJsonObject tokens = cache.value("AccessToken"_L1).toObject();
    QVERIFY(!tokens.isEmpty());
    for (auto it = tokens.begin(); it != tokens.end(); ++it) {
        QJsonObject token = it.value().toObject();
        token.insert("expires_on"_L1, u"1000"_s);
        token.insert("extended_expires_on"_L1, u"1000"_s);
        it.value() = token;
    }
    cache.insert("AccessToken"_L1, tokens);
    QVERIFY(file.resize(0) && file.seek(0));
    QVERIFY(file.write(QJsonDocument(cache).toJson()) > 0);
}

} // namespace

//! A provider that rotates refresh tokens and takes one that comes twice for stolen (RFC 9700 §4.14.2), and ten
//! programs that find the same expired access token at the same time.
class TestTenProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = RealProvider::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QVERIFY2(m_provider.start(), qPrintable(m_provider.problem()));
    }

    void anExpiredTokenIsRefreshedOnceForAll()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"cache.json"_s);
        AccountId account;
        QString spent;
        signIn(path, account, spent);
        expireTokens(path);

        const auto before = tokenRequests();
        std::vector<std::unique_ptr<QProcess>> programs;
        for (int i = 0; i < 10; ++i) {
            programs.push_back(std::make_unique<QProcess>());
            programs.back()->start(
                QCoreApplication::applicationFilePath(),
                {u"--child"_s, m_provider.issuer(), path, account.homeAccountId.value, account.environment.value});
        }
        for (const auto &program : programs)
            QVERIFY(program->waitForReadyRead(30'000));
        for (const auto &program : programs)
            program->write("go\n");
        QByteArray first;
        for (const auto &program : programs) {
            QVERIFY(program->waitForFinished(60'000));
            const QByteArray said = program->readAllStandardOutput().split('\n').value(1);
            QVERIFY2(program->exitStatus() == QProcess::NormalExit && program->exitCode() == 0, said.constData());
            if (first.isEmpty())
                first = said;
            QCOMPARE(said, first);
        }
        QVERIFY(!first.isEmpty());
        QCOMPARE(tokenRequests() - before, 1);

        // The control: had two of them sent the token, the provider would have ended it all.
        NoBrowser browser;
        const Program program(m_provider.issuer(), path, browser);
        QVERIFY(program.silently(account, true));
        const auto metadata =
            httpCall("GET"_ba, QUrl(m_provider.issuer() + u"/.well-known/openid-configuration"_s)).json();
        const CodeFlow thief{.issuer = m_provider.issuer(),
                             .authorizationEndpoint = {},
                             .tokenEndpoint = metadata.value("token_endpoint"_L1).toString(),
                             .clientId = u"native"_s};
        QCOMPARE(thief.refresh(spent).json().value("error"_L1).toString(), u"invalid_grant"_s);
        const auto after = program.silently(account, true);
        QVERIFY(!after);
        QCOMPARE(after.error().code(), ErrorCode::InteractionRequired);
    }

private:
    void signIn(const QString &path, AccountId &account, QString &refreshToken)
    {
        WalkingBrowser browser(m_provider);
        const Program program(m_provider.issuer(), path, browser);
        InteractiveParameters asked;
        asked.scopes = scopes;
        asked.prompts = {u"consent"_s}; // OpenID Connect Core §11: without it offline_access is ignored
        const auto token = outcome<AuthenticationResult>(program.client->acquireToken(asked));
        QVERIFY2(token, why(token).constData());
        account = token->account.id;
        const auto tokens = program.cache.snapshot().refreshTokens();
        QCOMPARE(tokens.size(), 1U);
        refreshToken = QString::fromUtf8(tokens.front().secret().reveal());
    }

    qsizetype tokenRequests() const
    {
        const auto all = m_provider.requests();
        return std::count_if(all.begin(), all.end(), [](const QString &request) {
            return request.startsWith(u"POST"_s) && request.endsWith(u"/token"_s);
        });
    }

    RealProvider m_provider;
};

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--child"_s)
        return child(app.arguments());
    TestTenProcesses test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_tenprocesses.moc"
