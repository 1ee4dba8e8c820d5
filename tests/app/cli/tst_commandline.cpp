// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <cli/commandline.h>
#include <cli/exitcode.h>
#include <cli/logoutput.h>
#include <cli/proxyaddress.h>
#include <cli/query.h>
#include <cli/words.h>

#include <QtCore/QTemporaryFile>

#include <cstdio>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

using namespace Countersign;
using namespace Countersign::Cli;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class FetchVerb final : public Verb
{
public:
    FetchVerb() : Verb(u"fetch"_s, u"Fetch something"_s) { }
    void addOptions(OptionSet &options) override
    {
        options.words("-s,--scope", scopes, u"Scopes"_s);
        options.choices("--via", ways, {u"browser"_s, u"embedded"_s, u"device"_s}, u"Ways"_s);
        options.hidden().text("--mode", mode, u"As another program spells it"_s);
        options.flag("--no-open", noOpen, u"Open nothing"_s);
        options.duration("-t,--min-ttl", minimum, u"Least time"_s);
        options.rest("COMMAND", command, u"What to run"_s);
    }
    ExitCode run(Context &) override { return ExitCode::Done; }

    QStringList scopes;
    QStringList ways;
    QStringList command;
    QString mode;
    std::optional<std::chrono::seconds> minimum;
    bool noOpen = false;
};

struct Fixture
{
    Fixture()
    {
        auto owned = std::make_unique<FetchVerb>();
        verb = owned.get();
        Verbs verbs;
        verbs.push_back(std::move(owned));
        commandLine = std::make_unique<CommandLine>(std::move(verbs));
    }
    auto parse(const QStringList &arguments) { return commandLine->parse(arguments); }

    FetchVerb *verb = nullptr;
    std::unique_ptr<CommandLine> commandLine;
};

//! A verb without any word of its own.
class PlainVerb final : public Verb
{
public:
    PlainVerb() : Verb(u"plain"_s, u"Do something"_s) { }
    void addOptions(OptionSet &options) override
    {
        options.flag("--no-open", isOn, u"Open nothing"_s);
        options.hidden().flag("--old", isOn, u"As it was"_s);
        options.hidden().text("--mode", mode, u"As another program spells it"_s);
    }
    ExitCode run(Context &) override { return ExitCode::Done; }

    QString mode;
    bool isOn = false;
};

struct PlainFixture
{
    PlainFixture()
    {
        Verbs verbs;
        verbs.push_back(std::make_unique<PlainVerb>());
        commandLine = std::make_unique<CommandLine>(std::move(verbs));
    }

    std::unique_ptr<CommandLine> commandLine;
};

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOptionReachesItsTarget()
    {
        Fixture line;
        const auto invocation =
            line.parse({u"fetch"_s, u"--issuer"_s, u"https://op.example"_s, u"--client-id"_s, u"app"_s, u"--scope"_s,
                        u"openid email"_s, u"--via"_s, u"embedded"_s, u"--via"_s, u"device"_s, u"--no-open"_s,
                        u"--min-ttl"_s, u"5m"_s, u"--timeout"_s, u"60s"_s, u"-o"_s, u"json"_s});
        QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error().message()));
        QCOMPARE(invocation->verb, line.verb);
        QCOMPARE(invocation->global.issuer, u"https://op.example"_s);
        QCOMPARE(invocation->global.clientId, u"app"_s);
        QCOMPARE(line.verb->scopes, (QStringList{u"openid"_s, u"email"_s}));
        QCOMPARE(line.verb->ways, (QStringList{u"embedded"_s, u"device"_s}));
        QVERIFY(line.verb->noOpen);
        QCOMPARE(*line.verb->minimum, 5min);
        QCOMPARE(*invocation->global.timeout, 60s);
        QVERIFY(invocation->global.isJson());
    }

    void theNearestWordIsANearOne_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("near");
        QTest::newRow("one slip in a short word") << u"jsoe"_s << u"jose"_s;
        QTest::newRow("a letter too few") << u"jse"_s << u"jose"_s;
        QTest::newRow("two slips make another word") << u"nope"_s << QString();
        QTest::newRow("two in a longer one") << u"inpsct"_s << u"inspect"_s;
        QTest::newRow("a part of one alone") << u"chal"_s << u"challenge"_s;
        QTest::newRow("of one letter any other would be near") << u"x"_s << QString();
        QTest::newRow("nothing like any") << u"frobnicate"_s << QString();
    }
    void theNearestWordIsANearOne()
    {
        QFETCH(const QString, word);
        QTEST(nearest(word, {u"jose"_s, u"inspect"_s, u"challenge"_s, u"logout"_s, u"token"_s, u"p"_s}), "near");
    }

    void aLongTextLosesItsMiddleAndNoHalfCharacter()
    {
        const QString shortText(48, u'x');
        QCOMPARE(elided(shortText), shortText);
        const QString emoji = u"\U0001F600"_s;
        for (qsizetype lead = 0; lead < 4; ++lead) {
            const auto text = elided(QString(lead, u'a') + emoji.repeated(40));
            QVERIFY(text.size() <= 48 && text.contains(u'…'));
            QVERIFY(text.isValidUtf16());
        }
    }

    void whatFollowsTwoDashesIsAnotherPrograms()
    {
        Fixture line;
        const auto invocation =
            line.parse({u"fetch"_s, u"--no-open"_s, u"--"_s, u"curl"_s, u"--password"_s, u"x"_s, u"-o"_s});
        QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error().message()));
        QCOMPARE(line.verb->command, (QStringList{u"curl"_s, u"--password"_s, u"x"_s, u"-o"_s}));
    }

    void wrongWordsAreNamedWithTheNearestRightOne_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("wrong");
        QTest::addColumn<QString>("right");
        QTest::newRow("a verb") << QStringList{u"ftech"_s} << u"verb 'ftech'"_s << u"'fetch'"_s;
        QTest::newRow("an option") << QStringList{u"fetch"_s, u"--isuer"_s, u"x"_s} << u"'--isuer'"_s
                                   << u"'--issuer'"_s;
        QTest::newRow("an option of the verb")
            << QStringList{u"fetch"_s, u"--min-tll=5m"_s} << u"'--min-tll'"_s << u"'--min-ttl'"_s;
        QTest::newRow("a value") << QStringList{u"fetch"_s, u"--via"_s, u"embeded"_s} << u"'embeded'"_s
                                 << u"'embedded'"_s;
        QTest::newRow("a value, and of which option")
            << QStringList{u"fetch"_s, u"--via"_s, u"embeded"_s} << u"--via: "_s << u"'embedded'"_s;
        QTest::newRow("a time, and of which option")
            << QStringList{u"fetch"_s, u"-t"_s, u"5x"_s} << u"--min-ttl: "_s << u"5x"_s;
        QTest::newRow("a number, and of which option")
            << QStringList{u"fetch"_s, u"--parent-window"_s, u"5x"_s} << u"--parent-window: "_s << u"'5x'"_s;
        QTest::newRow("a time") << QStringList{u"fetch"_s, u"--timeout"_s, u"soon"_s} << u"'soon'"_s << u"60s"_s;
        QTest::newRow("a format") << QStringList{u"fetch"_s, u"-o"_s, u"jsno"_s} << u"'jsno'"_s << u"'json'"_s;
        QTest::newRow("an option given twice")
            << QStringList{u"fetch"_s, u"-o"_s, u"text"_s, u"-o"_s, u"json"_s} << u"'--output'"_s << u"once"_s;
        QTest::newRow("two providers") << QStringList{u"fetch"_s, u"--issuer"_s, u"https://a"_s, u"--entra"_s, u"t"_s}
                                       << u"once"_s << u"--entra"_s;
    }
    void wrongWordsAreNamedWithTheNearestRightOne()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, wrong);
        QFETCH(QString, right);
        Fixture line;
        const auto invocation = line.parse(arguments);
        QVERIFY(!invocation);
        QCOMPARE(int(exitCodeOf(invocation.error())), 2);
        QVERIFY2(invocation.error().message().contains(wrong), qPrintable(invocation.error().message()));
        QVERIFY2(invocation.error().message().contains(right), qPrintable(invocation.error().message()));
    }

    void aSecretInTheArgumentsIsRefusedAndNotRepeated()
    {
        for (const auto &word : {u"--client-secret=hunter2"_s, u"--password=hunter2"_s, u"--refresh-token=hunter2"_s}) {
            Fixture line;
            const auto invocation = line.parse({u"fetch"_s, word});
            QVERIFY(!invocation);
            QCOMPARE(int(exitCodeOf(invocation.error())), 2);
            QVERIFY(!invocation.error().message().contains(u"hunter2"_s));
        }
    }

    void aValueThatAFlagDoesNotTakeIsNotRepeated_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("option");
        QTest::newRow("joined") << QStringList{u"--secret-stdin=hunter2"_s} << u"'--secret-stdin' takes no value"_s;
        QTest::newRow("behind it") << QStringList{u"--secret-stdin"_s, u"hunter2"_s}
                                   << u"'--secret-stdin' takes no value"_s;
        QTest::newRow("of a verb's flag") << QStringList{u"--no-open=hunter2"_s} << u"'--no-open' takes no value"_s;
        QTest::newRow("of a hidden flag") << QStringList{u"--old=hunter2"_s} << u"'--old' takes no value"_s;
        QTest::newRow("an empty one, before another option")
            << QStringList{u"--secret-env="_s, u"-o"_s, u"json"_s} << u"The value of --secret-env is empty"_s;
        QTest::newRow("a hidden option without one") << QStringList{u"--mode"_s} << u"'--mode' needs a value"_s;
    }
    void aValueThatAFlagDoesNotTakeIsNotRepeated()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, option);
        PlainFixture line;
        const auto invocation = line.commandLine->parse(QStringList{u"plain"_s} + words);
        QVERIFY(!invocation);
        QCOMPARE(int(exitCodeOf(invocation.error())), 2);
        QVERIFY2(invocation.error().message().startsWith(option), qPrintable(invocation.error().message()));
        QVERIFY(!invocation.error().message().contains(u"hunter2"_s));
    }

    void aPasswordInAnAddressIsRefusedAndNotRepeated_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("RFC 3986 3.2.1") << u"http://user:hunter2@proxy.example:8080"_s;
        QTest::newRow("without a scheme") << u"user:hunter2@proxy.example:8080"_s;
        QTest::newRow("with what no address may hold") << u"http://user:hunter2^@proxy.example:8080"_s;
        QTest::newRow("escaped wrongly") << u"http://user:hunter2%zz@proxy.example:8080"_s;
        QTest::newRow("with a slash") << u"http://user:hunter2/@proxy.example:8080"_s;
        QTest::newRow("with an at sign") << u"user:@hunter2@proxy.example:8080"_s;
    }
    void aPasswordInAnAddressIsRefusedAndNotRepeated()
    {
        QFETCH(const QString, address);
        for (const auto &words : {QStringList{u"--proxy"_s, address}, QStringList{u"--proxy="_s + address}}) {
            Fixture line;
            const auto invocation = line.parse(QStringList{u"fetch"_s} + words);
            QVERIFY(!invocation);
            QCOMPARE(int(exitCodeOf(invocation.error())), 2);
            QVERIFY(!invocation.error().message().contains(u"hunter2"_s));
            QVERIFY(invocation.error().message().contains(u"COUNTERSIGN_PROXY"_s));
        }
        QVERIFY(Fixture().parse({u"fetch"_s, u"--"_s, u"curl"_s, address}));
    }

    //! The proxy has a variable to stand in; any other address goes without a password.
    void onlyAProxysPasswordIsSentToTheEnvironment()
    {
        const auto refused = Fixture().parse({u"fetch"_s, u"--issuer"_s, u"https://user:hunter2@op.example"_s});
        QVERIFY(!refused);
        QVERIFY(!refused.error().message().contains(u"COUNTERSIGN_PROXY"_s));
        QVERIFY(refused.error().message().contains(u"out of the address"_s));
    }

    void aTokenBehindANameIsRefusedAndNotRepeated()
    {
        const auto token = u"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2ln"_s;
        for (const auto &words : {QStringList{u"-s"_s, u"hint="_s + token}, QStringList{u"--scope=hint="_s + token}}) {
            const auto refused = Fixture().parse(QStringList{u"fetch"_s} + words);
            QVERIFY(!refused);
            QCOMPARE(int(exitCodeOf(refused.error())), 2);
            QVERIFY(!refused.error().message().contains(token));
        }
    }

    void anAddressWithoutAPasswordIsTaken()
    {
        QVERIFY(Fixture().parse({u"fetch"_s, u"--proxy"_s, u"http://user@proxy.example:8080"_s}));
        QVERIFY(Fixture().parse({u"fetch"_s, u"--proxy"_s, u"proxy.example:8080"_s}));
        QVERIFY(Fixture().parse({u"fetch"_s, u"--issuer"_s, u"https://op.example:8443/of/ada@example"_s}));
        qputenv("COUNTERSIGN_PROXY", "user:hunter2@proxy.example:8080");
        const auto invocation = Fixture().parse({u"fetch"_s});
        qunsetenv("COUNTERSIGN_PROXY");
        QVERIFY(invocation);
        QVERIFY(!invocation->global.proxy.isEmpty());
    }

    void nothingBeforeTheLastAtSignIsShown_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("shown");
        QTest::newRow("RFC 3986 3.2.1") << u"http://u:p@h:80"_s << u"http://***@h:80"_s;
        QTest::newRow("without a scheme") << u"u:secretpw@h:80"_s << u"***@h:80"_s;
        QTest::newRow("with what no address may hold") << u"http://u:p^w@h:80"_s << u"http://***@h:80"_s;
        QTest::newRow("escaped wrongly") << u"http://u:p%zz@h:80"_s << u"http://***@h:80"_s;
        QTest::newRow("two at signs") << u"socks5://u:p@w@h"_s << u"socks5://***@h"_s;
        QTest::newRow("nobody") << u"http://h:80"_s << u"http://h:80"_s;
        QTest::newRow("a word") << u"none"_s << u"none"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void nothingBeforeTheLastAtSignIsShown()
    {
        QFETCH(const QString, address);
        QFETCH(const QString, shown);
        QCOMPARE(withoutCredential(address), shown);
    }

    void aQueryIsForJsonAlone()
    {
        QCOMPARE(int(exitCodeOf(Fixture().parse({u"fetch"_s, u"--query"_s, u"a"_s, u"-o"_s, u"text"_s}).error())), 2);
        const auto invocation = Fixture().parse({u"fetch"_s, u"--query"_s, u"a"_s});
        QVERIFY(invocation);
        QVERIFY(invocation->global.isJson());
        QVERIFY(Fixture().parse({u"fetch"_s, u"--query"_s, u"a"_s, u"-o"_s, u"json"_s}));
    }

#ifndef Q_OS_WIN
    void aLineOfTheLogHoldsNothingThatATerminalObeys()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        const auto handler = qInstallMessageHandler(nullptr);
        std::fflush(stderr);
        const int usual = ::dup(STDERR_FILENO);
        ::dup2(file.handle(), STDERR_FILENO);
        installLogOutput();
        for (const auto format : {LogFormat::Text, LogFormat::Json}) {
            setLogFormat(format);
            qWarning().noquote() << u"a\u202eb\u009bc"_s;
        }
        ::dup2(usual, STDERR_FILENO);
        ::close(usual);
        setLogFormat(LogFormat::Text);
        qInstallMessageHandler(handler);
        file.seek(0);
        const auto text = QString::fromUtf8(file.readAll());
        QVERIFY2(text.contains(u"\"message\":\"a\\u202eb\\u009bc\""_s), qPrintable(text));
        QVERIFY(!text.contains(u'\u202e') && !text.contains(u'\u009b'));
    }
#endif

    void aVariableSaysThatNobodyIsThere_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("isOff");
        for (const auto *variable : {"COUNTERSIGN_NO_INTERACTION", "CI", "AZUREAUTH_NO_USER"}) {
            for (const auto *value : {"1", "true", "TRUE", "yes"})
                QTest::addRow("%s=%s", variable, value) << QByteArray(variable) << QByteArray(value) << true;
            for (const auto *value : {"", "0", "false", "off"})
                QTest::addRow("%s=%s", variable, value) << QByteArray(variable) << QByteArray(value) << false;
        }
    }
    void aVariableSaysThatNobodyIsThere()
    {
        QFETCH(const QByteArray, variable);
        QFETCH(const QByteArray, value);
        QFETCH(const bool, isOff);
        qunsetenv("CI");
        qputenv(variable.constData(), value);
        const auto invocation = Fixture().parse({u"fetch"_s});
        qunsetenv(variable.constData());
        QVERIFY(invocation);
        QCOMPARE(invocation->global.noInteraction, isOff);
    }

    void helpIsAnAnswerAndNotAFailure()
    {
        Fixture line;
        const auto invocation = line.parse({u"fetch"_s, u"--help"_s});
        QVERIFY(invocation);
        QVERIFY(!invocation->verb);
        QCOMPARE(invocation->wish, Invocation::Wish::Help);
        QCOMPARE(invocation->topic, QStringList{u"fetch"_s});
    }

    void theParserDescribesItself()
    {
        const Fixture line;
        const auto verbs = line.commandLine->describe();
        QCOMPARE(verbs.size(), 1);
        QCOMPARE(verbs.first().path, QStringList{u"fetch"_s});
        const auto &options = verbs.first().options;
        const auto via = std::find_if(options.begin(), options.end(),
                                      [](const auto &option) { return option.names.contains(u"--via"_s); });
        QVERIFY(via != options.end());
        QCOMPARE(via->choices, (QStringList{u"browser"_s, u"embedded"_s, u"device"_s}));
        QVERIFY(via->isRepeatable);
        const auto hidden = std::find_if(options.begin(), options.end(),
                                         [](const auto &option) { return option.names.contains(u"--mode"_s); });
        QVERIFY(hidden == options.end());
    }

    void aPathNamesAPartOfTheAnswer_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("a string comes bare") << u"a.b[1]"_s << QByteArray("y");
        QTest::newRow("a number") << u"n"_s << QByteArray("12");
        QTest::newRow("an object") << u"a"_s << QByteArray(R"({"b":["x","y"]})");
        QTest::newRow("not there") << u"a.c"_s << QByteArray();
        QTest::newRow("out of range") << u"a.b[2]"_s << QByteArray();
        QTest::newRow("no path") << u"a..b"_s << QByteArray();
    }
    void aPathNamesAPartOfTheAnswer()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, part);
        const auto found = query(R"({"a":{"b":["x","y"]},"n":12})", path);
        QCOMPARE(found ? found->reveal().toByteArray() : QByteArray(), part);
    }

    void timeSpansHaveUnits_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("seconds") << u"60s"_s << qint64(60000);
        QTest::newRow("minutes") << u"5m"_s << qint64(300000);
        QTest::newRow("hours") << u"2h"_s << qint64(7200000);
        QTest::newRow("milliseconds") << u"500ms"_s << qint64(500);
        QTest::newRow("plain seconds") << u"300"_s << qint64(300000);
        QTest::newRow("negative") << u"-1s"_s << qint64(-1);
        QTest::newRow("too long") << u"99999999999999h"_s << qint64(-1);
        QTest::newRow("empty") << QString() << qint64(-1);
    }
    void timeSpansHaveUnits()
    {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        const auto parsed = parseDuration(text);
        QCOMPARE(parsed ? qint64(parsed->count()) : -1, milliseconds);
    }

    void failuresExitAsScriptsExpect_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("cause");
        QTest::addColumn<int>("exitCode");
        const auto row = [](const char *name, ErrorCode code, ErrorCause cause, int exitCode) {
            QTest::newRow(name) << int(code) << int(cause) << exitCode;
        };
        const auto none = ErrorCause::Unspecified;
        row("interrupted", ErrorCode::Cancelled, none, 130);
        row("the window was closed", ErrorCode::Cancelled, ErrorCause::WindowClosed, 12);
        row("sign in", ErrorCode::InteractionRequired, none, 10);
        row("step up", ErrorCode::InteractionRequired, ErrorCause::ChallengeUnsatisfied, 11);
        row("declined", ErrorCode::AccessDenied, none, 12);
        row("the policy says no", ErrorCode::NotSupported, ErrorCause::ForbiddenByPolicy, 60);
        row("the policy is broken", ErrorCode::InvalidArgument, ErrorCause::ForbiddenByPolicy, 60);
        row("rejected", ErrorCode::ServerRejected, none, 13);
        row("no network", ErrorCode::NetworkUnavailable, ErrorCause::ConnectionRefused, 20);
        row("TLS", ErrorCode::NetworkUnavailable, ErrorCause::TlsFailed, 21);
        row("busy", ErrorCode::ServerUnavailable, ErrorCause::Throttled, 22);
        row("locked", ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, 30);
        row("no keychain", ErrorCode::StorageUnavailable, ErrorCause::StoreMissing, 31);
        row("malformed token", ErrorCode::InvalidResponse, ErrorCause::TokenMalformed, 40);
        row("signature", ErrorCode::SecurityCheckFailed, ErrorCause::SignatureInvalid, 41);
        row("no key", ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound, 41);
        row("expired", ErrorCode::SecurityCheckFailed, ErrorCause::TokenTime, 42);
        row("issuer", ErrorCode::SecurityCheckFailed, ErrorCause::IssuerMismatch, 43);
        row("state", ErrorCode::SecurityCheckFailed, ErrorCause::StateMismatch, 43);
        row("nonce", ErrorCode::SecurityCheckFailed, ErrorCause::NonceMismatch, 43);
        row("discovery", ErrorCode::SecurityCheckFailed, ErrorCause::DiscoveryIssuerMismatch, 4);
        row("metadata", ErrorCode::InvalidResponse, ErrorCause::DiscoveryInvalid, 4);
        row("late", ErrorCode::TimedOut, none, 124);
        row("usage", ErrorCode::InvalidArgument, none, 2);
        row("no such account", ErrorCode::InvalidArgument, ErrorCause::AccountNotFound, 3);
    }
    void failuresExitAsScriptsExpect()
    {
        QFETCH(int, code);
        QFETCH(int, cause);
        QFETCH(int, exitCode);
        const Error error(static_cast<ErrorCode>(code), static_cast<ErrorCause>(cause), u"x"_s);
        QCOMPARE(int(exitCodeOf(error)), exitCode);
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
