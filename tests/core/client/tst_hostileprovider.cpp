// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <countersign/cache/tokencache.h>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;

namespace {

constexpr auto patience = 400ms;
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
    //! Whoever asks for the token of \p code gets what \p hook makes of the answer.
    void spoilDevice(const DeviceCode &code, QJsonObject hook)
    {
        const auto &requests = sandbox.context().state.devices;
        for (auto request = requests.begin(); request != requests.end(); ++request) {
            if (request->userCode == code.userCode)
                hook.insert(u"when"_s, QJsonObject{{u"device_code"_s, request.key()}});
        }
        if (!sandbox.hooks().add(HookPoint::TokenResponse, hook))
            qFatal("no hook");
    }
};

//! A busy provider, and one that is not there, are asked again until then. No two are equal: those would join.
DeviceCodeParameters deviceParameters(std::size_t number)
{
    DeviceCodeParameters parameters;
    parameters.scopes = {u"openid"_s};
    parameters.timeout = 3s;
    parameters.extra = {{u"number"_s, QString::number(number)}};
    return parameters;
}

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

    //! B.22: whatever the answer was, the refresh token at hand may still be good.
    void aRefresh()
    {
        auto &f = *m_fixture;
        const auto token = f.refreshToken();
        for (const auto &mischief : mischiefs()) {
            auto &client = f.fresh();
            f.sandbox.hooks().clear();
            QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, mischief.hook));
            auto parameters = f.silently(f.account);
            parameters.isRefreshForced = true;
            Outcome<AuthenticationResult> silent(client.acquireTokenSilently(parameters));
            const auto wrong = settled(silent);
            QVERIFY2(wrong.isEmpty(), qPrintable(mischief.name + u": "_s + wrong));
            QVERIFY2(silent.failed() || silent.value().warning, qPrintable(mischief.name));
            QVERIFY2(f.refreshToken() == token, qPrintable(mischief.name));
            QVERIFY2(f.cache.snapshot().account(f.account.id), qPrintable(mischief.name));
        }
    }

    //! Members of the right names with anything in them.
    void aTokenAnswer_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("null") << QJsonValue(QJsonValue::Null);
        QTest::newRow("a list") << QJsonValue(QJsonArray{1, QJsonObject()});
        QTest::newRow("an object") << QJsonValue(QJsonObject{{u"a"_s, 1}});
        QTest::newRow("negative") << QJsonValue(-1);
        QTest::newRow("a fraction") << QJsonValue(0.5);
        QTest::newRow("huge") << QJsonValue(1e308);
        QTest::newRow("a huge integer") << QJsonValue(qint64(9007199254740993));
        QTest::newRow("empty") << QJsonValue(u""_s);
        QTest::newRow("large") << QJsonValue(QString(200 * 1024, u'x'));
        QTest::newRow("lines and a NUL") << QJsonValue(QString(u"a\r\nX-Evil: 1"_s + QChar(u'\0')));
    }
    void aTokenAnswer()
    {
        QFETCH(QJsonValue, value);
        auto &f = *m_fixture;
        auto &client = f.fresh();
        for (const auto *name : {"access_token", "token_type", "expires_in", "refresh_token", "id_token", "scope",
                                 "refresh_in", "client_info", "authorization_details"}) {
            const QJsonObject members{{QString::fromLatin1(name), value}};
            QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"set"_s, members}}));
            Outcome<AuthenticationResult> signIn(client.acquireToken(f.signIn()));
            const auto wrong = settled(signIn);
            QVERIFY2(wrong.isEmpty(), qPrintable(QString::fromLatin1(name) + u": "_s + wrong));
        }
        f.sandbox.hooks().clear();
        // Whatever was accepted and kept must not be in the way of the next sign-in, nor of a new process.
        QVERIFY(TokenCache::deserialize(f.stored()));
        Outcome<AuthenticationResult> again(client.acquireToken(f.signIn()));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
        QVERIFY(again.value().expiresAt > f.clock.now().addSecs(60));
        QVERIFY(again.value().expiresAt < f.clock.now().addDays(366));
    }

    void aRequestForADeviceCode()
    {
        auto &f = *m_fixture;
        for (const auto &mischief : mischiefs()) {
            auto &client = f.fresh();
            f.sandbox.hooks().clear();
            QVERIFY(f.sandbox.hooks().set(HookPoint::DeviceAuthorization, mischief.hook));
            Outcome<AuthenticationResult> device(client.acquireTokenByDeviceCode(deviceParameters(0)));
            const auto wrong = settled(device);
            QVERIFY2(wrong.isEmpty(), qPrintable(mischief.name + u": "_s + wrong));
            QVERIFY2(device.failed(), qPrintable(mischief.name));
        }
    }

    //! All at once: everybody has to wait before they may ask.
    void aQuestionForTheTokenOfADevice()
    {
        auto &f = *m_fixture;
        auto &client = f.fresh();
        f.sandbox.hooks().clear();
        QVERIFY(f.sandbox.hooks().set(HookPoint::DeviceAuthorization,
                                      QJsonObject{{u"set"_s, QJsonObject{{u"interval"_s, 1}}}}));
        const auto all = mischiefs();
        std::vector<std::unique_ptr<Outcome<AuthenticationResult>>> outcomes;
        for (const auto &mischief : all) {
            auto *operation = client.acquireTokenByDeviceCode(deviceParameters(outcomes.size()));
            QObject::connect(operation, &DeviceCodeOperation::codeReady, operation,
                             [&f, hook = mischief.hook](const DeviceCode &code) { f.spoilDevice(code, hook); });
            outcomes.push_back(std::make_unique<Outcome<AuthenticationResult>>(operation));
        }
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            const auto &name = all.at(qsizetype(i)).name;
            const auto wrong = settled(*outcomes[i]);
            QVERIFY2(wrong.isEmpty(), qPrintable(name + u": "_s + wrong));
            QVERIFY2(outcomes[i]->failed(), qPrintable(name));
        }
        QVERIFY(f.requestsTo(u"POST token"_s) >= all.size());
    }

    //! B.62: the account is gone here whatever the provider does.
    void aSignOut()
    {
        for (const auto &mischief : mischiefs()) {
            auto &f = *m_fixture;
            f.sandbox.hooks().clear();
            Outcome<AuthenticationResult> signIn(f.fresh().acquireToken(f.signIn()));
            QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
            QVERIFY(f.sandbox.hooks().set(HookPoint::Revocation, mischief.hook));
            Outcome<SignOutReport> out(f.client().signOut(signIn.value().account.id));
            const auto wrong = settled(out);
            QVERIFY2(wrong.isEmpty(), qPrintable(mischief.name + u": "_s + wrong));
            QVERIFY2(out.succeeded(), qPrintable(mischief.name + u": "_s + QString::fromUtf8(out.why())));
            const auto *revocation = out.value().find(SignOutStep::Kind::Revocation);
            QVERIFY(revocation);
            // RFC 7009 §2.2: the body of a 200 means nothing.
            if (mischief.hook.value(u"status"_s).toInt() >= 300 || mischief.hook.contains(u"drop"_s)
                || mischief.hook.contains(u"delayMs"_s) || mischief.hook.contains(u"redirect"_s))
                QVERIFY2(revocation->outcome == SignOutStep::Outcome::Failed, qPrintable(mischief.name));
            QVERIFY(f.isEmpty());
        }
    }

    void aQuestion_data()
    {
        QTest::addColumn<int>("point");
        QTest::newRow("userinfo") << int(HookPoint::UserInfo);
        QTest::newRow("introspection") << int(HookPoint::Introspection);
        QTest::newRow("resource metadata") << int(HookPoint::ResourceMetadata);
    }
    void aQuestion()
    {
        QFETCH(int, point);
        auto &f = *m_fixture;
        f.sandbox.hooks().clear();
        Outcome<AuthenticationResult> signIn(f.fresh().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto &account = signIn.value().account;
        for (const auto &mischief : mischiefs()) {
            auto &client = f.fresh();
            f.sandbox.hooks().clear();
            QVERIFY(f.sandbox.hooks().set(HookPoint(point), mischief.hook));
            QString wrong;
            bool isRefused = false;
            if (HookPoint(point) == HookPoint::UserInfo) {
                Outcome<UserInfo> asked(client.userInfo(account.id));
                wrong = settled(asked);
                isRefused = asked.failed();
            } else if (HookPoint(point) == HookPoint::Introspection) {
                Outcome<Introspection> asked(client.introspect({.token = signIn.value().accessToken.clone(),
                                                                .typeHint = {},
                                                                .authority = {},
                                                                .confirmedHost = {}}));
                wrong = settled(asked);
                isRefused = asked.failed();
            } else {
                Outcome<ResourceMetadata> asked(client.resourceMetadata(
                    {.resource = QUrl(QString(f.sandbox.issuer() + u"/api"_s)), .challenge = {}}));
                wrong = settled(asked);
                isRefused = asked.failed();
            }
            QVERIFY2(wrong.isEmpty(), qPrintable(mischief.name + u": "_s + wrong));
            QVERIFY2(isRefused, qPrintable(mischief.name));
        }
        QVERIFY(f.refreshToken().size() > 0);
    }

private:
    std::unique_ptr<HostileFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestHostileProvider)
#include "tst_hostileprovider.moc"
