// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../../support/fulldisk.h"

#include <countersign/client/profile.h>

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

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
