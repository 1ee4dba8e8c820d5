// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdesk.h"

#include "../changeoutput.h"
#include "../table.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using State = ListedAccount::State;

//! The account that was named, which has to be there.
Result<ListedAccount> pick(Context &context, const AccountDesk &desk, const QString &wanted)
{
    QList<Account> accounts;
    for (const auto &listed : desk.listed)
        accounts.append(listed.account);
    const auto chosen = chooseAccount(context, accounts, wanted, desk.book);
    if (!chosen)
        return chosen.error();
    if (!*chosen)
        return Error{ErrorCode::InvalidArgument, ErrorCause::AccountNotFound, Text::tr("Nobody is signed in.")};
    const auto found = std::find_if(desk.listed.begin(), desk.listed.end(), [&chosen](const ListedAccount &listed) {
        return listed.account.id == (*chosen)->id;
    });
    return *found;
}

ExitCode writeList(Context &context, const QList<ListedAccount> &list, bool isFiltered)
{
    if (context.global().isJson()) {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.accounts/1"_s).name("accounts").beginArray();
        for (const auto &listed : list)
            writeAccount(json, listed);
        json.endArray().endObject();
        return context.writeJson(json.view(), "accounts");
    }
    Table table;
    for (const auto &listed : list) {
        const auto who = elided(labelOf(listed.account));
        table.addRow({listed.isDefault ? u"*"_s : u" "_s, who, elided(listed.name), listed.where(),
                      stateWords(listed, context.now())});
    }
    context.write(table.toText().toUtf8());
    if (list.isEmpty())
        context.hint(isFiltered ? Text::tr("No account is like that.")
                                : Text::tr("Nobody is signed in. 'countersign login --help' says how."));
    return ExitCode::Done;
}

class ListVerb final : public Verb
{
public:
    ListVerb() : Verb(u"list"_s, Text::tr("List the accounts")) { }
    void addOptions(OptionSet &options) override { addFilters(options); }
    ExitCode run(Context &context) override { return list(context); }

    void addFilters(OptionSet &options)
    {
        options.flag("--expired", m_isExpiredOnly, Text::tr("Only those without a token that still lives"));
        options.flag("--needs-me", m_isAttentionOnly, Text::tr("Only those who have to sign in again"));
    }
    ExitCode list(Context &context) const
    {
        auto desk = openAccountDesk(context);
        if (!desk)
            return context.fail(desk.error());
        auto list = desk->listed;
        if (m_isExpiredOnly)
            list.removeIf([](const ListedAccount &listed) { return listed.state == State::Good; });
        if (m_isAttentionOnly)
            list.removeIf([](const ListedAccount &listed) {
                return listed.state != State::NeedsSignIn && listed.state != State::Expired;
            });
        const auto exitCode = writeList(context, list, !desk->listed.isEmpty());
        const auto applications = applicationsIn(desk->services->cache().snapshot(), desk->environments);
        if (exitCode == ExitCode::Done && !applications.isEmpty())
            context.hint(Text::tr("Applications with tokens of their own, see 'countersign token --service': %1")
                             .arg(harmless(applications.join(u", "_s))));
        return exitCode;
    }

private:
    bool m_isExpiredOnly = false;
    bool m_isAttentionOnly = false;
};

//! A verb about one account.
class OneAccountVerb : public Verb
{
public:
    using Verb::Verb;
    void addOptions(OptionSet &options) override
    {
        options.text("ACCOUNT", m_account, Text::tr("Account: its name, user name or id (as --account)"));
    }
    ExitCode run(Context &context) override
    {
        auto desk = openAccountDesk(context);
        if (!desk)
            return context.fail(desk.error());
        const auto listed = pick(context, *desk, m_account.isEmpty() ? context.global().account : m_account);
        if (!listed)
            return context.fail(listed.error());
        return act(context, *desk, *listed);
    }

protected:
    virtual ExitCode act(Context &context, AccountDesk &desk, const ListedAccount &listed) = 0;
    //! As tellChange(), of \p listed.
    static ExitCode conclude(Context &context, const Result<void> &result, const ListedAccount &listed,
                             const QString &action, const QString &words)
    {
        return tellChange(context, result,
                          {.what = u"account"_s, .name = listed.account.id.homeAccountId.value, .action = action},
                          words);
    }

    QString m_account;
};

class ShowVerb final : public OneAccountVerb
{
public:
    ShowVerb() : OneAccountVerb(u"show"_s, Text::tr("Show what is kept of one account")) { }

protected:
    ExitCode act(Context &context, AccountDesk &, const ListedAccount &listed) override
    {
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.account/1"_s).name("account");
            writeAccount(json, listed);
            json.endObject();
            return context.writeJson(json.view());
        }
        Table table;
        const auto &account = listed.account;
        table.addRow({Text::tr("user name"), account.username});
        table.addRow({Text::tr("name"), account.name});
        table.addRow({Text::tr("your name for it"), listed.name});
        table.addRow({Text::tr("id"), account.id.homeAccountId.value});
        table.addRow({Text::tr("provider"), listed.where()});
        table.addRow({Text::tr("profiles"), listed.profiles.join(u", "_s)});
        table.addRow({Text::tr("state"), stateWords(listed, context.now())});
        table.addRow({Text::tr("refresh tokens"), QString::number(listed.refreshTokens)});
        for (const auto &token : listed.tokens)
            table.addRow(
                {Text::tr("access token"),
                 Text::tr("for %1, expires %2: %3")
                     .arg(token.clientId, relativeTime(token.expiresAt, context.now()), token.scopes.toString())});
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }
};

class DefaultVerb final : public OneAccountVerb
{
public:
    DefaultVerb() : OneAccountVerb(u"default"_s, Text::tr("Mark the account to take when nobody says which")) { }

protected:
    ExitCode act(Context &context, AccountDesk &desk, const ListedAccount &listed) override
    {
        return conclude(context, desk.book.setDefault(listed.account.id), listed, u"default"_s,
                        Text::tr("%1 is taken from now on where nobody says which account.")
                            .arg(harmless(labelOf(listed.account))));
    }
};

class RenameVerb final : public OneAccountVerb
{
public:
    RenameVerb() : OneAccountVerb(u"rename"_s, Text::tr("Give an account a name of your own, or take it away")) { }
    QString description() const override
    {
        return Text::tr("--account takes the name then. Without a new name the account loses the one it has.");
    }
    QStringList examples() const override
    {
        return {u"countersign accounts rename ada@example.com work"_s, u"countersign accounts rename work"_s};
    }
    void addOptions(OptionSet &options) override
    {
        OneAccountVerb::addOptions(options);
        options.text("NAME", m_name, Text::tr("The new name; without it the old one is taken away"));
    }

    ExitCode run(Context &context) override
    {
        // A name is not taken away by a word that was forgotten.
        if (m_account.isEmpty())
            return context.fail(wrongUsage(Text::tr("Name the account, and the name it is to have.")));
        m_name = m_name.trimmed();
        return OneAccountVerb::run(context);
    }

protected:
    ExitCode act(Context &context, AccountDesk &desk, const ListedAccount &listed) override
    {
        for (const auto &other : desk.listed) {
            if (!m_name.isEmpty() && other.account.id != listed.account.id
                && other.name.compare(m_name, Qt::CaseInsensitive) == 0)
                return context.fail(wrongUsage(Text::tr("Another account has the name '%1' already.").arg(m_name)));
        }
        return conclude(context, desk.book.rename(listed.account.id, m_name), listed, u"renamed"_s,
                        m_name.isEmpty() ? Text::tr("The name is gone.")
                                         : Text::tr("--account %1 means this account now.").arg(m_name));
    }

private:
    QString m_name;
};

class RemoveVerb final : public OneAccountVerb
{
public:
    RemoveVerb() : OneAccountVerb(u"remove"_s, Text::tr("Forget an account here, with its tokens of every client")) { }
    QString description() const override
    {
        return Text::tr("Nothing is sent to the provider; 'countersign logout --revoke' does that.");
    }

protected:
    ExitCode act(Context &context, AccountDesk &desk, const ListedAccount &listed) override
    {
        const auto removed = context.awaitAnswer<void>([&desk, &listed](auto handler) {
            auto listener = std::make_unique<QObject>();
            desk.services->cache().update([id = listed.account.id](TokenCache &cache) { cache.forgetAccount(id); },
                                          listener.get(), handler);
            return listener;
        });
        if (!removed)
            return context.fail(removed.error());
        return conclude(context, desk.book.forget(listed.account.id), listed, u"removed"_s,
                        Text::tr("%1 is forgotten here.").arg(harmless(labelOf(listed.account))));
    }
};

//! Without a word after it, it lists.
class AccountsVerb final : public Verb
{
public:
    AccountsVerb() : Verb(u"accounts"_s, Text::tr("List the accounts; show, name, choose or forget one"))
    {
        addChild(std::make_unique<ListVerb>());
        addChild(std::make_unique<ShowVerb>());
        addChild(std::make_unique<DefaultVerb>());
        addChild(std::make_unique<RenameVerb>());
        addChild(std::make_unique<RemoveVerb>());
        addChild(makeAccountsWatchVerb());
    }
    QStringList examples() const override
    {
        return {u"countersign accounts"_s, u"countersign accounts --needs-me -o json"_s,
                u"countersign accounts rename ada@example.com work"_s, u"countersign accounts default work"_s};
    }
    void addOptions(OptionSet &options) override { m_list.addFilters(options); }
    ExitCode run(Context &context) override { return m_list.list(context); }

private:
    ListVerb m_list;
};

} // namespace

std::unique_ptr<Verb> makeAccountsVerb()
{
    return std::make_unique<AccountsVerb>();
}

} // namespace Countersign::Cli
