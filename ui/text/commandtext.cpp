// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/commandtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

class Command
{
public:
    explicit Command(const QString &verb) : m_words{u"countersign"_s, verb} { }

    void option(const QString &name, const QString &value)
    {
        if (!value.isEmpty())
            m_words << name << shellWord(value);
    }
    void flag(const QString &name, bool isSet)
    {
        if (isSet)
            m_words << name;
    }
    QString text() const { return m_words.join(u' '); }

private:
    QStringList m_words;
};

} // namespace

QString shellWord(const QString &text)
{
    const auto isPlain = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
            || QStringView(u"-_./:@,+=%").contains(c);
    };
    if (!text.isEmpty() && std::all_of(text.cbegin(), text.cend(), isPlain))
        return text;
    return u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
}

QString signInCommand(const SignInRequest &request, const ProfileEntry &profile)
{
    Command command(u"login"_s);
    command.option(u"--profile"_s, request.profileId);
    switch (request.way) {
    case SignInWay::Browser: command.option(u"--via"_s, u"browser"_s); break;
    case SignInWay::DeviceCode: command.option(u"--via"_s, u"device"_s); break;
    case SignInWay::Embedded: command.option(u"--via"_s, u"embedded"_s); break;
    }
    if (request.scopes != profile.scopes)
        command.option(u"--scope"_s, request.scopes.toString());
    for (const auto &resource : request.resources)
        command.option(u"--resource"_s, resource);
    command.option(u"--login-hint"_s, request.loginHint);
    command.option(u"--domain-hint"_s, request.domainHint);
    command.option(u"--prompt"_s, request.prompts.join(u' '));
    if (request.maxAge)
        command.option(u"--max-age"_s, QString::number(request.maxAge->count()));
    command.option(u"--acr"_s, request.acrValues);
    command.option(u"--claims"_s, request.claims);
    for (const auto &[name, value] : request.extra)
        command.option(u"--parameter"_s, name + u'=' + value);
    if (request.isSessionOnly)
        command.option(u"--store"_s, u"memory"_s);
    return command.text();
}

QString tokenCommand(const TokenRequest &request, const QString &accountName)
{
    Command command(u"token"_s);
    command.option(u"--profile"_s, request.profileId);
    command.option(u"--account"_s, accountName);
    command.option(u"--scope"_s, request.scopes.toString());
    for (const auto &resource : request.resources)
        command.option(u"--resource"_s, resource);
    if (request.minimumLifetime > std::chrono::seconds(0))
        command.option(u"--min-ttl"_s, QString::number(request.minimumLifetime.count()) + u's');
    command.option(u"--claims"_s, request.claims);
    command.flag(u"--force"_s, request.forceRefresh);
    return command.text();
}

QString signOutCommand(const SignOutRequest &request, const QString &accountName)
{
    Command command(u"logout"_s);
    command.option(u"--profile"_s, request.profileId);
    command.option(u"--account"_s, accountName);
    command.flag(u"--revoke"_s, request.revoke);
    command.flag(u"--end-session"_s, request.endSession);
    return command.text();
}

} // namespace Countersign::Desktop
