// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/usersettings.h>

#include <common/storechoice.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

Result<void> check(const QString &name, const QString &value)
{
    if (name == "store"_L1) {
        if (const auto choice = StoreChoice::parse(value); !choice)
            return choice.error();
    }
    static const QStringList ways{u"auto"_s, u"browser"_s, u"embedded"_s, u"device"_s};
    if (name == "via"_L1 && !ways.contains(value))
        return Error{ErrorCode::InvalidArgument, u"via is one of %1."_s.arg(ways.join(u", "_s))};
    return {};
}

} // namespace

const QList<UserSettings::Key> &UserSettings::keys()
{
    static const QList<Key> table{
        {u"store"_s, u"Where tokens live: keychain, memory, file:PATH or msal:PATH"_s, u"COUNTERSIGN_STORE"_s},
        {u"proxy"_s, u"Proxy: http://host:port, socks5://host:port or none"_s, u"COUNTERSIGN_PROXY"_s},
        {u"ca_file"_s, u"PEM file with certificate authorities to trust besides the system's"_s,
         u"COUNTERSIGN_CA_FILE"_s},
        {u"browser"_s, u"Program that gets the address of a sign-in as its last argument"_s, u"BROWSER"_s},
        {u"via"_s, u"How to sign in where a profile does not say: auto, browser, embedded or device"_s, {}},
    };
    return table;
}

QString UserSettings::defaultPath()
{
    return configurationPath(u"settings.json"_s, "COUNTERSIGN_SETTINGS");
}

Result<void> UserSettings::load()
{
    auto values = m_file.read();
    if (!values)
        return values.error();
    for (const auto &key : keys()) {
        const auto value = values->value(key.name);
        if (!value.isUndefined() && !value.isString())
            return Error{ErrorCode::InvalidArgument, u"%1: \"%2\" must be a text."_s.arg(path(), key.name)};
        if (const auto checked = check(key.name, value.toString()); !value.isUndefined() && !checked)
            return Error{ErrorCode::InvalidArgument, u"%1: %2"_s.arg(path(), checked.error().message())};
    }
    m_values = *std::move(values);
    return {};
}

Result<void> UserSettings::set(const QString &name, const QString &value)
{
    const auto known = std::any_of(keys().begin(), keys().end(), [&name](const Key &key) { return key.name == name; });
    if (!known) {
        QStringList names;
        for (const auto &key : keys())
            names.append(key.name);
        return Error{ErrorCode::InvalidArgument,
                     u"There is no setting '%1'. There are: %2."_s.arg(name, names.join(u", "_s))};
    }
    if (!value.isEmpty()) {
        if (const auto checked = check(name, value); !checked)
            return checked;
    }
    return m_file.change([this, &name, &value](QJsonObject &values) -> Result<void> {
        if (value.isEmpty())
            values.remove(name);
        else
            values.insert(name, value);
        m_values = values;
        return {};
    });
}

} // namespace Countersign::App
