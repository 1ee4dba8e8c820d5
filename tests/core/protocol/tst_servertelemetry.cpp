// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/servertelemetry.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;

class TestServerTelemetry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contractC36WhatFailedIsToldUntilItArrived()
    {
        ServerTelemetry telemetry;
        telemetry.cacheHit();
        QCOMPARE(telemetry.last(), QByteArray("4|1|||"));
        telemetry.failed(ApiId::DeviceCode, u"id_1"_s, u"error_1"_s);
        QCOMPARE(telemetry.last(), QByteArray("4|1|622,id_1|error_1|"));
        telemetry.failed(ApiId::DeviceCode, u"id_2"_s, u"error_2"_s);
        QCOMPARE(telemetry.last(), QByteArray("4|1|622,id_1,622,id_2|error_1,error_2|"));
        telemetry.succeeded();
        QCOMPARE(telemetry.last(), QByteArray("4|0|||"));
    }

    void contractC36AtMost350Characters()
    {
        ServerTelemetry telemetry;
        for (int i = 0; i < 50; ++i)
            telemetry.failed(ApiId::Silent, u"00000000-0000-0000-0000-000000000000"_s, u"invalid_grant"_s);
        QVERIFY(telemetry.last().size() <= 360);
        QVERIFY(telemetry.last().size() > 300);
    }

    void foreignTextCannotForgeTheField()
    {
        ServerTelemetry telemetry;
        telemetry.failed(ApiId::Silent, u"a"_s, u"x|y,z\r\nSet-Cookie: q"_s);
        QCOMPARE(telemetry.last(), QByteArray("4|0|84,a|xyzSet-Cookie:q|"));
    }

    void contractC2CurrentTelemetry()
    {
        QCOMPARE(ServerTelemetry::current({ApiId::Silent, 3}), QByteArray("4|84,3|"));
        QCOMPARE(ServerTelemetry::current({ApiId::AuthorizationCode, 0}), QByteArray("4|832,0|"));
    }

    void contractC36RoutingIsByAccountOrName()
    {
        QCOMPARE(anchorMailbox(HomeAccountId{u"uid.utid"_s}), QByteArray("Oid:uid@utid"));
        QCOMPARE(anchorMailbox(HomeAccountId{u"subject"_s}), QByteArray());
        QCOMPARE(anchorMailbox(HomeAccountId{u"uid."_s}), QByteArray());
        QCOMPARE(anchorMailbox(u"ada@contoso.example\r\n"_s), QByteArray("upn:ada@contoso.example"));
        QCOMPARE(anchorMailbox(QString()), QByteArray());
    }

    void contractC36OnlyMicrosoftIsTold_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isTold");
        QTest::newRow("Entra") << u"https://login.microsoftonline.com/common"_s << true;
        QTest::newRow("B2C") << u"https://contoso.b2clogin.com/contoso/flow"_s << true;
        QTest::newRow("CIAM") << u"https://contoso.ciamlogin.com"_s << true;
        QTest::newRow("ADFS is the customer's own") << u"https://fs.example/adfs"_s << false;
    }

    void contractC36OnlyMicrosoftIsTold()
    {
        QFETCH(const QString, url);
        QFETCH(const bool, isTold);
        QCOMPARE(Authority::parse(url)->isEntraFamily(), isTold);
        QVERIFY(!Authority::oidc(u"https://login.microsoftonline.com/t/v2.0"_s)->isEntraFamily());
    }

    void applicationsAreNamedOnlyWhenTheySaySo()
    {
        const auto names = [](const HeaderFields &fields) {
            QStringList all;
            for (const auto &[name, value] : fields)
                all.append(QString::fromLatin1(name));
            return all;
        };
        QCOMPARE(names(clientFields({.correlationId = u"id"_s})),
                 QStringList({u"client-request-id"_s, u"x-client-sku"_s, u"x-client-ver"_s, u"x-client-os"_s,
                              u"x-ms-lib-capability"_s}));
        QCOMPARE(clientFields({.applicationName = u"a\r\nb"_s}).last(),
                 std::pair(QByteArray("x-app-name"), QByteArray("ab")));
    }
};

QTEST_GUILESS_MAIN(TestServerTelemetry)
#include "tst_servertelemetry.moc"
