// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josetest.h"
#include "terminalprocess.h"

#include <QtCore/QCryptographicHash>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

//! SHAKE256 of "token", 114 bytes.
constexpr auto shakeOfToken =
    "669b15b0f1f20b1c3e2fce78b47d41487a3fbb27a8b59794f467039e045e0986db18035f850d162acef40cd79bdebe5a"
    "116076e9ffc7f821aac36a08a182fb2df3ac2c8fd8727ced8550b981292065f0c78feea89eab23dab221cefbeb21b5dc"
    "f241fc5804d047012e29c2108a5da07a6586";

} // namespace

class TestJoseText : public JoseTest
{
    Q_OBJECT

private Q_SLOTS:
    void theChallengeIsThatOfTheRfc();
    void aNewVerifierFitsItsChallenge();
    void base64UrlGoesBothWays();
    void theHashIsThatOfTheSpecification();
    void whatIsSecretIsNotTakenFromTheArguments();
    void aTerminalGetsAVerifierOnlyWhenAsked();
};

void TestJoseText::theChallengeIsThatOfTheRfc() // RFC 7636 appendix B
{
    const auto run = jose({u"pkce"_s, u"-"_s, u"-o"_s, u"json"_s}, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\n");
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(QJsonDocument::fromJson(run.out)["code_challenge"_L1].toString(),
             u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s);
    QCOMPARE(jose({u"pkce"_s, u"-"_s}, "short").exitCode, 40);
}

void TestJoseText::aNewVerifierFitsItsChallenge()
{
    const auto made = QJsonDocument::fromJson(jose({u"pkce"_s, u"-o"_s, u"json"_s}).out);
    const auto verifier = made["code_verifier"_L1].toString().toUtf8();
    QCOMPARE(verifier.size(), 43);
    const auto again = QJsonDocument::fromJson(jose({u"pkce"_s, u"-"_s, u"-o"_s, u"json"_s}, verifier).out);
    QCOMPARE(again["code_challenge"_L1], made["code_challenge"_L1]);
    QVERIFY(QJsonDocument::fromJson(jose({u"pkce"_s, u"-o"_s, u"json"_s}).out) != made);
}

void TestJoseText::base64UrlGoesBothWays()
{
    const QByteArray bytes("\x00\xff\xfe?>\n", 6);
    const auto encoded = jose({u"b64u"_s, u"-"_s}, bytes);
    QCOMPARE(encoded.out, QByteArray("AP_-Pz4K\n"));
    QCOMPARE(jose({u"b64u"_s, u"-d"_s, u"-"_s}, encoded.out).out, bytes);
    QCOMPARE(jose({u"b64u"_s, u"--decode"_s, u"AP/+"_s}).exitCode, 40);
    const auto json = jose({u"b64u"_s, u"-"_s, u"-o"_s, u"json"_s}, bytes).json();
    QCOMPARE(json, (QJsonObject{{u"schema"_s, u"countersign.b64u/1"_s}, {u"encoded"_s, u"AP_-Pz4K"_s}}));
    const auto decoded = jose({u"b64u"_s, u"-d"_s, u"eyJhIjoxfQ"_s, u"-o"_s, u"json"_s}).json();
    QCOMPARE(decoded[u"decoded"], QJsonValue(QJsonObject{{u"a"_s, 1}}));
    QCOMPARE(decoded[u"decoded_encoding"].toString(), u"json"_s);
    QCOMPARE(jose({u"b64u"_s, u"-d"_s, u"aGk"_s, u"--query"_s, u"decoded"_s}).out, QByteArray("hi\n"));
}

void TestJoseText::theHashIsThatOfTheSpecification() // OpenID Connect Core appendix A.3
{
    const auto run = jose({u"at-hash"_s, u"-"_s}, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
    QCOMPARE(run.out, QByteArray("77QmUPtjPfzWtF2AnpK9RQ\n"));
    QCOMPARE(jose({u"at-hash"_s, u"--alg"_s, u"none"_s, u"-"_s}, "x").exitCode, 2);
    const auto json =
        jose({u"at-hash"_s, u"-"_s, u"-o"_s, u"json"_s}, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y").json();
    QCOMPARE(json,
             (QJsonObject{{u"schema"_s, u"countersign.token-hash/1"_s},
                          {u"alg"_s, u"RS256"_s},
                          {u"hash"_s, u"77QmUPtjPfzWtF2AnpK9RQ"_s}}));
    // The curve decides: SHA-512 for Ed25519, SHAKE256 of 114 bytes for Ed448 (RFC 8032 §5.2.6).
    const auto halfOf = [](const QByteArray &hash) -> QByteArray {
        return hash.first(hash.size() / 2).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
            + '\n';
    };
    const auto sha512 = halfOf(QCryptographicHash::hash("token", QCryptographicHash::Sha512));
    for (const auto &name : {u"EdDSA"_s, u"Ed25519"_s})
        QCOMPARE(jose({u"at-hash"_s, u"--alg"_s, name, u"-"_s}, "token").out, sha512);
    QCOMPARE(jose({u"at-hash"_s, u"--alg"_s, u"Ed448"_s, u"-"_s}, "token").out,
             halfOf(QByteArray::fromHex(shakeOfToken)));
}

void TestJoseText::whatIsSecretIsNotTakenFromTheArguments()
{
    for (const auto &tool : {u"pkce"_s, u"at-hash"_s}) {
        const auto run = jose({tool, u"CANARYCANARYCANARYCANARYCANARYCANARYCANARY0"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(!run.err.contains("CANARY"), run.err.constData());
    }
}

void TestJoseText::aTerminalGetsAVerifierOnlyWhenAsked() // cli.md d.1, as of a token
{
#ifdef Q_OS_WIN
    QSKIP("there are no pseudo-terminals");
#endif
    const auto pkce = QStringList{u"jose"_s, u"pkce"_s};
    for (const auto &form : {QStringList{}, QStringList{u"-o"_s, u"json"_s}}) {
        const auto hidden = runOnTerminal(pkce + form, {});
        QCOMPARE(hidden.exitCode, 0);
        QVERIFY2(hidden.out.contains("--show"), hidden.out.constData());
        QVERIFY2(hidden.out.contains("code_challenge") && !hidden.out.contains("code_verifier"),
                 hidden.out.constData());
        const auto shown = runOnTerminal(pkce + QStringList{u"--show"_s} + form, {});
        QVERIFY2(shown.out.contains("code_verifier") && !shown.out.contains("--show"), shown.out.constData());
    }
}

QTEST_GUILESS_MAIN(TestJoseText)
#include "tst_josetext.moc"
