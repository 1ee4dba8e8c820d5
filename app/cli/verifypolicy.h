// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/checkreport.h>
#include <countersign/jose/json.h>

#include <chrono>
#include <optional>
#include <variant>

namespace Countersign::Cli {

//! A claim and what it has to be: exactly that text, number or truth value, or a list that holds all of these words.
struct ClaimExpectation
{
    QString name;
    std::variant<QString, qint64, bool, QStringList> value;
};

//! What is expected of a token, as a file of `verify --policy` says it. Expectations alone: it names no keys, and
//! nothing is fetched for it.
struct VerifyPolicy
{
    QString type; //!< id, access, logout or jarm
    QString issuer;
    QString audience;
    QString clientId;
    QStringList scopes;
    QStringList roles;
    QStringList authenticationContexts;
    std::optional<std::chrono::seconds> leeway;
    QList<ClaimExpectation> claims;
};

//! Reads TOML with the members type, issuer, audience, client_id, scope, role, acr, leeway and the table claims.
//!
//! Errors: InvalidArgument with the line, for whatever else stands there: a slip must not make a check disappear.
[[nodiscard]] Result<VerifyPolicy> parseVerifyPolicy(QByteArrayView toml);

//! The words that a claim lists: an array of strings, or words in one string.
QStringList wordsOfClaim(const Jose::JsonObject &claims, QByteArrayView name);
//! Whether all of \p wanted are \p there. A failure has the cause PolicyFailed.
Jose::Check checkWords(const QString &id, const QString &reference, const QStringList &wanted,
                       const QStringList &there);
//! Whether \p claims are as expected: exactly, without conversion.
Jose::Check checkClaim(const ClaimExpectation &expected, const Jose::JsonObject &claims);

} // namespace Countersign::Cli
