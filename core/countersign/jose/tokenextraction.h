// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Countersign::Jose {

//! A token found in a text.
struct TokenCandidate
{
    QByteArray token;
    QString source; //!< where it stood, for example "access_token", "authorization_header", "text"
    //! What was taken away or put right, in snake_case: "scheme", "quotes", "line_breaks", "percent_encoding"
    QStringList cleanups;

    friend bool operator==(const TokenCandidate &, const TokenCandidate &) = default;
};

//! At most this many are looked for.
inline constexpr qsizetype maximumCandidates = 50;

//! Finds the tokens in whatever a person pastes: a token, an Authorization line, a curl command, a cookie, a URL, JSON,
//! a log. Each token once, in the order of the text.
//!
//! Secrets: the candidates are tokens: keep them out of logs.
[[nodiscard]] COUNTERSIGN_EXPORT QList<TokenCandidate> extractTokens(QByteArrayView text);

} // namespace Countersign::Jose
