// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The published encryptions, made again from the keys and the random values that the RFCs give.
#include "josevectors.h"

#include <countersign/crypto/keywrap.h>
#include <countersign/jose/deflate.h>
#include <countersign/jose/jwekeys.h>
#include <countersign/jose/jws.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Jose;
using Countersign::Jose::Vectors::everythingAllowed;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(QJsonObject)

namespace {

// Says what an example says was drawn.
class RecordedRandom final : public RandomSource
{
public:
    explicit RecordedRandom(const QByteArray &bytes) : m_left(bytes) { }
    void fill(std::span<std::byte> bytes) override
    {
        QVERIFY(qsizetype(bytes.size()) <= m_left.size());
        std::copy_n(reinterpret_cast<const std::byte *>(m_left.constData()), bytes.size(), bytes.begin());
        m_left.remove(0, qsizetype(bytes.size()));
    }
    bool isUsedUp() const { return m_left.isEmpty(); }

private:
    QByteArray m_left;
};

// A token of any form by the names that the JSON forms use.
QJsonObject membersOf(const QByteArray &token)
{
    if (token.startsWith('{'))
        return QJsonDocument::fromJson(token).object();
    const QByteArrayList parts = token.split('.');
    const QStringList names{u"protected"_s, u"encrypted_key"_s, u"iv"_s, u"ciphertext"_s, u"tag"_s};
    QJsonObject members;
    for (qsizetype i = 0; i < names.size(); ++i)
        members.insert(names[i], QString::fromLatin1(parts.value(i)));
    return members;
}

QJsonObject withMembersOf(QJsonObject object, const QJsonObject &other)
{
    for (auto member = other.begin(); member != other.end(); ++member)
        object.insert(member.key(), member.value());
    return object;
}

QJsonObject sharedHeaderOf(const QJsonObject &members)
{
    return withMembersOf(QJsonDocument::fromJson(Vectors::bytes(members, "protected")).object(),
                         members.value("unprotected"_L1).toObject());
}

QByteArray associatedDataOf(const QJsonObject &members)
{
    const QByteArray own = Vectors::text(members, "aad");
    return Vectors::text(members, "protected") + (own.isEmpty() ? own : '.' + own);
}

// RFC 7518 §4.4, §4.7 and §4.8, where nothing is drawn but what the header shows.
QByteArray encryptedAgain(const QJsonObject &header, const Jwk &key, const Secret &contentKey)
{
    const QByteArray algorithm = Vectors::text(header, "alg");
    if (algorithm == "A256GCMKW")
        return encryptContent(ContentCipher::Aes256Gcm, key.secret(), Vectors::bytes(header, "iv"), {},
                              contentKey.reveal())
            ->ciphertext;
    if (!algorithm.startsWith("PBES2"))
        return *wrapKey(key.secret(), contentKey);
    const bool isLong = algorithm == "PBES2-HS512+A256KW";
    const QByteArray salt = algorithm + '\0' + Vectors::bytes(header, "p2s");
    const auto derived = deriveByPbkdf2(isLong ? HashAlgorithm::Sha512 : HashAlgorithm::Sha256, key.secret(), salt,
                                        header.value("p2c"_L1).toInt(), isLong ? 32 : 16);
    return *wrapKey(*derived, contentKey);
}

bool isForSharedSecrets(const QByteArray &algorithm)
{
    return algorithm == "A128KW" || algorithm == "A256GCMKW" || algorithm.startsWith("PBES2");
}

} // namespace

class TestJweExamples final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contentEncryptionIsThatOfTheRfc_data();
    void contentEncryptionIsThatOfTheRfc();
    void theContentIsReproduced_data();
    void theContentIsReproduced();
    void theEncryptedKeyIsReproduced_data();
    void theEncryptedKeyIsReproduced();
    void theWholeTokenIsReproduced_data();
    void theWholeTokenIsReproduced();
    void aNestedTokenIsDecryptedAndThenVerified_data();
    void aNestedTokenIsDecryptedAndThenVerified();
    void aKeyUnderAPasswordIsReadAgain();
};

void TestJweExamples::contentEncryptionIsThatOfTheRfc_data()
{
    QTest::addColumn<QJsonObject>("vector");
    for (const auto &[name, vector] : Vectors::examples("content", {u"rfc7518.json"_s}))
        QTest::newRow(name.constData()) << vector;
}

void TestJweExamples::contentEncryptionIsThatOfTheRfc()
{
    QFETCH(const QJsonObject, vector);
    const auto encryption = parseContentEncryption(Vectors::text(vector, "enc"));
    QVERIFY(encryption);
    const ContentCipher cipher = cipherOf(*encryption);
    const Secret key(Vectors::bytes(vector, "key"));
    const QByteArray iv = Vectors::bytes(vector, "iv");
    const QByteArray aad = Vectors::bytes(vector, "aad");
    const auto encrypted = encryptContent(cipher, key, iv, aad, Vectors::bytes(vector, "plaintext"));
    QVERIFY(encrypted);
    QCOMPARE(encrypted->ciphertext, Vectors::bytes(vector, "ciphertext"));
    QCOMPARE(encrypted->tag, Vectors::bytes(vector, "tag"));
    const auto decrypted = decryptContent(cipher, key, iv, aad, encrypted->ciphertext, encrypted->tag);
    QVERIFY(decrypted);
    QCOMPARE(decrypted->reveal(), QByteArrayView(Vectors::bytes(vector, "plaintext")));
}

void TestJweExamples::theContentIsReproduced_data()
{
    QTest::addColumn<QJsonObject>("vector");
    for (const auto &[name, vector] : Vectors::encryptedExamples())
        QTest::newRow(name.constData()) << vector;
}

void TestJweExamples::theContentIsReproduced()
{
    QFETCH(const QJsonObject, vector);
    int forms = 0;
    for (const char *form : {"compact", "flattened", "general"}) {
        const QByteArray token = Vectors::text(vector, form);
        if (token.isEmpty())
            continue;
        ++forms;
        const QJsonObject members = membersOf(token);
        const QJsonObject header = sharedHeaderOf(members);
        const auto encryption = parseContentEncryption(Vectors::text(header, "enc"));
        QVERIFY(encryption);
        const ContentCipher cipher = cipherOf(*encryption);
        const Secret contentKey(Vectors::bytes(vector, "cek"));
        const QByteArray iv = Vectors::bytes(members, "iv");
        const QByteArray aad = associatedDataOf(members);
        QByteArray content = Vectors::bytes(vector, "plaintext");
        if (header.contains("zip"_L1)) {
            // One text has many compressions, so the one of the example is taken.
            const auto compressed = decryptContent(cipher, contentKey, iv, aad, Vectors::bytes(members, "ciphertext"),
                                                   Vectors::bytes(members, "tag"));
            QVERIFY(compressed);
            const auto inflated = inflate(compressed->reveal(), JweRules::maximumInflated, JweRules::maximumRatio);
            QVERIFY(inflated);
            QCOMPARE(inflated->reveal(), QByteArrayView(content));
            content = compressed->reveal().toByteArray();
        }
        const auto encrypted = encryptContent(cipher, contentKey, iv, aad, content);
        QVERIFY(encrypted);
        QCOMPARE(encrypted->ciphertext, Vectors::bytes(members, "ciphertext"));
        QCOMPARE(encrypted->tag, Vectors::bytes(members, "tag"));
    }
    QVERIFY(forms > 0);
}

void TestJweExamples::theEncryptedKeyIsReproduced_data()
{
    QTest::addColumn<QJsonObject>("vector");
    QTest::addColumn<QJsonObject>("header");
    QTest::addColumn<QByteArray>("expected");
    for (const auto &[name, vector] : Vectors::encryptedExamples()) {
        if (!Vectors::key(vector).isSymmetric())
            continue;
        for (const char *form : {"compact", "flattened", "general"}) {
            const QJsonObject members = membersOf(Vectors::text(vector, form));
            const QJsonArray several = members.value("recipients"_L1).toArray();
            for (const QJsonValue &recipient : several.isEmpty() ? QJsonArray{members} : several) {
                const QJsonObject header =
                    withMembersOf(sharedHeaderOf(members), recipient.toObject().value("header"_L1).toObject());
                if (isForSharedSecrets(Vectors::text(header, "alg")))
                    QTest::addRow("%s %s", name.constData(), form)
                        << vector << header << Vectors::text(recipient.toObject(), "encrypted_key");
            }
        }
    }
}

void TestJweExamples::theEncryptedKeyIsReproduced()
{
    QFETCH(const QJsonObject, vector);
    QFETCH(const QJsonObject, header);
    QFETCH(const QByteArray, expected);
    const Secret contentKey(Vectors::bytes(vector, "cek"));
    QCOMPARE(encodeBase64Url(encryptedAgain(header, Vectors::key(vector), contentKey)), expected);
}

void TestJweExamples::theWholeTokenIsReproduced_data()
{
    // The compact ones whose header has the order of members that ours has. One text has many compressions.
    QTest::addColumn<QJsonObject>("vector");
    for (const auto &[name, vector] : Vectors::encryptedExamples()) {
        const QJsonObject header = sharedHeaderOf(membersOf(Vectors::text(vector, "compact")));
        const QByteArray algorithm = Vectors::text(header, "alg");
        if ((algorithm == "A128KW" || algorithm == "dir") && !header.contains("zip"_L1))
            QTest::newRow(name.constData()) << vector;
    }
}

void TestJweExamples::theWholeTokenIsReproduced()
{
    QFETCH(const QJsonObject, vector);
    const QByteArray token = Vectors::text(vector, "compact");
    const QJsonObject members = membersOf(token);
    const QJsonObject given = sharedHeaderOf(members);
    EncryptionHeader header;
    header.keyManagement = *parseKeyManagement(Vectors::text(given, "alg"));
    header.encryption = *parseContentEncryption(Vectors::text(given, "enc"));
    header.keyId = given.value("kid"_L1).toString();
    // With "dir" a content key is drawn too, and not used.
    RecordedRandom random(Vectors::bytes(vector, "cek") + Vectors::bytes(members, "iv"));
    const auto made = encryptCompact(header, Vectors::bytes(vector, "plaintext"), Vectors::key(vector), random);
    QVERIFY(made);
    QCOMPARE(*made, token);
    QVERIFY(random.isUsedUp());
}

void TestJweExamples::aNestedTokenIsDecryptedAndThenVerified_data()
{
    QTest::addColumn<QJsonObject>("vector");
    for (const auto &[name, vector] : Vectors::encryptedExamples()) {
        if (vector.contains("signer"_L1))
            QTest::newRow(name.constData()) << vector;
    }
}

void TestJweExamples::aNestedTokenIsDecryptedAndThenVerified()
{
    QFETCH(const QJsonObject, vector);
    const auto outer =
        decryptJwe(Vectors::text(vector, "compact"), JwkSet({Vectors::key(vector)}), everythingAllowed());
    QVERIFY(outer);
    QCOMPARE(QJsonDocument::fromJson(outer->protectedHeader).object().value("cty"_L1), QJsonValue("JWT"_L1));
    const auto signer = Jwk::parse(Vectors::json(vector.value("signer"_L1)));
    QVERIFY(signer);
    const QByteArray inner = outer->plaintext.reveal().toByteArray();
    const auto verified = verifyJws(inner, JwkSet({signer->publicJwk()}));
    QVERIFY(verified);
    QCOMPARE(verified->payload, Vectors::bytes(vector, "claims"));
    // The key that decrypts is not the one that signed.
    QVERIFY(!verifyJws(inner, JwkSet({Vectors::key(vector).publicJwk()})));
}

void TestJweExamples::aKeyUnderAPasswordIsReadAgain()
{
    // RFC 7517 appendix C
    const QJsonObject vector = Vectors::examples("jwe", {u"rfc7517.json"_s}).value(0).vector;
    const auto decrypted =
        decryptJwe(Vectors::text(vector, "compact"), JwkSet({Vectors::key(vector)}), everythingAllowed());
    QVERIFY(decrypted);
    const auto key = Jwk::parse(decrypted->plaintext.reveal());
    QVERIFY(key);
    QVERIFY(key->isPrivate());
    QCOMPARE(key->keyId(), u"juliet@capulet.lit"_s);
    const Jwk other = Jwk::fromSecret(Secret::copyOf("Thus from my lips, by yours, my sin is purged"));
    QVERIFY(!decryptJwe(Vectors::text(vector, "compact"), JwkSet({other}), everythingAllowed()));
}

QTEST_GUILESS_MAIN(TestJweExamples)
#include "tst_jweexamples.moc"
