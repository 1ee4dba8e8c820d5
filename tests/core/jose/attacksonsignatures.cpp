// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Rows 1 to 6, 10, 11, 14, 15, 17, 28, 29, 30: the algorithm, the key in the token, the signature itself.
#include "attackcorpus.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign::Jose::Attacks {

namespace {

using Pkey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

const Jwk &rsa()
{
    return keyOf(JwkKind::Rsa2048);
}

QByteArray header(const char *algorithm)
{
    return QByteArray(R"({"alg":")") + algorithm + "\"}";
}

//! What signs as no library of ours would: the private key in OpenSSL's hands.
Pkey openSslKey(const Jwk &key)
{
    const auto pem = key.asymmetricKey()->privatePem().value();
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
        BIO_new_mem_buf(pem.reveal().data(), static_cast<int>(pem.size())), BIO_free);
    return {PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
}

//! The RSA operation alone over an encoded message of the modulus's size.
QByteArray rawRsa(const QByteArray &encoded)
{
    static const Pkey key = openSslKey(rsa());
    const PkeyContext context(EVP_PKEY_CTX_new(key.get(), nullptr), EVP_PKEY_CTX_free);
    QByteArray signature(256, Qt::Uninitialized);
    std::size_t size = 256;
    const bool isDone = EVP_PKEY_sign_init(context.get()) == 1
        && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) == 1
        && EVP_PKEY_sign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                         reinterpret_cast<const unsigned char *>(encoded.constData()),
                         static_cast<std::size_t>(encoded.size()))
            == 1;
    return isDone ? signature : QByteArray();
}

QByteArray pssSignature(QByteArrayView input, int saltSize, const EVP_MD *hash, const EVP_MD *mask)
{
    static const Pkey key = openSslKey(rsa());
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX *options = nullptr;
    QByteArray signature(256, Qt::Uninitialized);
    std::size_t size = 256;
    const bool isDone = EVP_DigestSignInit(context.get(), &options, hash, nullptr, key.get()) == 1
        && EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1
        && EVP_PKEY_CTX_set_rsa_pss_saltlen(options, saltSize) == 1 && EVP_PKEY_CTX_set_rsa_mgf1_md(options, mask) == 1
        && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                          reinterpret_cast<const unsigned char *>(input.data()), static_cast<std::size_t>(input.size()))
            == 1;
    return isDone ? signature : QByteArray();
}

List noAlgorithm()
{
    List list;
    const auto kept = signedClaims(soundClaims()).split('.').last();
    const auto add = [&](const QByteArray &name, const QByteArray &head, const QString &warning) {
        for (const auto &signature : {QByteArray(), encodeBase64Url("random"), kept}) {
            const QByteArray token = encodeBase64Url(head) + '.' + encodeBase64Url(soundClaims()) + '.' + signature;
            const QByteArray kind = signature.isEmpty() ? "unsigned" : signature == kept ? "kept" : "random";
            list.append({1, name + ", " + kind, token, validated(token), warning});
        }
    };
    for (const char *none : {"none", "None", "NONE", "nOnE", "none "}) {
        add(QByteArray("alg ") + none, header(none), u"algorithm_none"_s);
        add(QByteArray("alg ") + none + " with kid",
            QByteArray(R"({"alg":")") + none + R"(","kid":")" + rsa().keyId().toLatin1() + "\"}", u"algorithm_none"_s);
    }
    add("alg empty", header(""), u"algorithm_unknown"_s);
    add("alg missing", R"({"kid":"1"})", u"algorithm_missing"_s);
    for (const char *value : {"null", "256", R"(["RS256"])", "{}", "true"})
        add(QByteArray("alg ") + value, QByteArray(R"({"alg":)") + value + '}', u"algorithm_wrong_type"_s);
    return list;
}

List publicKeyAsSecret()
{
    List list;
    const QByteArray ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGtleWtleWtleWtleWtleWtleWtleWtleWtleWtleWs ada";
    for (const auto &[row, kind] : {std::pair{2, JwkKind::Rsa2048}, {3, JwkKind::P256}, {3, JwkKind::Ed25519}}) {
        const auto &key = *keyOf(kind).asymmetricKey();
        const QByteArray pem = key.publicPem();
        const QList<std::pair<QByteArray, QByteArray>> secrets{
            {"PEM", pem},
            {"PEM without its last line end", pem.trimmed()},
            {"DER", key.publicDer()},
            {"JWK", keyOf(kind).toJson()},
            {"numbers", key.publicNumbers().n + key.publicNumbers().x},
            {"OpenSSH text", ssh}};
        for (const auto &[name, secret] : secrets) {
            const auto token =
                forged(header("HS256"), soundClaims(), Algorithm::HS256, Jwk::fromSecret(Secret::copyOf(secret)));
            list.append({row, name + " of " + keyOf(kind).type().data() + " as secret", token, validated(token),
                         u"algorithm_symmetric"_s});
            auto lenient = idTokenRules();
            lenient.allowed = Algorithms::all();
            lenient.mayUseSecret = true;
            list.append({row, name + " of " + keyOf(kind).type().data() + " where secrets are allowed", token,
                         validated(token, lenient), u"algorithm_symmetric"_s});
        }
    }
    return list;
}

List keysInTheToken()
{
    List list;
    const auto attacker = Jwk::generate(JwkKind::P256, keyOf(JwkKind::P256).keyId()).value();
    const auto add = [&](int row, const QByteArray &name, const QByteArray &member, const QString &warning) {
        const QByteArray head = R"({"alg":"ES256","kid":")" + attacker.keyId().toLatin1() + "\"," + member + '}';
        const auto token = forged(head, soundClaims(), Algorithm::ES256, attacker);
        list.append({row, name, token, validated(token), warning});
        list.append({row, name + ", no keys known", token, validated(token, idTokenRules(), JwkSet()), warning});
    };
    add(4, "embedded key", "\"jwk\":" + attacker.toJson(), u"embedded_key"_s);
    // Nothing in this layer can open a socket: tst_layers holds it to Qt Core.
    for (const char *url :
         {"https://attacker.example/jwks", "http://169.254.169.254/latest", "file:///etc/passwd",
          "https://op.example@attacker.example/jwks", "https://op.example/redirect?to=https://attacker.example/"}) {
        add(5, QByteArray("jku ") + url, QByteArray(R"("jku":")") + url + '"', u"key_url"_s);
        add(5, QByteArray("x5u ") + url, QByteArray(R"("x5u":")") + url + '"', u"certificate_url"_s);
    }
    add(6, "certificate of the attacker", R"("x5c":["MIIBszCCAVmgAwIBAgIUE"])", u"certificate_chain"_s);
    return list;
}

QByteArray fixed(const Number &number)
{
    QByteArray bytes(32, '\0');
    return BN_bn2binpad(number.get(), reinterpret_cast<unsigned char *>(bytes.data()), 32) == 32 ? bytes : QByteArray();
}

Number hexadecimal(const char *text)
{
    BIGNUM *number = nullptr;
    BN_hex2bn(&number, text);
    return {number, BN_free};
}

List ecdsaValues()
{
    const auto order = hexadecimal("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    const auto prime = hexadecimal("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    const auto below = hexadecimal("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550");
    const auto zero = hexadecimal("0");
    const auto one = hexadecimal("1");
    const QList<std::pair<QByteArray, QByteArray>> values{
        {"0", fixed(zero)}, {"1", fixed(one)}, {"n-1", fixed(below)}, {"n", fixed(order)}, {"p", fixed(prime)}};
    List list;
    const auto add = [&list](int row, const QByteArray &name, const QByteArray &signature) {
        const auto token = assembled(header("ES256"), soundClaims(), signature);
        list.append({row, name, token, validated(token)});
    };
    for (const auto &[rName, r] : values) {
        for (const auto &[sName, s] : values)
            add(10, "r = " + rName + ", s = " + sName, r + s);
    }
    const QByteArray input = encodeBase64Url(header("ES256")) + '.' + encodeBase64Url(soundClaims());
    const QByteArray good = makeSignature(Algorithm::ES256, input, keyOf(JwkKind::P256)).value();
    const auto r = good.first(32);
    const auto s = good.last(32);
    for (const auto &[name, value] : values) {
        add(10, "good r, s = " + name, r + value);
        add(10, "r = " + name + ", good s", value + s);
    }
    // r + n needs 257 bits: side by side it has to be refused by its length.
    const Number larger(BN_new(), BN_free);
    BN_bin2bn(reinterpret_cast<const unsigned char *>(r.constData()), 32, larger.get());
    BN_add(larger.get(), larger.get(), order.get());
    QByteArray wide(33, '\0');
    BN_bn2binpad(larger.get(), reinterpret_cast<unsigned char *>(wide.data()), 33);
    add(10, "r + n", wide + s);
    add(10, "r + n, both halves of 33 bytes", wide + '\0' + s);
    const auto integer = [](const QByteArray &value) -> QByteArray { return QByteArray("\x02\x21") + '\0' + value; };
    const QByteArray body = integer(r) + integer(s);
    add(11, "DER", '\x30' + QByteArray(1, static_cast<char>(body.size())) + body);
    add(11, "63 bytes", good.first(63));
    add(11, "65 bytes", good + '\0');
    add(11, "65 bytes, zero first", '\0' + good);
    add(11, "128 bytes", good + good);
    add(11, "64 zeros before each half", QByteArray(32, '\0') + r + QByteArray(32, '\0') + s);
    add(11, "empty", {});
    return list;
}

List rsaPaddings()
{
    const QByteArray input = encodeBase64Url(header("RS256")) + '.' + encodeBase64Url(soundClaims());
    const auto hash = digest(HashAlgorithm::Sha256, input);
    const auto info = QByteArray::fromHex("3031300d060960864801650304020105000420");
    const auto message = [](const QByteArray &tail) -> QByteArray {
        return QByteArray("\x00\x01", 2) + QByteArray(256 - 3 - tail.size(), '\xff') + '\0' + tail;
    };
    const auto good = message(info + hash);
    List list;
    const auto add = [&](const QByteArray &name, const QByteArray &encoded, bool isSound = false) {
        const QByteArray token = input + '.' + encodeBase64Url(rawRsa(encoded));
        list.append({14, name, token, validated(token), {}, isSound});
    };
    add("the sound padding", good, true);
    for (qsizetype at = 0; at < good.size(); ++at) {
        auto changed = good;
        // The first byte can only grow as far as the modulus does.
        changed[at] = static_cast<char>(changed[at] ^ (at == 0 ? 0x01 : 0x10));
        add("byte " + QByteArray::number(at) + " changed", changed);
    }
    const QByteArray shortPadding = QByteArray("\x00\x01", 2) + QByteArray(8, '\xff') + '\0' + info + hash;
    add("Bleichenbacher 2006: rubbish behind", shortPadding + QByteArray(256 - shortPadding.size(), '\x5a'));
    add("zeros behind", shortPadding + QByteArray(256 - shortPadding.size(), '\0'));
    add("no parameters", message(QByteArray::fromHex("302f300b0609608648016503040201") + "\x04\x20" + hash));
    add("rubbish in the parameters",
        message(QByteArray::fromHex("3035301106096086480165030402010404414141410420") + hash));
    add("long form of a length", message(QByteArray::fromHex("308131300d060960864801650304020105000420") + hash));
    add("SHA-1 named", message(QByteArray::fromHex("302d300906052b0e03021a05000420") + hash));
    add("SHA-512 named", message(QByteArray::fromHex("3031300d060960864801650304020305000420") + hash));
    add("hash alone", message(hash));
    add("hash cut off", message(QByteArray::fromHex("3030300d060960864801650304020105000419") + hash.first(25)));
    add("block type 2", QByteArray("\x00\x02", 2) + good.sliced(2));
    add("block type 0", QByteArray("\x00\x00", 2) + good.sliced(2));
    add("PSS as PKCS#1", QByteArray(255, '\0') + '\x01');
    return list;
}

List pssVariants()
{
    List list;
    const QByteArray input = encodeBase64Url(header("PS256")) + '.' + encodeBase64Url(soundClaims());
    const auto add = [&](const QByteArray &name, int salt, const EVP_MD *hash, const EVP_MD *mask,
                         bool isSound = false) {
        const QByteArray token = input + '.' + encodeBase64Url(pssSignature(input, salt, hash, mask));
        list.append({15, name, token, validated(token), {}, isSound});
    };
    add("the sound signature", 32, EVP_sha256(), EVP_sha256(), true);
    for (const int salt : {0, 1, 20, 31, 33, 64, 222})
        add("salt of " + QByteArray::number(salt), salt, EVP_sha256(), EVP_sha256());
    add("MGF1 with SHA-1", 32, EVP_sha256(), EVP_sha1());
    add("MGF1 with SHA-512", 32, EVP_sha256(), EVP_sha512());
    add("SHA-1", 20, EVP_sha1(), EVP_sha1());
    add("SHA-512", 32, EVP_sha512(), EVP_sha512());
    const auto swap = [&](const char *named, Algorithm used) {
        const auto token = forged(header(named), soundClaims(), used, rsa());
        list.append({15, QByteArray(named) + " over " + name(used).data(), token, validated(token)});
    };
    swap("PS256", Algorithm::RS256);
    swap("RS256", Algorithm::PS256);
    swap("RS512", Algorithm::RS256);
    swap("PS384", Algorithm::PS256);
    return list;
}

List edwardsValues()
{
    List list;
    const auto &key = keyOf(JwkKind::Ed25519);
    const auto good = forged(header("EdDSA"), soundClaims(), Algorithm::EdDSA, key);
    const auto signature = decodeBase64Url(good.split('.').last()).value();
    const auto add = [&](const QByteArray &name, const QByteArray &changed) {
        const auto token = assembled(header("EdDSA"), soundClaims(), changed);
        list.append({17, name, token, validated(token)});
    };
    // S + L verifies where nobody looks at the range (RFC 8032 section 5.1.7).
    const auto order = QByteArray::fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    auto s = signature.last(32);
    int carry = 0;
    for (qsizetype i = 0; i < 32; ++i) {
        carry += static_cast<unsigned char>(s[i]) + static_cast<unsigned char>(order[i]);
        s[i] = static_cast<char>(carry & 0xff);
        carry >>= 8;
    }
    add("S + L", signature.first(32) + s);
    add("S = L", signature.first(32) + order);
    add("R and S zero", QByteArray(64, '\0'));
    add("R the neutral point, S zero", '\x01' + QByteArray(63, '\0'));
    add("63 bytes", signature.first(63));
    add("65 bytes", signature + '\0');
    add("as long as Ed448's", signature + QByteArray(50, '\0'));
    const auto other = forged(header("EdDSA"), soundClaims(), Algorithm::EdDSA, keyOf(JwkKind::Ed448));
    list.append({17, "Ed448 signature for the Ed25519 key", other, validated(other)});
    list.append({17, "Ed25519 signature for an Ed448 key", good,
                 validated(good, idTokenRules(), publicSet({keyOf(JwkKind::Ed448)}))});
    return list;
}

List extensions()
{
    List list;
    const auto add = [&list](int row, const QByteArray &name, const QByteArray &members, const QString &warning) {
        const auto token = signedWithHeader(members);
        list.append({row, name, token, validated(token), warning});
    };
    const auto critical = u"critical_header"_s;
    add(28, "unknown name", R"(,"crit":["x"],"x":1)", critical);
    add(28, "empty array", R"(,"crit":[])", critical);
    add(28, "the same twice", R"(,"crit":["x","x"],"x":1)", critical);
    add(28, "text", R"(,"crit":"x","x":1)", critical);
    add(28, "null", R"(,"crit":null)", critical);
    add(28, "numbers", R"(,"crit":[1])", critical);
    add(28, "registered names", R"(,"crit":["alg","kid"])", critical);
    add(28, "a name that is absent", R"(,"crit":["y"])", critical);
    add(29, "b64 false without crit", R"(,"b64":false)", u"unencoded_payload"_s);
    add(29, "b64 false with crit", R"(,"b64":false,"crit":["b64"])", u"unencoded_payload"_s);
    add(29, "b64 true with crit", R"(,"b64":true,"crit":["b64"])", u"unencoded_payload"_s);
    const auto json = [&list](const QByteArray &name, const Result<QByteArray> &token, const QString &warning) {
        list.append({30, name, token.value(), validated(token.value()), warning});
    };
    const auto named = [](const char *algorithm) { return header(algorithm); };
    json("flattened", signJson(JwsForm::Flattened, {{named("RS256"), {}, rsa()}}, soundClaims()),
         u"json_serialization"_s);
    json("alg in the unprotected header", signJson(JwsForm::Flattened, {{{}, named("RS256"), rsa()}}, soundClaims()),
         u"unprotected_header"_s);
    json("two of three signatures are sound",
         signJson(JwsForm::General,
                  {{named("RS256"), {}, rsa()},
                   {named("ES256"), {}, keyOf(JwkKind::P256)},
                   {named("ES384"), {}, keyOf(JwkKind::P384)}},
                  soundClaims()),
         u"json_serialization"_s);
    const auto parts = signedClaims(soundClaims()).split('.');
    json("alg in both headers",
         QByteArray("{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0]
                    + R"(","header":{"alg":"none"},"signature":")" + parts[2] + "\"}"),
         u"header_in_both_places"_s);
    json("crit in the unprotected header",
         QByteArray("{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0]
                    + R"(","header":{"crit":["x"],"x":1},"signature":")" + parts[2] + "\"}"),
         u"critical_header"_s);
    return list;
}

} // namespace

List onSignatures()
{
    return noAlgorithm() + publicKeyAsSecret() + keysInTheToken() + ecdsaValues() + rsaPaddings() + pssVariants()
        + edwardsValues() + extensions();
}

} // namespace Countersign::Jose::Attacks
