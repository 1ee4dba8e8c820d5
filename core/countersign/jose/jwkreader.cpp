// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>
#include <countersign/jose/jwkdata.h>

#include <countersign/crypto/certificate.h>

#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr std::array<std::pair<QLatin1String, KeyType>, 3> ellipticCurves{
    {{"P-256"_L1, KeyType::P256}, {"P-384"_L1, KeyType::P384}, {"P-521"_L1, KeyType::P521}}};
constexpr std::array<std::pair<QLatin1String, KeyType>, 4> octetKeyPairs{{{"Ed25519"_L1, KeyType::Ed25519},
                                                                          {"Ed448"_L1, KeyType::Ed448},
                                                                          {"X25519"_L1, KeyType::X25519},
                                                                          {"X448"_L1, KeyType::X448}}};

constexpr qsizetype largestSecret = 64 * 1024;

Error malformed(const QString &reason)
{
    return {ErrorCode::InvalidArgument, reason};
}

Error untrustworthy(const QString &reason)
{
    return {ErrorCode::SecurityCheckFailed, reason};
}

Result<QByteArray> readBytes(const JsonObject &json, QByteArrayView name)
{
    const auto text = json.utf8(name);
    if (!text || text->isEmpty())
        return malformed(u"The member %1 is missing or no text"_s.arg(QString::fromUtf8(name)));
    auto bytes = decodeBase64Url(*text);
    if (!bytes)
        return malformed(u"The member %1 is no base64url"_s.arg(QString::fromUtf8(name)));
    return bytes;
}

Result<Secret> readSecret(const JsonObject &json, QByteArrayView name)
{
    const auto text = json.utf8(name);
    if (!text || text->isEmpty())
        return malformed(u"The member %1 is missing or no text"_s.arg(QString::fromUtf8(name)));
    auto bytes = decodeBase64UrlSecret(*text);
    if (!bytes)
        return malformed(u"The member %1 is no base64url"_s.arg(QString::fromUtf8(name)));
    return bytes;
}

// RFC 7518 §2, Base64urlUInt: as few octets as possible. Two texts for one key would be two thumbprints.
Result<QByteArray> readNumber(const JsonObject &json, QByteArrayView name)
{
    auto bytes = readBytes(json, name);
    if (bytes && bytes->startsWith('\0'))
        return untrustworthy(u"The member %1 has leading zeros"_s.arg(QString::fromUtf8(name)));
    return bytes;
}

Result<KeyNumbers> readRsa(const JsonObject &json)
{
    KeyNumbers numbers;
    auto n = readNumber(json, "n");
    if (!n)
        return n.error();
    auto e = readNumber(json, "e");
    if (!e)
        return e.error();
    numbers.n = *std::move(n);
    numbers.e = *std::move(e);
    if (json.contains("oth"))
        return Error{ErrorCode::NotSupported, u"RSA keys of more than two primes are not supported"_s};

    const std::array<std::pair<QByteArrayView, Secret *>, 6> members{{{"d", &numbers.d},
                                                                      {"p", &numbers.p},
                                                                      {"q", &numbers.q},
                                                                      {"dp", &numbers.dp},
                                                                      {"dq", &numbers.dq},
                                                                      {"qi", &numbers.qi}}};
    qsizetype found = 0;
    for (const auto &[name, target] : members) {
        if (!json.contains(name))
            continue;
        auto value = readSecret(json, name);
        if (!value)
            return value.error();
        *target = *std::move(value);
        ++found;
    }
    // RFC 7518 §6.3.2: only d, or all of them.
    const bool isComplete = found == 0 || found == 6 || (found == 1 && numbers.isPrivate());
    if (!isComplete)
        return malformed(u"Some of the private RSA members are missing"_s);
    return numbers;
}

template <std::size_t size> std::optional<std::pair<QLatin1String, KeyType>>
findCurve(const std::array<std::pair<QLatin1String, KeyType>, size> &curves, const QString &name)
{
    for (const auto &curve : curves) {
        if (curve.first == name)
            return curve;
    }
    return std::nullopt;
}

Result<KeyNumbers> readCurve(const JsonObject &json, KeyType type, bool hasY)
{
    KeyNumbers numbers;
    numbers.type = type;
    auto x = readBytes(json, "x");
    if (!x)
        return x.error();
    numbers.x = *std::move(x);
    if (hasY) {
        auto y = readBytes(json, "y");
        if (!y)
            return y.error();
        numbers.y = *std::move(y);
    }
    if (json.contains("d")) {
        auto d = readSecret(json, "d");
        if (!d)
            return d.error();
        numbers.d = *std::move(d);
    }
    return numbers;
}

Result<AsymmetricKey> readAsymmetric(const JsonObject &json, const QString &type)
{
    Result<KeyNumbers> numbers = Error{ErrorCode::NotSupported, u"The key type is not supported"_s};
    if (type == "RSA"_L1) {
        numbers = readRsa(json);
    } else {
        const auto name = json.string("crv");
        if (!name)
            return malformed(u"The member crv is missing or no text"_s);
        const bool isEc = type == "EC"_L1;
        const auto curve = isEc ? findCurve(ellipticCurves, *name) : findCurve(octetKeyPairs, *name);
        if (!curve)
            return Error{ErrorCode::NotSupported, u"The curve is not supported"_s};
        numbers = readCurve(json, curve->second, isEc);
    }
    if (!numbers)
        return numbers.error();
    return AsymmetricKey::fromNumbers(*numbers);
}

// RFC 7517 §4.7: the key in the first certificate must be this one. It gives no trust either way, but two keys under
// one name are one too many.
//! x5c is in standard base64 with padding (RFC 7517 §4.7), unlike everything else here.
Result<QByteArray> decodeStandardBase64(QByteArray text)
{
    if (text.size() % 4 != 0 || text.contains('-') || text.contains('_'))
        return Error{ErrorCode::InvalidResponse, u"not standard base64"_s};
    for (int padding = 0; padding < 2 && text.endsWith('='); ++padding)
        text.chop(1);
    return decodeBase64Url(text.replace('+', '-').replace('/', '_'));
}

Result<void> checkCertificates(const JsonObject &json, JwkData &data)
{
    data.hasCertificates = json.contains("x5c") || json.contains("x5u");
    const auto chain = json.stringList("x5c");
    if (!chain || chain->isEmpty() || !data.key)
        return {};
    const auto der = decodeStandardBase64(chain->first().toLatin1());
    if (!der)
        return untrustworthy(u"The key's certificate is no base64"_s);
    const auto certificate = Certificate::fromDer(*der);
    if (!certificate)
        return {};
    const auto certified = certificate->publicKey();
    if (certified && certified->publicDer() != data.key->publicDer())
        return untrustworthy(u"The key is not that of its certificate"_s);
    return {};
}

// Text where the specification wants text; anything else makes the key unusable rather than unrestricted.
Result<void> readMetadata(const JsonObject &json, JwkData &data)
{
    for (const QByteArrayView name :
         {QByteArrayView("kid"), QByteArrayView("alg"), QByteArrayView("use"), QByteArrayView("issuer")}) {
        if (json.contains(name) && !json.value(name).isString())
            return malformed(u"The member %1 is no text"_s.arg(QString::fromUtf8(name)));
    }
    data.keyId = json.string("kid").value_or(QString());
    data.algorithm = json.string("alg").value_or(QString());
    data.issuer = json.string("issuer").value_or(QString());
    if (const auto use = json.string("use")) {
        if (*use == "sig"_L1)
            data.use = KeyUse::Signature;
        else if (*use == "enc"_L1)
            data.use = KeyUse::Encryption;
        else
            data.hasForeignUse = true;
    }
    if (!json.contains("key_ops"))
        return {};
    data.operations = json.stringList("key_ops");
    if (!data.operations)
        return malformed(u"The member key_ops is no list of texts"_s);
    // RFC 7517 §4.3
    if (QStringList(*data.operations).removeDuplicates() > 0)
        return malformed(u"The member key_ops has duplicates"_s);
    return {};
}

} // namespace

std::pair<QLatin1String, QLatin1String> typeAndCurve(KeyType type)
{
    for (const auto &[name, curve] : ellipticCurves) {
        if (curve == type)
            return {"EC"_L1, name};
    }
    for (const auto &[name, curve] : octetKeyPairs) {
        if (curve == type)
            return {"OKP"_L1, name};
    }
    return {"RSA"_L1, {}};
}

Result<Jwk> JwkData::read(const JsonObject &json)
{
    JwkData data;
    const auto type = json.string("kty");
    if (!type)
        return malformed(u"The member kty is missing or no text"_s);
    if (const auto metadata = readMetadata(json, data); !metadata)
        return metadata.error();
    if (*type == "oct"_L1) {
        auto secret = readSecret(json, "k");
        if (!secret)
            return secret.error();
        if (secret->size() > largestSecret)
            return malformed(u"The symmetric key is too long"_s);
        data.secret = *std::move(secret);
        data.type = "oct"_L1;
        return finish(std::move(data));
    }
    if (*type != "RSA"_L1 && *type != "EC"_L1 && *type != "OKP"_L1)
        return Error{ErrorCode::NotSupported, u"The key type is not supported"_s};
    auto key = readAsymmetric(json, *type);
    if (!key)
        return key.error();
    std::tie(data.type, data.curve) = typeAndCurve(key->type());
    data.key = *std::move(key);
    if (const auto certificates = checkCertificates(json, data); !certificates)
        return certificates.error();
    return finish(std::move(data));
}

} // namespace Countersign::Jose
