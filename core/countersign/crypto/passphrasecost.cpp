// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/passphrasecost.h>

#include <countersign/crypto/opensslhandles.h>

namespace Countersign {

namespace {

template <typename T, typename Free> auto unpack(const X509_ALGOR *algorithm, const ASN1_ITEM *item, Free release)
{
    const ASN1_OBJECT *name = nullptr;
    const void *value = nullptr;
    int type = V_ASN1_UNDEF;
    X509_ALGOR_get0(&name, &type, &value, algorithm);
    T *parameters = nullptr;
    if (type == V_ASN1_SEQUENCE)
        parameters = static_cast<T *>(ASN1_item_unpack(static_cast<const ASN1_STRING *>(value), item));
    return std::unique_ptr<T, Free>(parameters, release);
}

int nameOf(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
    return OBJ_obj2nid(name);
}

bool isDerivationAffordable(const X509_ALGOR *derivation)
{
    if (nameOf(derivation) == NID_id_pbkdf2) {
        const auto parameters = unpack<PBKDF2PARAM>(derivation, ASN1_ITEM_rptr(PBKDF2PARAM), PBKDF2PARAM_free);
        return !parameters || isAffordable(parameters->iter);
    }
#ifndef OPENSSL_NO_SCRYPT
    if (nameOf(derivation) == NID_id_scrypt) {
        // OpenSSL bounds the memory; the parallel rounds alone are free.
        const auto parameters = unpack<SCRYPT_PARAMS>(derivation, ASN1_ITEM_rptr(SCRYPT_PARAMS), SCRYPT_PARAMS_free);
        return !parameters || ASN1_INTEGER_get(parameters->parallelizationParameter) <= 16;
    }
#endif
    return true;
}

} // namespace

bool isAffordable(const ASN1_INTEGER *rounds)
{
    // -1 for what does not fit a long, and for an error.
    const long count = rounds ? ASN1_INTEGER_get(rounds) : 1;
    return count >= 0 && count <= maximumPassphraseRounds;
}

bool isAffordable(const X509_ALGOR *encryption)
{
    if (nameOf(encryption) == NID_pbes2) {
        const auto parameters = unpack<PBE2PARAM>(encryption, ASN1_ITEM_rptr(PBE2PARAM), PBE2PARAM_free);
        return !parameters || isDerivationAffordable(parameters->keyfunc);
    }
    const auto parameters = unpack<PBEPARAM>(encryption, ASN1_ITEM_rptr(PBEPARAM), PBEPARAM_free);
    return !parameters || isAffordable(parameters->iter);
}

} // namespace Countersign
