// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../changeoutput.h"
#include "../projecttrust.h"
#include "../proxyaddress.h"
#include "../session.h"
#include "../table.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <common/accountbook.h>
#include <common/storechoice.h>
#include <common/usersettings.h>

#include <countersign/client/profile.h>
#include <countersign/jose/jsonwriter.h>

#include <QtCore/QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! A setting as it counts now, and who said it.
struct Effective
{
    QString value;
    QString origin; //!< "environment", "settings", "policy" or "default"
    QString lockedBy; //!< the file of the policy that locks it, or empty
};

//! A proxy's address may carry a password, which is for the proxy and for no eyes.
QString shown(const App::UserSettings::Key &key, const QString &value)
{
    return key.name == "proxy"_L1 ? withoutCredential(value) : value;
}

Effective effective(const App::UserSettings &settings, const App::UserSettings::Key &key)
{
    const auto &policy = settings.policy();
    // A variable that says otherwise is refused wherever it would count.
    if (policy.isLocked(key.name))
        return {shown(key, policy.lockedValue(key.name)), u"policy"_s, policy.path()};
    const auto said = key.variable.isEmpty() ? QString() : qEnvironmentVariable(key.variable.toLatin1().constData());
    const auto saved = settings.value(key.name);
    // The person's own browser setting goes before the desktop's $BROWSER.
    if (!said.isEmpty() && (saved.isEmpty() || key.name != "browser"_L1))
        return {shown(key, said), u"environment"_s, {}};
    if (!saved.isEmpty())
        return {shown(key, saved), settings.isOwn(key.name) ? u"settings"_s : u"policy"_s, {}};
    return {key.fallback, u"default"_s, {}};
}

void writeSetting(Jose::JsonWriter &json, const Effective &now)
{
    json.string("value", now.value).string("origin", now.origin).boolean("locked", !now.lockedBy.isEmpty());
    writeTextOrNull(json, "locked_by", now.lockedBy);
}

QString lockWords(const Effective &now)
{
    return now.lockedBy.isEmpty() ? now.origin : Text::tr("locked by %1").arg(now.lockedBy);
}

class ConfigWord : public Verb
{
public:
    using Verb::Verb;
    ExitCode run(Context &context) override
    {
        App::UserSettings settings;
        // set and unset have to work on a file that cannot be read, too: they say what is wrong with it.
        if (const auto loaded = settings.load(); !loaded)
            return context.fail(loaded.error());
        return act(context, settings);
    }

protected:
    virtual ExitCode act(Context &context, App::UserSettings &settings) = 0;
};

class ListVerb final : public ConfigWord
{
public:
    ListVerb() : ConfigWord(u"list"_s, Text::tr("List the settings, as they count now and who said so")) { }

protected:
    ExitCode act(Context &context, App::UserSettings &settings) override
    {
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.config/1"_s).string("path", settings.path());
            json.name("settings").beginObject();
            for (const auto &key : App::UserSettings::keys()) {
                const auto now = effective(settings, key);
                json.name(key.name.toLatin1()).beginObject();
                writeSetting(json, now);
                json.endObject();
            }
            json.endObject().endObject();
            return context.writeJson(json.view());
        }
        Table table;
        for (const auto &key : App::UserSettings::keys()) {
            const auto now = effective(settings, key);
            table.addRow({key.name, now.value.isEmpty() ? u"-"_s : now.value, lockWords(now), key.help});
        }
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }
};

//! Errors: wrong usage naming the nearest setting.
Result<void> checkName(const QString &name)
{
    QStringList names;
    for (const auto &key : App::UserSettings::keys())
        names.append(key.name);
    return names.contains(name) ? Result<void>() : wrongUsage(notOneOf(name, names));
}

//! The words of which the setting takes one; none: it takes other values.
QStringList wordsOf(const QString &name)
{
    const auto &keys = App::UserSettings::keys();
    const auto key = std::find_if(keys.begin(), keys.end(), [&name](const auto &known) { return known.name == name; });
    return key == keys.end() ? QStringList() : key->words;
}

//! How the setting counts after a change: what was set may not be what counts.
QString wordsFor(const App::UserSettings &settings, const QString &name)
{
    const auto &keys = App::UserSettings::keys();
    const auto key = std::find_if(keys.begin(), keys.end(), [&name](const auto &known) { return known.name == name; });
    if (key == keys.end())
        return {};
    const auto now = effective(settings, *key);
    if (now.origin == "environment"_L1)
        return Text::tr("Saved, but %1 goes before it: '%2' is '%3'.").arg(key->variable, name, harmless(now.value));
    auto words = now.value.isEmpty() ? Text::tr("'%1' is not set from now on.").arg(name)
                                     : Text::tr("'%1' is '%2' from now on.").arg(name, harmless(now.value));
    if (name == "store"_L1 && now.value.startsWith("file"_L1))
        words += u' '
            + Text::tr("Its passphrase is asked for at a terminal; a script names the variable of the environment that "
                       "holds it: --secret-env NAME");
    return words;
}

class GetVerb final : public ConfigWord
{
public:
    GetVerb() : ConfigWord(u"get"_s, Text::tr("Print one setting as it counts now")) { }
    void addOptions(OptionSet &options) override { options.text("NAME", m_name, Text::tr("The setting")); }

protected:
    ExitCode act(Context &context, App::UserSettings &settings) override
    {
        QStringList names;
        for (const auto &key : App::UserSettings::keys()) {
            if (key.name == m_name)
                return write(context, key.name, effective(settings, key));
            names.append(key.name);
        }
        if (m_name.isEmpty())
            return context.fail(wrongUsage(Text::tr("Name one of the settings: %1.").arg(names.join(u", "_s))));
        return context.fail(wrongUsage(notOneOf(m_name, names)));
    }

private:
    static ExitCode write(Context &context, const QString &name, const Effective &now)
    {
        if (!context.global().isJson()) {
            context.write(QString(now.value + u'\n').toUtf8());
            if (!now.lockedBy.isEmpty())
                context.hint(Text::tr("'%1' is locked by the policy of this computer, %2.").arg(name, now.lockedBy));
            return ExitCode::Done;
        }
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.setting/1"_s).string("name", name);
        writeSetting(json, now);
        json.endObject();
        return context.writeJson(json.view());
    }

    QString m_name;
};

class SetVerb final : public ConfigWord
{
public:
    SetVerb() : ConfigWord(u"set"_s, Text::tr("Set one for every program of Countersign")) { }
    void addOptions(OptionSet &options) override
    {
        options.text("NAME", m_name, Text::tr("The setting"));
        options.text("VALUE", m_value, Text::tr("Its value"));
    }

protected:
    ExitCode act(Context &context, App::UserSettings &settings) override
    {
        if (m_value.isEmpty())
            return context.fail(wrongUsage(Text::tr("'config set' needs a name and a value.")));
        if (m_name == "proxy"_L1 && holdsPassword(m_value))
            return context.fail(passwordInArguments(true));
        if (const auto known = checkName(m_name); !known)
            return context.fail(known.error());
        if (const auto &words = wordsOf(m_name); !words.isEmpty() && !words.contains(m_value))
            return context.fail(wrongUsage(notOneOf(m_value, words)));
        auto written = settings.set(m_name, lastingValue());
        // Whatever else was wrong, the value is what can be mended.
        if (!written && written.error().cause() == ErrorCause::ProxyFailed)
            written = Error(written.error()).withPrefix(u"'%1'"_s.arg(withoutCredential(m_value)));
        return tellChange(context, written,
                          {.what = u"setting"_s, .name = m_name, .action = u"set"_s, .value = settings.value(m_name)},
                          wordsFor(settings, m_name));
    }

private:
    //! The value, which is read from other folders than this.
    QString lastingValue() const
    {
        if (m_name == "ca_file"_L1)
            return QDir::current().absoluteFilePath(m_value);
        const auto store = App::StoreChoice::parse(m_value);
        return m_name == "store"_L1 && store && !store->path.isEmpty() ? store->fromAnywhere().toString() : m_value;
    }

    QString m_name;
    QString m_value;
};

class UnsetVerb final : public ConfigWord
{
public:
    UnsetVerb() : ConfigWord(u"unset"_s, Text::tr("Take a setting back")) { }
    void addOptions(OptionSet &options) override { options.text("NAME", m_name, Text::tr("The setting")); }

protected:
    ExitCode act(Context &context, App::UserSettings &settings) override
    {
        if (m_name.isEmpty())
            return context.fail(
                wrongUsage(Text::tr("Name the setting to take back; 'countersign config' lists them.")));
        if (const auto known = checkName(m_name); !known)
            return context.fail(known.error());
        const auto written = settings.set(m_name, {});
        return tellChange(context, written, {.what = u"setting"_s, .name = m_name, .action = u"unset"_s},
                          wordsFor(settings, m_name));
    }

private:
    QString m_name;
};

class PathVerb final : public ConfigWord
{
public:
    PathVerb() : ConfigWord(u"path"_s, Text::tr("Print where settings, profiles and account names are kept")) { }

protected:
    ExitCode act(Context &context, App::UserSettings &settings) override
    {
        const std::pair<QString, QString> paths[] = {{u"settings"_s, settings.path()},
                                                     {u"profiles"_s, ProfileStore::defaultPath()},
                                                     {u"accounts"_s, App::AccountBook::defaultPath()},
                                                     {u"trusted"_s, ProjectTrust::defaultPath()},
                                                     {u"policy"_s, App::policyPlaceOfMachine().path}};
        Table table;
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.config-paths/1"_s);
        for (const auto &[name, path] : paths) {
            table.addRow({name, path});
            json.string(name.toLatin1(), path);
        }
        json.endObject();
        if (context.global().isJson())
            return context.writeJson(json.view());
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }
};

//! Without a word after it, it lists.
class ConfigVerb final : public Verb
{
public:
    ConfigVerb() : Verb(u"config"_s, Text::tr("See and change the settings of Countersign's programs"))
    {
        addChild(std::make_unique<ListVerb>());
        addChild(std::make_unique<GetVerb>());
        addChild(std::make_unique<SetVerb>());
        addChild(std::make_unique<UnsetVerb>());
        addChild(std::make_unique<PathVerb>());
    }
    QString description() const override
    {
        return Text::tr("A flag goes before the environment, the environment before a setting, a setting before the "
                        "default.\nWhat the policy of this computer locks goes before them all: exit 60 for what says "
                        "otherwise.");
    }
    QStringList examples() const override
    {
        return {u"countersign config"_s, u"countersign config set via embedded"_s,
                u"countersign config set proxy http://proxy.example.com:8080"_s};
    }
    ExitCode run(Context &context) override { return ListVerb().run(context); }
};

} // namespace

std::unique_ptr<Verb> makeConfigVerb()
{
    return std::make_unique<ConfigVerb>();
}

} // namespace Countersign::Cli
