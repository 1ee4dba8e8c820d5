// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/presets.h>

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

// A static library's resources are not there unless somebody names them, outside of any namespace.
static void initializePresets()
{
    Q_INIT_RESOURCE(countersign_client);
}

namespace Countersign {

namespace {

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    const auto items = value.toArray();
    for (const auto item : items)
        list.append(item.toString());
    return list;
}

PresetField fieldFrom(const QJsonObject &json)
{
    return {json.value("id"_L1).toString(), LocalizedText::fromJson(json.value("label"_L1)),
            json.value("example"_L1).toString(), json.value("default"_L1).toString(),
            json.value("required"_L1).toBool(true)};
}

ProviderPreset presetFrom(const QJsonObject &json)
{
    ProviderPreset preset;
    preset.id = json.value("id"_L1).toString();
    preset.name = json.value("name"_L1).toString();
    preset.kind = json.value("kind"_L1).toString() == "entra"_L1 ? Profile::Kind::Entra : Profile::Kind::Oidc;
    preset.issuerTemplate = json.value("issuer"_L1).toString();
    preset.scopes = texts(json.value("scopes"_L1));
    preset.capabilities = texts(json.value("capabilities"_L1));
    preset.isOpenId = json.value("openid"_L1).toBool(true);
    preset.wantsRefreshToken = json.value("refresh_token"_L1).toBool(true);
    preset.redirectUri = json.value("redirect_uri"_L1).toString();
    preset.console = QUrl(json.value("console"_L1).toString());
    const auto fields = json.value("fields"_L1).toArray();
    for (const auto field : fields)
        preset.fields.append(fieldFrom(field.toObject()));
    const auto extra = json.value("extra_parameters"_L1).toObject();
    for (auto it = extra.begin(); it != extra.end(); ++it)
        preset.extra.append({it.key(), it.value().toString()});
    const auto knows = json.value("knows"_L1).toArray();
    for (const auto fact : knows)
        preset.knows.append(LocalizedText::fromJson(fact));
    return preset;
}

QList<ProviderPreset> readPresets()
{
    initializePresets();
    QFile file(u":/countersign/presets.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<ProviderPreset> presets;
    const auto items = QJsonDocument::fromJson(file.readAll()).object().value("presets"_L1).toArray();
    for (const auto item : items)
        presets.append(presetFrom(item.toObject()));
    return presets;
}

//! An address where only a host was asked for is no mistake worth a refusal.
QString withoutScheme(QString value)
{
    if (value.startsWith("https://"_L1))
        value.remove(0, 8);
    while (value.endsWith(u'/'))
        value.chop(1);
    return value;
}

} // namespace

LocalizedText LocalizedText::fromJson(const QJsonValue &value)
{
    LocalizedText text;
    const auto object = value.toObject();
    text.m_texts.reserve(object.size());
    for (auto it = object.begin(); it != object.end(); ++it)
        text.m_texts.append({it.key(), it.value().toString()});
    return text;
}

QString LocalizedText::value(QStringView language) const
{
    const auto found = std::find_if(m_texts.cbegin(), m_texts.cend(),
                                    [language](const Text &each) { return each.language == language; });
    return found != m_texts.cend() ? found->text : QString();
}

QString LocalizedText::in(const QLocale &locale) const
{
    const auto language = locale.name().section(u'_', 0, 0);
    const bool isThere = std::any_of(m_texts.cbegin(), m_texts.cend(),
                                     [&language](const Text &each) { return each.language == language; });
    return value(isThere ? language : u"en"_s);
}

Result<Profile> ProviderPreset::profile(const QHash<QString, QString> &values) const
{
    for (const auto &field : fields) {
        if (field.isRequired && field.fallback.isEmpty() && values.value(field.id).trimmed().isEmpty())
            return Error{ErrorCode::InvalidArgument, u"\"%1\" is missing."_s.arg(field.id)};
    }
    auto made = draft(values);
    if (const auto authority = made.authority(); !authority)
        return authority.error();
    return made;
}

Profile ProviderPreset::draft(const QHash<QString, QString> &values) const
{
    Profile profile;
    profile.name = name;
    profile.kind = kind;
    profile.issuer = issuerTemplate;
    profile.scopes = ScopeSet(scopes);
    profile.capabilities = capabilities;
    profile.extra = extra;
    profile.isOpenId = isOpenId;
    profile.wantsRefreshToken = wantsRefreshToken;
    for (const auto &field : fields) {
        auto value = values.value(field.id).trimmed();
        if (value.isEmpty())
            value = field.fallback;
        if (field.id == "client_id"_L1)
            profile.clientId = value;
        else if (field.id == "audience"_L1)
            profile.audience = value;
        else if (field.id == "issuer"_L1)
            profile.issuer = value;
        else if (!value.isEmpty())
            profile.issuer.replace(u'{' + field.id + u'}', withoutScheme(value));
    }
    // An issuer with a hole in it is none.
    if (profile.issuer.contains(u'{'))
        profile.issuer.clear();
    return profile;
}

const QList<ProviderPreset> &providerPresets()
{
    static const auto presets = readPresets();
    return presets;
}

const ProviderPreset *findPreset(QStringView id)
{
    const auto &presets = providerPresets();
    const auto found =
        std::find_if(presets.begin(), presets.end(), [id](const ProviderPreset &preset) { return preset.id == id; });
    return found == presets.end() ? nullptr : &*found;
}

const ProviderPreset *presetForIssuer(const QString &issuer)
{
    const QUrl url(issuer);
    const auto host = url.host();
    if (host == "accounts.google.com"_L1)
        return findPreset(u"google");
    if (host.endsWith(".auth0.com"_L1))
        return findPreset(u"auth0");
    if (host.endsWith(".okta.com"_L1) || host.endsWith(".oktapreview.com"_L1))
        return findPreset(u"okta");
    if (host == "gitlab.com"_L1 || host.startsWith("gitlab."_L1))
        return findPreset(u"gitlab");
    if (url.path().contains("/realms/"_L1))
        return findPreset(u"keycloak");
    const auto authority = Authority::parse(issuer);
    if (authority && authority->isMicrosoft())
        return host.startsWith("login."_L1) ? findPreset(u"entra") : nullptr;
    return nullptr;
}

} // namespace Countersign
