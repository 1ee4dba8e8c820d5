// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;

namespace {

constexpr auto patience = 600ms;
const QString canary = u"canary-5a1f"_s;

struct Mischief
{
    QString name;
    QJsonObject hook;
};

Mischief body(const QString &name, const QString &text, const QJsonObject &more = {})
{
    QJsonObject hook{{u"body"_s, text}};
    for (auto member = more.begin(); member != more.end(); ++member)
        hook.insert(member.key(), member.value());
    return {name, hook};
}

Mischief status(int number, const QJsonObject &more = {})
{
    QJsonObject hook{{u"status"_s, number}};
    for (auto member = more.begin(); member != more.end(); ++member)
        hook.insert(member.key(), member.value());
    return {u"%1"_s.arg(number), hook};
}

//! Whatever an endpoint can answer instead of what it should, for any endpoint that answers in JSON.
QList<Mischief> mischiefs()
{
    const QJsonObject page{{u"contentType"_s, u"text/html"_s}};
    QList<Mischief> all{
        body(u"nothing"_s, {}),
        body(u"garbage"_s, QString(u"}{"_s + canary)),
        body(u"a page"_s, QString(u"<html>"_s + canary), page),
        body(u"a number"_s, u"5"_s),
        body(u"null"_s, u"null"_s),
        body(u"a list"_s, u"[\"%1\"]"_s.arg(canary)),
        body(u"an empty object"_s, u"{}"_s),
        body(u"half an object"_s, u"{\"%1\":"_s.arg(canary)),
        body(u"two objects"_s, u"{}{}"_s),
        body(u"a member twice"_s, u"{\"a\":1,\"a\":\"%1\"}"_s.arg(canary)),
        body(u"a NUL"_s, QString(u"{\"a\":\"x"_s + QChar(u'\0') + u"\"}"_s)),
        body(u"a byte order mark"_s, QString(QChar(u'\xfeff') + u"{}"_s)),
        body(u"half a surrogate"_s, u"{\"a\":\"\\ud800\"}"_s),
        body(u"too deep"_s, QString(100000, u'[')),
        body(u"too large"_s, u"{\"a\":\"%1\"}"_s.arg(QString(2 * 1024 * 1024, u'x'))),
        status(204, {{u"body"_s, u""_s}}),
        status(304, {{u"body"_s, u""_s}}),
        status(302, {{u"headers"_s, QJsonObject{{u"Location"_s, u"http://127.0.0.1:9/"_s}}}}),
        {u"a redirect with the request"_s, {{u"redirect"_s, u"http://127.0.0.1:9/"_s}}},
        status(400, {{u"body"_s, QString(u"not JSON "_s + canary)}}),
        status(400, {{u"body"_s, u"{\"error\":5}"_s}}),
        status(400, {{u"body"_s, u"{\"error\":\"%1\"}"_s.arg(QString(100000, u'e'))}}),
        status(400, {{u"body"_s, u"{\"error\":\"a\\r\\nb\",\"error_description\":{}}"_s}}),
        status(401, {{u"body"_s, u""_s}, {u"headers"_s, QJsonObject{{u"WWW-Authenticate"_s, u"Bearer \"\\"_s}}}}),
        status(404, page),
        status(429, {{u"headers"_s, QJsonObject{{u"Retry-After"_s, u"99999999999999999999"_s}}}}),
        status(500, {{u"body"_s, canary}}),
        status(503, {{u"headers"_s, QJsonObject{{u"Retry-After"_s, u"-1"_s}}}}),
        status(599, {}),
        {u"silence"_s, {{u"delayMs"_s, 5000}}},
        {u"a lost connection"_s, {{u"drop"_s, u"before"_s}}},
        {u"half an answer"_s, {{u"drop"_s, u"midway"_s}}},
    };
    return all;
}

//! Whether the outcome of one call is one that a caller can do something with: in time, once, without foreign text.
template <typename T> QString judged(const Outcome<T> &outcome)
{
    if (!outcome.isThere())
        return u"has no outcome"_s;
    if (outcome.finishes != 1)
        return u"finished %1 times"_s.arg(outcome.finishes);
    if (outcome.succeeded())
        return {};
    const auto &error = outcome.error();
    // Neither did the caller anything wrong, nor did anybody cancel, nor is the store to blame.
    if (error.code() == ErrorCode::InvalidArgument || error.code() == ErrorCode::Cancelled
        || error.code() == ErrorCode::StorageDamaged || error.code() == ErrorCode::StorageUnavailable)
        return u"blames somebody else: %1 %2"_s.arg(int(error.code())).arg(error.message());
    if (error.message().contains(canary) || error.message().size() > 1000)
        return u"quotes the answer: "_s + error.message().left(200);
    if (error.message().contains(u'\n') || error.message().contains(u'\r') || error.message().contains(u'\0'))
        return u"carries control characters"_s;
    return {};
}

//! Waits for \p outcome and judges it.
template <typename T> QString settled(const Outcome<T> &outcome)
{
    if (!QTest::qWaitFor([&outcome] { return outcome.isThere(); }, 20000))
        return u"hangs"_s;
    return judged(outcome);
}

struct HostileFixture : SignedIn
{
    HostileFixture() : SignedIn({}, signIn()) { }

    //! A client that knows nothing of the provider yet, and is soon tired of it.
    PublicClient &fresh()
    {
        dropClient();
        configuration.providerFolder.clear();
        configuration.requestTimeout = patience;
        configuration.throttling.isEnabled = false;
        return client();
    }
};

} // namespace

//! A provider that answers anything at all, at any endpoint: every call ends once and in time, says what happened in
//! its own words, and leaves what is stored as good as it was.
class TestHostileProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<HostileFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void aSignIn_data()
    {
        QTest::addColumn<int>("point");
        QTest::newRow("discovery") << int(HookPoint::Discovery);
        QTest::newRow("keys") << int(HookPoint::Jwks);
        QTest::newRow("pushed request") << int(HookPoint::PushedAuthorization);
        QTest::newRow("token") << int(HookPoint::TokenResponse);
    }
    void aSignIn()
    {
        QFETCH(int, point);
        auto &f = *m_fixture;
        const auto before = f.stored();
        for (const auto &mischief : mischiefs()) {
            auto &client = f.fresh();
            f.sandbox.hooks().clear();
            QVERIFY(f.sandbox.hooks().set(HookPoint(point), mischief.hook));
            auto parameters = f.signIn();
            parameters.timeout = 2s;
            if (HookPoint(point) == HookPoint::PushedAuthorization)
                parameters.pushedRequests = PushedRequests::WhenPossible;
            Outcome<AuthenticationResult> signIn(client.acquireToken(parameters));
            const auto wrong = settled(signIn);
            QVERIFY2(wrong.isEmpty(), qPrintable(mischief.name + u": "_s + wrong));
            QVERIFY2(signIn.failed(), qPrintable(mischief.name));
            QVERIFY2(f.stored() == before, qPrintable(mischief.name));
        }
    }

private:
    std::unique_ptr<HostileFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestHostileProvider)
#include "tst_hostileprovider.moc"
