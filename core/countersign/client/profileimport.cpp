// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/profileimport.h>

#include <countersign/client/presets.h>
#include <countersign/client/profileimportparts.h>
#include <countersign/protocol/scopes.h>

#include <QtCore/QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

QList<ImportedProfile> importWhatLooksLikeJson(QByteArrayView text)
{
    // A script around the object, as in "const msalConfig = {…};", is no reason to refuse it.
    const auto first = text.indexOf('{');
    const auto last = text.lastIndexOf('}');
    if (first < 0 || last <= first)
        return {};
    const auto json = Jose::readJsonLeniently(text.sliced(first, last - first + 1).toByteArray(), {});
    const auto root = json.root.object();
    return root ? importJson(*root) : QList<ImportedProfile>();
}

bool isAddress(QByteArrayView text)
{
    return (text.startsWith("https://") || text.startsWith("http://"))
        && std::none_of(text.begin(), text.end(), [](char c) { return c == '\n' || c == ' ' || c == '\t'; });
}

QByteArray toEnvironment(const Profile &profile)
{
    QByteArray lines;
    const auto add = [&lines](QByteArrayView name, const QString &value) {
        // A line break would become a variable of its own.
        const bool isPlain = std::none_of(value.begin(), value.end(), [](QChar c) { return !c.isPrint(); });
        if (!value.isEmpty() && isPlain)
            lines += name.toByteArray() + '=' + value.toUtf8() + '\n';
    };
    add("OIDC_ISSUER", profile.issuer);
    add("OIDC_CLIENT_ID", profile.clientId);
    add("OIDC_SCOPE", profile.scopes.toString());
    add("OIDC_REDIRECT_URI", profile.redirectUri);
    add("OIDC_AUDIENCE", profile.audience);
    return lines;
}

Result<QByteArray> toAppSettings(const Profile &profile)
{
    const auto authority = profile.authority();
    if (profile.kind != Profile::Kind::Entra || !authority || authority->kind() != Authority::Kind::Entra)
        return Error{ErrorCode::NotSupported, u"Only a profile of Microsoft Entra has this form."_s};
    QJsonObject section{{u"Instance"_s, QString(u"https://"_s + authority->host() + u'/')},
                        {u"TenantId"_s, authority->tenant().value},
                        {u"ClientId"_s, profile.clientId}};
    if (!profile.scopes.isEmpty())
        section.insert(u"Scopes"_s, profile.scopes.toString());
    return QJsonDocument(QJsonObject{{u"AzureAd"_s, section}}).toJson();
}

//! What somebody who sets up this provider by hand would start with: without scopes a sign-in is good for nothing.
void takeUsualScopes(Profile &profile)
{
    const auto *preset = presetForIssuer(profile.issuer);
    if (!preset && profile.kind == Profile::Kind::Oidc)
        preset = findPreset(u"oidc");
    if (!preset || !profile.scopes.isEmpty())
        return; // a user flow of Microsoft's has no scope that every tenant knows
    profile.scopes = ScopeSet(preset->scopes);
    profile.isOpenId = preset->isOpenId;
    profile.wantsRefreshToken = preset->wantsRefreshToken;
    if (profile.capabilities.isEmpty())
        profile.capabilities = preset->capabilities;
    if (profile.extra.isEmpty())
        profile.extra = preset->extra;
}

//! For people. A host that many tenants share says too little.
QString suggestedName(const Profile &profile)
{
    const QUrl url(profile.issuer);
    const auto *preset = presetForIssuer(profile.issuer);
    if (preset && profile.kind == Profile::Kind::Entra)
        return u"%1 (%2)"_s.arg(preset->name, url.path().mid(1));
    return url.host().isEmpty() ? profile.clientId : url.host();
}

} // namespace

QList<ImportedProfile> distinct(const QList<ImportedProfile> &found)
{
    QList<ImportedProfile> kept;
    for (auto one : found) {
        const auto same = std::find_if(kept.begin(), kept.end(), [&one](const ImportedProfile &other) {
            return isSameRegistration(other.profile, one.profile);
        });
        if (same != kept.end()) {
            same->hadSecret = same->hadSecret || one.hadSecret;
            continue;
        }
        const auto isTaken = [&kept](const QString &name) {
            return std::any_of(kept.begin(), kept.end(),
                               [&name](const ImportedProfile &other) { return other.profile.name == name; });
        };
        if (isTaken(one.profile.name) && !one.profile.clientId.isEmpty())
            one.profile.name += u" (%1)"_s.arg(one.profile.clientId);
        kept.append(std::move(one));
    }
    return kept;
}

bool isSameRegistration(const Profile &a, const Profile &b)
{
    return a.issuer == b.issuer && a.clientId == b.clientId;
}

bool isMicrosoftHost(const QString &host)
{
    static const QStringList known{u"login.microsoftonline.com"_s, u"login.windows.net"_s,
                                   u"login.microsoftonline.us"_s,  u"login.partner.microsoftonline.cn"_s,
                                   u"login.chinacloudapi.cn"_s,    u"login.microsoft.com"_s,
                                   u"sts.windows.net"_s,           u"login-us.microsoftonline.com"_s};
    return known.contains(host) || host.endsWith(".b2clogin.com"_L1) || host.endsWith(".ciamlogin.com"_L1);
}

QString entraAuthority(const QString &instance, const QString &tenant)
{
    auto host = instance.isEmpty() ? u"https://login.microsoftonline.com"_s : instance;
    if (!host.contains("://"_L1))
        host.prepend("https://"_L1);
    while (host.endsWith(u'/'))
        host.chop(1);
    return host + u'/' + (tenant.isEmpty() ? u"organizations"_s : tenant);
}

void setIssuer(ImportedProfile &found, const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    if (!isMicrosoftHost(url.host())) {
        found.profile.issuer = address;
        return;
    }
    found.profile.kind = Profile::Kind::Entra;
    // "/v2.0" and whatever else follows belongs to endpoints and issuers, not to the authority.
    const auto path = url.path().split(u'/', Qt::SkipEmptyParts);
    const auto host = url.host() == "sts.windows.net"_L1 ? u"login.microsoftonline.com"_s : url.host();
    const bool isPolicy =
        path.size() > 1 && (path.at(1).startsWith("b2c_1"_L1, Qt::CaseInsensitive) || path.first() == "tfp"_L1);
    const auto count = path.isEmpty() ? 0 : path.first() == "tfp"_L1 ? 3 : isPolicy ? 2 : 1;
    found.profile.issuer = entraAuthority(u"https://"_s + host, path.mid(0, count).join(u'/'));
}

ImportedProfile finished(ImportedProfile found, const QString &source)
{
    found.source = source;
    if (source != ourOwn)
        takeUsualScopes(found.profile);
    // For Microsoft the library asks for these itself, and refuses a caller who names them.
    if (found.profile.kind == Profile::Kind::Entra)
        found.profile.scopes = found.profile.scopes.without(Protocol::reservedScopes());
    if (found.profile.clientId.isEmpty())
        found.missing.append(u"client_id"_s);
    if (found.profile.issuer.isEmpty())
        found.missing.append(u"issuer"_s);
    if (found.profile.name.isEmpty())
        found.profile.name = suggestedName(found.profile);
    return found;
}

Result<QList<ImportedProfile>> importProfiles(QByteArrayView text)
{
    const auto trimmed = text.trimmed();
    if (trimmed.size() > maximumImportSize)
        return Error{ErrorCode::InvalidArgument, u"More than 4 MiB are not looked into."_s};
    QList<ImportedProfile> found;
    if (isAddress(trimmed))
        found = importUrl(QUrl(QString::fromUtf8(trimmed), QUrl::StrictMode));
    if (found.isEmpty())
        found = importWhatLooksLikeJson(trimmed);
    if (found.isEmpty())
        found = importEnvironment(readEnvironmentLines(trimmed));
    if (found.isEmpty())
        found = importToken(trimmed);
    if (found.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"There is no profile in it that is understood here."_s};
    return distinct(found);
}

Result<QByteArray> exportProfile(const Profile &profile, ProfileFormat format)
{
    switch (format) {
    case ProfileFormat::Json: {
        auto plain = profile;
        plain.loginHint.clear();
        plain.unknown = {}; // nobody knows what is in there
        return QJsonDocument(plain.toJson()).toJson();
    }
    case ProfileFormat::Variables: return toEnvironment(profile);
    case ProfileFormat::AppSettings: return toAppSettings(profile);
    }
    Q_UNREACHABLE();
}

} // namespace Countersign
