// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/asymmetrickey.h>
#include <countersign/crypto/certificate.h>
#include <countersign/flows/clientconfiguration.h>

#include <QtCore/QProcessEnvironment>

#include <optional>

namespace Countersign {

//! What an application is at its provider. Spec: RFC 6749 §2.1.
enum class ClientType : quint8 {
    Public, //!< cannot keep a secret
    Confidential,
};

//! What the environment says of a client. Move-only.
struct EnvironmentConfiguration
{
    ClientConfiguration client; //!< clientId and authority; everything else as by default
    Secret clientSecret; //!< empty: none
    std::optional<AsymmetricKey> key; //!< of the certificate; private
    QByteArray certificateThumbprint; //!< SHA-1 or SHA-256, raw; empty: none
    std::optional<Certificate> certificate; //!< when the file holds one, too
};

//! Reads AZURE_CLIENT_ID, AZURE_AUTHORITY (default https://login.microsoftonline.com/common), AZURE_TENANT_ID, and for
//! a confidential client AZURE_CLIENT_SECRET, or AZURE_CERTIFICATE_PATH with AZURE_CERTIFICATE_THUMBPRINT. The
//! thumbprint may be left out when the file holds the certificate beside its key. The secret wins when both are there.
//!
//! AZURE_AUTHORITY is an authority of Microsoft's with or without tenant, or the issuer of any other provider.
//! Errors: InvalidArgument naming the variable that is missing or wrong, and what to write there.
//! Secrets: no error quotes a secret or the content of the file.
[[nodiscard]] COUNTERSIGN_EXPORT Result<EnvironmentConfiguration>
configurationFrom(const QProcessEnvironment &environment, ClientType type = ClientType::Public);

} // namespace Countersign
