// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/authorizationagent.h>
#include <countersign/useragent/redirectmatch.h>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestRedirectMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesEveryPartExactly_data()
    {
        QTest::addColumn<QString>("candidate");
        QTest::addColumn<QString>("redirect");
        QTest::addColumn<bool>("matches");
        const QString loopback = u"http://127.0.0.1:4711/cb"_s;
        const QString web = u"https://a.example/cb"_s;
        const QString urn = u"urn:ietf:wg:oauth:2.0:oob"_s;
        const QString app = u"msauth.org.example://auth"_s;
        const QString entra = u"https://login.microsoftonline.com/common/oauth2/nativeclient"_s;
        QTest::newRow("the answer") << u"http://127.0.0.1:4711/cb?code=c"_s << loopback << true;
        QTest::newRow("with a fragment") << u"http://127.0.0.1:4711/cb?code=c#_=_"_s << loopback << true;
        QTest::newRow("A.2 another scheme") << u"https://127.0.0.1:4711/cb?code=c"_s << loopback << false;
        QTest::newRow("A.3 user info") << u"http://x@127.0.0.1:4711/cb?code=c"_s << loopback << false;
        QTest::newRow("A.3 user and password") << u"http://x:y@127.0.0.1:4711/cb"_s << loopback << false;
        QTest::newRow("A.3 empty user info") << u"http://@127.0.0.1:4711/cb?code=c"_s << loopback << false;
        QTest::newRow("another host") << u"http://localhost:4711/cb?code=c"_s << loopback << false;
        QTest::newRow("a longer host") << u"http://127.0.0.1.evil.example:4711/cb"_s << loopback << false;
        QTest::newRow("another port") << u"http://127.0.0.1:4712/cb"_s << loopback << false;
        QTest::newRow("no port") << u"http://127.0.0.1/cb"_s << loopback << false;
        QTest::newRow("A.2 prefix") << u"http://127.0.0.1:4711/cb.evil"_s << loopback << false;
        QTest::newRow("A.2 case of the path") << u"http://127.0.0.1:4711/CB"_s << loopback << false;
        QTest::newRow("a trailing slash") << u"http://127.0.0.1:4711/cb/"_s << loopback << false;
        QTest::newRow("dots") << u"http://127.0.0.1:4711/x/../cb"_s << loopback << false;
        QTest::newRow("effective port") << u"https://a.example:443/cb"_s << web << true;
        QTest::newRow("RFC 3986 §6.2.3 empty path") << u"https://a.example?c=d"_s << u"https://a.example/"_s << true;
        QTest::newRow("RFC 3986 §6.2.2.1 case of the host") << u"https://A.Example/cb"_s << web << true;
        QTest::newRow("Entra's native client") << entra + u"?code=c"_s << entra << true;
        QTest::newRow("custom scheme") << app + u"?code=c"_s << app << true;
        QTest::newRow("custom scheme, A.2 prefix") << app + u".evil?code=c"_s << app << false;
        QTest::newRow("RFC 8252 §7.1 one slash") << u"com.example:/cb?code=c"_s << u"com.example:/cb"_s << true;
        QTest::newRow("one slash is not two") << u"com.example://cb?code=c"_s << u"com.example:/cb"_s << false;
        QTest::newRow("urn") << urn + u"?code=c"_s << urn << true;
        QTest::newRow("urn, longer") << urn + u":auto?code=c"_s << urn << false;
        QTest::newRow("registered query kept") << web + u"?x=1&code=c"_s << web + u"?x=1"_s << true;
        QTest::newRow("registered query lost") << web + u"?code=c"_s << web + u"?x=1"_s << false;
        QTest::newRow("registered query longer") << web + u"?x=12"_s << web + u"?x=1"_s << false;
        QTest::newRow("nothing") << QString() << loopback << false;
        QTest::newRow("nothing against nothing") << QString() << QString() << false;
    }
    void comparesEveryPartExactly()
    {
        QFETCH(QString, candidate);
        QFETCH(QString, redirect);
        QTEST(isRedirect(QUrl(candidate), QUrl(redirect)), "matches");
    }

    void takesTheAnswerOutAsItIs()
    {
        const Secret answer = answerIn(QUrl(u"http://127.0.0.1/cb?code=a%2Fb%2Bc&state=x+y#_=_"_s));
        QCOMPARE(answer.reveal(), QByteArrayView("code=a%2Fb%2Bc&state=x+y"));
    }

    void takesAPastedAnswer_data()
    {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QByteArray>("answer"); // empty: refused
        const QByteArray address = "http://localhost:4711/cb";
        const QByteArray answer = "code=c&state=s";
        QTest::newRow("the address") << address + "?code=c&state=s" << answer;
        QTest::newRow("with spaces around") << "  " + address + "?code=c&state=s\n" << answer;
        QTest::newRow("with a fragment") << address + "?code=c&state=s#x" << answer;
        QTest::newRow("the query alone") << "?code=c&state=s"_ba << answer;
        QTest::newRow("the parameters alone") << answer << answer;
        QTest::newRow("encoding untouched") << "code=%41%2b+&state=s"_ba
                                            << "code=%41%2b+&state=s"_ba;
        QTest::newRow("another address") << "https://evil.example/cb?code=c&state=s"_ba << QByteArray();
        QTest::newRow("another path") << "http://localhost:4711/?code=c&state=s"_ba << QByteArray();
        QTest::newRow("the address without an answer") << address << QByteArray();
        QTest::newRow("a bare code cannot be checked") << "SplxlOBeZQQYbYS6WxSbIA"_ba << QByteArray();
        QTest::newRow("two lines") << "code=c\nstate=s"_ba << QByteArray();
        QTest::newRow("nothing") << " "_ba << QByteArray();
        QTest::newRow("endless") << QByteArray(70000, 'a') + "=b" << QByteArray();
    }
    void takesAPastedAnswer()
    {
        QFETCH(QByteArray, pasted);
        QFETCH(QByteArray, answer);
        const auto parsed = parsePastedAnswer(pasted, QUrl(u"http://localhost:4711/cb"_s));
        QCOMPARE(bool(parsed), !answer.isEmpty());
        if (parsed)
            QCOMPARE(parsed->reveal().toByteArray(), answer);
        else
            QVERIFY(!parsed.error().message().contains("SplxlOBe"_L1));
    }

    void readsThePreferenceFromAUri()
    {
        using Kind = RedirectPreference::Kind;
        const auto loopback = RedirectPreference::fromUri(QUrl(u"http://localhost:8400/cb"_s));
        QVERIFY(loopback);
        QCOMPARE(loopback->kind, Kind::Loopback);
        QCOMPARE(loopback->host, u"localhost"_s);
        QCOMPARE(loopback->ports, QList<quint16>{8400});
        QCOMPARE(loopback->path, u"/cb"_s);
        const auto anyPort = RedirectPreference::fromUri(QUrl(u"http://127.0.0.1"_s));
        QVERIFY(anyPort);
        QVERIFY(anyPort->ports.isEmpty());
        QVERIFY(anyPort->path.isEmpty());
        QCOMPARE(RedirectPreference::fromUri(QUrl(u"com.example.app:/cb"_s))->kind, Kind::Exact);
        QCOMPARE(RedirectPreference::fromUri(QUrl(u"https://a.example/cb"_s))->kind, Kind::Exact);
    }

    void refusesRedirectUrisThatCannotBeSafe_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::newRow("B.31 http elsewhere") << u"http://a.example/cb"_s;
        QTest::newRow("RFC 6749 §3.1.2 fragment") << u"https://a.example/cb#x"_s;
        QTest::newRow("user info") << u"https://u@a.example/cb"_s;
        QTest::newRow("query on loopback") << u"http://127.0.0.1/cb?x=1"_s;
        QTest::newRow("relative") << u"/cb"_s;
        for (const auto *const uri : {"javascript:alert(1)", "data:text/html,x", "file:///cb", "about:blank",
                                      "blob:https://a.example/x", "ftp://a.example/cb"})
            QTest::addRow("B.11 a scheme of the browser's own: %s", uri) << QString::fromLatin1(uri);
        QTest::newRow("nothing") << QString();
    }
    void refusesRedirectUrisThatCannotBeSafe()
    {
        QFETCH(QString, uri);
        const auto preference = RedirectPreference::fromUri(QUrl(uri));
        QVERIFY(!preference);
        QCOMPARE(preference.error().code(), ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestRedirectMatch)
#include "tst_redirectmatch.moc"
