// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>

using namespace Countersign;
using namespace Countersign::Jose;
using Kind = Base64Problem::Kind;

class TestBase64Url : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesMakeTheRoundTrip_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("RFC 4648 section 10: nothing") << QByteArray() << QByteArray("");
        QTest::newRow("RFC 4648 section 10: f") << QByteArray("f") << QByteArray("Zg");
        QTest::newRow("RFC 4648 section 10: fo") << QByteArray("fo") << QByteArray("Zm8");
        QTest::newRow("RFC 4648 section 10: foo") << QByteArray("foo") << QByteArray("Zm9v");
        QTest::newRow("RFC 4648 section 10: foob") << QByteArray("foob") << QByteArray("Zm9vYg");
        QTest::newRow("RFC 4648 section 10: foobar") << QByteArray("foobar") << QByteArray("Zm9vYmFy");
        QTest::newRow("RFC 7515 appendix C") << QByteArray::fromHex("03ecffe0c1") << QByteArray("A-z_4ME");
    }
    void bytesMakeTheRoundTrip()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        QCOMPARE(encodeBase64Url(bytes), text);
        const auto decoded = decodeBase64Url(text);
        QVERIFY(decoded);
        QCOMPARE(*decoded, bytes);
        QVERIFY(decodeBase64UrlLeniently(text).isClean());
        QCOMPARE(decodeBase64UrlLeniently(text).bytes, bytes);
    }

    void everyLengthAgreesWithQt()
    {
        QByteArray bytes;
        for (int size = 0; size < 200; ++size) {
            const auto text = bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
            QCOMPARE(encodeBase64Url(bytes), text);
            QCOMPARE(decodeBase64Url(text).value(), bytes);
            bytes.append(static_cast<char>(size * 37 + 11));
        }
    }

    void nothingIsWrittenBeyondTheEnd()
    {
        for (qsizetype size = 0; size < 200; ++size) {
            const auto bytes = QByteArray(size, 'x');
            QByteArray out(size + 16, '#');
            QVERIFY(decodeBase64UrlInto(encodeBase64Url(bytes), out.data()));
            QCOMPARE(out, bytes + QByteArray(16, '#'));
        }
    }

    void everyForeignByteIsRefusedInEveryPosition()
    {
        // Long enough for the wide decoder, the eight at a time after it, the four and the rest.
        const QByteArray good(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZABCDI");
        for (int byte = 0; byte < 256; ++byte) {
            const char c = static_cast<char>(byte);
            const bool allowed =
                QByteArrayView("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").contains(c);
            for (qsizetype at = 0; at < good.size() - 1; ++at) {
                QByteArray text = good;
                text[at] = c;
                const auto decoded = decodeBase64Url(text);
                QCOMPARE(decoded.hasValue(), allowed);
                if (allowed)
                    QCOMPARE(*decoded, QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding));
            }
        }
    }

    // Security attack 19: base64url malleability.
    void aSecondSpellingIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char *name, const QByteArray &text, Kind kind, const QByteArray &shown) {
            QTest::newRow(name) << text << int(kind) << shown;
        };
        row("one padding character", "Zm8=", Kind::Padding, "fo");
        row("two padding characters", "Zg==", Kind::Padding, "f");
        row("plus of the standard alphabet", "+-8", Kind::StandardAlphabet, "\xfb\xef");
        row("slash of the standard alphabet", "Zm/v", Kind::StandardAlphabet, "fo\xef");
        row("a space", "Zm 9v", Kind::WhiteSpace, "foo");
        row("a newline at the end", "Zm9v\n", Kind::WhiteSpace, "foo");
        row("a question mark", "Zm?9v", Kind::ForeignCharacter, "foo");
        row("a NUL", QByteArray("Zm\0v9v", 6), Kind::ForeignCharacter, "fo\xf5");
        row("bits left over after one byte", "Zh", Kind::TrailingBits, "f");
        row("bits left over after two bytes", "Zm9", Kind::TrailingBits, "fo");
        row("length 1 mod 4", "Zm9vA", Kind::ImpossibleLength, "foo");
        row("one character", "A", Kind::ImpossibleLength, "");
    }
    void aSecondSpellingIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, kind);
        QFETCH(QByteArray, shown);
        const auto strict = decodeBase64Url(text);
        QVERIFY(!strict);
        QCOMPARE(strict.error().code(), ErrorCode::InvalidResponse);
        QCOMPARE(strict.error().cause(), ErrorCause::TokenMalformed);
        QVERIFY(!decodeBase64UrlSecret(text));
        const auto lenient = decodeBase64UrlLeniently(text);
        QCOMPARE(int(lenient.problems.first().kind), kind);
        if (kind != int(Kind::ForeignCharacter) || !text.contains('\0'))
            QCOMPARE(lenient.bytes, shown);
    }

    void problemsSayWhereAndHowOften()
    {
        const auto lenient = decodeBase64UrlLeniently("Zm9v Zm9v Zm8=");
        const QList<Base64Problem> expected{{Kind::WhiteSpace, 4, 2}, {Kind::Padding, 13, 1}};
        QCOMPARE(lenient.problems, expected);
        QCOMPARE(lenient.bytes, QByteArray("foofoofo"));
    }

    void keysComeAsSecrets()
    {
        const auto secret = decodeBase64UrlSecret("Zm9v");
        QVERIFY(secret);
        QCOMPARE(secret->reveal(), QByteArrayView("foo"));
    }
};

QTEST_GUILESS_MAIN(TestBase64Url)
#include "tst_base64url.moc"
