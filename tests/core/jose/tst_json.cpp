// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/json.h>
#include <countersign/jose/sametext.h>

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Qt::StringLiterals;
using Kind = JsonWarning::Kind;

namespace {

JsonObject object(const QByteArray &text)
{
    return JsonObject::parse(text).value();
}

QByteArray nested(qsizetype depth)
{
    return QByteArray(depth, '[') + QByteArray(depth, ']');
}

QByteArray wide(int members, const QByteArray &last)
{
    QByteArray text("{");
    for (int i = 0; i < members; ++i)
        text += "\"m" + QByteArray::number(i) + "\":" + QByteArray::number(i) + ",";
    return text + last + "}";
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void membersKeepOrderOffsetAndText()
    {
        const auto document =
            object(" {\"z\":1.50, \"a\" : [true,null,\"x\"],\"n\":{\"k\":-0}, \"e\":\"\\u0041\\n\\ud83d\\ude00\"} ");
        QCOMPARE(document.names(), QStringList({u"z"_s, u"a"_s, u"n"_s, u"e"_s}));
        QCOMPARE(document.value("z").raw(), QByteArrayView("1.50"));
        QCOMPARE(document.value("z").offset(), 6);
        QCOMPARE(document.value("a").raw(), QByteArrayView("[true,null,\"x\"]"));
        QCOMPARE(document.value("e").string(), u"A\n\U0001F600"_s);
        QCOMPARE(document.value("e").raw(), QByteArrayView("\"\\u0041\\n\\ud83d\\ude00\""));
        QCOMPARE((*document.begin()).offset, 2);
        QCOMPARE(document.object("n")->integer("k"), 0);
        QCOMPARE(document.array("a")->size(), 3);
        QVERIFY(document.array("a")->at(0).boolean().value());
        QVERIFY(document.array("a")->at(1).isNull());
        QVERIFY(document.array("a")->containsString("x"));
        QVERIFY(document.array("a")->at(3).isUndefined());
    }

    void integersAreReadToTheirLastDigit_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<std::optional<qint64>>("value");
        const auto row = [](const char *text, std::optional<qint64> value) {
            QTest::newRow(text) << QByteArray(text) << value;
        };
        row("0", 0);
        row("1764144000", 1764144000);
        row("-1", -1);
        row("999999999999999999", 999999999999999999);
        row("1000000000000000000", 1000000000000000000);
        row("9223372036854775807", std::numeric_limits<qint64>::max());
        row("9223372036854775808", std::nullopt);
        row("-9223372036854775808", std::numeric_limits<qint64>::min());
        row("18446744073709551617", std::nullopt);
        row("1e3", std::nullopt);
        row("10.0", std::nullopt);
    }

    void integersAreReadToTheirLastDigit()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const std::optional<qint64>, value);
        QCOMPARE(JsonValue::parse(text)->integer(), value);
    }

    void textIsComparedAsItWouldBeShown_data()
    {
        QTest::addColumn<QByteArray>("utf8");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("areSame");
        QTest::newRow("the same") << "https://a.test"_ba << u"https://a.test"_s << true;
        QTest::newRow("empty") << ""_ba << u""_s << true;
        QTest::newRow("another letter") << "https://a.test"_ba << u"https://b.test"_s << false;
        QTest::newRow("case") << "https://a.test"_ba << u"https://A.test"_s << false;
        QTest::newRow("longer") << "https://a.test/"_ba << u"https://a.test"_s << false;
        QTest::newRow("beyond ASCII") << "caf\xc3\xa9"_ba << u"café"_s << true;
        QTest::newRow("as many units as bytes, another text") << "\xc3\xa9"_ba << u"Ã©"_s << false;
        QTest::newRow("the low byte is the same") << "a"_ba << u"\u0161"_s << false;
        QTest::newRow("a pair") << "\xf0\x9f\x98\x80"_ba << u"\U0001F600"_s << true;
        QTest::newRow("invalid") << "\xff"_ba << u"\u00ff"_s << false;
    }

    void textIsComparedAsItWouldBeShown()
    {
        QFETCH(const QByteArray, utf8);
        QFETCH(const QString, text);
        QFETCH(const bool, areSame);
        QCOMPARE(isSame(QByteArrayView(utf8), text), areSame);
        QCOMPARE(isSame(QAnyStringView(QUtf8StringView(utf8.data(), utf8.size())), text), areSame);
        QVERIFY(isSame(QAnyStringView(text), text));
    }

    void gettersConvertNothing()
    {
        const auto document =
            object("{\"s\":\"7\",\"i\":7,\"b\":true,\"n\":null,\"l\":[\"a\",\"b\"],\"m\":[\"a\",1],\"f\":7.0}");
        QVERIFY(!document.string("i"));
        QVERIFY(!document.integer("s"));
        QVERIFY(!document.integer("f"));
        QVERIFY(!document.integer("i", 8));
        QVERIFY(!document.integer("i", 0, 6));
        QCOMPARE(document.integerOrDigits("s"), 7);
        QVERIFY(!document.boolean("n"));
        QVERIFY(!document.stringList("m"));
        QCOMPARE(document.stringList("l"), QStringList({u"a"_s, u"b"_s}));
        QVERIFY(!document.contains("x"));
        QVERIFY(document.contains("n"));
        QCOMPARE(document.requireString("s").value(), u"7"_s);
        const auto wrong = document.requireString("i");
        QCOMPARE(wrong.error().code(), ErrorCode::InvalidResponse);
        QVERIFY(wrong.error().message().contains(u"\"i\""_s) && wrong.error().message().contains(u"number"_s));
        QVERIFY(!document.requireObject("missing"));
        QVERIFY(!document.stringIfPresent("missing").value());
        QVERIFY(!document.stringIfPresent("n").value());
        QVERIFY(!document.stringIfPresent("i"));
        QVERIFY(JsonObject().isEmpty());
        QVERIFY(!JsonObject().contains("a"));
        QCOMPARE(JsonObject().raw(), QByteArrayView("{}"));
    }

    // Security attack 23: numbers.
    void datesAreFiniteNumbersInRange_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<qint64>("floored");
        constexpr qint64 refused = std::numeric_limits<qint64>::min();
        const auto row = [](const char *text, qint64 value) { QTest::newRow(text) << QByteArray(text) << value; };
        row("1700000000", 1700000000);
        row("1.5", 1);
        row("-1.5", -2);
        row("-1", -1);
        row("-0", 0);
        row("1e3", 1000);
        row("1E+3", 1000);
        row("9007199254740991", 9007199254740991);
        row("9007199254740992", 9007199254740992);
        row("9007199254740993", refused);
        row("1e18", refused);
        row("1e999", refused);
        row("-1e999", refused);
        row("9223372036854775808", refused);
        row("18446744073709551616", refused);
        row("\"123\"", refused);
        row("null", refused);
        row("[1]", refused);
        row("true", refused);
    }
    void datesAreFiniteNumbersInRange()
    {
        QFETCH(QByteArray, number);
        QFETCH(qint64, floored);
        const auto value = object("{\"exp\":" + number + "}").value("exp");
        QCOMPARE(value.flooredInteger().value_or(std::numeric_limits<qint64>::min()), floored);
        QCOMPARE(value.raw(), QByteArrayView(number));
    }

    void brokenDocumentsAreRefusedAndExplained_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, const QByteArray &text, Kind kind) {
            QTest::newRow(name) << text << int(kind);
        };
        row("nothing", "", Kind::Empty);
        row("blanks", " \n", Kind::Empty);
        row("attack 20: duplicate", "{\"alg\":\"RS256\",\"alg\":\"none\"}", Kind::DuplicateName);
        row("attack 20: escaped duplicate", "{\"alg\":\"RS256\",\"\\u0061lg\":\"none\"}", Kind::DuplicateName);
        row("attack 20: nested duplicate", "{\"a\":[{\"b\":1,\"c\":2,\"b\":3}]}", Kind::DuplicateName);
        row("attack 20: both empty", "{\"\":1,\"\":2}", Kind::DuplicateName);
        row("attack 20: among many", wide(5000, "\"m4711\":0"), Kind::DuplicateName);
        row("attack 20: at the border of wide", wide(63, "\"m62\":0"), Kind::DuplicateName);
        row("attack 20: just beyond the border", wide(64, "\"m0\":0"), Kind::DuplicateName);
        row("attack 22: overlong", "{\"a\":\"\xc0\xaf\"}", Kind::InvalidUtf8);
        row("attack 22: no UTF-8 byte", "{\"a\":\"\xff\xfe\"}", Kind::InvalidUtf8);
        row("attack 22: surrogate in UTF-8", "{\"a\":\"\xed\xa0\x80\"}", Kind::InvalidUtf8);
        row("attack 22: cut off character", "{\"a\":\"\xe2\x82\"}", Kind::InvalidUtf8);
        row("attack 22: lone surrogate", "{\"a\":\"\\ud800\"}", Kind::LoneSurrogate);
        row("attack 22: low surrogate first", "{\"a\":\"\\udc00\\ud800\"}", Kind::LoneSurrogate);
        row("attack 22: lone surrogate in a name", "{\"\\ud800\":1}", Kind::LoneSurrogate);
        row("attack 22: byte order mark", "\xef\xbb\xbf{}", Kind::ByteOrderMark);
        row("attack 22: UTF-16 with mark", QByteArray("\xff\xfe{\0}\0", 6), Kind::Utf16);
        row("attack 22: UTF-16 without mark", QByteArray("{\0}\0", 4), Kind::Utf16);
        row("attack 23: leading zero", "{\"a\":01}", Kind::BrokenNumber);
        row("attack 23: NaN", "{\"a\":NaN}", Kind::BrokenNumber);
        row("attack 23: infinity", "{\"a\":-Infinity}", Kind::BrokenNumber);
        row("attack 23: no fraction", "{\"a\":1.}", Kind::BrokenNumber);
        row("attack 23: no integer", "{\"a\":.5}", Kind::BrokenNumber);
        row("attack 23: plus", "{\"a\":+1}", Kind::BrokenNumber);
        row("attack 23: no exponent", "{\"a\":1e}", Kind::BrokenNumber);
        row("attack 23: hexadecimal", "{\"a\":0x10}", Kind::BrokenNumber);
        row("attack 25: trailing data", "{\"a\":1}x", Kind::TrailingData);
        row("attack 25: second document", "{\"a\":1}{\"a\":2}", Kind::TrailingData);
        row("attack 25: NUL after", QByteArray("{\"a\":1}\0", 8), Kind::TrailingData);
        row("attack 25: line comment", "{\"a\":1 // x\n}", Kind::Comment);
        row("attack 25: block comment", "{/**/\"a\":1}", Kind::Comment);
        row("attack 25: single quotes", "{'a':1}", Kind::SingleQuotes);
        row("attack 25: trailing comma", "{\"a\":1,}", Kind::TrailingComma);
        row("attack 25: trailing comma in an array", "{\"a\":[1,]}", Kind::TrailingComma);
        row("attack 26: depth", nested(17), Kind::TooDeep);
        row("attack 26: great depth", nested(100000), Kind::TooDeep);
        row("attack 26: values", "[" + QByteArray("1,").repeated(100000) + "1]", Kind::TooManyValues);
        row("attack 26: size", "\"" + QByteArray(1024 * 1024, 'x') + "\"", Kind::TooLarge);
        row("a leading comma", "[,1]", Kind::UnexpectedCharacter);
        row("a missing comma", "{\"a\":1 \"b\":2}", Kind::MissingComma);
        row("a missing colon", "{\"a\" 1}", Kind::MissingColon);
        row("no value", "{\"a\":}", Kind::UnexpectedCharacter);
        row("an unquoted name", "{a:1}", Kind::UnquotedName);
        row("a word", "{\"a\":undefined}", Kind::UnknownWord);
        row("a wrong bracket", "{\"a\":[1}", Kind::UnexpectedCharacter);
        row("a control character", "{\"a\":\"x\x01\"}", Kind::ControlCharacter);
        row("a newline in a string", "{\"a\":\"x\ny\"}", Kind::ControlCharacter);
        row("an unknown escape", "{\"a\":\"\\x41\"}", Kind::BrokenEscape);
        row("half an escape", "{\"a\":\"\\u00\"}", Kind::BrokenEscape);
        row("an open string", "{\"a\":\"b", Kind::Truncated);
        row("an open object", "{\"a\":1", Kind::Truncated);
        row("an open array", "{\"a\":[1", Kind::Truncated);
        row("a string and more", "{\"a\":\"b\"c}", Kind::MissingComma);
    }
    void brokenDocumentsAreRefusedAndExplained()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, kind);
        const auto strict = JsonValue::parse(text);
        QVERIFY(!strict);
        QCOMPARE(strict.error().code(), ErrorCode::InvalidResponse);
        const auto lenient = readJsonLeniently(text, {});
        QVERIFY(!lenient.warnings.isEmpty());
        QCOMPARE(identifier(lenient.warnings.first().kind), identifier(Kind(kind)));
        QVERIFY(strict.error().message().contains(identifier(Kind(kind))));
    }

    void soundDocumentsPass_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"{}", "[]", "0", "-0.0e-0", "\"\"", "null", " true ", "[\"\\\"\",\"\\\\\",\"\\/\"]",
                                 "{\"a\":{\"b\":{\"c\":[[],{}]}}}", "{\"a\":1,\"A\":2,\"\":3,\" \":4}", "\"\x7f\"",
                                 "\"\\u0000\"", "{\"ab\":1,\"ba\":2,\"\\u0061c\":3}"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("depth 16") << nested(16);
        QTest::newRow("many members") << wide(5000, "\"last\":0");
        QTest::newRow("64 members") << wide(63, "\"last\":0");
        QTest::newRow("a large text") << QByteArray("\"" + QByteArray(1024 * 1024 - 2, 'x') + "\"");
    }
    void soundDocumentsPass()
    {
        QFETCH(QByteArray, text);
        const auto strict = JsonValue::parse(text);
        QVERIFY2(strict, strict ? "" : qPrintable(strict.error().message()));
        QCOMPARE(strict->raw(), QByteArrayView(text.trimmed()));
        QVERIFY(readJsonLeniently(text, {}).warnings.isEmpty());
    }

    void theLenientReaderShowsWhatThereIs()
    {
        const QByteArray text("\xef\xbb\xbf{'alg':'RS256', // why\n \"alg\":\"none\", n:NaN, \"groups\":[\"a\",\"b");
        const auto lenient = readJsonLeniently(text, {});
        const auto shown = lenient.root.object();
        QVERIFY(shown);
        QCOMPARE(shown->names(), QStringList({u"alg"_s, u"alg"_s, u"n"_s, u"groups"_s}));
        QCOMPARE(shown->value("n").type(), JsonType::Broken);
        QCOMPARE(shown->value("n").raw(), QByteArrayView("NaN"));
        QCOMPARE(shown->stringList("groups"), QStringList({u"a"_s, u"b"_s}));
        QStringList kinds;
        for (const auto &warning : lenient.warnings)
            kinds.append(identifier(warning.kind));
        QCOMPARE(
            kinds,
            QStringList({u"byte_order_mark"_s, u"single_quotes"_s, u"single_quotes"_s, u"comment"_s,
                         u"duplicate_name"_s, u"unquoted_name"_s, u"broken_number"_s, u"truncated"_s, u"truncated"_s}));
    }

    void secretsStayInTheirMemory()
    {
        const auto document = JsonObject::parse(Secret(QByteArray("{\"access_token\":\"a\\u0062c\"}")));
        QVERIFY(document);
        QCOMPARE(document->secret("access_token")->reveal(), QByteArrayView("abc"));
        QCOMPARE(document->requireSecret("access_token")->size(), 3);
        QVERIFY(!JsonObject::parse(QByteArray("[]")));
    }

    void handlesKeepTheDocumentAlive()
    {
        JsonValue inner;
        {
            const auto document = object("{\"a\":{\"b\":\"c\"}}");
            inner = document.value("a");
        }
        QCOMPARE(inner.object()->string("b"), u"c"_s);
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
