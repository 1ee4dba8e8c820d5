// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace Countersign {

//! Which redirect URI a sign-in wants. The agent settles what is left open (the port) before anything is shown.
//!
//! Spec: RFC 8252 §7.
struct COUNTERSIGN_EXPORT RedirectPreference
{
    enum class Kind : quint8 {
        Loopback, //!< http on this machine, RFC 8252 §7.3
        Exact, //!< a custom scheme or an https address, used as it is; something else than a listener must see it
    };

    Kind kind = Kind::Loopback;
    //! Loopback: "127.0.0.1", "localhost" (where the registration demands it, RFC 8252 §8.3) or "::1".
    QString host = QStringLiteral("127.0.0.1");
    //! Loopback: tried in this order; empty: any free port.
    QList<quint16> ports;
    //! Loopback: begins with '/', or is empty where the registration has no path.
    QString path = QStringLiteral("/");
    //! Exact: the whole redirect URI.
    QUrl uri;

    static RedirectPreference loopback(QString host = QStringLiteral("127.0.0.1"), QList<quint16> ports = {},
                                       QString path = QStringLiteral("/"));
    static RedirectPreference exactly(QUrl uri);
    //! Loopback when \p uri is plain http on a loopback host (its port, unless 0 or absent, is the only one tried),
    //! Exact otherwise.
    //!
    //! Errors: InvalidArgument for a fragment, user info, a query on loopback, plain http elsewhere, no scheme, or one
    //!         that no application can have.
    static Result<RedirectPreference> fromUri(const QUrl &uri);

    friend bool operator==(const RedirectPreference &, const RedirectPreference &) = default;
};

//! How the provider was asked to send its answer. Answers in another way are strays.
enum class AnswerMode : quint8 {
    Query, //!< response_mode query or query.jwt: a GET
    FormPost, //!< response_mode form_post or form_post.jwt: a POST
    Either, //!< for providers that do not say
};

//! What the provider sent to the redirect URI, still encoded. Nobody has believed any of it yet.
struct RedirectAnswer
{
    QUrl redirectUri; //!< without the answer
    //! application/x-www-form-urlencoded, as it arrived: the query without '?', or the body of the POST.
    Secret parameters;
    bool posted = false;
};

//! A page to show to the person.
struct AuthorizationPage
{
    QUrl url;
    //! For the window, where the agent has one.
    QString title;
    //! The window to stay in front of, as QWidget::winId() names it; 0: none.
    quintptr parentWindow = 0;
    AnswerMode mode = AnswerMode::Query;
    //! Whether an answer carries this sign-in's state, errors included. Answers for which it is false never reach the
    //! handler. Must compare in constant time and must not keep the view. Called with nothing for a bare arrival, which
    //! only a sign-out takes. Required.
    std::function<bool(QByteArrayView encodedParameters)> belongs;
    //! How long to wait for the person.
    std::chrono::milliseconds timeout = std::chrono::minutes(5);
};

//! One sign-in in front of a person. Destroying it cancels: it stops listening, closes what it opened and silences
//! the handler. May be destroyed from within the handler.
class COUNTERSIGN_EXPORT AuthorizationSession
{
public:
    virtual ~AuthorizationSession();
    AuthorizationSession(const AuthorizationSession &) = delete;
    AuthorizationSession &operator=(const AuthorizationSession &) = delete;

    //! Where the answer is expected. Final from the beginning: a listener is bound before anything opens.
    virtual QUrl redirectUri() const = 0;
    //! Shows the page and waits. Call once.
    virtual void open(AuthorizationPage page) = 0;
    //! Origin and path of the pages the person went through, as far as the agent can know; never a query.
    virtual QStringList navigations() const;

protected:
    AuthorizationSession() = default;
};

//! Shows a page to a person and returns what the provider sends to the redirect URI.
//!
//! Thread: everything happens on the thread that called begin(), which needs an event loop. The agent outlives its
//!         sessions.
class COUNTERSIGN_EXPORT AuthorizationAgent
{
public:
    //! Called at most once, from the event loop, never from within begin() or open(), never after the session died.
    //!
    //! Errors: Cancelled (WindowClosed; BrowserRequested when the person asked for the system browser instead),
    //!         TimedOut, SecurityCheckFailed (StateMismatch when only answers of other sign-ins came),
    //!         NotSupported (BrowserNotOpened, WebViewMissing, WebViewForbidden, WebViewFailed).
    using Handler = std::function<void(Result<RedirectAnswer>)>;

    virtual ~AuthorizationAgent();
    AuthorizationAgent(const AuthorizationAgent &) = delete;
    AuthorizationAgent &operator=(const AuthorizationAgent &) = delete;

    //! Prepares a sign-in and settles its redirect URI; nothing is shown yet.
    //!
    //! Errors: NotSupported (PortUnavailable; a kind of redirect URI this agent cannot watch; WebViewMissing,
    //!         WebViewForbidden), InvalidArgument.
    [[nodiscard]] virtual Result<std::unique_ptr<AuthorizationSession>> begin(const RedirectPreference &preference,
                                                                              Handler handler) = 0;
    //! For logs and traces: "browser", "embedded", "paste".
    virtual QString name() const = 0;
    //! Whether AnswerMode::FormPost can work.
    virtual bool receivesPosts() const;

protected:
    AuthorizationAgent() = default;
};

} // namespace Countersign
