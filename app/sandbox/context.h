// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialect.h"
#include "directory.h"
#include "hooks.h"
#include "keyring.h"
#include "state.h"

#include <chrono>

namespace CountersignSandbox {

//! How the sandbox behaves; everything can be changed while it runs.
struct Settings
{
    QString approve; //!< a user's name: sign-ins and device codes are answered without a page
    QString onlyUser; //!< a user's name: the picker offers nobody else
    Dialect dialect = Dialect::Standard;
    std::chrono::seconds accessTokenLifetime{3600};
    std::chrono::seconds idTokenLifetime{3600};
    std::chrono::seconds codeLifetime{60};
    std::chrono::seconds refreshTokenLifetime{14 * 24 * 3600};
    std::chrono::seconds deviceCodeLifetime{900};
    std::chrono::seconds pushedRequestLifetime{60};
    qint64 deviceInterval = 5; //!< seconds
    std::chrono::seconds clockOffset{0};
};

//! What the endpoints share.
struct Context
{
    Settings settings;
    Directory directory;
    KeyRing keys;
    Hooks hooks;
    State state;

    //! UTC, by the sandbox's clock.
    QDateTime now() const { return QDateTime::currentDateTimeUtc().addSecs(settings.clockOffset.count()); }
    //! The persons that the picker offers.
    QList<User> offeredUsers() const;
};

//! The path below which the provider lives. It is part of the issuer, so that no real provider can have the same.
inline constexpr QLatin1StringView issuerPath("/sandbox");
QString issuerOf(const Request &request);

//! What an endpoint refuses with: an error code of its specification and a sentence.
struct Refusal
{
    QString error;
    QString description;
    int status = 400;

    Response response() const { return Response::ofError(error, description, status); }
};

//! Space separated words, as scope, prompt and acr_values are sent.
QStringList words(const QString &text);

//! Who calls a back-channel endpoint. Spec: RFC 6749 §2.3.
//! Returns null and fills \p refusal when the client is unknown or fails to authenticate.
const Client *authenticateClient(const Context &context, const Request &request, Refusal &refusal);

} // namespace CountersignSandbox
