// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/asymmetrickeydata.h>
#include <countersign/crypto/passphrasecost.h>

#include <openssl/decoder.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

using OpenSsl::Bio;
using OpenSsl::Pkey;

constexpr qsizetype largestPem = 256 * 1024;

// OpenSSL would ask on the terminal if there were no callback.
int supplyPassphrase(char *buffer, int size, int /*isEncrypting*/, void *user)
{
    const auto *passphrase = static_cast<const Secret *>(user);
    if (passphrase->isEmpty() || passphrase->size() > size)
        return -1;
    std::memcpy(buffer, passphrase->reveal().data(), OpenSsl::size(passphrase->reveal()));
    return static_cast<int>(passphrase->size());
}

Bio reader(QByteArrayView text)
{
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Pkey readPublic(QByteArrayView text)
{
    const Bio bio = reader(text);
    EVP_PKEY *pkey = nullptr;
    const std::unique_ptr<OSSL_DECODER_CTX, OpenSsl::Releaser<OSSL_DECODER_CTX_free>> decoder(
        OSSL_DECODER_CTX_new_for_pkey(&pkey, "PEM", nullptr, nullptr, EVP_PKEY_PUBLIC_KEY, nullptr, nullptr));
    if (!decoder || OSSL_DECODER_from_bio(decoder.get(), bio.get()) != 1)
        return {};
    return Pkey(pkey);
}

Pkey readPrivate(QByteArrayView text, const Secret &passphrase)
{
    const Bio bio = reader(text);
    // The callback takes a plain pointer and does not write through it.
    return Pkey(PEM_read_bio_PrivateKey(bio.get(), nullptr, &supplyPassphrase, const_cast<Secret *>(&passphrase)));
}

//! Whether the block's own key derivation ends in a time that somebody would wait for.
bool isAffordable(QByteArrayView encryptedKey)
{
    const Bio bio = reader(encryptedKey);
    const std::unique_ptr<X509_SIG, OpenSsl::Releaser<X509_SIG_free>> envelope(
        PEM_read_bio_PKCS8(bio.get(), nullptr, nullptr, nullptr));
    if (!envelope)
        return true; // what cannot be read is no key either
    const X509_ALGOR *encryption = nullptr;
    X509_SIG_get0(envelope.get(), &encryption, nullptr);
    return Countersign::isAffordable(encryption);
}

Pkey readCertificate(QByteArrayView text)
{
    const Bio bio = reader(text);
    const OpenSsl::X509Handle certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    return Pkey(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
}

constexpr QByteArrayView opening = "-----BEGIN ";

struct Block
{
    QByteArrayView label;
    QByteArrayView text; // from its first line to the end of everything

    //! What may hold the next one. A label can be empty: the search has to move on all the same.
    QByteArrayView rest() const { return text.sliced(opening.size() + label.size()); }
};

std::optional<Block> nextBlock(QByteArrayView text)
{
    const qsizetype begin = text.indexOf(opening);
    if (begin < 0)
        return std::nullopt;
    const QByteArrayView rest = text.sliced(begin);
    const qsizetype end = rest.indexOf("-----", opening.size());
    if (end < 0)
        return std::nullopt;
    return Block{rest.sliced(opening.size(), end - opening.size()), rest};
}

} // namespace

Result<AsymmetricKey> AsymmetricKey::fromPem(QByteArrayView text, const Secret &passphrase)
{
    if (text.size() > largestPem)
        return Error{ErrorCode::InvalidArgument, u"The PEM text is too long"_s};
    const OpenSsl::ErrorMark mark;
    for (auto block = nextBlock(text); block; block = nextBlock(block->rest())) {
        // Written by some tools before an EC key, which repeats it.
        if (block->label == "EC PARAMETERS")
            continue;
        Pkey pkey;
        if (block->label == "ENCRYPTED PRIVATE KEY" && !isAffordable(block->text))
            return Error{ErrorCode::NotSupported,
                         u"The key's passphrase is derived in more rounds than are computed"_s};
        if (block->label.endsWith("PRIVATE KEY"))
            pkey = readPrivate(block->text, passphrase);
        else if (block->label.endsWith("PUBLIC KEY"))
            pkey = readPublic(block->text);
        else if (block->label.endsWith("CERTIFICATE"))
            pkey = readCertificate(block->text);
        else
            continue;
        if (pkey)
            return KeyAccess::adopt(std::move(pkey));
        const bool isEncrypted = block->label == "ENCRYPTED PRIVATE KEY"
            || block->text.first(std::min<qsizetype>(block->text.size(), 200)).contains("Proc-Type: 4,ENCRYPTED");
        if (isEncrypted)
            return Error{ErrorCode::InvalidArgument, ErrorCause::PassphraseWrong,
                         u"The key is encrypted and the passphrase does not open it"_s};
        return Error{ErrorCode::InvalidArgument, u"The PEM block holds no key that can be read"_s};
    }
    return Error{ErrorCode::InvalidArgument, u"There is no PEM block with a key"_s};
}

QByteArray AsymmetricKey::publicPem() const
{
    const Bio bio(BIO_new(BIO_s_mem()));
    char *text = nullptr;
    if (!bio || PEM_write_bio_PUBKEY(bio.get(), m_data->pkey.get()) != 1)
        return {};
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<qsizetype>(size)};
}

QByteArray AsymmetricKey::publicDer() const
{
    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(m_data->pkey.get(), &der);
    if (size <= 0)
        return {};
    const QByteArray bytes(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return bytes;
}

Result<Secret> AsymmetricKey::privatePem(const Secret &passphrase) const
{
    if (!isPrivate())
        return Error{ErrorCode::InvalidArgument, u"The key has no private half"_s};
    const OpenSsl::ErrorMark mark;
    const Bio bio(BIO_new(BIO_s_secmem()));
    const bool isEncrypted = !passphrase.isEmpty();
    if (!bio
        || PEM_write_bio_PKCS8PrivateKey(bio.get(), m_data->pkey.get(),
                                         isEncrypted ? OpenSsl::cipher("AES-256-CBC") : nullptr,
                                         isEncrypted ? passphrase.reveal().data() : nullptr,
                                         static_cast<int>(passphrase.size()), nullptr, nullptr)
            != 1)
        return Error{ErrorCode::NotSupported, u"OpenSSL could not write the private key"_s};
    char *text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return Secret::copyOf({text, static_cast<qsizetype>(size)});
}

} // namespace Countersign
