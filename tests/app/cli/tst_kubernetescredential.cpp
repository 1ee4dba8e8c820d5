// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"

#include "support/codeflow.h"
#include "support/sandboxprocess.h"

#include <cli/kubernetescredential.h>

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslServer>
#include <QtTest/QTest>

#include <memory>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

QString execInfo(const QString &version, bool isInteractive = false)
{
    return u"{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/%1\","
           "\"spec\":{\"cluster\":{\"server\":\"https://k.example\"},\"interactive\":%2}}"_s.arg(
               version, isInteractive ? u"true"_s : u"false"_s);
}

//! What the API's types allow, and kubectl refuses otherwise. Empty: nothing is wrong.
QString schemaProblem(const QJsonObject &answer, const QString &version)
{
    const auto unknown = [](const QJsonObject &object, const QStringList &known) {
        for (const auto &name : object.keys()) {
            if (!known.contains(name))
                return name;
        }
        return QString();
    };
    if (answer[u"kind"].toString() != "ExecCredential"_L1)
        return u"kind"_s;
    if (answer[u"apiVersion"].toString() != u"client.authentication.k8s.io/"_s + version)
        return u"apiVersion"_s;
    if (const auto name = unknown(answer, {u"kind"_s, u"apiVersion"_s, u"spec"_s, u"status"_s}); !name.isEmpty())
        return name;
    if (const auto name = unknown(answer[u"spec"].toObject(), {u"cluster"_s, u"interactive"_s}); !name.isEmpty())
        return name;
    const auto status = answer[u"status"].toObject();
    if (const auto name =
            unknown(status, {u"expirationTimestamp"_s, u"token"_s, u"clientCertificateData"_s, u"clientKeyData"_s});
        !name.isEmpty())
        return name;
    if (status[u"token"].toString().isEmpty())
        return u"token"_s;
    // RFC 3339 in UTC to the second, as metav1.Time is read.
    static const QRegularExpression time(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$"_s);
    const auto expires = status[u"expirationTimestamp"].toString();
    return expires.isEmpty() || time.match(expires).hasMatch() ? QString() : u"expirationTimestamp"_s;
}

} // namespace

class TestKubernetesCredential : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s}), qPrintable(m_sandbox.problem()));
        const auto run = m_home.signIn(m_sandbox.issuer(), {u"--scope"_s, u"openid email"_s, u"--save"_s, u"work"_s});
        QVERIFY2(run.exitCode == 0, run.err.constData());
    }

    void theAnswerIsWhatKubectlReads_data()
    {
        QTest::addColumn<QString>("version");
        QTest::newRow("v1") << u"v1"_s;
        QTest::newRow("v1beta1") << u"v1beta1"_s;
    }
    void theAnswerIsWhatKubectlReads()
    {
        QFETCH(const QString, version);
        const auto run = plugin({}, execInfo(version));
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY2(run.err.isEmpty(), run.err.constData());
        QCOMPARE(schemaProblem(run.json(), version), QString());
        const auto token = run.json()[u"status"][u"token"].toString();
        const auto claims = tokenPart(token, 1);
        QCOMPARE(claims[u"aud"].toString(), u"sandbox-native"_s); // the ID token
        const auto expires =
            QDateTime::fromString(run.json()[u"status"][u"expirationTimestamp"].toString(), Qt::ISODate);
        QCOMPARE(expires.toSecsSinceEpoch(), claims[u"exp"].toInteger() - 60);
    }

    void kubectlItselfSendsTheTokenToItsServer()
    {
        if (QStandardPaths::findExecutable(u"kubectl"_s).isEmpty())
            QSKIP("there is no kubectl");
        QByteArray asked;
        const auto server = apiServer(asked);
        QFile config(m_home.path(u"kubeconfig"_s));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(u"apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {server: 'https://127.0.0.1:%1', "
                     "certificate-authority: '%2'}\ncontexts:\n- name: prod\n  context: {cluster: c, user: nobody}\n"
                     "current-context: prod\nusers: []\n"_s.arg(server->serverPort())
                         .arg(QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/ca.pem"))
                         .toUtf8());
        config.close();
        const auto configured =
            m_home.run({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"--kubeconfig"_s, config.fileName()});
        QVERIFY2(configured.exitCode == 0, configured.err.constData());
        QProcess kubectl;
        auto variables = QProcessEnvironment::systemEnvironment();
        for (auto it = m_home.environment().begin(); it != m_home.environment().end(); ++it)
            variables.insert(it.key(), it.value());
        kubectl.setProcessEnvironment(variables);
        kubectl.start(u"kubectl"_s, {u"--kubeconfig"_s, config.fileName(), u"get"_s, u"--raw"_s, u"/version"_s});
        QTRY_COMPARE_WITH_TIMEOUT(kubectl.state(), QProcess::NotRunning, 30'000);
        QVERIFY2(kubectl.exitCode() == 0, kubectl.readAllStandardError().constData());
        const auto token = plugin({}, execInfo(u"v1"_s)).json()[u"status"][u"token"].toString().toLatin1();
        const QByteArray header = "\r\nAuthorization: Bearer " + token + "\r\n";
        QVERIFY2(asked.contains(header), "the ID token");
    }

    void theAccessTokenComesByItsFlag()
    {
        const auto token = m_home.run({u"token"_s}).out.trimmed();
        const auto run = plugin({u"--type=access"_s}, execInfo(u"v1"_s));
        QCOMPARE(run.json()[u"status"][u"token"].toString().toLatin1(), token);
        const auto kubelogin = plugin({u"--oidc-use-access-token"_s}, execInfo(u"v1"_s));
        QCOMPARE(kubelogin.json()[u"status"][u"token"].toString().toLatin1(), token);
    }

    void byHandItAnswersInTheNewestVersion()
    {
        QCOMPARE(schemaProblem(plugin({}, {}).json(), u"v1"_s), QString());
        const auto asked = plugin({u"--api-version=client.authentication.k8s.io/v1beta1"_s}, {});
        QCOMPARE(schemaProblem(asked.json(), u"v1beta1"_s), QString());
    }

    void kubeloginsWordsAreUnderstood()
    {
        QVERIFY(m_sandbox.clearLog());
        const auto run = runCli({u"get-token"_s, u"--oidc-issuer-url"_s, m_sandbox.issuer(), u"--oidc-client-id"_s,
                                 u"sandbox-native"_s, u"--oidc-extra-scope=email"_s, u"--grant-type=device-code"_s,
                                 u"--skip-open-browser"_s, u"--token-cache-storage=keyring"_s, u"--force-refresh"_s,
                                 u"--no-interaction"_s},
                                {}, m_home.environment(), u"kubectl-countersign"_s);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(schemaProblem(run.json(), u"v1"_s), QString());
        QCOMPARE(m_sandbox.requestsTo(u"/token"_s).size(), 1);
    }

    void whatToTypeInsteadAsksForTheSameScopes()
    {
        const auto run = plugin({u"--oidc-issuer-url=https://op.example"_s, u"--oidc-client-id=k"_s,
                                 u"--oidc-extra-scope=groups"_s, u"--no-interaction"_s},
                                execInfo(u"v1"_s));
        QCOMPARE(run.exitCode, 10);
        QVERIFY2(run.err.contains("--scope 'groups openid'"), run.err.constData());
    }

    void failuresAreForPeopleOrJsonAndNeverOnStandardOutput_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("info");
        QTest::addColumn<int>("exitCode");
        const QStringList none;
        QTest::newRow("an old version") << none << execInfo(u"v1alpha1"_s) << 2;
        QTest::newRow("no ExecCredential") << none << u"{}"_s << 2;
        QTest::newRow("no JSON") << none << u"hello"_s << 2;
        QTest::newRow("nobody signed in")
            << QStringList{u"--issuer=http://127.0.0.1:9"_s, u"--client-id=x"_s} << execInfo(u"v1"_s) << 10;
        QTest::newRow("no such account") << QStringList{u"-a"_s, u"nobody"_s} << execInfo(u"v1"_s) << 3;
        QTest::newRow("a secret") << QStringList{u"--oidc-client-secret=x"_s} << execInfo(u"v1"_s) << 2;
        QTest::newRow("a grant that is not offered")
            << QStringList{u"--grant-type=password"_s} << execInfo(u"v1"_s) << 2;
    }
    void failuresAreForPeopleOrJsonAndNeverOnStandardOutput()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, info);
        QFETCH(const int, exitCode);
        const auto text = plugin(arguments, info);
        QCOMPARE(text.exitCode, exitCode);
        QVERIFY(text.out.isEmpty());
        QVERIFY2(text.err.startsWith("countersign: "), text.err.constData());
        const auto json = plugin(arguments + QStringList{u"-o"_s, u"json"_s}, info);
        QCOMPARE(json.error()[u"exit"].toInt(), exitCode);
    }

    void foreignInputIsReadStrictly()
    {
        QCOMPARE(Cli::parseExecInfo(execInfo(u"v1"_s, true).toUtf8())->isInteractive, true);
        QCOMPARE(Cli::parseExecInfo(execInfo(u"v1"_s).toUtf8())->server, u"https://k.example"_s);
        QVERIFY(!Cli::parseExecInfo(R"({"kind":"ExecCredential","kind":"ExecCredential","apiVersion":"x"})"));
        QVERIFY(!Cli::parseExecInfo(""));
    }

private:
    //! An API server that knows how to say that all is well; \p asked collects what it hears.
    static std::unique_ptr<QSslServer> apiServer(QByteArray &asked)
    {
        const auto read = [](const char *name) {
            QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/") + QString::fromLatin1(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        auto configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate(read("server.pem")));
        configuration.setPrivateKey(QSslKey(read("server.key"), QSsl::Ec));
        auto server = std::make_unique<QSslServer>();
        server->setSslConfiguration(configuration);
        connect(server.get(), &QTcpServer::pendingConnectionAvailable, server.get(), [server = server.get(), &asked] {
            while (auto *const socket = server->nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, socket, [socket, &asked] {
                    asked += socket->readAll();
                    if (!asked.endsWith("\r\n\r\n"))
                        return;
                    socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                                  "Connection: close\r\n\r\n{}");
                    socket->disconnectFromHost();
                });
            }
        });
        server->listen(QHostAddress::LocalHost);
        return server;
    }

    CliRun plugin(const QStringList &more, const QString &info) const
    {
        Environment environment;
        if (!info.isEmpty())
            environment.insert(u"KUBERNETES_EXEC_INFO"_s, info);
        return m_home.run(QStringList{u"credential"_s, u"kubernetes"_s} + more, {}, environment);
    }

    SandboxProcess m_sandbox;
    CliHome m_home;
};

QTEST_GUILESS_MAIN(TestKubernetesCredential)
#include "tst_kubernetescredential.moc"
