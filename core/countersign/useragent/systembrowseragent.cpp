// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/systembrowseragent.h>

#include <countersign/base/logging.h>
#include <countersign/base/redaction.h>
#include <countersign/useragent/loopbacklistener.h>
#include <countersign/useragent/pendinganswer.h>
#include <countersign/useragent/redirectmatch.h>

#include <QtCore/QPointer>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

class SystemBrowserSession;

} // namespace

struct SystemBrowserAgent::Shared
{
    BrowserLauncher &launcher;
    LoopbackPages pages;
    QObject leaving{nullptr}; //!< parent of the listeners that still serve the last page
    std::vector<SystemBrowserSession *> sessions;
};

namespace {

class SystemBrowserSession final : public PendingAnswer
{
public:
    SystemBrowserSession(BrowserLauncher &launcher, std::unique_ptr<LoopbackListener> listener, QObject &leaving,
                         std::vector<SystemBrowserSession *> &sessions, AuthorizationAgent::Handler handler)
        : PendingAnswer(std::move(handler)), m_launcher(launcher), m_listener(std::move(listener)), m_leaving(leaving),
          m_sessions(sessions), m_redirectUri(m_listener->redirectUri())
    {
        m_sessions.push_back(this);
    }
    ~SystemBrowserSession() override
    {
        std::erase(m_sessions, this);
        letGo();
    }

    QUrl redirectUri() const override { return m_redirectUri; }

protected:
    void show() override
    {
        m_listener->expect(page().mode, page().belongs,
                           [this](RedirectAnswer answer) { deliverSoon(std::move(answer)); });
        qCInfo(lcUserAgent) << "opening" << redacted(page().url) << "in the browser";
        m_launcher.launch(page().url, this, [this](const Error &error) { deliverSoon(error); });
    }
    int strays() const override { return m_listener ? m_listener->strays() : 0; }
    void hide() override { letGo(); }

private:
    void letGo()
    {
        if (!m_listener)
            return;
        // Not deleted here: this may run inside one of its connections.
        LoopbackListener *const listener = m_listener.release();
        listener->setParent(&m_leaving);
        if (hasAnswer())
            return listener->endSoon();
        listener->close();
        listener->deleteLater();
    }

    BrowserLauncher &m_launcher;
    std::unique_ptr<LoopbackListener> m_listener;
    QObject &m_leaving;
    std::vector<SystemBrowserSession *> &m_sessions;
    QUrl m_redirectUri;
};

} // namespace

SystemBrowserAgent::SystemBrowserAgent(BrowserLauncher &launcher, LoopbackPages pages)
    : d(new Shared{.launcher = launcher, .pages = std::move(pages), .sessions = {}})
{
}

SystemBrowserAgent::~SystemBrowserAgent()
{
    Q_ASSERT_X(d->sessions.empty(), "SystemBrowserAgent", "the agent outlives its sessions");
}

QString SystemBrowserAgent::name() const
{
    return u"browser"_s;
}

bool SystemBrowserAgent::receivesPosts() const
{
    return true;
}

Result<std::unique_ptr<AuthorizationSession>> SystemBrowserAgent::begin(const RedirectPreference &preference,
                                                                        Handler handler)
{
    if (preference.kind != RedirectPreference::Kind::Loopback)
        return Error{ErrorCode::NotSupported,
                     u"a browser can only bring the answer back to a loopback redirect URI; use the embedded view or "
                     "paste the answer"_s};
    // A sign-in that has its answer may still hold the port that is wanted now.
    const auto leaving = d->leaving.findChildren<LoopbackListener *>(Qt::FindDirectChildrenOnly);
    for (LoopbackListener *const listener : leaving) {
        if (preference.ports.contains(static_cast<quint16>(listener->redirectUri().port())))
            listener->close();
    }
    auto listener = LoopbackListener::bind(preference, d->pages);
    if (!listener)
        return listener.error();
    return std::unique_ptr<AuthorizationSession>(std::make_unique<SystemBrowserSession>(
        d->launcher, *std::move(listener), d->leaving, d->sessions, std::move(handler)));
}

Result<void> SystemBrowserAgent::paste(QByteArrayView address)
{
    return pasteInto(d->sessions, address);
}

} // namespace Countersign
