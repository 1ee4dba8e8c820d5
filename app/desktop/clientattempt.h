// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "browsers.h"
#include "clientsession.h"

#include <common/browserpages.h>

namespace Countersign::Desktop {

//! A request of the windows around an operation of the library.
class ClientAttempt final : public Attempt
{
    Q_OBJECT
public:
    ClientAttempt(ClientSession &session, QString profileId, ScopeSet asked);
    ~ClientAttempt() override;

    void cancel() override;
    Jose::CheckReport checks() const override;
    DecisionTrace trace() const override { return m_trace; }
    QList<SignOutStep> steps() const override;
    QUrl page() const override;
    void openPage(const QString &browserId) override;
    void raiseWindow() override;
    Result<void> pasteAnswer(const Secret &address) override;

    //! An agent for this attempt alone, so that its page can be shown again.
    AuthorizationAgent &browserAgent(BrowserLauncher &usual);
    //! Where no browser opens the page of browserAgent(), its person may: see Attempt::pageNotOpened().
    void waitWithoutBrowser();
    //! \p agent shows this attempt's page in front of \p parentWindow. It outlives the attempt.
    void showIn(WebViewAgent &agent, quintptr parentWindow);
    //! \p account is shown as busy meanwhile.
    void follow(TokenOperation *operation, const AccountId &account = {});
    void followDevice(DeviceCodeOperation *operation);
    void followSignOut(SignOutOperation *operation, const SignOutRequest &request);
    //! For what fails before there is an operation. Ends on the next turn of the event loop.
    void failLater(const Error &error);
    //! What is put into Outcome::trace when the operation has none.
    void setTrace(DecisionTrace trace) { m_trace = std::move(trace); }

private:
    void begin(Operation *operation, const AccountId &account);
    void end(const Result<Outcome> &result);
    Outcome outcomeOf(const AuthenticationResult &result) const;

    QPointer<ClientSession> m_session;
    QString m_profileId;
    ScopeSet m_asked;
    AccountId m_busyAccount;
    QPointer<Operation> m_operation;
    Jose::CheckReport m_checks;
    DecisionTrace m_trace;
    QList<SignOutStep> m_steps; //!< of a sign-out that is over
    bool m_isRefresh = false; //!< a token of m_busyAccount is fetched without its person
    bool m_isEnded = false;
    struct Browser
    {
        explicit Browser(BrowserLauncher &usual) : launcher(usual), agent(launcher, App::browserPages()) { }
        PageLauncher launcher;
        SystemBrowserAgent agent;
    };
    std::unique_ptr<Browser> m_browser;
    WebViewAgent *m_embedded = nullptr;
    quintptr m_parentWindow = 0;
};

} // namespace Countersign::Desktop
