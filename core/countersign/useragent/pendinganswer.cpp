// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/pendinganswer.h>

#include <countersign/useragent/redirectmatch.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace Countersign {

PendingAnswer::PendingAnswer(AuthorizationAgent::Handler handler) : m_handler(std::move(handler))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &PendingAnswer::expire);
}

PendingAnswer::~PendingAnswer() = default;

void PendingAnswer::open(AuthorizationPage page)
{
    Q_ASSERT_X(!m_isOpen, "AuthorizationSession::open", "called twice");
    m_isOpen = true;
    m_page = std::move(page);
    if (!m_page.belongs)
        return deliverSoon(Error{ErrorCode::InvalidArgument, u"a sign-in must be able to tell its own answer"_s});
    m_deadline.start(m_page.timeout);
    show();
}

Result<void> PendingAnswer::paste(QByteArrayView address)
{
    if (!m_isOpen || !m_handler)
        return Error{ErrorCode::InvalidArgument, u"no sign-in waits for an answer"_s};
    auto answer = parsePastedAnswer(address, redirectUri());
    if (!answer)
        return answer.error();
    if (!belongs(answer->reveal()))
        return Error{ErrorCode::InvalidArgument, ErrorCause::StateMismatch,
                     u"the pasted address belongs to another sign-in"_s};
    deliverSoon(RedirectAnswer{.redirectUri = redirectUri(), .parameters = *std::move(answer), .posted = false});
    return {};
}

void PendingAnswer::deliver(Result<RedirectAnswer> outcome)
{
    const auto handler = std::exchange(m_handler, nullptr);
    if (!handler)
        return;
    m_hasAnswer = outcome.hasValue();
    m_deadline.stop();
    hide();
    handler(std::move(outcome));
}

void PendingAnswer::deliverSoon(Result<RedirectAnswer> outcome)
{
    // Shared only because a queued call wants to be copyable.
    QMetaObject::invokeMethod(
        this,
        [this, outcome = std::make_shared<Result<RedirectAnswer>>(std::move(outcome))] {
            deliver(std::move(*outcome));
        },
        Qt::QueuedConnection);
}

void PendingAnswer::expire()
{
    // The person did come back, but with somebody else's answer: that needs saying more than the time does.
    if (strays() > 0)
        return deliver(Error{ErrorCode::SecurityCheckFailed, ErrorCause::StateMismatch,
                             u"only answers with the state of another sign-in arrived before the deadline"_s});
    // Not how long: the caller's own deadline has other parts than this wait.
    deliver(Error{ErrorCode::TimedOut, u"nobody answered in time"_s});
}

} // namespace Countersign
