// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/gaterules.h>
#include <authview/refusals.h>

using namespace Countersign;
using namespace Qt::StringLiterals;

using Verdict = GateRules::Verdict;

class TestGateRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decidesWhereAPageMayGo_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isMainFrame");
        QTest::addColumn<Verdict>("verdict");
        const QString redirect = u"http://127.0.0.1:4711/cb?code=c"_s;
        QTest::newRow("https") << u"https://idp.example/login"_s << true << Verdict::Load;
        QTest::newRow("about:blank") << u"about:blank"_s << true << Verdict::Load;
        QTest::newRow("the redirect URI") << redirect << true << Verdict::Stop;
        QTest::newRow("F.3 19 the redirect URI in a frame") << redirect << false << Verdict::Refuse;
        QTest::newRow("A.2 a longer path") << u"http://127.0.0.1:4711/cb.evil"_s << true << Verdict::Refuse;
        QTest::newRow("A.2 another scheme") << u"https://127.0.0.1:4711/cb"_s << true << Verdict::Load;
        QTest::newRow("A.3 user info") << u"http://x@127.0.0.1:4711/cb?code=c"_s << true << Verdict::Refuse;
        QTest::newRow("user info elsewhere") << u"https://op.example@evil.example/"_s << true << Verdict::Refuse;
        QTest::newRow("F.3 17 plain http") << u"http://idp.example/login"_s << true << Verdict::Refuse;
        QTest::newRow("F.3 17 plain http in a frame") << u"http://idp.example/login"_s << false << Verdict::Refuse;
        QTest::newRow("F.3 16 data") << u"data:text/html,x"_s << true << Verdict::Refuse;
        QTest::newRow("data in a frame") << u"data:text/html,x"_s << false << Verdict::Load;
        QTest::newRow("A.2 javascript") << u"javascript:alert(1)"_s << true << Verdict::Refuse;
        QTest::newRow("file") << u"file:///etc/passwd"_s << true << Verdict::Refuse;
        QTest::newRow("file in a frame") << u"file:///etc/passwd"_s << false << Verdict::Refuse;
        QTest::newRow("F.3 16 view-source") << u"view-source:https://op.example/"_s << true << Verdict::Refuse;
        QTest::newRow("F.3 16 chrome") << u"chrome://gpu"_s << true << Verdict::Refuse;
        QTest::newRow("another program") << u"ms-msdt:/id"_s << true << Verdict::Refuse;
        QTest::newRow("nothing") << QString() << true << Verdict::Refuse;
    }
    void decidesWhereAPageMayGo()
    {
        QFETCH(QString, url);
        QFETCH(bool, isMainFrame);
        const GateRules rules(QUrl(u"https://op.example/authorize"_s), QUrl(u"http://127.0.0.1:4711/cb"_s));
        QTEST(rules.navigation(QUrl(url), isMainFrame), "verdict");
    }

    void allowsPlainHttpOnlyForAnIssuerOnThisComputer()
    {
        const QUrl redirect(u"http://127.0.0.1:4711/cb"_s);
        const QUrl local(u"http://localhost:8080/login"_s);
        const GateRules test(QUrl(u"http://127.0.0.1:8080/authorize"_s), redirect);
        QCOMPARE(test.navigation(local, true), Verdict::Load);
        QCOMPARE(test.navigation(QUrl(u"http://192.0.2.1/"_s), true), Verdict::Refuse);
        const GateRules real(QUrl(u"https://op.example/authorize"_s), redirect);
        QCOMPARE(real.navigation(local, true), Verdict::Refuse);
    }

    void neverLetsARequestReachTheRedirectUri_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("A.3 image") << u"http://127.0.0.1:4711/cb?code=c"_s << false;
        QTest::newRow("script") << u"https://cdn.example/a.js"_s << true;
        QTest::newRow("data image") << u"data:image/png;base64,AA=="_s << true;
        QTest::newRow("blob worker") << u"blob:https://op.example/1"_s << true;
        QTest::newRow("mixed content") << u"http://cdn.example/a.js"_s << false;
        QTest::newRow("a probe of this computer") << u"http://127.0.0.1:631/"_s << false;
        QTest::newRow("file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("ftp") << u"ftp://cdn.example/"_s << false;
        QTest::newRow("plain socket") << u"ws://cdn.example/"_s << false;
    }
    void neverLetsARequestReachTheRedirectUri()
    {
        QFETCH(QString, url);
        const GateRules rules(QUrl(u"https://op.example/authorize"_s), QUrl(u"http://127.0.0.1:4711/cb"_s));
        QTEST(rules.allowsRequest(QUrl(url), false), "allowed");
    }

    void recognisesPagesThatRefuseTheWindow_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ProviderRefusal>("refusal");
        QTest::newRow("E.2 Google") << u"Error 403: disallowed_useragent"_s << ProviderRefusal::EmbeddedAgent;
        QTest::newRow("E.1 compliance") << u"AADSTS53000: Your device"_s << ProviderRefusal::DeviceRequired;
        QTest::newRow("E.1 joined") << u"Error Code: 53001"_s << ProviderRefusal::DeviceRequired;
        QTest::newRow("E.1 device authentication") << u"AADSTS50097: Device"_s << ProviderRefusal::DeviceRequired;
        QTest::newRow("E.1 managed") << u"AADSTS530003"_s << ProviderRefusal::DeviceRequired;
        QTest::newRow("another number") << u"AADSTS500971: reply address"_s << ProviderRefusal::None;
        QTest::newRow("an ordinary page") << u"Sign in to your account, flat 53000"_s << ProviderRefusal::None;
    }
    void recognisesPagesThatRefuseTheWindow()
    {
        QFETCH(QString, text);
        QTEST(providerRefusal(text), "refusal");
    }
};

QTEST_GUILESS_MAIN(TestGateRules)
#include "tst_gaterules.moc"
