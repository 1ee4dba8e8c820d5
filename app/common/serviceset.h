// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/storechoice.h>

#include <countersign/client/confidentialclient.h>
#include <countersign/client/profile.h>
#include <countersign/client/publicclient.h>
#include <countersign/http/httptransport.h>
#include <countersign/storage/persistenttokencache.h>
#include <countersign/useragent/pastebackagent.h>
#include <countersign/useragent/systembrowseragent.h>
#include <countersign/useragent/webviewagent.h>

namespace Countersign {
class ExchangeObserver;
}

namespace Countersign::App {

class LockedFileStore;

//! How a program of ours reaches the network, the person and the store. A plain value; the defaults are right for most.
struct ServiceSettings
{
    QString store; //!< as StoreChoice::parse() reads it
    QString caFile; //!< PEM with authorities to trust besides the system's and a profile's own
    QString proxy; //!< http://host:port, socks5://host:port or "none"; empty: the system's
    QString browserCommand; //!< gets the address as its last argument; empty: $BROWSER, then the desktop's own
    //! Set: nothing is opened, this is told the address instead.
    std::function<void(const QUrl &)> showAddress;
    std::function<QByteArray()> webViewLook; //!< see WebViewAgent::Settings::look
    QString webViewProgram; //!< empty: beside this program
    QList<quint16> ports; //!< for the browser's way back, where the profile leaves them open; empty: any free one
    std::optional<std::chrono::seconds> requestTimeout; //!< for each request to a provider
    bool isOffline = false; //!< see ServiceSet::setOffline()
    ExchangeObserver *observer = nullptr; //!< must outlive the set
    PassphraseSource passphrase; //!< for file:PATH; called by create()
    //! A sealed file stays locked until somebody gives its passphrase to ServiceSet::lockedStore(). What needs it
    //! before then fails at once.
    bool unlocksLater = false;
    PersistentTokenCache::Options cache;
    PersistentTokenCache *clientSecrets = nullptr; //!< see Services::clientSecrets; must outlive the set
};

//! What an application proves itself with, besides the client secret that is kept for it: one of them at most.
struct ClientProof
{
    std::shared_ptr<const Secret> secret;
    std::optional<Protocol::ClientAssertionKey> key;
    AssertionSource assertions;
    QString region; //!< see ClientConfiguration::region
};

//! Whether \p proxy, as ServiceSettings::proxy has it, can be used: by the words of the transport itself.
//!
//! Errors: InvalidArgument; the address is not repeated.
[[nodiscard]] Result<void> checkProxy(const QString &proxy);

//! Everything with side effects that a client needs, put together once a process.
//!
//! Making one is cheap: it touches neither network nor keychain, and the network is set up by the first request. It has
//! to outlive every client that was made with it.
//!
//! Thread: the one that made it, which needs an event loop.
class ServiceSet
{
public:
    //! Errors: InvalidArgument for a store, proxy or file of authorities that cannot be used; those of the passphrase.
    [[nodiscard]] static Result<std::unique_ptr<ServiceSet>> create(ServiceSettings settings = {});
    ~ServiceSet();
    Q_DISABLE_COPY_MOVE(ServiceSet)

    TokenStore &store();
    //! See ServiceSettings::unlocksLater; null for every other store.
    LockedFileStore *lockedStore();
    PersistentTokenCache &cache();
    HttpTransport &http();
    const Clock &clock() const;
    RandomSource &random();
    //! What brings pages to the person: a browser, or whoever is told the address instead.
    BrowserLauncher &launcher();
    //! The person's own command for pages; empty: the system's way.
    const QString &browserCommand() const;
    //! The person's browser by that launcher.
    SystemBrowserAgent &browser();
    //! The sign-in window of our own; WebViewAgent::availability() says whether it can work here.
    WebViewAgent &embedded();
    //! The same, keeping in \p sessionFolder what the provider's pages want kept.
    WebViewAgent &embedded(const QString &sessionFolder);
    //! For redirect URIs that nothing here can watch: the address goes to ServiceSettings::showAddress.
    PasteBackAgent &pasteBack();
    //! Sends nothing from now on: every request fails with NetworkUnavailable at once.
    void setOffline(bool offline);
    bool isOffline() const;
    //! \p measured is told, with every answer, how far ahead this computer's clock is.
    void watchClock(std::function<void(const QString &host, std::chrono::milliseconds offset)> measured);
    //! The agent of \p way; the browser for those that need none.
    AuthorizationAgent &agentFor(Profile::Way way);
    Services services(AuthorizationAgent &agent);

    //! A client for \p profile, with the agent of its way and its own authorities. The set must outlive it.
    //!
    //! Errors: InvalidArgument naming the profile's member that is wrong, or its file of authorities.
    [[nodiscard]] Result<std::unique_ptr<PublicClient>> makeClient(const Profile &profile);
    //! The application of \p profile itself, which proves itself with \p proof.
    //!
    //! Errors: as makeClient(); those of ConfidentialClient::create().
    [[nodiscard]] Result<std::unique_ptr<ConfidentialClient>> makeApplication(const Profile &profile,
                                                                              ClientProof proof = {});
    //! The network as \p profile's clients see it.
    //!
    //! Errors: InvalidArgument for its file of authorities.
    [[nodiscard]] Result<HttpTransport *> transportFor(const Profile &profile);

private:
    explicit ServiceSet(ServiceSettings settings);
    [[nodiscard]] Result<ClientConfiguration> configurationFor(const Profile &profile) const;
    [[nodiscard]] Result<Services> servicesFor(const Profile &profile);
    [[nodiscard]] Result<HttpTransport *> transportFor(const QString &caFile);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Countersign::App
