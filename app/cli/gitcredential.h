// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QStringList>

namespace Countersign::Cli {

//! What git tells a credential helper. Move-only: it may hold a rejected token.
//!
//! Spec: gitcredentials(7), git-credential(1) "INPUT/OUTPUT FORMAT".
struct GitCredential
{
    QString protocol;
    QString host; //!< with the port, if there is one
    QString path;
    QString username;
    Secret password;
    QString authType;
    Secret credential;
    QStringList capabilities; //!< what git understands
    QStringList states; //!< what this helper said before
    QStringList challenges; //!< values of WWW-Authenticate

    bool understands(const QString &capability) const { return capabilities.contains(capability); }
    //! The secret git used, whichever form it has.
    const Secret &secret() const { return credential.isEmpty() ? password : credential; }
};

//! Reads key=value lines up to an empty line or the end. Unknown keys are skipped, as the protocol wants it.
//!
//! Errors: InvalidArgument for a line without '=', a control character or more than 64 KiB.
[[nodiscard]] Result<GitCredential> parseGitCredential(QByteArrayView text);

//! Whether \p host is one of \p allowed: "git.example.com", "127.0.0.1:8080", or "*.example.com" for what is below it.
bool isAllowedHost(const QString &host, const QStringList &allowed);

//! Whether a token may be sent there: https, or http on this machine.
bool isSafeForTokens(const QString &protocol, const QString &host);

//! What a provider wants as user name beside a token. \p username is what the URL says; empty if it says nothing.
QString gitUserName(const QString &host, const QString &username);

} // namespace Countersign::Cli
