// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/clientauthentication.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/jose/formcodec.h>
#include <countersign/protocol/parameters.h>
#include <countersign/protocol/providermetadata.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

namespace {

std::shared_ptr<const Secret> shared(Secret secret)
{
    return std::make_shared<const Secret>(std::move(secret));
}

//! Without a word of the registration: what the provider says it takes.
Result<ClientAuthentication::Method> methodOf(const ProviderMetadata &metadata)
{
    using Method = ClientAuthentication::Method;
    const auto &methods = metadata.tokenEndpointAuthMethods;
    if (methods.isEmpty() || methods.contains("client_secret_basic"_L1))
        return Method::SecretBasic;
    if (methods.contains("client_secret_post"_L1))
        return Method::SecretPost;
    if (methods.contains("none"_L1))
        return Method::None;
    return Error{ErrorCode::NotSupported,
                 u"The provider takes a client secret neither as client_secret_basic nor as "
                 "client_secret_post; it names %1."_s.arg(methods.join(u", "))};
}

} // namespace

ClientAuthentication ClientAuthentication::secretBasic(Secret secret)
{
    return {Method::SecretBasic, shared(std::move(secret))};
}

ClientAuthentication ClientAuthentication::secretPost(Secret secret)
{
    return {Method::SecretPost, shared(std::move(secret))};
}

ClientAuthentication ClientAuthentication::assertion(Secret jwt)
{
    return {Method::Assertion, shared(std::move(jwt))};
}

void ClientAuthentication::addTo(Jose::FormEncoder &form, const ClientId &clientId) const
{
    // RFC 6749 §2.3.1: with Basic the id stands in the header; sending it twice is allowed and some providers want it.
    form.add(Parameter::clientId, clientId.value);
    addCredentials(form);
}

void ClientAuthentication::addCredentials(Jose::FormEncoder &form) const
{
    switch (m_method) {
    case Method::None:
    case Method::SecretBasic: return;
    case Method::SecretPost: form.add(Parameter::clientSecret, *m_secret); return;
    case Method::Assertion:
        form.add(Parameter::clientAssertionType,
                 QByteArrayView("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
        form.add(Parameter::clientAssertion, *m_secret);
        return;
    }
    Q_UNREACHABLE();
}

HeaderFields ClientAuthentication::headers(const ClientId &clientId) const
{
    if (m_method != Method::SecretBasic)
        return {};
    QByteArray secret = Jose::FormEncoder::encoded(m_secret->reveal());
    QByteArray pair = Jose::FormEncoder::encoded(clientId.value.toUtf8()) + ':' + secret;
    wipe(secret);
    const QByteArray value = "Basic " + pair.toBase64();
    wipe(pair);
    return {{"Authorization", value}};
}

QString identifier(ClientSecretUse use)
{
    switch (use) {
    case ClientSecretUse::Automatic: return {};
    case ClientSecretUse::None: return u"none"_s;
    case ClientSecretUse::Basic: return u"client_secret_basic"_s;
    case ClientSecretUse::Post: return u"client_secret_post"_s;
    }
    Q_UNREACHABLE();
}

std::optional<ClientSecretUse> clientSecretUseNamed(QStringView name)
{
    for (const auto use :
         {ClientSecretUse::Automatic, ClientSecretUse::None, ClientSecretUse::Basic, ClientSecretUse::Post}) {
        if (name == identifier(use))
            return use;
    }
    return std::nullopt;
}

Result<ClientAuthentication> chooseAuthentication(ClientSecretUse use, std::shared_ptr<const Secret> secret,
                                                  const ProviderMetadata &metadata)
{
    using Method = ClientAuthentication::Method;
    const bool isWanted = use == ClientSecretUse::Basic || use == ClientSecretUse::Post;
    if (isWanted && !secret)
        return Error{
            ErrorCode::InvalidArgument, ErrorCause::ClientSecretMissing,
            u"The client is to authenticate with %1, and no client secret is kept for it."_s.arg(identifier(use))};
    if (use == ClientSecretUse::None || !secret)
        return ClientAuthentication();
    if (isWanted)
        return ClientAuthentication(use == ClientSecretUse::Basic ? Method::SecretBasic : Method::SecretPost,
                                    std::move(secret));
    const auto method = methodOf(metadata);
    if (!method)
        return method.error();
    return *method == Method::None ? ClientAuthentication() : ClientAuthentication(*method, std::move(secret));
}

Error withMissingSecret(const Error &refusal)
{
    const auto &said = refusal.oauth();
    // Google: invalid_request, "client_secret is missing."; Keycloak: unauthorized_client with status 401.
    const bool isWanted = said.error == "invalid_client"_L1
        || (said.error == "unauthorized_client"_L1 && refusal.httpStatus() == 401)
        || (said.error == "invalid_request"_L1 && said.description.contains("client_secret"_L1));
    // Without a status it is an answer of the page, which never sees a secret.
    if (!isWanted || refusal.httpStatus() == 0 || refusal.cause() != ErrorCause::Unspecified)
        return refusal;
    return Error(refusal).withCause(ErrorCause::ClientSecretMissing);
}

} // namespace Countersign::Protocol
