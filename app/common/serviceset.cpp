// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/serviceset.h>

#include <common/browserpages.h>
#include <common/gatetransport.h>
#include <common/lockedfilestore.h>

#include <countersign/crypto/systemrandom.h>
#include <countersign/http/networktransport.h>

#include <map>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

//! Sets the network up at the first request. Most calls of a command line send none, and looking for proxies and
//! authorities costs more than all the rest of them.
class LateTransport final : public HttpTransport
{
public:
    LateTransport(NetworkSettings settings, ExchangeObserver *observer)
        : m_settings(std::move(settings)), m_observer(observer)
    {
    }

    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request, Handler handler) override
    {
        // Without a file of authorities and a proxy of one's own there is nothing that could be wrong.
        if (!m_transport)
            m_transport = NetworkTransport::create(m_settings, m_observer).value();
        return m_transport->send(std::move(request), std::move(handler));
    }

private:
    NetworkSettings m_settings;
    ExchangeObserver *m_observer;
    std::unique_ptr<NetworkTransport> m_transport;
};

Result<NetworkSettings> networkSettings(const QString &caFile, const QString &proxy)
{
    NetworkSettings settings;
    settings.caFile = caFile;
    if (proxy.isEmpty())
        return settings;
    if (proxy == "none"_L1) {
        settings.proxy = NetworkSettings::Proxy::None;
        return settings;
    }
    settings.proxy = NetworkSettings::Proxy::Custom;
    settings.proxyUrl = QUrl(proxy, QUrl::StrictMode);
    if (!settings.proxyUrl.isValid())
        return Error{ErrorCode::InvalidArgument, ErrorCause::ProxyFailed,
                     u"The proxy is no address: write http://host:port, socks5://host:port or none."_s};
    return settings;
}

//! The page goes the way the program's own requests go, and believes whom they believe.
WebViewAgent::Settings webViewSettings(const ServiceSettings &settings)
{
    WebViewAgent::Settings view{.program = settings.webViewProgram, .caFile = settings.caFile};
    view.look = settings.webViewLook;
    view.usesProxy = settings.proxy != "none"_L1;
    if (view.usesProxy)
        view.proxy = QUrl(settings.proxy, QUrl::StrictMode);
    return view;
}

std::unique_ptr<BrowserLauncher> makeLauncher(const ServiceSettings &settings)
{
    if (settings.showAddress)
        return std::make_unique<FunctionLauncher>(settings.showAddress);
    if (!settings.browserCommand.isEmpty())
        return std::make_unique<CommandLauncher>(settings.browserCommand);
    return std::make_unique<SystemLauncher>();
}

} // namespace

Result<void> checkProxy(const QString &proxy)
{
    const auto settings = networkSettings({}, proxy);
    if (!settings)
        return settings.error();
    if (const auto transport = NetworkTransport::create(*settings); !transport)
        return transport.error();
    return {};
}

// In the order of their lives: what stands below uses what stands above.
struct ServiceSet::Private
{
    ServiceSettings settings;
    SystemClock clock;
    SystemRandom random;
    std::shared_ptr<GateTransport::Gate> gate = std::make_shared<GateTransport::Gate>();
    std::map<QString, std::unique_ptr<HttpTransport>> transports; // by file of authorities
    HttpTransport *http = nullptr;
    std::unique_ptr<TokenStore> store;
    LockedFileStore *lockedStore = nullptr;
    std::unique_ptr<PersistentTokenCache> cache;
    std::unique_ptr<BrowserLauncher> launcher;
    std::unique_ptr<SystemBrowserAgent> browser;
    std::map<QString, std::unique_ptr<WebViewAgent>> embedded; // by folder of the session; empty: none
    std::unique_ptr<PasteBackAgent> pasteBack;
};

ServiceSet::ServiceSet(ServiceSettings settings) : d(std::make_unique<Private>())
{
    d->settings = std::move(settings);
    d->gate->isClosed = d->settings.isOffline;
}

ServiceSet::~ServiceSet() = default;

Result<std::unique_ptr<ServiceSet>> ServiceSet::create(ServiceSettings settings)
{
    const auto choice = StoreChoice::parse(settings.store);
    if (!choice)
        return choice.error();
    auto set = std::unique_ptr<ServiceSet>(new ServiceSet(std::move(settings)));
    auto &d = *set->d;
    const auto http = set->transportFor(d.settings.caFile);
    if (!http)
        return http.error();
    d.http = *http;
    if (choice->kind == TokenStore::Kind::SealedFile && d.settings.unlocksLater) {
        auto locked = std::make_unique<LockedFileStore>(d.random, choice->path);
        d.lockedStore = locked.get();
        d.store = std::move(locked);
        // Whoever waits for a passphrase does so before asking for tokens.
        d.settings.cache.unlockDeadline = std::chrono::milliseconds(0);
    } else {
        auto store = makeStore(*choice, d.random, d.settings.passphrase);
        if (!store)
            return store.error();
        d.store = *std::move(store);
    }
    d.cache = std::make_unique<PersistentTokenCache>(*d.store, d.settings.cache);
    return set;
}

Result<HttpTransport *> ServiceSet::transportFor(const Profile &profile)
{
    // What the caller of the program says goes before what the profile says.
    return transportFor(d->settings.caFile.isEmpty() ? profile.caFile : d->settings.caFile);
}

Result<HttpTransport *> ServiceSet::transportFor(const QString &caFile)
{
    if (const auto known = d->transports.find(caFile); known != d->transports.end())
        return known->second.get();
    auto settings = networkSettings(caFile, d->settings.proxy);
    if (!settings)
        return settings.error();
    std::unique_ptr<HttpTransport> transport;
    if (settings->caFile.isEmpty() && settings->proxy != NetworkSettings::Proxy::Custom) {
        transport = std::make_unique<LateTransport>(*std::move(settings), d->settings.observer);
    } else {
        auto made = NetworkTransport::create(*std::move(settings), d->settings.observer);
        if (!made)
            return made.error();
        transport = *std::move(made);
    }
    auto gated = std::make_unique<GateTransport>(std::move(transport), d->gate, d->clock);
    return d->transports.emplace(caFile, std::move(gated)).first->second.get();
}

void ServiceSet::setOffline(bool offline)
{
    d->gate->isClosed = offline;
}

bool ServiceSet::isOffline() const
{
    return d->gate->isClosed;
}

void ServiceSet::watchClock(std::function<void(const QString &, std::chrono::milliseconds)> measured)
{
    d->gate->measured = std::move(measured);
}

LockedFileStore *ServiceSet::lockedStore()
{
    return d->lockedStore;
}

TokenStore &ServiceSet::store()
{
    return *d->store;
}

PersistentTokenCache &ServiceSet::cache()
{
    return *d->cache;
}

HttpTransport &ServiceSet::http()
{
    return *d->http;
}

const Clock &ServiceSet::clock() const
{
    return d->clock;
}

RandomSource &ServiceSet::random()
{
    return d->random;
}

BrowserLauncher &ServiceSet::launcher()
{
    if (!d->launcher)
        d->launcher = makeLauncher(d->settings);
    return *d->launcher;
}

const QString &ServiceSet::browserCommand() const
{
    return d->settings.browserCommand;
}

SystemBrowserAgent &ServiceSet::browser()
{
    if (!d->browser)
        d->browser = std::make_unique<SystemBrowserAgent>(launcher(), App::browserPages());
    return *d->browser;
}

WebViewAgent &ServiceSet::embedded()
{
    return embedded({});
}

WebViewAgent &ServiceSet::embedded(const QString &sessionFolder)
{
    auto &agent = d->embedded[sessionFolder];
    if (!agent) {
        auto settings = webViewSettings(d->settings);
        settings.sessionFolder = sessionFolder;
        agent = std::make_unique<WebViewAgent>(std::move(settings));
    }
    return *agent;
}

PasteBackAgent &ServiceSet::pasteBack()
{
    if (!d->pasteBack) {
        d->pasteBack = std::make_unique<PasteBackAgent>([this](const QUrl &address) {
            if (d->settings.showAddress)
                d->settings.showAddress(address);
        });
    }
    return *d->pasteBack;
}

AuthorizationAgent &ServiceSet::agentFor(Profile::Way way)
{
    if (way == Profile::Way::Embedded)
        return embedded();
    return browser();
}

Services ServiceSet::services(AuthorizationAgent &agent)
{
    return {.http = *d->http,
            .cache = *d->cache,
            .agent = agent,
            .clock = d->clock,
            .random = d->random,
            .observer = d->settings.observer,
            .clientSecrets = d->settings.clientSecrets};
}

Result<ClientConfiguration> ServiceSet::configurationFor(const Profile &profile) const
{
    auto configuration = profile.configuration();
    if (!configuration)
        return configuration;
    configuration->providerFolder = ClientConfiguration::defaultProviderFolder();
    configuration->applicationName = u"countersign"_s;
    configuration->applicationVersion = QStringLiteral(COUNTERSIGN_VERSION);
    if (configuration->redirect.kind == RedirectPreference::Kind::Loopback && configuration->redirect.ports.isEmpty())
        configuration->redirect.ports = d->settings.ports;
    configuration->requestTimeout = d->settings.requestTimeout.value_or(
        std::chrono::duration_cast<std::chrono::seconds>(configuration->requestTimeout));
    return configuration;
}

Result<Services> ServiceSet::servicesFor(const Profile &profile)
{
    const auto http = transportFor(profile);
    if (!http)
        return http.error();
    return Services{.http = **http,
                    .cache = *d->cache,
                    .agent = agentFor(profile.way),
                    .clock = d->clock,
                    .random = d->random,
                    .observer = d->settings.observer,
                    .clientSecrets = d->settings.clientSecrets};
}

Result<std::unique_ptr<PublicClient>> ServiceSet::makeClient(const Profile &profile)
{
    auto configuration = configurationFor(profile);
    if (!configuration)
        return configuration.error();
    const auto services = servicesFor(profile);
    if (!services)
        return services.error();
    return PublicClient::create(*std::move(configuration), *services);
}

Result<std::unique_ptr<ConfidentialClient>> ServiceSet::makeApplication(const Profile &profile, ClientProof proof)
{
    auto configuration = configurationFor(profile);
    if (!configuration)
        return configuration.error();
    configuration->clientSecret = std::move(proof.secret);
    configuration->assertionKey = std::move(proof.key);
    configuration->assertionSource = std::move(proof.assertions);
    configuration->region = std::move(proof.region);
    const auto services = servicesFor(profile);
    if (!services)
        return services.error();
    return ConfidentialClient::create(*std::move(configuration), *services);
}

} // namespace Countersign::App
