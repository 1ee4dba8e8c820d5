// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/accountbook.h>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

QString keyOf(const AccountId &account)
{
    return account.homeAccountId.value + u'@' + account.environment.value;
}

} // namespace

QString AccountBook::defaultPath()
{
    return configurationPath(u"accounts.json"_s, "COUNTERSIGN_ACCOUNTS");
}

Result<void> AccountBook::load()
{
    auto content = m_file.read();
    if (!content)
        return content.error();
    m_content = *std::move(content);
    return {};
}

QString AccountBook::nameOf(const AccountId &account) const
{
    return m_content.value("names"_L1).toObject().value(keyOf(account)).toString();
}

bool AccountBook::isDefault(const AccountId &account) const
{
    const auto marked = m_content.value("defaults"_L1).toObject().value(account.environment.value).toString();
    return !account.isEmpty() && marked == account.homeAccountId.value;
}

Result<void> AccountBook::rename(const AccountId &account, const QString &name)
{
    return change([&account, &name](QJsonObject &names, QJsonObject &) {
        if (name.isEmpty())
            names.remove(keyOf(account));
        else
            names.insert(keyOf(account), name);
    });
}

Result<void> AccountBook::setDefault(const AccountId &account)
{
    return change([&account](QJsonObject &, QJsonObject &defaults) {
        defaults.insert(account.environment.value, account.homeAccountId.value);
    });
}

Result<void> AccountBook::forget(const AccountId &account)
{
    if (nameOf(account).isEmpty() && !isDefault(account))
        return {};
    return change([&account](QJsonObject &names, QJsonObject &defaults) {
        names.remove(keyOf(account));
        if (defaults.value(account.environment.value).toString() == account.homeAccountId.value)
            defaults.remove(account.environment.value);
    });
}

Result<void> AccountBook::change(const std::function<void(QJsonObject &names, QJsonObject &defaults)> &change)
{
    return m_file.change([this, &change](QJsonObject &content) -> Result<void> {
        auto names = content.value("names"_L1).toObject();
        auto defaults = content.value("defaults"_L1).toObject();
        change(names, defaults);
        content.insert("names"_L1, names);
        content.insert("defaults"_L1, defaults);
        m_content = content;
        return {};
    });
}

} // namespace Countersign::App
