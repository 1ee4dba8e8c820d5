// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/keywrap.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/crypto/opensslhandles.h>

#include <QtCore/QtEndian>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr qsizetype wrapBlock = 8;
constexpr qsizetype largestKey = 4096;

OpenSsl::CipherContext beginWrap(const Secret &wrappingKey, bool encrypt)
{
    const char *name = nullptr;
    if (wrappingKey.size() == 16)
        name = "AES-128-WRAP";
    else if (wrappingKey.size() == 24)
        name = "AES-192-WRAP";
    else if (wrappingKey.size() == 32)
        name = "AES-256-WRAP";
    OpenSsl::CipherContext context(name ? EVP_CIPHER_CTX_new() : nullptr);
    if (!context)
        return {};
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    if (EVP_CipherInit_ex2(context.get(), OpenSsl::cipher(name), OpenSsl::bytes(wrappingKey.reveal()), nullptr,
                           encrypt ? 1 : 0, nullptr)
        != 1)
        return {};
    return context;
}

void appendWithLength(QByteArray &target, QByteArrayView value)
{
    std::array<char, 4> length{};
    qToBigEndian(static_cast<quint32>(value.size()), length.data());
    target.append(length.data(), length.size());
    target.append(value);
}

} // namespace

Result<QByteArray> wrapKey(const Secret &wrappingKey, const Secret &key)
{
    const OpenSsl::ErrorMark mark;
    const auto context = beginWrap(wrappingKey, true);
    if (!context || key.size() < 2 * wrapBlock || key.size() > largestKey || key.size() % wrapBlock != 0)
        return Error{ErrorCode::InvalidArgument, u"A key of this size cannot be wrapped"_s};
    QByteArray wrapped(key.size() + 2 * wrapBlock, Qt::Uninitialized);
    int written = 0;
    if (EVP_CipherUpdate(context.get(), OpenSsl::writable(wrapped), &written, OpenSsl::bytes(key.reveal()),
                         static_cast<int>(key.size()))
        != 1)
        return Error{ErrorCode::NotSupported, u"OpenSSL refused to wrap the key"_s};
    wrapped.truncate(written);
    return wrapped;
}

Result<Secret> unwrapKey(const Secret &wrappingKey, QByteArrayView wrapped)
{
    const OpenSsl::ErrorMark mark;
    const Error failed{ErrorCode::SecurityCheckFailed, u"The key cannot be unwrapped"_s};
    const auto context = beginWrap(wrappingKey, false);
    if (!context || wrapped.size() < 3 * wrapBlock || wrapped.size() > largestKey || wrapped.size() % wrapBlock != 0)
        return failed;
    Secret buffer = Secret::ofSize(wrapped.size() + wrapBlock);
    int written = 0;
    if (EVP_CipherUpdate(context.get(), OpenSsl::bytes(buffer.writable()), &written, OpenSsl::bytes(wrapped),
                         static_cast<int>(wrapped.size()))
            != 1
        || written != static_cast<int>(wrapped.size() - wrapBlock))
        return failed;
    return Secret::copyOf(buffer.reveal().first(written));
}

Secret deriveByConcatKdf(const Secret &sharedSecret, QByteArrayView algorithmId, QByteArrayView partyUInfo,
                         QByteArrayView partyVInfo, qsizetype size)
{
    constexpr qsizetype round = 32;
    Q_ASSERT(size > 0 && size <= 2 * round);
    QByteArray otherInfo;
    appendWithLength(otherInfo, algorithmId);
    appendWithLength(otherInfo, partyUInfo);
    appendWithLength(otherInfo, partyVInfo);
    std::array<char, 4> bits{};
    qToBigEndian(static_cast<quint32>(size * 8), bits.data());
    otherInfo.append(bits.data(), bits.size());

    Secret key = Secret::ofSize(size);
    char *out = reinterpret_cast<char *>(key.writable().data());
    for (quint32 counter = 1; counter <= static_cast<quint32>((size + round - 1) / round); ++counter) {
        Secret input = Secret::ofSize(4 + sharedSecret.size() + otherInfo.size());
        char *at = reinterpret_cast<char *>(input.writable().data());
        qToBigEndian(counter, at);
        at = std::copy_n(sharedSecret.reveal().data(), sharedSecret.size(), at + 4);
        std::copy_n(otherInfo.constData(), otherInfo.size(), at);
        QByteArray hashed = digest(HashAlgorithm::Sha256, input.reveal());
        const qsizetype done = static_cast<qsizetype>(counter - 1) * round;
        std::copy_n(hashed.constData(), std::min(round, size - done), out + done);
        wipe(hashed);
    }
    return key;
}

Result<Secret> deriveByPbkdf2(HashAlgorithm hash, const Secret &password, QByteArrayView salt, int iterations,
                              qsizetype size)
{
    const OpenSsl::ErrorMark mark;
    Secret key = Secret::ofSize(size);
    if (PKCS5_PBKDF2_HMAC(password.reveal().data(), static_cast<int>(password.size()), OpenSsl::bytes(salt),
                          static_cast<int>(salt.size()), iterations, OpenSsl::messageDigest(hash),
                          static_cast<int>(size), OpenSsl::bytes(key.writable()))
        != 1)
        return Error{ErrorCode::NotSupported, u"OpenSSL could not derive a key from the password"_s};
    return key;
}

} // namespace Countersign
