// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QAuthenticator;
class QSslCertificate;
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

} // namespace Countersign
