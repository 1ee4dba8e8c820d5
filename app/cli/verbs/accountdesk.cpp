// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdesk.h"

#include "../text.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using State = ListedAccount::State;

Result<QList<Environment>> chosenEnvironments(Context &context, const ProfileStore &profiles)
{
    const auto &global = context.global();
    if (!global.namesProvider())
        return QList<Environment>();
    auto options = global;
    if (options.clientId.isEmpty() && options.profile.isEmpty())
        options.clientId = u"-"_s; // accounts are listed for every client
    const auto chosen = chooseProfile(context, options, profiles);
    if (!chosen)
        return chosen.error();
    const auto authority = chosen->profile.authority();
    if (!authority)
        return authority.error();
    return QList<Environment>{authority->environment()};
}

} // namespace

Result<AccountDesk> openAccountDesk(Context &context)
{
    AccountDesk desk;
    if (const auto loaded = desk.profiles.load(); !loaded)
        return loaded.error();
    if (const auto loaded = desk.book.load(); !loaded)
        return loaded.error();
    const auto environments = chosenEnvironments(context, desk.profiles);
    if (!environments)
        return environments.error();
    const auto services = context.services();
    if (!services)
        return services.error();
    desk.services = *services;
    if (const auto opened = openStore(context, *desk.services); !opened)
        return opened.error();
    desk.environments = *environments;
    desk.listed = listedNow(desk, context.now());
    return desk;
}

QList<ListedAccount> listedNow(const AccountDesk &desk, const QDateTime &at)
{
    return listAccounts(desk.services->cache().snapshot(), desk.environments, desk.book, desk.profiles, at);
}

QString stateWords(const ListedAccount &listed, const QDateTime &at)
{
    switch (listed.state) {
    case State::Good: return Text::tr("token expires %1").arg(relativeTime(listed.expiresAt, at));
    case State::Refreshable: return Text::tr("will be refreshed");
    case State::Expired: return Text::tr("expired, sign in again");
    case State::NeedsSignIn: return Text::tr("sign in again (%1)").arg(harmless(listed.attention->error));
    }
    Q_UNREACHABLE();
}

void writeAccount(Jose::JsonWriter &json, const ListedAccount &listed)
{
    const auto &account = listed.account;
    json.beginObject().string("id", account.id.homeAccountId.value).string("username", account.username);
    const auto &local = account.localAccountId.value;
    json.string("name", account.name).string("label", listed.name);
    writeTextOrNull(json, "oid", isMicrosoftAccount(account) ? local : QString());
    writeTextOrNull(json, "sub", isMicrosoftAccount(account) ? QString() : local);
    writeTextOrNull(json, "tid", tenantOf(account));
    json.string("home", homeOf(account));
    json.string("type", typeOf(account)).string("issuer", listed.issuer);
    json.strings("profiles", listed.profiles).boolean("default", listed.isDefault);
    json.string("state", identifier(listed.state));
    if (listed.expiresAt.isValid())
        json.integer("expires_on", listed.expiresAt.toSecsSinceEpoch())
            .string("expires_at", listed.expiresAt.toUTC().toString(Qt::ISODate));
    json.boolean("refreshable", listed.refreshTokens > 0);
    if (listed.attention)
        json.string("attention", listed.attention->error);
    json.name("tokens").beginArray();
    for (const auto &token : listed.tokens)
        json.beginObject()
            .string("client_id", token.clientId)
            .strings("scopes", token.scopes.sorted())
            .string("expires_at", token.expiresAt.toUTC().toString(Qt::ISODate))
            .endObject();
    json.endArray().endObject();
}

} // namespace Countersign::Cli
