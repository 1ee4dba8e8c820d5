// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <cli/commandline.h>
#include <cli/exitcode.h>

using namespace Countersign;
using namespace Countersign::Cli;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSignInNeedsNoSavedProfile()
    {
        const auto line = parseCommandLine({u"login"_s, u"--issuer"_s, u"https://op.example"_s, u"--client-id"_s,
                                            u"app"_s, u"--scope"_s, u"openid email"_s, u"--via"_s, u"embedded"_s,
                                            u"--via"_s, u"device"_s, u"--browser"_s, u"firefox"_s, u"--no-open"_s,
                                            u"--timeout"_s, u"60s"_s, u"-o"_s, u"json"_s});
        QVERIFY2(line, line ? "" : qPrintable(line.error().message()));
        QCOMPARE(line->verb, CommandLine::Verb::Login);
        QCOMPARE(line->global.issuer, u"https://op.example"_s);
        QCOMPARE(line->global.clientId, u"app"_s);
        QCOMPARE(line->login.request.scopes, (QStringList{u"openid"_s, u"email"_s}));
        QCOMPARE(line->login.ways, (QList<Way>{Way::Embedded, Way::Device}));
        QCOMPARE(line->login.browser, u"firefox"_s);
        QVERIFY(line->login.noOpen);
        QCOMPARE(*line->global.timeout, 60s);
        QCOMPARE(line->global.output, OutputFormat::Json);
    }

    void wrongWordsAreNamedWithTheNearestRightOne_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("wrong");
        QTest::addColumn<QString>("right");
        QTest::newRow("a verb") << QStringList{u"lgoin"_s} << u"'lgoin'"_s << u"'login'"_s;
        QTest::newRow("an option") << QStringList{u"login"_s, u"--isuer"_s, u"x"_s} << u"'--isuer'"_s
                                   << u"'--issuer'"_s;
        QTest::newRow("an option of the verb")
            << QStringList{u"token"_s, u"--min-tll=5m"_s} << u"'--min-tll'"_s << u"'--min-ttl'"_s;
        QTest::newRow("a value") << QStringList{u"login"_s, u"--via"_s, u"embeded"_s} << u"'embeded'"_s
                                 << u"'embedded'"_s;
        QTest::newRow("a time") << QStringList{u"token"_s, u"--timeout"_s, u"soon"_s} << u"'soon'"_s << u"60s"_s;
        QTest::newRow("two providers") << QStringList{u"login"_s, u"--issuer"_s, u"https://a"_s, u"--entra"_s, u"t"_s}
                                       << u"once"_s << u"--entra"_s;
    }
    void wrongWordsAreNamedWithTheNearestRightOne()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, wrong);
        QFETCH(QString, right);
        const auto line = parseCommandLine(arguments);
        QVERIFY(!line);
        QCOMPARE(int(exitCodeOf(line.error())), 2);
        QVERIFY2(line.error().message().contains(wrong), qPrintable(line.error().message()));
        QVERIFY2(line.error().message().contains(right), qPrintable(line.error().message()));
    }

    void aSecretInTheArgumentsIsRefusedAndNotRepeated()
    {
        for (const auto &word : {u"--client-secret=hunter2"_s, u"--password=hunter2"_s, u"--refresh-token=hunter2"_s}) {
            const auto line = parseCommandLine({u"login"_s, word});
            QVERIFY(!line);
            QCOMPARE(int(exitCodeOf(line.error())), 2);
            QVERIFY(!line.error().message().contains(u"hunter2"_s));
        }
    }

    void helpIsAnAnswerAndNotAFailure()
    {
        const auto line = parseCommandLine({u"token"_s, u"--help"_s});
        QVERIFY(line);
        QCOMPARE(line->verb, CommandLine::Verb::Print);
        QVERIFY(line->text.contains(u"--min-ttl"_s));
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
