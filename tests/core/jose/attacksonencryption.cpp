// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Rows 32 to 38: encryption, which never means that anybody is who they say.
#include "attackcorpus.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/jwe.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose::Attacks {

namespace {

QByteArray encrypted(const Jwk &key, KeyManagement algorithm, const QByteArray &text = soundClaims(),
                     ContentEncryption encryption = ContentEncryption::A128Gcm, bool compress = false)
{
    SystemRandom random;
    EncryptionHeader header;
    header.keyManagement = algorithm;
    header.encryption = encryption;
    header.passwordCount = JweRules::minimumPasswordCount;
    header.compress = compress;
    return encryptCompact(header, text, key, random).value();
}

std::function<bool()> decrypted(const QByteArray &token, const Jwk &key, const JweRules &rules = {})
{
    return [token, key, rules] { return decryptJwe(token, JwkSet({key}), rules).hasValue(); };
}

Jwk secretOf(qsizetype size)
{
    return Jwk::fromSecret(Secret(QByteArray(size, 's')));
}

QByteArray withHeader(const QByteArray &token, const QByteArray &header)
{
    auto parts = token.split('.');
    parts[0] = encodeBase64Url(header);
    return parts.join('.');
}

//! With \p change made to the decoded part \p index.
QByteArray withPart(const QByteArray &token, qsizetype index, const std::function<QByteArray(QByteArray)> &change)
{
    auto parts = token.split('.');
    parts[index] = encodeBase64Url(change(decodeBase64Url(parts[index]).value()));
    return parts.join('.');
}

List asSignatures()
{
    const auto &rsa = keyOf(JwkKind::Rsa2048);
    const auto token = encrypted(rsa.publicJwk(), KeyManagement::RsaOaep);
    const auto parts = token.split('.');
    const QByteArray three = parts[0] + '.' + parts[3] + '.' + parts[4];
    const auto signedText = signedClaims(soundClaims());
    return {{32, "encrypted with the public key, shown as signed", token, validated(token),
             u"encrypted_not_authenticated"_s},
            {32, "an encryption's header on a signed form", three, validated(three), u"algorithm_unknown"_s},
            {32, "a signed token where an encrypted one is wanted", signedText, decrypted(signedText, rsa)}};
}

List compression()
{
    const auto key = secretOf(16);
    JweRules consent;
    consent.allowDecompression = true;
    const auto small = encrypted(key, KeyManagement::Direct, "text", ContentEncryption::A128Gcm, true);
    const auto bomb =
        encrypted(key, KeyManagement::Direct, QByteArray(64 << 20, '\0'), ContentEncryption::A128Gcm, true);
    const auto ratio =
        encrypted(key, KeyManagement::Direct, QByteArray(100'000, 'x'), ContentEncryption::A128Gcm, true);
    return {{33, "compressed, without consent", small, decrypted(small, key), u"compressed"_s},
            {33, "compressed, with consent", small, decrypted(small, key, consent), u"compressed"_s, true},
            {33, "64 MiB of zeros", bomb, decrypted(bomb, key, consent), u"compressed"_s},
            {33, "a hundred times its size", ratio, decrypted(ratio, key, consent), u"compressed"_s}};
}

List passwords()
{
    const auto key = secretOf(16);
    JweRules consent;
    consent.allowPassword = true;
    const auto sound = encrypted(key, KeyManagement::Pbes2Hs256A128Kw);
    List list{{34, "without consent", sound, decrypted(sound, key), {}},
              {34, "with consent", sound, decrypted(sound, key, consent), {}, true}};
    const auto add = [&](const QByteArray &name, const QByteArray &salt, const QByteArray &count,
                         const QString &warning) {
        const auto token = withHeader(sound,
                                      R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":")" + encodeBase64Url(salt)
                                          + R"(","p2c":)" + count + '}');
        list.append({34, name, token, decrypted(token, key, consent), warning});
    };
    for (const char *count : {"2147483648", "600001", "999", "0", "-1", "1000.5", "1e3", "\"1000\"", "null", "[1000]"})
        add(QByteArray("p2c ") + count, QByteArray(16, 's'), count,
            QByteArray(count) == "1e3" ? QString() : u"password_count"_s);
    add("a salt of four", "salt", "1000", {});
    add("no salt", {}, "1000", {});
    return list;
}

List rsaOracles()
{
    const auto &rsa = keyOf(JwkKind::Rsa2048);
    const auto old = encrypted(rsa, KeyManagement::Rsa1_5);
    const auto oaep = encrypted(rsa, KeyManagement::RsaOaep);
    JweRules consent;
    consent.allowRsa1_5 = true;
    const auto warning = u"algorithm_rsa1_5"_s;
    const auto downgraded = withHeader(oaep, R"({"alg":"RSA1_5","enc":"A128GCM"})");
    List list{{35, "RSA1_5 without consent", old, decrypted(old, rsa), warning},
              {35, "RSA1_5 with consent", old, decrypted(old, rsa, consent), warning, true},
              {35, "RSA-OAEP named RSA1_5", downgraded, decrypted(downgraded, rsa, consent), warning}};
    const auto broken = [&](const QByteArray &name, const std::function<QByteArray(QByteArray)> &change) {
        const auto token = withPart(old, 1, change);
        list.append({35, name, token, decrypted(token, rsa, consent), warning});
    };
    broken("encrypted key with a changed byte", [](QByteArray key) {
        key[100] = static_cast<char>(key[100] ^ 1);
        return key;
    });
    broken("encrypted key 0", [](const QByteArray &key) { return QByteArray(key.size(), '\0'); });
    broken("encrypted key 1",
           [](const QByteArray &key) -> QByteArray { return QByteArray(key.size() - 1, '\0') + '\1'; });
    broken("encrypted key above n", [](const QByteArray &key) { return QByteArray(key.size(), '\xff'); });
    broken("encrypted key cut off", [](const QByteArray &key) { return key.chopped(1); });
    return list;
}

List agreements()
{
    List list;
    const auto x = encodeBase64Url(QByteArray(32, '\1'));
    const auto add = [&list](const QByteArray &name, JwkKind kind, const QByteArray &epk) {
        const auto &key = keyOf(kind);
        const auto token =
            withHeader(encrypted(key, KeyManagement::EcdhEs), R"({"alg":"ECDH-ES","enc":"A128GCM","epk":)" + epk + '}');
        list.append({36, name, token, decrypted(token, key)});
    };
    add("off the curve", JwkKind::P256, R"({"kty":"EC","crv":"P-256","x":")" + x + R"(","y":")" + x + "\"}");
    add("another curve", JwkKind::P256, keyOf(JwkKind::P384).toJson());
    add("no y", JwkKind::P256, R"({"kty":"EC","crv":"P-256","x":")" + x + "\"}");
    add("infinity", JwkKind::P256,
        R"({"kty":"EC","crv":"P-256","x":")" + encodeBase64Url(QByteArray(32, '\0')) + R"(","y":")"
            + encodeBase64Url(QByteArray(32, '\0')) + "\"}");
    add("another type", JwkKind::P256, keyOf(JwkKind::X25519).toJson());
    for (const char *point : {"0000000000000000000000000000000000000000000000000000000000000000",
                              "0100000000000000000000000000000000000000000000000000000000000000",
                              "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
        add(QByteArray("X25519 with an all-zero secret, ") + QByteArray(point).first(4), JwkKind::X25519,
            R"({"kty":"OKP","crv":"X25519","x":")" + encodeBase64Url(QByteArray::fromHex(point)) + "\"}");
    add("X448 with an all-zero secret", JwkKind::X448,
        R"({"kty":"OKP","crv":"X448","x":")" + encodeBase64Url(QByteArray(56, '\0')) + "\"}");
    return list;
}

List contents()
{
    List list;
    for (const auto encryption : {ContentEncryption::A128Gcm, ContentEncryption::A128CbcHs256}) {
        const auto key = secretOf(encryption == ContentEncryption::A128Gcm ? 16 : 32);
        const auto sound = encrypted(key, KeyManagement::Direct, soundClaims(), encryption);
        const QByteArray prefix = QByteArray(name(encryption).data()) + ", ";
        const auto add = [&](const QByteArray &name, const QByteArray &token, bool isSound = false) {
            list.append({37, prefix + name, token, decrypted(token, key), {}, isSound});
        };
        const auto changed = [&](const QByteArray &name, qsizetype part,
                                 const std::function<QByteArray(QByteArray)> &change) {
            add(name, withPart(sound, part, change));
        };
        add("sound", sound, true);
        for (const int size : {0, 4, 8, 12, 15})
            changed("tag of " + QByteArray::number(size), 4, [size](const QByteArray &tag) { return tag.first(size); });
        changed("tag of 17", 4, [](const QByteArray &tag) -> QByteArray { return tag + '\0'; });
        for (const int size : {0, 8, 11})
            changed("IV of " + QByteArray::number(size), 2, [size](const QByteArray &iv) { return iv.first(size); });
        changed("IV longer", 2, [](const QByteArray &iv) -> QByteArray { return iv + QByteArray(4, '\0'); });
        changed("a bit of the text", 3, [](QByteArray text) {
            text[0] = static_cast<char>(text[0] ^ 1);
            return text;
        });
        changed("text cut off", 3, [](const QByteArray &text) { return text.chopped(16); });
        auto parts = sound.split('.');
        const auto text = decodeBase64Url(parts[3]).value();
        const auto tag = decodeBase64Url(parts[4]).value();
        parts[3] = encodeBase64Url(QByteArray(text + tag.first(8)));
        parts[4] = encodeBase64Url(tag.sliced(8));
        add("half of the tag moved to the text", parts.join('.'));
        parts = sound.split('.');
        parts[0] =
            encodeBase64Url(QByteArray(R"({"alg":"dir","enc":")" + QByteArray(name(encryption).data()) + R"(" })"));
        add("another spelling of the header", parts.join('.'));
    }
    return list;
}

List swaps()
{
    List list;
    const auto add = [&list](const QByteArray &name, const QByteArray &token, const Jwk &key) {
        list.append({38, name, token, decrypted(token, key)});
    };
    const auto key = secretOf(16);
    auto parts = encrypted(key, KeyManagement::Direct).split('.');
    parts[1] = "AAAA";
    add("dir with an encrypted key", parts.join('.'), key);
    const auto wrapped = encrypted(key, KeyManagement::A128Kw);
    add("A128KW named A128GCMKW",
        withHeader(wrapped,
                   R"({"alg":"A128GCMKW","enc":"A128GCM","iv":"AAAAAAAAAAAAAAAA","tag":"AAAAAAAAAAAAAAAAAAAAAA"})"),
        key);
    add("A128GCMKW named A128KW",
        withHeader(encrypted(key, KeyManagement::A128GcmKw), R"({"alg":"A128KW","enc":"A128GCM"})"), key);
    add("A128KW named dir", withHeader(wrapped, R"({"alg":"dir","enc":"A128GCM"})"), key);
    add("A128KW with a key of 32", wrapped, secretOf(32));
    add("A128GCM named A256GCM", withHeader(wrapped, R"({"alg":"A128KW","enc":"A256GCM"})"), key);
    const auto &rsa = keyOf(JwkKind::Rsa2048);
    add("RSA-OAEP named RSA-OAEP-256",
        withHeader(encrypted(rsa, KeyManagement::RsaOaep), R"({"alg":"RSA-OAEP-256","enc":"A128GCM"})"), rsa);
    add("RSA-OAEP named dir, the public key as the secret",
        withHeader(encrypted(rsa, KeyManagement::RsaOaep), R"({"alg":"dir","enc":"A128GCM"})"), rsa);
    return list;
}

} // namespace

List onEncryption()
{
    return asSignatures() + compression() + passwords() + rsaOracles() + agreements() + contents() + swaps();
}

} // namespace Countersign::Jose::Attacks
