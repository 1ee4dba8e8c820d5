// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <QtCore/QLoggingCategory>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;
using Kind = SignOutStep::Kind;
using StepOutcome = SignOutStep::Outcome;
using TokenOutcome = Outcome<AuthenticationResult>;
using SignOutOutcome = Outcome<SignOutReport>;

namespace {

SignOutParameters endingTheSession()
{
    SignOutParameters parameters;
    parameters.endsSession = true;
    parameters.redirect = RedirectPreference::loopback();
    return parameters;
}

QStringList logged;
void keepLog(QtMsgType, const QMessageLogContext &, const QString &text)
{
    logged.append(text);
}

StepOutcome outcomeOf(const SignOutOutcome &signOut, Kind kind)
{
    const auto *const step = signOut.value().find(kind);
    return step ? step->outcome : StepOutcome::Failed;
}

} // namespace

//! Signing out, against the sandbox.
class TestSignOut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! B.62: the refresh token is revoked first, then everything here is removed.
    void theRefreshTokenIsRevokedAndTheAccountRemoved()
    {
        SignedIn f;
        QVERIFY(f.isReady);
        const auto refreshToken = QString::fromUtf8(f.cache.snapshot().refreshTokens().front().secret().reveal());
        QSignalSpy changed(&f.client(), &PublicClient::accountsChanged);
        SignOutOutcome signOut(f.client().signOut(f.account.id));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QCOMPARE(signOut.value().steps.size(), 3);
        QCOMPARE(signOut.value().steps.at(0).kind, Kind::Revocation);
        QCOMPARE(outcomeOf(signOut, Kind::Revocation), StepOutcome::Done);
        QCOMPARE(outcomeOf(signOut, Kind::LocalRemoval), StepOutcome::Done);
        QCOMPARE(outcomeOf(signOut, Kind::EndSession), StepOutcome::NotWanted);
        QVERIFY(f.isEmpty());
        QVERIFY(!changed.isEmpty());
        QCOMPARE(f.requests(), QStringList{u"POST revoke"_s});
        const auto form = f.lastForm(u"revoke"_s);
        QCOMPARE(form.value(u"token"_s).toString(), refreshToken);
        QCOMPARE(form.value(u"token_type_hint"_s).toString(), u"refresh_token"_s);
        QCOMPARE(form.value(u"client_id"_s).toString(), u"sandbox-native"_s);
        QVERIFY(f.sandbox.context().state.refreshTokens.value(refreshToken).grant->isRevoked);
        QVERIFY(!f.stored().contains(refreshToken.toLatin1()));
        QCOMPARE(signOut.finishes, 1);
        QTRY_VERIFY(!signOut.operation);
    }

    void withoutRevocationNothingIsSent()
    {
        SignedIn f;
        SignOutOutcome signOut(f.client().signOut(f.account.id, {.revokesTokens = false}));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QCOMPARE(outcomeOf(signOut, Kind::Revocation), StepOutcome::NotWanted);
        QVERIFY(f.isEmpty());
        QVERIFY(f.requests().isEmpty());
    }

    //! B.61, B.62: the person is told that the token still works; here it is gone all the same.
    void localRemovalHappensWhateverBecomesOfTheRevocation_data()
    {
        QTest::addColumn<QJsonObject>("hook");
        QTest::addColumn<int>("code");
        QTest::newRow("B.61 busy") << QJsonObject{{u"status"_s, 503},
                                                  {u"headers"_s, QJsonObject{{u"Retry-After"_s, u"120"_s}}},
                                                  {u"body"_s, u""_s}}
                                   << int(ErrorCode::ServerUnavailable);
        QTest::newRow("B.62 no network") << QJsonObject{{u"drop"_s, u"before"_s}} << int(ErrorCode::NetworkUnavailable);
        QTest::newRow("B.26 redirected") << QJsonObject{{u"redirect"_s, u"http://127.0.0.1:9/"_s}}
                                         << int(ErrorCode::SecurityCheckFailed);
        QTest::newRow("refused") << QJsonObject{{u"status"_s, 400}, {u"body"_s, uR"({"error":"invalid_client"})"_s}}
                                 << int(ErrorCode::ServerRejected);
    }
    void localRemovalHappensWhateverBecomesOfTheRevocation()
    {
        QFETCH(QJsonObject, hook);
        QFETCH(int, code);
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::Revocation, hook));
        SignOutOutcome signOut(f.client().signOut(f.account.id));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QCOMPARE(outcomeOf(signOut, Kind::Revocation), StepOutcome::Failed);
        const auto error = signOut.value().find(Kind::Revocation)->error;
        QVERIFY(error.has_value());
        QCOMPARE(int(error->code()), code);
        if (code == int(ErrorCode::ServerUnavailable))
            QCOMPARE(error->retryAfter(), std::optional<std::chrono::seconds>(120s));
        QCOMPARE(outcomeOf(signOut, Kind::LocalRemoval), StepOutcome::Done);
        QVERIFY(f.isEmpty());
    }

    //! A new process, offline: not even the endpoints are known.
    void localRemovalHappensWhenTheProviderCannotEvenBeFound()
    {
        SignedIn f;
        f.dropClient();
        f.configuration.providerFolder.clear();
        QVERIFY(f.sandbox.hooks().set(HookPoint::Discovery, QJsonObject{{u"drop"_s, u"before"_s}}));
        SignOutOutcome signOut(f.client().signOut(f.account.id, endingTheSession()));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QCOMPARE(outcomeOf(signOut, Kind::Revocation), StepOutcome::Failed);
        QCOMPARE(outcomeOf(signOut, Kind::EndSession), StepOutcome::Failed);
        QCOMPARE(outcomeOf(signOut, Kind::LocalRemoval), StepOutcome::Done);
        QVERIFY(f.isEmpty());
        QVERIFY(f.browser.opened.isEmpty());
    }

    //! B.70.
    void aProviderWithoutTheEndpointsIsToldApart()
    {
        SignedIn f;
        f.dropClient();
        f.configuration.providerFolder.clear();
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::Discovery,
            QJsonObject{{u"remove"_s, QJsonArray{u"revocation_endpoint"_s, u"end_session_endpoint"_s}}}));
        SignOutOutcome signOut(f.client().signOut(f.account.id, endingTheSession()));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QCOMPARE(outcomeOf(signOut, Kind::Revocation), StepOutcome::NotSupported);
        QCOMPARE(outcomeOf(signOut, Kind::EndSession), StepOutcome::NotSupported);
        QVERIFY(f.isEmpty());
    }

    void aStoreThatCannotBeWrittenFailsTheWhole()
    {
        SignedIn f;
        f.sandbox.hooks().clear();
        f.store.failWith(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreFull, u"full"_s});
        SignOutOutcome signOut(f.client().signOut(f.account.id, {.revokesTokens = false}));
        QTRY_VERIFY(signOut.failed());
        QCOMPARE(signOut.error().code(), ErrorCode::StorageUnavailable);
        QVERIFY(!f.isEmpty());
    }

    //! B.67; oidcc-client-test-rp-init-logout.
    void theBrowsersSessionIsEndedLast()
    {
        SignedIn f;
        const auto idToken = QString::fromUtf8(f.cache.snapshot().idTokens().front().secret().reveal());
        SignOutOutcome signOut(f.client().signOut(f.account.id, endingTheSession()));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QCOMPARE(outcomeOf(signOut, Kind::EndSession), StepOutcome::Done);
        QCOMPARE(signOut.value().steps.last().kind, Kind::EndSession);
        QVERIFY(f.isEmpty());
        const auto query = f.lastRequest(u"end_session"_s).value(u"query"_s).toObject();
        QCOMPARE(query.value(u"id_token_hint"_s).toString(), idToken);
        QCOMPARE(query.value(u"client_id"_s).toString(), u"sandbox-native"_s);
        QVERIFY(query.value(u"post_logout_redirect_uri"_s).toString().startsWith(u"http://127.0.0.1:"_s));
        QVERIFY(query.value(u"state"_s).toString().size() >= 16);
    }

    //! B.69: the address holds the ID token; at the highest verbosity it is not logged.
    void theAddressOfASignOutIsNotLogged()
    {
        SignedIn f;
        const auto idToken = QString::fromUtf8(f.cache.snapshot().idTokens().front().secret().reveal());
        logged.clear();
        QLoggingCategory::setFilterRules(u"countersign.*=true"_s);
        const auto before = qInstallMessageHandler(&keepLog);
        SignOutOutcome signOut(f.client().signOut(f.account.id, endingTheSession()));
        const bool done = QTest::qWaitFor([&signOut] { return signOut.isThere(); });
        qInstallMessageHandler(before);
        QLoggingCategory::setFilterRules({});
        QVERIFY(done);
        QVERIFY(!logged.isEmpty());
        QVERIFY(!logged.join(u'\n').contains(idToken.right(40)));
        QVERIFY(!logged.join(u'\n').contains(u"id_token_hint"_s));
    }

    //! B.68: neither breaks anything, neither is taken for a proof.
    void aReturnWithoutTheStateIsNoProof_data()
    {
        QTest::addColumn<QJsonObject>("hook");
        QTest::newRow("B.68 oidcc-client-test-rp-init-logout-other-state")
            << QJsonObject{{u"append"_s, QJsonObject{{u"state"_s, u"1"_s}}}};
        QTest::newRow("B.68 oidcc-client-test-rp-init-logout-no-state")
            << QJsonObject{{u"remove"_s, QJsonArray{u"state"_s}}};
    }
    void aReturnWithoutTheStateIsNoProof()
    {
        QFETCH(QJsonObject, hook);
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::EndSessionResponse, hook));
        SignOutOutcome signOut(f.client().signOut(f.account.id, endingTheSession()));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QCOMPARE(outcomeOf(signOut, Kind::EndSession), StepOutcome::Failed);
        QCOMPARE(signOut.value().find(Kind::EndSession)->error->cause(), ErrorCause::StateMismatch);
        QCOMPARE(outcomeOf(signOut, Kind::LocalRemoval), StepOutcome::Done);
        QVERIFY(f.isEmpty());
    }

    void aPageThatLeadsNowhereIsHandedOver()
    {
        SignedIn f;
        SignOutParameters parameters;
        parameters.endsSession = true;
        SignOutOutcome signOut(f.client().signOut(f.account.id, parameters));
        QTRY_VERIFY2_WITH_TIMEOUT(signOut.succeeded(), signOut.why().constData(), 8000);
        QCOMPARE(outcomeOf(signOut, Kind::EndSession), StepOutcome::Done);
        const auto query = f.lastRequest(u"end_session"_s).value(u"query"_s).toObject();
        QVERIFY(query.contains(u"id_token_hint"_s));
        QVERIFY(!query.contains(u"post_logout_redirect_uri"_s));
        QVERIFY(!query.contains(u"state"_s));
    }

    void cancelWhileThePageIsOpenLeavesTheAccountRemoved()
    {
        SignedIn f;
        f.browser.isAway = true;
        auto *const operation = f.client().signOut(f.account.id, endingTheSession());
        SignOutOutcome signOut(operation);
        QTRY_COMPARE(f.browser.opened.size(), 1);
        operation->cancel();
        QCOMPARE(signOut.error().code(), ErrorCode::Cancelled);
        QVERIFY(f.isEmpty());
        // What was done can still be told.
        QCOMPARE(operation->reportSoFar().steps.size(), 2);
        QVERIFY(operation->reportSoFar().find(Kind::Revocation));
        QVERIFY(operation->reportSoFar().find(Kind::LocalRemoval));
        QVERIFY(!operation->reportSoFar().find(Kind::EndSession));
    }

    void cancelBeforeAnythingLeavesEverything()
    {
        SignedIn f;
        const auto before = f.stored();
        auto *const operation = f.client().signOut(f.account.id);
        SignOutOutcome signOut(operation);
        operation->cancel();
        QTRY_VERIFY(signOut.isThere());
        QTest::qWait(100);
        QCOMPARE(f.stored(), before);
        QVERIFY(f.requests().isEmpty());
    }

    void somebodyWhoIsNotThereIsSignedOutAlready()
    {
        SignedIn f;
        const AccountId other{{u"sandbox|nobody"_s}, f.account.id.environment};
        SignOutOutcome signOut(f.client().signOut(other));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QVERIFY(f.requests().isEmpty());
        QCOMPARE(f.cache.snapshot().accounts().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSignOut)
#include "tst_signout.moc"
