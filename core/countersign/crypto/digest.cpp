// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/digest.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/crypto/opensslhandles.h>

#include <openssl/hmac.h>

#include <array>
#include <mutex>
#include <string>
#include <unordered_map>

namespace Countersign {

namespace OpenSsl {

const EVP_MD *messageDigest(HashAlgorithm hash)
{
    // Never freed: they live as long as the process, and OpenSSL's own exit handler may run before our destructors.
    static const std::array<const EVP_MD *, 4> digests{
        EVP_MD_fetch(nullptr, "SHA1", nullptr), EVP_MD_fetch(nullptr, "SHA256", nullptr),
        EVP_MD_fetch(nullptr, "SHA384", nullptr), EVP_MD_fetch(nullptr, "SHA512", nullptr)};
    return digests[static_cast<std::size_t>(hash)];
}

const EVP_CIPHER *cipher(const char *name)
{
    static std::mutex mutex;
    // Never freed, as above: the map too, so that its handles stay reachable for whoever looks for leaks.
    static auto &ciphers = *new std::unordered_map<std::string, const EVP_CIPHER *>;
    const std::lock_guard lock(mutex);
    const auto [found, isNew] = ciphers.try_emplace(name, nullptr);
    if (isNew)
        found->second = EVP_CIPHER_fetch(nullptr, name, nullptr);
    return found->second;
}

} // namespace OpenSsl

qsizetype digestSize(HashAlgorithm hash)
{
    switch (hash) {
    case HashAlgorithm::Sha1: return 20;
    case HashAlgorithm::Sha256: return 32;
    case HashAlgorithm::Sha384: return 48;
    case HashAlgorithm::Sha512: return 64;
    }
    Q_UNREACHABLE();
}

QByteArray digest(HashAlgorithm hash, QByteArrayView data)
{
    QByteArray result(digestSize(hash), Qt::Uninitialized);
    if (EVP_Digest(data.data(), OpenSsl::size(data), OpenSsl::writable(result), nullptr, OpenSsl::messageDigest(hash),
                   nullptr)
        != 1)
        qFatal("OpenSSL cannot compute a digest: continuing would mean wrong checks.");
    return result;
}

QByteArray shake256(QByteArrayView data, qsizetype size)
{
    static const EVP_MD *const shake = EVP_MD_fetch(nullptr, "SHAKE256", nullptr);
    QByteArray result(size, Qt::Uninitialized);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (!context || EVP_DigestInit_ex(context.get(), shake, nullptr) != 1
        || EVP_DigestUpdate(context.get(), data.data(), OpenSsl::size(data)) != 1
        || EVP_DigestFinalXOF(context.get(), OpenSsl::writable(result), OpenSsl::size(result)) != 1)
        qFatal("OpenSSL cannot compute SHAKE256: continuing would mean wrong checks.");
    return result;
}

QByteArray hmac(HashAlgorithm hash, QByteArrayView key, QByteArrayView data)
{
    QByteArray result(digestSize(hash), Qt::Uninitialized);
    // HMAC() takes a null key for "the key of last time".
    const void *keyBytes = key.isEmpty() ? "" : key.data();
    if (!HMAC(OpenSsl::messageDigest(hash), keyBytes, static_cast<int>(key.size()), OpenSsl::bytes(data),
              OpenSsl::size(data), OpenSsl::writable(result), nullptr))
        qFatal("OpenSSL cannot compute an HMAC: continuing would mean wrong checks.");
    return result;
}

bool verifyHmac(HashAlgorithm hash, QByteArrayView key, QByteArrayView data, QByteArrayView mac)
{
    return equalInConstantTime(hmac(hash, key, data), mac);
}

} // namespace Countersign
