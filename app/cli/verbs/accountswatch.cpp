// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdesk.h"

#include "../text.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

#include <QtCore/QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! What became of one account.
enum class Event : quint8 { Present, Added, Changed, Removed };

QString identifier(Event event)
{
    switch (event) {
    case Event::Present: return u"present"_s;
    case Event::Added: return u"added"_s;
    case Event::Changed: return u"changed"_s;
    case Event::Removed: return u"removed"_s;
    }
    Q_UNREACHABLE();
}

QString markOf(Event event)
{
    switch (event) {
    case Event::Present: return u" "_s;
    case Event::Added: return u"+"_s;
    case Event::Changed: return u"~"_s;
    case Event::Removed: return u"-"_s;
    }
    Q_UNREACHABLE();
}

const ListedAccount *find(const QList<ListedAccount> &list, const AccountId &id)
{
    const auto found =
        std::find_if(list.begin(), list.end(), [&id](const ListedAccount &listed) { return listed.account.id == id; });
    return found == list.end() ? nullptr : &*found;
}

bool isAsBefore(const ListedAccount &a, const ListedAccount &b)
{
    return a.state == b.state && a.expiresAt == b.expiresAt && a.refreshTokens == b.refreshTokens
        && a.tokens.size() == b.tokens.size();
}

class WatchVerb final : public Verb
{
public:
    WatchVerb() : Verb(u"watch"_s, Text::tr("Say what changes, until Ctrl+C")) { }
    QString description() const override
    {
        return Text::tr(
            "First the accounts there are; then a line for each that comes (+), goes (-) or is another one\n"
            "(~): signed in, refreshed or expired, by whichever program. -o json is a line each, too.");
    }
    QStringList examples() const override
    {
        return {u"countersign accounts watch"_s, u"countersign accounts watch -o jsonl --query account.state"_s};
    }

    ExitCode run(Context &context) override
    {
        auto desk = openAccountDesk(context);
        if (!desk)
            return context.fail(desk.error());
        for (const auto &listed : std::as_const(desk->listed)) {
            if (!say(context, Event::Present, listed))
                return ExitCode::WrongUsage;
        }
        const auto ended = context.awaitAnswer<void>([&](auto handler) { return watch(context, *desk, handler); });
        if (!ended)
            return context.fail(ended.error());
        // Nothing more can be said: either nobody reads, or --query found nothing, which was reported.
        return context.hasLostOutput() ? ExitCode::Done : ExitCode::WrongUsage;
    }

private:
    //! What is returned keeps the watch; \p handler hears when an answer could not be said.
    template <typename Handler> static auto watch(Context &context, AccountDesk &desk, Handler handler)
    {
        auto watcher = std::make_unique<QTimer>();
        const auto look = [&context, &desk, handler] {
            const auto now = listedNow(desk, context.now());
            const auto before = std::exchange(desk.listed, now);
            if (!sayDifference(context, before, now) || context.hasLostOutput())
                handler(Result<void>());
        };
        // Also by the clock: a token expires without anybody's doing.
        constexpr std::chrono::seconds interval{1};
        QObject::connect(watcher.get(), &QTimer::timeout, watcher.get(), look);
        QObject::connect(&desk.services->cache(), &PersistentTokenCache::changed, watcher.get(), look);
        watcher->start(interval);
        return watcher;
    }

    static bool sayDifference(Context &context, const QList<ListedAccount> &before, const QList<ListedAccount> &now)
    {
        for (const auto &listed : now) {
            const auto *const old = find(before, listed.account.id);
            if (old && isAsBefore(*old, listed))
                continue;
            if (!say(context, old ? Event::Changed : Event::Added, listed))
                return false;
        }
        for (const auto &listed : before) {
            if (!find(now, listed.account.id) && !say(context, Event::Removed, listed))
                return false;
        }
        return true;
    }

    static bool say(Context &context, Event event, const ListedAccount &listed)
    {
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.account-event/1"_s);
            json.string("event", identifier(event)).string("at", context.now().toString(Qt::ISODate)).name("account");
            writeAccount(json, listed);
            json.endObject();
            return context.writeJson(json.view()) == ExitCode::Done;
        }
        const auto who = elided(labelOf(listed.account));
        const auto state = event == Event::Removed ? Text::tr("forgotten") : stateWords(listed, context.now());
        context.write(
            QString(markOf(event) + u' ' + harmless(who) + u"  "_s + harmless(listed.where()) + u"  "_s + state + u'\n')
                .toUtf8());
        return true;
    }
};

} // namespace

std::unique_ptr<Verb> makeAccountsWatchVerb()
{
    return std::make_unique<WatchVerb>();
}

} // namespace Countersign::Cli
