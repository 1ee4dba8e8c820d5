// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/jwkset.h>

namespace Countersign::Jose {

//! How a client has registered to receive what a provider signs: encrypted, by these algorithms, for these keys. ID
//! tokens, UserInfo and authorization responses each have a registration of their own.
//!
//! Compression, RSA1_5 and passwords stay off, whatever was registered.
//! Spec: OIDC Dynamic Client Registration §2 ("id_token_encrypted_response_alg", "…_enc", "userinfo_…"), JARM §3.
struct JwtEncryption
{
    KeyManagement keyManagement = KeyManagement::RsaOaep;
    ContentEncryption encryption = ContentEncryption::A128CbcHs256; //!< the registration's default
    JwkSet keys; //!< private ones
};

//! Whether \p compact is a JWE by its five parts. Spec: RFC 7516 §3.1.
[[nodiscard]] COUNTERSIGN_EXPORT bool isEncrypted(QByteArrayView compact);

} // namespace Countersign::Jose
