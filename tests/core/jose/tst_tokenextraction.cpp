// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/tokenextraction.h>

using namespace Countersign::Jose;
using namespace Qt::StringLiterals;

namespace {

const QByteArray
    token("eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhZGEiLCJleHAiOjE3MDAwMDAwMDB9.c2lnbmF0dXJlLXNpZ25hdHVyZQ");
const QByteArray other("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJib2IifQ.b3RoZXI");

// A whole array, so that the builder of "a" + b becomes one.
QList<TokenCandidate> find(const QByteArray &text)
{
    return extractTokens(text);
}

} // namespace

class TestTokenExtraction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneTokenIsFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QStringList>("cleanups");
        const auto row = [](const char *name, const QByteArray &text, const QByteArray &expected, const char *source,
                            const QStringList &cleanups = {}) {
            QTest::newRow(name) << text << expected << QString::fromLatin1(source) << cleanups;
        };
        row("itself", token, token, "text");
        row("with blanks around", "\n  " + token + "\t\r\n", token, "text");
        row("in quotes", '"' + token + '"', token, "text");
        row("an Authorization line", "Authorization: Bearer " + token, token, "authorization_header", {u"scheme"_s});
        row("a scheme in other case", "authorization: bearer " + token, token, "authorization_header", {u"scheme"_s});
        row("a curl command", "curl -s -H 'Authorization: Bearer " + token + "' https://graph.example/me", token,
            "authorization_header", {u"scheme"_s});
        row("a DPoP header", "DPoP: " + token, token, "authorization_header", {u"scheme"_s});
        row("an opaque bearer token", "Authorization: Bearer gho_16C7e42F292c6912E7710c838347Ae178B4a",
            "gho_16C7e42F292c6912E7710c838347Ae178B4a", "authorization_header", {u"scheme"_s});
        row("a fragment", "http://localhost/#state=x&id_token=" + token + "&session=1", token, "id_token");
        row("a query", "https://app/cb?access_token=0.AB%2B%2F%3D&x=1", "0.AB+/=", "access_token",
            {u"percent_encoding"_s});
        row("a cookie", "Cookie: a=b; access_token=" + token + "; c=d", token, "access_token");
        row("a log line", "12:00:01 INFO token=<" + token + "> accepted.", token, "text");
        row("a sentence", "The token is " + token + ".", token, "text");
        row("encoded dots", QByteArray(token).replace('.', "%2E"), token, "text", {u"percent_encoding"_s});
        row("wrapped lines", token.left(60) + "\r\n" + token.mid(60, 40) + "\r\n" + token.mid(100), token, "text",
            {u"line_breaks"_s});
        row("wrapped in a shell", token.left(60) + "\\\n  " + token.mid(60), token, "text", {u"line_breaks"_s});
        row("JSON", "{\"token_type\":\"Bearer\",\"access_token\":\"opaque-value\",\"expires_in\":3600}", "opaque-value",
            "access_token");
        row("az output", "{\n \"accessToken\": \"" + token + "\",\n \"tenant\": \"t\"\n}", token, "accessToken");
        row("HAR entry",
            "{\"log\":{\"entries\":[{\"request\":{\"headers\":[{\"name\":\"Authorization\",\"value\":\"Bearer " + token
                + "\"}]}}]}}",
            token, "authorization_header", {u"scheme"_s});
        row("broken JSON", "{'id_token':'" + token + "',", token, "id_token");
        row("an opaque token", "'ya29.a0AfH6SMBx'", "ya29.a0AfH6SMBx", "text", {u"quotes"_s});
        row("a JWS in JSON", "{\"payload\":\"e30\",\"signature\":\"AA\"}", "{\"payload\":\"e30\",\"signature\":\"AA\"}",
            "text");
    }
    void oneTokenIsFound()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QFETCH(QString, source);
        QFETCH(QStringList, cleanups);
        const auto found = find(text);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().token, expected);
        QCOMPARE(found.first().source, source);
        QCOMPARE(found.first().cleanups, cleanups);
    }

    void severalTokensComeInTheirOrderAndOnce()
    {
        const auto found = find("first " + token + "\nthen " + other + " and again " + token);
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].token, token);
        QCOMPARE(found[1].token, other);
        const auto json = find("{\"id_token\":\"" + token + "\",\"refresh_token\":\"0.AXoA\"}");
        QCOMPARE(json.size(), 2);
        QCOMPARE(json[1].source, u"refresh_token"_s);
    }

    void twoTokensOnTwoLinesStayTwo()
    {
        const auto found = find(other + "\n" + token);
        QCOMPARE(found.size(), 2);
    }

    void proseHoldsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a sentence") << QByteArray("The bearer of this letter has no token.");
        QTest::newRow("a challenge") << QByteArray("WWW-Authenticate: Bearer realm=\"x\", error=\"invalid_token\"");
        QTest::newRow("names without values") << QByteArray("set access_token= and go on");
    }
    void proseHoldsNone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(find(text).isEmpty());
    }

    void aFloodIsCapped()
    {
        QByteArray text;
        for (int i = 0; i < 200; ++i)
            text += "access_token=opaque" + QByteArray::number(i) + '\n';
        QCOMPARE(find(text).size(), maximumCandidates);
    }
};

QTEST_GUILESS_MAIN(TestTokenExtraction)
#include "tst_tokenextraction.moc"
