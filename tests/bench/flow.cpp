// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "bench.h"
#include "cacheclient.h"
#include "coldcache.h"
#include "verbs.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/http/networktransport.h>
#include <countersign/storage/memorystore.h>
#include <countersign/storage/msalfilestore.h>
#include <countersign/storage/persistenttokencache.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QNetworkReply>

using namespace Qt::StringLiterals;

namespace Countersign::Bench {

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;
using Moment = std::chrono::steady_clock::time_point;

constexpr int warmRuns = 15;
constexpr int countedRuns = 20;

Moment now()
{
    return std::chrono::steady_clock::now();
}

//! The provider's scripted person and its log. What they take is nobody's figure.
class Control
{
public:
    explicit Control(QString address) : m_address(std::move(address)) { m_manager.setProxy(QNetworkProxy::NoProxy); }

    QNetworkReply *logIn(const QUrl &page)
    {
        const QString query =
            u"/__login?url="_s + QString::fromLatin1(QUrl::toPercentEncoding(page.toString(QUrl::FullyEncoded)));
        return m_manager.get(QNetworkRequest(QUrl(m_address + query, QUrl::StrictMode)));
    }
    void clearLog() { finished(m_manager.deleteResource(QNetworkRequest(QUrl(m_address + u"/__log"_s)))); }
    //! How many requests came from the client under test.
    int requests()
    {
        const auto log =
            QJsonDocument::fromJson(finished(m_manager.get(QNetworkRequest(QUrl(m_address + u"/__log"_s)))));
        const auto entries = log.array();
        return static_cast<int>(std::count_if(entries.begin(), entries.end(), [](const QJsonValue &entry) {
            return !entry.toObject().value("helper"_L1).toBool();
        }));
    }

private:
    static QByteArray finished(QNetworkReply *reply)
    {
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        reply->deleteLater();
        return reply->readAll();
    }

    QString m_address;
    QNetworkAccessManager m_manager;
};

//! Has the provider's scripted person sign in, and takes the time.
class ScriptedAgent final : public AuthorizationAgent
{
public:
    explicit ScriptedAgent(Control &control) : m_control(control) { }
    Result<std::unique_ptr<AuthorizationSession>> begin(const RedirectPreference &, Handler handler) override
    {
        return std::unique_ptr<AuthorizationSession>(std::make_unique<Session>(*this, std::move(handler)));
    }
    QString name() const override { return u"script"_s; }
    Milliseconds person() const { return m_person; }

private:
    class Session final : public QObject, public AuthorizationSession
    {
    public:
        Session(ScriptedAgent &agent, Handler handler) : m_agent(agent), m_handler(std::move(handler)) { }
        QUrl redirectUri() const override { return QUrl(u"http://localhost/"_s); }
        void open(AuthorizationPage page) override
        {
            const auto began = now();
            auto *const reply = m_agent.m_control.logIn(page.url);
            QObject::connect(reply, &QNetworkReply::finished, this, [this, reply, began] {
                m_agent.m_person = now() - began;
                reply->deleteLater();
                const auto answer = QJsonDocument::fromJson(reply->readAll()).object();
                const QUrl redirect(answer.value("location"_L1).toString());
                const auto handler = std::exchange(m_handler, nullptr);
                if (redirect.isEmpty())
                    return handler(
                        Error{ErrorCode::NetworkUnavailable, u"the provider's scripted person is not there"_s});
                handler(RedirectAnswer{.redirectUri = redirectUri(),
                                       .parameters = Secret(redirect.query(QUrl::FullyEncoded).toLatin1())});
            });
        }

    private:
        ScriptedAgent &m_agent;
        Handler m_handler;
    };

    Control &m_control;
    Milliseconds m_person{0};
};

//! Where a login goes: the provider, and whom its certificate is believed for.
struct Target
{
    QString issuer;
    QString caFile;
};

std::unique_ptr<NetworkTransport> makeTransport(const Target &target)
{
    auto http = NetworkTransport::create({.caFile = target.caFile, .proxy = NetworkSettings::Proxy::None});
    if (!http)
        qFatal("%s", qPrintable(http.error().message()));
    return *std::move(http);
}

//! A client that knows nothing yet, with store, cache and provider documents of its own. The transport is the
//! program's, as in our own programs and as the peers' pool of connections is. Nothing is kept on disk unless a file is
//! named.
class FlowClient
{
public:
    FlowClient(const QString &issuer, HttpTransport &http, Control &control, const QString &cacheFile = {})
        : m_agent(control)
    {
        if (cacheFile.isEmpty())
            m_store = std::make_unique<MemoryStore>();
        else
            m_store = std::make_unique<MsalFileStore>(cacheFile);
        m_cache = std::make_unique<PersistentTokenCache>(*m_store);
        const auto authority = Authority::oidc(issuer);
        if (!authority)
            qFatal("%s", qPrintable(authority.error().message()));
        ClientConfiguration configuration;
        configuration.clientId = {u"cs-native"_s};
        configuration.authority = *authority;
        m_client = *PublicClient::create(
            configuration, {.http = http, .cache = *m_cache, .agent = m_agent, .clock = m_clock, .random = m_random});
    }

    Result<AuthenticationResult> logIn()
    {
        InteractiveParameters parameters;
        parameters.scopes = m_scopes;
        auto token = outcome<AuthenticationResult>(m_client->acquireToken(std::move(parameters)));
        if (token)
            m_account = token->account.id;
        return token;
    }
    //! For whoever logged in last.
    Result<AuthenticationResult> refresh()
    {
        SilentParameters parameters;
        parameters.scopes = m_scopes;
        parameters.account = m_account;
        parameters.isRefreshForced = true;
        return outcome<AuthenticationResult>(m_client->acquireTokenSilently(std::move(parameters)));
    }
    Milliseconds person() const { return m_agent.person(); }

private:
    const ScopeSet m_scopes{u"api:read"_s, u"profile"_s};
    std::unique_ptr<TokenStore> m_store;
    std::unique_ptr<PersistentTokenCache> m_cache;
    ScriptedAgent m_agent;
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<PublicClient> m_client;
    AccountId m_account;
};

//! The figures of one job, the first runs left out.
class Job
{
public:
    explicit Job(Control &control) : m_control(control) { }

    //! \p run does it once and says how many milliseconds of it were the client's.
    Result<void> measure(const QByteArray &name, const std::function<Result<double>()> &run)
    {
        std::vector<double> times;
        std::vector<double> requests;
        for (int i = -warmRuns; i < countedRuns; ++i) {
            m_control.clearLog();
            const auto took = run();
            if (!took)
                return took.error();
            if (i < 0)
                continue;
            times.push_back(*took);
            requests.push_back(m_control.requests());
        }
        print({.bench = name + "_client_ms", .unit = "ms"}, std::move(times));
        print({.bench = name + "_http", .unit = "requests"}, std::move(requests));
        return {};
    }

private:
    Control &m_control;
};

Result<void> coldSilent(const Target &target, HttpTransport &http, Control &control)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"cache.json"_s);
    {
        FlowClient client(target.issuer, http, control, file);
        if (const auto token = client.logIn(); !token)
            return token.error();
    }
    control.clearLog();
    auto cold = coldStarts(file);
    if (!cold)
        return cold.error();
    // The program has no network at all; the provider bears it out.
    const std::vector<double> requests(cold->wall.size(), control.requests());
    print({.bench = "cold_silent_ms", .unit = "ms"}, std::move(cold->wall));
    print({.bench = "cold_silent_http", .unit = "requests"}, requests);
    return {};
}

QString option(const QStringList &arguments, const QString &name, const QString &otherwise = {})
{
    const auto at = arguments.indexOf(name);
    return at < 0 ? otherwise : arguments.value(at + 1);
}

} // namespace

Result<void> benchFlow(const QStringList &arguments)
{
    const Target target{.issuer = arguments.value(0), .caFile = option(arguments, u"--ca"_s)};
    Control control(option(arguments, u"--control"_s, u"http://localhost:9400"_s));
    Job job(control);
    const auto logIn = [](FlowClient &client, Moment began) -> Result<double> {
        const auto token = client.logIn();
        const Milliseconds took = now() - began - client.person();
        return token ? Result<double>(took.count()) : Result<double>(token.error());
    };
    // The first of a program, with a handshake. The peers' programs have none of it here: their first ones warm them
    // up.
    auto measured = job.measure("login_first", [&]() -> Result<double> {
        const auto began = now();
        const auto http = makeTransport(target);
        FlowClient client(target.issuer, *http, control);
        return logIn(client, began);
    });
    if (!measured)
        return measured;
    const auto http = makeTransport(target);
    measured = job.measure("login_new", [&]() -> Result<double> {
        const auto began = now();
        FlowClient client(target.issuer, *http, control);
        return logIn(client, began);
    });
    if (!measured)
        return measured;
    FlowClient client(target.issuer, *http, control);
    measured = job.measure("login_warm", [&] { return logIn(client, now()); });
    if (!measured)
        return measured;
    measured = job.measure("refresh", [&]() -> Result<double> {
        const auto began = now();
        const auto token = client.refresh();
        const Milliseconds took = now() - began;
        return token ? Result<double>(took.count()) : Result<double>(token.error());
    });
    if (!measured)
        return measured;
    return coldSilent(target, *http, control);
}

} // namespace Countersign::Bench
