// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../../support/fulldisk.h"

#include <countersign/client/profile.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;

class TestProfileStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskLeavesTheProfilesAsTheyWere();
    void whatIsExpectedOfTokensIsKept();
    void whatCannotBeExpectedIsRefused_data();
    void whatCannotBeExpectedIsRefused();
    void aServiceProvesItselfInOneWay();
};

void TestProfileStore::aFullDiskLeavesTheProfilesAsTheyWere()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"p/profiles.json"_s);
    Profile profile;
    profile.id = u"work"_s;
    profile.issuer = u"https://id.example"_s;
    profile.clientId = u"client"_s;
    QVERIFY(ProfileStore(path).put(profile));
    Profile second = profile;
    second.id = u"home"_s;
    second.note = QString(2000, u'n');
    bool isSaved = true;
    {
        const FullDisk full(1024); // room for the lock
        isSaved = ProfileStore(path).put(second).hasValue();
    }
    QVERIFY(!isSaved);
    ProfileStore again(path);
    QVERIFY(again.load());
    QCOMPARE(again.profiles(), QList<Profile>{profile});
    QVERIFY(ProfileStore(path).put(second));
    QVERIFY(again.load());
    QCOMPARE(again.profiles().size(), 2);
}

//! The members of a policy of `verify --policy`: see docs/cli.md.
void TestProfileStore::whatIsExpectedOfTokensIsKept()
{
    const auto json = QJsonDocument::fromJson(
                          R"({"id":"lab","kind":"oidc","issuer":"https://id.example","client_id":"app","via":"auto",
                          "expectations":{"issuer":"https://id.example","audience":"https://api.example",
                          "client_id":"app","scope":["read","write"],"role":["Admin"],"acr":["high"],"leeway":60,
                          "claims":{"tid":"contoso","level":3,"is_admin":true,"groups":["a","b"]}}})")
                          .object();
    const auto profile = Profile::fromJson(json);
    QVERIFY2(profile, qPrintable(profile ? QString() : profile.error().message()));
    QCOMPARE(profile->toJson(), json);
    QCOMPARE(profile->expectations.leeway, std::optional<std::chrono::seconds>(60));
    QCOMPARE(profile->expectations.scopes, (QStringList{u"read"_s, u"write"_s}));
    QCOMPARE(profile->expectations.claims.size(), 4);
    auto without = *profile;
    without.expectations = {};
    QVERIFY(!without.toJson().contains("expectations"_L1));
}

void TestProfileStore::whatCannotBeExpectedIsRefused_data()
{
    QTest::addColumn<QByteArray>("expectations");
    QTest::addColumn<QString>("named");
    QTest::newRow("a slip must not make a check disappear") << QByteArray(R"({"audiences":"a"})") << u"audiences"_s;
    QTest::newRow("no object") << QByteArray(R"("strict")") << u"expectations"_s;
    QTest::newRow("more leeway than is tolerable") << QByteArray(R"({"leeway":301})") << u"leeway"_s;
    QTest::newRow("leeway into the past") << QByteArray(R"({"leeway":-1})") << u"leeway"_s;
    QTest::newRow("a list of numbers") << QByteArray(R"({"scope":[1]})") << u"scope"_s;
    QTest::newRow("a number for a text") << QByteArray(R"({"audience":1})") << u"audience"_s;
    QTest::newRow("no words in a claim") << QByteArray(R"({"claims":{"x":[]}})") << u"x"_s;
    QTest::newRow("an object in a claim") << QByteArray(R"({"claims":{"x":{}}})") << u"x"_s;
}

void TestProfileStore::whatCannotBeExpectedIsRefused()
{
    QFETCH(QByteArray, expectations);
    QFETCH(QString, named);
    const auto profile = Profile::fromJson(
        QJsonDocument::fromJson(R"({"id":"lab","issuer":"https://id.example","client_id":"app","expectations":)"
                                + expectations + '}')
            .object());
    QVERIFY(!profile);
    QCOMPARE(profile.error().code(), ErrorCode::InvalidArgument);
    QVERIFY2(profile.error().message().contains(named), qPrintable(profile.error().message()));
}

//! RFC 7521 §4.2: one of the two would win in silence.
void TestProfileStore::aServiceProvesItselfInOneWay()
{
    Profile profile;
    profile.id = u"build"_s;
    profile.issuer = u"https://id.example"_s;
    profile.clientId = u"app"_s;
    profile.isService = true;
    profile.certificateFile = u"/app.pem"_s;
    QVERIFY(profile.configuration());
    profile.federatedTokenFile = u"/token"_s;
    const auto both = profile.configuration();
    QVERIFY(!both);
    QVERIFY2(both.error().message().contains(u"federated_token_file"_s), qPrintable(both.error().message()));
}

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
