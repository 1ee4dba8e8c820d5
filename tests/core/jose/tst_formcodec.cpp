// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/formcodec.h>

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Qt::StringLiterals;

class TestFormCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appendixBOfRfc6749()
    {
        FormEncoder form;
        form.add("v", u" %&+\u00a3\u20ac"_s);
        QCOMPARE(form.view(), QByteArrayView("v=+%25%26%2B%C2%A3%E2%82%AC"));
        const auto parsed = FormParameters::parse(form.view());
        QVERIFY(parsed);
        QCOMPARE(parsed->value("v"), u" %&+\u00a3\u20ac"_s);
    }

    void whatQUrlQueryCorruptsArrivesWhole()
    {
        FormEncoder form;
        form.add("refresh_token", QByteArrayView("0.AB+/=%41"));
        QCOMPARE(form.view(), QByteArrayView("refresh_token=0.AB%2B%2F%3D%2541"));
        QCOMPARE(FormParameters::parse(form.view())->utf8("refresh_token"), QByteArray("0.AB+/=%41"));
    }

    void everyByteOfUtf8MakesTheRoundTrip()
    {
        QString all;
        for (char16_t c = 0; c < 0x300; ++c)
            all.append(QChar(c));
        FormEncoder form;
        form.add("name with = & +", all).add("", u"empty name"_s).add("empty", QStringView());
        const auto parsed = FormParameters::parseUnique(form.view());
        QVERIFY(parsed);
        QCOMPARE(parsed->value("name with = & +"), all);
        QCOMPARE(parsed->value(""), u"empty name"_s);
        QCOMPARE(parsed->value("empty"), QString(u""_s));
        QVERIFY(!parsed->value("absent"));
    }

    void theOrderStays()
    {
        const auto parsed = FormParameters::parse("b=1&a=2&&c");
        QVERIFY(parsed);
        const QList<FormParameter> expected{{"b", "1", 0}, {"a", "2", 4}, {"c", "", 9}};
        QCOMPARE(parsed->parameters(), expected);
    }

    void duplicatesAreReported()
    {
        const QByteArrayView text("state=a&code=1&st%61te=b&x=1&x=2&x=3");
        const auto parsed = FormParameters::parse(text);
        QVERIFY(parsed);
        const QList<QByteArray> expected{"state", "x"};
        QCOMPARE(parsed->duplicates(), expected);
        const auto unique = FormParameters::parseUnique(text);
        QVERIFY(!unique);
        QCOMPARE(unique.error().code(), ErrorCode::InvalidResponse);
        QVERIFY(unique.error().message().contains(u"state"_s));
    }

    void brokenTextIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("escape cut off after the sign") << QByteArray("a=%");
        QTest::newRow("escape cut off after one digit") << QByteArray("a=%4");
        QTest::newRow("escape with a letter that is no digit") << QByteArray("a=%4g");
        QTest::newRow("escape with a sign") << QByteArray("a=%+4");
        QTest::newRow("escape in the name") << QByteArray("%zz=1");
        QTest::newRow("overlong UTF-8") << QByteArray("a=%C0%AF");
        QTest::newRow("half a character") << QByteArray("a=%E2%82");
        QTest::newRow("a surrogate in UTF-8") << QByteArray("a=%ED%A0%80");
        QTest::newRow("too many parameters") << QByteArray("a=1&").repeated(1001);
    }
    void brokenTextIsRefused()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!FormParameters::parse(text));
    }

    void secretsGoInAndComeOutAsSecrets()
    {
        FormEncoder form;
        form.add("grant_type", u"refresh_token"_s).add("refresh_token", Secret(QByteArray("a b+c")));
        form.addUnlessEmpty("scope", u""_s);
        const auto body = form.takeSecret();
        QCOMPARE(body.reveal(), QByteArrayView("grant_type=refresh_token&refresh_token=a+b%2Bc"));
        QVERIFY(form.isEmpty());
        const auto parsed = FormParameters::parse(body.reveal());
        QCOMPARE(parsed->secret("refresh_token")->reveal(), QByteArrayView("a b+c"));
    }

    void basicCredentialsAreEncodedByThemselves()
    {
        QCOMPARE(FormEncoder::encoded("id:with/colon and space"), QByteArray("id%3Awith%2Fcolon+and+space"));
    }
};

QTEST_GUILESS_MAIN(TestFormCodec)
#include "tst_formcodec.moc"
