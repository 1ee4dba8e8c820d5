// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/grants.h>

#include <countersign/jose/base64url.h>
#include <countersign/jose/formcodec.h>
#include <countersign/protocol/parameters.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

//! Writes a form in which the caller's own parameters win.
class FormWriter
{
public:
    explicit FormWriter(const TokenRequestContext &context) : m_context(context) { }

    template <typename Value> FormWriter &add(const char *name, const Value &value)
    {
        if (!isReplaced(name))
            m_form.add(name, value);
        return *this;
    }
    FormWriter &add(const char *name, const QString &value)
    {
        if (!isReplaced(name))
            m_form.addUnlessEmpty(name, value);
        return *this;
    }

    TokenRequest finish()
    {
        m_context.authentication.addTo(m_form, m_context.clientId);
        if (m_context.wantsClientInfo)
            add(Parameter::clientInfo, QByteArrayView("1"));
        add(Parameter::claims, m_context.claims);
        add(Parameter::authorizationDetails, m_context.authorizationDetails);
        for (const auto &resource : m_context.resources)
            m_form.addUnlessEmpty(Parameter::resource, resource);
        for (const auto &[name, value] : m_context.extra)
            m_form.add(name.toUtf8(), QStringView(value));
        TokenRequest request;
        request.form = m_form.takeSecret();
        request.headers = {{"Accept", "application/json"}};
        request.headers += m_context.authentication.headers(m_context.clientId);
        return request;
    }

private:
    bool isReplaced(const char *name) const
    {
        const auto &extra = m_context.extra;
        return std::any_of(extra.begin(), extra.end(),
                           [name](const ExtraParameter &own) { return own.name == QLatin1StringView(name); });
    }

    const TokenRequestContext &m_context;
    Jose::FormEncoder m_form;
};

FormWriter formFor(const char *grantType, const TokenRequestContext &context)
{
    FormWriter form(context);
    form.add(Parameter::grantType, QByteArrayView(grantType));
    return form;
}

} // namespace

TokenRequest encodePushed(const StartedAuthorization &started, const ClientId &clientId,
                          const ClientAuthentication &authentication)
{
    Jose::FormEncoder credentials;
    authentication.addCredentials(credentials);
    const auto added = credentials.view();
    const qsizetype start = started.parameters.size() + (added.isEmpty() ? 0 : 1);
    TokenRequest request;
    request.form = Secret::ofSize(start + added.size());
    char *const to = reinterpret_cast<char *>(request.form.writable().data());
    std::copy(started.parameters.begin(), started.parameters.end(), to);
    if (!added.isEmpty())
        to[start - 1] = '&';
    std::copy(added.begin(), added.end(), to + start);
    request.headers = {{"Accept", "application/json"}};
    request.headers += authentication.headers(clientId);
    return request;
}

TokenRequest encode(const CodeGrant &grant, const TokenRequestContext &context)
{
    return formFor(GrantType::authorizationCode, context)
        .add(Parameter::code, grant.code)
        .add(Parameter::redirectUri, grant.redirectUri.toString(QUrl::FullyEncoded))
        .add(Parameter::codeVerifier, grant.verifier)
        .add(Parameter::scope, grant.scopes.toString())
        .finish();
}

TokenRequest encode(const RefreshGrant &grant, const TokenRequestContext &context)
{
    return formFor(GrantType::refreshToken, context)
        .add(Parameter::refreshToken, grant.refreshToken)
        .add(Parameter::scope, grant.scopes.toString())
        .finish();
}

TokenRequest encode(const DeviceCodeGrant &grant, const TokenRequestContext &context)
{
    auto form = formFor(GrantType::deviceCode, context);
    form.add(Parameter::deviceCode, grant.deviceCode);
    if (context.wantsClientInfo)
        form.add(Parameter::code, grant.deviceCode);
    return form.finish();
}

TokenRequest encode(const PasswordGrant &grant, const TokenRequestContext &context)
{
    return formFor(GrantType::password, context)
        .add(Parameter::username, grant.username)
        .add(Parameter::password, grant.password)
        .add(Parameter::scope, grant.scopes.toString())
        .finish();
}

TokenRequest encode(const SamlGrant &grant, const TokenRequestContext &context)
{
    const bool isVersion2 = grant.version == SamlGrant::Version::Saml20;
    return formFor(isVersion2 ? GrantType::saml2Bearer : GrantType::saml11Bearer, context)
        .add(Parameter::assertion, Secret(Jose::encodeBase64Url(grant.assertion.reveal())))
        .add(Parameter::scope, grant.scopes.toString())
        .finish();
}

TokenRequest encode(const ClientCredentialsGrant &grant, const TokenRequestContext &context)
{
    return formFor(GrantType::clientCredentials, context).add(Parameter::scope, grant.scopes.toString()).finish();
}

} // namespace Countersign::Protocol
