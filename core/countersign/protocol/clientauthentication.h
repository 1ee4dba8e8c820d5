// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>
#include <countersign/model/identities.h>
#include <countersign/protocol/httpanswer.h>

#include <memory>

namespace Countersign::Jose {
class FormEncoder;
}

namespace Countersign::Protocol {

//! How the client proves to the token endpoint who it is. Copies share the secret.
//!
//! Spec: RFC 6749 §2.3, RFC 7521 §4.2, OpenID Connect Core §9.
class COUNTERSIGN_EXPORT ClientAuthentication
{
public:
    enum class Method : quint8 { None, SecretBasic, SecretPost, Assertion };

    ClientAuthentication() = default; //!< a public client: client_id alone
    static ClientAuthentication secretBasic(Secret secret);
    static ClientAuthentication secretPost(Secret secret);
    //! A signed JWT, made anew for every request. Spec: RFC 7523 §2.2.
    static ClientAuthentication assertion(Secret jwt);

    Method method() const { return m_method; }
    //! Adds client_id and what the method puts into the form.
    void addTo(Jose::FormEncoder &form, const ClientId &clientId) const;
    //! The Authorization field of Method::SecretBasic: id and secret form-encoded first, then base64 (RFC 6749 §2.3.1).
    HeaderFields headers(const ClientId &clientId) const;

private:
    ClientAuthentication(Method method, Secret secret)
        : m_method(method), m_secret(std::make_shared<const Secret>(std::move(secret)))
    {
    }

    Method m_method = Method::None;
    std::shared_ptr<const Secret> m_secret;
};

} // namespace Countersign::Protocol
