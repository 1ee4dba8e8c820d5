// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/profile.h>

#include <countersign/client/profileexpectations.h>

#include <QtCore/QJsonArray>
#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

//! One member of the JSON form: how it is read and how it is written. Unknown members are whatever is not in the table.
struct Member
{
    QLatin1StringView name;
    Result<void> (*read)(Profile &, const QJsonValue &);
    QJsonValue (*write)(const Profile &); //!< undefined: left out
};

Error wrongType(const char *expected)
{
    return {ErrorCode::InvalidArgument, u"must be "_s + QLatin1StringView(expected)};
}

template <QString Profile::*member> constexpr Member text(QLatin1StringView name)
{
    return {name,
            [](Profile &profile, const QJsonValue &value) -> Result<void> {
                if (!value.isString())
                    return wrongType("a text");
                profile.*member = value.toString();
                return {};
            },
            [](const Profile &profile) -> QJsonValue {
                return (profile.*member).isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(profile.*member);
            }};
}

//! \a usual is what a profile starts with.
template <bool Profile::*member, bool usual> constexpr Member flag(QLatin1StringView name)
{
    return {name,
            [](Profile &profile, const QJsonValue &value) -> Result<void> {
                if (!value.isBool())
                    return wrongType("true or false");
                profile.*member = value.toBool();
                return {};
            },
            [](const Profile &profile) -> QJsonValue {
                return profile.*member == usual ? QJsonValue(QJsonValue::Undefined) : QJsonValue(!usual);
            }};
}

Result<QStringList> textsOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString().split(u' ', Qt::SkipEmptyParts);
    if (!value.isArray())
        return wrongType("a list of texts");
    QStringList texts;
    const auto items = value.toArray();
    for (const auto item : items) {
        if (!item.isString())
            return wrongType("a list of texts");
        texts.append(item.toString());
    }
    return texts;
}

QJsonValue written(const QStringList &texts)
{
    return texts.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(QJsonArray::fromStringList(texts));
}

template <QStringList Profile::*member> constexpr Member texts(QLatin1StringView name)
{
    return {name,
            [](Profile &profile, const QJsonValue &value) -> Result<void> {
                auto texts = textsOf(value);
                if (!texts)
                    return texts.error();
                profile.*member = *std::move(texts);
                return {};
            },
            [](const Profile &profile) { return written(profile.*member); }};
}

Result<void> readKind(Profile &profile, const QJsonValue &value)
{
    for (const auto kind : {Profile::Kind::Oidc, Profile::Kind::Entra}) {
        if (value.toString() == identifier(kind)) {
            profile.kind = kind;
            return {};
        }
    }
    return wrongType("\"oidc\" or \"entra\"");
}

Result<void> readWay(Profile &profile, const QJsonValue &value)
{
    for (const auto way :
         {Profile::Way::Automatic, Profile::Way::Browser, Profile::Way::Embedded, Profile::Way::Device}) {
        if (value.toString() == identifier(way)) {
            profile.way = way;
            return {};
        }
    }
    return wrongType("\"auto\", \"browser\", \"embedded\" or \"device\"");
}

Result<void> readClientAuthentication(Profile &profile, const QJsonValue &value)
{
    const auto use = Protocol::clientSecretUseNamed(value.toString());
    if (!use || *use == Protocol::ClientSecretUse::Automatic)
        return wrongType("\"none\", \"client_secret_basic\" or \"client_secret_post\"");
    profile.clientSecretUse = *use;
    return {};
}

QJsonValue writeClientAuthentication(const Profile &profile)
{
    const auto name = Protocol::identifier(profile.clientSecretUse);
    return name.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(name);
}

Result<void> readScopes(Profile &profile, const QJsonValue &value)
{
    const auto texts = textsOf(value);
    if (!texts)
        return texts.error();
    profile.scopes = ScopeSet(*texts);
    return {};
}

Result<void> readExtra(Profile &profile, const QJsonValue &value)
{
    if (!value.isObject())
        return wrongType("an object of texts");
    const auto object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!it.value().isString())
            return wrongType("an object of texts");
        profile.extra.append({it.key(), it.value().toString()});
    }
    return {};
}

Result<void> readExpectations(Profile &profile, const QJsonValue &value)
{
    auto expected = expectationsFrom(value);
    if (!expected)
        return expected.error();
    profile.expectations = *std::move(expected);
    return {};
}

QJsonValue writeExtra(const Profile &profile)
{
    if (profile.extra.isEmpty())
        return QJsonValue::Undefined;
    QJsonObject object;
    for (const auto &parameter : profile.extra)
        object.insert(parameter.name, parameter.value);
    return object;
}

const QList<Member> &members()
{
    static const QList<Member> table{
        text<&Profile::id>("id"_L1),
        text<&Profile::name>("name"_L1),
        {"kind"_L1, readKind, [](const Profile &p) { return QJsonValue(identifier(p.kind)); }},
        text<&Profile::issuer>("issuer"_L1),
        text<&Profile::clientId>("client_id"_L1),
        {"scopes"_L1, readScopes, [](const Profile &p) { return written(p.scopes.sorted()); }},
        texts<&Profile::resources>("resources"_L1),
        text<&Profile::audience>("audience"_L1),
        text<&Profile::redirectUri>("redirect_uri"_L1),
        {"via"_L1, readWay, [](const Profile &p) { return QJsonValue(identifier(p.way)); }},
        texts<&Profile::prompts>("prompts"_L1),
        text<&Profile::loginHint>("login_hint"_L1),
        text<&Profile::domainHint>("domain_hint"_L1),
        text<&Profile::acrValues>("acr_values"_L1),
        texts<&Profile::capabilities>("capabilities"_L1),
        {"extra_parameters"_L1, readExtra, writeExtra},
        flag<&Profile::isOpenId, true>("openid"_L1),
        flag<&Profile::wantsRefreshToken, true>("refresh_token"_L1),
        {"client_authentication"_L1, readClientAuthentication, writeClientAuthentication},
        flag<&Profile::isService, false>("service"_L1),
        text<&Profile::certificateFile>("certificate_file"_L1),
        text<&Profile::federatedTokenFile>("federated_token_file"_L1),
        flag<&Profile::requiresPushedRequests, false>("require_pushed_authorization_requests"_L1),
        text<&Profile::caFile>("ca_file"_L1),
        {"expectations"_L1, readExpectations, [](const Profile &p) { return expectationsJson(p.expectations); }},
        text<&Profile::color>("color"_L1),
        text<&Profile::note>("note"_L1),
    };
    return table;
}

Error inProfile(const Profile &profile, QStringView member, const Error &error)
{
    return {error.code(), error.cause(), u"Profile \"%1\", %2: %3"_s.arg(profile.id, member, error.message())};
}

Result<void> check(const Profile &profile)
{
    static const QRegularExpression idPattern(u"\\A[A-Za-z0-9._-]{1,64}\\z"_s);
    static const QRegularExpression colorPattern(u"\\A(#[0-9a-fA-F]{6})?\\z"_s);
    const auto refuse = [&profile](QStringView member, const QString &why) {
        return inProfile(profile, member, Error{ErrorCode::InvalidArgument, why});
    };
    if (!idPattern.match(profile.id).hasMatch())
        return refuse(u"id", u"must be 1 to 64 letters, digits, '-', '_' or '.'"_s);
    if (!colorPattern.match(profile.color).hasMatch())
        return refuse(u"color", u"must look like #1a2b3c"_s);
    if (profile.clientId.isEmpty())
        return refuse(u"client_id", u"is missing"_s);
    if (profile.issuer.isEmpty())
        return refuse(u"issuer", u"is missing"_s);
    return {};
}

} // namespace

QString identifier(Profile::Kind kind)
{
    switch (kind) {
    case Profile::Kind::Oidc: return u"oidc"_s;
    case Profile::Kind::Entra: return u"entra"_s;
    }
    Q_UNREACHABLE();
}

QString identifier(Profile::Way way)
{
    switch (way) {
    case Profile::Way::Automatic: return u"auto"_s;
    case Profile::Way::Browser: return u"browser"_s;
    case Profile::Way::Embedded: return u"embedded"_s;
    case Profile::Way::Device: return u"device"_s;
    }
    Q_UNREACHABLE();
}

Result<Authority> Profile::authority() const
{
    return kind == Kind::Oidc ? Authority::oidc(issuer) : Authority::parse(issuer);
}

Result<ClientRegistration> Profile::registration() const
{
    const auto parsed = authority();
    if (!parsed)
        return inProfile(*this, u"issuer", parsed.error());
    return ClientRegistration{parsed->environment(), {clientId}};
}

Result<ClientConfiguration> Profile::configuration() const
{
    if (const auto checked = check(*this); !checked)
        return checked.error();
    auto parsed = authority();
    if (!parsed)
        return inProfile(*this, u"issuer", parsed.error());
    // Not where it is read: a file with one such profile is good for the others.
    if (!certificateFile.isEmpty() && !federatedTokenFile.isEmpty())
        return inProfile(
            *this, u"federated_token_file",
            Error{ErrorCode::InvalidArgument, u"goes without certificate_file: a service proves itself in one way"_s});
    ClientConfiguration configuration;
    configuration.clientId = {clientId};
    configuration.authority = *std::move(parsed);
    configuration.capabilities = capabilities;
    configuration.isOpenId = isOpenId;
    configuration.wantsRefreshToken = wantsRefreshToken;
    configuration.clientSecretUse = clientSecretUse;
    configuration.requiresPushedRequests = requiresPushedRequests;
    if (!redirectUri.isEmpty()) {
        auto redirect = RedirectPreference::fromUri(QUrl(redirectUri, QUrl::StrictMode));
        if (!redirect)
            return inProfile(*this, u"redirect_uri", redirect.error());
        configuration.redirect = *std::move(redirect);
    }
    return configuration;
}

InteractiveParameters Profile::interactiveParameters() const
{
    InteractiveParameters parameters;
    parameters.scopes = scopes;
    parameters.prompts = prompts;
    parameters.loginHint = loginHint;
    parameters.domainHint = domainHint;
    parameters.acrValues = acrValues;
    parameters.resources = resources;
    parameters.extra = extra;
    if (!audience.isEmpty())
        parameters.extra.append({u"audience"_s, audience});
    parameters.windowTitle = displayName();
    return parameters;
}

DeviceCodeParameters Profile::deviceCodeParameters() const
{
    DeviceCodeParameters parameters;
    parameters.scopes = scopes;
    parameters.resources = resources;
    if (!audience.isEmpty())
        parameters.extra.append({u"audience"_s, audience});
    return parameters;
}

Result<Profile> Profile::fromJson(const QJsonObject &json)
{
    Profile profile;
    profile.id = json.value("id"_L1).toString();
    profile.unknown = json;
    for (const auto &member : members()) {
        const auto value = json.value(member.name);
        if (value.isUndefined())
            continue;
        if (const auto read = member.read(profile, value); !read)
            return inProfile(profile, QString(member.name), read.error());
        profile.unknown.remove(member.name);
    }
    if (const auto checked = check(profile); !checked)
        return checked.error();
    return profile;
}

QJsonObject Profile::toJson() const
{
    auto json = unknown;
    for (const auto &member : members()) {
        const auto value = member.write(*this);
        if (!value.isUndefined())
            json.insert(member.name, value);
    }
    return json;
}

} // namespace Countersign
