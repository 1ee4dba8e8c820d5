// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signin/signinrun.h"

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr std::array allWays{SignInWay::Browser, SignInWay::DeviceCode, SignInWay::Embedded};
constexpr std::chrono::milliseconds storePatience{800};

SignInState endOf(const Error &error)
{
    if (error.cause() == ErrorCause::WrongAccount)
        return SignInState::WrongAccount;
    if (error.cause() == ErrorCause::CodeExpired)
        return SignInState::Expired;
    switch (error.code()) {
    case ErrorCode::Cancelled: return SignInState::Cancelled;
    case ErrorCode::AccessDenied: return SignInState::Declined;
    case ErrorCode::StorageUnavailable: return SignInState::NeedStore;
    case ErrorCode::InteractionRequired:
    case ErrorCode::ScopesDeclined:
    case ErrorCode::NetworkUnavailable:
    case ErrorCode::TimedOut:
    case ErrorCode::ServerRejected:
    case ErrorCode::ServerUnavailable:
    case ErrorCode::InvalidResponse:
    case ErrorCode::SecurityCheckFailed:
    case ErrorCode::StorageDamaged:
    case ErrorCode::InvalidArgument:
    case ErrorCode::NotSupported: return SignInState::Failed;
    }
    Q_UNREACHABLE();
}

} // namespace

SignInRun::SignInRun(Session &session, SignInRequest request, QObject *parent)
    : QObject(parent), m_session(session), m_request(std::move(request))
{
    m_storeWait.setSingleShot(true);
    m_storeWait.setInterval(storePatience);
    connect(&m_storeWait, &QTimer::timeout, this, &SignInRun::update);
}

SignInRun::~SignInRun()
{
    for (auto &way : m_ways) {
        if (!way.attempt)
            continue;
        way.attempt->disconnect(this);
        way.attempt->cancel();
    }
}

void SignInRun::start()
{
    for (const auto &known : m_session.ways(m_request.profileId)) {
        at(known.way).isAvailable = known.isAvailable;
        at(known.way).reason = known.reason;
    }
    auto first = m_request.way;
    if (!at(first).isAvailable)
        first = at(SignInWay::Browser).isAvailable ? SignInWay::Browser : SignInWay::DeviceCode;
    launch(first);
    if (first != SignInWay::DeviceCode && at(SignInWay::DeviceCode).isAvailable)
        launch(SignInWay::DeviceCode);
    update();
}

void SignInRun::startWay(SignInWay way)
{
    if (!at(way).isAvailable || at(way).isRunning() || m_winner)
        return;
    m_error.reset();
    launch(way);
    update();
}

void SignInRun::restart()
{
    stopOthers({});
    m_ways = {};
    m_winner.reset();
    m_outcome.reset();
    m_error.reset();
    m_checks = {};
    m_pollInterval = {};
    m_hasOpened = false;
    m_state = SignInState::Preparing;
    start();
    Q_EMIT stateChanged(m_state);
}

void SignInRun::cancel()
{
    if (isOver())
        return;
    conclude(Error{ErrorCode::Cancelled, u"Cancelled by the person."_s});
}

bool SignInRun::isOver() const
{
    return m_outcome || m_error;
}

void SignInRun::launch(SignInWay kind)
{
    auto &way = at(kind);
    way.error.reset();
    way.code.reset();
    way.isPageOpen = false;
    way.isPageRefused = false;
    way.stage = Operation::Stage::Starting;
    auto request = m_request;
    request.way = kind;
    auto *attempt = m_session.signIn(request);
    way.attempt = attempt;
    m_storeWait.start();
    connect(attempt, &Attempt::stageChanged, this, [this, kind](Operation::Stage stage) { note(kind, stage); });
    connect(attempt, &Attempt::pageOpened, this, [this, kind] {
        m_hasOpened = true;
        at(kind).isPageOpen = true;
        at(kind).isPageRefused = false;
        Q_EMIT changed();
    });
    connect(attempt, &Attempt::pageNotOpened, this, [this, kind](const Error &) {
        at(kind).isPageOpen = false;
        at(kind).isPageRefused = true;
        Q_EMIT changed();
    });
    connect(attempt, &Attempt::deviceCodeReady, this, [this, kind](const DeviceCodeEntry &code) {
        m_hasOpened = true;
        at(kind).code = code;
        update();
    });
    connect(attempt, &Attempt::slowedDown, this, [this](std::chrono::seconds interval) {
        m_pollInterval = interval;
        update();
    });
    connect(attempt, &Attempt::finished, this, [this, kind](const Result<Outcome> &result) { end(kind, result); });
}

void SignInRun::note(SignInWay kind, Operation::Stage stage)
{
    at(kind).stage = stage;
    m_checks = at(kind).attempt->checks();
    m_hasOpened = m_hasOpened || stage >= Operation::Stage::Redeeming;
    // Whoever comes back first wins, also against one that comes back right after.
    if (stage >= Operation::Stage::Redeeming && !m_winner) {
        m_winner = kind;
        stopOthers(kind);
    }
    update();
}

void SignInRun::end(SignInWay kind, const Result<Outcome> &result)
{
    auto &way = at(kind);
    if (way.attempt)
        m_checks = way.attempt->checks();
    way.attempt = nullptr;
    if (!result)
        return fail(kind, result.error());
    m_winner = kind;
    stopOthers(kind);
    m_outcome = *result;
    m_checks = result->checks;
    update();
}

void SignInRun::fail(SignInWay kind, const Error &error)
{
    at(kind).error = error;
    if (error.cause() == ErrorCause::BrowserRequested && at(SignInWay::Browser).isAvailable) {
        if (auto *browser = at(SignInWay::Browser).attempt.data())
            browser->openPage({});
        else
            launch(SignInWay::Browser);
        return update();
    }
    const bool areOthersRunning =
        std::any_of(m_ways.cbegin(), m_ways.cend(), [](const Way &other) { return other.isRunning(); });
    if (areOthersRunning && m_winner != kind && isOnlyThisWay(kind, error))
        return update();
    conclude(error);
}

bool SignInRun::isOnlyThisWay(SignInWay kind, const Error &error) const
{
    switch (error.cause()) {
    case ErrorCause::BrowserNotOpened:
    case ErrorCause::WebViewMissing:
    case ErrorCause::WebViewFailed:
    case ErrorCause::WebViewForbidden:
    case ErrorCause::BrowserRequested:
    case ErrorCause::PortUnavailable:
    case ErrorCause::WindowClosed:
    case ErrorCause::EndpointMissing:
    case ErrorCause::CodeExpired: return true;
    default: break;
    }
    // Many clients may not use the device grant, and the provider says so when it is asked for a code.
    if (kind == SignInWay::DeviceCode && !way(kind).code)
        return error.code() != ErrorCode::StorageUnavailable && error.code() != ErrorCode::NetworkUnavailable;
    return error.code() == ErrorCode::TimedOut && kind != SignInWay::DeviceCode;
}

void SignInRun::conclude(const Error &error)
{
    m_error = error;
    stopOthers({});
    update();
}

void SignInRun::stopOthers(std::optional<SignInWay> except)
{
    for (const auto kind : allWays) {
        if (kind == except)
            continue;
        auto &way = at(kind);
        auto *attempt = way.attempt.data();
        way.attempt = nullptr;
        if (!attempt)
            continue;
        attempt->disconnect(this);
        attempt->cancel();
    }
}

ScopeSet SignInRun::missingScopes() const
{
    return m_outcome ? m_outcome->missing() : ScopeSet();
}

SignInState SignInRun::stateOfWays() const
{
    if (m_outcome)
        return missingScopes().isEmpty() ? SignInState::Done : SignInState::ScopeReduced;
    if (m_error)
        return endOf(*m_error);
    auto furthest = Operation::Stage::Starting;
    for (const auto &way : m_ways) {
        if (way.isRunning())
            furthest = std::max(furthest, way.stage);
    }
    switch (furthest) {
    case Operation::Stage::Starting:
    case Operation::Stage::Discovering: return SignInState::Preparing;
    case Operation::Stage::OpeningStore:
        return m_storeWait.isActive() ? SignInState::Preparing : SignInState::NeedStore;
    case Operation::Stage::WaitingForPerson:
        return m_pollInterval.count() > 0 ? SignInState::SlowDown : SignInState::Waiting;
    case Operation::Stage::Redeeming: return SignInState::CameBack;
    case Operation::Stage::Validating: return SignInState::Checking;
    case Operation::Stage::Saving:
    case Operation::Stage::Done: return SignInState::Saving;
    }
    Q_UNREACHABLE();
}

void SignInRun::update()
{
    setState(stateOfWays());
    Q_EMIT changed();
}

void SignInRun::setState(SignInState state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace Countersign::Desktop
