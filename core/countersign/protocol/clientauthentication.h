// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>
#include <countersign/model/identities.h>
#include <countersign/protocol/httpanswer.h>

#include <memory>
#include <optional>

namespace Countersign::Jose {
class FormEncoder;
}

namespace Countersign::Protocol {

struct ProviderMetadata;

//! How the client proves to the token endpoint who it is. Copies share the secret.
//!
//! Spec: RFC 6749 §2.3, RFC 7521 §4.2, OpenID Connect Core §9.
class COUNTERSIGN_EXPORT ClientAuthentication
{
public:
    enum class Method : quint8 { None, SecretBasic, SecretPost, Assertion };

    ClientAuthentication() = default; //!< a public client: client_id alone
    ClientAuthentication(Method method, std::shared_ptr<const Secret> secret)
        : m_method(method), m_secret(std::move(secret))
    {
    }
    static ClientAuthentication secretBasic(Secret secret);
    static ClientAuthentication secretPost(Secret secret);
    //! A signed JWT, made anew for every request. Spec: RFC 7523 §2.2.
    static ClientAuthentication assertion(Secret jwt);

    Method method() const { return m_method; }
    //! Adds client_id and what the method puts into the form.
    void addTo(Jose::FormEncoder &form, const ClientId &clientId) const;
    //! What the method puts into a form that has client_id already.
    void addCredentials(Jose::FormEncoder &form) const;
    //! The Authorization field of Method::SecretBasic: id and secret form-encoded first, then base64 (RFC 6749 §2.3.1).
    HeaderFields headers(const ClientId &clientId) const;

private:
    Method m_method = Method::None;
    std::shared_ptr<const Secret> m_secret;
};

//! How a client registered with a secret sends it.
enum class ClientSecretUse : quint8 {
    Automatic, //!< as the provider's metadata want it, where there is a secret; otherwise none
    None, //!< never, even where there is one
    Basic, //!< client_secret_basic
    Post, //!< client_secret_post
};

//! As registrations and metadata spell it: "client_secret_basic"; empty for Automatic. Spec: RFC 7591 §2.
COUNTERSIGN_EXPORT QString identifier(ClientSecretUse use);
COUNTERSIGN_EXPORT std::optional<ClientSecretUse> clientSecretUseNamed(QStringView name);

//! What \p use means at the provider of \p metadata, with the registration's \p secret or without one.
//!
//! Errors: InvalidArgument with cause ClientSecretMissing when \p use wants a secret and there is none; NotSupported
//!         when the provider takes neither form of it.
//! Spec:   RFC 8414 §2: one that names no method takes client_secret_basic.
[[nodiscard]] COUNTERSIGN_EXPORT Result<ClientAuthentication>
chooseAuthentication(ClientSecretUse use, std::shared_ptr<const Secret> secret, const ProviderMetadata &metadata);

//! \p refusal with the cause ClientSecretMissing when it is how providers say that they wanted a secret from a client
//! that sent none: invalid_client, or, from Google and Keycloak, words of their own.
//!
//! Spec: RFC 6749 §5.2.
[[nodiscard]] COUNTERSIGN_EXPORT Error withMissingSecret(const Error &refusal);

} // namespace Countersign::Protocol
