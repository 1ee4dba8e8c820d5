// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <countersign/base/logging.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QMutex>
#include <QtTest/QTest>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

using TokenOutcome = Outcome<AuthenticationResult>;

QMutex mutex;
QStringList lines;

void capture(QtMsgType, const QMessageLogContext &context, const QString &message)
{
    const QMutexLocker lock(&mutex);
    lines.append(QString::fromLatin1(context.category ? context.category : "") + ": "_L1 + message);
}

QString takeLog()
{
    const QMutexLocker lock(&mutex);
    const QString all = lines.join(u'\n');
    lines.clear();
    return all;
}

//! Everything that was secret in what the provider saw.
QSet<QString> secretsIn(const QJsonArray &log)
{
    static const QStringList names{
        u"code"_s,          u"state"_s,         u"nonce"_s,           u"code_verifier"_s, u"code_challenge"_s,
        u"refresh_token"_s, u"device_code"_s,   u"token"_s,           u"id_token_hint"_s, u"request_uri"_s,
        u"access_token"_s,  u"client_secret"_s, u"client_assertion"_s};
    QSet<QString> secrets;
    for (const auto entry : log) {
        const auto request = entry.toObject();
        for (const auto &part : {u"query"_s, u"form"_s}) {
            const auto parameters = request.value(part).toObject();
            for (const auto &name : names)
                secrets.insert(parameters.value(name).toString());
        }
        const auto headers = request.value("headers"_L1).toObject();
        for (const auto &name : headers.keys()) {
            if (name.compare("authorization"_L1, Qt::CaseInsensitive) == 0
                || name.compare("cookie"_L1, Qt::CaseInsensitive) == 0)
                secrets.insert(headers.value(name).toString().section(u' ', 1));
        }
    }
    return secrets;
}

//! The same for what lies in the store.
QSet<QString> secretsIn(const QByteArray &store)
{
    QSet<QString> secrets;
    const auto sections = QJsonDocument::fromJson(store).object();
    for (const auto section : sections) {
        const auto entries = section.toObject();
        for (const auto entry : entries)
            secrets.insert(entry.toObject().value("secret"_L1).toString());
    }
    return secrets;
}

QString textOf(const ExchangeRecord &record)
{
    return record.url + u'\n' + record.parameters.join(u'\n') + u'\n' + record.contentType + u'\n' + record.oauthError
        + u'\n' + record.note + u'\n' + (record.error ? record.error->message() : QString());
}

} // namespace

class TestLogCanary : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_before = qInstallMessageHandler(capture);
        installRedactingLogSink();
        QLoggingCategory::setFilterRules(u"*=true\nqt.core.*=false\nqt.qpa.*=false"_s);
    }
    void cleanupTestCase()
    {
        QLoggingCategory::setFilterRules({});
        qInstallMessageHandler(m_before);
    }

    void noSecretOfAWholeSignInIsInTheLogOrTheTrace_data()
    {
        QTest::addColumn<bool>("isPersonalDataLogged");
        QTest::addColumn<int>("secretUse"); // of a client registered with a secret, or -1
        QTest::newRow("as always") << false << -1;
        QTest::newRow("personal data logged") << true << -1;
        QTest::newRow("client_secret_basic") << false << int(Protocol::ClientSecretUse::Basic);
        QTest::newRow("client_secret_post") << false << int(Protocol::ClientSecretUse::Post);
    }

    void noSecretOfAWholeSignInIsInTheLogOrTheTrace()
    {
        QFETCH(const bool, isPersonalDataLogged);
        setPersonalDataLogged(isPersonalDataLogged);
        const auto restore = qScopeGuard([] { setPersonalDataLogged(false); });
        QFETCH(const int, secretUse);
        ClientFixture f({.approve = u"ada"_s, .deviceInterval = 1});
        if (secretUse >= 0) {
            f.configuration.clientId = {u"sandbox-web"_s};
            f.configuration.clientSecretUse = static_cast<Protocol::ClientSecretUse>(secretUse);
            const ClientRegistration registration{f.configuration.authority.environment(), f.configuration.clientId};
            const auto secret = f.sandbox.context().directory.client(u"sandbox-web"_s)->secret.toUtf8();
            bool isKept = false;
            f.cache.update([registration,
                            secret](TokenCache &cache) { cache.setClientSecret(registration, Secret::copyOf(secret)); },
                           this, [&isKept](const Result<void> &saved) { isKept = saved.hasValue(); });
            QTRY_VERIFY(isKept);
        }
        takeLog();
        QSet<QString> secrets;

        auto parameters = f.signIn();
        parameters.loginHint = u"ada@canary.example"_s;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        secrets += secretsIn(f.store.content().bytes.reveal().toByteArray());
        auto refresh = f.silently(signIn.value().account);
        refresh.isRefreshForced = true;
        TokenOutcome refreshed(f.client().acquireTokenSilently(refresh));
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        secrets += secretsIn(f.store.content().bytes.reveal().toByteArray());

        DeviceCodeParameters device;
        device.scopes = parameters.scopes;
        TokenOutcome byDevice(f.client().acquireTokenByDeviceCode(device));
        QTRY_VERIFY_WITH_TIMEOUT(byDevice.isThere(), 20000);
        QVERIFY2(byDevice.succeeded(), byDevice.why().constData());
        secrets += secretsIn(f.store.content().bytes.reveal().toByteArray());

        // What goes wrong is logged most of all.
        QVERIFY(f.sandbox.hooks().set(
            CountersignSandbox::HookPoint::TokenResponse,
            QJsonObject{{u"status"_s, 400},
                        {u"body"_s, u"{\"error\":\"invalid_grant\",\"error_description\":\"canary-body\"}"_s}}));
        TokenOutcome refused(f.client().acquireTokenSilently(refresh));
        QTRY_VERIFY(refused.failed());
        qCWarning(lcFlows) << "the refresh failed:" << refused.error();
        QVERIFY(f.sandbox.hooks().set(CountersignSandbox::HookPoint::Revocation, QJsonObject{{u"status"_s, 503}}));
        Outcome signOut(f.client().signOut(signIn.value().account.id));
        QTRY_VERIFY(signOut.isThere());

        secrets += secretsIn(f.sandbox.log());
        secrets.insert(QString::fromLatin1(signIn.value().accessToken.reveal().toByteArray()));
        secrets.insert(u"canary-body"_s);
        secrets.removeIf([](const QString &secret) { return secret.size() < 8; });
        QVERIFY(secrets.size() > 15);

        const auto log = takeLog();
        QVERIFY(log.contains("countersign.http: "_L1));
        QVERIFY(log.contains("countersign.useragent: "_L1));
        QVERIFY(log.contains("invalid_grant"_L1));
        QString trace;
        for (const auto &record : std::as_const(f.recorder.records))
            trace += textOf(record);
        QVERIFY(trace.contains("refresh_token"_L1)); // the name alone
        for (const auto &secret : std::as_const(secrets)) {
            QVERIFY2(!log.contains(secret), qPrintable(secret));
            QVERIFY2(!trace.contains(secret), qPrintable(secret));
        }
        QVERIFY(!trace.contains("canary.example"_L1));
        if (!isPersonalDataLogged)
            QVERIFY(!log.contains("canary.example"_L1));
    }

    void theSinkCatchesWhatACallerForgot()
    {
        ClientFixture f;
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.succeeded());
        takeLog();
        const auto token = QString::fromLatin1(signIn.value().accessToken.reveal().toByteArray());
        qCDebug(lcHttp) << "Authorization: Bearer" << token << "for ada@canary.example";
        qCDebug(lcHttp) << f.browser.opened.first();
        const auto log = takeLog();
        QVERIFY(log.contains("<redacted "_L1));
        QVERIFY(!log.contains(token));
        QVERIFY(!log.contains("canary.example"_L1));
        for (const auto &secret : secretsIn(f.sandbox.log()))
            QVERIFY2(secret.size() < 8 || !log.contains(secret), qPrintable(secret));
        setPersonalDataLogged(true);
        qCDebug(lcHttp) << "for ada@canary.example";
        setPersonalDataLogged(false);
        QVERIFY(takeLog().contains("ada@canary.example"_L1));
    }

private:
    QtMessageHandler m_before = nullptr;
};

QTEST_GUILESS_MAIN(TestLogCanary)
#include "tst_logcanary.moc"
