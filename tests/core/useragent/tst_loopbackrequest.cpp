// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/loopbackrequest.h>

using namespace Countersign;
using namespace Qt::StringLiterals;

namespace {

const QByteArray get = "GET /callback?code=c&state=s HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n";
const QByteArray post = "POST /callback HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n"
                        "Content-Type: application/x-www-form-urlencoded\r\n";

// 0: incomplete, 1: a request, otherwise the status of the refusal.
int verdict(const QByteArray &bytes)
{
    const LoopbackParse parse = parseLoopbackRequest(bytes);
    if (const auto *const refusal = std::get_if<LoopbackRefusal>(&parse))
        return refusal->status;
    return std::holds_alternative<LoopbackRequest>(parse) ? 1 : 0;
}

} // namespace

class TestLoopbackRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheQueryOfAGet()
    {
        const LoopbackParse parse =
            parseLoopbackRequest(QByteArray(get + "Origin: null\r\nSec-Fetch-Mode: navigate\r\n\r\n"));
        const auto &request = std::get<LoopbackRequest>(parse);
        QCOMPARE(request.method, LoopbackRequest::Method::Get);
        QCOMPARE(request.path, "/callback"_ba);
        QCOMPARE(request.host, "127.0.0.1:4711"_ba);
        QCOMPARE(request.origin, "null"_ba);
        QCOMPARE(request.fetchMode, "navigate"_ba);
        QCOMPARE(request.parameters.reveal(), QByteArrayView("code=c&state=s"));
    }

    void readsTheBodyOfAPost()
    {
        const LoopbackParse parse = parseLoopbackRequest(QByteArray(post + "Content-Length: 6\r\n\r\ncode=c&extra"));
        const auto &request = std::get<LoopbackRequest>(parse);
        QCOMPARE(request.method, LoopbackRequest::Method::Post);
        QCOMPARE(request.parameters.reveal(), QByteArrayView("code=c"));
    }

    void waitsForEveryByteOfARequest()
    {
        const QByteArray whole = post + "Content-Length: 6\r\n\r\ncode=c";
        for (qsizetype size = 0; size < whole.size(); ++size)
            QCOMPARE(verdict(whole.first(size)), 0);
        QCOMPARE(verdict(whole), 1);
    }

    void refusesWhatNoBrowserSends_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::newRow("a proper GET passes") << get + "\r\n" << 1;
        QTest::newRow("HTTP/1.0 passes") << "GET / HTTP/1.0\r\nHost: a\r\n\r\n"_ba << 1;
        QTest::newRow("F.3 11 OPTIONS") << "OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 405;
        QTest::newRow("F.3 11 HEAD") << "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 405;
        QTest::newRow("RFC 9110 §9.1 methods are case-sensitive") << "get / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 405;
        QTest::newRow("no Host") << "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"_ba << 400;
        QTest::newRow("RFC 9112 §3.2 two Hosts") << get + "Host: 127.0.0.1:4711\r\n\r\n" << 400;
        QTest::newRow("RFC 9112 §3.2.2 absolute target") << "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
        QTest::newRow("a fragment in the target") << "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
        QTest::newRow("a space in the target") << "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
        QTest::newRow("a control byte in the target") << "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
        QTest::newRow("no version") << "GET /\r\nHost: a\r\n\r\n"_ba << 400;
        QTest::newRow("another version") << "GET / HTTP/2\r\nHost: a\r\n\r\n"_ba << 400;
        QTest::newRow("TLS") << "\x16\x03\x01\x02\x01\x01\r\n\r\n"_ba << 400;
        QTest::newRow("RFC 9112 §5.2 folded line") << get + "X: a\r\n b\r\n\r\n" << 400;
        QTest::newRow("RFC 9112 §5.1 space before colon") << get + "X : a\r\n\r\n" << 400;
        QTest::newRow("a field without colon") << get + "Xa\r\n\r\n" << 400;
        QTest::newRow("a bare LF inside a field") << get + "X: a\nY: b\r\n\r\n" << 400;
        QTest::newRow("NUL in a field") << get + QByteArray("X: a\0b\r\n\r\n", 10) << 400;
        QTest::newRow("chunked") << post + "Transfer-Encoding: chunked\r\n\r\n" << 400;
        QTest::newRow("Expect") << post + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n" << 400;
        QTest::newRow("POST without length") << post + "\r\n" << 400;
        QTest::newRow("negative length") << post + "Content-Length: -1\r\n\r\n" << 400;
        QTest::newRow("length with plus") << post + "Content-Length: +3\r\n\r\na=b" << 400;
        QTest::newRow("two lengths") << post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b" << 400;
        QTest::newRow("F.3 11 no end within 16 KiB") << get + "X: " + QByteArray(maximumLoopbackRequest, 'x') << 431;
        QTest::newRow("F.3 11 body too large") << post + "Content-Length: 16384\r\n\r\n" << 413;
        QTest::newRow("GET with a body") << get + "Content-Length: 3\r\n\r\na=b" << 400;
        QTest::newRow("F.3 11 POST that is no form")
            << "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b"_ba << 400;
        QTest::newRow("POST with a query")
            << "POST /?x=y HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
               "Content-Length: 3\r\n\r\na=b"_ba
            << 400;
        QTest::newRow("a charset with the form passes")
            << "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: Application/X-WWW-Form-urlencoded; charset=UTF-8\r\n"
               "Content-Length: 3\r\n\r\na=b"_ba
            << 1;
    }
    void refusesWhatNoBrowserSends()
    {
        QFETCH(QByteArray, bytes);
        QTEST(verdict(bytes), "status");
    }

    void knowsANavigationFromEverythingElse_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("accepted");
        const QByteArray host = "Host: 127.0.0.1:4711\r\n";
        const QByteArray there = "/callback?a=b";
        QTest::newRow("plain") << there << host << true;
        QTest::newRow("Chromium") << there
                                  << host
                + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
                                  << true;
        QTest::newRow("Origin null after a redirect") << there << host + "Origin: null\r\n" << true;
        QTest::newRow("https origin of a form") << there << host + "Origin: https://op.example\r\n" << true;
        QTest::newRow("local provider") << there << host + "Origin: http://127.0.0.1:9\r\n" << true;
        QTest::newRow("F.3 11 DNS rebinding") << there << "Host: evil.example:4711\r\n"_ba << false;
        QTest::newRow("F.3 11 another name for this machine") << there << "Host: localhost:4711\r\n"_ba << false;
        QTest::newRow("F.3 11 without the port") << there << "Host: 127.0.0.1\r\n"_ba << false;
        QTest::newRow("F.3 11 another port") << there << "Host: 127.0.0.1:471\r\n"_ba << false;
        QTest::newRow("F.3 11 plain http origin") << there << host + "Origin: http://evil.example\r\n" << false;
        QTest::newRow("F.3 11 origin that is none") << there << host + "Origin: x\r\n" << false;
        QTest::newRow("F.3 11 fetch()") << there << host + "Sec-Fetch-Mode: cors\r\n" << false;
        QTest::newRow("F.3 11 image") << there << host + "Sec-Fetch-Mode: no-cors\r\n" << false;
        QTest::newRow("F.3 11 frame") << there << host + "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n"
                                      << false;
        QTest::newRow("F.3 10 another path") << "/"_ba << host << false;
        QTest::newRow("A.2 path compared ignoring case") << "/Callback"_ba << host << false;
        QTest::newRow("A.2 path compared by prefix") << "/callback.evil"_ba << host << false;
        QTest::newRow("A.2 path encoded differently") << "/c%61llback"_ba << host << false;
    }
    void knowsANavigationFromEverythingElse()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, fields);
        const LoopbackParse parse =
            parseLoopbackRequest(QByteArray("GET " + target + " HTTP/1.1\r\n" + fields + "\r\n"));
        const auto &request = std::get<LoopbackRequest>(parse);
        QTEST(request.isNavigationTo(QUrl(u"http://127.0.0.1:4711/callback"_s)), "accepted");
    }

    void namesTheAuthorityAsBrowsersDo()
    {
        QCOMPARE(hostHeaderFor(QUrl(u"http://127.0.0.1:4711/"_s)), "127.0.0.1:4711"_ba);
        QCOMPARE(hostHeaderFor(QUrl(u"http://localhost:80/"_s)), "localhost"_ba);
        QCOMPARE(hostHeaderFor(QUrl(u"http://[::1]:4711/"_s)), "[::1]:4711"_ba);
    }
};

QTEST_GUILESS_MAIN(TestLoopbackRequest)
#include "tst_loopbackrequest.moc"
