// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxtest.h"
#include "terminalprocess.h"

#include "support/codeflow.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QThread>

#include <csignal>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

//! Tokens and what else differs from run to run, beside times and ports.
QByteArray withoutTokens(QByteArray text)
{
    static const QRegularExpression token(u"eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+"_s);
    static const QRegularExpression seconds(
        u"(EXPIRES_ON=|OIDC_EXP=|\"(refresh_)?expires_(on|in)\":|\"expiration_date\":\")\\d+"_s);
    static const QRegularExpression local(u"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}"_s);
    auto result = QString::fromUtf8(text);
    result.replace(token, u"<token>"_s);
    result.replace(seconds, u"\\1<seconds>"_s);
    result.replace(local, u"<local time>"_s);
    return result.toUtf8();
}

} // namespace

class TestTokenVerb : public SignedInTest
{
    Q_OBJECT

private Q_SLOTS:
    void aCachedTokenNeedsNoRequest();
    void everyFormatIsAsItsReadersExpect_data();
    void everyFormatIsAsItsReadersExpect();
    void azsTimeIsTheLocalOne();
    void aFormatThatSaysAHostNeedsOne();
    void noNameTurnsTheLineAround();
    void aShellEvaluatesTheVariables();
    void aTokenThatIsTooOldIsRefreshed();
    void aScopeThatWasNotGrantedIsSaid();
    void forceFetchesANewOne();
    void theProvidersClockIsComparedWithOurs();
    void itIsKnownWhenTheRefreshTokenEnds();
    void anIdTokenIsHandedOutToo();
    void explainSaysWhyTheCacheWasUsed();
    void whatLeavesTheTokenOutIsForJsonAlone();
    void onATerminalTheTokenIsHidden();
    void offlineSendsNothing();
    void aResourceIsNotServedWithAnothersToken();
    void opaqueTokensOfTwoResourcesAreKeptApart();
#ifndef Q_OS_WIN
    void aReaderOfHintsThatGoesAwayEndsNoRefresh();
#endif

    void aChallengeIsMetByARefreshWhereTheProviderCan();
    void aChallengeIsMetByWhatTheTokenSays_data();
    void aChallengeIsMetByWhatTheTokenSays();
    void whetherAnOpaqueTokenMeetsAChallengeIsNotKnown();
    void viaAsksThePerson();
    void otherProgramsWordsAreUnderstood_data();
    void otherProgramsWordsAreUnderstood();

    void theProgramLinksNoWindows();
};

void TestTokenVerb::aCachedTokenNeedsNoRequest()
{
    const auto run = token();
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(run.err.isEmpty());
    QCOMPARE(tokenPart(QString::fromLatin1(run.out.trimmed()), 1)[u"iss"].toString(), m_sandbox.issuer());
    QVERIFY(m_sandbox.log().isEmpty());
}

void TestTokenVerb::everyFormatIsAsItsReadersExpect_data()
{
    QTest::addColumn<QString>("format");
    for (const auto *format : {"text", "token", "json", "header", "bearer", "env", "curl", "az", "azd", "azureauth",
                               "kubernetes", "oidc-token", "xoauth2", "oauthbearer", "netrc", "none", "jsonl"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestTokenVerb::everyFormatIsAsItsReadersExpect()
{
    QFETCH(QString, format);
    auto run = token({u"-o"_s, format});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(run.err.isEmpty());
    if (format == "xoauth2"_L1 || format == "oauthbearer"_L1) // RFC 7628 3.1, ready to be sent
        run.out =
            QByteArray::fromBase64(run.out.trimmed(), QByteArray::AbortOnBase64DecodingErrors).replace('\x01', "^A\n");
    QVERIFY(isGolden(u"token-"_s + format + u".txt"_s, withoutTokens(run.out)));
}

void TestTokenVerb::azsTimeIsTheLocalOne() // az account get-access-token: expiresOn; azd: UTC
{
    const Environment tokyo{{u"TZ"_s, u"Asia/Tokyo"_s}};
    const auto az = token({u"-o"_s, u"az"_s}, tokyo).json();
    const auto expiry = QDateTime::fromSecsSinceEpoch(az[u"expires_on"].toInteger(), Qt::UTC);
    QCOMPARE(az[u"expiresOn"].toString(), expiry.addSecs(9 * 3600).toString(u"yyyy-MM-dd HH:mm:ss.000000"_s));
    QCOMPARE(az[u"tokenType"].toString(), u"Bearer"_s);
    QVERIFY(az.contains(u"subscription"_s) && az.contains(u"tenant"_s));
    QCOMPARE(token({u"-o"_s, u"azd"_s}, tokyo).json()[u"expiresOn"].toString(), expiry.toString(Qt::ISODate));
    QCOMPARE(token({u"-o"_s, u"azureauth"_s}, tokyo).json()[u"expiration_date"].toString(),
             QString::number(expiry.toSecsSinceEpoch()));
}

void TestTokenVerb::aFormatThatSaysAHostNeedsOne()
{
    SandboxProcess other;
    QVERIFY(other.start({u"--approve"_s, u"ada"_s}));
    QVERIFY(other.setHook(u"accessTokenClaims"_s, QJsonObject{{u"set"_s, QJsonObject{{u"aud"_s, u"orders"_s}}}}));
    const CliHome home;
    QCOMPARE(home.signIn(other.issuer()).exitCode, 0);
    const auto wanted = QStringList{u"token"_s, u"-o"_s, u"netrc"_s} + CliHome::provider(other.issuer());
    const auto run = home.run(wanted);
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(run.err.contains("--resource"), run.err.constData());
}

void TestTokenVerb::noNameTurnsTheLineAround() // a bidirectional override among the claims
{
    SandboxProcess other;
    QVERIFY(other.start({u"--approve"_s, u"ada"_s}));
    const QJsonObject names{{u"name"_s, u"a\u202eb"_s}, {u"preferred_username"_s, u"a\u202e\nb"_s}};
    QVERIFY(other.setHook(u"idTokenClaims"_s, QJsonObject{{u"set"_s, names}}));
    const CliHome home;
    QCOMPARE(home.signIn(other.issuer()).exitCode, 0);
    for (const auto *format : {"json", "azureauth", "az", "azd", "kubernetes", "xoauth2", "oauthbearer", "netrc"}) {
        const auto run =
            home.run(QStringList{u"token"_s, u"-o"_s, QString::fromLatin1(format)} + CliHome::provider(other.issuer()));
        QVERIFY2(!run.out.contains("\xe2\x80\xae") && !run.err.contains("\xe2\x80\xae"), format);
        QVERIFY2(run.exitCode == 0 || (run.exitCode == 2 && run.err.contains("user name")), format);
    }
}

void TestTokenVerb::aShellEvaluatesTheVariables()
{
    const auto lines = token({u"-o"_s, u"env"_s}).out;
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, u"eval \"$0\"; printf %s \"$ACCESS_TOKEN\""_s, QString::fromUtf8(lines)});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardOutput(), token().out.trimmed());
}

void TestTokenVerb::aTokenThatIsTooOldIsRefreshed()
{
    const auto run = token({u"--min-ttl"_s, u"2h"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.json()[u"source"].toString(), u"refresh"_s);
    QCOMPARE(m_sandbox.requestsTo(u"/token"_s).size(), 1);
}

void TestTokenVerb::aScopeThatWasNotGrantedIsSaid()
{
    const auto run = token({u"--scope"_s, u"openid email orders.write"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(run.out.startsWith("eyJ"));
    QVERIFY2(run.err.contains("did not grant: orders.write"), run.err.constData());
}

void TestTokenVerb::forceFetchesANewOne()
{
    const auto before = token().out;
    const auto run = token({u"-f"_s});
    QCOMPARE(run.exitCode, 0);
    QVERIFY(run.out != before);
    QCOMPARE(token().out, run.out);
}

void TestTokenVerb::theProvidersClockIsComparedWithOurs() // cli.md d.3: clock_offset, by the Date of the answer
{
    QVERIFY(m_sandbox.setClockOffset(90));
    const auto refreshed = token({u"--force"_s, u"-o"_s, u"json"_s});
    QVERIFY2(refreshed.exitCode == 0, refreshed.err.constData());
    const auto offset = refreshed.json()[u"clock_offset"].toInt(-1);
    QVERIFY2(offset >= 85 && offset <= 91, QByteArray::number(offset).constData());
    QVERIFY(token({u"-o"_s, u"json"_s}).json()[u"clock_offset"].isNull()); // nobody was asked
}

void TestTokenVerb::itIsKnownWhenTheRefreshTokenEnds() // cli.md d.3: refresh_expires_on
{
    constexpr qint64 twoWeeks = 14 * 24 * 3600;
    const auto left =
        token({u"-o"_s, u"json"_s}).json()[u"refresh_expires_on"].toInteger() - QDateTime::currentSecsSinceEpoch();
    QVERIFY2(left > twoWeeks - 600 && left <= twoWeeks, QByteArray::number(left).constData());
    // MSAL's own reader is not confused by the member, nor does it get lost: tst_tokencache.
    QVERIFY(m_home->storeBytes().contains("\"expires_on\""));
}

void TestTokenVerb::anIdTokenIsHandedOutToo()
{
    const auto run = token({u"--type"_s, u"id"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const auto answer = run.json();
    QVERIFY(!answer.contains(u"access_token"));
    QCOMPARE(tokenPart(answer[u"id_token"].toString(), 1)[u"aud"].toString(), u"sandbox-native"_s);
    QCOMPARE(answer[u"audience"].toArray(), (QJsonArray{u"sandbox-native"_s}));
}

void TestTokenVerb::explainSaysWhyTheCacheWasUsed()
{
    const auto hit = token({u"--explain"_s});
    QVERIFY2(hit.err.contains("The cached access token is used"), hit.err.constData());
    const auto old = token({u"--explain"_s, u"-t"_s, u"2h"_s});
    QVERIFY2(old.err.contains("refresh"), old.err.constData());
    QCOMPARE(old.out.count('\n'), 1);
}

void TestTokenVerb::whatLeavesTheTokenOutIsForJsonAlone()
{
    const auto json = token({u"--no-token"_s, u"-o"_s, u"json"_s});
    QVERIFY2(json.exitCode == 0, json.err.constData());
    QVERIFY(json.json().contains(u"expires_at"_s) && !json.out.contains("eyJ"));
    for (const auto &words : {QStringList{u"--no-token"_s}, QStringList{u"--no-token"_s, u"-o"_s, u"bearer"_s},
                              QStringList{u"--query"_s, u"expires_at"_s, u"-o"_s, u"bearer"_s},
                              QStringList{u"--query"_s, u"expires_at"_s, u"-c"_s}}) {
        const auto refused = token(words);
        QVERIFY2(refused.exitCode == 2, qPrintable(words.join(u' ')));
        QVERIFY(refused.out.isEmpty());
    }
}

void TestTokenVerb::onATerminalTheTokenIsHidden()
{
    const auto hidden = runOnTerminal({u"token"_s}, m_home->environment());
    QCOMPARE(hidden.exitCode, 0);
    QVERIFY2(hidden.out.contains("<token, "), hidden.out.constData());
    QVERIFY(!hidden.out.contains("eyJ"));
    const auto json = runOnTerminal({u"token"_s, u"-o"_s, u"json"_s}, m_home->environment());
    QVERIFY(json.out.contains("expires_at"));
    QVERIFY(!json.out.contains("eyJ"));
    const auto part = runOnTerminal({u"token"_s, u"--query"_s, u"access_token"_s}, m_home->environment());
    QVERIFY2(part.exitCode == 0 && part.out.contains("--show") && !part.out.contains("eyJ"), part.out.constData());
    const auto shown = runOnTerminal({u"token"_s, u"--show"_s}, m_home->environment());
    QVERIFY(shown.out.contains("eyJ"));
}

void TestTokenVerb::offlineSendsNothing()
{
    QCOMPARE(token({u"--offline"_s}).exitCode, 0);
    const auto old = token({u"--offline"_s, u"-t"_s, u"2h"_s, u"-o"_s, u"json"_s});
    QCOMPARE(old.exitCode, 20);
    QVERIFY(m_sandbox.log().isEmpty());
}

void TestTokenVerb::aResourceIsNotServedWithAnothersToken()
{
    const auto run = token({u"--resource"_s, u"https://other.example/api"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.json()[u"source"].toString(), u"refresh"_s);
    const auto requests = m_sandbox.requestsTo(u"/token"_s);
    QCOMPARE(requests.size(), 1);
    QCOMPARE(requests.first()[u"form"][u"resource"].toString(), u"https://other.example/api"_s);
}

//! RFC 8707: what an opaque token is for stands nowhere in it.
void TestTokenVerb::opaqueTokensOfTwoResourcesAreKeptApart()
{
    const auto before = token().out;
    for (const auto &name : {u"one"_s, u"two"_s}) {
        const auto body = u"{\"access_token\":\"opaque-%1\",\"token_type\":\"Bearer\",\"expires_in\":3600}"_s.arg(name);
        QVERIFY(m_sandbox.setHook(u"tokenResponse"_s, QJsonObject{{u"status"_s, 200}, {u"body"_s, body}}));
        const auto run = token({u"--resource"_s, u"https://%1.example/"_s.arg(name)});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.out, QByteArray("opaque-" + name.toLatin1() + '\n'));
    }
    QCOMPARE(m_sandbox.requestsTo(u"/token"_s).size(), 2);
    QCOMPARE(token({u"--resource"_s, u"https://one.example/"_s}).out, QByteArray("opaque-one\n"));
    QCOMPARE(token({u"--resource"_s, u"https://two.example/"_s, u"--offline"_s}).out, QByteArray("opaque-two\n"));
    QCOMPARE(token({u"--resource"_s, u"https://three.example/"_s, u"--offline"_s}).exitCode, 20);
    QCOMPARE(token().out, before);
    QCOMPARE(m_sandbox.requestsTo(u"/token"_s).size(), 2);
}

#ifndef Q_OS_WIN
void TestTokenVerb::aReaderOfHintsThatGoesAwayEndsNoRefresh()
{
    QProcess process;
    process.setChildProcessModifier([] {
        int ends[2] = {-1, -1};
        if (::pipe(ends) == 0 && ::close(ends[0]) == 0)
            ::dup2(ends[1], STDERR_FILENO);
        std::signal(SIGPIPE, SIG_DFL);
    });
    m_home->start(process, {u"token"_s, u"--force"_s, u"--explain"_s});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(process.readAllStandardOutput(), token().out);
}
#endif

void TestTokenVerb::aChallengeIsMetByARefreshWhereTheProviderCan()
{
    const auto claims = u"{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}"_s;
    const auto run = token({u"--claims-challenge"_s, claims, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.json()[u"source"].toString(), u"refresh"_s);
    QCOMPARE(run.json()[u"claims_satisfied"].toBool(), true);
    QCOMPARE(m_sandbox.requestsTo(u"/token"_s).last()[u"form"][u"claims"].toString(), claims);
}

void TestTokenVerb::aChallengeIsMetByWhatTheTokenSays_data()
{
    QTest::addColumn<QJsonObject>("program");
    QTest::addColumn<QJsonValue>("satisfied");
    QTest::addColumn<QString>("warning");
    const auto saying = [](const QJsonValue &acrs) { return QJsonObject{{u"set"_s, QJsonObject{{u"acrs"_s, acrs}}}}; };
    QTest::newRow("it says so") << saying(QJsonArray{u"c1"_s}) << QJsonValue(true) << QString();
    QTest::newRow("it says something else")
        << saying(QJsonArray{u"c2"_s}) << QJsonValue(false) << u"access_token.acrs says something else"_s;
    QTest::newRow("it does not say") << QJsonObject{{u"remove"_s, QJsonArray{u"acrs"_s}}} << QJsonValue(false)
                                     << u"access_token.acrs is missing"_s;
}

void TestTokenVerb::aChallengeIsMetByWhatTheTokenSays()
{
    QFETCH(const QJsonObject, program);
    QFETCH(const QJsonValue, satisfied);
    QFETCH(const QString, warning);
    QVERIFY(m_sandbox.setHook(u"accessTokenClaims"_s, program));
    const QStringList words{u"--claims-challenge"_s,
                            u"{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}"_s};
    const auto run = token(words + QStringList{u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.json()[u"claims_satisfied"], satisfied);
    const auto warnings = run.json()[u"warnings"].toArray();
    QCOMPARE(warnings.size(), warning.isEmpty() ? 0 : 1);
    QVERIFY2(warnings.isEmpty() || warnings[0][u"message"].toString().contains(warning), run.out.constData());
    const auto text = token(words);
    QCOMPARE(text.exitCode, 0);
    QCOMPARE(text.err.contains(warning.toUtf8()) && !text.err.isEmpty(), !warning.isEmpty());
}

void TestTokenVerb::whetherAnOpaqueTokenMeetsAChallengeIsNotKnown()
{
    const auto body = u"{\"access_token\":\"opaque-one\",\"token_type\":\"Bearer\",\"expires_in\":3600}"_s;
    QVERIFY(m_sandbox.setHook(u"tokenResponse"_s, QJsonObject{{u"status"_s, 200}, {u"body"_s, body}}));
    const auto run =
        token({u"--claims-challenge"_s, u"{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(run.json().contains(u"claims_satisfied"_s));
    QVERIFY(run.json()[u"claims_satisfied"].isNull());
    QVERIFY(run.json()[u"warnings"].toArray().isEmpty());
}

void TestTokenVerb::viaAsksThePerson()
{
    const CliHome empty;
    const auto run = empty.run(QStringList{u"token"_s, u"--via"_s, u"device"_s, u"-o"_s, u"json"_s}
                               + CliHome::provider(m_sandbox.issuer()));
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.json()[u"source"].toString(), u"device"_s);
    const auto nobody = CliHome().run(QStringList{u"token"_s, u"--via"_s, u"device"_s, u"--no-interaction"_s}
                                      + CliHome::provider(m_sandbox.issuer()));
    QCOMPARE(nobody.exitCode, 10);
}

void TestTokenVerb::otherProgramsWordsAreUnderstood_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("oidc-token")
        << QStringList{u"ada@countersign.example"_s, u"-t"_s, u"300"_s, u"-f"_s, u"-s"_s, u"openid email"_s, u"-c"_s}
        << QByteArray("export OIDC_AT=");
    QTest::newRow("azureauth") << QStringList{u"--client"_s, u"sandbox-native"_s, u"--scope"_s,
                                              u"email"_s,    u"--mode"_s,         u"web"_s,
                                              u"--mode"_s,   u"devicecode"_s}
                               << QByteArray("eyJ");
}

void TestTokenVerb::otherProgramsWordsAreUnderstood()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const auto run = token(arguments);
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(run.out.startsWith(said));
}

void TestTokenVerb::theProgramLinksNoWindows()
{
    QProcess readelf;
    readelf.start(u"ldd"_s, {qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign"_s});
    if (!readelf.waitForStarted())
        QSKIP("there is no ldd here");
    QVERIFY(readelf.waitForFinished());
    const auto libraries = readelf.readAllStandardOutput();
    QVERIFY(libraries.contains("Qt6Core"));
    for (const auto *module : {"Qt6Gui", "Qt6Widgets", "Qt6WebEngine", "Qt6Quick", "Qt6HttpServer"})
        QVERIFY2(!libraries.contains(module), module);
}

QTEST_GUILESS_MAIN(TestTokenVerb)
#include "tst_tokenverb.moc"
