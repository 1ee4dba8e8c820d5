// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/pastebackagent.h>

#include <countersign/useragent/heldredirect.h>
#include <countersign/useragent/pendinganswer.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

class PasteBackSession;

} // namespace

struct PasteBackAgent::Shared
{
    std::function<void(const QUrl &)> show;
    std::vector<PasteBackSession *> sessions;
};

namespace {

class PasteBackSession final : public PendingAnswer
{
public:
    PasteBackSession(const std::function<void(const QUrl &)> &show, HeldRedirect redirect,
                     std::vector<PasteBackSession *> &sessions, AuthorizationAgent::Handler handler)
        : PendingAnswer(std::move(handler)), m_show(show), m_redirect(std::move(redirect)), m_sessions(sessions)
    {
        m_sessions.push_back(this);
    }
    ~PasteBackSession() override { std::erase(m_sessions, this); }

    QUrl redirectUri() const override { return m_redirect.uri; }

protected:
    void show() override
    {
        if (page().mode == AnswerMode::FormPost)
            return deliverSoon(Error{ErrorCode::NotSupported, u"an answer that is posted cannot be pasted"_s});
        if (m_show)
            m_show(page().url);
    }
    void hide() override { }

private:
    const std::function<void(const QUrl &)> &m_show;
    HeldRedirect m_redirect;
    std::vector<PasteBackSession *> &m_sessions;
};

} // namespace

PasteBackAgent::PasteBackAgent(std::function<void(const QUrl &)> show)
    : d(new Shared{.show = std::move(show), .sessions = {}})
{
}

PasteBackAgent::~PasteBackAgent()
{
    Q_ASSERT_X(d->sessions.empty(), "PasteBackAgent", "the agent outlives its sessions");
}

QString PasteBackAgent::name() const
{
    return u"paste"_s;
}

Result<std::unique_ptr<AuthorizationSession>> PasteBackAgent::begin(const RedirectPreference &preference,
                                                                    Handler handler)
{
    auto redirect = holdRedirect(preference);
    if (!redirect)
        return redirect.error();
    return std::unique_ptr<AuthorizationSession>(
        std::make_unique<PasteBackSession>(d->show, *std::move(redirect), d->sessions, std::move(handler)));
}

Result<void> PasteBackAgent::paste(QByteArrayView address)
{
    return pasteInto(d->sessions, address);
}

} // namespace Countersign
