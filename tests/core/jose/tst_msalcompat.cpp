// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>
#include <countersign/jose/jws.h>
#include <countersign/jose/msalcompat.h>

#include <QtCore/QTimeZone>

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Qt::StringLiterals;

namespace {

const Jwk &signer()
{
    static const Jwk key = Jwk::generate(JwkKind::Rsa2048, u"1"_s).value();
    return key;
}

QByteArray sign(const QByteArray &claims)
{
    return signCompact(QByteArrayView("{\"alg\":\"RS256\",\"kid\":\"1\"}"), claims, signer()).value();
}

Result<DecodedIdToken> decode(const QByteArray &token, const QString &client, const IssuerRule &issuer = {},
                              const std::optional<QString> &nonce = {})
{
    const auto now = QDateTime::fromSecsSinceEpoch(1800000000, QTimeZone::utc());
    return decodeIdToken(token, JwkSet({signer().publicJwk()}), now, client, issuer, nonce);
}

} // namespace

class TestMsalCompat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsAreDecodedAsMsalDoes_data()
    {
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QString>("text");
        QTest::newRow("without padding") << QByteArray("eyJhIjoxfQ") << u"{\"a\":1}"_s;
        QTest::newRow("with padding") << QByteArray("eyJhIjoxfQ==") << u"{\"a\":1}"_s;
        QTest::newRow("standard alphabet") << QByteArray("w7/Dvw") << u"\u00ff\u00ff"_s;
        QTest::newRow("illegal characters") << QByteArray("eyJh!IjoxfQ") << u"{\"a\":1}"_s;
    }
    void partsAreDecodedAsMsalDoes()
    {
        QFETCH(QByteArray, raw);
        QFETCH(QString, text);
        QCOMPARE(decodePartAsText(raw).value(), text);
        QCOMPARE(decodePart(raw), text.toUtf8());
        QVERIFY(!decodePartAsText("_w"));
    }

    // MSAL contract C27. The last three deviate: MSAL accepts them.
    void contract27()
    {
        const QByteArray expired(
            "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"foo\",\"exp\":1672531200,\"nbf\":1900000000,\"iat\":1672527600}");
        const auto tolerated = decode(sign(expired), u"foo"_s);
        QVERIFY2(tolerated, tolerated ? "" : qPrintable(tolerated.error().message()));
        QCOMPARE(tolerated->timeWarnings.size(), 2);
        QCOMPARE(tolerated->token.subject(), u"s"_s);

        const QByteArray several(
            "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":[\"x\",\"foo\"],\"exp\":1800000100,\"iat\":1799999999}");
        QVERIFY(decode(sign(several), u"foo"_s));
        QVERIFY(decode(sign(several), u"foo"_s)->timeWarnings.isEmpty());

        const QByteArray other(
            "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"not foo\",\"exp\":1800000100,\"iat\":1799999999}");
        QCOMPARE(decode(sign(other), u"foo"_s).error().cause(), ErrorCause::AudienceMismatch);

        const auto wrongIssuer = decode(sign(several), u"foo"_s, IssuerRule::exactly(u"j"_s));
        QCOMPARE(wrongIssuer.error().cause(), ErrorCause::IssuerMismatch);
        QByteArray unsignedToken = encodeBase64Url("{\"alg\":\"none\"}");
        unsignedToken += '.' + encodeBase64Url(several) + '.';
        QCOMPARE(decode(unsignedToken, u"foo"_s).error().cause(), ErrorCause::SignatureInvalid);
        auto broken = sign(several);
        broken[broken.size() - 10] = broken[broken.size() - 10] == 'A' ? 'B' : 'A';
        QCOMPARE(decode(broken, u"foo"_s).error().cause(), ErrorCause::SignatureInvalid);
    }

    void theNonceIsComparedWhenGiven()
    {
        const auto token =
            sign("{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"foo\",\"exp\":1800000100,\"iat\":1799999999,\"nonce\":\"n\"}");
        QVERIFY(decode(token, u"foo"_s));
        QVERIFY(decode(token, u"foo"_s, {}, u"n"_s));
        QCOMPARE(decode(token, u"foo"_s, {}, u"m"_s).error().cause(), ErrorCause::NonceMismatch);
    }
};

QTEST_GUILESS_MAIN(TestMsalCompat)
#include "tst_msalcompat.moc"
