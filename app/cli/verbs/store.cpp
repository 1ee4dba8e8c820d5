// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "storeinspect.h"

#include "../accountlist.h"
#include "../changeoutput.h"
#include "../table.h"
#include "../terminal.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <common/clientsecrets.h>
#include <common/storewipe.h>

#include <countersign/jose/jsonwriter.h>
#include <countersign/storage/storemigration.h>

#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! How the passphrase was given, where that can be done again.
QString secretFlags(const GlobalOptions &global)
{
    return global.secretEnvironment.isEmpty() ? QString() : u" --secret-env "_s + shellQuoted(global.secretEnvironment);
}

//! Waits for one of the store's own calls.
template <typename Call> Result<void> awaitStore(Context &context, Call call)
{
    return context.awaitAnswer<void>([&call](auto handler) {
        auto listener = std::make_unique<QObject>();
        call(listener.get(), handler);
        return listener;
    });
}

Result<void> probe(Context &context, App::ServiceSet &services)
{
    return awaitStore(context,
                      [&services](QObject *listener, auto handler) { services.store().probe(listener, handler); });
}

class StoreWord : public Verb
{
public:
    using Verb::Verb;
    ExitCode run(Context &context) override
    {
        const auto services = context.services();
        if (!services)
            return context.fail(services.error());
        return act(context, **services);
    }

protected:
    virtual ExitCode act(Context &context, App::ServiceSet &services) = 0;
};

//! How the store is, for programs.
ExitCode writeState(Context &context, App::ServiceSet &services, const Result<void> &opened,
                    const Result<void> &writable)
{
    const auto &cache = services.cache().snapshot();
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.store/1"_s);
    json.string("kind", identifier(services.store().kind())).string("place", services.store().name());
    json.boolean("readable", opened.hasValue()).boolean("writable", writable.hasValue());
    if (opened)
        json.integer("accounts", cache.accounts().size())
            .integer("access_tokens", static_cast<qint64>(cache.accessTokens().size()))
            .integer("refresh_tokens", static_cast<qint64>(cache.refreshTokens().size()))
            .integer("client_secrets", cache.clientsWithSecret().size());
    json.string("warning", services.cache().lastWarning()).endObject();
    return context.writeJson(json.view());
}

class StatusVerb final : public StoreWord
{
public:
    StatusVerb()
        : StoreWord(u"status"_s, Text::tr("Say where tokens live, what is there and whether it can be written"))
    {
    }

protected:
    ExitCode act(Context &context, App::ServiceSet &services) override
    {
        const auto opened = openStore(context, services);
        const auto writable = opened ? probe(context, services) : opened;
        const auto written = context.global().isJson() ? writeState(context, services, opened, writable)
                                                       : writeText(context, services, opened, writable);
        return writable ? written : context.fail(writable.error());
    }

private:
    static ExitCode writeText(Context &context, App::ServiceSet &services, const Result<void> &opened,
                              const Result<void> &writable)
    {
        const auto &cache = services.cache().snapshot();
        Table table;
        table.addRow({Text::tr("kind"), identifier(services.store().kind())});
        table.addRow({Text::tr("place"), services.store().name()});
        table.addRow({Text::tr("readable"), opened ? Text::tr("yes") : Text::tr("no")});
        table.addRow({Text::tr("writable"), writable ? Text::tr("yes") : Text::tr("no")});
        if (opened) {
            table.addRow({Text::tr("accounts"), QString::number(cache.accounts().size())});
            table.addRow({Text::tr("access tokens"), QString::number(cache.accessTokens().size())});
            table.addRow({Text::tr("refresh tokens"), QString::number(cache.refreshTokens().size())});
            table.addRow({Text::tr("client secrets"), QString::number(cache.clientsWithSecret().size())});
        }
        if (const auto warning = services.cache().lastWarning(); !warning.isEmpty())
            table.addRow({Text::tr("mended"), warning});
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }
};

class TestVerb final : public StoreWord
{
public:
    TestVerb() : StoreWord(u"test"_s, Text::tr("Read the store and try whether it could be written")) { }
    QString description() const override
    {
        return Text::tr("Changes nothing. Exit 30 when it is locked, 31 when it is missing or cannot be written.");
    }

protected:
    ExitCode act(Context &context, App::ServiceSet &services) override
    {
        if (const auto opened = openStore(context, services); !opened)
            return context.fail(opened.error());
        const auto writable = probe(context, services);
        if (!writable)
            return context.fail(writable.error());
        if (context.global().isJson())
            return writeState(context, services, {}, writable);
        context.hint(Text::tr("%1 can be read and written.").arg(harmless(services.store().name())));
        return ExitCode::Done;
    }
};

class MigrateVerb final : public StoreWord
{
public:
    MigrateVerb() : StoreWord(u"migrate"_s, Text::tr("Move everything to another, empty store")) { }
    QString description() const override
    {
        return Text::tr("The old store is cleared only after the new one gave back every byte. To use the new one from "
                        "then on:\ncountersign config set store STORE");
    }
    QStringList examples() const override { return {u"countersign store migrate --to file:"_s}; }
    void addOptions(OptionSet &options) override
    {
        options.text("--to", m_target, Text::tr("The new store: keychain, file:PATH or msal:PATH"));
    }

protected:
    ExitCode act(Context &context, App::ServiceSet &services) override
    {
        const auto target = App::StoreChoice::parse(m_target);
        if (m_target.isEmpty() || !target || target->kind == TokenStore::Kind::Memory)
            return context.fail(
                wrongUsage(Text::tr("--to needs a store that lasts: keychain, file:PATH or msal:PATH.")));
        auto other = context.servicesWith(m_target);
        if (!other)
            return context.fail(other.error());
        if ((*other)->store().id() == services.store().id() && (*other)->store().folder() == services.store().folder())
            return context.fail(wrongUsage(Text::tr("That is the store that is used already.")));
        if (target->kind == TokenStore::Kind::MsalFile) {
            if (const auto opened = openStore(context, services); !opened)
                return context.fail(opened.error());
            if (!services.cache().snapshot().clientsWithSecret().isEmpty())
                return context.fail(App::plainFileRefusal());
        }
        const auto moved = awaitStore(context, [&](QObject *listener, auto handler) {
            migrateStore(services.store(), (*other)->store(), listener, handler);
        });
        if (!moved)
            return context.fail(moved.error());
        Change change{.what = u"store"_s, .name = target->fromAnywhere().toString(), .action = u"moved"_s};
        change.warnings = stillOld(context, target->fromAnywhere());
        return tellChange(context, change,
                          Text::tr("Everything is in %1 now.").arg(harmless((*other)->store().name())));
    }

private:
    //! What goes on naming another store than \p target, and how that is changed.
    static QList<std::pair<QString, QString>> stillOld(Context &context, const App::StoreChoice &target)
    {
        const auto isOther = [&target](const QString &store) {
            const auto choice = App::StoreChoice::parse(store);
            return !choice || choice->fromAnywhere() != target;
        };
        QList<std::pair<QString, QString>> warnings;
        if (const auto variable = qEnvironmentVariable("COUNTERSIGN_STORE"); !variable.isEmpty() && isOther(variable))
            warnings.append({u"variable_names_other_store"_s,
                             Text::tr("COUNTERSIGN_STORE still names %1, and goes before the settings: change it where "
                                      "it is set.")
                                 .arg(variable)});
        const auto settings = context.settings();
        if (const auto store = settings ? (*settings)->value(u"store"_s) : QString(); isOther(store))
            warnings.append(
                {u"setting_names_other_store"_s,
                 Text::tr("The settings still name %1. To use the new store from now on: countersign config "
                          "set store %2")
                     .arg(store.isEmpty() ? u"keychain"_s : store, shellQuoted(target.toString()))});
        return warnings;
    }

    QString m_target;
};

class ExportVerb final : public StoreWord
{
public:
    ExportVerb() : StoreWord(u"export"_s, Text::tr("Copy everything into a new file, sealed with a passphrase")) { }
    QString description() const override
    {
        return Text::tr("The copy is a store like another: --store file:FILE reads it. The passphrase comes from\n"
                        "--secret-stdin, --secret-fd or --secret-env; a person is asked. A refresh token that is "
                        "used\nhere may be dead there: providers replace them.");
    }
    QStringList examples() const override
    {
        return {u"countersign store export --encrypted backup.sealed"_s,
                u"countersign accounts --store file:backup.sealed"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.file("FILE", m_path, Text::tr("The file to write; there must be none yet"));
        options.flag("--encrypted", m_isEncrypted, Text::tr("Seal it: there is no other way, so say it"));
    }

protected:
    ExitCode act(Context &context, App::ServiceSet &services) override
    {
        if (m_path.isEmpty())
            return context.fail(wrongUsage(Text::tr("'store export' needs the name of a file.")));
        if (!m_isEncrypted)
            return context.fail(
                wrongUsage(Text::tr("Tokens leave the store only sealed with a passphrase. Add --encrypted.")));
        const QFileInfo file(m_path);
        if (file.exists() || file.isSymLink())
            return context.fail(wrongUsage(Text::tr("'%1' is there already.").arg(m_path)));
        if (const auto opened = openStore(context, services); !opened)
            return context.fail(opened.error());
        auto other = context.servicesWith(u"file:"_s + file.absoluteFilePath());
        if (!other)
            return context.fail(other.error());
        const auto saved = awaitStore(context, [&](QObject *listener, auto handler) {
            (*other)->store().save({services.cache().serialize(), 1}, listener, handler);
        });
        if (!saved)
            return context.fail(saved.error());
        const QString copy = u"file:"_s + file.absoluteFilePath();
        return tellChange(context, {.what = u"store"_s, .name = copy, .action = u"copied"_s},
                          Text::tr("A sealed copy is in '%1'. To look into it: countersign accounts --store %2")
                              .arg(harmless(m_path), shellQuoted(copy) + secretFlags(context.global())));
    }

private:
    QString m_path;
    bool m_isEncrypted = false;
};

class WipeVerb final : public StoreWord
{
public:
    WipeVerb() : StoreWord(u"wipe"_s, Text::tr("Forget every account and token of the store")) { }
    QString description() const override
    {
        return Text::tr("Nothing is revoked at any provider: 'countersign logout --all --revoke' does that first.");
    }
    void addOptions(OptionSet &options) override
    {
        options.flag("--yes", m_isSure, Text::tr("Do not ask whether it is meant"));
    }

protected:
    ExitCode act(Context &context, App::ServiceSet &services) override
    {
        if (!m_isSure) {
            const auto nobody = wrongUsage(Text::tr("'store wipe' wants --yes where nobody can be asked."));
            if (context.global().noInteraction)
                return context.fail(nobody);
            Terminal terminal;
            const auto answer = context.ask(
                terminal, Text::tr("Forget everything in %1? Type yes: ").arg(harmless(services.store().name())),
                false);
            if (!answer)
                return context.fail(answer.error().code() == ErrorCode::InteractionRequired ? nobody : answer.error());
            if (answer->reveal() != "yes")
                return context.fail(
                    Error{ErrorCode::Cancelled, ErrorCause::WindowClosed, Text::tr("Nothing was forgotten.")});
        }
        const auto cleared = awaitStore(context, [&services](QObject *listener, auto handler) {
            App::wipeStore(services.cache(), listener, handler);
        });
        if (!cleared)
            return context.fail(cleared.error());
        return tellChange(context, {.what = u"store"_s, .name = services.store().name(), .action = u"emptied"_s},
                          Text::tr("%1 is empty now.").arg(harmless(services.store().name())));
    }

private:
    bool m_isSure = false;
};

//! Without a word after it, it says how things are.
class StoreVerb final : public Verb
{
public:
    StoreVerb() : Verb(u"store"_s, Text::tr("Look at the place where tokens live; test, move, copy or empty it"))
    {
        addChild(std::make_unique<StatusVerb>());
        addChild(std::make_unique<TestVerb>());
        addChild(makeStoreInspectVerb());
        addChild(std::make_unique<MigrateVerb>());
        addChild(std::make_unique<ExportVerb>());
        addChild(std::make_unique<WipeVerb>());
    }
    QStringList examples() const override
    {
        return {u"countersign store"_s, u"countersign store migrate --to file:"_s,
                u"countersign store wipe --store msal:old.json"_s};
    }
    ExitCode run(Context &context) override { return StatusVerb().run(context); }
};

} // namespace

std::unique_ptr<Verb> makeStoreVerb()
{
    return std::make_unique<StoreVerb>();
}

} // namespace Countersign::Cli
