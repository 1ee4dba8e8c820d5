// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"
#include "conventions.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Cli;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

//! The conventions of docs/cli.md that are no verb's own.
class TestConventions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFailureBeforeAnyVerbIsKeptInAFileToo();
    void aListIsALineEach();
    void anEmptyGlobalOptionIsWrongUsage();
    void aNewcomersSlipIsAnsweredWithTheNextStep_data();
    void aNewcomersSlipIsAnsweredWithTheNextStep();
    void theCommandThatIsSuggestedSaysEverything_data();
    void theCommandThatIsSuggestedSaysEverything();
    void whatIsChangedIsSaidToPrograms();
    void everyExitCodeSaysWhatToDo();
    void helpAndVersionAnswerInTheFormThatIsAskedFor_data();
    void helpAndVersionAnswerInTheFormThatIsAskedFor();
    void aTokenWhereNoneBelongsIsRefused_data();
    void aTokenWhereNoneBelongsIsRefused();
};

//! cli.md d.1: standard output is the payload. Each flag is as good as its verb.
void TestConventions::helpAndVersionAnswerInTheFormThatIsAskedFor_data()
{
    QTest::addColumn<QStringList>("flag");
    QTest::addColumn<QStringList>("verb");
    const QStringList outputs[] = {
        {u"-o"_s, u"json"_s},        {u"-o"_s, u"jsonl"_s}, {u"-o"_s, u"none"_s}, {u"-o"_s, u"text"_s}, {},
        {u"--query"_s, u"schema"_s}, {u"--output=json"_s}};
    const std::pair<QStringList, QStringList> pairs[] = {
        {{u"--version"_s}, {u"version"_s}},
        {{u"--help"_s}, {u"help"_s}},
        {{}, {u"help"_s}},
        {{u"token"_s, u"--help"_s}, {u"help"_s, u"token"_s}},
        {{u"challenge"_s, u"parse"_s, u"-h"_s}, {u"help"_s, u"challenge"_s, u"parse"_s}}};
    for (const auto &[flag, verb] : pairs) {
        for (const auto &output : outputs)
            QTest::newRow(qPrintable((flag + output).join(u' '))) << flag + output << verb + output;
    }
    QTest::newRow("a form of the verb's own")
        << QStringList{u"token"_s, u"--help"_s, u"-o"_s, u"header"_s} << QStringList{u"help"_s, u"token"_s};
}

void TestConventions::helpAndVersionAnswerInTheFormThatIsAskedFor()
{
    QFETCH(const QStringList, flag);
    QFETCH(const QStringList, verb);
    const CliHome home;
    const auto asked = home.run(flag);
    const auto same = home.run(verb);
    QCOMPARE(asked.exitCode, 0);
    QCOMPARE(asked.err, QByteArray());
    QCOMPARE(asked.out, same.out);
    QCOMPARE(asked.out.isEmpty(), flag.contains(u"none"_s));
}

//! Issue 6: no secret in argv, and one given there is refused with exit 2.
void TestConventions::aTokenWhereNoneBelongsIsRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("as a scope") << QStringList{u"token"_s, u"--scope"_s, oldToken};
    QTest::newRow("as a scope, joined") << QStringList{u"token"_s, QString(u"--scope="_s + oldToken)};
    QTest::newRow("as an account") << QStringList{u"token"_s, oldToken};
    QTest::newRow("as a challenge") << QStringList{u"login"_s, u"--claims-challenge"_s, oldToken};
    QTest::newRow("in place of a file") << QStringList{u"verify"_s, u"@x"_s, u"--jwks"_s, oldToken};
    QTest::newRow("a global option") << QStringList{u"accounts"_s, u"-a"_s, oldToken};
    QTest::newRow("a spelling of kubelogin's")
        << QStringList{u"credential"_s, u"kubernetes"_s, u"--oidc-extra-scope"_s, oldToken};
    QTest::newRow("five parts") << QStringList{u"token"_s, u"--caller"_s, u"eyJhbGciOiJkaXIifQ..aXY.Y3Q.dGFn"_s};
}

void TestConventions::aTokenWhereNoneBelongsIsRefused()
{
    QFETCH(const QStringList, arguments);
    const CliHome home;
    const auto run = home.run(arguments + QStringList{u"-o"_s, u"json"_s});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.error()[u"message"].toString().contains("was given a token"_L1), run.err.constData());
    QVERIFY2(!run.err.contains(".eyJzdWIi") && !run.err.contains("dGFn"), run.err.constData());
}

void TestConventions::aFailureBeforeAnyVerbIsKeptInAFileToo() // cli.md d.3: --error-file
{
    const CliHome home;
    const auto path = home.path(u"error.json"_s);
    for (const auto &wrong :
         {QStringList{u"tokne"_s}, QStringList{u"token"_s, u"--isuer"_s, u"x"_s},
          QStringList{u"token"_s, u"--client-secret=CANARY"_s}, QStringList{u"token"_s, u"-o"_s, u"jsno"_s}}) {
        for (const auto &named : {QStringList{u"--error-file"_s, path}, QStringList{u"--error-file="_s + path}}) {
            QFile::remove(path);
            const auto run = home.run(wrong + named);
            QCOMPARE(run.exitCode, 2);
            QFile file(path);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(wrong.join(u' ')));
            const auto content = file.readAll();
            const auto error = QJsonDocument::fromJson(content).object();
            QCOMPARE(error[u"schema"].toString(), u"countersign.error/1"_s);
            QCOMPARE(error[u"exit"].toInt(), 2);
            QVERIFY(!content.contains("CANARY"));
        }
    }
}

void TestConventions::aListIsALineEach() // cli.md d.1: -o jsonl
{
    const CliHome home;
    for (const auto &name : {u"one"_s, u"two"_s})
        QCOMPARE(
            home.run({u"profile"_s, u"add"_s, name, u"--issuer"_s, u"https://op.example"_s, u"--client-id"_s, u"app"_s})
                .exitCode,
            0);
    const auto lines = jsonObjectsIn(home.run({u"profile"_s, u"-o"_s, u"jsonl"_s}).out);
    QCOMPARE(lines.size(), 2);
    for (const auto &line : lines)
        QCOMPARE(QJsonDocument::fromJson(line)[u"schema"].toString(), u"countersign.profiles/1"_s);
    QCOMPARE(home.run({u"profile"_s, u"-o"_s, u"jsonl"_s, u"--query"_s, u"id"_s}).out, QByteArray("one\ntwo\n"));
    QCOMPARE(home.run({u"version"_s, u"-o"_s, u"jsonl"_s}).out, home.run({u"version"_s, u"-o"_s, u"json"_s}).out);
    QCOMPARE(home.run({u"accounts"_s, u"-o"_s, u"jsonl"_s}).out, QByteArray());
}

void TestConventions::anEmptyGlobalOptionIsWrongUsage()
{
    for (const auto &option : CommandLine(allVerbs()).globalOptions()) {
        if (!takesValue(option))
            continue;
        const auto invocation = parsed({u"version"_s, longName(option), QString()});
        QVERIFY2(!invocation, qPrintable(longName(option)));
        QCOMPARE(int(exitCodeOf(invocation.error())), 2);
    }
}

//! What a newcomer types, and the word that has to be in the answer.
void TestConventions::aNewcomersSlipIsAnsweredWithTheNextStep_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("an issuer without its option")
        << QStringList{u"login"_s, u"https://op.example"_s} << QByteArray("'--issuer https://op.example'");
    QTest::newRow("an issuer without https")
        << QStringList{u"login"_s, u"--issuer"_s, u"op.example"_s, u"--client-id"_s, u"x"_s}
        << QByteArray("'https://op.example'");
    QTest::newRow("no client id") << QStringList{u"login"_s, u"--issuer"_s, u"https://op.example"_s}
                                  << QByteArray("--client-id is missing");
    QTest::newRow("nobody here") << QStringList{u"login"_s,       u"--issuer"_s, u"https://op.example"_s,
                                                u"--client-id"_s, u"x"_s,        u"--no-interaction"_s}
                                 << QByteArray("countersign login --issuer https://op.example --client-id x");
    QTest::newRow("a preset without a client id")
        << QStringList{u"profile"_s, u"add"_s, u"work"_s, u"--preset"_s, u"entra"_s} << QByteArray("--client-id");
    QTest::newRow("an option without its value")
        << QStringList{u"store"_s, u"migrate"_s, u"--to"_s} << QByteArray("'--to' needs a value");
    QTest::newRow("a setting's name mistyped")
        << QStringList{u"config"_s, u"set"_s, u"stroe"_s, u"memory"_s} << QByteArray("Did you mean 'store'?");
    QTest::newRow("a challenge for a helper that is called again and again")
        << QStringList{u"configure"_s, u"git"_s, u"--host"_s, u"git.example.com"_s, u"--claims"_s, u"{}"_s}
        << QByteArray("no option '--claims'");
    QTest::newRow("another program's option")
        << QStringList{u"env"_s, u"sh"_s, u"-c"_s, u"true"_s} << QByteArray("'--': countersign env -- sh");
    QTest::newRow("no account to rename") << QStringList{u"accounts"_s, u"rename"_s} << QByteArray("Name the account");
    QTest::newRow("keys of nobody") << QStringList{u"verify"_s, oldToken, u"-o"_s, u"none"_s}
                                    << QByteArray("--profile NAME, --issuer URL");
    QTest::newRow("nothing to look at") << QStringList{u"inspect"_s} << QByteArray("--account NAME");
    QTest::newRow("no setting") << QStringList{u"config"_s, u"get"_s} << QByteArray("store, proxy");
    QTest::newRow("a port that is none") << QStringList{u"sandbox"_s, u"start"_s, u"--port"_s, u"99999"_s}
                                         << QByteArray("65535");
    QTest::newRow("a stranger") << QStringList{u"sandbox"_s, u"start"_s, u"--approve"_s, u"adda"_s}
                                << QByteArray("'ada'");
    QTest::newRow("a stranger's token") << QStringList{u"sandbox"_s, u"mint"_s, u"adda"_s} << QByteArray("'ada'");
    QTest::newRow("a setting's value mistyped")
        << QStringList{u"config"_s, u"set"_s, u"via"_s, u"brow"_s} << QByteArray("Did you mean 'browser'?");
    QTest::newRow("a proxy that is none")
        << QStringList{u"config"_s, u"set"_s, u"proxy"_s, u"nonsense token"_s} << QByteArray("'nonsense token'");
    QTest::newRow("a prompt mistyped, OpenID Connect Core 3.1.2.1")
        << QStringList{u"login"_s, u"--prompt"_s, u"login selectaccount"_s}
        << QByteArray("Did you mean 'select_account'?");
    QTest::newRow("a prompt that is none")
        << QStringList{u"login"_s, u"--prompt"_s, u"foo"_s} << QByteArray("'foo' is not one of none, login");
    QTest::newRow("a key's file that is not there")
        << QStringList{u"jose"_s, u"verify"_s, u"x"_s, u"--key"_s, u"/nowhere/x.pem"_s}
        << QByteArray("'/nowhere/x.pem' cannot be read: No such file");
    QTest::newRow("a descriptor that is not open")
        << QStringList{u"accounts"_s, u"--store"_s, u"file:/nowhere/at/all"_s, u"--secret-fd"_s, u"99"_s}
        << QByteArray("--secret-fd 99");
    QTest::newRow("a secret for a descriptor")
        << QStringList{u"accounts"_s, u"--secret-fd"_s, u"CANARY"_s} << QByteArray("open file");
    QTest::newRow("a secret for a variable")
        << QStringList{u"accounts"_s, u"--store"_s, u"file:/nowhere/at/all"_s, u"--secret-env"_s, u"CANARY"_s}
        << QByteArray("--secret-env");
    QTest::newRow("a secret for its file")
        << QStringList{u"jose"_s, u"jwk"_s, u"--passphrase-file"_s, u"CANARY"_s, u"x"_s}
        << QByteArray("--passphrase-file");
}

void TestConventions::aNewcomersSlipIsAnsweredWithTheNextStep()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, said);
    const CliHome home;
    const auto run = home.run(arguments);
    QVERIFY(run.exitCode > 0);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(run.err.contains(said), run.err.constData());
    QVERIFY2(!run.err.contains("CANARY"), run.err.constData());
}

//! What failed, and the first command that is suggested then: it works as it is.
void TestConventions::theCommandThatIsSuggestedSaysEverything_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<QString>("command");
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    const auto row = [&words](const char *name, const char *arguments, const QString &command,
                              const Environment &environment = {}) {
        QTest::newRow(name) << words(arguments) << environment << command;
    };
    const auto provider = u" --issuer http://127.0.0.1:9 --client-id x"_s;
    row("a sign-in keeps what it was to save",
        "login --issuer http://127.0.0.1:9 --client-id x --save work --scope email --no-interaction",
        u"countersign login"_s + provider + u" --save work --scope email"_s);
    row("the store goes along",
        "token --issuer http://127.0.0.1:9 --client-id x --no-interaction --store msal:%HOME/x.json",
        u"countersign login"_s + provider + u" --store msal:%HOME/x.json"_s);
    row("the way to the network, too", "token --issuer http://127.0.0.1:9 --client-id x --no-interaction --proxy none",
        u"countersign login"_s + provider + u" --proxy none"_s);
    row("a sealed store's passphrase", "accounts --store file:%HOME/x --no-interaction",
        u"countersign accounts --store file:%HOME/x --no-interaction --secret-env COUNTERSIGN_PASSPHRASE"_s);
    row("a sealed store by the environment", "accounts --no-interaction",
        u"countersign accounts --no-interaction --secret-env COUNTERSIGN_PASSPHRASE"_s,
        {{u"COUNTERSIGN_STORE"_s, u"file:%HOME/x"_s}});
    row("what --offline forbids", "login --issuer http://127.0.0.1:9 --client-id x --offline",
        u"countersign login"_s + provider);
    row("what --timeout ended", "sandbox start --timeout 1s", u"countersign sandbox start --timeout 5m"_s);
    row("an unknown profile", "token --profile wrok", u"countersign profile list"_s);
    row("an unknown profile to be shown", "profile show wrok", u"countersign profile list"_s);
    row("an unknown profile's accounts", "accounts --profile wrok", u"countersign profile list"_s);
    row("an unknown account", "accounts show nobody", u"countersign accounts"_s);
    row("a variable that is there goes along",
        "token --issuer http://127.0.0.1:9 --client-id x --no-interaction --secret-env PASS",
        u"countersign login"_s + provider + u" --secret-env PASS"_s, {{u"PASS"_s, u"hunter2"_s}});
    row("a passphrase in its place does not",
        "token --issuer http://127.0.0.1:9 --client-id x --no-interaction --secret-env CANARY",
        u"countersign login"_s + provider);
    row("nor does it where the command is repeated",
        "login --issuer http://127.0.0.1:9 --client-id x --no-interaction --secret-env CANARY",
        u"countersign login"_s + provider);
    row("nobody answers", "login --issuer http://127.0.0.1:9 --client-id x", u"countersign doctor"_s + provider);
    row("a challenge in place of a token", "inspect @%HOME/challenge",
        u"countersign challenge explain @%HOME/challenge"_s);
    row("words in place of a token", "verify @%HOME/challenge", u"countersign inspect @%HOME/challenge"_s);
}

void TestConventions::theCommandThatIsSuggestedSaysEverything()
{
    QFETCH(QStringList, arguments);
    QFETCH(Environment, environment);
    QFETCH(QString, command);
    const CliHome home;
    // A store of somewhere is made there.
    const auto place = home.path(QString());
    arguments.replaceInStrings(u"%HOME"_s, place);
    command.replace(u"%HOME"_s, place);
    for (auto &value : environment)
        value.replace(u"%HOME"_s, place);
    QCOMPARE(
        home.run({u"profile"_s, u"add"_s, u"work"_s, u"--issuer=https://op.example"_s, u"--client-id=app"_s}).exitCode,
        0);
    QFile challenge(home.path(u"challenge"_s));
    QVERIFY(challenge.open(QIODevice::WriteOnly));
    challenge.write("WWW-Authenticate: Bearer error=\"invalid_token\"\n");
    challenge.close();
    const auto path = home.path(u"error.json"_s);
    const auto run = home.run(arguments + QStringList{u"--error-file"_s, path}, {}, environment);
    QVERIFY(run.exitCode > 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto fixes = QJsonDocument::fromJson(file.readAll()).object().value("fixes"_L1).toArray();
    QVERIFY2(!fixes.isEmpty(), run.err.constData());
    auto said = fixes[0][u"command"].toString();
    said.remove(u" --error-file "_s + path);
    QVERIFY2(said == command, run.err.constData());
}

void TestConventions::whatIsChangedIsSaidToPrograms() // cli.md d.1: standard output is the payload
{
    const CliHome home;
    const auto change = [&home](const QString &arguments) {
        const auto run = home.run(arguments.split(u' ') + QStringList{u"-o"_s, u"json"_s});
        auto json = run.json();
        if (run.exitCode != 0 || !run.err.isEmpty() || json.take(u"schema"_s) != u"countersign.change/1"_s)
            return QString::fromUtf8(run.out + run.err);
        QStringList members;
        for (const auto &member : {u"what"_s, u"name"_s, u"action"_s, u"value"_s})
            members.append(json[member].toString());
        return members.join(u' ').trimmed();
    };
    QCOMPARE(change(u"profile add work --issuer https://op.example --client-id app"_s), u"profile work saved"_s);
    QCOMPARE(change(u"profile edit work --set note=mine"_s), u"profile work changed"_s);
    QCOMPARE(change(u"profile edit work --set note=mine"_s), u"profile work unchanged"_s);
    QCOMPARE(change(u"profile default work"_s), u"profile work default"_s);
    QCOMPARE(change(u"profile remove work"_s), u"profile work removed"_s);
    QCOMPARE(change(u"config set via device"_s), u"setting via set device"_s);
    QCOMPARE(change(u"config unset via"_s), u"setting via unset"_s);
    const auto tested = home.run({u"store"_s, u"test"_s, u"-o"_s, u"json"_s}).json();
    QCOMPARE(tested.value("schema"_L1).toString(), u"countersign.store/1"_s);
    QCOMPARE(tested.value("writable"_L1).toBool(), true);
    QCOMPARE(change(u"store wipe --yes"_s), u"store %1 emptied"_s.arg(home.storePath()));
}

void TestConventions::everyExitCodeSaysWhatToDo()
{
    for (const auto &row : exitCodeTable()) {
        const auto meaning = QByteArray(row.meaning);
        QVERIFY2(row.code == ExitCode::Done || meaning.contains(": ") || row.code == ExitCode::Declined, row.meaning);
    }
}

QTEST_GUILESS_MAIN(TestConventions)
#include "tst_conventions.moc"
