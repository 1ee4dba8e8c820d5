// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"
#include "terminal.h"
#include "tokenrequest.h"

namespace Countersign::Cli {

//! How a person is to sign in: the options that `login` has and `token` shares a few of.
class SignInOptions
{
public:
    //! --via, --browser, --no-open, --qr and what azureauth calls them.
    void addWays(OptionSet &options);
    //! What is asked of the provider besides the token.
    void addDetails(OptionSet &options);

    //! Whether a way was asked for.
    bool isAnySaid() const { return !ways.isEmpty() || !modes.isEmpty() || !browser.isEmpty() || noOpen; }
    //! The first option that was given, which means nothing where nobody signs in; empty: none.
    QString firstSaid() const;

    QStringList ways; //!< browser, embedded, device, auto
    QStringList modes; //!< azureauth's words for them
    QString browser;
    bool noOpen = false;
    QString qr = QStringLiteral("auto");
    bool copiesCode = false;
    QString prompt;
    QString loginHint;
    QString domainHint;
    QStringList acrValues;
    std::optional<std::chrono::seconds> maxAge;
    QString redirectUri;
    QString listen; //!< [HOST:]PORTS of the loopback redirect
    QStringList capabilities;
    QStringList parameters; //!< NAME=VALUE

    //! Where the browser comes back to; \p usual where nothing is said, or only the ports.
    //!
    //! Errors: wrong usage.
    Result<std::optional<RedirectPreference>> redirect(const RedirectPreference &usual) const;
    //! The parameters, read. Errors: wrong usage; a secret among them is not repeated.
    Result<QList<ExtraParameter>> extraParameters() const;
};

//! What this process can show to a person.
struct Surroundings
{
    bool hasDisplay = true;
    bool isRemote = false; //!< a session over SSH
    bool hasBrowserCommand = false; //!< $BROWSER: somebody made sure that it works, also over SSH

    static Surroundings detect();
    bool canShowWindows() const { return hasDisplay && !isRemote; }
};

//! One try in the order of tries.
enum class SignInWay : quint8 { Browser, Embedded, Device, PrintedAddress };

//! "browser", "embedded", "device": as the JSON names the source of a token.
QString identifier(SignInWay way);

//! The ways to try, and why, where nobody asked for them, they are not what one would expect.
struct SignInPlan
{
    QList<SignInWay> ways;
    QStringList remarks; //!< what the person should know of the choice
};
SignInPlan planSignIn(const SignInOptions &options, const QString &fallback, const Profile &profile,
                      const Surroundings &surroundings);

//! Shows the provider's pages in the way that the options ask for.
class PageOpener
{
public:
    PageOpener(Session &session, const SignInOptions &options);
    ~PageOpener();
    Q_DISABLE_COPY_MOVE(PageOpener)

    //! For Browser, Embedded and PrintedAddress. Lives as long as this.
    AuthorizationAgent &agent(SignInWay way);
    //! The browser, or whoever --no-open means.
    AuthorizationAgent &agent();
    Terminal &terminal();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

struct SignedIn
{
    AuthenticationResult result;
    SignInWay way = SignInWay::Browser;
};

//! Signs a person in, one way after the other until one can be shown at all. Not called with --no-interaction.
//!
//! Errors: those of the flows; wrong usage for a redirect URI that is none.
[[nodiscard]] Result<SignedIn> signIn(Session &session, const TokenRequest &request, const SignInOptions &options,
                                      const std::optional<Account> &expected);

} // namespace Countersign::Cli
