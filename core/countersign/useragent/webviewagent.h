// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/useragent/authorizationagent.h>

#include <functional>

namespace Countersign {

//! A window of our own that shows the provider's page, in a process of its own that never sees a token.
//!
//! Nothing listens on the redirect URI: the window stops before it is contacted. As root Chromium's sandbox cannot work
//! and the window is refused, unless QTWEBENGINE_DISABLE_SANDBOX=1 stands in the environment.
class COUNTERSIGN_EXPORT WebViewAgent final : public AuthorizationAgent
{
public:
    struct Settings
    {
        //! Where countersign-webview is; empty: what findProgram() says when a sign-in begins.
        QString program = {};
        //! PEM file with certificate authorities to trust besides the system's; empty: the system's only.
        QString caFile = {};
        //! Empty: the system's. For the rest as NetworkSettings::proxyUrl.
        QUrl proxy = {};
        bool usesProxy = true;
        //! Where cookies and the like of the provider's pages are kept for the next sign-in; empty: nothing is kept.
        //! Secrets: whoever has them is signed in at the provider. The view makes the folder, for its owner alone; used
        //! by one view at a time, a second one keeps nothing.
        QString sessionFolder = {};
        //! What the view shall look like, asked for at each sign-in: bytes that the programs on both sides understand.
        //! Empty, or says nothing: as the system does.
        std::function<QByteArray()> look = {};
    };

    explicit WebViewAgent(QString program = {});
    explicit WebViewAgent(Settings settings);
    ~WebViewAgent() override;

    [[nodiscard]] Result<std::unique_ptr<AuthorizationSession>> begin(const RedirectPreference &preference,
                                                                      Handler handler) override;
    QString name() const override;

    //! Whether begin() can work here.
    //!
    //! Errors: NotSupported (WebViewMissing, WebViewForbidden; WebViewFailed where there is no display).
    Result<void> availability() const;

    //! Brings the windows of the sign-ins that stay in front of \p parentWindow before their person; 0: every window of
    //! this agent. How far a program may put itself in front is the window manager's to say.
    void raise(quintptr parentWindow = 0);

    //! Beside this program or in libexec; empty when it is not installed. $PATH is not searched.
    static QString findProgram();

private:
    QString program() const;

    struct Shared;
    std::unique_ptr<Shared> d;
};

} // namespace Countersign
