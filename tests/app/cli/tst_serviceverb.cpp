// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxtest.h"
#include "terminalprocess.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

const QByteArray secretText = "sandbox secret: 100% public +/=";
const QStringList application{u"--client-id"_s, u"sandbox-web"_s, u"--scope"_s, u"read"_s};

} // namespace

//! An application that acts for itself: login, token and logout with --service.
class TestServiceVerb : public SandboxTest
{
    Q_OBJECT

private Q_SLOTS:
    void theTokenComesWithoutAnybodyAndStays();
    void theSecretIsReadFromWhereItIsSafe_data();
    void theSecretIsReadFromWhereItIsSafe();
    void aTypedSecretIsAskedForAndNotShown_data();
    void aTypedSecretIsAskedForAndNotShown();
    void aFileThatIsNotThereIsNamed();
    void aProfileKnowsThatItIsAService();
    void aSealedStoreKeepsItsOwnPassphrase();
    void aCertificateSignsAnAssertion_data();
    void aCertificateSignsAnAssertion();
    void thePlatformsTokenIsSentAsItIs();
    void thePersonsTokensAreOthers();
    void aFailureSaysWhatHelps_data();
    void aFailureSaysWhatHelps();
    void theCommandThatHelpsCanBeTyped();
    void aTestOfItsProfileTriesItsOwnProof();
    void whatMakesNoSenseIsWrongUsage_data();
    void whatMakesNoSenseIsWrongUsage();
    void aMissingSecretsHintCanBeTyped();

private:
    QStringList provider() const { return QStringList{u"--issuer"_s, m_sandbox.issuer()} + application; }
    QStringList serviceLogin(const QStringList &more) const
    {
        return QStringList{u"login"_s, u"--service"_s} + provider() + more;
    }
    static Environment withSecret() { return {{u"APP_SECRET"_s, QString::fromLatin1(secretText)}}; }
    QJsonObject lastForm() const
    {
        const auto requests = m_sandbox.requestsTo(u"/token"_s);
        return requests.isEmpty() ? QJsonObject() : requests.last().value("form"_L1).toObject();
    }
    QString write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_home->path(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }
    static QByteArray data(const QString &name)
    {
        QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/crypto/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestServiceVerb::theTokenComesWithoutAnybodyAndStays()
{
    const auto login =
        run(serviceLogin({u"--secret-env"_s, u"APP_SECRET"_s, u"--no-interaction"_s, u"-o"_s, u"json"_s}), {},
            withSecret());
    QVERIFY2(login.exitCode == 0, login.err.constData());
    const auto answer = login.json();
    QCOMPARE(answer[u"schema"].toString(), u"countersign.login/1"_s);
    QCOMPARE(answer[u"source"].toString(), u"client_credentials"_s);
    QCOMPARE(answer[u"account"][u"type"].toString(), u"service"_s);
    QCOMPARE(answer[u"account"][u"id"].toString(), u"sandbox-web"_s);
    QVERIFY(answer[u"account"][u"username"].isNull());
    QCOMPARE(answer[u"refreshable"].toBool(), false);
    QVERIFY(!answer.contains(u"access_token"));
    QVERIFY2(login.err.contains("countersign token --service --issuer"), login.err.constData());
    QVERIFY(!m_home->storeBytes().contains("sandbox secret"));
    QCOMPARE(lastForm().value("grant_type"_L1).toString(), u"client_credentials"_s);

    const auto again = token(QStringList{u"--service"_s, u"-o"_s, u"json"_s} + provider());
    QVERIFY2(again.exitCode == 0, again.err.constData());
    QCOMPARE(again.json()[u"source"].toString(), u"cache"_s);
    QVERIFY(!again.json()[u"access_token"].toString().isEmpty());
    QCOMPARE(m_sandbox.requestsTo(u"/token"_s).size(), 1);

    const auto logout = run(QStringList{u"logout"_s, u"--service"_s, u"-o"_s, u"json"_s} + provider().first(4));
    QVERIFY2(logout.exitCode == 0, logout.err.constData());
    const auto gone = token(QStringList{u"--service"_s, u"--offline"_s} + provider());
    QCOMPARE(gone.exitCode, 20);
}

void TestServiceVerb::theSecretIsReadFromWhereItIsSafe_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("d.1: standard input") << QStringList{u"--secret-stdin"_s} << QByteArray(secretText + '\n');
    QTest::newRow("d.1: an open file") << QStringList{u"--secret-fd"_s, u"0"_s} << QByteArray(secretText + '\n');
    QTest::newRow("d.1: a variable") << QStringList{u"--secret-env"_s, u"APP_SECRET"_s} << QByteArray();
    QTest::newRow("d.1: a file") << QStringList{u"--secret-file"_s, u"FILE"_s} << QByteArray();
    QTest::newRow("as profile add says it") << QStringList{u"--client-secret-stdin"_s} << QByteArray(secretText);
}
void TestServiceVerb::theSecretIsReadFromWhereItIsSafe()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, input);
    const auto file = write(u"secret.txt"_s, secretText + '\n');
    options.replaceInStrings(u"FILE"_s, file);
    const auto login = run(serviceLogin(options), input, withSecret());
    QVERIFY2(login.exitCode == 0, login.err.constData());
    QVERIFY2(login.out.startsWith("Signed in: sandbox-web at http://127.0.0.1:"), login.out.constData());
}

void TestServiceVerb::aTypedSecretIsAskedForAndNotShown_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QByteArray>("prompt");
    QTest::newRow("d.1: --secret-stdin") << u"login --service --secret-stdin"_s << QByteArray("Client secret: ");
    QTest::newRow("d.1: --secret-fd 0") << u"login --service --secret-fd 0"_s << QByteArray("Client secret: ");
    QTest::newRow("--client-secret-stdin")
        << u"login --service --client-secret-stdin"_s << QByteArray("Client secret: ");
    QTest::newRow("profile add")
        << u"profile add web --client-secret-stdin --store file:SEALED --secret-env APP_SECRET"_s
        << QByteArray("Client secret: ");
    QTest::newRow("a sealed store") << u"accounts --store file:SEALED --secret-stdin"_s << QByteArray("assphrase");
}
void TestServiceVerb::aTypedSecretIsAskedForAndNotShown()
{
    QFETCH(QString, words);
    QFETCH(QByteArray, prompt);
    words.replace(u"SEALED"_s, m_home->path(u"sealed"_s));
    const bool isStore = words.startsWith(u"accounts"_s);
    const auto arguments = words.split(u' ') + (isStore ? QStringList() : provider());
    auto environment = m_home->environment();
    environment.insert(withSecret());
    const auto alone = runOnTerminal(arguments + QStringList{u"--no-interaction"_s}, environment);
    QVERIFY2(alone.exitCode == 10, alone.out.constData());
    QVERIFY2(alone.out.contains("pipe it"), alone.out.constData());
    const auto typed =
        runOnTerminal(arguments, environment, prompt, QByteArrayList{secretText + '\n', secretText + '\n'});
    QVERIFY2(typed.exitCode == 0, typed.out.constData());
    QVERIFY2(typed.out.contains(prompt), typed.out.constData());
    QVERIFY2(!typed.out.contains("sandbox secret"), typed.out.constData());
}

void TestServiceVerb::aFileThatIsNotThereIsNamed()
{
    const auto refused = run(serviceLogin({u"--secret-file"_s, u"nope"_s}));
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.err.contains("--secret-file nope: No such file or directory"), refused.err.constData());
    QVERIFY2(!refused.err.contains("QFSFileEngine"), refused.err.constData());
}

void TestServiceVerb::aProfileKnowsThatItIsAService()
{
    const QStringList store{u"--store"_s, u"file:"_s + m_home->path(u"sealed"_s), u"--secret-env"_s, u"WORD"_s};
    auto environment = withSecret();
    environment.insert(u"WORD"_s, u"open sesame"_s);
    const auto login =
        run(serviceLogin(QStringList{u"--client-secret-env"_s, u"APP_SECRET"_s, u"--save"_s, u"build"_s} + store), {},
            environment);
    QVERIFY2(login.exitCode == 0, login.err.constData());
    const auto forced =
        run(QStringList{u"token"_s, u"-p"_s, u"build"_s, u"-f"_s, u"-o"_s, u"json"_s} + store, {}, environment);
    QVERIFY2(forced.exitCode == 0, forced.err.constData());
    QCOMPARE(forced.json()[u"source"].toString(), u"client_credentials"_s);
    QCOMPARE(forced.json()[u"profile"].toString(), u"build"_s);
    // And so do the other verbs that hand out a token.
    const auto env =
        run(QStringList{u"env"_s, u"-p"_s, u"build"_s, u"--shell"_s, u"dotenv"_s} + store, {}, environment);
    QVERIFY2(env.exitCode == 0, env.err.constData());
    QVERIFY(env.out.contains(forced.json()[u"access_token"].toString().toLatin1()));
    const auto logout = run(QStringList{u"logout"_s, u"-p"_s, u"build"_s} + store, {}, environment);
    QVERIFY2(logout.exitCode == 0, logout.err.constData());
    // kubectl has nobody's ID token to show.
    const auto kubernetes =
        run(QStringList{u"credential"_s, u"kubernetes"_s, u"-p"_s, u"build"_s} + store, {}, environment);
    QVERIFY2(kubernetes.exitCode == 0, kubernetes.err.constData());
    const auto nobody =
        run(QStringList{u"inspect"_s, u"--account"_s, u"ada"_s, u"-p"_s, u"build"_s} + store, {}, environment);
    QVERIFY2(nobody.exitCode == 2 && nobody.err.contains("token --profile build"), nobody.err.constData());
    const auto all = run(QStringList{u"logout"_s, u"--all"_s, u"-p"_s, u"build"_s} + store, {}, environment);
    QVERIFY2(all.exitCode == 2 && all.err.contains("leave --all out"), all.err.constData());
    // The secret belongs to the registration, and stays.
    const auto next = run(QStringList{u"token"_s, u"-p"_s, u"build"_s, u"-o"_s, u"none"_s} + store, {}, environment);
    QVERIFY2(next.exitCode == 0, next.err.constData());
}

//! --secret-stdin and its kind mean the store's passphrase there, as everywhere.
void TestServiceVerb::aSealedStoreKeepsItsOwnPassphrase()
{
    const QStringList store{u"--store"_s, u"file:"_s + m_home->path(u"sealed"_s), u"--secret-env"_s, u"APP_SECRET"_s};
    const auto login = run(serviceLogin(store), {}, withSecret());
    QCOMPARE(login.exitCode, 4);
    QVERIFY2(login.err.contains("client secret"), login.err.constData());
}

void TestServiceVerb::aCertificateSignsAnAssertion_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("RFC 7292") << QStringList{u"--secret-stdin"_s} << QByteArray("test\n") << 13;
    QTest::newRow("RFC 7292 without its passphrase") << QStringList{} << QByteArray() << 2;
    QTest::newRow("RFC 7292 with another one") << QStringList{u"--secret-stdin"_s} << QByteArray("x\n") << 2;
}
void TestServiceVerb::aCertificateSignsAnAssertion()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, input);
    QFETCH(int, exitCode);
    const auto file = write(u"app.p12"_s, data(u"rsa.p12"_s));
    const auto login = run(serviceLogin(QStringList{u"--certificate"_s, file} + options), input);
    QVERIFY2(login.exitCode == exitCode, login.err.constData()); // the sandbox knows no such client
    if (exitCode == 2) {
        QVERIFY2(login.err.contains("app.p12"), login.err.constData());
        return;
    }
    QCOMPARE(lastForm().value("client_assertion"_L1).toString().count(u'.'), 2);
    QVERIFY2(login.err.contains("secret or certificate"), login.err.constData());
}

//! As Kubernetes mounts one.
void TestServiceVerb::thePlatformsTokenIsSentAsItIs()
{
    const auto file = write(u"token"_s, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwb2QifQ.signature\n");
    const auto login = run(serviceLogin({u"--federated-token-file"_s, file}));
    QVERIFY2(login.exitCode == 13, login.err.constData());
    QCOMPARE(lastForm().value("client_assertion"_L1).toString(), u"eyJhbGciOiJub25lIn0.eyJzdWIiOiJwb2QifQ.signature"_s);
    QVERIFY(!login.err.contains("eyJ"));
    const auto missing = run(serviceLogin({u"--federated-token-file"_s, m_home->path(u"nowhere"_s)}));
    QCOMPARE(missing.exitCode, 2);
    QVERIFY2(missing.err.contains("nowhere"), missing.err.constData());
}

void TestServiceVerb::thePersonsTokensAreOthers()
{
    const auto login = run(serviceLogin({u"--secret-env"_s, u"APP_SECRET"_s}), {}, withSecret());
    QVERIFY2(login.exitCode == 0, login.err.constData());
    const auto person = token(provider());
    QCOMPARE(person.exitCode, 10);
    QVERIFY2(person.err.contains("Nobody is signed in")
                 && person.err.contains("With --service the application 'sandbox-web'"),
             person.err.constData());
    const auto accounts = run({u"accounts"_s});
    QCOMPARE(accounts.exitCode, 0);
    QVERIFY(accounts.out.isEmpty());
    QVERIFY2(accounts.err.contains("--service': sandbox-web"), accounts.err.constData());
}

//! No page and no redirect address say anything of an application: its own proof does.
void TestServiceVerb::aTestOfItsProfileTriesItsOwnProof()
{
    const auto added = run(QStringList{u"profile"_s, u"add"_s, u"build"_s, u"--set"_s, u"service=true"_s} + provider());
    QVERIFY2(added.exitCode == 0, added.err.constData());
    const QStringList test{u"profile"_s, u"test"_s, u"build"_s, u"-o"_s, u"json"_s};
    const auto ofProof = [](const CliRun &tested) {
        const auto checks = tested.json()[u"checks"].toArray();
        return checks.isEmpty() ? QJsonObject() : checks.last().toObject();
    };
    const auto untried = run(test);
    QVERIFY2(untried.exitCode == 0, untried.err.constData());
    QCOMPARE(ofProof(untried)[u"id"].toString(), u"client_credentials"_s);
    QCOMPARE(ofProof(untried)[u"outcome"].toString(), u"unknown"_s);
    QVERIFY(ofProof(untried)[u"text"].toString().contains(u"--secret-env"_s));
    const auto good = run(test + QStringList{u"--secret-env"_s, u"APP_SECRET"_s}, {}, withSecret());
    QVERIFY2(good.exitCode == 0, good.err.constData());
    QCOMPARE(ofProof(good)[u"outcome"].toString(), u"ok"_s);
    QVERIFY(!good.out.contains("PKCE") && m_sandbox.requestsTo(u"/authorize"_s).isEmpty());
    // And without a saved profile, as the hint at a provider that is wrong says it.
    const auto unsaved =
        run(QStringList{u"profile"_s, u"test"_s, u"--service"_s, u"--secret-env"_s, u"APP_SECRET"_s, u"-o"_s, u"json"_s}
                + provider().first(4),
            {}, withSecret());
    QVERIFY2(unsaved.exitCode == 0, unsaved.err.constData());
    QCOMPARE(ofProof(unsaved)[u"outcome"].toString(), u"ok"_s);
    const auto wrong =
        run(test + QStringList{u"--secret-env"_s, u"APP_SECRET"_s}, {}, {{u"APP_SECRET"_s, u"another"_s}});
    QVERIFY2(wrong.exitCode == 13, wrong.err.constData());
    QCOMPARE(ofProof(wrong)[u"outcome"].toString(), u"failure"_s);
    QVERIFY2(wrong.err.contains("expired"), wrong.err.constData());
}

//! Each hint works as it stands: no profile is named where there is none, no store that refuses it.
void TestServiceVerb::aMissingSecretsHintCanBeTyped()
{
    const auto service = run(serviceLogin({u"-o"_s, u"json"_s}));
    QCOMPARE(service.exitCode, 4);
    QVERIFY2(service.err.contains(" --secret-env APP_SECRET") && !service.err.contains("profile edit"),
             service.err.constData());
    const auto person = run(QStringList{u"login"_s, u"--browser"_s, CliHome::browser(), u"--timeout"_s, u"60s"_s}
                            + provider().first(4));
    QCOMPARE(person.exitCode, 13);
    // The home's store is MSAL's plain file.
    QVERIFY2(person.err.contains("by --store") && !person.err.contains("profile edit"), person.err.constData());
    const auto tenant = run({u"login"_s, u"--service"_s, u"--entra"_s, u"common"_s, u"--client-id"_s, u"x"_s});
    QCOMPARE(tenant.exitCode, 2);
    QVERIFY2(tenant.err.contains("'common' stands for"), tenant.err.constData());
}

void TestServiceVerb::aFailureSaysWhatHelps_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("RFC 6749 §5.2: invalid_client") << u"sandbox-web"_s << u"another"_s << 13 << QByteArray("expired");
    QTest::newRow("RFC 6749 §5.2: unauthorized_client")
        << u"sandbox-native"_s << QString() << 4 << QByteArray("--secret-stdin");
}
//! The doctor looks at the provider, and is given no word that is about the application's proof.
void TestServiceVerb::theCommandThatHelpsCanBeTyped()
{
    const auto login = run(
        serviceLogin({u"--secret-env"_s, u"APP_SECRET"_s, u"--proxy"_s, u"http://127.0.0.1:9"_s, u"-o"_s, u"json"_s}),
        {}, withSecret());
    QVERIFY2(login.exitCode == 20, login.err.constData());
    const auto command = login.error()[u"fixes"][0][u"command"].toString();
    QVERIFY2(command.startsWith(u"countersign doctor "_s), login.err.constData());
    const auto typed = run(command.split(u' ').mid(1), {}, withSecret());
    QVERIFY2(typed.exitCode != 2, typed.err.constData());
    QVERIFY(m_sandbox.setHook(u"discovery"_s, QJsonObject{{u"status"_s, 404}, {u"body"_s, u"no"_s}}));
    const auto lost = run(serviceLogin({u"--secret-env"_s, u"APP_SECRET"_s, u"-o"_s, u"json"_s}), {}, withSecret());
    QVERIFY2(lost.exitCode == 4, lost.err.constData());
    const auto test = lost.error()[u"fixes"][0][u"command"].toString();
    QVERIFY2(test.startsWith(u"countersign profile test --issuer"_s) && test.contains(u" --service"_s),
             lost.err.constData());
    QCOMPARE(run(test.split(u' ').mid(1), {}, withSecret()).exitCode, 4);
}
void TestServiceVerb::aFailureSaysWhatHelps()
{
    QFETCH(QString, client);
    QFETCH(QString, secret);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, words);
    QStringList arguments{u"login"_s, u"--service"_s, u"--issuer"_s, m_sandbox.issuer(), u"--client-id"_s, client};
    if (!secret.isEmpty())
        arguments += {u"--secret-env"_s, u"APP_SECRET"_s};
    const auto login = run(arguments, {}, {{u"APP_SECRET"_s, secret}});
    QVERIFY2(login.exitCode == exitCode, login.err.constData());
    QVERIFY2(login.err.contains(words), login.err.constData());
}

void TestServiceVerb::whatMakesNoSenseIsWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QString &text, const QByteArray &words) {
        QTest::newRow(name) << text.split(u' ') << words;
    };
    row("d.1: a plain secret", u"login --service --secret hush"_s, "list of processes");
    row("d.1: a plain secret, joined", u"token --service --client-secret=hush"_s, "list of processes");
    row("d.1: --cert-store", u"login --service --cert-store My"_s, "--certificate");
    for (const auto &option :
         {u"--via device"_s, u"--browser x"_s, u"--no-open"_s, u"--qr always"_s, u"--copy-code"_s, u"--prompt login"_s,
          u"--login-hint ada"_s, u"--domain-hint x"_s, u"--acr c1"_s, u"--max-age 5m"_s,
          u"--redirect-uri http://127.0.0.1"_s, u"--listen 8400"_s, u"--parameter a=b"_s})
        row(qPrintable(u"a word for people: "_s + option), u"login --service "_s + option,
            QByteArray("leave ") + option.section(u' ', 0, 0).toLatin1() + " out");
    row("RFC 9449: one word of two", u"token --dpop"_s, "'--dpop' needs 2 values");
    row("RFC 9449: an option for a method", u"token --dpop -o json"_s, "'--dpop' needs 2 values");
    row("x5c without a certificate", u"login --service --send-certificate"_s, "give --certificate");
    row("a region of nobody's", u"token --service --region westeurope"_s, "Microsoft's service alone");
    row("two variables", u"token --service --secret-env A --client-secret-env B"_s,
        "--client-secret-env, --secret-env: give one");
    row("a variable and a file", u"login --service --secret-env A --secret-file F"_s, "--secret-file, --secret-env");
    row("two passphrases", u"accounts --store file:/nowhere/a --secret-env A --secret-fd 3"_s, "several times");
    row("a secret of a person's", u"login --client-secret-env A"_s, "--client-secret-env goes with --service");
    row("and where it is kept", u"login --client-secret-env A"_s, "'profile add'");
    row("a secret for a number", u"login --service --client-secret-fd hush"_s, "--client-secret-fd needs the number");
    row("an account", u"token --service --account ada"_s, "leave --account out");
    row("an ID token", u"token --service --type id"_s, "leave --type id out");
    row("RFC 9449: a proof", u"token --service --dpop GET https://api.example.com/"_s, "leave --dpop");
    row("a proof without --service", u"token --secret-file x"_s, "goes with --service");
    row("two secrets", u"token --service --secret-file x --secret-keychain y"_s, "several times");
    row("two proofs", u"token --service --certificate x --federated-token-file y"_s, "in one way");
    row("d.2: --via broker", u"login --via broker"_s, "--via browser");
    row("d.2: --via iwa", u"login --via iwa"_s, "--via browser");
    row("d.2: --via password", u"token --via password"_s, "RFC 9700");
    row("no region", u"token --service --region a.b"_s, "--region");
    row("a certificate that is not there", u"token --service --certificate /nowhere"_s, "nowhere");
    row("a revocation", u"logout --service --revoke"_s, "end by themselves");
}
void TestServiceVerb::whatMakesNoSenseIsWrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const auto refused = run(arguments + QStringList{u"--issuer"_s, m_sandbox.issuer(), u"--client-id"_s, u"x"_s});
    QVERIFY2(refused.exitCode == 2, refused.err.constData());
    QVERIFY2(refused.err.contains(words), refused.err.constData());
    QVERIFY(!refused.err.contains("hush"));
}

QTEST_GUILESS_MAIN(TestServiceVerb)
#include "tst_serviceverb.moc"
