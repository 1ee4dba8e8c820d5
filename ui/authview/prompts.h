// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtNetwork/QSslCertificate>

QT_BEGIN_NAMESPACE
class QAuthenticator;
class QDialog;
class QWidget;
QT_END_NAMESPACE

namespace Countersign {

//! Asks the person for the name and password that \p who wants, and puts them into \p authenticator.
//! Cancelled: \p authenticator becomes null, and the request goes on without.
//!
//! Waits in an event loop of its own: Chromium wants the answer before the call returns.
void askForCredentials(QWidget *parent, const QString &who, QAuthenticator *authenticator);

//! Which of \p certificates to identify with at \p host; -1: none of them.
int chooseCertificate(QWidget *parent, const QString &host, const QList<QSslCertificate> &certificates);

//! What is known of the connection to a page.
struct ConnectionFacts
{
    enum class State : quint8 {
        Encrypted,
        VouchedFor, //!< encrypted; an authority that was named besides the system's issued the certificate
        Plain,
        Untrusted,
    };
    State state = State::Encrypted;
    QString origin;
    //! The server's certificate and those above it; empty where Chromium told of none.
    QList<QSslCertificate> chain;
};

//! Those facts for a person.
QString connectionText(const ConnectionFacts &facts);
//! Shows them in a dialog, which closes itself with \p parent.
QDialog *showConnection(QWidget *parent, const ConnectionFacts &facts);

} // namespace Countersign
