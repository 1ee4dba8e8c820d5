// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/claims.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;

namespace {

constexpr char json[] = R"({"access_token":{"acrs":{"essential":true,"value":"c1???>>>???"}}})";

QStringList idsOf(QByteArrayView text)
{
    const auto decoded = decodeClaims(text);
    QStringList ids;
    if (!decoded)
        return {u"undecodable"_s};
    for (const auto &finding : lint(*decoded))
        ids.append(finding.id);
    return ids;
}

} // namespace

class TestClaims : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCodingIsRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("coding");
        QTest::addColumn<QStringList>("overlooked");
        const QByteArray plain(json);
        const QByteArray base64 = plain.toBase64();
        const QByteArray padded = QByteArray(plain + ' ').toBase64();
        QVERIFY(base64.count('/') > 1);
        QByteArray mixed = base64;
        mixed[mixed.lastIndexOf('/')] = '_';
        const QStringList none;
        QTest::newRow("JSON") << plain << u"json"_s << none;
        QTest::newRow("JSON with space around it") << QByteArray(" \n" + plain + '\n') << u"json"_s << none;
        QTest::newRow("base64") << base64 << u"base64"_s << none;
        QTest::newRow("base64 without padding")
            << QByteArray(padded).replace("=", "") << u"base64"_s << QStringList{u"padding_missing"_s};
        QTest::newRow("base64 in lines") << QByteArray(base64.first(20) + "\r\n" + base64.sliced(20)) << u"base64"_s
                                         << QStringList{u"white_space"_s};
        QTest::newRow("RFC 4648 §5: base64url")
            << plain.toBase64(QByteArray::Base64UrlEncoding) << u"base64url"_s << QStringList{u"url_alphabet"_s};
        QTest::newRow("RFC 7515 §2: base64url without padding")
            << QByteArray(plain + ' ').toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
            << u"base64url"_s << QStringList{u"url_alphabet"_s, u"padding_missing"_s};
        QTest::newRow("both alphabets") << mixed << u"base64"_s << QStringList{u"mixed_alphabet"_s};
        QTest::newRow("URL-encoded JSON") << plain.toPercentEncoding() << u"url_encoded_json"_s << none;
        QTest::newRow("a form's JSON") << QByteArray("%7B%22access_token%22:+%7B%7D%7D") << u"url_encoded_json"_s
                                       << none;
        QTest::newRow("URL-encoded base64") << padded.toPercentEncoding() << u"url_encoded_base64"_s << none;
        QTest::newRow("a JSON string of JSON")
            << QByteArray("\"{\\\"access_token\\\":{}}\"") << u"json"_s << QStringList{u"quoted_json"_s};
    }

    void everyCodingIsRead()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, coding);
        QFETCH(const QStringList, overlooked);
        const auto claims = decodeClaims(text);
        QVERIFY(claims.hasValue());
        QCOMPARE(identifier(claims->coding), coding);
        QCOMPARE(claims->overlooked, overlooked);
        QVERIFY(ClaimsRequest::parse(claims->json).hasValue());
    }

    void whatIsNoClaimsRequestIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("prose") << QByteArray("please sign in");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("RFC 7493 §2.3: a name twice") << QByteArray(R"({"access_token":{},"access_token":{}})");
        QTest::newRow("base64 of prose") << QByteArray("cGxlYXNlIHNpZ24gaW4=");
        QTest::newRow("cut at a quote") << QByteArray("{\\");
        QTest::newRow("a broken escape") << QByteArray("%7B%2");
    }

    void whatIsNoClaimsRequestIsRefused()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!decodeClaims(text).hasValue());
    }

    void contractC31CapabilitiesAreMerged_data()
    {
        QTest::addColumn<QStringList>("capabilities");
        QTest::addColumn<QString>("challenge");
        QTest::addColumn<QString>("merged");
        const QStringList both{u"foo"_s, u"bar"_s};
        const QStringList none;
        QTest::newRow("a challenge for the ID token only")
            << both << QString::fromUtf8(R"({"id_token":{"auth_time":{"essential":true}}})")
            << QString::fromUtf8(
                   R"({"id_token":{"auth_time":{"essential":true}},"access_token":{"xms_cc":{"values":["foo","bar"]}}})");
        QTest::newRow("members of the access token are kept")
            << both << QString::fromUtf8(R"({"access_token":{"nbf":{"essential":true,"value":"1563308371"}}, "x": 1})")
            << QString::fromUtf8(
                   R"({"access_token":{"nbf":{"essential":true,"value":"1563308371"},"xms_cc":{"values":["foo","bar"]}},"x":1})");
        QTest::newRow("no capabilities: unchanged")
            << none << QString::fromUtf8(R"({ "access_token": {} })") << QString::fromUtf8(R"({ "access_token": {} })");
        QTest::newRow("no capabilities: unchanged, even if it is no JSON") << none << u"whatever"_s << u"whatever"_s;
        QTest::newRow("no challenge") << both << QString()
                                      << QString::fromUtf8(R"({"access_token":{"xms_cc":{"values":["foo","bar"]}}})");
        QTest::newRow("neither") << none << QString() << QString();
        QTest::newRow("an xms_cc is replaced")
            << both << QString::fromUtf8(R"({"access_token":{"xms_cc":{"values":["cp1"]},"a":null}})")
            << QString::fromUtf8(R"({"access_token":{"xms_cc":{"values":["foo","bar"]},"a":null}})");
        QTest::newRow("null counts as empty")
            << both << QString::fromUtf8(R"({"access_token":null})")
            << QString::fromUtf8(R"({"access_token":{"xms_cc":{"values":["foo","bar"]}}})");
        QTest::newRow("one capability is a list, too")
            << QStringList{u"cp1"_s} << QString()
            << QString::fromUtf8(R"({"access_token":{"xms_cc":{"values":["cp1"]}}})");
        QTest::newRow("a challenge in base64")
            << QStringList{u"cp1"_s} << u"eyJhY2Nlc3NfdG9rZW4iOnsiYSI6bnVsbH19"_s
            << QString::fromUtf8(R"({"access_token":{"a":null,"xms_cc":{"values":["cp1"]}}})");
    }

    void contractC31CapabilitiesAreMerged()
    {
        QFETCH(const QStringList, capabilities);
        QFETCH(const QString, challenge);
        QFETCH(const QString, merged);
        const auto result = mergeClaims(capabilities, challenge);
        QVERIFY(result.hasValue());
        QCOMPARE(*result, merged);
    }

    void contractC31AChallengeThatCannotBeReadIsAnError()
    {
        QCOMPARE(mergeClaims({u"cp1"_s}, u"???").error().code(), ErrorCode::InvalidArgument);
        QCOMPARE(mergeClaims({u"cp1"_s}, QString::fromUtf8(R"({"access_token":[]})")).error().code(),
                 ErrorCode::InvalidArgument);
    }

    void aRequestIsBuiltAndReadBack()
    {
        ClaimsRequest request;
        QVERIFY(request.isEmpty());
        request.set(ClaimsTarget::AccessToken, u"acrs"_s, {u"c1"_s}, true)
            .set(ClaimsTarget::IdToken, u"email"_s, {}, false)
            .set(ClaimsTarget::IdToken, u"acr"_s, {u"a\"b"_s, u"c"_s}, false);
        request.set(ClaimsTarget::AccessToken, u"acrs"_s, {u"c2"_s}, true);
        const auto text = request.toJson();
        QCOMPARE(text,
                 QByteArray("{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c2\"}},\"id_token\":{"
                            "\"email\":null,\"acr\":{\"values\":[\"a\\\"b\",\"c\"]}}}"));
        const auto read = ClaimsRequest::parse(text);
        QVERIFY(read.hasValue());
        QCOMPARE(read->claims(), request.claims());
        QCOMPARE(decodeClaims(request.toBase64())->json, text);
        QCOMPARE(read->find(ClaimsTarget::IdToken, u"acr")->values, QStringList({u"a\"b"_s, u"c"_s}));
        QVERIFY(!read->find(ClaimsTarget::IdToken, u"acrs"));
    }

    void claimsAreExplained()
    {
        const auto request =
            ClaimsRequest::parse(R"({"access_token":{"nbf":{"essential":true,"value":"1"},"acrs":{"value":"c1"},)"
                                 R"("polids":null,"xms_rp_ipaddr":{"value":"::1"},"xms_cc":null,"foo":null}})");
        QVERIFY(request.hasValue());
        QStringList kinds;
        for (const auto &meaning : request->explain())
            kinds.append(identifier(meaning.kind));
        QCOMPARE(kinds,
                 QStringList({u"not_before"_s, u"authentication_context"_s, u"policies"_s, u"network_location"_s,
                              u"capability"_s, u"unknown"_s}));
    }

    void lintFindings_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("ids");
        const auto row = [](const char *name, const QByteArray &text, const QStringList &ids) {
            QTest::newRow(name) << text << ids;
        };
        row("nothing wrong", R"({"access_token":{"acrs":{"essential":true,"value":"c1"}}})", {});
        row("cp1 as acrs", R"({"access_token":{"acrs":{"essential":true,"value":"cp1"}}})", {u"capability_as_acrs"_s});
        row("missing essential", R"({"access_token":{"acrs":{"value":"c1"}}})", {u"missing_essential"_s});
        row("no value", R"({"access_token":{"acrs":{"essential":true}}})", {u"missing_value"_s});
        row("acrs for the ID token", R"({"id_token":{"acrs":{"essential":true,"value":"c1"}}})", {u"wrong_token"_s});
        row("acr for the access token", R"({"access_token":{"acr":{"essential":true,"value":"x"}}})",
            {u"acr_in_access_token"_s});
        row("not minified", R"({"access_token": {"nbf":{"essential":true,"value":"1 2"}}})",
            {u"not_minified"_s, u"not_a_time"_s});
        row("space within a string only", "{\"access_token\":{\"a\":{\"value\":\"x \\\" y\"}}}", {});
        row("empty", "{}", {u"empty_request"_s});
        row("null", R"({"access_token":null})", {u"empty_request"_s, u"null_member"_s});
        row("an unknown member", R"({"acrs":{"essential":true,"value":"c1"}})", {u"unknown_member"_s});
        row("essential as text", R"({"access_token":{"a":{"essential":"true"}}})", {u"essential_not_boolean"_s});
        row("values as text", R"({"access_token":{"a":{"values":"x"}}})", {u"values_not_array"_s});
        row("value and values", R"({"access_token":{"a":{"value":"x","values":["y"]}}})", {u"value_and_values"_s});
        row("Values", R"({"access_token":{"polids":{"essential":true,"Values":["p"]}}})", {u"member_case"_s});
        row("no condition", R"({"access_token":{"a":"x"}})", {u"not_a_condition"_s});
        row("a capability", R"({"access_token":{"xms_cc":{"values":["cp1"]}}})", {u"capability_in_challenge"_s});
        row("no object", R"({"access_token":[]})", {u"not_a_claims_request"_s});
        row("padding", QByteArray(R"({"access_token":{"ab":null}})").toBase64().replace("=", ""),
            {u"padding_missing"_s});
    }

    void lintFindings()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QStringList, ids);
        QCOMPARE(idsOf(text), ids);
    }
};

QTEST_GUILESS_MAIN(TestClaims)
#include "tst_claims.moc"
