// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/contentencryption.h>
#include <countersign/crypto/keywrap.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;

namespace {

Secret fromHex(const QByteArray &hex)
{
    return Secret::copyOf(QByteArray::fromHex(hex));
}

const QList<ContentCipher> everyCipher{ContentCipher::Aes128CbcHmac256, ContentCipher::Aes192CbcHmac384,
                                       ContentCipher::Aes256CbcHmac512, ContentCipher::Aes128Gcm,
                                       ContentCipher::Aes192Gcm,        ContentCipher::Aes256Gcm};

} // namespace

class TestKeyWrap final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrappingIsThatOfTheRfc_data();
    void wrappingIsThatOfTheRfc();
    void aChangedWrapIsRefused();
    void sizesThatCannotBeWrappedAreRefused();
    void pbkdf2IsThatOfTheRfc();
    void contentSurvives_data();
    void contentSurvives();
    void changedContentIsRefused_data() { contentSurvives_data(); }
    void changedContentIsRefused();
    void sizesOutOfTheStandardAreRefused_data() { contentSurvives_data(); }
    void sizesOutOfTheStandardAreRefused();
};

void TestKeyWrap::wrappingIsThatOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("wrappingKey");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("wrapped");
    QTest::newRow("RFC 3394 §4.1") << QByteArray("000102030405060708090a0b0c0d0e0f")
                                   << QByteArray("00112233445566778899aabbccddeeff")
                                   << QByteArray("1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5");
    QTest::newRow("RFC 3394 §4.6")
        << QByteArray("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
        << QByteArray("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f")
        << QByteArray("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21");
}

void TestKeyWrap::wrappingIsThatOfTheRfc()
{
    QFETCH(const QByteArray, wrappingKey);
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, wrapped);
    const auto made = wrapKey(fromHex(wrappingKey), fromHex(key));
    QVERIFY(made);
    QCOMPARE(made->toHex(), wrapped);
    const auto unwrapped = unwrapKey(fromHex(wrappingKey), *made);
    QVERIFY(unwrapped);
    QCOMPARE(unwrapped->reveal().toByteArray().toHex(), key);
}

void TestKeyWrap::aChangedWrapIsRefused()
{
    const Secret wrappingKey = Secret::ofSize(16);
    const auto wrapped = wrapKey(wrappingKey, Secret::ofSize(32));
    QVERIFY(wrapped);
    for (qsizetype at = 0; at < wrapped->size(); ++at) {
        QByteArray changed = *wrapped;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        QVERIFY(!unwrapKey(wrappingKey, changed));
        QVERIFY(!unwrapKey(wrappingKey, wrapped->first(at)));
    }
    QVERIFY(!unwrapKey(Secret::ofSize(24), *wrapped));
}

void TestKeyWrap::sizesThatCannotBeWrappedAreRefused()
{
    for (const qsizetype size : {0, 8, 15, 17, 20})
        QVERIFY(!wrapKey(Secret::ofSize(16), Secret::ofSize(size)));
    for (const qsizetype size : {0, 8, 15, 33, 64})
        QVERIFY(!wrapKey(Secret::ofSize(size), Secret::ofSize(16)));
}

void TestKeyWrap::pbkdf2IsThatOfTheRfc()
{
    // RFC 7914 §11
    const auto key = deriveByPbkdf2(HashAlgorithm::Sha256, Secret::copyOf("passwd"), "salt", 1, 64);
    QVERIFY(key);
    QCOMPARE(key->reveal().toByteArray().toHex(),
             QByteArray("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                        "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"));
}

void TestKeyWrap::contentSurvives_data()
{
    QTest::addColumn<int>("cipher");
    for (const ContentCipher cipher : everyCipher)
        QTest::addRow("cipher %d", int(cipher)) << int(cipher);
}

void TestKeyWrap::contentSurvives()
{
    QFETCH(const int, cipher);
    const auto sizes = sizesOf(ContentCipher(cipher));
    const Secret key = Secret(QByteArray(sizes.key, 'k'));
    const QByteArray iv(sizes.iv, 'i');
    for (const qsizetype size : {0, 1, 15, 16, 17, 100'000}) {
        const QByteArray plaintext(size, 'p');
        for (const QByteArray &aad : {QByteArray(), QByteArray("aad")}) {
            const auto encrypted = encryptContent(ContentCipher(cipher), key, iv, aad, plaintext);
            QVERIFY(encrypted);
            QCOMPARE(encrypted->tag.size(), sizes.tag);
            const auto decrypted =
                decryptContent(ContentCipher(cipher), key, iv, aad, encrypted->ciphertext, encrypted->tag);
            QVERIFY(decrypted);
            QCOMPARE(decrypted->reveal(), QByteArrayView(plaintext));
        }
    }
}

void TestKeyWrap::changedContentIsRefused()
{
    // D.1 row 37
    QFETCH(const int, cipher);
    const auto kind = ContentCipher(cipher);
    const auto sizes = sizesOf(kind);
    const Secret key = Secret(QByteArray(sizes.key, 'k'));
    const QByteArray iv(sizes.iv, 'i');
    const auto encrypted = encryptContent(kind, key, iv, "aad", "plaintext");
    QVERIFY(encrypted);
    const auto flip = [](QByteArray bytes, qsizetype at) {
        bytes[at] = static_cast<char>(bytes[at] ^ 0x80);
        return bytes;
    };
    for (qsizetype at = 0; at < encrypted->ciphertext.size(); ++at)
        QVERIFY(!decryptContent(kind, key, iv, "aad", flip(encrypted->ciphertext, at), encrypted->tag));
    for (qsizetype at = 0; at < sizes.tag; ++at)
        QVERIFY(!decryptContent(kind, key, iv, "aad", encrypted->ciphertext, flip(encrypted->tag, at)));
    QVERIFY(!decryptContent(kind, key, flip(iv, 0), "aad", encrypted->ciphertext, encrypted->tag));
    QVERIFY(!decryptContent(kind, key, iv, "aae", encrypted->ciphertext, encrypted->tag));
    QVERIFY(!decryptContent(kind, key, iv, {}, encrypted->ciphertext, encrypted->tag));
    QVERIFY(
        !decryptContent(kind, Secret(QByteArray(sizes.key, 'j')), iv, "aad", encrypted->ciphertext, encrypted->tag));
}

void TestKeyWrap::sizesOutOfTheStandardAreRefused()
{
    // D.1 row 37
    QFETCH(const int, cipher);
    const auto kind = ContentCipher(cipher);
    const auto sizes = sizesOf(kind);
    const Secret key = Secret(QByteArray(sizes.key, 'k'));
    const QByteArray iv(sizes.iv, 'i');
    const auto encrypted = encryptContent(kind, key, iv, {}, "plaintext");
    QVERIFY(encrypted);
    for (const qsizetype size : {0, 4, 8, 12, 15})
        QVERIFY(!decryptContent(kind, key, iv, {}, encrypted->ciphertext, encrypted->tag.first(size)));
    QVERIFY(!decryptContent(kind, key, iv, {}, encrypted->ciphertext, QByteArray(encrypted->tag + '\0')));
    for (const qsizetype size : {0, 8, 13, 17})
        QVERIFY(!decryptContent(kind, key, QByteArray(size, 'i'), {}, encrypted->ciphertext, encrypted->tag));
    QVERIFY(!encryptContent(kind, Secret(QByteArray(sizes.key - 1, 'k')), iv, {}, "plaintext"));
    QVERIFY(!encryptContent(kind, key, iv.chopped(1), {}, "plaintext"));
}

QTEST_GUILESS_MAIN(TestKeyWrap)
#include "tst_keywrap.moc"
