// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"
#include "optionset.h"

#include <countersign/client/profile.h>
#include <countersign/protocol/challenge.h>

namespace Countersign::Cli {

//! What a token is asked for.
struct TokenRequest
{
    ScopeSet scopes;
    QStringList resources; //!< RFC 8707
    QString audience;
    QString claimsChallenge; //!< JSON
    QStringList acrValues; //!< a challenge wants them (RFC 9470)
    std::optional<std::chrono::seconds> maxAge;
    ScopeSet demandedScopes; //!< those of scopes that a challenge demands (RFC 6750 §3.1)

    //! Whether a challenge (or --claims) puts a condition on what the tokens say besides their scopes.
    bool isChallenged() const { return !claimsChallenge.isEmpty() || !acrValues.isEmpty() || maxAge; }
};

//! The challenge in \p word, which is as Context::readInput() has it.
//!
//! Errors: as Context::readInput(); InvalidResponse (TokenMalformed, exit 40) when there is nothing like a challenge.
[[nodiscard]] Result<Protocol::ChallengeDocument> readChallengeInput(Context &context, const QString &word);

//! Adds what \p document demands to \p request; whether it demands anything that a token could bring.
bool applyChallenge(const Protocol::ChallengeDocument &document, TokenRequest &request);
//! The failure of a challenge that demands nothing of the kind: what was given is none to satisfy (exit 40).
Error emptyChallenge();

//! The options that say it: --scope, --resource, --audience, --claims-challenge.
class TokenRequestOptions
{
public:
    void addTo(OptionSet &options);
    //! Without a challenge, which is met once: for what is written down and used again and again.
    void addLastingTo(OptionSet &options);
    //! Completes them by what \p profile says, and reads the challenge.
    //!
    //! Errors: InvalidArgument for claims that are no JSON object or a scope with forbidden characters; those of
    //!         readChallengeInput(), and emptyChallenge().
    [[nodiscard]] Result<TokenRequest> resolve(Context &context, const Profile &profile) const;
    //! The flags that say it again, for hints; without the challenge.
    QString flags() const;
    //! One that was given, by its name; empty: none was.
    QString anySaid() const;
    //! The flag that says the challenge again, or the claims.
    QString challengeFlags() const;

    QStringList scopes;
    QString resource;
    QString audience;
    QString claims;
    QString challenge;
};

} // namespace Countersign::Cli
