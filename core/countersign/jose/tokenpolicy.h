// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/checkreport.h>
#include <countersign/jose/json.h>

#include <chrono>
#include <optional>
#include <variant>

namespace Countersign::Jose {

//! A claim and what it has to be: exactly that text, number or truth value, or a list that holds all of these words.
struct ClaimExpectation
{
    QString name;
    std::variant<QString, qint64, bool, QStringList> value;

    friend bool operator==(const ClaimExpectation &, const ClaimExpectation &) = default;
};

//! What somebody expects of a token besides the rules of its kind. Expectations alone: it names no keys, and nothing is
//! fetched for it.
struct COUNTERSIGN_EXPORT TokenPolicy
{
    QString type; //!< id, access, logout or jarm; empty: any
    QString issuer;
    QString audience;
    QString clientId;
    QStringList scopes;
    QStringList roles;
    QStringList authenticationContexts; //!< one of them
    std::optional<std::chrono::seconds> leeway;
    QList<ClaimExpectation> claims;

    bool isEmpty() const { return *this == TokenPolicy(); }
    friend bool operator==(const TokenPolicy &, const TokenPolicy &) = default;
};

//! The words that a claim lists: an array of strings, or words in one string.
COUNTERSIGN_EXPORT QStringList wordsOfClaim(const JsonObject &claims, QByteArrayView name);
//! Whom a token says it was given to: RFC 9068, then OpenID Connect, then Entra's first version; else whom it is for.
COUNTERSIGN_EXPORT QStringList clientsIn(const JsonObject &claims);
//! Whether all of \p wanted are \p there. A failure has the cause PolicyFailed.
COUNTERSIGN_EXPORT Check checkWords(const QString &id, const QString &reference, const QStringList &wanted,
                                    const QStringList &there);
//! The scopes that an access token was given. Spec: RFC 9068 §2.2.3.
COUNTERSIGN_EXPORT Check checkScopes(const QStringList &wanted, const JsonObject &claims);
//! Spec: RFC 9068 §2.2.3.1.
COUNTERSIGN_EXPORT Check checkRoles(const QStringList &wanted, const JsonObject &claims);
//! Whether \p claims are as expected: exactly, without conversion. \p reference: where the expectation stands.
COUNTERSIGN_EXPORT Check checkClaim(const ClaimExpectation &expected, const JsonObject &claims,
                                    const QString &reference);

} // namespace Countersign::Jose
