// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "storeinspect.h"

#include "../session.h"
#include "../table.h"
#include "../text.h"
#include "../words.h"

#include <countersign/cache/cacheinventory.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/storage/foreigncache.h>

#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

void writeOptional(Jose::JsonWriter &json, const char *name, const QString &text)
{
    if (text.isEmpty())
        json.name(name).null();
    else
        json.string(name, text);
}

void writeEntry(Jose::JsonWriter &json, const CacheRow &row, const QDateTime &at)
{
    json.beginObject().string("kind", identifier(row.kind)).string("state", identifier(row.state));
    json.string("key", row.key);
    writeOptional(json, "username", row.username);
    writeOptional(json, "account_id", row.account.homeAccountId.value);
    writeOptional(json, "home", homeOf(row.account.environment));
    writeOptional(json, "client_id", row.clientId.value);
    writeOptional(json, "realm", row.realm);
    json.strings("scopes", row.scopes.sorted());
    writeOptional(json, "family_id", row.familyId);
    if (row.expiresAt.isValid())
        json.integer("expires_on", row.expiresAt.toSecsSinceEpoch());
    else
        json.name("expires_on").null();
    json.integer("secret_bytes", row.secretSize).string("explanation", describe(row, at)).endObject();
}

//! A cache that another program keeps: looked at, never written, and no secret of it shown.
class StoreInspectVerb final : public Verb
{
public:
    StoreInspectVerb()
        : Verb(u"inspect"_s, Text::tr("List what another program's MSAL cache holds, without its secrets"))
    {
    }
    QString description() const override
    {
        return Text::tr("Reads the plain JSON that MSAL Python, MSAL Node and the Azure tools keep, for example\n"
                        "~/.azure/msal_token_cache.json. Nothing is written to it. With -o json everything but the "
                        "secrets,\nto be passed on: names of accounts are in it.");
    }
    QStringList examples() const override
    {
        return {u"countersign store inspect ~/.azure/msal_token_cache.json"_s,
                u"countersign store inspect cache.json --explain"_s,
                u"countersign store inspect cache.json -o json > report.json"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.file("FILE", m_path, Text::tr("The cache's file"));
        options.flag("--explain", m_isExplained, Text::tr("Say of each entry in a sentence what it is good for"));
    }

    ExitCode run(Context &context) override
    {
        if (m_path.isEmpty())
            return context.fail(wrongUsage(Text::tr("'store inspect' needs the cache's file.")));
        // A pipe or a device would be waited for.
        if (!QFileInfo::exists(m_path))
            return context.fail(wrongUsage(Text::tr("There is no file '%1'.").arg(m_path)));
        if (!QFileInfo(m_path).isFile())
            return context.fail(wrongUsage(Text::tr("'%1' is no file.").arg(m_path)));
        const auto foreign = ForeignCache::open(m_path);
        // It is input and no store of ours: whatever is wrong with it, another file has to be named.
        if (!foreign)
            return context.fail(foreign.error(), ExitCode::WrongUsage, {});
        const auto rows = inventoryOf(foreign->cache(), context.now());
        return context.global().isJson() ? writeJson(context, rows) : writeText(context, rows);
    }

private:
    ExitCode writeText(Context &context, const QList<CacheRow> &rows) const
    {
        Table table;
        for (const auto &row : rows) {
            if (m_isExplained)
                table.addRow({identifier(row.kind), describe(row, context.now())});
            else
                table.addRow({identifier(row.kind), identifier(row.state), elided(row.username),
                              homeOf(row.account.environment), row.clientId.value, row.scopes.toString()});
        }
        context.write(table.toText().toUtf8());
        context.hint(Text::tr("%1 entries; nothing was changed.").arg(rows.size()));
        return ExitCode::Done;
    }

    ExitCode writeJson(Context &context, const QList<CacheRow> &rows) const
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.foreign-cache/1"_s).string("path", m_path);
        json.name("entries").beginArray();
        for (const auto &row : rows)
            writeEntry(json, row, context.now());
        json.endArray().endObject();
        return context.writeJson(json.view(), "entries");
    }

    QString m_path;
    bool m_isExplained = false;
};

} // namespace

std::unique_ptr<Verb> makeStoreInspectVerb()
{
    return std::make_unique<StoreInspectVerb>();
}

} // namespace Countersign::Cli
