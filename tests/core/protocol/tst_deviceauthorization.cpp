// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/deviceauthorization.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/signout.h>
#include <countersign/protocol/userinfo.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Protocol;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QDateTime noon(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);

//! moc reads no raw string with "//" in it.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

Error oauthError(const QString &code, int status = 400)
{
    return errorFrom({.error = code}, status);
}

} // namespace

//! What the device grant, a sign-out and UserInfo say on the wire, and what is made of the answers.
class TestDeviceAuthorization : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRequestNamesClientScopesAndResources()
    {
        const auto encoded = encode(DeviceAuthorizationRequest{.clientId = {u"my app"_s},
                                                               .authentication = {},
                                                               .scopes = {u"openid"_s, u"mail"_s},
                                                               .claims = u"{}"_s,
                                                               .authorizationDetails = u"[]"_s,
                                                               .resources = {u"https://api/"_s},
                                                               .extra = {{u"tenant"_s, u"x&y"_s}}});
        QCOMPARE(
            encoded.form.reveal().toByteArray(),
            "client_id=my+app&scope=mail+openid&claims=%7B%7D&authorization_details=%5B%5D&resource=https%3A%2F%2Fapi%2F&tenant=x%26y"_ba);
    }

    //! C30: numbers as text, and what holds when the provider says nothing.
    void numbersMayBeTextAndMayBeMissing_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<int>("interval");
        QTest::addColumn<int>("lifetime");
        QTest::newRow("C30 text") << json(",'interval':'7','expires_in':'900'") << 7 << 900;
        QTest::newRow("C30 neither") << ""_ba << 5 << 1800;
        QTest::newRow("numbers") << json(",'interval':1,'expires_in':60") << 1 << 60;
        QTest::newRow("null") << json(",'interval':null,'expires_in':null") << 5 << 1800;
        QTest::newRow("fraction") << json(",'interval':1.5") << -1 << -1;
        QTest::newRow("negative") << json(",'interval':-1") << -1 << -1;
        QTest::newRow("no life") << json(",'expires_in':0") << -1 << -1;
    }
    void numbersMayBeTextAndMayBeMissing()
    {
        QFETCH(QByteArray, members);
        QFETCH(int, interval);
        QFETCH(int, lifetime);
        const auto device =
            parse(json("{'device_code':'DC','user_code':'UC','verification_uri':'https://h/d'") + members + "}");
        QCOMPARE(device.hasValue(), interval >= 0);
        if (!device)
            return;
        QCOMPARE(device->interval, std::chrono::seconds(interval));
        QCOMPARE(device->expiresAt, noon.addSecs(lifetime));
    }

    //! Security rule B.39.
    void theCompleteAddressMustLeadWhereTheShownOneLeads_data()
    {
        QTest::addColumn<QString>("complete");
        QTest::addColumn<bool>("kept");
        QTest::newRow("B.39 same host") << u"https://h/d?user_code=UC"_s << true;
        QTest::newRow("B.39 other host") << u"https://evil/d?user_code=UC"_s << false;
        QTest::newRow("B.39 other port") << u"https://h:8443/d?user_code=UC"_s << false;
        QTest::newRow("B.39 plain http") << u"http://h/d?user_code=UC"_s << false;
        QTest::newRow("B.39 user info") << u"https://h@evil/d"_s << false;
        QTest::newRow("B.39 script") << u"javascript:alert(1)"_s << false;
        QTest::newRow("B.39 relative") << u"/d?user_code=UC"_s << false;
    }
    void theCompleteAddressMustLeadWhereTheShownOneLeads()
    {
        QFETCH(QString, complete);
        QFETCH(bool, kept);
        const auto body =
            u"{'device_code':'DC','user_code':'UC','verification_uri':'https://h/d','verification_uri_complete':'%1'}"_s;
        const auto device = parse(json(body.arg(complete).toUtf8()));
        QVERIFY(device);
        QCOMPARE(device->verificationUriComplete.has_value(), kept);
        if (kept)
            QCOMPARE(device->verificationUriComplete->toString(), complete);
    }

    void anAnswerThatCannotBeShownIsRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("why");
        QTest::newRow("no device_code") << json("{'user_code':'UC','verification_uri':'https://h/'}") << u"missing"_s;
        QTest::newRow("no user_code") << json("{'device_code':'DC','verification_uri':'https://h/'}") << u"missing"_s;
        QTest::newRow("a code that nobody can type")
            << json("{'device_code':'DC','user_code':'" + QByteArray(201, 'U') + "','verification_uri':'https://h/'}")
            << u"more than 200 characters"_s;
        QTest::newRow("no address") << json("{'device_code':'DC','user_code':'UC'}") << QString();
        QTest::newRow("plain http") << json("{'device_code':'DC','user_code':'UC','verification_uri':'http://h/'}")
                                    << QString();
        QTest::newRow("loopback of a provider elsewhere")
            << json("{'device_code':'DC','user_code':'UC','verification_uri':'http://127.0.0.1/'}") << QString();
        QTest::newRow("script") << json("{'device_code':'DC','user_code':'UC','verification_uri':'javascript:x'}")
                                << QString();
        QTest::newRow("no JSON") << "<html>"_ba << QString();
    }
    void anAnswerThatCannotBeShownIsRefused()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, why);
        const auto device = parse(body);
        QVERIFY(!device);
        QCOMPARE(device.error().code(), ErrorCode::InvalidResponse);
        QVERIFY2(device.error().message().contains(why), qPrintable(device.error().message()));
    }

    void googlesOlderNameIsUnderstood()
    {
        const auto device = parse(json("{'device_code':'DC','user_code':'UC','verification_url':'https://g/device'}"));
        QVERIFY(device);
        QCOMPARE(device->verificationUri, QUrl(u"https://g/device"_s));
    }

    void anErrorIsAnErrorWhateverItsStatus()
    {
        const auto refused = parse(json("{'error':'invalid_scope'}"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().oauth().error, u"invalid_scope"_s);
    }

    //! C30: pending, slow_down, pending wait i, i+5, i+5. Security rules B.35, B.36.
    void slowDownAddsFiveSecondsForGood()
    {
        DevicePolling polling(7s);
        QCOMPARE(polling.wait(), 7s);
        QVERIFY(polling.goesOnAfter(oauthError(u"authorization_pending"_s)));
        QCOMPARE(polling.wait(), 7s);
        QVERIFY(polling.goesOnAfter(oauthError(u"slow_down"_s)));
        QCOMPARE(polling.wait(), 12s);
        QVERIFY(polling.goesOnAfter(oauthError(u"authorization_pending"_s)));
        QCOMPARE(polling.wait(), 12s);
        QVERIFY(polling.goesOnAfter(oauthError(u"slow_down"_s)));
        QCOMPARE(polling.wait(), 17s);
    }

    void anIntervalOfNothingIsASecond() { QCOMPARE(DevicePolling(0s).wait(), 1s); }

    //! Security rule B.37.
    void whatEndsTheWait_data()
    {
        QTest::addColumn<QString>("error");
        for (const auto *const name : {"access_denied", "authorization_declined", "expired_token", "code_expired",
                                       "invalid_grant", "invalid_client", "unsupported_grant_type", "something_new"})
            QTest::addRow("B.37 %s", name) << QString::fromLatin1(name);
    }
    void whatEndsTheWait()
    {
        QFETCH(QString, error);
        QVERIFY(!DevicePolling(5s).goesOnAfter(oauthError(error)));
    }

    //! Security rule B.38.
    void aNetworkThatIsGoneIsAskedEverMoreSeldom()
    {
        DevicePolling polling(5s);
        const Error gone{ErrorCode::NetworkUnavailable, ErrorCause::ConnectionLost, u"gone"_s};
        QList<std::chrono::seconds> waits;
        for (int i = 0; i < 8; ++i) {
            QVERIFY(polling.goesOnAfter(gone));
            waits.append(polling.wait());
        }
        QCOMPARE(waits, (QList<std::chrono::seconds>{10s, 20s, 40s, 80s, 160s, 300s, 300s, 300s}));
        QVERIFY(polling.goesOnAfter(oauthError(u"authorization_pending"_s)));
        QCOMPARE(polling.wait(), 5s);
        QVERIFY(polling.goesOnAfter(Error{ErrorCode::TimedOut, u"no answer"_s}));
        QCOMPARE(polling.wait(), 10s);
    }

    void aBusyProviderIsGivenTheTimeItAsksFor()
    {
        DevicePolling polling(5s);
        QVERIFY(polling.goesOnAfter(Error{ErrorCode::ServerUnavailable, u"busy"_s}.withRetryAfter(90s)));
        QCOMPARE(polling.wait(), 90s);
    }

    void aRevocationNamesTheTokenAndItsKind()
    {
        const auto encoded = encode(RevocationRequest{.clientId = {u"app"_s},
                                                      .authentication = {},
                                                      .token = Secret::copyOf("R/T"),
                                                      .typeHint = u"refresh_token"_s});
        QCOMPARE(encoded.form.reveal().toByteArray(), "token=R%2FT&token_type_hint=refresh_token&client_id=app"_ba);
    }

    //! Security rule B.61.
    void aRevocationThatDidNotHappenIsAnError()
    {
        QVERIFY(parseRevocation({.status = 200, .headers = {}, .body = {}}, noon));
        const auto busy = parseRevocation({.status = 503, .headers = {{"Retry-After", "120"}}, .body = {}}, noon);
        QVERIFY(!busy);
        QCOMPARE(busy.error().code(), ErrorCode::ServerUnavailable);
        QCOMPARE(busy.error().retryAfter(), std::optional<std::chrono::seconds>(120s));
        const auto refused =
            parseRevocation({.status = 400, .headers = {}, .body = json("{'error':'unsupported_token_type'}")}, noon);
        QVERIFY(!refused);
        QCOMPARE(refused.error().oauth().error, u"unsupported_token_type"_s);
    }

    //! Security rule B.67.
    void theEndOfASessionIsAskedForWithHintClientAddressAndState()
    {
        ProviderMetadata metadata;
        metadata.endSessionEndpoint = QUrl(u"https://h/logout?tenant=1"_s);
        EndSessionRequest request{.clientId = {u"app"_s},
                                  .idToken = Secret::copyOf("a.b.c"),
                                  .logoutHint = {},
                                  .redirectUri = QUrl(u"http://127.0.0.1:1/"_s),
                                  .state = Secret::copyOf("S"),
                                  .uiLocales = u"de"_s};
        QCOMPARE(endSessionUrl(metadata, request).toEncoded(),
                 "https://h/logout?tenant=1&id_token_hint=a.b.c&client_id=app&post_logout_redirect_uri="
                 "http%3A%2F%2F127.0.0.1%3A1%2F&state=S&ui_locales=de"_ba);
        EndSessionRequest bare{.clientId = {u"app"_s},
                               .idToken = {},
                               .logoutHint = u"ada"_s,
                               .redirectUri = {},
                               .state = Secret::copyOf("S"),
                               .uiLocales = {}};
        QCOMPARE(endSessionUrl(metadata, bare).toEncoded(),
                 "https://h/logout?tenant=1&logout_hint=ada&client_id=app"_ba);
    }

    //! Security rule B.68.
    void onlyTheSameStateProvesASignOut()
    {
        const auto state = Secret::copyOf("abc");
        QVERIFY(answersSignOut("state=abc&x=1", state));
        QVERIFY(!answersSignOut("state=abc1", state));
        QVERIFY(!answersSignOut("state=abc&state=abc", state));
        QVERIFY(!answersSignOut("", state));
        QVERIFY(!answersSignOut("state=", Secret()));
    }

    //! Security rules B.87, B.89.
    void userInfoIsReadByItsMediaType_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::newRow("JSON") << "application/json; charset=utf-8"_ba << json("{'sub':'1'}") << -1;
        QTest::newRow("JWT") << "application/jwt"_ba
                             << "a.b.c"_ba << -1;
        QTest::newRow("B.89 JSON that claims to be a page")
            << "text/html"_ba << json("{'sub':'1'}") << int(ErrorCode::InvalidResponse);
        QTest::newRow("B.89 no type") << ""_ba << json("{'sub':'1'}") << int(ErrorCode::InvalidResponse);
        QTest::newRow("encrypted") << "application/jwt"_ba
                                   << "a.b.c.d.e"_ba << -1;
        QTest::newRow("no object") << "application/json"_ba
                                   << "[]"_ba << int(ErrorCode::InvalidResponse);
    }
    void userInfoIsReadByItsMediaType()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        const auto answer = parseUserInfo({.status = 200, .headers = {{"Content-Type", type}}, .body = body}, noon);
        QCOMPARE(answer ? -1 : int(answer.error().code()), code);
    }

    void userInfoAboutSomebodyElseIsDiscarded()
    {
        const auto claims = Jose::JsonObject::parse(json("{'sub':'1','name':'Eve'}"));
        QVERIFY(checkSubject(*claims, u"1"_s));
        QVERIFY(!checkSubject(*claims, u"2"_s));
        QVERIFY(!checkSubject(*claims, QString()));
        QVERIFY(!checkSubject(*Jose::JsonObject::parse(json("{'name':'Eve'}")), u"1"_s));
        QCOMPARE(checkSubject(*claims, u"2"_s).error().cause(), ErrorCause::WrongAccount);
    }

private:
    static Result<DeviceAuthorization> parse(const QByteArray &body)
    {
        const auto authority = Authority::oidc(u"https://h"_s);
        return parseDeviceAuthorization(*authority, {.status = 200, .headers = {}, .body = body}, noon);
    }
};

QTEST_GUILESS_MAIN(TestDeviceAuthorization)
#include "tst_deviceauthorization.moc"
