// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/useragent/authorizationagent.h>
#include <countersign/useragent/browserlauncher.h>
#include <countersign/useragent/loopbackpages.h>

namespace Countersign {

//! The person's own browser, and a listener on this machine that waits for it to come back.
//!
//! Spec: RFC 8252 §4 and §7.3.
class COUNTERSIGN_EXPORT SystemBrowserAgent final : public AuthorizationAgent
{
public:
    //! \p launcher outlives the agent.
    explicit SystemBrowserAgent(BrowserLauncher &launcher, LoopbackPages pages = LoopbackPages::standard());
    //! Closes what sessions left behind, so the browser may miss the page that says good-bye: keep the agent until the
    //! tokens are there.
    ~SystemBrowserAgent() override;

    [[nodiscard]] Result<std::unique_ptr<AuthorizationSession>> begin(const RedirectPreference &preference,
                                                                      Handler handler) override;
    QString name() const override;
    bool receivesPosts() const override;

    //! Where the browser runs on another machine, its person can paste the address it could not reach.
    //!
    //! Errors:  InvalidArgument when it answers no sign-in that waits; they go on waiting.
    //! Secrets: \p address stays the caller's to wipe.
    Result<void> paste(QByteArrayView address);

private:
    struct Shared;
    std::unique_ptr<Shared> d;
};

} // namespace Countersign
