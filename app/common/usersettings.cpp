// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/usersettings.h>

#include <common/serviceset.h>

#include <QtCore/QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

constexpr int shortestTimeout = 5; // seconds
constexpr int longestTimeout = 300;
constexpr int longestHistory = 3650; // days

Error wrong(const QString &message)
{
    return Error{ErrorCode::InvalidArgument, message};
}

Result<void> checkNumber(const QString &name, const QString &value, int least, int most)
{
    bool isNumber = false;
    const auto number = value.toInt(&isNumber);
    if (isNumber && number >= least && number <= most)
        return {};
    return wrong(u"%1 is a whole number from %2 to %3."_s.arg(name).arg(least).arg(most));
}

Result<void> checkWord(const QString &name, const QString &value, const QStringList &allowed)
{
    if (allowed.contains(value))
        return {};
    return wrong(u"%1 is one of %2."_s.arg(name, allowed.join(u", "_s)));
}

//! Whether both say the same, however they are written.
bool isSame(const QString &name, const QString &one, const QString &other)
{
    if (name == "ca_file"_L1)
        return QDir::cleanPath(QDir().absoluteFilePath(one)) == QDir::cleanPath(other);
    if (name != "store"_L1)
        return one == other;
    const auto first = StoreChoice::parse(one);
    const auto second = StoreChoice::parse(other);
    return first && second && first->fromAnywhere() == second->fromAnywhere();
}

//! "8400" or "8400-8409".
std::optional<std::pair<int, int>> rangeOf(QStringView text)
{
    constexpr int lowest = 1024; // those below belong to the system
    constexpr int highest = 65535;
    const auto dash = text.indexOf(u'-');
    bool hasFirst = false;
    bool hasLast = false;
    const int first = text.first(dash < 0 ? text.size() : dash).trimmed().toInt(&hasFirst);
    const int last = dash < 0 ? first : text.sliced(dash + 1).trimmed().toInt(&hasLast);
    if (!hasFirst || (dash >= 0 && !hasLast) || first < lowest || last > highest || first > last)
        return std::nullopt;
    return std::pair(first, last);
}

} // namespace

const QList<UserSettings::Key> &UserSettings::keys()
{
    static const QList<Key> table{
        {u"store"_s, u"Where tokens live: keychain, memory, file:PATH or msal:PATH"_s, u"COUNTERSIGN_STORE"_s,
         u"keychain"_s},
        {u"proxy"_s, u"Proxy: http://host:port, socks5://host:port or none"_s, u"COUNTERSIGN_PROXY"_s},
        {u"ca_file"_s, u"PEM file with certificate authorities to trust besides the system's"_s,
         u"COUNTERSIGN_CA_FILE"_s},
        {u"browser"_s,
         u"Program that gets the address of a sign-in as its last argument"_s,
         u"BROWSER"_s,
         {},
         {},
         false},
        {u"via"_s,
         u"How to sign in where a profile does not say: auto, browser, embedded or device"_s,
         {},
         u"auto"_s,
         {u"auto"_s, u"browser"_s, u"embedded"_s, u"device"_s},
         false},
        {u"embedded_session"_s,
         u"What the desktop's own sign-in window does with the provider's cookies: forget, or keep"_s,
         {},
         u"forget"_s,
         {u"forget"_s, u"keep"_s}},
        {u"ports"_s,
         u"Ports of this computer that a browser may come back to, for example 8400-8409"_s,
         {},
         {},
         {},
         false},
        {u"request_timeout"_s, u"Seconds that a provider may take for one answer, 5 to 300"_s, {}, u"30"_s},
        {u"offline"_s, u"on: send nothing over the network; off"_s, {}, u"off"_s, {u"on"_s, u"off"_s}},
        {u"history_days"_s, u"Days that the desktop keeps the history of accounts; 0 keeps none"_s, {}},
        {u"without_keychain"_s,
         u"What the desktop does where there is no keychain: ask, or memory"_s,
         {},
         u"ask"_s,
         {u"ask"_s, u"memory"_s}},
    };
    return table;
}

const UserSettings::Key *UserSettings::key(const QString &name)
{
    const auto &all = keys();
    const auto found = std::find_if(all.begin(), all.end(), [&name](const Key &known) { return known.name == name; });
    return found == all.end() ? nullptr : &*found;
}

QString UserSettings::defaultPath()
{
    return configurationPath(u"settings.json"_s, "COUNTERSIGN_SETTINGS");
}

Result<void> UserSettings::load()
{
    auto policy = MachinePolicy::load(m_place);
    if (!policy)
        return policy.error();
    m_policy = *std::move(policy);
    auto values = m_file.read();
    if (!values)
        return values.error();
    for (const auto &key : keys()) {
        const auto value = values->value(key.name);
        if (!value.isUndefined() && !value.isString())
            return Error{ErrorCode::InvalidArgument, u"%1: \"%2\" must be a text."_s.arg(path(), key.name)};
        if (const auto checked = checkSetting(key.name, value.toString()); !value.isUndefined() && !checked)
            return Error{ErrorCode::InvalidArgument, u"%1: %2"_s.arg(path(), checked.error().message())};
    }
    m_values = *std::move(values);
    return {};
}

QString UserSettings::value(const QString &name) const
{
    if (m_policy.isLocked(name))
        return m_policy.lockedValue(name);
    const auto own = m_values.value(name).toString();
    return own.isEmpty() ? m_policy.defaultValue(name) : own;
}

Result<void> UserSettings::set(const QString &name, const QString &value)
{
    if (!key(name)) {
        QStringList names;
        for (const auto &key : keys())
            names.append(key.name);
        return Error{ErrorCode::InvalidArgument,
                     u"There is no setting '%1'. There are: %2."_s.arg(name, names.join(u", "_s))};
    }
    if (m_policy.isLocked(name))
        return m_policy.refusal(name);
    if (!value.isEmpty()) {
        if (const auto checked = checkSetting(name, value); !checked)
            return checked;
        // Not when the file is read: one that holds a wrong address must stay open to being corrected.
        if (const auto usable = name == "proxy"_L1 ? checkProxy(value) : Result<void>(); !usable)
            return usable;
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

Result<void> UserSettings::complete(ServiceSettings &settings) const
{
    if (const auto allowed = checkPolicy(settings); !allowed)
        return allowed;
    const auto take = [this](QString &wanted, const QString &name) {
        if (wanted.isEmpty())
            wanted = value(name);
    };
    take(settings.store, u"store"_s);
    take(settings.proxy, u"proxy"_s);
    take(settings.caFile, u"ca_file"_s);
    take(settings.browserCommand, u"browser"_s);
    if (auto ports = parsePorts(value(u"ports"_s)); ports && settings.ports.isEmpty())
        settings.ports = *std::move(ports);
    if (const auto seconds = value(u"request_timeout"_s).toInt(); seconds > 0 && !settings.requestTimeout)
        settings.requestTimeout = std::chrono::seconds(seconds);
    settings.isOffline = settings.isOffline || isOffline();
    return {};
}

Result<void> UserSettings::checkPolicy(const ServiceSettings &settings) const
{
    const std::pair<QString, QString> said[] = {
        {u"store"_s, settings.store}, {u"proxy"_s, settings.proxy}, {u"ca_file"_s, settings.caFile}};
    for (const auto &[name, wanted] : said) {
        if (m_policy.isLocked(name) && !wanted.isEmpty() && !isSame(name, wanted, m_policy.lockedValue(name)))
            return m_policy.refusal(name);
    }
    const bool isOnlineForced = m_policy.lockedValue(u"offline"_s) == "off"_L1;
    return isOnlineForced && settings.isOffline ? m_policy.refusal(u"offline"_s) : Result<void>();
}

std::optional<std::chrono::days> UserSettings::historyLength() const
{
    const auto stored = value(u"history_days"_s);
    return stored.isEmpty() ? std::nullopt : std::optional(std::chrono::days(stored.toInt()));
}

Result<void> checkSetting(const QString &name, const QString &value)
{
    if (name == "store"_L1) {
        if (const auto choice = StoreChoice::parse(value); !choice)
            return choice.error();
    }
    if (const auto *key = UserSettings::key(name); key && !key->words.isEmpty())
        return checkWord(name, value, key->words);
    if (name == "request_timeout"_L1)
        return checkNumber(name, value, shortestTimeout, longestTimeout);
    if (name == "history_days"_L1)
        return checkNumber(name, value, 0, longestHistory);
    if (name == "ports"_L1) {
        if (const auto ports = parsePorts(value); !ports)
            return ports.error();
    }
    return {};
}

Result<QList<quint16>> parsePorts(const QString &text)
{
    constexpr qsizetype most = 100;
    QList<quint16> ports;
    const auto parts = QStringView(text).split(u',', Qt::SkipEmptyParts);
    for (const auto part : parts) {
        const auto range = rangeOf(part);
        if (!range)
            return wrong(u"'%1' is no range of ports: write for example 8400-8409."_s.arg(part));
        if (range->second - range->first >= most)
            return wrong(u"%1 ports are enough."_s.arg(most));
        for (int port = range->first; port <= range->second; ++port) {
            if (!ports.contains(quint16(port)))
                ports.append(quint16(port));
        }
    }
    if (ports.size() > most)
        return wrong(u"%1 ports are enough."_s.arg(most));
    return ports;
}

} // namespace Countersign::App
