// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/webviewagent.h>
#include <countersign/useragent/webviewmessage.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <array>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

using namespace Countersign;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = WebViewMessage::Kind;

// The other side of the pipe is a script here; the real window is tested with the program.
class TestWebViewAgent : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::optional<Result<RedirectAnswer>> m_outcome;
    int m_calls = 0;
    AuthorizationAgent::Handler m_handler = [this](Result<RedirectAnswer> result) {
        ++m_calls;
        m_outcome.emplace(std::move(result));
    };

    QString script(const QByteArray &body)
    {
        QFile file(m_folder.filePath(u"view"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return {};
        file.write("#!/bin/sh\n" + body);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }
    //! A view that says \p messages and then lives on until its pipe ends.
    QString viewThatSays(const QByteArray &messages)
    {
        QFile file(m_folder.filePath(u"messages"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return {};
        file.write(messages);
        return script("cat '" + file.fileName().toUtf8() + "'\nexec cat > /dev/null\n");
    }
    std::unique_ptr<AuthorizationSession> open(WebViewAgent &agent, AnswerMode mode = AnswerMode::Query,
                                               const QUrl &redirect = QUrl(u"https://op.example/native"_s))
    {
        auto session = agent.begin(RedirectPreference::exactly(redirect), m_handler);
        if (!session)
            return {};
        AuthorizationPage page{.url = QUrl(u"https://op.example/authorize"_s), .mode = mode};
        page.belongs = [](QByteArrayView answer) { return answer.endsWith("state=right"); };
        (*session)->open(std::move(page));
        return *std::move(session);
    }

private Q_SLOTS:
    void init()
    {
        m_outcome.reset();
        m_calls = 0;
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
    }

    void handsOverTheAnswerAndTheWayThere()
    {
        WebViewAgent agent(viewThatSays(encode(Kind::Visited, "https://op.example/authorize")
                                        + encode(Kind::Visited, "https://idp.example/login")
                                        + encode(Kind::Answer, "https://op.example/native?code=a%2Fb&state=right")));
        const auto session = open(agent);
        QVERIFY(session);
        QTRY_VERIFY(m_outcome);
        QVERIFY(*m_outcome);
        QCOMPARE((*m_outcome)->parameters.reveal(), QByteArrayView("code=a%2Fb&state=right"));
        QCOMPARE(session->navigations(),
                 (QStringList{u"https://op.example/authorize"_s, u"https://idp.example/login"_s}));
    }

    //! At each sign-in: a person may have changed the look since.
    void tellsTheViewWhatToLookLike()
    {
        const auto heard = m_folder.filePath(u"heard"_s);
        QByteArray look = "dark";
        WebViewAgent agent(WebViewAgent::Settings{.program = script("exec cat > '" + heard.toUtf8() + "'\n"),
                                                  .look = [&look] { return look; }});
        const auto hears = [this, &agent, &heard](const QByteArray &message) {
            const auto session = open(agent);
            return session && QTest::qWaitFor([&heard, &message] {
                       QFile file(heard);
                       return file.open(QIODevice::ReadOnly) && file.readAll().contains(message);
                   });
        };
        QVERIFY(hears(encode(Kind::Look, "dark")));
        look = "light";
        QVERIFY(hears(encode(Kind::Look, "light")));
    }

    void believesNothingThatTheViewSays_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<ErrorCause>("cause");
        QTest::newRow("B.15 wrong state") << encode(Kind::Answer, "https://op.example/native?code=c&state=wrong")
                                          << ErrorCode::SecurityCheckFailed << ErrorCause::StateMismatch;
        QTest::newRow("another address") << encode(Kind::Answer, "https://evil.example/native?code=c&state=right")
                                         << ErrorCode::NotSupported << ErrorCause::WebViewFailed;
        QTest::newRow("no address") << encode(Kind::Answer, " ") << ErrorCode::NotSupported
                                    << ErrorCause::WebViewFailed;
        QTest::newRow("closed") << encode(Kind::Closed, {}) << ErrorCode::Cancelled << ErrorCause::WindowClosed;
        QTest::newRow("browser") << encode(Kind::BrowserRequested, {}) << ErrorCode::Cancelled
                                 << ErrorCause::BrowserRequested;
        QTest::newRow("failed") << encode(Kind::Failed, {}) << ErrorCode::NotSupported << ErrorCause::WebViewFailed;
        QTest::newRow("our own words") << encode(Kind::Start, "https://op.example/") << ErrorCode::NotSupported
                                       << ErrorCause::WebViewFailed;
        QTest::newRow("noise") << QByteArray("Hello, I am a library that prints\n") << ErrorCode::InvalidResponse
                               << ErrorCause::WebViewFailed;
        QTest::newRow("only the first outcome counts")
            << encode(Kind::Closed, {}) + encode(Kind::Answer, "https://op.example/native?code=c&state=right")
            << ErrorCode::Cancelled << ErrorCause::WindowClosed;
    }
    void believesNothingThatTheViewSays()
    {
        QFETCH(QByteArray, said);
        WebViewAgent agent(viewThatSays(said));
        const auto session = open(agent);
        QVERIFY(session);
        QTRY_VERIFY(m_outcome);
        QVERIFY(!*m_outcome);
        QTEST(m_outcome->error().code(), "code");
        QTEST(m_outcome->error().cause(), "cause");
        QTest::qWait(20);
        QCOMPARE(m_calls, 1);
    }

    //! B.11: a scheme of one's own is no proof of anything: address and state are checked as everywhere.
    void b11AnAnswerThroughACustomSchemeIsCheckedAsWell_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ErrorCause>("cause");
        QTest::newRow("B.11 right") << "com.example.app:/cb?code=c&state=right"_ba << ErrorCause::Unspecified;
        QTest::newRow("B.11 wrong state") << "com.example.app:/cb?code=c&state=wrong"_ba << ErrorCause::StateMismatch;
        QTest::newRow("B.11 another path")
            << "com.example.app:/other?code=c&state=right"_ba << ErrorCause::WebViewFailed;
        QTest::newRow("B.11 a host where none was registered")
            << "com.example.app://cb?code=c&state=right"_ba << ErrorCause::WebViewFailed;
        QTest::newRow("B.11 another scheme")
            << "com.example.evil:/cb?code=c&state=right"_ba << ErrorCause::WebViewFailed;
    }
    void b11AnAnswerThroughACustomSchemeIsCheckedAsWell()
    {
        QFETCH(QByteArray, answer);
        QFETCH(ErrorCause, cause);
        WebViewAgent agent(viewThatSays(encode(Kind::Answer, answer)));
        const auto session = open(agent, AnswerMode::Query, QUrl(u"com.example.app:/cb"_s));
        QVERIFY(session);
        QCOMPARE(session->redirectUri(), QUrl(u"com.example.app:/cb"_s));
        QTRY_VERIFY(m_outcome);
        QCOMPARE(m_outcome->hasValue(), cause == ErrorCause::Unspecified);
        if (!*m_outcome)
            QCOMPARE(m_outcome->error().cause(), cause);
        else
            QCOMPARE((*m_outcome)->parameters.reveal(), QByteArrayView("code=c&state=right"));
        QCOMPARE(m_calls, 1);
    }

    void aSessionMayOutliveItsAgent()
    {
        auto agent = std::make_unique<WebViewAgent>(
            viewThatSays(encode(Kind::Answer, "com.example.app:/cb?code=c&state=right"_ba)));
        auto session = open(*agent, AnswerMode::Query, QUrl(u"com.example.app:/cb"_s));
        QVERIFY(session);
        agent.reset();
        QTRY_VERIFY(m_outcome);
        QVERIFY(m_outcome->hasValue());
        session.reset();
        QCOMPARE(m_calls, 1);
    }

    void saysThatItEndedWithoutAnAnswer_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("exit") << "exit 0\n"_ba;
        QTest::newRow("exit with a status") << "exit 7\n"_ba;
        QTest::newRow("crash") << "kill -SEGV $$\n"_ba;
    }
    void saysThatItEndedWithoutAnAnswer()
    {
        QFETCH(QByteArray, body);
        WebViewAgent agent(script(body));
        const auto session = open(agent);
        QVERIFY(session);
        QTRY_VERIFY(m_outcome);
        QCOMPARE(m_outcome->error().cause(), ErrorCause::WebViewFailed);
    }

    void isMissingWhereItIsNotInstalled()
    {
        WebViewAgent agent(m_folder.filePath(u"missing"_s));
        const auto session = agent.begin(RedirectPreference::loopback(), m_handler);
        QVERIFY(!session);
        QCOMPARE(session.error().code(), ErrorCode::NotSupported);
        QCOMPARE(session.error().cause(), ErrorCause::WebViewMissing);
    }

    void isForbiddenAsRoot()
    {
#ifdef Q_OS_UNIX
        if (::geteuid() != 0)
            QSKIP("not root");
        qunsetenv("QTWEBENGINE_DISABLE_SANDBOX");
        WebViewAgent agent(script("exit 0\n"));
        QCOMPARE(agent.availability().error().cause(), ErrorCause::WebViewForbidden);
        QVERIFY(!agent.begin(RedirectPreference::loopback(), m_handler));
#endif
    }

    void needsADisplay()
    {
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
        const std::array<const char *, 3> names = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"};
        std::array<QByteArray, 3> before;
        for (std::size_t i = 0; i < names.size(); ++i) {
            before[i] = qgetenv(names[i]);
            qunsetenv(names[i]);
        }
        WebViewAgent agent(script("exit 0\n"));
        const auto available = agent.availability();
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!before[i].isNull())
                qputenv(names[i], before[i]);
        }
        QVERIFY(!available);
        QCOMPARE(available.error().cause(), ErrorCause::WebViewFailed);
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QVERIFY(agent.availability());
#endif
    }

    void opensNoDebuggingPortFromTheEnvironment()
    {
        const QString out = m_folder.filePath(u"environment"_s);
        qputenv("QTWEBENGINE_REMOTE_DEBUGGING", "9222");
        qputenv("QTWEBENGINE_CHROMIUM_FLAGS", "--remote-debugging-port=9222");
        WebViewAgent agent(script("env > '" + out.toUtf8() + "'\n"));
        const auto session = open(agent);
        QVERIFY(session);
        QTRY_VERIFY(m_outcome);
        qunsetenv("QTWEBENGINE_REMOTE_DEBUGGING");
        qunsetenv("QTWEBENGINE_CHROMIUM_FLAGS");
        QFile file(out);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray environment = file.readAll();
        QVERIFY(environment.contains("PATH="));
        QVERIFY(!environment.contains("9222"));
    }

    void killsTheViewWhenTheSessionDies()
    {
#ifdef Q_OS_UNIX
        const QString out = m_folder.filePath(u"pid"_s);
        WebViewAgent agent(script("echo $$ > '" + out.toUtf8() + ".new'; mv '" + out.toUtf8() + ".new' '" + out.toUtf8()
                                  + "'\nexec sleep 60\n"));
        auto session = open(agent);
        QVERIFY(session);
        QTRY_VERIFY(QFile::exists(out));
        QFile file(out);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const pid_t pid = file.readAll().trimmed().toInt();
        QCOMPARE(::kill(pid, 0), 0);
        session.reset();
        QTRY_VERIFY(::kill(pid, 0) != 0);
        QCOMPARE(m_calls, 0);
#endif
    }

    void bringsTheWindowForwardThatStaysInFrontOfItsCaller()
    {
        const QString out = m_folder.filePath(u"said"_s);
        WebViewAgent agent(script("exec cat > '" + out.toUtf8() + "'\n"));
        auto session = agent.begin(RedirectPreference::loopback(), m_handler);
        QVERIFY(session);
        AuthorizationPage page{.url = QUrl(u"https://op.example/authorize"_s), .parentWindow = 7};
        page.belongs = [](QByteArrayView) { return false; };
        (*session)->open(std::move(page));
        const auto said = [&out] {
            QFile file(out);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QTRY_VERIFY(said().endsWith("https://op.example/authorize"));
        agent.raise(8);
        QTest::qWait(50);
        QVERIFY(!said().endsWith(encode(Kind::Raise, {})));
        agent.raise(7);
        QTRY_VERIFY(said().endsWith(encode(Kind::Raise, {})));
        session->reset();
        agent.raise();
        QCOMPARE(m_calls, 0);
    }

    void cannotReadAnAnswerThatIsPosted()
    {
        WebViewAgent agent(script("exec sleep 60\n"));
        QVERIFY(!agent.receivesPosts());
        const auto session = open(agent, AnswerMode::FormPost);
        QVERIFY(session);
        QTRY_VERIFY(m_outcome);
        QCOMPARE(m_outcome->error().code(), ErrorCode::NotSupported);
    }

    void readsMessagesInPieces()
    {
        const QByteArray whole = encode(Kind::Title, "a") + encode(Kind::Start, "bc");
        QByteArray bytes;
        QByteArrayList values;
        for (const char byte : whole) {
            bytes += byte;
            auto message = takeWebViewMessage(bytes);
            QVERIFY(message);
            if (message->has_value())
                values.append((*message)->value.reveal().toByteArray());
        }
        QCOMPARE(values, (QByteArrayList{"a", "bc"}));
        QVERIFY(bytes.isEmpty());
        bytes = encode(Kind::Answer, QByteArray(maximumWebViewMessage + 1, 'x')).first(5);
        QVERIFY(!takeWebViewMessage(bytes));
    }
};

QTEST_GUILESS_MAIN(TestWebViewAgent)
#include "tst_webviewagent.moc"
