// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/contentencryption.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/crypto/opensslhandles.h>

#include <QtCore/QtEndian>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr qsizetype blockSize = 16;
// EVP counts in int.
constexpr qsizetype largestText = qsizetype{1} << 30;

bool isGcm(ContentCipher cipher)
{
    return cipher == ContentCipher::Aes128Gcm || cipher == ContentCipher::Aes192Gcm
        || cipher == ContentCipher::Aes256Gcm;
}

const EVP_CIPHER *blockCipher(ContentCipher cipher)
{
    switch (cipher) {
    case ContentCipher::Aes128CbcHmac256: return OpenSsl::cipher("AES-128-CBC");
    case ContentCipher::Aes192CbcHmac384: return OpenSsl::cipher("AES-192-CBC");
    case ContentCipher::Aes256CbcHmac512: return OpenSsl::cipher("AES-256-CBC");
    case ContentCipher::Aes128Gcm: return OpenSsl::cipher("AES-128-GCM");
    case ContentCipher::Aes192Gcm: return OpenSsl::cipher("AES-192-GCM");
    case ContentCipher::Aes256Gcm: return OpenSsl::cipher("AES-256-GCM");
    }
    Q_UNREACHABLE();
}

HashAlgorithm macHash(ContentCipher cipher)
{
    if (cipher == ContentCipher::Aes128CbcHmac256)
        return HashAlgorithm::Sha256;
    return cipher == ContentCipher::Aes192CbcHmac384 ? HashAlgorithm::Sha384 : HashAlgorithm::Sha512;
}

Error notDecrypted()
{
    return {ErrorCode::SecurityCheckFailed, u"The content cannot be decrypted"_s};
}

// RFC 7518 §5.2.2.1: the MAC key is the first half; the MAC is over AAD, IV, ciphertext and the AAD's length in bits.
QByteArray macTag(ContentCipher cipher, const Secret &key, QByteArrayView iv, QByteArrayView associatedData,
                  QByteArrayView ciphertext)
{
    QByteArray input;
    input.reserve(associatedData.size() + iv.size() + ciphertext.size() + 8);
    input.append(associatedData).append(iv).append(ciphertext);
    std::array<char, 8> bits{};
    qToBigEndian(static_cast<quint64>(associatedData.size()) * 8, bits.data());
    input.append(bits.data(), bits.size());
    return hmac(macHash(cipher), key.reveal().first(key.size() / 2), input).first(sizesOf(cipher).tag);
}

OpenSsl::CipherContext begin(ContentCipher cipher, const Secret &key, QByteArrayView iv, bool encrypt)
{
    OpenSsl::CipherContext context(EVP_CIPHER_CTX_new());
    const QByteArrayView encryptionKey = isGcm(cipher) ? key.reveal() : key.reveal().last(key.size() / 2);
    if (!context
        || EVP_CipherInit_ex2(context.get(), blockCipher(cipher), OpenSsl::bytes(encryptionKey), OpenSsl::bytes(iv),
                              encrypt ? 1 : 0, nullptr)
            != 1)
        return {};
    return context;
}

// GCM only; CBC authenticates by its MAC.
bool feedAssociatedData(EVP_CIPHER_CTX *context, ContentCipher cipher, QByteArrayView data)
{
    int written = 0;
    return !isGcm(cipher) || data.isEmpty()
        || EVP_CipherUpdate(context, nullptr, &written, OpenSsl::bytes(data), static_cast<int>(data.size())) == 1;
}

// Returns how many bytes came out, or nothing.
std::optional<qsizetype> run(EVP_CIPHER_CTX *context, QByteArrayView in, unsigned char *out)
{
    int written = 0;
    int rest = 0;
    if (!in.isEmpty() && EVP_CipherUpdate(context, out, &written, OpenSsl::bytes(in), static_cast<int>(in.size())) != 1)
        return std::nullopt;
    if (EVP_CipherFinal_ex(context, out + written, &rest) != 1)
        return std::nullopt;
    return qsizetype{written} + rest;
}

} // namespace

ContentCipherSizes sizesOf(ContentCipher cipher)
{
    switch (cipher) {
    case ContentCipher::Aes128CbcHmac256: return {32, 16, 16};
    case ContentCipher::Aes192CbcHmac384: return {48, 16, 24};
    case ContentCipher::Aes256CbcHmac512: return {64, 16, 32};
    case ContentCipher::Aes128Gcm: return {16, 12, 16};
    case ContentCipher::Aes192Gcm: return {24, 12, 16};
    case ContentCipher::Aes256Gcm: return {32, 12, 16};
    }
    Q_UNREACHABLE();
}

Result<EncryptedContent> encryptContent(ContentCipher cipher, const Secret &key, QByteArrayView iv,
                                        QByteArrayView associatedData, QByteArrayView plaintext)
{
    const auto sizes = sizesOf(cipher);
    if (key.size() != sizes.key || iv.size() != sizes.iv || plaintext.size() > largestText)
        return Error{ErrorCode::InvalidArgument, u"The key, the iv or the text has the wrong size"_s};
    const OpenSsl::ErrorMark mark;
    const auto context = begin(cipher, key, iv, true);
    EncryptedContent result{QByteArray(plaintext.size() + blockSize, Qt::Uninitialized), QByteArray(sizes.tag, '\0')};
    const auto size = context && feedAssociatedData(context.get(), cipher, associatedData)
        ? run(context.get(), plaintext, OpenSsl::writable(result.ciphertext))
        : std::nullopt;
    if (!size)
        return Error{ErrorCode::NotSupported, u"OpenSSL refused to encrypt"_s};
    result.ciphertext.truncate(*size);
    if (!isGcm(cipher))
        result.tag = macTag(cipher, key, iv, associatedData, result.ciphertext);
    else
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(sizes.tag), result.tag.data());
    return result;
}

Result<Secret> decryptContent(ContentCipher cipher, const Secret &key, QByteArrayView iv, QByteArrayView associatedData,
                              QByteArrayView ciphertext, QByteArrayView tag)
{
    const auto sizes = sizesOf(cipher);
    // A shorter tag would be a shorter search; OpenSSL would accept it.
    if (key.size() != sizes.key || iv.size() != sizes.iv || tag.size() != sizes.tag || ciphertext.size() > largestText)
        return notDecrypted();
    if (!isGcm(cipher)
        && (!equalInConstantTime(macTag(cipher, key, iv, associatedData, ciphertext), tag) || ciphertext.isEmpty()
            || ciphertext.size() % blockSize != 0))
        return notDecrypted();

    const OpenSsl::ErrorMark mark;
    const auto context = begin(cipher, key, iv, false);
    QByteArray expected = tag.toByteArray();
    if (!context || !feedAssociatedData(context.get(), cipher, associatedData)
        || (isGcm(cipher)
            && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(sizes.tag), expected.data())
                != 1))
        return notDecrypted();
    Secret buffer = Secret::ofSize(ciphertext.size() + blockSize);
    const auto size = run(context.get(), ciphertext, OpenSsl::bytes(buffer.writable()));
    if (!size)
        return notDecrypted();
    return Secret::copyOf(buffer.reveal().first(*size));
}

} // namespace Countersign
