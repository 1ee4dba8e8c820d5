// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "claimdictionary.h"

#include "datafile.h"

#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

ClaimCategory categoryFrom(const QString &name)
{
    static const QHash<QString, ClaimCategory> names{{u"who"_s, ClaimCategory::Who},
                                                     {u"for_whom"_s, ClaimCategory::ForWhom},
                                                     {u"by_whom"_s, ClaimCategory::ByWhom},
                                                     {u"what"_s, ClaimCategory::What},
                                                     {u"how"_s, ClaimCategory::How},
                                                     {u"when"_s, ClaimCategory::When},
                                                     {u"technical"_s, ClaimCategory::Technical}};
    return names.value(name, ClaimCategory::Unknown);
}

ClaimLevel levelFrom(const QString &name)
{
    static const QHash<QString, ClaimLevel> names{{u"personal"_s, ClaimLevel::Personal},
                                                  {u"internal"_s, ClaimLevel::Internal},
                                                  {u"secret"_s, ClaimLevel::Secret}};
    return names.value(name, ClaimLevel::Public);
}

ClaimEntry entryFrom(const QJsonObject &json)
{
    ClaimEntry entry;
    entry.name = json.value("name"_L1).toString();
    entry.isHeader = json.value("in"_L1).toString() == "header"_L1;
    entry.category = categoryFrom(json.value("category"_L1).toString());
    entry.level = levelFrom(json.value("level"_L1).toString());
    entry.isTime = json.value("type"_L1).toString() == "time"_L1;
    entry.isList = json.value("type"_L1).toString() == "list"_L1;
    entry.provider = json.value("provider"_L1).toString();
    entry.reference = json.value("spec"_L1).toString();
    entry.meaning = LocalizedText::fromJson(json.value("meaning"_L1));
    entry.advice = LocalizedText::fromJson(json.value("advice"_L1));
    const auto values = json.value("values"_L1).toObject();
    for (auto it = values.begin(); it != values.end(); ++it)
        entry.values.insert(it.key(), LocalizedText::fromJson(it.value()));
    return entry;
}

bool fits(const ClaimEntry &entry, QStringView name, bool isHeader, QStringView provider)
{
    if (entry.isHeader != isHeader || (!entry.provider.isEmpty() && entry.provider != provider))
        return false;
    return entry.name.endsWith(u'*') ? name.startsWith(QStringView(entry.name).chopped(1)) : name == entry.name;
}

} // namespace

const ClaimDictionary &ClaimDictionary::builtIn()
{
    static const auto dictionary = [] {
        ClaimDictionary made;
        const auto items = readDataFile(u"claims"_s).value("claims"_L1).toArray();
        for (const auto item : items) {
            made.m_entries.append(entryFrom(item.toObject()));
            const auto &name = made.m_entries.last().name;
            // All patterns lie under one key: there are few.
            made.m_places.insert(name.endsWith(u'*') ? u"*"_s : name, made.m_entries.size() - 1);
        }
        return made;
    }();
    return dictionary;
}

const ClaimEntry *ClaimDictionary::find(QStringView name, bool isHeader, QStringView provider) const
{
    const ClaimEntry *found = nullptr;
    for (const auto &key : {name.toString(), u"*"_s}) {
        for (auto it = m_places.constFind(key); it != m_places.constEnd() && it.key() == key; ++it) {
            const auto &entry = m_entries.at(it.value());
            if (fits(entry, name, isHeader, provider) && (!found || !entry.provider.isEmpty()))
                found = &entry;
        }
        if (found)
            return found;
    }
    return nullptr;
}

QString tokenProvider(const Jose::JsonObject &claims)
{
    const QUrl issuer(claims.string("iss").value_or(QString()));
    const auto host = issuer.host();
    if (host == "sts.windows.net"_L1 || host.startsWith("login.microsoftonline."_L1)
        || host.endsWith(".b2clogin.com"_L1) || host.endsWith(".ciamlogin.com"_L1))
        return u"entra"_s;
    if (host == "accounts.google.com"_L1 || claims.value("iss").isString("accounts.google.com"))
        return u"google"_s;
    if (host == "token.actions.githubusercontent.com"_L1)
        return u"github"_s;
    if (issuer.path().contains("/realms/"_L1) || claims.contains("realm_access") || claims.contains("session_state"))
        return u"keycloak"_s;
    if (host.endsWith(".okta.com"_L1) || host.endsWith(".oktapreview.com"_L1)
        || issuer.path().startsWith("/oauth2/"_L1))
        return u"okta"_s;
    if (host.endsWith(".auth0.com"_L1) || claims.contains("gty"))
        return u"auth0"_s;
    if (host.startsWith("gitlab."_L1) || claims.contains("groups_direct") || claims.contains("project_path"))
        return u"gitlab"_s;
    if (host.startsWith("cognito-idp."_L1))
        return u"cognito"_s;
    return claims.contains("kubernetes.io") ? u"kubernetes"_s : QString();
}

} // namespace Countersign
