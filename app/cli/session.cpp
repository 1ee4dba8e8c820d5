// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include "commandline.h"
#include "terminal.h"
#include "text.h"
#include "words.h"

#include <countersign/jose/jsonwriter.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr auto defaultAuthorityHost = "login.microsoftonline.com"_L1;

Error notFound(const QString &message)
{
    return {ErrorCode::InvalidArgument, ErrorCause::AccountNotFound, message};
}

Error ambiguous(const QString &message)
{
    return {ErrorCode::InvalidArgument, ErrorCause::AccountAmbiguous, message};
}

QString firstOf(const QString &flag, const QString &setting)
{
    return flag.isEmpty() ? setting : flag;
}

QString idFor(const QString &issuer)
{
    // Only for messages and windows: it is saved nowhere.
    QString id;
    const auto host = QUrl(issuer).host();
    for (const auto c : host)
        id += c.unicode() < 128 && (c.isLetterOrNumber() || c == u'.' || c == u'-') ? c : QChar(u'_');
    return id.isEmpty() ? u"provider"_s : id.left(64);
}

Result<ChosenProfile> unsavedProfile(const GlobalOptions &options)
{
    ChosenProfile chosen;
    auto &profile = chosen.profile;
    if (!options.issuer.isEmpty()) {
        profile.issuer = options.issuer;
    } else {
        profile.kind = Profile::Kind::Entra;
        const auto host = firstOf(options.authorityHost, defaultAuthorityHost);
        profile.issuer = options.authority.isEmpty() ? u"https://"_s + host + u'/' + options.tenant : options.authority;
    }
    profile.id = idFor(profile.issuer);
    profile.clientId = options.clientId;
    if (profile.clientId.isEmpty())
        return wrongUsage(
            Text::tr("--client-id is missing: the id under which you are registered at %1.").arg(profile.issuer));
    if (const auto authority = profile.authority(); !authority) {
        const bool isBare = !profile.issuer.contains("://"_L1);
        return wrongUsage(
            authority.error().message()
            + (isBare ? u' ' + Text::tr("Did you mean '%1'?").arg(u"https://"_s + profile.issuer) : QString()));
    }
    return chosen;
}

Result<ChosenProfile> savedProfile(const GlobalOptions &options, const ProfileStore &profiles)
{
    const Profile *found = options.profile.isEmpty() ? profiles.defaultProfile() : profiles.find(options.profile);
    QStringList ids;
    for (const auto &profile : profiles.profiles())
        ids.append(profile.id);
    if (!found && !options.profile.isEmpty()) {
        const auto near = nearest(options.profile, ids);
        return notFound(Text::tr("There is no profile '%1'.").arg(options.profile)
                        + (near.isEmpty() ? QString() : u' ' + Text::tr("Did you mean '%1'?").arg(near)));
    }
    if (!found && ids.isEmpty())
        return notFound(Text::tr("No provider is named. Give --issuer and --client-id, or save a profile with "
                                 "'countersign profile add'."));
    if (!found)
        return ambiguous(Text::tr("Several profiles are saved: %1. Choose one with --profile, or mark one with "
                                  "'countersign profile default'.")
                             .arg(ids.join(u", "_s)));
    ChosenProfile chosen{*found, true, {}};
    if (!options.clientId.isEmpty() && options.clientId != found->clientId) {
        chosen.profile.clientId = options.clientId;
        chosen.overrides = u" --client-id "_s + shellQuoted(options.clientId);
    }
    if (!options.tenant.isEmpty()) {
        const auto authority = chosen.profile.authority();
        if (!authority)
            return authority.error();
        if (authority->kind() != Authority::Kind::Entra)
            return wrongUsage(Text::tr("--tenant is for Microsoft Entra ID; profile '%1' is not.").arg(found->id));
        chosen.profile.issuer = authority->withTenant(TenantId{options.tenant}).issuer();
        chosen.overrides += u" --tenant "_s + shellQuoted(options.tenant);
    }
    return chosen;
}

bool answersTo(const Account &account, const QString &wanted, const App::AccountBook &book)
{
    const auto is = [&wanted](const QString &text) {
        return !text.isEmpty() && text.compare(wanted, Qt::CaseInsensitive) == 0;
    };
    return is(book.nameOf(account.id)) || is(account.username) || is(account.id.homeAccountId.value)
        || is(account.localAccountId.value) || is(account.name);
}

QStringList labelsOf(const QList<Account> &accounts)
{
    QStringList labels;
    for (const auto &account : accounts)
        labels.append(labelOf(account));
    return labels;
}

Result<std::optional<Account>> askForAccount(Context &context, const QList<Account> &accounts)
{
    Terminal terminal;
    for (qsizetype i = 0; i < accounts.size(); ++i)
        terminal.write(u"%1  %2\n"_s.arg(i + 1, 2).arg(harmless(elided(labelOf(accounts.at(i))))));
    const auto answer = context.ask(terminal, Text::tr("Which account? "), false);
    if (!answer)
        return answer.error();
    const auto number = answer->reveal().toInt();
    if (number < 1 || number > accounts.size())
        return notFound(Text::tr("There is no account with that number."));
    return std::optional(accounts.at(number - 1));
}

} // namespace

QString ChosenProfile::flags() const
{
    if (isSaved)
        return u" --profile "_s + shellQuoted(profile.id) + overrides;
    const auto name = profile.kind == Profile::Kind::Oidc ? u" --issuer "_s : u" --authority "_s;
    return name + shellQuoted(profile.issuer) + u" --client-id "_s + shellQuoted(profile.clientId);
}

Result<ChosenProfile> chooseProfile(const GlobalOptions &options, const ProfileStore &profiles)
{
    const bool isProviderNamed = !options.issuer.isEmpty() || !options.authority.isEmpty();
    if (isProviderNamed && !options.profile.isEmpty())
        return wrongUsage(Text::tr("Name the provider once: --profile, --issuer or --authority."));
    const bool hasProfile = !options.profile.isEmpty() || (profiles.defaultProfile() && options.tenant.isEmpty());
    return isProviderNamed || (!options.tenant.isEmpty() && !hasProfile) ? unsavedProfile(options)
                                                                         : savedProfile(options, profiles);
}

Result<ChosenProfile> chooseProfile(Context &context, const GlobalOptions &options, const ProfileStore &profiles)
{
    auto chosen = chooseProfile(options, profiles);
    if (chosen)
        return chosen;
    const auto name = options.profile.isEmpty() ? u"NAME"_s : shellQuoted(options.profile);
    if (profiles.profiles().isEmpty() && (!options.namesProvider() || !options.profile.isEmpty()))
        context.suggest(
            {{Text::tr("Sign in at a provider"), u"countersign login --issuer URL --client-id ID --save "_s + name, {}},
             {Text::tr("Or try it with a provider on this computer"), u"countersign sandbox start"_s, {}}});
    else if (chosen.error().cause() == ErrorCause::AccountAmbiguous)
        context.suggest({{Text::tr("See which profiles there are"), u"countersign profile list"_s, {}}});
    else if (chosen.error().cause() == ErrorCause::AccountNotFound) {
        QList<Fix> fixes{{Text::tr("See which profiles there are"), u"countersign profile list"_s, {}}};
        // Nobody wants to save what was to be shown, changed or removed.
        if (context.commandLine().verbPath().value(0) != "profile"_L1)
            fixes.append({Text::tr("Or save one"),
                          u"countersign profile add "_s + name + u" --issuer URL --client-id ID"_s,
                          {}});
        context.suggest(fixes);
    }
    return chosen;
}

Result<ChosenProfile> chooseProfile(Context &context, const ProfileStore &profiles)
{
    return chooseProfile(context, context.global(), profiles);
}

Result<std::optional<Account>> chooseAccount(Context &context, const QList<Account> &accounts, const QString &wanted,
                                             const App::AccountBook &book)
{
    if (wanted == "ask"_L1 && accounts.size() > 1)
        return askForAccount(context, accounts);
    if (!wanted.isEmpty() && wanted != "ask"_L1) {
        QList<Account> found;
        std::copy_if(accounts.begin(), accounts.end(), std::back_inserter(found),
                     [&](const Account &account) { return answersTo(account, wanted, book); });
        if (found.size() == 1)
            return std::optional(found.first());
        if (found.size() > 1)
            return ambiguous(
                Text::tr("Several accounts fit '%1': give the id that 'countersign accounts' shows.").arg(wanted));
        const auto near = nearest(wanted, labelsOf(accounts));
        return notFound(Text::tr("No account '%1' is signed in here.").arg(wanted)
                        + (near.isEmpty() ? QString() : u' ' + Text::tr("Did you mean '%1'?").arg(near)));
    }
    for (const auto &account : accounts) {
        if (book.isDefault(account.id) || accounts.size() == 1)
            return std::optional(account);
    }
    if (accounts.isEmpty())
        return std::optional<Account>();
    return ambiguous(Text::tr("Several accounts are signed in: %1. Choose one with --account, or mark one with "
                              "'countersign accounts default'.")
                         .arg(harmless(labelsOf(accounts).join(u", "_s))));
}

QString labelOf(const Account &account)
{
    for (const auto &text : {account.username, account.name, account.localAccountId.value}) {
        if (!text.isEmpty())
            return text;
    }
    return account.id.homeAccountId.value;
}

bool isService(const Account &account)
{
    return account.id.homeAccountId.isEmpty();
}

QStringList applicationsIn(const TokenCache &cache, const QList<Environment> &environments)
{
    QStringList clients;
    for (const auto &token : cache.accessTokens()) {
        const bool isThere = environments.isEmpty() || environments.contains(token.environment());
        if (isThere && token.homeAccountId().isEmpty() && !clients.contains(token.clientId().value))
            clients.append(token.clientId().value);
    }
    return clients;
}

QString tenantOf(const Account &account)
{
    return isMicrosoftAccount(account) ? account.realm.value : QString();
}

bool isMicrosoftAccount(const Account &account)
{
    return account.realm.value != "oidc"_L1;
}

void writeTextOrNull(Jose::JsonWriter &json, const char *name, const QString &value)
{
    if (value.isEmpty())
        json.name(name).null();
    else
        json.string(name, value);
}

QString homeOf(const Environment &environment)
{
    constexpr auto inTheClear = "http:"_L1;
    const auto &value = environment.value;
    if (value.startsWith(inTheClear))
        return u"http://"_s + QUrl::fromPercentEncoding(value.mid(inTheClear.size()).toLatin1());
    return value.contains(u'/') ? u"https://"_s + QUrl::fromPercentEncoding(value.toLatin1()) : value;
}

QString homeOf(const Account &account)
{
    const auto home = homeOf(account.id.environment);
    return isMicrosoftAccount(account) || home.contains("://"_L1) ? home : u"https://"_s + home;
}

QString typeOf(const Account &account)
{
    return isMicrosoftAccount(account) ? account.authorityType : u"OIDC"_s;
}

Result<std::unique_ptr<Session>> Session::open(Context &context)
{
    ProfileStore profiles;
    if (const auto loaded = profiles.load(); !loaded)
        return loaded.error();
    auto chosen = chooseProfile(context, profiles);
    if (!chosen)
        return chosen.error();
    return open(context, *std::move(chosen));
}

Result<std::unique_ptr<Session>> Session::open(Context &context, ChosenProfile chosen)
{
    auto session = std::unique_ptr<Session>(new Session(context));
    session->m_chosen = std::move(chosen);
    const auto settings = context.settings();
    if (!settings)
        return settings.error();
    session->m_settings = *settings;
    if (const auto loaded = session->m_book.load(); !loaded)
        return loaded.error();
    const auto services = context.services();
    if (!services)
        return services.error();
    session->m_services = *services;
    auto client = session->m_services->makeClient(session->profile());
    if (!client)
        return client.error();
    session->m_client = *std::move(client);
    return session;
}

Session::~Session()
{
    if (m_client)
        m_context.settle(*m_client);
}

Result<std::optional<Account>> Session::account()
{
    const auto accounts = m_context.await(m_client->accounts());
    if (!accounts)
        return accounts.error();
    return chooseAccount(m_context, *accounts, m_context.global().account, m_book);
}

} // namespace Countersign::Cli
