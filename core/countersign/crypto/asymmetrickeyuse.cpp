// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/asymmetrickeydata.h>

#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

using OpenSsl::PkeyContext;

bool fits(KeyType type, SignatureScheme scheme)
{
    switch (scheme) {
    case SignatureScheme::RsaPkcs1:
    case SignatureScheme::RsaPss: return type == KeyType::Rsa;
    case SignatureScheme::Ecdsa: return type == KeyType::P256 || type == KeyType::P384 || type == KeyType::P521;
    case SignatureScheme::EdDsa: return type == KeyType::Ed25519 || type == KeyType::Ed448;
    }
    Q_UNREACHABLE();
}

bool configure(EVP_PKEY_CTX *context, SignatureScheme scheme, HashAlgorithm hash)
{
    if (EVP_PKEY_CTX_set_signature_md(context, OpenSsl::messageDigest(hash)) != 1)
        return false;
    if (scheme == SignatureScheme::RsaPkcs1)
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    if (scheme == SignatureScheme::RsaPss)
        // RFC 7518 §3.5: MGF1 with the same hash, and a salt of the hash's length, no other.
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
    return true;
}

// SEQUENCE { INTEGER r, INTEGER s }; 72 bytes for P-256, at most 141 for P-521.
struct DerSignature
{
    std::array<unsigned char, 160> bytes{};
    std::size_t size = 0;
};

void appendInteger(DerSignature &der, QByteArrayView value)
{
    while (value.size() > 1 && value.front() == '\0')
        value = value.sliced(1);
    const bool needsZero = (static_cast<unsigned char>(value.front()) & 0x80U) != 0;
    der.bytes[der.size++] = 0x02;
    der.bytes[der.size++] = static_cast<unsigned char>(value.size() + (needsZero ? 1 : 0));
    if (needsZero)
        der.bytes[der.size++] = 0;
    for (const char byte : value)
        der.bytes[der.size++] = static_cast<unsigned char>(byte);
}

DerSignature toDer(QByteArrayView sideBySide)
{
    const qsizetype half = sideBySide.size() / 2;
    DerSignature integers;
    appendInteger(integers, sideBySide.first(half));
    appendInteger(integers, sideBySide.last(half));
    DerSignature der;
    der.bytes[der.size++] = 0x30;
    if (integers.size >= 0x80)
        der.bytes[der.size++] = 0x81;
    der.bytes[der.size++] = static_cast<unsigned char>(integers.size);
    std::copy_n(integers.bytes.begin(), integers.size, der.bytes.begin() + static_cast<std::ptrdiff_t>(der.size));
    der.size += integers.size;
    return der;
}

QByteArray toSideBySide(const QByteArray &der, qsizetype half)
{
    const unsigned char *in = OpenSsl::bytes(der);
    const std::unique_ptr<ECDSA_SIG, OpenSsl::Releaser<ECDSA_SIG_free>> signature(
        d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size())));
    QByteArray bytes(half * 2, Qt::Uninitialized);
    if (!signature
        || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), OpenSsl::writable(bytes), static_cast<int>(half)) < 0
        || BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), OpenSsl::writable(bytes) + half, static_cast<int>(half)) < 0)
        return {};
    return bytes;
}

// Takes the idle verifier out of its slot and puts it back; see AsymmetricKey::Data.
class Verifier
{
public:
    Verifier(std::atomic<EVP_PKEY_CTX *> &slot, EVP_PKEY *pkey, SignatureScheme scheme, HashAlgorithm hash)
        : m_slot(slot), m_context(slot.exchange(nullptr, std::memory_order_acquire))
    {
        if (m_context)
            return;
        m_context.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey, nullptr));
        if (m_context && (EVP_PKEY_verify_init(m_context.get()) != 1 || !configure(m_context.get(), scheme, hash)))
            m_context.reset();
    }
    ~Verifier() { EVP_PKEY_CTX_free(m_slot.exchange(m_context.release(), std::memory_order_acq_rel)); }
    Verifier(const Verifier &) = delete;
    Verifier &operator=(const Verifier &) = delete;

    bool verify(const unsigned char *signature, std::size_t size, std::span<const unsigned char> digest)
    {
        return m_context && EVP_PKEY_verify(m_context.get(), signature, size, digest.data(), digest.size()) == 1;
    }

private:
    std::atomic<EVP_PKEY_CTX *> &m_slot;
    PkeyContext m_context;
};

Result<QByteArray> signEdwards(EVP_PKEY *pkey, QByteArrayView data)
{
    const OpenSsl::DigestContext context(EVP_MD_CTX_new());
    QByteArray signature(EVP_PKEY_get_size(pkey), Qt::Uninitialized);
    auto size = OpenSsl::size(signature);
    if (!context || EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, pkey, nullptr) != 1
        || EVP_DigestSign(context.get(), OpenSsl::writable(signature), &size, OpenSsl::bytes(data), OpenSsl::size(data))
            != 1)
        return Error{ErrorCode::NotSupported, u"OpenSSL could not sign"_s};
    signature.truncate(static_cast<qsizetype>(size));
    return signature;
}

bool startEdwards(EVP_MD_CTX *context, EVP_PKEY *pkey)
{
    return EVP_DigestVerifyInit_ex(context, nullptr, nullptr, nullptr, nullptr, pkey, nullptr) == 1;
}

// As Verifier, with the context that the Edwards curves want because they hash by themselves.
bool verifyEdwards(std::atomic<EVP_MD_CTX *> &slot, EVP_PKEY *pkey, QByteArrayView data, QByteArrayView signature)
{
    OpenSsl::DigestContext context(slot.exchange(nullptr, std::memory_order_acquire));
    // Started without a key, a context stays with the one that it has and fetches nothing.
    if (!context || !startEdwards(context.get(), nullptr)) {
        context.reset(EVP_MD_CTX_new());
        if (!context || !startEdwards(context.get(), pkey))
            return false;
    }
    const bool isGenuine = EVP_DigestVerify(context.get(), OpenSsl::bytes(signature), OpenSsl::size(signature),
                                            OpenSsl::bytes(data), OpenSsl::size(data))
        == 1;
    EVP_MD_CTX_free(slot.exchange(context.release(), std::memory_order_acq_rel));
    return isGenuine;
}

// As Verifier, with one of our own. No answer: the key is none for it.
template <typename Own, typename Use>
std::optional<bool> verifyBy(std::atomic<Own *> &slot, const EVP_PKEY *pkey, const Use &isGenuineBy)
{
    std::unique_ptr<Own> verifier(slot.exchange(nullptr, std::memory_order_acquire));
    if (!verifier)
        verifier = Own::create(pkey);
    if (!verifier)
        return {};
    const bool isGenuine = isGenuineBy(*verifier);
    delete slot.exchange(verifier.release(), std::memory_order_acq_rel);
    return isGenuine;
}

bool setPadding(EVP_PKEY_CTX *context, RsaEncryption padding, HashAlgorithm hash)
{
    if (padding == RsaEncryption::Pkcs1)
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1
        && EVP_PKEY_CTX_set_rsa_oaep_md(context, OpenSsl::messageDigest(hash)) == 1
        && EVP_PKEY_CTX_set_rsa_mgf1_md(context, OpenSsl::messageDigest(hash)) == 1;
}

} // namespace

Result<QByteArray> AsymmetricKey::sign(SignatureScheme scheme, HashAlgorithm hash, QByteArrayView data) const
{
    if (!isPrivate() || !fits(type(), scheme))
        return Error{ErrorCode::InvalidArgument, u"The key cannot make such a signature"_s};
    const OpenSsl::ErrorMark mark;
    EVP_PKEY *pkey = m_data->pkey.get();
    if (scheme == SignatureScheme::EdDsa)
        return signEdwards(pkey, data);
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey, nullptr));
    const QByteArray hashed = digest(hash, data);
    QByteArray signature(EVP_PKEY_get_size(pkey), Qt::Uninitialized);
    auto size = OpenSsl::size(signature);
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 || !configure(context.get(), scheme, hash)
        || EVP_PKEY_sign(context.get(), OpenSsl::writable(signature), &size, OpenSsl::bytes(hashed),
                         OpenSsl::size(hashed))
            != 1)
        return Error{ErrorCode::NotSupported, u"OpenSSL could not sign"_s};
    signature.truncate(static_cast<qsizetype>(size));
    return scheme == SignatureScheme::Ecdsa ? toSideBySide(signature, coordinateSize(type())) : signature;
}

bool AsymmetricKey::verify(SignatureScheme scheme, HashAlgorithm hash, QByteArrayView data,
                           QByteArrayView signature) const
{
    if (!fits(type(), scheme))
        return false;
    if (m_data->ed25519Verifier)
        return m_data->ed25519Verifier->verify(signature, data);
    const OpenSsl::ErrorMark mark;
    EVP_PKEY *pkey = m_data->pkey.get();
    const qsizetype expected =
        scheme == SignatureScheme::Ecdsa ? 2 * coordinateSize(type()) : qsizetype{EVP_PKEY_get_size(pkey)};
    if (signature.size() != expected)
        return false;
    if (scheme == SignatureScheme::EdDsa)
        return verifyEdwards(m_data->idleEdwardsVerifier, pkey, data, signature);

    std::array<unsigned char, EVP_MAX_MD_SIZE> hashed{};
    unsigned size = 0;
    if (EVP_Digest(data.data(), OpenSsl::size(data), hashed.data(), &size, OpenSsl::messageDigest(hash), nullptr) != 1)
        return false;
    const auto hashedBytes = std::span<const unsigned char>(hashed).first(size);
    if (type() == KeyType::Rsa) {
        const auto isGenuineBy = [&](RsaVerifier &verifier) {
            return scheme == SignatureScheme::RsaPss ? verifier.verifyPss(signature, hash, hashedBytes)
                                                     : verifier.verifyPkcs1(signature, hash, hashedBytes);
        };
        if (const auto isGenuine = verifyBy(m_data->idleRsaVerifier, pkey, isGenuineBy))
            return *isGenuine;
    } else if (type() == KeyType::P256 && hash == HashAlgorithm::Sha256) {
        const auto isGenuineBy = [&](EcdsaP256Verifier &verifier) { return verifier.verify(signature, hashedBytes); };
        if (const auto isGenuine = verifyBy(m_data->idleP256Verifier, pkey, isGenuineBy))
            return *isGenuine;
    }
    auto &slot = m_data->idleVerifiers[static_cast<std::size_t>(scheme) * 4 + static_cast<std::size_t>(hash)];
    Verifier verifier(slot, pkey, scheme, hash);
    if (scheme != SignatureScheme::Ecdsa)
        return verifier.verify(OpenSsl::bytes(signature), OpenSsl::size(signature), hashedBytes);
    const DerSignature der = toDer(signature);
    return verifier.verify(der.bytes.data(), der.size, hashedBytes);
}

Result<QByteArray> AsymmetricKey::encrypt(RsaEncryption padding, HashAlgorithm hash, QByteArrayView data) const
{
    if (type() != KeyType::Rsa)
        return Error{ErrorCode::InvalidArgument, u"Only an RSA key encrypts"_s};
    const OpenSsl::ErrorMark mark;
    EVP_PKEY *pkey = m_data->pkey.get();
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey, nullptr));
    QByteArray encrypted(EVP_PKEY_get_size(pkey), Qt::Uninitialized);
    auto size = OpenSsl::size(encrypted);
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 || !setPadding(context.get(), padding, hash)
        || EVP_PKEY_encrypt(context.get(), OpenSsl::writable(encrypted), &size, OpenSsl::bytes(data),
                            OpenSsl::size(data))
            != 1)
        return Error{ErrorCode::InvalidArgument, u"The data do not fit the RSA key"_s};
    return encrypted;
}

Result<Secret> AsymmetricKey::decrypt(RsaEncryption padding, HashAlgorithm hash, QByteArrayView data) const
{
    if (type() != KeyType::Rsa || !isPrivate())
        return Error{ErrorCode::InvalidArgument, u"Only a private RSA key decrypts"_s};
    const OpenSsl::ErrorMark mark;
    EVP_PKEY *pkey = m_data->pkey.get();
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey, nullptr));
    Secret buffer = Secret::ofSize(EVP_PKEY_get_size(pkey));
    auto size = static_cast<std::size_t>(buffer.size());
    if (data.size() != buffer.size() || !context || EVP_PKEY_decrypt_init(context.get()) != 1
        || !setPadding(context.get(), padding, hash)
        || EVP_PKEY_decrypt(context.get(), OpenSsl::bytes(buffer.writable()), &size, OpenSsl::bytes(data),
                            OpenSsl::size(data))
            != 1)
        return Error{ErrorCode::SecurityCheckFailed, u"The data cannot be decrypted"_s};
    return Secret::copyOf(buffer.reveal().first(static_cast<qsizetype>(size)));
}

Result<Secret> AsymmetricKey::agree(const AsymmetricKey &peer) const
{
    if (!isPrivate() || peer.type() != type() || type() == KeyType::Rsa || fits(type(), SignatureScheme::EdDsa))
        return Error{ErrorCode::InvalidArgument, u"The two keys cannot agree on a secret"_s};
    const OpenSsl::ErrorMark mark;
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, m_data->pkey.get(), nullptr));
    Secret shared = Secret::ofSize(coordinateSize(type()));
    auto size = static_cast<std::size_t>(shared.size());
    // OpenSSL refuses an all-zero X25519 or X448 secret by itself.
    if (!context || EVP_PKEY_derive_init(context.get()) != 1
        || EVP_PKEY_derive_set_peer_ex(context.get(), peer.m_data->pkey.get(), 1) != 1
        || EVP_PKEY_derive(context.get(), OpenSsl::bytes(shared.writable()), &size) != 1
        || size != static_cast<std::size_t>(shared.size()))
        return Error{ErrorCode::SecurityCheckFailed, u"The keys agree on no usable secret"_s};
    return shared;
}

} // namespace Countersign
