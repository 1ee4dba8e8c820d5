// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"
#include "tokenrequest.h"

#include <countersign/cache/silentdecision.h>

namespace Countersign::Cli {

//! A token and what the command line says of it.
struct TokenAnswer
{
    AuthenticationResult result;
    QString source; //!< cache, refresh, browser, embedded, device, client_credentials
    QString schema = QStringLiteral("countersign.token/1");
    bool isIdToken = false;
    bool isWithheld = false; //!< everything but the token itself
    //! Whether the token says what a challenge asked for; unset: there was none, or the token cannot be read.
    std::optional<bool> isChallengeMet;
    QList<std::pair<QString, QString>> warnings; //!< code and message
};

//! The values of --output that say a token, the default first.
QStringList tokenFormats();

//! \p answer in the format of \p session's context, for standard output. As JSON it is never an error.
//!
//! Errors:  those of encodeForOthers().
//! Secrets: holds the token unless it is withheld.
[[nodiscard]] Result<Secret> encodeToken(Session &session, const TokenRequest &request, const TokenAnswer &answer,
                                         const QDateTime &at);
//! The member "account", as every JSON about a token says it.
void writeAccount(Jose::JsonWriter &json, const Account &account);
//! The members "expires_on" and "expires_at" of a token that ends \p at; null when nothing is known.
void writeExpiry(Jose::JsonWriter &json, const QDateTime &at);
//! The token that the answer is about.
[[nodiscard]] Secret tokenOf(const TokenAnswer &answer);
//! When that token ends: an ID token says it itself. Null when nothing is known.
QDateTime expiryOf(const TokenAnswer &answer);
//! Who is meant by the token, as far as it says. Empty for an opaque one.
QStringList audiencesOf(const Secret &token);

//! What was asked for and not granted.
QStringList missingScopes(const TokenRequest &request, const TokenAnswer &answer);

//! Whether the tokens of \p result say what the challenge of \p request asks for; no value: nobody can tell.
std::optional<bool> isChallengeMet(const TokenRequest &request, const AuthenticationResult &result);
//! Sets isChallengeMet by what the tokens of \p answer say, and warns of each claim that they do not say as asked. What
//! the provider answered with is not yet what was demanded.
void holdAgainstChallenge(const TokenRequest &request, TokenAnswer &answer);
//! Says that warning to a person.
void hintAtChallenge(Context &context, const TokenAnswer &answer);
//! What the tokens of \p result are known to lack of what the challenge of \p request demands, in words for people:
//! scopes that neither the provider nor the token names, claims that are missing or different. Empty: nothing, or
//! nobody can tell.
QStringList unmetDemands(const TokenRequest &request, const AuthenticationResult &result);
//! The error for a provider's answer that lacks \p unmet (exit 12).
Error notWhatWasDemanded(const QStringList &unmet);

//! One line for people: who, where, until when.
QString describe(const TokenAnswer &answer, const QDateTime &at);

} // namespace Countersign::Cli
