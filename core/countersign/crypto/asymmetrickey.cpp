// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/asymmetrickey.h>

#include <countersign/crypto/asymmetrickeydata.h>
#include <countersign/crypto/constanttime.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

using OpenSsl::Number;
using OpenSsl::Pkey;
using OpenSsl::PkeyContext;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, OpenSsl::Releaser<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, OpenSsl::Releaser<OSSL_PARAM_free>>;

bool isEllipticCurve(KeyType type)
{
    return type == KeyType::P256 || type == KeyType::P384 || type == KeyType::P521;
}

// The names that OpenSSL reports, so that they can be compared with.
const char *openSslName(KeyType type)
{
    switch (type) {
    case KeyType::Rsa: return "RSA";
    case KeyType::P256: return "prime256v1";
    case KeyType::P384: return "secp384r1";
    case KeyType::P521: return "secp521r1";
    case KeyType::Ed25519: return "ED25519";
    case KeyType::Ed448: return "ED448";
    case KeyType::X25519: return "X25519";
    case KeyType::X448: return "X448";
    }
    Q_UNREACHABLE();
}

Error notAKey(const QString &reason)
{
    return {ErrorCode::InvalidArgument, reason};
}

Error inconsistent(const QString &reason)
{
    return {ErrorCode::SecurityCheckFailed, reason};
}

Pkey build(const char *algorithm, OSSL_PARAM_BLD *builder, bool isPrivate)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, algorithm, nullptr));
    EVP_PKEY *pkey = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &pkey, isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters.get())
            != 1)
        return {};
    return Pkey(pkey);
}

Result<AsymmetricKey> fromRsaNumbers(const KeyNumbers &numbers)
{
    if (const auto weakness = findRsaWeakness(numbers))
        return *weakness;
    const std::array<std::pair<const char *, QByteArrayView>, 8> members{{
        {OSSL_PKEY_PARAM_RSA_N, numbers.n},
        {OSSL_PKEY_PARAM_RSA_E, numbers.e},
        {OSSL_PKEY_PARAM_RSA_D, numbers.d.reveal()},
        {OSSL_PKEY_PARAM_RSA_FACTOR1, numbers.p.reveal()},
        {OSSL_PKEY_PARAM_RSA_FACTOR2, numbers.q.reveal()},
        {OSSL_PKEY_PARAM_RSA_EXPONENT1, numbers.dp.reveal()},
        {OSSL_PKEY_PARAM_RSA_EXPONENT2, numbers.dq.reveal()},
        {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, numbers.qi.reveal()},
    }};
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    // The builder keeps pointers until the parameters are made.
    std::vector<Number> kept;
    for (const auto &[name, bytes] : members) {
        if (bytes.isEmpty())
            continue;
        Number number(BN_secure_new());
        if (!BN_bin2bn(OpenSsl::bytes(bytes), static_cast<int>(bytes.size()), number.get())
            || OSSL_PARAM_BLD_push_BN(builder.get(), name, number.get()) != 1)
            return notAKey(u"The RSA numbers cannot be read"_s);
        kept.push_back(std::move(number));
    }
    Pkey pkey = build("RSA", builder.get(), numbers.isPrivate());
    if (!pkey)
        return notAKey(u"OpenSSL does not accept the RSA numbers"_s);
    return KeyAccess::wrap(std::move(pkey), KeyType::Rsa, numbers.isPrivate());
}

Result<AsymmetricKey> fromPoint(const KeyNumbers &numbers)
{
    const qsizetype size = coordinateSize(numbers.type);
    // RFC 7518 §6.2.1.2: the full size of a coordinate, always.
    if (numbers.x.size() != size || numbers.y.size() != size || (numbers.isPrivate() && numbers.d.size() != size))
        return inconsistent(u"A coordinate does not have the length of its curve"_s);
    const QByteArray point = '\x04' + numbers.x + numbers.y;
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, openSslName(numbers.type), 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(), OpenSsl::size(point));
    const Number d(BN_secure_new());
    if (numbers.isPrivate()) {
        BN_bin2bn(OpenSsl::bytes(numbers.d.reveal()), static_cast<int>(size), d.get());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, d.get());
    }
    Pkey pkey = build("EC", builder.get(), numbers.isPrivate());
    if (!pkey)
        return inconsistent(u"The point is not on its curve"_s);
    const PkeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey.get(), nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) != 1)
        return inconsistent(u"The point is not on its curve"_s);
    if (numbers.isPrivate() && (EVP_PKEY_private_check(check.get()) != 1 || EVP_PKEY_pairwise_check(check.get()) != 1))
        return inconsistent(u"The private number does not belong to the point"_s);
    return KeyAccess::wrap(std::move(pkey), numbers.type, numbers.isPrivate());
}

Result<AsymmetricKey> fromRawBytes(const KeyNumbers &numbers)
{
    const qsizetype size = coordinateSize(numbers.type);
    if (numbers.x.size() != size || !numbers.y.isEmpty() || (numbers.isPrivate() && numbers.d.size() != size))
        return inconsistent(u"The key does not have the length of its curve"_s);
    if (numbers.type == KeyType::Ed25519 || numbers.type == KeyType::Ed448) {
        if (const auto weakness = findEdwardsWeakness(numbers.type, numbers.x))
            return *weakness;
    }
    const char *name = openSslName(numbers.type);
    if (!numbers.isPrivate()) {
        Pkey pkey(EVP_PKEY_new_raw_public_key_ex(nullptr, name, nullptr, OpenSsl::bytes(numbers.x),
                                                 static_cast<std::size_t>(size)));
        if (!pkey)
            return notAKey(u"OpenSSL does not accept the key"_s);
        return KeyAccess::wrap(std::move(pkey), numbers.type, false);
    }
    Pkey pkey(EVP_PKEY_new_raw_private_key_ex(nullptr, name, nullptr, OpenSsl::bytes(numbers.d.reveal()),
                                              static_cast<std::size_t>(size)));
    if (!pkey)
        return notAKey(u"OpenSSL does not accept the key"_s);
    const AsymmetricKey key = KeyAccess::wrap(std::move(pkey), numbers.type, true);
    if (!equalInConstantTime(key.publicNumbers().x, numbers.x))
        return inconsistent(u"The private key does not belong to the public one"_s);
    return key;
}

QByteArray toBytes(const BIGNUM *number, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    BN_bn2binpad(number, OpenSsl::writable(bytes), static_cast<int>(size));
    return bytes;
}

QByteArray publicNumber(const EVP_PKEY *pkey, const char *name, qsizetype size)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(pkey, name, &raw) != 1)
        return {};
    const Number number(raw);
    return toBytes(number.get(), size > 0 ? size : qsizetype{BN_num_bytes(number.get())});
}

Secret privateNumber(const EVP_PKEY *pkey, const char *name, qsizetype size)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(pkey, name, &raw) != 1)
        return {};
    const Number number(raw);
    Secret bytes = Secret::ofSize(size > 0 ? size : qsizetype{BN_num_bytes(number.get())});
    BN_bn2binpad(number.get(), OpenSsl::bytes(bytes.writable()), static_cast<int>(bytes.size()));
    return bytes;
}

KeyNumbers readPublic(const EVP_PKEY *pkey, KeyType type)
{
    KeyNumbers numbers;
    numbers.type = type;
    const qsizetype size = coordinateSize(type);
    if (type == KeyType::Rsa) {
        numbers.n = publicNumber(pkey, OSSL_PKEY_PARAM_RSA_N, 0);
        numbers.e = publicNumber(pkey, OSSL_PKEY_PARAM_RSA_E, 0);
    } else if (isEllipticCurve(type)) {
        numbers.x = publicNumber(pkey, OSSL_PKEY_PARAM_EC_PUB_X, size);
        numbers.y = publicNumber(pkey, OSSL_PKEY_PARAM_EC_PUB_Y, size);
    } else {
        numbers.x.resize(size);
        auto length = static_cast<std::size_t>(size);
        EVP_PKEY_get_raw_public_key(pkey, OpenSsl::writable(numbers.x), &length);
    }
    return numbers;
}

void readPrivate(const EVP_PKEY *pkey, KeyNumbers &numbers)
{
    const qsizetype size = coordinateSize(numbers.type);
    if (numbers.type == KeyType::Rsa) {
        numbers.d = privateNumber(pkey, OSSL_PKEY_PARAM_RSA_D, 0);
        numbers.p = privateNumber(pkey, OSSL_PKEY_PARAM_RSA_FACTOR1, 0);
        numbers.q = privateNumber(pkey, OSSL_PKEY_PARAM_RSA_FACTOR2, 0);
        numbers.dp = privateNumber(pkey, OSSL_PKEY_PARAM_RSA_EXPONENT1, 0);
        numbers.dq = privateNumber(pkey, OSSL_PKEY_PARAM_RSA_EXPONENT2, 0);
        numbers.qi = privateNumber(pkey, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, 0);
    } else if (isEllipticCurve(numbers.type)) {
        numbers.d = privateNumber(pkey, OSSL_PKEY_PARAM_PRIV_KEY, size);
    } else {
        Secret raw = Secret::ofSize(size);
        auto length = static_cast<std::size_t>(size);
        if (EVP_PKEY_get_raw_private_key(pkey, OpenSsl::bytes(raw.writable()), &length) == 1)
            numbers.d = std::move(raw);
    }
}

std::optional<KeyType> typeOf(const EVP_PKEY *pkey)
{
    if (EVP_PKEY_is_a(pkey, "RSA") == 1)
        return KeyType::Rsa;
    if (EVP_PKEY_is_a(pkey, "EC") == 1) {
        std::array<char, 64> group{};
        if (EVP_PKEY_get_utf8_string_param(pkey, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), nullptr) != 1)
            return std::nullopt;
        for (const KeyType type : {KeyType::P256, KeyType::P384, KeyType::P521}) {
            if (qstrcmp(group.data(), openSslName(type)) == 0)
                return type;
        }
        return std::nullopt;
    }
    for (const KeyType type : {KeyType::Ed25519, KeyType::Ed448, KeyType::X25519, KeyType::X448}) {
        if (EVP_PKEY_is_a(pkey, openSslName(type)) == 1)
            return type;
    }
    return std::nullopt;
}

} // namespace

qsizetype coordinateSize(KeyType type)
{
    switch (type) {
    case KeyType::Rsa: return 0;
    case KeyType::P256:
    case KeyType::Ed25519:
    case KeyType::X25519: return 32;
    case KeyType::P384: return 48;
    case KeyType::P521: return 66;
    case KeyType::Ed448: return 57;
    case KeyType::X448: return 56;
    }
    Q_UNREACHABLE();
}

AsymmetricKey KeyAccess::wrap(OpenSsl::Pkey pkey, KeyType type, bool isPrivate)
{
    return AsymmetricKey(std::make_shared<AsymmetricKey::Data>(std::move(pkey), type, isPrivate));
}

Result<AsymmetricKey> KeyAccess::adopt(OpenSsl::Pkey pkey)
{
    const auto type = typeOf(pkey.get());
    if (!type)
        return Error{ErrorCode::NotSupported, u"The key's type or curve is not supported"_s};
    KeyNumbers numbers = readPublic(pkey.get(), *type);
    readPrivate(pkey.get(), numbers);
    return AsymmetricKey::fromNumbers(numbers);
}

AsymmetricKey::AsymmetricKey(std::shared_ptr<const Data> data) : m_data(std::move(data))
{
}

Result<AsymmetricKey> AsymmetricKey::fromNumbers(const KeyNumbers &numbers)
{
    const OpenSsl::ErrorMark mark;
    if (numbers.type == KeyType::Rsa)
        return fromRsaNumbers(numbers);
    return isEllipticCurve(numbers.type) ? fromPoint(numbers) : fromRawBytes(numbers);
}

Result<AsymmetricKey> AsymmetricKey::generate(KeyType type, int rsaBits)
{
    const OpenSsl::ErrorMark mark;
    Pkey pkey;
    if (type == KeyType::Rsa) {
        if (rsaBits < 2048 || rsaBits > 16384)
            return Error{ErrorCode::InvalidArgument, u"An RSA key has 2048 to 16384 bits"_s};
        pkey.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(rsaBits)));
    } else if (isEllipticCurve(type)) {
        pkey.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", openSslName(type)));
    } else {
        pkey.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, openSslName(type)));
    }
    if (!pkey)
        return Error{ErrorCode::NotSupported, u"OpenSSL could not generate the key"_s};
    return KeyAccess::wrap(std::move(pkey), type, true);
}

KeyType AsymmetricKey::type() const
{
    return m_data->type;
}

int AsymmetricKey::bits() const
{
    return EVP_PKEY_get_bits(m_data->pkey.get());
}

bool AsymmetricKey::isPrivate() const
{
    return m_data->isPrivate;
}

AsymmetricKey AsymmetricKey::publicKey() const
{
    if (!isPrivate())
        return *this;
    const auto key = fromNumbers(publicNumbers());
    // The private key was checked by the same rules.
    Q_ASSERT(key);
    return *key;
}

KeyNumbers AsymmetricKey::publicNumbers() const
{
    return readPublic(m_data->pkey.get(), m_data->type);
}

KeyNumbers AsymmetricKey::privateNumbers() const
{
    KeyNumbers numbers = publicNumbers();
    if (isPrivate())
        readPrivate(m_data->pkey.get(), numbers);
    return numbers;
}

} // namespace Countersign
