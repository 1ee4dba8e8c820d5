// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/environment.h>

#include <countersign/model/clouds.h>

#include <QtCore/QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr auto clientIdName = "AZURE_CLIENT_ID"_L1;
constexpr auto authorityName = "AZURE_AUTHORITY"_L1;
constexpr auto tenantName = "AZURE_TENANT_ID"_L1;
constexpr auto secretName = "AZURE_CLIENT_SECRET"_L1;
constexpr auto pathName = "AZURE_CERTIFICATE_PATH"_L1;
constexpr auto thumbprintName = "AZURE_CERTIFICATE_THUMBPRINT"_L1;

Error refused(const QString &why)
{
    return Error{ErrorCode::InvalidArgument, why};
}

//! An empty variable counts as none: that is how shells and containers take one away.
QString value(const QProcessEnvironment &environment, QLatin1StringView name)
{
    return environment.value(name).trimmed();
}

bool isMicrosoftHost(const QString &host)
{
    return cloudOf(host) || host.endsWith(".ciamlogin.com"_L1) || host.contains(".b2clogin."_L1);
}

bool isForEverybody(const QString &tenant)
{
    return tenant == "common"_L1 || tenant == "organizations"_L1 || tenant == "consumers"_L1;
}

Result<Authority> withTenant(const Authority &authority, const QString &tenant)
{
    if (tenant.isEmpty() || authority.tenant().value == tenant)
        return authority;
    if (authority.kind() != Authority::Kind::Entra)
        return refused(u"%1 is for Entra; take it out, %2 already says everything."_s.arg(tenantName, authorityName));
    if (!isForEverybody(authority.tenant().value))
        return refused(u"%1 and %2 name different tenants; set only one of them."_s.arg(authorityName, tenantName));
    return authority.withTenant(TenantId{tenant});
}

Result<Authority> authorityFrom(const QProcessEnvironment &environment)
{
    const QString tenant = value(environment, tenantName);
    if (tenant.contains(u'/') || tenant.contains(u'?') || tenant.contains(u'#'))
        return refused(u"%1 is no tenant: write its GUID or its domain."_s.arg(tenantName));
    const QString text = value(environment, authorityName);
    if (text.isEmpty())
        return withTenant(Authority::common(), tenant);
    const QUrl url(text, QUrl::StrictMode);
    const bool isPathless = url.path().isEmpty() || url.path() == "/"_L1;
    // The Azure SDKs' AZURE_AUTHORITY_HOST is a host alone.
    const bool isHost = isPathless && cloudOf(url.host());
    auto authority = isHost
        ? Authority::parse("https://"_L1 + url.authority() + u'/' + (tenant.isEmpty() ? u"common"_s : tenant))
        : isMicrosoftHost(url.host()) || !tenant.isEmpty() ? Authority::parse(text)
                                                           : Authority::oidc(text);
    if (!authority)
        return Error(authority.error()).withPrefix(QString(authorityName));
    return withTenant(*authority, tenant);
}

Result<QByteArray> thumbprintFrom(const QString &text)
{
    QString hex = text;
    hex.remove(u':').remove(u' ');
    const bool isHex = std::all_of(hex.begin(), hex.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
    constexpr qsizetype sha1Digits = 40;
    constexpr qsizetype sha256Digits = 64;
    if (!isHex || (hex.size() != sha1Digits && hex.size() != sha256Digits))
        return refused(u"%1 is no thumbprint: write the 40 hexadecimal digits of the certificate's SHA-1, or the 64 of "
                       "its SHA-256."_s.arg(thumbprintName));
    return QByteArray::fromHex(hex.toLatin1());
}

Result<Secret> contentOf(const QString &path)
{
    constexpr qint64 largest = 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(u"The file that %1 names cannot be read: %2"_s.arg(pathName, file.errorString()));
    if (file.size() > largest)
        return refused(u"The file that %1 names is too large for a key."_s.arg(pathName));
    return Secret(file.readAll());
}

//! A certificate may stand before its key.
QByteArrayView privateKeyIn(QByteArrayView text)
{
    const auto at = text.indexOf("PRIVATE KEY-----");
    const auto begin = at < 0 ? -1 : text.lastIndexOf("-----BEGIN ", at);
    return begin < 0 ? text : text.sliced(begin);
}

Result<void> readCertificate(const QProcessEnvironment &environment, EnvironmentConfiguration &configuration)
{
    const auto content = contentOf(value(environment, pathName));
    if (!content)
        return content.error();
    auto key = AsymmetricKey::fromPem(privateKeyIn(content->reveal()));
    if (!key || !key->isPrivate())
        return refused(
            u"The file that %1 names holds no private key in PEM that opens without a passphrase."_s.arg(pathName));
    configuration.key = *std::move(key);
    if (auto certificate = Certificate::fromPem(content->reveal()))
        configuration.certificate = *std::move(certificate);
    const QString text = value(environment, thumbprintName);
    if (text.isEmpty()) {
        if (!configuration.certificate)
            return refused(u"%1 is not set, and the file that %2 names holds no certificate to take it from."_s.arg(
                thumbprintName, pathName));
        configuration.certificateThumbprint = configuration.certificate->thumbprint(HashAlgorithm::Sha256);
        return {};
    }
    auto thumbprint = thumbprintFrom(text);
    if (!thumbprint)
        return thumbprint.error();
    const auto hash = thumbprint->size() == 20 ? HashAlgorithm::Sha1 : HashAlgorithm::Sha256;
    if (configuration.certificate && configuration.certificate->thumbprint(hash) != *thumbprint)
        return refused(u"%1 is not that of the certificate in the file that %2 names."_s.arg(thumbprintName, pathName));
    configuration.certificateThumbprint = *std::move(thumbprint);
    return {};
}

Result<void> readCredential(const QProcessEnvironment &environment, EnvironmentConfiguration &configuration)
{
    // Not trimmed: a secret may begin or end with anything.
    const QString secret = environment.value(secretName);
    if (!secret.isEmpty()) {
        configuration.clientSecret = Secret(secret.toUtf8());
        return {};
    }
    const bool hasPath = !value(environment, pathName).isEmpty();
    if (hasPath)
        return readCertificate(environment, configuration);
    if (!value(environment, thumbprintName).isEmpty())
        return refused(u"%1 is set, but %2 is not: it names the PEM file with the certificate's key."_s.arg(
            thumbprintName, pathName));
    return refused(u"A confidential client needs a credential: set %1, or %2 with %3."_s.arg(secretName, pathName,
                                                                                             thumbprintName));
}

} // namespace

Result<EnvironmentConfiguration> configurationFrom(const QProcessEnvironment &environment, ClientType type)
{
    EnvironmentConfiguration configuration;
    configuration.client.clientId = {value(environment, clientIdName)};
    if (configuration.client.clientId.isEmpty())
        return refused(u"%1 is not set: it names the application's registration."_s.arg(clientIdName));
    auto authority = authorityFrom(environment);
    if (!authority)
        return authority.error();
    configuration.client.authority = *std::move(authority);
    if (type == ClientType::Confidential) {
        if (const auto read = readCredential(environment, configuration); !read)
            return read.error();
    }
    return configuration;
}

} // namespace Countersign
