// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/environment.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;

namespace {

using Variables = QMap<QString, QString>;

QProcessEnvironment environmentOf(const Variables &variables)
{
    QProcessEnvironment environment;
    for (auto at = variables.begin(); at != variables.end(); ++at)
        environment.insert(at.key(), at.value());
    return environment;
}

const auto clientId = u"AZURE_CLIENT_ID"_s;
const auto authority = u"AZURE_AUTHORITY"_s;
const auto tenantId = u"AZURE_TENANT_ID"_s;
const auto secret = u"AZURE_CLIENT_SECRET"_s;
const auto path = u"AZURE_CERTIFICATE_PATH"_s;
const auto thumbprint = u"AZURE_CERTIFICATE_THUMBPRINT"_s;
const auto tenant = u"72f988bf-86f1-41af-91ab-2d7cd011db47"_s;

} // namespace

class TestEnvironment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const auto key = AsymmetricKey::generate(KeyType::P256);
        QVERIFY(key.hasValue());
        QFile file(keyFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(key->privatePem()->reveal().toByteArray());
    }

    void authorities_data()
    {
        QTest::addColumn<Variables>("variables");
        QTest::addColumn<QString>("issuer");
        const auto with = [](Variables variables) {
            variables.insert(clientId, u"app"_s);
            return variables;
        };
        QTest::newRow("nothing: common") << with({}) << u"https://login.microsoftonline.com/common"_s;
        QTest::newRow("a tenant") << with({{tenantId, tenant}})
                                  << QString(u"https://login.microsoftonline.com/"_s + tenant);
        QTest::newRow("a domain") << with({{tenantId, u"contoso.onmicrosoft.com"_s}})
                                  << u"https://login.microsoftonline.com/contoso.onmicrosoft.com"_s;
        QTest::newRow("an authority") << with({{authority, u"https://login.microsoftonline.us/organizations"_s}})
                                      << u"https://login.microsoftonline.us/organizations"_s;
        QTest::newRow("a host alone") << with({{authority, u"https://login.microsoftonline.us"_s}})
                                      << u"https://login.microsoftonline.us/common"_s;
        QTest::newRow("a host and a tenant")
            << with({{authority, u"https://login.microsoftonline.us/"_s}, {tenantId, tenant}})
            << QString(u"https://login.microsoftonline.us/"_s + tenant);
        QTest::newRow("common and a tenant")
            << with({{authority, u"https://login.microsoftonline.com/common"_s}, {tenantId, tenant}})
            << QString(u"https://login.microsoftonline.com/"_s + tenant);
        QTest::newRow("the same tenant twice")
            << with({{authority, QString(u"https://login.microsoftonline.com/"_s + tenant)}, {tenantId, tenant}})
            << QString(u"https://login.microsoftonline.com/"_s + tenant);
        QTest::newRow("an empty variable is none")
            << with({{authority, u" "_s}, {tenantId, QString()}}) << u"https://login.microsoftonline.com/common"_s;
        QTest::newRow("any other provider")
            << with({{authority, u"https://accounts.google.com"_s}}) << u"https://accounts.google.com"_s;
        QTest::newRow("CIAM") << with({{authority, u"https://contoso.ciamlogin.com"_s}})
                              << u"https://contoso.ciamlogin.com/contoso.onmicrosoft.com"_s;
    }

    void authorities()
    {
        QFETCH(const Variables, variables);
        QFETCH(const QString, issuer);
        const auto configuration = configurationFrom(environmentOf(variables));
        QVERIFY2(configuration.hasValue(), configuration ? "" : qPrintable(configuration.error().message()));
        QCOMPARE(configuration->client.clientId.value, u"app"_s);
        QCOMPARE(configuration->client.authority.issuer(), issuer);
        QVERIFY(configuration->clientSecret.isEmpty());
    }

    void whatIsMissingOrWrongIsNamed_data()
    {
        QTest::addColumn<Variables>("variables");
        QTest::addColumn<QStringList>("named");
        const Variables app{{clientId, u"app"_s}};
        const auto with = [&app](Variables variables) {
            variables.insert(app);
            return variables;
        };
        QTest::newRow("nothing at all") << Variables() << QStringList{clientId};
        QTest::newRow("no credential") << app << QStringList{secret, path, thumbprint};
        QTest::newRow("a thumbprint without a file") << with({{thumbprint, u"00"_s}}) << QStringList{path};
        QTest::newRow("a file without a thumbprint") << with({{path, keyFile()}}) << QStringList{thumbprint, path};
        QTest::newRow("a file that is not there") << with({{path, u"/nowhere/key.pem"_s}}) << QStringList{path};
        QTest::newRow("a file without key")
            << with({{path, QStringLiteral(COUNTERSIGN_TEST_DATA "/crypto/certificate.pem")}}) << QStringList{path};
        QTest::newRow("a thumbprint that is none")
            << with({{path, keyFile()}, {thumbprint, u"abc"_s}}) << QStringList{thumbprint};
        QTest::newRow("http") << with({{authority, u"http://login.microsoftonline.com/common"_s}, {secret, u"x"_s}})
                              << QStringList{authority};
        QTest::newRow("two tenants") << with(
            {{authority, u"https://login.microsoftonline.com/contoso.com"_s}, {tenantId, tenant}, {secret, u"x"_s}})
                                     << QStringList{authority, tenantId};
        QTest::newRow("a tenant that is an address")
            << with({{tenantId, u"https://x/"_s}, {secret, u"x"_s}}) << QStringList{tenantId};
    }

    void whatIsMissingOrWrongIsNamed()
    {
        QFETCH(const Variables, variables);
        QFETCH(const QStringList, named);
        const auto configuration = configurationFrom(environmentOf(variables), ClientType::Confidential);
        QVERIFY(!configuration.hasValue());
        QCOMPARE(configuration.error().code(), ErrorCode::InvalidArgument);
        for (const auto &name : named)
            QVERIFY2(configuration.error().message().contains(name), qPrintable(configuration.error().message()));
    }

    void credentialsAreRead()
    {
        Variables variables{{clientId, u"app"_s}, {secret, u" canary "_s}, {path, u"/nowhere"_s}};
        auto withSecret = configurationFrom(environmentOf(variables), ClientType::Confidential);
        QVERIFY(withSecret.hasValue());
        QCOMPARE(withSecret->clientSecret.reveal(), QByteArrayView(" canary "));
        variables.remove(secret);
        variables.insert(path, keyFile());
        variables.insert(thumbprint, u"A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:A1:B2:C3:D4"_s);
        const auto withKey = configurationFrom(environmentOf(variables), ClientType::Confidential);
        QVERIFY2(withKey.hasValue(), withKey ? "" : qPrintable(withKey.error().message()));
        QVERIFY(withKey->key->isPrivate());
        QCOMPARE(withKey->certificateThumbprint.toHex(), QByteArray("a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4"));
        QVERIFY(!withKey->certificate);
    }

    void aPublicClientReadsNoCredential()
    {
        const auto configuration = configurationFrom(environmentOf({{clientId, u"app"_s}, {secret, u"canary"_s}}));
        QVERIFY(configuration.hasValue());
        QVERIFY(configuration->clientSecret.isEmpty());
    }

private:
    QString keyFile() const { return m_folder.filePath(u"key.pem"_s); }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
