// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <authview/gaterules.h>

#include <QtNetwork/QSslCertificate>
#include <QtWebEngineCore/QWebEngineProfile>

QT_BEGIN_NAMESPACE
class QWebEngineCertificateError;
QT_END_NAMESPACE

namespace Countersign {

//! Makes a redirect URI with a scheme of its own reach the page gate. Does nothing for web addresses.
//!
//! Thread: before the application object exists. Chromium learns its schemes only then.
void registerRedirectScheme(const QUrl &redirectUri);

//! The profile of one sign-in: off the record unless somebody chose otherwise, nothing downloaded, nothing granted.
class SignInProfile final : public QWebEngineProfile
{
    Q_OBJECT
public:
    SignInProfile(const GateRules &rules, QObject *parent);
    //! Keeps in \p folder what the provider wants kept: cookies with a date and the pages' own storage. Those that
    //! shall end with the browser end with this profile; no page is kept.
    SignInProfile(const GateRules &rules, const QString &folder, QObject *parent);

    //! Certificate authorities to trust besides the system's, for the whole process.
    void trust(const QList<QSslCertificate> &authorities);
    //! Whether one of those vouches for the server after all. Everything else that may be wrong stays wrong.
    bool vouchesFor(const QWebEngineCertificateError &error) const;

    //! Keeps the certificates that \p error is about, so that somebody can look at them.
    void noteCertificates(const QWebEngineCertificateError &error);
    //! Those of the server of \p url, its own first; empty where nothing was said of them.
    QList<QSslCertificate> certificatesOf(const QUrl &url) const;

Q_SIGNALS:
    void downloadRefused();

private:
    void restrict(const GateRules &rules);

    bool m_hasAuthorities = false;
    QHash<QString, QList<QSslCertificate>> m_certificates; //!< by host and port
};

} // namespace Countersign
