// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/pastebackagent.h>

using namespace Countersign;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

AuthorizationPage pageFor(AnswerMode mode = AnswerMode::Query, std::chrono::milliseconds timeout = 1min)
{
    AuthorizationPage page{.url = QUrl(u"https://op.example/authorize?state=s"_s), .mode = mode, .timeout = timeout};
    page.belongs = [](QByteArrayView answer) { return answer.endsWith("state=s"); };
    return page;
}

} // namespace

class TestPasteBackAgent : public QObject
{
    Q_OBJECT

    std::optional<Result<RedirectAnswer>> m_outcome;
    AuthorizationAgent::Handler m_handler = [this](Result<RedirectAnswer> result) {
        m_outcome.emplace(std::move(result));
    };

private Q_SLOTS:
    void init() { m_outcome.reset(); }

    void handsOverWhatWasPastedIfItBelongs()
    {
        QUrl shown;
        PasteBackAgent agent([&shown](const QUrl &url) { shown = url; });
        auto session = agent.begin(RedirectPreference::loopback(), m_handler);
        QVERIFY(session);
        (*session)->open(pageFor());
        QCOMPARE(shown, pageFor().url);

        const QByteArray address = (*session)->redirectUri().toEncoded();
        QCOMPARE(agent.paste(QByteArray(address + "?code=c&state=other")).error().cause(), ErrorCause::StateMismatch);
        QCOMPARE(agent.paste("https://evil.example/?code=c&state=s").error().code(), ErrorCode::InvalidArgument);
        QVERIFY(agent.paste(QByteArray(address + "?code=c&state=s")));
        QVERIFY(!m_outcome); // never from within
        QTRY_VERIFY(m_outcome);
        QVERIFY(*m_outcome);
        QCOMPARE((*m_outcome)->parameters.reveal(), QByteArrayView("code=c&state=s"));
        QVERIFY(!agent.paste(QByteArray(address + "?code=c&state=s"))); // single use
    }

    void sharesTheDeadlineOfEverySession()
    {
        PasteBackAgent agent(nullptr);
        auto session = agent.begin(RedirectPreference::exactly(QUrl(u"urn:ietf:wg:oauth:2.0:oob"_s)), m_handler);
        QVERIFY(session);
        (*session)->open(pageFor(AnswerMode::Query, 20ms));
        QTRY_VERIFY(m_outcome);
        QCOMPARE(m_outcome->error().code(), ErrorCode::TimedOut);
    }

    void deletionSilencesAnAnswerOnItsWay()
    {
        PasteBackAgent agent(nullptr);
        auto session = agent.begin(RedirectPreference::loopback(), m_handler);
        QVERIFY(session);
        (*session)->open(pageFor());
        QVERIFY(agent.paste("?code=c&state=s"));
        session->reset();
        QTest::qWait(20);
        QVERIFY(!m_outcome);
        QVERIFY(!agent.paste("?code=c&state=s"));
    }

    void cannotReadAnAnswerThatIsPosted()
    {
        PasteBackAgent agent(nullptr);
        QVERIFY(!agent.receivesPosts());
        auto session = agent.begin(RedirectPreference::loopback(), m_handler);
        QVERIFY(session);
        (*session)->open(pageFor(AnswerMode::FormPost));
        QTRY_VERIFY(m_outcome);
        QCOMPARE(m_outcome->error().code(), ErrorCode::NotSupported);
    }
};

QTEST_GUILESS_MAIN(TestPasteBackAgent)
#include "tst_pastebackagent.moc"
