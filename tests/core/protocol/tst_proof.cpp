// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>
#include <countersign/jose/jwtvalidator.h>
#include <countersign/protocol/proof.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;

namespace {

const QDateTime madeAt = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);

ProofOfPossession request(const QString &url, const QByteArray &method = "GET", const QByteArray &nonce = {})
{
    return {.scheme = ProofScheme::Dpop, .method = method, .url = QUrl(url), .nonce = nonce};
}

Jose::Jwk keyFor(ProofScheme scheme)
{
    return *Jose::Jwk::generate(keyKindFor(scheme));
}

Jose::JsonObject part(const QByteArray &proof, int index)
{
    return Jose::JsonObject::parse(*Jose::decodeBase64Url(proof.split('.').value(index))).value();
}

QStringList names(const Jose::JsonObject &object)
{
    QStringList list;
    for (const auto &member : object)
        list.append(QString::fromUtf8(member.name));
    return list;
}

} // namespace

//! Proofs as they are made; tst_jwtuses and the sandbox hold others' against the same rules.
class TestProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! RFC 9449 §4.2.
    void aDpopProofSaysWhatItIsForAndNothingElse()
    {
        const auto key = keyFor(ProofScheme::Dpop);
        const auto proof = signDpopProof(request(u"https://api.example/a"_s), {}, {madeAt, "id"}, key);
        QVERIFY(proof);
        const auto header = part(*proof, 0);
        QCOMPARE(names(header), (QStringList{u"alg"_s, u"typ"_s, u"jwk"_s}));
        QCOMPARE(header.string("typ"), u"dpop+jwt"_s);
        QCOMPARE(header.string("alg"), u"ES256"_s);
        QCOMPARE(names(*header.object("jwk")), (QStringList{u"kty"_s, u"crv"_s, u"x"_s, u"y"_s}));
        const auto claims = part(*proof, 1);
        QCOMPARE(names(claims), (QStringList{u"jti"_s, u"htm"_s, u"htu"_s, u"iat"_s}));
        QCOMPARE(claims.string("jti"), u"id"_s);
        QCOMPARE(claims.string("htm"), u"GET"_s);
        QCOMPARE(claims.integer("iat"), 1'700'000'000);
        auto rules = Jose::JwtRules::forDpopProof("GET", QUrl(u"https://api.example/a"_s));
        rules.keyThumbprint = key.thumbprintText().toLatin1();
        QVERIFY(Jose::JwtValidator(rules).validate(*proof, {}, madeAt));
    }

    //! RFC 9449 §4.2 "ath" and §9.
    void withAnAccessTokenItCarriesItsHashAndWithADemandTheNonce()
    {
        const auto token = Secret::copyOf("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
        const auto proof = signDpopProof(request(u"https://resource.example.org/protectedresource"_s, "GET", "n-0S6"),
                                         token, {madeAt, "id"}, keyFor(ProofScheme::Dpop));
        QVERIFY(proof);
        QCOMPARE(part(*proof, 1).string("ath"), u"fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"_s); // RFC 9449 §7
        QCOMPARE(part(*proof, 1).string("nonce"), u"n-0S6"_s);
    }

    void htuIsTheTargetAsServersSeeIt_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("htu");
        const auto row = [](const char *name, const QString &url, const QString &htu) {
            QTest::newRow(name) << url << htu;
        };
        row("RFC 9449 §4.2: no query", u"https://a.example/p?x=1&y"_s, u"https://a.example/p"_s);
        row("RFC 3986 §6.2.3: a path always", u"https://a.example"_s, u"https://a.example/"_s);
        row("RFC 3986 §6.2.3: no default port", u"https://a.example:443/p"_s, u"https://a.example/p"_s);
        row("RFC 3986 §6.2.3: another port", u"https://a.example:8443/p"_s, u"https://a.example:8443/p"_s);
        row("RFC 3986 §6.2.2.1: case", u"HTTPS://A.Example/Path"_s, u"https://a.example/Path"_s);
        row("percent escapes stay", u"https://a.example/a%2Fb%20c"_s, u"https://a.example/a%2Fb%20c"_s);
        row("RFC 8252 §7.3: loopback", u"http://127.0.0.1:8080/api"_s, u"http://127.0.0.1:8080/api"_s);
        row("RFC 3986 §3.2.2: IPv6", u"http://[::1]:8080/api"_s, u"http://[::1]:8080/api"_s);
        row("RFC 5891: a host in Unicode", u"https://bücher.example/"_s, u"https://xn--bcher-kva.example/"_s);
    }
    void htuIsTheTargetAsServersSeeIt()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, htu);
        const auto proof = signDpopProof(request(url), {}, {madeAt, "id"}, keyFor(ProofScheme::Dpop));
        QVERIFY(proof);
        QCOMPARE(part(*proof, 1).string("htu"), htu);
    }

    void whatNoRequestIsLikeIsRefused_data()
    {
        QTest::addColumn<ProofOfPossession>("wanted");
        const auto row = [](const char *name, const QString &url, const QByteArray &method = "GET",
                            const QByteArray &nonce = {}) { QTest::newRow(name) << request(url, method, nonce); };
        row("no URL", {});
        row("no address", u"api.example/a"_s);
        row("plain http", u"http://api.example/a"_s);
        row("another scheme", u"ftp://api.example/a"_s);
        row("no host", u"https:///a"_s);
        row("user info", u"https://me:secret@api.example/a"_s);
        row("a fragment", u"https://api.example/a#b"_s);
        row("RFC 9110 §9.1: no method", u"https://api.example/a"_s, "");
        row("RFC 9110 §5.6.2: a blank in the method", u"https://api.example/a"_s, "GET ME");
        row("RFC 9110 §5.6.2: a line break in the method", u"https://api.example/a"_s, "GET\r\nX: y");
        row("RFC 9110 §5.6.2: NUL in the method", u"https://api.example/a"_s, QByteArray("GET\0", 4));
        row("an endless method", u"https://api.example/a"_s, QByteArray(65, 'A'));
        row("RFC 9449 §8.1: a quote in the nonce", u"https://api.example/a"_s, "GET", "a\"b");
        row("RFC 9449 §8.1: a line break in the nonce", u"https://api.example/a"_s, "GET", "a\nb");
    }
    void whatNoRequestIsLikeIsRefused()
    {
        QFETCH(const ProofOfPossession, wanted);
        const auto checked = checkProof(wanted);
        QVERIFY(!checked);
        QCOMPARE(checked.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(!signDpopProof(wanted, {}, {madeAt, "id"}, keyFor(ProofScheme::Dpop)));
        QVERIFY(!signHttpRequest(wanted, {}, {madeAt, "id"}, keyFor(ProofScheme::Dpop)));
    }

    void anyMethodIsGood_data()
    {
        QTest::addColumn<QByteArray>("method");
        for (const char *method : {"GET", "POST", "PROPFIND", "M-SEARCH", "get", "X_1.2~!"})
            QTest::newRow(method) << QByteArray(method);
    }
    void anyMethodIsGood()
    {
        QFETCH(const QByteArray, method);
        QVERIFY(checkProof(request(u"https://api.example/"_s, method)));
    }

    //! The layout of MSAL.NET, member by member.
    void aSignedHttpRequestIsLaidOutAsMicrosoftsLibrariesDo()
    {
        const auto key = keyFor(ProofScheme::SignedHttpRequest);
        auto wanted = request(u"https://Graph.Example:8443/v1.0/me?$select=id"_s, "PATCH");
        wanted.scheme = ProofScheme::SignedHttpRequest;
        const auto made = signHttpRequest(wanted, Secret::copyOf("the token"), {madeAt, "stamp"}, key);
        QVERIFY(made);
        const auto text = made->reveal().toByteArray();
        const auto header = part(text, 0);
        QCOMPARE(names(header), (QStringList{u"alg"_s, u"typ"_s, u"kid"_s}));
        QCOMPARE(header.string("alg"), u"PS256"_s);
        QCOMPARE(header.string("typ"), u"pop"_s);
        QCOMPARE(header.string("kid"), key.thumbprintText());
        const auto claims = part(text, 1);
        QCOMPARE(names(claims), (QStringList{u"at"_s, u"ts"_s, u"m"_s, u"u"_s, u"p"_s, u"nonce"_s, u"cnf"_s}));
        QCOMPARE(claims.string("at"), u"the token"_s);
        QCOMPARE(claims.integer("ts"), 1'700'000'000);
        QCOMPARE(claims.string("m"), u"PATCH"_s);
        QCOMPARE(claims.string("u"), u"graph.example:8443"_s);
        QCOMPARE(claims.string("p"), u"/v1.0/me"_s);
        QCOMPARE(claims.string("nonce"), u"stamp"_s);
        QCOMPARE(names(*claims.object("cnf")->object("jwk")), (QStringList{u"kty"_s, u"n"_s, u"e"_s}));
        const auto rules = Jose::JwtRules::forSignedHttpRequest("PATCH", wanted.url);
        QVERIFY(Jose::JwtValidator(rules).validate(text, {}, madeAt));
    }

    void aNonceOfTheServerTakesThePlaceOfOurs()
    {
        auto wanted = request(u"https://api.example"_s, "GET", "theirs");
        const auto made =
            signHttpRequest(wanted, Secret::copyOf("t"), {madeAt, "ours"}, keyFor(ProofScheme::SignedHttpRequest));
        QVERIFY(made);
        const auto claims = part(made->reveal().toByteArray(), 1);
        QCOMPARE(claims.string("nonce"), u"theirs"_s);
        QCOMPARE(claims.string("u"), u"api.example"_s);
        QCOMPARE(claims.string("p"), u"/"_s);
    }

    void microsoftIsToldTheThumbprintAlone()
    {
        const auto key = keyFor(ProofScheme::SignedHttpRequest);
        const auto text = Jose::decodeBase64Url(requestedConfirmation(key));
        QVERIFY(text);
        QCOMPARE(*text, "{\"kid\":\"" + key.thumbprintText().toLatin1() + "\"}");
    }

    void nonces_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("nonce");
        QTest::newRow("RFC 9449 §8") << QByteArray("eyJ7S_zG.eyJH0-Z.HX4w-7v")
                                     << QByteArray("eyJ7S_zG.eyJH0-Z.HX4w-7v");
        QTest::newRow("white space around it") << QByteArray(" abc\t") << QByteArray("abc");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("blank") << QByteArray("  ") << QByteArray();
        QTest::newRow("RFC 9449 §8.1: a blank within") << QByteArray("a b") << QByteArray();
        QTest::newRow("RFC 9449 §8.1: a quote") << QByteArray("\"abc\"") << QByteArray();
        QTest::newRow("RFC 9449 §8.1: a backslash") << QByteArray("a\\b") << QByteArray();
        QTest::newRow("RFC 9449 §8.1: beyond ASCII") << QByteArray("a\xc3\xbc") << QByteArray();
        QTest::newRow("a kilobyte") << QByteArray(1024, 'n') << QByteArray(1024, 'n');
        QTest::newRow("more") << QByteArray(1025, 'n') << QByteArray();
    }
    void nonces()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, nonce);
        QCOMPARE(parseProofNonce(field).value_or(QByteArray()), nonce);
    }
};

QTEST_GUILESS_MAIN(TestProof)
#include "tst_proof.moc"
