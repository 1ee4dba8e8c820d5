// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokenoutput.h"

#include "text.h"
#include "words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! What stands in place of a token on a terminal.
QString masked(const Secret &token)
{
    return Text::tr("<token, %1 characters>").arg(token.size());
}

//! RFC 9449 §5: nobody would look for the reason there, the next time that a bearer token is wanted.
void warnOfBinding(Context &context, TokenAnswer &answer)
{
    const auto text = Text::tr("The provider may have bound the refresh token to the key as well: then it brings only "
                               "bound tokens from here on, and others need a new sign-in.");
    answer.warnings.append({u"refresh_token_bound"_s, text});
    if (!context.global().isJson())
        context.hint(text);
}

} // namespace

bool isOnePrintableWord(const Secret &token)
{
    const auto bytes = token.reveal();
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > ' ' && c <= '~'; });
}

ExitCode writeTokenText(Session &session, const TokenRequest &request, const TokenAnswer &answer)
{
    auto &context = session.context();
    if (!isOnePrintableWord(tokenOf(answer)))
        return context.fail(Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed,
                                  Text::tr("The token holds characters that no token has; only -o json can say it.")});
    const auto text = encodeToken(session, request, answer, context.now());
    if (!text)
        return context.fail(text.error());
    context.write(text->reveal());
    context.write("\n");
    return ExitCode::Done;
}

ExitCode writeToken(Session &session, const TokenRequest &request, ObtainedToken obtained, const TokenOutput &output)
{
    auto &context = session.context();
    TokenAnswer answer{.result = std::move(obtained.result), .source = obtained.source};
    answer.isIdToken = output.isIdToken;
    answer.isWithheld = output.isWithheld;
    holdAgainstChallenge(request, answer);
    if (obtained.isRefreshTokenNowBound)
        warnOfBinding(context, answer);
    const auto token = tokenOf(answer);
    if (token.isEmpty())
        return context.fail(
            Error{ErrorCode::InteractionRequired, Text::tr("The provider gave no ID token for this account.")});
    if (!context.global().isJson())
        hintAtChallenge(context, answer);
    const bool isHidden = context.outIsTerminal() && !output.isShown && context.global().output != "none"_L1;
    // Nothing would be left of an answer that is the token alone.
    const bool isToken =
        !context.global().isJson() || context.global().query == (answer.isIdToken ? "id_token"_L1 : "access_token"_L1);
    if (isHidden && isToken && !output.isWithheld) {
        context.write(QString(masked(token) + u'\n').toUtf8());
        context.hint(Text::tr("%1. A terminal gets the token only with --show; a pipe always does.")
                         .arg(describe(answer, context.now())));
        return ExitCode::Done;
    }
    answer.isWithheld = answer.isWithheld || isHidden;
    if (context.global().isJson()) {
        if (isHidden && !output.isWithheld)
            context.hint(Text::tr("The token is left out on a terminal; --show writes it."));
        return context.writeJson(encodeToken(session, request, answer, context.now())->reveal());
    }
    // A script that asked for more should not have to find out by a refusal.
    if (const auto missing = missingScopes(request, answer); !missing.isEmpty())
        context.hint(Text::tr("The provider did not grant: %1").arg(harmless(missing.join(u' '))));
    return writeTokenText(session, request, answer);
}

} // namespace Countersign::Cli
