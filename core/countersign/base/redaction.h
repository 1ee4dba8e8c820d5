// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QString>
#include <QtCore/QUrl>

namespace Countersign {

//! \p text with everything that looks like a secret replaced by what it was and how long.
//!
//! Recognised: JWTs and other dotted or long base64 strings, the values of the secret OAuth parameters in forms,
//! queries, JSON and headers (code, state, tokens, verifier, assertion, password, device_code …), Authorization,
//! Cookie and DPoP headers, PEM private keys.
COUNTERSIGN_EXPORT QString redacted(QStringView text);

//! Scheme, host, port and path: no user info, no query, no fragment.
COUNTERSIGN_EXPORT QString redacted(const QUrl &url);

//! \p text with mail addresses, user names of that form, and the values of parameters that name a person (login_hint,
//! username, upn, email, oid, sub …) replaced by their length.
COUNTERSIGN_EXPORT QString withoutPersonalData(QStringView text);

//! A name, a mail address or an object id: itself when setPersonalDataLogged(true), otherwise its length.
COUNTERSIGN_EXPORT QString personal(QStringView text);

} // namespace Countersign
