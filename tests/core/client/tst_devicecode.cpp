// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <QtCore/QLoggingCategory>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;
using Stage = Operation::Stage;
using TokenOutcome = Outcome<AuthenticationResult>;

namespace {

//! A sandbox that waits for its person and wants to be asked every second.
CountersignSandbox::Settings patient()
{
    return {.deviceInterval = 1};
}

DeviceCodeParameters parameters()
{
    DeviceCodeParameters asked;
    asked.scopes = {u"openid"_s, u"profile"_s, u"offline_access"_s};
    return asked;
}

//! The device sign-in that \p fixture's client makes, and the codes it showed.
struct DeviceSignIn
{
    explicit DeviceSignIn(ClientFixture &fixture, DeviceCodeParameters asked = parameters())
        : operation(fixture.client().acquireTokenByDeviceCode(std::move(asked))), outcome(operation)
    {
        QObject::connect(operation, &DeviceCodeOperation::codeReady, operation,
                         [this](const DeviceCode &code) { codes.append(code); });
    }
    QPointer<DeviceCodeOperation> operation;
    TokenOutcome outcome;
    QList<DeviceCode> codes;
};

//! What the person does with the code.
void decide(ClientFixture &fixture, const DeviceCode &code, CountersignSandbox::DeviceRequest::Status status)
{
    auto *const device = fixture.sandbox.context().state.deviceByUserCode(code.userCode);
    QVERIFY(device);
    device->status = status;
    device->subject = u"sandbox|7c1e2a90-ada"_s;
    device->authenticatedAt = fixture.sandbox.context().now();
}

QStringList logged;
void keepLog(QtMsgType, const QMessageLogContext &, const QString &text)
{
    logged.append(text);
}

} // namespace

//! Sign-ins on another device, against the sandbox.
class TestDeviceCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! c.7.10: see TestInteractive.
    void theStoreIsMadeReadyBeforeACodeIsShown()
    {
        ClientFixture f;
        AskingStore store;
        PersistentTokenCache cache(store);
        auto made = PublicClient::create(
            f.configuration, {.http = *f.http, .cache = cache, .agent = f.agent, .clock = f.clock, .random = f.random});
        QVERIFY(made);
        TokenOutcome signIn((*made)->acquireTokenByDeviceCode(parameters()));
        QTRY_VERIFY(store.answer);
        QVERIFY(f.requests().isEmpty());
        store.answer(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreDenied, u"no"_s});
        QTRY_VERIFY(signIn.failed());
        QVERIFY(f.requests().isEmpty());
    }

    void aCodeIsShownAndSomebodySignsIn()
    {
        ClientFixture f({.approve = u"ada"_s, .deviceInterval = 1});
        DeviceSignIn signIn(f);
        QTRY_COMPARE(signIn.codes.size(), 1);
        const auto code = signIn.codes.first();
        QVERIFY(!code.userCode.isEmpty());
        QCOMPARE(code.verificationUri, QUrl(f.sandbox.issuer() + u"/device"_s));
        QVERIFY(code.verificationUriComplete.has_value());
        QCOMPARE(code.interval, 1s);
        QVERIFY(code.expiresAt > f.clock.now());
        QTRY_VERIFY2(signIn.outcome.succeeded(), signIn.outcome.why().constData());
        const auto &token = signIn.outcome.value();
        QCOMPARE(token.account.username, u"ada@countersign.example"_s);
        QCOMPARE(token.account.source, u"urn:ietf:params:oauth:grant-type:device_code"_s);
        QVERIFY(token.idToken.has_value());
        QCOMPARE(signIn.codes.size(), 1);
        QCOMPARE(signIn.outcome.stages,
                 (QList{Stage::OpeningStore, Stage::Discovering, Stage::WaitingForPerson, Stage::Validating,
                        Stage::Saving, Stage::Done}));
        QCOMPARE(f.recorder.purposes(),
                 (QStringList{u"device_authorization"_s, u"discovery"_s, u"keys"_s, u"token"_s}));
        QCOMPARE(f.cache.snapshot().accounts().size(), 1);
        QVERIFY(!f.store.content().bytes.isEmpty());
        QVERIFY(f.browser.opened.isEmpty());
    }

    void thePersonIsWaitedFor()
    {
        ClientFixture f(patient());
        DeviceSignIn signIn(f);
        QTRY_COMPARE(signIn.codes.size(), 1);
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
        QVERIFY(!signIn.outcome.isThere());
        decide(f, signIn.codes.first(), CountersignSandbox::DeviceRequest::Status::Approved);
        QTRY_VERIFY2(signIn.outcome.succeeded(), signIn.outcome.why().constData());
        QCOMPARE(f.requestsTo(u"POST token"_s), 2);
    }

    void thePersonSaysNo()
    {
        ClientFixture f(patient());
        DeviceSignIn signIn(f);
        QTRY_COMPARE(signIn.codes.size(), 1);
        decide(f, signIn.codes.first(), CountersignSandbox::DeviceRequest::Status::Denied);
        QTRY_VERIFY(signIn.outcome.failed());
        QCOMPARE(signIn.outcome.error().code(), ErrorCode::AccessDenied);
        QCOMPARE(signIn.outcome.error().oauth().error, u"access_denied"_s);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! C30, B.37: not the stale authorization_pending.
    void aCodeThatNobodyUsesExpires()
    {
        ClientFixture f({.deviceCodeLifetime = 2s, .deviceInterval = 1});
        DeviceSignIn signIn(f);
        QTRY_VERIFY(signIn.outcome.failed());
        QCOMPARE(signIn.outcome.error().code(), ErrorCode::TimedOut);
        QCOMPARE(signIn.outcome.error().cause(), ErrorCause::CodeExpired);
        QCOMPARE(signIn.outcome.error().oauth().error, u"expired_token"_s);
        QVERIFY(f.store.content().bytes.isEmpty());
        const auto asked = f.requestsTo(u"POST token"_s);
        QVERIFY(asked <= 2);
        QTest::qWait(1200);
        QCOMPARE(f.requestsTo(u"POST token"_s), asked);
    }

    void aShorterPatienceIsRespected()
    {
        ClientFixture f({.deviceInterval = 60});
        auto asked = parameters();
        asked.timeout = 300ms;
        DeviceSignIn signIn(f, asked);
        QTRY_VERIFY(signIn.outcome.failed());
        QCOMPARE(signIn.outcome.error().code(), ErrorCode::TimedOut);
        QCOMPARE(signIn.outcome.error().cause(), ErrorCause::Unspecified);
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
    }

    //! B.38.
    void aConnectionThatBreaksIsMadeAgain()
    {
        ClientFixture f(patient());
        QVERIFY(
            f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"drop"_s, u"before"_s}, {u"times"_s, 1}}));
        DeviceSignIn signIn(f);
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
        decide(f, signIn.codes.first(), CountersignSandbox::DeviceRequest::Status::Approved);
        QTRY_VERIFY2_WITH_TIMEOUT(signIn.outcome.succeeded(), signIn.outcome.why().constData(), 10000);
        QCOMPARE(f.requestsTo(u"POST token"_s), 2);
    }

    //! B.35: a second poll before its time would be answered with slow_down.
    void nobodyIsAskedSoonerThanTheyWant()
    {
        ClientFixture f(patient());
        DeviceSignIn signIn(f);
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 3);
        QStringList errors;
        for (const auto &record : std::as_const(f.recorder.records)) {
            if (record.purpose == HttpPurpose::Token)
                errors.append(record.oauthError);
        }
        QVERIFY(!errors.contains(u"slow_down"_s));
        QVERIFY(errors.contains(u"authorization_pending"_s));
    }

    void theCodeIsAskedForWithScopesResourceAndClaims()
    {
        ClientFixture f({.approve = u"ada"_s, .deviceInterval = 1});
        auto asked = parameters();
        asked.resources = {u"https://api.example/"_s};
        asked.claimsChallenge = uR"({"access_token":{"nbf":{"essential":true}}})"_s;
        asked.extra = {{u"audience"_s, u"x"_s}};
        DeviceSignIn signIn(f, asked);
        QTRY_VERIFY2(signIn.outcome.succeeded(), signIn.outcome.why().constData());
        const auto start = f.lastForm(u"device_authorization"_s);
        QCOMPARE(start.value(u"client_id"_s).toString(), u"sandbox-native"_s);
        QCOMPARE(start.value(u"scope"_s).toString(), u"offline_access openid profile"_s);
        QCOMPARE(start.value(u"resource"_s).toString(), u"https://api.example/"_s);
        QCOMPARE(start.value(u"audience"_s).toString(), u"x"_s);
        const auto poll = f.lastForm(u"token"_s);
        QCOMPARE(poll.value(u"grant_type"_s).toString(), u"urn:ietf:params:oauth:grant-type:device_code"_s);
        QVERIFY(poll.contains(u"device_code"_s));
        QVERIFY(!poll.contains(u"code"_s)); // C30: twice at Microsoft only
        QVERIFY(poll.contains(u"claims"_s));
    }

    //! B.33: also where the member is empty. An extra one would be cached as a plain token.
    void theProtectionsCannotBeReplaced_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto *const name : {"authorization_details", "client_id", "scope", "claims"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void theProtectionsCannotBeReplaced()
    {
        QFETCH(const QString, name);
        ClientFixture f({.approve = u"ada"_s, .deviceInterval = 1});
        auto asked = parameters();
        asked.extra = {{name, uR"([{"type":"sandbox_payment"}])"_s}};
        DeviceSignIn signIn(f, asked);
        QTRY_VERIFY(signIn.outcome.failed());
        QCOMPARE(signIn.outcome.error().code(), ErrorCode::InvalidArgument);
        QCOMPARE(f.requestsTo(u"POST device_authorization"_s), 0);
    }

    void whatCannotWorkIsSaidBeforeACodeIsShown_data()
    {
        QTest::addColumn<int>("point");
        QTest::addColumn<QJsonObject>("hook");
        QTest::addColumn<int>("code");
        QTest::newRow("no endpoint") << int(HookPoint::Discovery)
                                     << QJsonObject{{u"remove"_s, QJsonArray{u"device_authorization_endpoint"_s}}}
                                     << int(ErrorCode::NotSupported);
        QTest::newRow("B.26 redirected") << int(HookPoint::DeviceAuthorization)
                                         << QJsonObject{{u"redirect"_s, u"http://127.0.0.1:9/"_s}}
                                         << int(ErrorCode::SecurityCheckFailed);
        QTest::newRow("refused") << int(HookPoint::DeviceAuthorization)
                                 << QJsonObject{{u"status"_s, 401}, {u"body"_s, uR"({"error":"invalid_client"})"_s}}
                                 << int(ErrorCode::ServerRejected);
        QTest::newRow("address elsewhere")
            << int(HookPoint::DeviceAuthorization)
            << QJsonObject{{u"set"_s, QJsonObject{{u"verification_uri"_s, u"http://evil.example/"_s}}}}
            << int(ErrorCode::InvalidResponse);
        QTest::newRow("cut off") << int(HookPoint::DeviceAuthorization) << QJsonObject{{u"drop"_s, u"midway"_s}}
                                 << int(ErrorCode::NetworkUnavailable);
    }
    void whatCannotWorkIsSaidBeforeACodeIsShown()
    {
        QFETCH(int, point);
        QFETCH(QJsonObject, hook);
        QFETCH(int, code);
        ClientFixture f(patient());
        QVERIFY(f.sandbox.hooks().set(HookPoint(point), hook));
        DeviceSignIn signIn(f);
        QTRY_VERIFY(signIn.outcome.failed());
        QVERIFY2(int(signIn.outcome.error().code()) == code, signIn.outcome.why().constData());
        QVERIFY(signIn.codes.isEmpty());
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! B.39: the address with the code in it is dropped when it leads elsewhere.
    void aCompleteAddressElsewhereIsNotOffered()
    {
        ClientFixture f(patient());
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::DeviceAuthorization,
            QJsonObject{{u"set"_s, QJsonObject{{u"verification_uri_complete"_s, u"https://evil.example/d"_s}}}}));
        DeviceSignIn signIn(f);
        QTRY_COMPARE(signIn.codes.size(), 1);
        QVERIFY(!signIn.codes.first().verificationUriComplete.has_value());
    }

    void aForgedIdTokenIsRefusedAndNothingIsStored()
    {
        ClientFixture f({.approve = u"ada"_s, .deviceInterval = 1});
        QVERIFY(f.sandbox.hooks().set(HookPoint::IdTokenSignature, QJsonObject{{u"signature"_s, u"xor"_s}}));
        DeviceSignIn signIn(f);
        QTRY_VERIFY(signIn.outcome.failed());
        QCOMPARE(signIn.outcome.error().cause(), ErrorCause::SignatureInvalid);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! C26: openid was asked for.
    void aMissingIdTokenIsRefused()
    {
        ClientFixture f({.approve = u"ada"_s, .deviceInterval = 1});
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"remove"_s, QJsonArray{u"id_token"_s}}}));
        DeviceSignIn signIn(f);
        QTRY_VERIFY(signIn.outcome.failed());
        QCOMPARE(signIn.outcome.error().code(), ErrorCode::SecurityCheckFailed);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! B.40, and Operation contract 4.
    void cancelStopsTheQuestionsAtOnce_data()
    {
        QTest::addColumn<int>("stage");
        for (const auto stage : {Stage::Starting, Stage::OpeningStore, Stage::Discovering, Stage::WaitingForPerson,
                                 Stage::Validating, Stage::Saving})
            QTest::addRow("B.40 %s", QMetaEnum::fromType<Stage>().valueToKey(int(stage))) << int(stage);
    }
    void cancelStopsTheQuestionsAtOnce()
    {
        QFETCH(int, stage);
        ClientFixture f({.approve = u"ada"_s, .deviceInterval = 1});
        DeviceSignIn signIn(f);
        auto *const operation = signIn.operation.data();
        if (stage == int(Stage::Starting))
            operation->cancel();
        QObject::connect(operation, &Operation::stageChanged, operation, [operation, stage](Stage now) {
            if (int(now) == stage)
                operation->cancel();
        });
        QTRY_VERIFY(signIn.outcome.isThere());
        QCOMPARE(signIn.outcome.error().code(), ErrorCode::Cancelled);
        const auto asked = f.requests();
        QTest::qWait(1200);
        QCOMPARE(signIn.outcome.finishes, 1);
        QCOMPARE(f.requests(), asked);
        QVERIFY(f.store.content().bytes.isEmpty());
        QVERIFY(f.client().findChildren<Operation *>().isEmpty());
    }

    void cancelBetweenTwoQuestionsAsksNoMore()
    {
        ClientFixture f(patient());
        DeviceSignIn signIn(f);
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
        signIn.operation->cancel();
        QCOMPARE(signIn.outcome.error().code(), ErrorCode::Cancelled);
        QTest::qWait(1300);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
    }

    void deletingTheClientEndsIt()
    {
        ClientFixture f(patient());
        DeviceSignIn signIn(f);
        QTRY_COMPARE(signIn.codes.size(), 1);
        f.dropClient();
        QVERIFY(!signIn.operation);
        QVERIFY(!signIn.outcome.isThere());
        QTest::qWait(1200);
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
    }

    //! Issue 4 "Must hold": two sign-ins for the same request join.
    void twoEqualSignInsShowOneCode()
    {
        ClientFixture f({.approve = u"ada"_s, .deviceInterval = 1});
        DeviceSignIn first(f);
        QTRY_COMPARE(first.codes.size(), 1);
        DeviceSignIn second(f);
        QTRY_COMPARE(second.codes.size(), 1);
        QCOMPARE(first.codes.first().userCode, second.codes.first().userCode);
        QTRY_VERIFY2(first.outcome.succeeded(), first.outcome.why().constData());
        QTRY_VERIFY2(second.outcome.succeeded(), second.outcome.why().constData());
        QCOMPARE(f.requestsTo(u"POST device_authorization"_s), 1);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
    }

    //! B.40: at the highest verbosity.
    void theDeviceCodeIsNeverLogged()
    {
        ClientFixture f({.approve = u"ada"_s, .deviceInterval = 1});
        logged.clear();
        QLoggingCategory::setFilterRules(u"countersign.*=true"_s);
        const auto before = qInstallMessageHandler(&keepLog);
        DeviceSignIn signIn(f);
        const bool done = QTest::qWaitFor([&signIn] { return signIn.outcome.isThere(); });
        qInstallMessageHandler(before);
        QLoggingCategory::setFilterRules({});
        QVERIFY(done);
        QVERIFY2(signIn.outcome.succeeded(), signIn.outcome.why().constData());
        QVERIFY(!logged.isEmpty());
        const auto form = f.lastForm(u"token"_s);
        const auto deviceCode = form.value(u"device_code"_s).toString();
        QVERIFY(!deviceCode.isEmpty());
        const auto text = logged.join(u'\n');
        QVERIFY(!text.contains(deviceCode));
        QVERIFY(!text.contains(signIn.codes.first().userCode));
        QVERIFY(!text.contains(QString::fromUtf8(signIn.outcome.value().accessToken.reveal())));
    }
};

QTEST_GUILESS_MAIN(TestDeviceCode)
#include "tst_devicecode.moc"
