// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <countersign/useragent/pastebackagent.h>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;

namespace {

//! Does something once, when it is told of an exchange.
class ActingObserver final : public ExchangeObserver
{
public:
    void exchangeStarted(const ExchangeRecord &record) override
    {
        started.append(record.number);
        if (record.purpose == purpose && !isAtTheEnd)
            act();
    }
    void exchangeFinished(const ExchangeRecord &record) override
    {
        finished.append(record.number);
        if (record.purpose == purpose && isAtTheEnd)
            act();
    }
    void act()
    {
        if (const auto action = std::exchange(doing, nullptr))
            action();
    }

    HttpPurpose purpose = HttpPurpose::Token;
    bool isAtTheEnd = false;
    std::function<void()> doing;
    QList<quint64> started;
    QList<quint64> finished;
};

//! Does something instead of opening a page.
class ActingLauncher final : public BrowserLauncher
{
public:
    void launch(const QUrl &, QObject *, FailureHandler handler) override
    {
        if (fails)
            return handler(Error{ErrorCode::NotSupported, ErrorCause::BrowserNotOpened, u"none"_s});
        if (doing)
            doing();
    }
    std::function<void()> doing;
    bool fails = false;
};

//! What somebody does who is called back.
const QStringList actions{u"cancel"_s, u"delete"_s, u"drop the client"_s};

void addActions()
{
    QTest::addColumn<QString>("what");
    for (const auto &action : actions)
        QTest::newRow(qPrintable(action)) << action;
}

//! Does \p what to \p operation, of which nothing more may be heard then than its end.
void leave(const QString &what, ClientFixture &f, QPointer<TokenOperation> operation)
{
    if (what == u"cancel")
        operation->cancel();
    else if (what == u"delete")
        delete operation;
    else
        f.dropClient();
}

} // namespace

//! Whoever is called back may end the operation, delete it, or take the client away, right there.
class TestDepartures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anObserverMayLeave_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("purpose");
        QTest::addColumn<bool>("isAtTheEnd");
        for (const auto &action : actions) {
            for (const auto purpose : {HttpPurpose::Discovery, HttpPurpose::Keys, HttpPurpose::Token,
                                       HttpPurpose::UserInfo, HttpPurpose::PushedAuthorization}) {
                for (const bool isAtTheEnd : {false, true})
                    QTest::addRow("%s at the %s of %s", qPrintable(action), isAtTheEnd ? "end" : "beginning",
                                  qPrintable(identifier(purpose)))
                        << action << int(purpose) << isAtTheEnd;
            }
        }
    }
    void anObserverMayLeave()
    {
        QFETCH(QString, what);
        QFETCH(int, purpose);
        QFETCH(bool, isAtTheEnd);
        ActingObserver observer;
        ClientFixture f;
        f.http = *NetworkTransport::create({.proxy = NetworkSettings::Proxy::None}, &observer);
        // So that UserInfo is asked.
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::IdTokenClaims,
            QJsonObject{{u"remove"_s, QJsonArray{u"name"_s, u"preferred_username"_s, u"email"_s}}}));
        auto parameters = f.signIn();
        parameters.pushedRequests = PushedRequests::WhenPossible;
        QPointer<TokenOperation> operation(f.client().acquireToken(parameters));
        bool isDone = false;
        observer.purpose = HttpPurpose(purpose);
        observer.isAtTheEnd = isAtTheEnd;
        observer.doing = [&] {
            isDone = true;
            leave(what, f, operation);
        };
        QTRY_VERIFY(isDone);
        QTRY_VERIFY(!operation);
        // Nothing more is asked, and every exchange that was begun is told to have ended, once.
        QTRY_COMPARE(observer.finished.size(), observer.started.size());
        QTest::qWait(50);
        QCOMPARE(observer.finished.size(), observer.started.size());
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! Also when that is told because the operation ends for another reason.
    void anObserverMayLeaveDuringACancellation()
    {
        for (const bool isDeleted : {false, true}) {
            ActingObserver observer;
            ClientFixture f;
            f.http = *NetworkTransport::create({.proxy = NetworkSettings::Proxy::None}, &observer);
            QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"delayMs"_s, 3000}}));
            QPointer<TokenOperation> operation(f.client().acquireToken(f.signIn()));
            QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
            observer.isAtTheEnd = true;
            observer.doing = [&f] { f.dropClient(); };
            if (isDeleted)
                delete operation;
            else
                operation->cancel();
            QTRY_VERIFY(!operation);
            QTRY_COMPARE(observer.finished.size(), observer.started.size());
        }
    }

    void aLauncherMayLeave_data() { addActions(); }
    void aLauncherMayLeave()
    {
        QFETCH(QString, what);
        ActingLauncher launcher;
        SystemBrowserAgent browser(launcher);
        ClientFixture f;
        auto parameters = f.signIn();
        parameters.agent = &browser;
        QPointer<TokenOperation> operation(f.client().acquireToken(parameters));
        bool isDone = false;
        launcher.doing = [&] {
            isDone = true;
            leave(what, f, operation);
        };
        QTRY_VERIFY(isDone);
        QTRY_VERIFY(!operation);
        QTest::qWait(50);
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
    }

    void aLauncherMayFailAtOnce()
    {
        ActingLauncher launcher;
        launcher.fails = true;
        SystemBrowserAgent browser(launcher);
        ClientFixture f;
        auto parameters = f.signIn();
        parameters.agent = &browser;
        Outcome<AuthenticationResult> signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().cause(), ErrorCause::BrowserNotOpened);
    }

    void whoIsShownTheAddressMayLeave_data() { addActions(); }
    void whoIsShownTheAddressMayLeave()
    {
        QFETCH(QString, what);
        bool isDone = false;
        std::function<void()> doing;
        PasteBackAgent paste([&](const QUrl &) {
            isDone = true;
            doing();
        });
        ClientFixture f;
        auto parameters = f.signIn();
        parameters.agent = &paste;
        QPointer<TokenOperation> operation(f.client().acquireToken(parameters));
        doing = [&] { leave(what, f, operation); };
        QTRY_VERIFY(isDone);
        QTRY_VERIFY(!operation);
        QTest::qWait(50);
    }

    void whoHearsOfTheEndMayLeave_data() { addActions(); }
    void whoHearsOfTheEndMayLeave()
    {
        QFETCH(QString, what);
        ClientFixture f;
        // Two callers of one sign-in: the first one's end must not be the second one's undoing.
        QPointer<TokenOperation> first(f.client().acquireToken(f.signIn()));
        QPointer<TokenOperation> second(f.client().acquireToken(f.signIn()));
        int ends = 0;
        QObject::connect(first, &Operation::finished, this, [&] {
            ++ends;
            leave(what, f, first);
        });
        QObject::connect(second, &Operation::finished, this, [&ends] { ++ends; });
        QTRY_VERIFY(!first && !second);
        QTest::qWait(50);
        QCOMPARE(ends, what == u"drop the client" ? 1 : 2);
    }

    void whoHearsOfNewAccountsMayLeave_data() { addActions(); }
    void whoHearsOfNewAccountsMayLeave()
    {
        QFETCH(QString, what);
        ClientFixture f;
        QPointer<TokenOperation> operation(f.client().acquireToken(f.signIn()));
        bool isDone = false;
        QObject::connect(&f.client(), &PublicClient::accountsChanged, this, [&] {
            if (!isDone && operation && !f.cache.snapshot().accounts().isEmpty()) {
                isDone = true;
                leave(what, f, operation);
            }
        });
        QTRY_VERIFY(!operation);
        QVERIFY(isDone);
        QTest::qWait(50);
        // It was saved before anybody heard of it.
        QVERIFY(!f.store.content().bytes.isEmpty());
    }

    void whoHearsOfASlowerPaceMayLeave_data() { addActions(); }
    void whoHearsOfASlowerPaceMayLeave()
    {
        QFETCH(QString, what);
        ClientFixture f({.deviceInterval = 1});
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse,
                                      QJsonObject{{u"status"_s, 400}, {u"body"_s, uR"({"error":"slow_down"})"_s}}));
        QPointer<DeviceCodeOperation> operation(f.client().acquireTokenByDeviceCode({.scopes = {u"openid"_s}}));
        bool isDone = false;
        QObject::connect(operation, &DeviceCodeOperation::slowedDown, this, [&] {
            isDone = true;
            leave(what, f, operation.data());
        });
        QTRY_VERIFY(isDone);
        QTRY_VERIFY(!operation);
        QTest::qWait(50);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
    }

    //! The refresh token at hand is spent by then, so its successor is saved all the same.
    void whoSeesARefreshUnderWayMayLeave_data() { addActions(); }
    void whoSeesARefreshUnderWayMayLeave()
    {
        QFETCH(QString, what);
        ActingObserver observer;
        SignedIn f;
        f.http = *NetworkTransport::create({.proxy = NetworkSettings::Proxy::None}, &observer);
        f.dropClient();
        f.passTime(2h);
        const auto before = f.refreshToken();
        QPointer<TokenOperation> operation(f.client().acquireTokenSilently(f.silently(f.account)));
        bool isDone = false;
        observer.isAtTheEnd = true;
        observer.doing = [&] {
            isDone = true;
            leave(what, f, operation);
        };
        QTRY_VERIFY(isDone);
        QTRY_VERIFY(!operation);
        if (what == u"drop the client")
            QTest::qWait(50);
        else
            QTRY_VERIFY(f.refreshToken() != before);
        QCOMPARE(observer.started, observer.finished);
    }
};

QTEST_GUILESS_MAIN(TestDepartures)
#include "tst_departures.moc"
