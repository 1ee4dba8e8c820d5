// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/useragent/authorizationagent.h>
#include <countersign/useragent/loopbackpages.h>
#include <countersign/useragent/loopbackrequest.h>

#include <QtCore/QObject>

#include <chrono>
#include <functional>
#include <vector>

QT_BEGIN_NAMESPACE
class QTcpServer;
class QTcpSocket;
QT_END_NAMESPACE

namespace Countersign {

class LoopbackConnection;

//! Waits on this machine for the one answer that belongs to a sign-in. Everything else gets status 400 and is ignored.
//!
//! Spec: RFC 8252 §7.3 and §8.3.
class LoopbackListener final : public QObject
{
    Q_OBJECT
public:
    using Belongs = std::function<bool(QByteArrayView)>;
    using Answered = std::function<void(RedirectAnswer)>;

    static constexpr int maximumConnections = 8;
    static constexpr std::chrono::milliseconds readDeadline = std::chrono::seconds(5);
    //! How long the clean page may be asked for after a GET was answered with 303.
    static constexpr std::chrono::milliseconds farewell = std::chrono::seconds(1);

    //! Binds before anything is shown and holds the socket until the end: nobody can take the port in between.
    //!
    //! Errors: InvalidArgument; NotSupported with PortUnavailable.
    static Result<std::unique_ptr<LoopbackListener>> bind(const RedirectPreference &preference, LoopbackPages pages);
    ~LoopbackListener() override;

    QUrl redirectUri() const { return m_redirectUri; }
    //! From here on an answer for which \p belongs is true is handed to \p answered: once.
    void expect(AnswerMode mode, Belongs belongs, Answered answered);
    //! Answers to the right address that belonged to no sign-in of ours.
    int strays() const { return m_strays; }
    bool isListening() const;
    //! Refuses everything at once.
    void close();
    //! Lets the browser fetch the page that says good-bye if it still has to, and ends by itself.
    void endSoon();

private:
    explicit LoopbackListener(LoopbackPages pages);

    //! -1: this family does not exist here.
    enum class Bound : quint8 { Yes, InUse, NoSuchFamily };
    Bound bindTo(QTcpServer &server, const QString &address, quint16 port);
    bool bindPort(const RedirectPreference &preference, quint16 port);
    void acceptFrom(QTcpServer &server);
    void handle(LoopbackConnection &connection, LoopbackRequest request);
    bool isAnswer(const LoopbackRequest &request) const;

    LoopbackPages m_pages;
    QByteArray m_goodbye; //!< the page for the one answer
    QUrl m_redirectUri;
    QTcpServer *m_ipv4 = nullptr;
    QTcpServer *m_ipv6 = nullptr;
    std::vector<LoopbackConnection *> m_connections;
    AnswerMode m_mode = AnswerMode::Query;
    Belongs m_belongs;
    Answered m_answered;
    int m_strays = 0;
    bool m_hasAnswer = false;
    bool m_pageDue = false;
};

} // namespace Countersign
