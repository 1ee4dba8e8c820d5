// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/base64url.h>
#include <countersign/jose/jws.h>
#include <countersign/jose/unverifiedjwt.h>
#include <countersign/protocol/clientassertion.h>
#include <countersign/protocol/providermetadata.h>

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;

namespace {

const QDateTime noon(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);
const auto entra = u"https://login.microsoftonline.com/contoso.example"_s;
const auto adfs = u"https://adfs.contoso.example/adfs"_s;
const auto other = u"https://login.example.com"_s;

QByteArray load(const QString &name)
{
    QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/crypto/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Authority authorityOf(const QString &address)
{
    return address == other ? *Authority::oidc(address) : *Authority::parse(address);
}

ProviderMetadata metadataOf(const QString &address)
{
    ProviderMetadata metadata;
    metadata.issuer = address;
    metadata.tokenEndpoint = QUrl(QString(address + u"/token"_s));
    return metadata;
}

ClientAssertionKey fileKey(bool sendsCertificates = false)
{
    return *readAssertionKey(load(u"rsa.p12"_s), Secret::copyOf("test"), sendsCertificates);
}

ClientAssertionKey bareKey(KeyType type, const QString &keyId = {})
{
    return {.key = Jose::Jwk::fromKey(*AsymmetricKey::generate(type), keyId)};
}

//! An assertion for \p address by \p key, verified with its public half; a text starting with '!' is the failure.
struct Signed
{
    Signed(const ClientAssertionKey &key, const QString &address, const ProviderMetadata &metadata,
           AssertionAudience audience = AssertionAudience::Automatic)
    {
        SystemRandom random;
        const auto authority = authorityOf(address);
        const auto made = signClientAssertion(
            key,
            {.clientId = {u"my-app"_s}, .authority = authority, .metadata = metadata, .audience = audience, .at = noon},
            random);
        if (!made) {
            error = made.error();
            return;
        }
        token = made->reveal().toByteArray();
        const auto verified = Jose::verifyJws(
            token, Jose::JwkSet({Jose::Jwk::fromKey(key.key.asymmetricKey()->publicKey(), key.key.keyId())}));
        isVerified = verified.hasValue();
        const auto jwt = Jose::UnverifiedJwt::parse(token);
        claims = jwt->claims();
        header = Jose::JsonObject::parse(*Jose::decodeBase64Url(token.split('.').first()));
    }
    QString inHeader(QByteArrayView name) const { return (*header)->string(name).value_or(QString()); }

    QByteArray token;
    bool isVerified = false;
    std::optional<Jose::JsonObject> claims;
    std::optional<Result<Jose::JsonObject>> header;
    std::optional<Error> error;
};

} // namespace

//! RFC 7523 §2.2 and how Microsoft wants it.
class TestClientAssertion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theProviderChoosesHowItIsSigned_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("algorithm");
        QTest::addColumn<QString>("thumbprintName");
        QTest::addColumn<QString>("hash");
        QTest::newRow("contract C34: a certificate at Entra") << entra << u"PS256"_s << u"x5t#S256"_s << u"sha256"_s;
        QTest::newRow("contract C34: a certificate at ADFS") << adfs << u"RS256"_s << u"x5t"_s << u"sha1"_s;
        QTest::newRow("OpenID Connect Core §15.1: anybody else") << other << u"RS256"_s << u"x5t#S256"_s << u"sha256"_s;
    }
    void theProviderChoosesHowItIsSigned()
    {
        QFETCH(QString, address);
        QFETCH(QString, algorithm);
        QFETCH(QString, thumbprintName);
        QFETCH(QString, hash);
        const auto key = fileKey();
        const Signed assertion(key, address, metadataOf(address));
        QVERIFY(!assertion.error);
        QVERIFY(assertion.isVerified);
        QCOMPARE(assertion.inHeader("alg"), algorithm);
        QCOMPARE(assertion.inHeader("typ"), u"JWT"_s);
        const auto thumbprint = hash == "sha1"_L1 ? key.sha1Thumbprint : key.sha256Thumbprint;
        // RFC 7515 §2: without padding, which MSAL has.
        QCOMPARE(assertion.inHeader(thumbprintName.toLatin1()).toLatin1(), Jose::encodeBase64Url(thumbprint));
        QVERIFY(!(*assertion.header)->contains("x5c"));
    }

    void theClaimsAreThoseOfTheClient()
    {
        const Signed assertion(fileKey(), entra, metadataOf(entra));
        QCOMPARE(assertion.claims->string("iss"), u"my-app"_s);
        QCOMPARE(assertion.claims->string("sub"), u"my-app"_s);
        QCOMPARE(assertion.claims->integer("iat"), noon.toSecsSinceEpoch());
        QCOMPARE(assertion.claims->integer("exp"), noon.toSecsSinceEpoch() + 600);
        QVERIFY(assertion.claims->string("jti")->size() >= 20);
    }

    //! RFC 7523 §3 no. 7: a provider may refuse what it has seen.
    void noAssertionIsMadeTwice()
    {
        const auto key = fileKey();
        const Signed first(key, other, metadataOf(other));
        const Signed second(key, other, metadataOf(other));
        QVERIFY(first.claims->string("jti") != second.claims->string("jti"));
    }

    void itIsForTheTokenEndpointOrTheIssuer_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("audience");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &address, AssertionAudience audience,
                            const QString &expected) { QTest::newRow(name) << address << int(audience) << expected; };
        row("contract C34: Entra", entra, AssertionAudience::Automatic, entra + u"/token"_s);
        row("RFC 7523 §3 no. 3: anybody else", other, AssertionAudience::Automatic, other);
        row("RFC 7523 §3 no. 3: the endpoint", other, AssertionAudience::TokenEndpoint, other + u"/token"_s);
        row("RFC 7523 §3 no. 3: the issuer", entra, AssertionAudience::Issuer, entra);
    }
    void itIsForTheTokenEndpointOrTheIssuer()
    {
        QFETCH(QString, address);
        QFETCH(int, audience);
        QFETCH(QString, expected);
        const Signed assertion(fileKey(), address, metadataOf(address), static_cast<AssertionAudience>(audience));
        QCOMPARE(assertion.claims->string("aud"), expected);
    }

    void theBestAlgorithmOfBothIsTaken_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QStringList>("listed");
        QTest::addColumn<QString>("algorithm");
        QTest::newRow("FAPI 2.0: PS256 before RS256")
            << int(KeyType::Rsa) << QStringList{u"RS256"_s, u"PS256"_s} << u"PS256"_s;
        QTest::newRow("RFC 8414 §2: what the provider names")
            << int(KeyType::Rsa) << QStringList{u"RS512"_s} << u"RS512"_s;
        QTest::newRow("a curve") << int(KeyType::P256) << QStringList{} << u"ES256"_s;
        QTest::newRow("a curve, named") << int(KeyType::P384) << QStringList{u"RS256"_s, u"ES384"_s} << u"ES384"_s;
        QTest::newRow("nothing in common") << int(KeyType::P256) << QStringList{u"RS256"_s} << QString();
    }
    void theBestAlgorithmOfBothIsTaken()
    {
        QFETCH(int, type);
        QFETCH(QStringList, listed);
        QFETCH(QString, algorithm);
        auto metadata = metadataOf(other);
        metadata.tokenEndpointAuthAlgorithms = listed;
        const Signed assertion(bareKey(static_cast<KeyType>(type), u"key-1"_s), other, metadata);
        if (algorithm.isEmpty()) {
            QCOMPARE(assertion.error->code(), ErrorCode::NotSupported);
            QVERIFY(assertion.error->message().contains("RS256"_L1));
            return;
        }
        QVERIFY(assertion.isVerified);
        QCOMPARE(assertion.inHeader("alg"), algorithm);
        QCOMPARE(assertion.inHeader("kid"), u"key-1"_s);
    }

    void microsoftWantsACertificateOfAnRsaKey()
    {
        const Signed nameless(bareKey(KeyType::Rsa), entra, metadataOf(entra));
        QCOMPARE(nameless.error->code(), ErrorCode::InvalidArgument);
        const Signed curve(bareKey(KeyType::P256), entra, metadataOf(entra));
        QCOMPARE(curve.error->code(), ErrorCode::NotSupported);
        // Contract C34: all that is known of an old registration is the SHA-1 thumbprint.
        auto old = bareKey(KeyType::Rsa);
        old.sha1Thumbprint = QByteArray(20, 'x');
        QCOMPARE(Signed(old, entra, metadataOf(entra)).inHeader("alg"), u"RS256"_s);
    }

    //! RFC 7515 §4.1.6: standard base64, the leaf first.
    void theCertificateGoesAlongWhenWanted()
    {
        const Signed assertion(fileKey(true), entra, metadataOf(entra));
        const auto chain = (*assertion.header)->stringList("x5c");
        QVERIFY(chain.has_value());
        const auto pair = readPkcs12(load(u"rsa.p12"_s), Secret::copyOf("test"));
        QCOMPARE(chain->first().toLatin1(), pair->certificate.der().toBase64());
    }

    void keyAndCertificateAreReadFromAFile_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("passphrase");
        QTest::addColumn<QString>("outcome"); // what is known of the key, or the cause of the failure
        const auto pair = readPkcs12(load(u"rsa.p12"_s), Secret::copyOf("test"));
        const auto certificate = pair->certificate.toPem();
        const auto key = pair->key.privatePem()->reveal().toByteArray();
        const auto locked = pair->key.privatePem(Secret::copyOf("word"))->reveal().toByteArray();
        const auto stranger = AsymmetricKey::generate(KeyType::P256)->privatePem()->reveal().toByteArray();
        QTest::newRow("RFC 7292") << load(u"rsa.p12"_s) << QByteArray("test") << u"certificate"_s;
        QTest::newRow("RFC 7292, wrong passphrase") << load(u"rsa.p12"_s) << QByteArray("no") << u"passphrase_wrong"_s;
        QTest::newRow("RFC 7468: the key first") << QByteArray(key + certificate) << QByteArray() << u"certificate"_s;
        QTest::newRow("RFC 7468: the key last") << QByteArray(certificate + key) << QByteArray() << u"certificate"_s;
        QTest::newRow("RFC 5958: a locked key")
            << QByteArray(certificate + locked) << QByteArray("word") << u"certificate"_s;
        QTest::newRow("RFC 5958: a locked key, wrong passphrase")
            << QByteArray(certificate + locked) << QByteArray("no") << u"passphrase_wrong"_s;
        QTest::newRow("a key alone") << key << QByteArray() << u"key"_s;
        QTest::newRow("a certificate alone") << certificate << QByteArray() << u"unspecified"_s;
        QTest::newRow("a certificate of another key")
            << QByteArray(certificate + stranger) << QByteArray() << u"unspecified"_s;
        QTest::newRow("something else") << QByteArray("hello") << QByteArray() << u"unspecified"_s;
        QTest::newRow("nothing") << QByteArray() << QByteArray() << u"unspecified"_s;
    }
    void keyAndCertificateAreReadFromAFile()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, passphrase);
        QFETCH(QString, outcome);
        const auto read = readAssertionKey(file, Secret::copyOf(passphrase));
        if (!read) {
            QCOMPARE(read.error().code(), ErrorCode::InvalidArgument);
            QCOMPARE(identifier(read.error().cause()), outcome);
            return;
        }
        QVERIFY(read->key.isPrivate());
        QCOMPARE(read->sha256Thumbprint.isEmpty() ? u"key"_s : u"certificate"_s, outcome);
        QVERIFY(read->certificates.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestClientAssertion)
#include "tst_clientassertion.moc"
