// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/clientauthentication.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/jose/formcodec.h>
#include <countersign/protocol/parameters.h>

namespace Countersign::Protocol {

ClientAuthentication ClientAuthentication::secretBasic(Secret secret)
{
    return {Method::SecretBasic, std::move(secret)};
}

ClientAuthentication ClientAuthentication::secretPost(Secret secret)
{
    return {Method::SecretPost, std::move(secret)};
}

ClientAuthentication ClientAuthentication::assertion(Secret jwt)
{
    return {Method::Assertion, std::move(jwt)};
}

void ClientAuthentication::addTo(Jose::FormEncoder &form, const ClientId &clientId) const
{
    // RFC 6749 §2.3.1: with Basic the id stands in the header; sending it twice is allowed and some providers want it.
    form.add(Parameter::clientId, clientId.value);
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

} // namespace Countersign::Protocol
