// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/certificate.h>

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;

namespace {

QByteArray load(const QString &name)
{
    QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/crypto/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString block(const QString &content)
{
    return u"-----BEGIN CERTIFICATE-----\n"_s + content + u"\n-----END CERTIFICATE-----\n"_s;
}

} // namespace

class TestCertificate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void certificatesAreExtracted_data();
    void certificatesAreExtracted();
    void whatIsNoCertificateIsRefused_data();
    void whatIsNoCertificateIsRefused();
    void aCertificateNamesItsKey();
    void thePemOfACertificateIsReadAgain();
    void brokenDerIsRefused();
    void pkcs12NeedsItsPassphrase();
    void brokenPkcs12IsRefused();
    void aPassphraseOfTooManyRoundsIsRefused();
    void looseDerKeepsItsBytes();
};

void TestCertificate::certificatesAreExtracted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    // MSAL contract C33
    QTest::newRow("text without markers") << u"my_cert"_s << QStringList{u"my_cert"_s};
    QTest::newRow("one block") << block(u"my_cert"_s) << QStringList{u"my_cert"_s};
    QTest::newRow("two blocks") << QString(block(u"my_cert1"_s) + u"\n"_s + block(u"my_cert2"_s))
                                << QStringList{u"my_cert1"_s, u"my_cert2"_s};
    QTest::newRow("line breaks inside") << block(u"AAAA\r\nBBBB\nCC=="_s) << QStringList{u"AAAABBBBCC=="_s};
    QTest::newRow("words around") << QString(u"subject=x\n"_s + block(u"AAAA"_s) + u"more"_s) << QStringList{u"AAAA"_s};
    QTest::newRow("line breaks without markers") << u"AAAA\nBBBB\n"_s << QStringList{u"AAAABBBB"_s};
}

void TestCertificate::certificatesAreExtracted()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, expected);
    const auto certificates = extractCertificates(text);
    QVERIFY(certificates);
    QCOMPARE(*certificates, expected);
}

void TestCertificate::whatIsNoCertificateIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isPrivateKey");
    for (const auto &kind : {u""_s, u"RSA "_s, u"EC "_s, u"ENCRYPTED "_s}) {
        const QString key =
            u"-----BEGIN "_s + kind + u"PRIVATE KEY-----\nAAAA\n-----END "_s + kind + u"PRIVATE KEY-----\n"_s;
        QTest::addRow("%sprivate key", qPrintable(kind)) << key << true;
        QTest::addRow("%sprivate key beside a certificate", qPrintable(kind))
            << QString(block(u"AAAA"_s) + key) << true;
    }
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("white space") << u" \n"_s << false;
    QTest::newRow("an empty block") << block(QString()) << false;
    QTest::newRow("a block without an end") << u"-----BEGIN CERTIFICATE-----\nAAAA"_s << false;
}

void TestCertificate::whatIsNoCertificateIsRefused()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isPrivateKey);
    const auto certificates = extractCertificates(text);
    QVERIFY(!certificates);
    QCOMPARE(certificates.error().code(), ErrorCode::InvalidArgument);
    QCOMPARE(certificates.error().message().contains("private key"_L1), isPrivateKey);
}

void TestCertificate::aCertificateNamesItsKey()
{
    const auto certificate = Certificate::fromPem(load(u"certificate.pem"_s));
    QVERIFY(certificate);
    QCOMPARE(certificate->subject(), u"CN=countersign test,O=Countersign"_s);
    QCOMPARE(certificate->issuer(), certificate->subject());
    QVERIFY(certificate->validFrom().isValid());
    QVERIFY(certificate->validUntil() > certificate->validFrom());
    QCOMPARE(certificate->validFrom().timeSpec(), Qt::UTC);
    const auto key = certificate->publicKey();
    QVERIFY(key);
    const auto pair = readPkcs12(load(u"key.p12"_s), Secret::copyOf("test"));
    QVERIFY(pair);
    QCOMPARE(key->publicDer(), pair->key.publicDer());
    QCOMPARE(AsymmetricKey::fromPem(load(u"certificate.pem"_s))->publicDer(), key->publicDer());
    // As `openssl x509 -fingerprint` prints them.
    QCOMPARE(certificate->thumbprint(HashAlgorithm::Sha1).toHex(), load(u"certificate.sha1"_s).trimmed());
    QCOMPARE(certificate->thumbprint(HashAlgorithm::Sha256).toHex(), load(u"certificate.sha256"_s).trimmed());
}

void TestCertificate::thePemOfACertificateIsReadAgain()
{
    const auto certificate = Certificate::fromPem(load(u"certificate.pem"_s));
    QVERIFY(certificate);
    QCOMPARE(certificate->toPem(), load(u"certificate.pem"_s));
    QCOMPARE(Certificate::fromDer(certificate->der())->der(), certificate->der());
    QCOMPARE(extractCertificates(QString::fromLatin1(certificate->toPem()))->first(),
             QString::fromLatin1(certificate->der().toBase64()));
}

void TestCertificate::brokenDerIsRefused()
{
    const QByteArray der = Certificate::fromPem(load(u"certificate.pem"_s))->der();
    QVERIFY(!Certificate::fromDer({}));
    QVERIFY(!Certificate::fromDer(QByteArray(der + '\0')));
    for (qsizetype size = 0; size < der.size(); size += 17)
        QVERIFY(!Certificate::fromDer(der.first(size)));
    QVERIFY(!Certificate::fromPem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
}

void TestCertificate::pkcs12NeedsItsPassphrase()
{
    const QByteArray file = load(u"key.p12"_s);
    QVERIFY(!file.isEmpty());
    const auto opened = readPkcs12(file, Secret::copyOf("test"));
    QVERIFY(opened);
    QVERIFY(opened->key.isPrivate());
    QVERIFY(opened->key.sign(SignatureScheme::Ecdsa, HashAlgorithm::Sha256, "data"));
    QCOMPARE(opened->certificate.toPem(), load(u"certificate.pem"_s));
    for (const auto *wrong : {"", "Test", "test "}) {
        const auto refused = readPkcs12(file, Secret::copyOf(wrong));
        QVERIFY(!refused);
        QCOMPARE(refused.error().cause(), ErrorCause::PassphraseWrong);
    }
}

void TestCertificate::brokenPkcs12IsRefused()
{
    const QByteArray file = load(u"key.p12"_s);
    for (qsizetype size = 0; size < file.size(); size += 29)
        QVERIFY(!readPkcs12(file.first(size), Secret::copyOf("test")));
    QVERIFY(!readPkcs12("{}", Secret::copyOf("test")));
}

// Such a file would keep a thread busy for as long as its author likes.
void TestCertificate::aPassphraseOfTooManyRoundsIsRefused()
{
    const auto file = readPkcs12(load(u"rounds.p12"_s), Secret::copyOf("test"));
    QVERIFY(!file);
    QCOMPARE(file.error().code(), ErrorCode::NotSupported);
    const auto key = AsymmetricKey::fromPem(load(u"rounds.pem"_s), Secret::copyOf("test"));
    QVERIFY(!key);
    QCOMPARE(key.error().code(), ErrorCode::NotSupported);
}

// The thumbprint is of the bytes that were given, however OpenSSL would write them itself.
void TestCertificate::looseDerKeepsItsBytes()
{
    QFile seed(QStringLiteral(COUNTERSIGN_TEST_DATA "/../fuzz/corpus/certificate/loose"));
    QVERIFY(seed.open(QIODevice::ReadOnly));
    const auto der = seed.readAll();
    const auto certificate = Certificate::fromDer(der);
    QVERIFY(certificate);
    QCOMPARE(certificate->der(), der);
    QCOMPARE(Certificate::fromPem(certificate->toPem())->der(), der);
    QCOMPARE(certificate->thumbprint(HashAlgorithm::Sha256), digest(HashAlgorithm::Sha256, der));
}

QTEST_GUILESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
