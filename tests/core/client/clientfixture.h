// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sandbox.h"

#include <countersign/client/publicclient.h>
#include <countersign/crypto/systemrandom.h>
#include <countersign/http/networktransport.h>
#include <countersign/storage/memorystore.h>
#include <countersign/storage/persistenttokencache.h>
#include <countersign/useragent/systembrowseragent.h>

#include <QtCore/QTemporaryDir>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtTest/QTest>

namespace CountersignTest {

using namespace Countersign;

//! A browser without a face: follows redirects to their end.
class FacelessBrowser final : public BrowserLauncher
{
public:
    void launch(const QUrl &url, QObject *, FailureHandler) override
    {
        opened.append(url);
        if (!isAway)
            go(url);
    }
    void go(const QUrl &url)
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
        auto *reply = m_manager.get(request);
        QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    }

    QList<QUrl> opened;
    bool isAway = false; //!< the person does nothing

private:
    QNetworkAccessManager m_manager;
};

//! A clock that a test can turn.
class TurnedClock final : public Clock
{
public:
    QDateTime now() const override { return QDateTime::currentDateTimeUtc().addSecs(offset.count()); }
    std::chrono::seconds offset{0};
};

class Recorder final : public ExchangeObserver
{
public:
    void exchangeFinished(const ExchangeRecord &record) override { records.append(record); }
    QStringList purposes() const
    {
        QStringList names;
        for (const auto &record : records)
            names.append(identifier(record.purpose));
        names.sort(); // keys and others may overlap in time
        return names;
    }
    QList<ExchangeRecord> records;
};

//! A store that has to ask a person for something before its first save, and waits for the answer.
class AskingStore final : public TokenStore
{
public:
    Kind kind() const override { return m_memory.kind(); }
    QString name() const override { return m_memory.name(); }
    QString folder() const override { return {}; }
    QString id() const override { return m_memory.id(); }
    void load(QObject *context, LoadHandler handler) override { m_memory.load(context, std::move(handler)); }
    void save(StoredBlob blob, QObject *context, DoneHandler handler) override
    {
        m_memory.save(std::move(blob), context, std::move(handler));
    }
    void probe(QObject *context, DoneHandler handler) override { m_memory.probe(context, std::move(handler)); }
    void clear(QObject *context, DoneHandler handler) override { m_memory.clear(context, std::move(handler)); }
    void prepare(QObject *, DoneHandler handler) override
    {
        ++questions;
        answer = std::move(handler);
    }

    int questions = 0;
    DoneHandler answer; //!< unset: nobody was asked

private:
    MemoryStore m_memory;
};

//! A sandbox that approves ada without a page, and everything a client needs to sign in there.
struct ClientFixture
{
    explicit ClientFixture(CountersignSandbox::Settings settings = {.approve = QStringLiteral("ada")})
        : sandbox(std::move(settings))
    {
        isReady = sandbox.start().hasValue();
        auto made = NetworkTransport::create({.proxy = NetworkSettings::Proxy::None}, &recorder);
        isReady = isReady && made;
        if (made)
            http = *std::move(made);
        configuration.clientId = {QStringLiteral("sandbox-native")};
        if (auto authority = Authority::oidc(sandbox.issuer()))
            configuration.authority = *std::move(authority);
        configuration.providerFolder = folder.path();
        configuration.requestTimeout = std::chrono::seconds(10);
        configuration.retry = RetryPolicy::none(); // tests of repetition choose their own
    }

    PublicClient &client()
    {
        if (!m_client) {
            auto made = PublicClient::create(
                configuration, {.http = *http, .cache = cache, .agent = agent, .clock = clock, .random = random});
            if (!made)
                qFatal("%s", qPrintable(made.error().message()));
            m_client = *std::move(made);
        }
        return *m_client;
    }
    void dropClient() { m_client.reset(); }
    Services services() { return {.http = *http, .cache = cache, .agent = agent, .clock = clock, .random = random}; }

    static InteractiveParameters signIn(ScopeSet scopes = {QStringLiteral("openid"), QStringLiteral("profile"),
                                                           QStringLiteral("offline_access")})
    {
        InteractiveParameters parameters;
        parameters.scopes = std::move(scopes);
        return parameters;
    }
    static SilentParameters silently(const Account &account,
                                     ScopeSet scopes = {QStringLiteral("openid"), QStringLiteral("profile"),
                                                        QStringLiteral("offline_access")})
    {
        SilentParameters parameters;
        parameters.account = account.id;
        parameters.scopes = std::move(scopes);
        return parameters;
    }

    //! The query that the provider sends back for \p page.
    static QByteArray answerFor(const QUrl &page)
    {
        QNetworkAccessManager manager;
        QNetworkRequest request(page);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        std::unique_ptr<QNetworkReply> reply(manager.get(request));
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }))
            return {};
        return reply->header(QNetworkRequest::LocationHeader).toUrl().query(QUrl::FullyEncoded).toLatin1();
    }

    //! Method and endpoint of every request that the provider saw, browser included.
    QStringList requests() const
    {
        QStringList lines;
        const auto log = sandbox.log();
        for (const auto entry : log) {
            const auto object = entry.toObject();
            lines.append(object.value(QStringLiteral("method")).toString() + u' '
                         + object.value(QStringLiteral("path")).toString().section(u'/', 2));
        }
        return lines;
    }
    qsizetype requestsTo(const QString &line) const { return requests().count(line); }

    //! The last request to an endpoint of that name, as the sandbox logged it: query, form, headers …
    QJsonObject lastRequest(const QString &endpoint) const
    {
        QJsonObject last;
        const auto log = sandbox.log();
        for (const auto entry : log) {
            if (entry.toObject().value(QStringLiteral("path")).toString().endsWith(u'/' + endpoint))
                last = entry.toObject();
        }
        return last;
    }
    QJsonObject lastForm(const QString &endpoint) const
    {
        return lastRequest(endpoint).value(QStringLiteral("form")).toObject();
    }

    CountersignSandbox::Sandbox sandbox;
    Recorder recorder;
    std::unique_ptr<NetworkTransport> http;
    MemoryStore store;
    PersistentTokenCache cache{store};
    FacelessBrowser browser;
    SystemBrowserAgent agent{browser};
    TurnedClock clock;
    SystemRandom random;
    QTemporaryDir folder;
    ClientConfiguration configuration;
    bool isReady = false;

private:
    std::unique_ptr<PublicClient> m_client;
};

//! An operation's outcome, kept after the operation has gone.
template <typename T> struct Outcome
{
    explicit Outcome(OperationOf<T> *watched) : operation(watched)
    {
        QObject::connect(watched, &Operation::stageChanged, watched,
                         [this](Operation::Stage stage) { stages.append(stage); });
        QObject::connect(watched, &Operation::finished, watched, [this, watched] {
            ++finishes;
            result.emplace(watched->takeResult());
        });
    }
    bool isThere() const { return result.has_value(); }
    bool succeeded() const { return result && *result; }
    bool failed() const { return result && !*result; }
    std::add_lvalue_reference_t<const T> value() const { return **result; }
    const Error &error() const { return result->error(); }
    QByteArray why() const { return failed() ? error().message().toUtf8() : QByteArray("no failure"); }

    QPointer<OperationOf<T>> operation;
    std::optional<Result<T>> result;
    QList<Operation::Stage> stages;
    int finishes = 0;
};
template <typename Op> Outcome(Op *)
    -> Outcome<typename std::remove_reference_t<decltype(std::declval<Op>().result())>::value_type>;

//! A fixture in which ada has signed in; the logs begin after that.
struct SignedIn : ClientFixture
{
    explicit SignedIn(const QJsonObject &tokenHook = {}, InteractiveParameters parameters = signIn())
    {
        if (!tokenHook.isEmpty())
            isReady = isReady && sandbox.hooks().set(CountersignSandbox::HookPoint::TokenResponse, tokenHook);
        Outcome<AuthenticationResult> outcome(client().acquireToken(std::move(parameters)));
        isReady = isReady && QTest::qWaitFor([&outcome] { return outcome.isThere(); }) && outcome.succeeded();
        if (!isReady)
            qFatal("%s", outcome.why().constData());
        account = outcome.value().account;
        sandbox.hooks().clear();
        forget();
    }
    void forget()
    {
        sandbox.clearLog();
        recorder.records.clear();
        browser.opened.clear();
    }
    //! Both sides' clocks.
    void passTime(std::chrono::seconds time)
    {
        clock.offset += time;
        sandbox.context().settings.clockOffset += time;
    }
    //! Nothing of anybody is cached.
    bool isEmpty() const
    {
        const auto &snapshot = cache.snapshot();
        return snapshot.accounts().isEmpty() && snapshot.accessTokens().empty() && snapshot.refreshTokens().empty()
            && snapshot.idTokens().empty();
    }
    QString refreshToken() const
    {
        const auto tokens = cache.snapshot().refreshTokens();
        return tokens.empty() ? QString() : QString::fromUtf8(tokens.front().secret().reveal());
    }
    QByteArray stored() const { return store.content().bytes.reveal().toByteArray(); }

    Account account;
};

} // namespace CountersignTest
