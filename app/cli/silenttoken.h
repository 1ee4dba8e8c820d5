// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"
#include "signin.h"
#include "tokenrequest.h"

namespace Countersign::Cli {

class ServiceOptions;

//! How a token is to be had, for the verbs that hand one out.
struct TokenWish
{
    TokenRequest request;
    std::optional<std::chrono::seconds> minimumLifetime;
    bool isForced = false;
    bool isIdToken = false;
    //! A token that is bound to a key, with the proof for one request.
    std::optional<ProofOfPossession> proof;
    //! A token that is known to lack what the challenge demands is none: see unmetDemands().
    bool mustMeetChallenge = false;
    //! Writes why the cache was used or not to standard error.
    bool isExplained = false;
    //! How to sign in when nothing else helps; null: never, fail instead.
    const SignInOptions *signIn = nullptr;
    //! What an application proves itself with, for a profile that is one; null: with what is kept for it.
    const ServiceOptions *service = nullptr;
};

//! A token and where it came from: "cache", "refresh", or the way of a sign-in.
struct ObtainedToken
{
    AuthenticationResult result;
    QString source;
    //! The refresh token may bring no bearer tokens any more, although it did before.
    bool isRefreshTokenNowBound = false;
};

//! From the cache, by a refresh, for an application by its own proof, or, where the wish allows it and a person can be
//! expected, by a sign-in.
//!
//! Errors: InteractionRequired (exit 10) when a person is needed; with the cause ChallengeUnsatisfied (exit 11) when it
//!         is for a challenge; AccessDenied with that cause (exit 12) when a sign-in, or an application's own
//!         proof, did not bring what must be met;
//!         NetworkUnavailable with --offline; those of the store, chooseAccount() and the flows.
[[nodiscard]] Result<ObtainedToken> obtainToken(Session &session, const TokenWish &wish);

//! A token of the account that is named, out of the cache alone: nothing is sent, nobody is asked.
//!
//! Errors: as obtainToken() with --offline; InteractionRequired when there is no ID token.
[[nodiscard]] Result<Secret> cachedToken(Context &context, bool isIdToken);

} // namespace Countersign::Cli
