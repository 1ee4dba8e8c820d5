// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"
#include "modules.h"

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using TokenOutcome = Outcome<AuthenticationResult>;
using UserInfoOutcome = Outcome<UserInfo>;

namespace {

//! How far a client gets before it has to stop.
enum Ends : quint8 { Accepts, AtDiscovery, AtTheAnswer, AtTheIdToken, AtUserInfo, AtTheRefresh };

struct Row
{
    const char *module;
    Ends ends;
    const char *rules = ""; //!< of the security checklist
};

// oidcc-client-test-client-secret-basic and the hybrid modules are for confidential clients; RP-initiated logout has
// its own test, tst_signout.
constexpr Row rows[] = {
    {"oidcc-client-test", Accepts},
    {"oidcc-client-test-nonce-invalid", AtTheIdToken, "B.82"},
    {"oidcc-client-test-scope-userinfo-claims", Accepts},
    {"oidcc-client-test-kid-absent-single-jwks", Accepts, "B.91 B.92"},
    {"oidcc-client-test-kid-absent-multiple-jwks", Accepts, "B.91"},
    {"oidcc-client-test-missing-iat", AtTheIdToken, "B.81"},
    {"oidcc-client-test-missing-aud", AtTheIdToken, "B.75"},
    {"oidcc-client-test-invalid-aud", AtTheIdToken, "B.75"},
    {"oidcc-client-test-idtoken-sig-none", AtTheIdToken, "B.78"},
    {"oidcc-client-test-idtoken-sig-rs256", Accepts, "B.78"},
    {"oidcc-client-test-missing-sub", AtTheIdToken, "B.87"},
    {"oidcc-client-test-invalid-sig-rs256", AtTheIdToken, "B.77"},
    {"oidcc-client-test-invalid-sig-es256", AtTheIdToken, "B.77"},
    {"oidcc-client-test-invalid-sig-hs256", AtTheIdToken, "B.79"},
    {"oidcc-client-test-invalid-iss", AtTheIdToken, "B.74"},
    {"oidcc-client-test-userinfo-invalid-sub", AtUserInfo, "B.87"},
    {"oidcc-client-test-userinfo-bearer-header", Accepts, "B.21"},
    {"oidcc-client-test-invalid-athash", AtTheIdToken, "B.85"},
    {"oidcc-client-test-discovery-openid-config", Accepts},
    {"oidcc-client-test-discovery-jwks-uri-keys", Accepts},
    {"oidcc-client-test-discovery-issuer-mismatch", AtDiscovery, "B.94"},
    {"oidcc-client-test-signing-key-rotation-just-before-signing", Accepts, "B.99"},
    {"oidcc-client-test-signing-key-rotation", Accepts, "B.99"},
    {"oidcc-client-test-refresh-token", Accepts},
    {"oidcc-client-test-refresh-token-invalid-issuer", AtTheRefresh, "B.88"},
    {"oidcc-client-test-refresh-token-invalid-sub", AtTheRefresh, "B.88"},
    {"fapi2-security-profile-final-client-test-invalid-authorization-response-iss", AtTheAnswer, "B.17 B.18"},
    {"fapi2-security-profile-final-client-test-remove-authorization-response-iss", AtTheAnswer, "B.17"},
    {"fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-state-fails", AtTheAnswer,
     "B.15"},
    {"fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-missing-state-fails",
     AtTheAnswer, "B.15"},
    {"fapi2-security-profile-final-client-test-invalid-missing-nonce", AtTheIdToken, "B.82"},
    {"fapi2-security-profile-final-client-test-invalid-missing-iss", AtTheIdToken, "B.74"},
    {"fapi2-security-profile-final-client-test-invalid-missing-exp", AtTheIdToken, "B.80"},
    {"fapi2-security-profile-final-client-test-token-endpoint-response-without-expires_in", Accepts, "B.24"},
    {"fapi2-security-profile-final-client-test-token-type-case-insensitivity", Accepts, "B.25"},
};

} // namespace

//! The relying-party modules of the OpenID Foundation's conformance suite, played by the sandbox. A negative one is
//! passed when the client names the reason, stores nothing and asks the provider nothing more.
class TestModules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void module_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("ends");
        for (const auto &row : rows)
            QTest::addRow("%s %s", row.rules, row.module) << QString::fromLatin1(row.module) << int(row.ends);
    }
    void module()
    {
        QFETCH(QString, name);
        QFETCH(int, ends);
        ClientFixture f;
        QVERIFY(CountersignSandbox::applyModule(f.sandbox.context(), name));
        QCOMPARE(CountersignSandbox::moduleExpectsRejection(name), ends != Accepts);
        auto parameters = f.signIn();
        // An answer with another state ends nothing: only time does.
        if (ends == AtTheAnswer)
            parameters.timeout = 1500ms;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY(signIn.isThere());
        if (ends == AtDiscovery || ends == AtTheAnswer || ends == AtTheIdToken)
            return isRefused(f, signIn, ends);
        QVERIFY2(signIn.succeeded(), signIn.why().constData());
        goOn(f, signIn.value().account, ends);
    }

    //! oidcc-client-test-signing-key-rotation: the second set must be fetched.
    void keysThatWereRotatedAreFetchedAgain()
    {
        ClientFixture f;
        QVERIFY(CountersignSandbox::applyModule(f.sandbox.context(), u"oidcc-client-test-signing-key-rotation"));
        for (int i = 0; i < 2; ++i) {
            TokenOutcome signIn(f.client().acquireToken(f.signIn()));
            QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        }
        QCOMPARE(f.requestsTo(u"GET jwks"_s), 2);
    }

    //! B.99, B.101: a flood of unknown keys asks for the set once in five minutes.
    void unknownKeysDoNotFloodTheProvider()
    {
        ClientFixture f;
        TokenOutcome first(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(first.succeeded(), first.why().constData());
        QVERIFY(f.sandbox.hooks().set(CountersignSandbox::HookPoint::IdTokenHeader,
                                      QJsonObject{{u"set"_s, QJsonObject{{u"kid"_s, u"unknown"_s}}}}));
        f.sandbox.clearLog();
        for (int i = 0; i < 4; ++i) {
            TokenOutcome again(f.client().acquireToken(f.signIn()));
            QTRY_VERIFY(again.failed());
            QCOMPARE(again.error().cause(), ErrorCause::KeyNotFound);
        }
        QCOMPARE(f.requestsTo(u"GET jwks"_s), 1);
    }

private:
    static void isRefused(ClientFixture &f, const TokenOutcome &signIn, int ends)
    {
        QVERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::SecurityCheckFailed);
        QVERIFY(signIn.error().cause() != ErrorCause::Unspecified);
        QVERIFY(!signIn.error().message().isEmpty());
        const auto requests = f.requests();
        QTest::qWait(150);
        QCOMPARE(f.requests(), requests);
        QVERIFY(f.store.content().bytes.isEmpty());
        QCOMPARE(f.requestsTo(u"GET userinfo"_s), 0);
        QCOMPARE(f.requestsTo(u"POST token"_s), ends == AtTheIdToken ? 1 : 0);
        QCOMPARE(f.browser.opened.size(), ends == AtDiscovery ? 0 : 1);
    }
    static void goOn(ClientFixture &f, const Account &account, int ends)
    {
        auto parameters = f.silently(account);
        parameters.isRefreshForced = true;
        TokenOutcome refreshed(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY(refreshed.isThere());
        QVERIFY2(refreshed.succeeded() == (ends != AtTheRefresh), refreshed.why().constData());
        if (ends == AtTheRefresh) {
            QCOMPARE(refreshed.error().code(), ErrorCode::SecurityCheckFailed);
            QTest::qWait(150);
            QCOMPARE(f.requestsTo(u"GET userinfo"_s), 0);
            return;
        }
        UserInfoOutcome asked(f.client().userInfo(account.id));
        QTRY_VERIFY(asked.isThere());
        QVERIFY2(asked.succeeded() == (ends != AtUserInfo), asked.why().constData());
        QVERIFY(f.lastRequest(u"userinfo"_s).value(u"query"_s).toObject().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestModules)
#include "tst_modules.moc"
