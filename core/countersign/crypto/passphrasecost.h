// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: how long a file wants us to compute on its passphrase.
#pragma once

#include <openssl/x509.h>

namespace Countersign {

//! What a file may ask for. Tools write 2048 to 600 000 rounds; a hostile file asks for two thousand million.
constexpr long maximumPassphraseRounds = 2'000'000;

//! Whether a key derivation of PKCS#5 or PKCS#12 is bounded by maximumPassphraseRounds. What is unknown passes: OpenSSL
//! refuses it later.
bool isAffordable(const X509_ALGOR *encryption);
bool isAffordable(const ASN1_INTEGER *rounds);

} // namespace Countersign
