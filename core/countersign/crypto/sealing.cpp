// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/sealing.h>

#include <countersign/crypto/opensslhandles.h>

#include <bit>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr qsizetype nonceSize = 12;
constexpr qsizetype tagSize = 16;
// EVP counts in int.
constexpr qsizetype largestText = qsizetype{1} << 30;

Error damaged()
{
    return {ErrorCode::StorageDamaged,
            u"The sealed data cannot be opened: wrong key, or changed since it was sealed"_s};
}

bool feedAssociatedData(EVP_CIPHER_CTX *context, QByteArrayView data)
{
    int written = 0;
    return data.isEmpty()
        || EVP_CipherUpdate(context, nullptr, &written, OpenSsl::bytes(data), static_cast<int>(data.size())) == 1;
}

OpenSsl::CipherContext begin(const Secret &key, QByteArrayView nonce, bool encrypt)
{
    OpenSsl::CipherContext context(EVP_CIPHER_CTX_new());
    if (!context
        || EVP_CipherInit_ex2(context.get(), OpenSsl::cipher("AES-256-GCM"), OpenSsl::bytes(key.reveal()),
                              OpenSsl::bytes(nonce), encrypt ? 1 : 0, nullptr)
            != 1)
        return {};
    return context;
}

} // namespace

Secret makeSealingKey(RandomSource &random)
{
    Secret key = Secret::ofSize(sealingKeySize);
    random.fill(key.writable());
    return key;
}

Result<QByteArray> seal(const Secret &key, QByteArrayView plaintext, QByteArrayView associatedData,
                        RandomSource &random)
{
    if (key.size() != sealingKeySize)
        return Error{ErrorCode::InvalidArgument, u"A sealing key has 32 bytes"_s};
    if (plaintext.size() > largestText || associatedData.size() > largestText)
        return Error{ErrorCode::InvalidArgument, u"Too much data to seal in one piece"_s};

    const OpenSsl::ErrorMark mark;
    QByteArray sealed(nonceSize + plaintext.size() + tagSize, Qt::Uninitialized);
    unsigned char *out = OpenSsl::writable(sealed);
    random.fill(std::as_writable_bytes(std::span(sealed.data(), std::size_t{nonceSize})));
    const auto context = begin(key, QByteArrayView(sealed).first(nonceSize), true);
    int written = 0;
    if (!context || !feedAssociatedData(context.get(), associatedData)
        || EVP_CipherUpdate(context.get(), out + nonceSize, &written, OpenSsl::bytes(plaintext),
                            static_cast<int>(plaintext.size()))
            != 1
        || EVP_CipherFinal_ex(context.get(), out + nonceSize + written, &written) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, int{tagSize}, out + nonceSize + plaintext.size())
            != 1)
        return Error{ErrorCode::NotSupported, u"OpenSSL refused to encrypt with AES-256-GCM"_s};
    return sealed;
}

Result<Secret> unseal(const Secret &key, QByteArrayView sealed, QByteArrayView associatedData)
{
    if (key.size() != sealingKeySize)
        return Error{ErrorCode::InvalidArgument, u"A sealing key has 32 bytes"_s};
    if (sealed.size() < sealingOverhead || sealed.size() > largestText + sealingOverhead)
        return damaged();

    const OpenSsl::ErrorMark mark;
    const QByteArrayView ciphertext = sealed.sliced(nonceSize, sealed.size() - sealingOverhead);
    QByteArray tag = sealed.last(tagSize).toByteArray();
    Secret plaintext = Secret::ofSize(ciphertext.size());
    const auto context = begin(key, sealed.first(nonceSize), false);
    int written = 0;
    // The final call may write nothing in GCM, but wants a place to.
    unsigned char none[16];
    if (!context || !feedAssociatedData(context.get(), associatedData)
        || (!ciphertext.isEmpty()
            && EVP_CipherUpdate(context.get(), OpenSsl::bytes(plaintext.writable()), &written,
                                OpenSsl::bytes(ciphertext), static_cast<int>(ciphertext.size()))
                != 1)
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, int{tagSize}, tag.data()) != 1
        || EVP_CipherFinal_ex(context.get(), none, &written) != 1)
        return damaged();
    return plaintext;
}

bool ScryptCost::isAcceptable() const
{
    constexpr quint64 leastWork = quint64{1} << 17; // N·r of RFC 7914's interactive example: 2^14 · 8
    constexpr quint64 mostWork = quint64{1} << 22; // times 128 bytes: 512 MiB
    constexpr quint32 mostParallel = 16;
    if (!std::has_single_bit(cost) || cost > mostWork || blockSize == 0 || blockSize > 64)
        return false;
    const quint64 work = cost * blockSize;
    return work >= leastWork && work <= mostWork && parallelization >= 1 && parallelization <= mostParallel;
}

Result<Secret> deriveSealingKey(const Secret &passphrase, QByteArrayView salt, const ScryptCost &cost)
{
    if (passphrase.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"The passphrase is empty"_s};
    if (salt.size() < scryptSaltSize)
        return Error{ErrorCode::InvalidArgument, u"The salt is too short"_s};
    if (!cost.isAcceptable())
        return Error{ErrorCode::InvalidArgument, u"The cost of the passphrase's key is out of bounds"_s};

    const OpenSsl::ErrorMark mark;
    Secret key = Secret::ofSize(sealingKeySize);
    constexpr quint64 memoryLimit = (quint64{1} << 29) + (quint64{1} << 26); // 512 MiB and some for OpenSSL's own
    if (EVP_PBE_scrypt(passphrase.reveal().data(), OpenSsl::size(passphrase.reveal()), OpenSsl::bytes(salt),
                       OpenSsl::size(salt), cost.cost, cost.blockSize, cost.parallelization, memoryLimit,
                       OpenSsl::bytes(key.writable()), std::size_t{sealingKeySize})
        != 1)
        return Error{ErrorCode::NotSupported, u"OpenSSL could not derive a key from the passphrase"_s};
    return key;
}

} // namespace Countersign
