// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <array>

namespace Countersign::Desktop {

enum class SignInState : quint8 {
    Preparing, //!< reads the provider's configuration
    NeedStore, //!< the key store is locked or missing
    Waiting, //!< for the person
    SlowDown, //!< waiting, and the provider wants to be asked less often
    CameBack, //!< an answer is there and is redeemed
    Checking,
    Saving,
    Done,
    Declined,
    WrongAccount,
    ScopeReduced, //!< done, but less was granted than asked for
    Expired, //!< nobody came in time
    Failed,
    Cancelled,
};

//! One sign-in in every way at once. The first answer wins; the other ways are then taken back.
//!
//! It knows no widget: what is shown is decided here, how in SignInDialog.
class SignInRun final : public QObject
{
    Q_OBJECT
public:
    //! One way of it.
    struct Way
    {
        bool isAvailable = false;
        QString reason; //!< why not
        QPointer<Attempt> attempt;
        Operation::Stage stage = Operation::Stage::Starting;
        std::optional<DeviceCodeEntry> code;
        std::optional<Error> error; //!< this way ended, others may go on
        bool isPageOpen = false;
        bool isPageRefused = false; //!< by every browser; its address is known

        bool isRunning() const { return attempt; }
    };

    //! \p session outlives the run.
    SignInRun(Session &session, SignInRequest request, QObject *parent = nullptr);
    ~SignInRun() override;

    //! Begins with the wished way, and offers a device code beside it.
    void start();
    //! One more way, or one again.
    void startWay(SignInWay way);
    //! Everything anew, as setRequest() may have changed it.
    void restart();
    //! Concludes at once; nothing is stored.
    void cancel();

    SignInState state() const { return m_state; }
    //! Whether there is nothing more to wait for.
    bool isOver() const;
    const SignInRequest &request() const { return m_request; }
    //! For restart().
    void setRequest(SignInRequest request) { m_request = std::move(request); }
    const Way &way(SignInWay way) const { return m_ways.at(std::size_t(way)); }
    //! The way whose answer came.
    std::optional<SignInWay> winner() const { return m_winner; }
    //! Of Done and ScopeReduced.
    const std::optional<Outcome> &outcome() const { return m_outcome; }
    //! Of the other ends, and of NeedStore once it failed.
    const std::optional<Error> &error() const { return m_error; }
    //! What was asked for and not granted. openid and offline_access are no scopes of anybody's data.
    ScopeSet missingScopes() const;
    const Jose::CheckReport &checks() const { return m_checks; }
    //! Whether a page or a code was before the person already: then there is something that has to be done again.
    bool hasOpened() const { return m_hasOpened; }
    std::chrono::seconds pollInterval() const { return m_pollInterval; }

Q_SIGNALS:
    //! Anything of the above.
    void changed();
    //! Another state than before.
    void stateChanged(Countersign::Desktop::SignInState state);

private:
    Way &at(SignInWay way) { return m_ways.at(std::size_t(way)); }
    void launch(SignInWay way);
    void note(SignInWay way, Operation::Stage stage);
    void end(SignInWay way, const Result<Outcome> &result);
    void fail(SignInWay way, const Error &error);
    void conclude(const Error &error);
    void stopOthers(std::optional<SignInWay> except);
    bool isOnlyThisWay(SignInWay way, const Error &error) const;
    void update();
    void setState(SignInState state);
    SignInState stateOfWays() const;

    Session &m_session;
    SignInRequest m_request;
    std::array<Way, signInWayCount> m_ways;
    std::optional<SignInWay> m_winner;
    std::optional<Outcome> m_outcome;
    std::optional<Error> m_error;
    Jose::CheckReport m_checks;
    std::chrono::seconds m_pollInterval{0};
    SignInState m_state = SignInState::Preparing;
    bool m_hasOpened = false;
    //! Opening a store is quick unless somebody has to unlock it.
    QTimer m_storeWait;
};

} // namespace Countersign::Desktop
