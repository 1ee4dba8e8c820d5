// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/useragent/authorizationagent.h>

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <vector>

namespace Countersign {

//! What every session does alike: the deadline, one outcome at most, none from within open(), none after death.
class PendingAnswer : public QObject, public AuthorizationSession
{
    Q_OBJECT
public:
    ~PendingAnswer() override;

    void open(AuthorizationPage page) final;
    //! Takes an answer that a person brought by hand.
    Result<void> paste(QByteArrayView address);

protected:
    explicit PendingAnswer(AuthorizationAgent::Handler handler);

    //! Brings the page to the person. Failures go to deliverSoon().
    virtual void show() = 0;
    //! Stops everything that show() began. Called once, before the handler.
    virtual void hide() = 0;
    //! Answers that came and belonged to another sign-in.
    virtual int strays() const { return 0; }

    const AuthorizationPage &page() const { return m_page; }
    bool isOpen() const { return m_isOpen; }
    bool hasAnswer() const { return m_hasAnswer; }
    bool belongs(QByteArrayView parameters) const { return m_page.belongs && m_page.belongs(parameters); }
    //! The session may be gone when this returns.
    void deliver(Result<RedirectAnswer> outcome);
    //! From the event loop: for those who stand inside a socket, a process or the caller's own function.
    void deliverSoon(Result<RedirectAnswer> outcome);

private:
    void expire();

    AuthorizationAgent::Handler m_handler;
    AuthorizationPage m_page;
    QTimer m_deadline;
    bool m_isOpen = false;
    bool m_hasAnswer = false;
};

//! Offers \p address to each of \p sessions until one takes it.
template <typename Session> Result<void> pasteInto(const std::vector<Session *> &sessions, QByteArrayView address)
{
    Result<void> outcome = Error{ErrorCode::InvalidArgument, QStringLiteral("no sign-in waits for an answer")};
    // A copy: the session that takes the answer leaves the list.
    const auto waiting = sessions;
    for (Session *const session : waiting) {
        outcome = session->paste(address);
        if (outcome)
            break;
    }
    return outcome;
}

} // namespace Countersign
