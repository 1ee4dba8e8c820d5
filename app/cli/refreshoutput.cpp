// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "refreshoutput.h"

#include "text.h"
#include "tokenanswer.h"
#include "words.h"

#include <countersign/jose/jsonwriter.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

Secret encodeJson(Session &session, const Account &account, const RefreshTokenEntry &entry, bool isWithheld)
{
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.refreshtoken/1"_s);
    writeTextOrNull(json, "profile", session.chosen().isSaved ? session.profile().id : QString());
    writeAccount(json, account);
    json.string("client_id", session.profile().clientId);
    if (!isWithheld)
        json.secret("refresh_token", entry.secret());
    writeExpiry(json, entry.expiresAt().value_or(QDateTime()));
    json.endObject();
    return json.takeSecret();
}

} // namespace

Result<void> checkRefreshOutput(Context &context)
{
    const auto &global = context.global();
    if (!global.isJson() && global.output != "text"_L1 && global.output != "token"_L1 && global.output != "none"_L1)
        return wrongUsage(Text::tr("A refresh token is for no API: only -o text, token and json write one."));
    const auto settings = context.settings();
    if (!settings)
        return settings.error();
    return (*settings)->policy().checkShowingRefreshTokens(App::policyPlaceOfMachine());
}

ExitCode writeRefreshToken(Session &session, const TokenOutput &output)
{
    auto &context = session.context();
    if (session.profile().isService)
        return context.fail(wrongUsage(Text::tr("A service has no refresh token.")));
    const auto account = session.account();
    if (!account)
        return context.fail(account.error());
    const auto tokens = *account
        ? session.client().cache().snapshot().findRefreshTokens((*account)->id, {session.profile().clientId})
        : std::vector<RefreshCandidate>();
    if (tokens.empty())
        return context.fail(Error{ErrorCode::InteractionRequired, ErrorCause::AccountNotFound,
                                  Text::tr("No refresh token is kept for this account and client.")});
    const auto &entry = tokens.front().token;
    const auto token = entry.secret();
    if (!context.global().isJson() && !isOnePrintableWord(token))
        return context.fail(Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed,
                                  Text::tr("The token holds characters that no token has; only -o json can say it.")});
    const bool isUnwanted = output.isWithheld || context.global().output == "none"_L1;
    const bool isHidden = context.outIsTerminal() && !output.isShown;
    if (!isUnwanted)
        context.hint(isHidden ? Text::tr("A terminal gets the refresh token only with --show.")
                              : Text::tr("Whoever has this refresh token has the whole sign-in, until it is revoked."));
    if (context.global().isJson())
        return context.writeJson(encodeJson(session, **account, entry, isHidden || isUnwanted).reveal());
    if (isHidden || isUnwanted)
        return ExitCode::Done;
    context.write(token.reveal());
    context.write("\n");
    return ExitCode::Done;
}

} // namespace Countersign::Cli
