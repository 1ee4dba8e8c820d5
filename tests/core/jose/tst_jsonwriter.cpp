// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/json.h>
#include <countersign/jose/jsonwriter.h>

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Qt::StringLiterals;

class TestJsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void membersStandInTheOrderOfTheCalls()
    {
        JsonWriter writer;
        writer.beginObject().string("z", u"1"_s).integer("a", -9223372036854775807LL - 1).boolean("b", false);
        writer.name("n").null().strings("l", {u"x"_s, u"y"_s}).raw("r", "1.50");
        writer.name("o").beginObject().endObject().name("e").beginArray().endArray().utf8("u", "\xc3\xa9").endObject();
        QCOMPARE(
            writer.take(),
            QByteArray("{\"z\":\"1\",\"a\":-9223372036854775808,\"b\":false,\"n\":null,\"l\":[\"x\",\"y\"],\"r\":1.50,"
                       "\"o\":{},\"e\":[],\"u\":\"\xc3\xa9\"}"));
    }

    void everyCharacterMakesTheRoundTrip()
    {
        QString all;
        for (char16_t c = 0; c < 0x500; ++c)
            all.append(QChar(c));
        all += u"\U0001F600"_s;
        JsonWriter writer;
        writer.beginObject().string(all.toUtf8(), all).endObject();
        const auto document = JsonObject::parse(writer.take());
        QVERIFY(document);
        QCOMPARE(document->string(all.toUtf8()), all);
    }

    void secretsLeaveAsSecrets()
    {
        JsonWriter writer;
        writer.beginObject().secret("secret", Secret(QByteArray("a\"b"))).endObject();
        QCOMPARE(writer.takeSecret().reveal(), QByteArrayView("{\"secret\":\"a\\\"b\"}"));
        QVERIFY(writer.view().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestJsonWriter)
#include "tst_jsonwriter.moc"
