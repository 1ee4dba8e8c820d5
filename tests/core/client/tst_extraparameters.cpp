// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/extraparameters.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;
using Flaw = ExtraParameterText::Flaw;

class TestExtraParameters : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachLineIsOneParameter();
    void whatWouldDoHarmIsRefused_data();
    void whatWouldDoHarmIsRefused();
    void whatIsWrittenIsReadAgain();
    void theLaterOneOfANameCounts();
};

void TestExtraParameters::eachLineIsOneParameter()
{
    const auto read = ExtraParameterText::parse(u" access_type = offline \n\nhd=example.org\r\nempty=\nkey=a=b");
    QCOMPARE(read.flaw, Flaw::None);
    QCOMPARE(read.parameters,
             (QList<ExtraParameter>{{u"access_type"_s, u"offline"_s},
                                    {u"hd"_s, u"example.org"_s},
                                    {u"empty"_s, QString()},
                                    {u"key"_s, u"a=b"_s}}));
}

void TestExtraParameters::whatWouldDoHarmIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Flaw>("flaw");
    QTest::addColumn<QString>("culprit");
    QTest::newRow("no name") << u"a=b\n=value"_s << Flaw::NoName << u"=value"_s;
    QTest::newRow("no equals sign") << u"offline"_s << Flaw::NoName << u"offline"_s;
    QTest::newRow("white space in the name") << u"a b=c"_s << Flaw::BadName << u"a b"_s;
    QTest::newRow("twice, RFC 6749 3.1") << u"a=b\na=c"_s << Flaw::Repeated << u"a"_s;
    for (const auto name :
         {"state", "redirect_uri", "code_challenge", "code_challenge_method", "nonce", "response_type", "response_mode",
          "client_id", "client_secret", "scope", "request", "request_uri", "claims"})
        QTest::newRow(name) << QString(QLatin1StringView(name) + u"=x"_s) << Flaw::SetByLibrary
                            << QString::fromLatin1(name);
    for (const auto name :
         {"prompt", "login_hint", "domain_hint", "max_age", "acr_values", "resource", "authorization_details"})
        QTest::newRow(name) << QString(QLatin1StringView(name) + u"=x"_s) << Flaw::HasOwnMember
                            << QString::fromLatin1(name);
}

void TestExtraParameters::whatWouldDoHarmIsRefused()
{
    QFETCH(QString, text);
    QFETCH(Flaw, flaw);
    QFETCH(QString, culprit);
    const auto read = ExtraParameterText::parse(text);
    QCOMPARE(read.flaw, flaw);
    QCOMPARE(read.culprit, culprit);
}

void TestExtraParameters::whatIsWrittenIsReadAgain()
{
    const QList<ExtraParameter> parameters{{u"hd"_s, u"example.org"_s}, {u"audience"_s, u"https://api.example/"_s}};
    QCOMPARE(ExtraParameterText::parse(ExtraParameterText::write(parameters)).parameters, parameters);
}

void TestExtraParameters::theLaterOneOfANameCounts()
{
    QCOMPARE(mergedParameters({{u"hd"_s, u"a"_s}, {u"audience"_s, u"b"_s}}, {{u"audience"_s, u"c"_s}}),
             (QList<ExtraParameter>{{u"hd"_s, u"a"_s}, {u"audience"_s, u"c"_s}}));
}

QTEST_GUILESS_MAIN(TestExtraParameters)
#include "tst_extraparameters.moc"
