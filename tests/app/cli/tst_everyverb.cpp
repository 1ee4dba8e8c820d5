// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"
#include "conventions.h"

#include <cli/help.h>

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Cli;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

//! Two neighbours swapped: how people mistype.
QString mistyped(QString word)
{
    for (qsizetype i = word.size() - 1; i > 2; --i) {
        if (word.at(i) != word.at(i - 1)) {
            const auto last = word.at(i);
            word[i] = word.at(i - 1);
            word[i - 1] = last;
            return word;
        }
    }
    return word + u'x';
}

//! How each of them fails, and with which exit code.
const std::pair<const char *, int> failures[] = {
    {"login", 3},
    {"login --issuer http://127.0.0.1:9 --client-id x --no-interaction", 10},
    {"login --issuer http://127.0.0.1:9 --client-id x --timeout 5s", 20},
    {"token", 3},
    {"token --issuer http://127.0.0.1:9 --client-id x --no-interaction", 10},
    {"env", 3},
    {"accounts show nobody", 3},
    {"accounts default nobody", 3},
    {"accounts rename", 2},
    {"accounts rename nobody somebody", 3},
    {"accounts remove nobody", 3},
    {"accounts list --account nobody --store file:/nowhere/at/all --no-interaction", 30},
    {"accounts watch --store file:/nowhere/at/all --no-interaction", 30},
    {"logout", 3},
    {"profile list x", 2},
    {"profile show nothing", 3},
    {"profile add", 2},
    {"profile presets x", 2},
    {"profile import /nowhere/at/all", 2},
    {"profile edit nothing", 3},
    {"profile test nothing", 3},
    {"profile default nothing", 3},
    {"profile export nothing", 3},
    {"profile remove nothing", 3},
    {"inspect @/nowhere/at/all", 2},
    {"inspect words", 40},
    {"verify words", 40},
    {"verify @/nowhere/at/all", 2},
    {"challenge", 2},
    {"challenge parse @/nowhere/at/all", 2},
    {"challenge explain @/nowhere/at/all", 2},
    {"challenge lint @/nowhere/at/all", 2},
    {"challenge build", 2},
    {"challenge satisfy @/nowhere/at/all", 2},
    {"issuer", 2},
    {"issuer lint http://127.0.0.1:9", 20},
    {"issuer keys http://127.0.0.1:9", 20},
    {"issuer metadata http://127.0.0.1:9", 20},
    {"jose", 2},
    {"jose verify --key /nowhere/at/all x", 2},
    {"jose decrypt --key /nowhere/at/all x", 2},
    {"jose sign --key /nowhere/at/all x", 2},
    {"jose thumbprint @/nowhere/at/all", 2},
    {"jose certs @/nowhere/at/all", 2},
    {"jose jwk @/nowhere/at/all", 2},
    {"jose pkce short", 2},
    {"jose b64u -d !!", 40},
    {"jose at-hash --alg x -", 2},
    {"credential", 2},
    {"credential git", 2},
    {"credential kubernetes --issuer http://127.0.0.1:9 --client-id x --no-interaction", 10},
    {"configure", 2},
    {"configure git", 2},
    {"configure kubernetes --kubeconfig /nowhere/at/all", 3},
    {"unconfigure", 2},
    {"unconfigure git", 2},
    {"unconfigure kubernetes --kubeconfig /nowhere/at/all", 2},
    {"sandbox", 2},
    {"sandbox start --port x", 2},
    {"sandbox mint --issuer https://op.example", 2},
    {"sandbox break --issuer http://127.0.0.1:9 down", 20},
    {"store test --store file:/nowhere/at/all --no-interaction", 30},
    {"store status x", 2},
    {"store inspect", 2},
    {"store inspect /nowhere/at/all", 2},
    {"store inspect /dev/zero", 2},
    {"store migrate", 2},
    {"store export", 2},
    {"store wipe --no-interaction", 2},
    {"doctor x", 2},
    {"config list x", 2},
    {"config get nothing", 2},
    {"config set via carrier-pigeon", 2},
    {"config unset nothing", 2},
    {"config path x", 2},
    {"trust add /nowhere/.countersign.toml", 4},
    {"trust list x", 2},
    {"trust remove /nowhere/at/all", 2},
    {"completion", 2},
    {"completion tcsh", 2},
    {"version x", 2},
    {"help nothing", 2},
};

} // namespace

//! What has to hold of the command line whatever the verb: see docs/cli.md.
class TestEveryVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFailureSaysNothingOnStandardOutput_data();
    void aFailureSaysNothingOnStandardOutput();
    void everyVerbIsAmongTheFailures();
    void anAnswerIsThePayloadAlone_data();
    void anAnswerIsThePayloadAlone();
    void everyVerbAnswersInJson();
    void noOptionTakesASecret();
    void theNamesOfSecretsAreRefusedEverywhere();
    void everyMistypedOptionIsNamedWithTheRightOne();
    void everyMistypedChoiceIsNamedWithTheRightOne();
    void everyMistypedVerbIsNamedWithTheRightOne();
    void noWordMayBeEmpty();
    void everyVerbHasHelpOfItsOwn();
};

void TestEveryVerb::aFailureSaysNothingOnStandardOutput_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    for (const auto &[line, exitCode] : failures)
        QTest::newRow(line) << QString::fromLatin1(line).split(u' ') << exitCode;
}

void TestEveryVerb::aFailureSaysNothingOnStandardOutput()
{
    QFETCH(QStringList, arguments);
    QFETCH(const int, exitCode);
    const CliHome home;
    // Nobody can make a folder below a file, not even the superuser.
    QFile file(home.path(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    arguments.replaceInStrings(u"/nowhere"_s, file.fileName());
    const auto text = home.run(arguments);
    QVERIFY2(text.exitCode == exitCode, QByteArray(QByteArray::number(text.exitCode) + ": " + text.err).constData());
    QVERIFY2(text.out.isEmpty(), text.out.constData());
    QVERIFY2(text.err.startsWith("countersign: ") || text.err.contains("\ncountersign: "), text.err.constData());
    QVERIFY(jsonObjectsIn(text.err).isEmpty());
    const auto json = home.run(arguments + QStringList{u"-o"_s, u"json"_s});
    QVERIFY2(json.out.isEmpty(), json.out.constData());
    QVERIFY2(jsonObjectsIn(json.err).size() == 1, json.err.constData());
    QCOMPARE(json.error()[u"schema"].toString(), u"countersign.error/1"_s);
    QCOMPARE(json.error()[u"exit"].toInt(), json.exitCode);
    QVERIFY(!json.error()[u"message"].toString().isEmpty());
}

//! A verb that is added has to say above how it fails.
void TestEveryVerb::everyVerbIsAmongTheFailures()
{
    for (const auto &verb : CommandLine(allVerbs()).describe()) {
        const auto path = verb.path.join(u' ');
        const bool isThere = std::any_of(std::begin(failures), std::end(failures), [&path](const auto &failure) {
            return QString(QString::fromLatin1(failure.first) + u' ').startsWith(path + u' ');
        });
        QVERIFY2(isThere, qPrintable(path));
    }
}

void TestEveryVerb::anAnswerIsThePayloadAlone_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const QStringList &arguments) {
        QTest::newRow(arguments.join(u' ').left(60).toUtf8().constData()) << arguments;
    };
    row({u"accounts"_s});
    row({u"accounts"_s, u"list"_s});
    row({u"profile"_s});
    row({u"profile"_s, u"list"_s});
    row({u"profile"_s, u"show"_s, u"work"_s});
    row({u"profile"_s, u"presets"_s});
    row({u"inspect"_s, oldToken});
    row({u"challenge"_s, u"parse"_s, u"Bearer realm=\"a\""_s});
    row({u"challenge"_s, u"explain"_s, u"Bearer realm=\"a\""_s});
    row({u"challenge"_s, u"lint"_s, u"Bearer realm=\"a\""_s});
    row({u"challenge"_s, u"build"_s, u"--acrs"_s, u"c1"_s});
    row({u"jose"_s, u"pkce"_s});
    row({u"jose"_s, u"b64u"_s, u"words"_s});
    row({u"completion"_s, u"bash"_s});
    row({u"help"_s});
    row({u"help"_s, u"jose"_s, u"sign"_s});
    row({u"help"_s, u"exit-codes"_s});
    row({u"store"_s});
    row({u"store"_s, u"status"_s});
    row({u"config"_s});
    row({u"config"_s, u"list"_s});
    row({u"config"_s, u"path"_s});
    row({u"config"_s, u"get"_s, u"store"_s});
    row({u"configure"_s, u"git"_s, u"--host"_s, u"git.example.com"_s, u"--dry-run"_s});
    row({u"configure"_s, u"git"_s, u"--host"_s, u"git.example.com"_s, u"--print"_s});
    row({u"profile"_s, u"export"_s, u"work"_s});
    row({u"profile"_s, u"export"_s, u"work"_s, u"--format"_s, u"variables"_s});
    row({u"trust"_s, u"list"_s});
    row({u"doctor"_s, u"--offline"_s});
    row({u"version"_s});
}

void TestEveryVerb::anAnswerIsThePayloadAlone()
{
    QFETCH(const QStringList, arguments);
    const CliHome home;
    const auto added = home.run({u"profile"_s, u"add"_s, u"work"_s, u"--issuer"_s, u"https://op.example"_s,
                                 u"--client-id"_s, u"app"_s, u"-q"_s});
    QVERIFY2(added.exitCode == 0 && added.out.isEmpty() && added.err.isEmpty(), added.err.constData());
    const auto text = home.run(arguments + QStringList{u"-q"_s});
    QVERIFY2(text.exitCode == 0, text.err.constData());
    QVERIFY2(text.err.isEmpty(), text.err.constData());
    const auto json = home.run(arguments + QStringList{u"-o"_s, u"json"_s});
    QVERIFY2(json.exitCode == 0, json.err.constData());
    const auto lines = json.out.split('\n');
    QVERIFY2(lines.size() == 2 && lines.last().isEmpty(), json.out.constData());
    QVERIFY2(json.json()[u"schema"].toString().startsWith("countersign."_L1), json.out.constData());
    const auto none = home.run(arguments + QStringList{u"-o"_s, u"none"_s});
    QCOMPARE(none.exitCode, 0);
    QVERIFY2(none.out.isEmpty(), none.out.constData());
}

void TestEveryVerb::everyVerbAnswersInJson()
{
    const CommandLine all(allVerbs());
    for (const auto &verb : all.describe())
        QVERIFY2(verb.verb->formats().contains(u"json"_s), qPrintable(verb.path.join(u' ')));
}

void TestEveryVerb::noOptionTakesASecret()
{
    const QStringList secrets{u"{\"kty\":\"oct\",\"k\":\"CANARY\"}"_s,
                              u"-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----"_s,
                              u"https://ada:CANARY@op.example/"_s};
    CommandLine all(allVerbs());
    auto verbs = all.describe();
    verbs.append({.verb = nullptr, .path = {u"token"_s}, .options = all.globalOptions()});
    qsizetype turn = 0; // one kind of secret an option is enough: the words are looked at before the options
    for (const auto &verb : std::as_const(verbs)) {
        for (const auto &option : verb.options) {
            if (!takesValue(option) && !option.isPositional)
                continue;
            const auto &secret = secrets.at(turn++ % secrets.size());
            const auto given = option.isPositional ? QStringList{secret} : QStringList{longName(option), secret};
            const auto invocation = parsed(verb.path + given);
            QVERIFY2(!invocation, qPrintable((verb.path + given).join(u' ')));
            QCOMPARE(int(exitCodeOf(invocation.error())), 2);
            QVERIFY2(!invocation.error().message().contains("CANARY"_L1), qPrintable(invocation.error().message()));
            QVERIFY(invocation.error().message().contains("list of processes"_L1));
        }
    }
}

void TestEveryVerb::theNamesOfSecretsAreRefusedEverywhere()
{
    const QStringList names{u"--secret"_s,        u"--client-secret"_s, u"--password"_s,    u"--passphrase"_s,
                            u"--refresh-token"_s, u"--access-token"_s,  u"--private-key"_s, u"--oidc-client-secret"_s,
                            u"--id-token"_s,      u"--device-code"_s,   u"--assertion"_s,   u"--client-assertion"_s,
                            u"--code-verifier"_s};
    for (const auto &verb : CommandLine(allVerbs()).describe()) {
        for (const auto &name : names) {
            const auto invocation = parsed(verb.path + QStringList{name + u"=CANARY"_s});
            QVERIFY2(!invocation, qPrintable(verb.path.join(u' ')));
            QCOMPARE(int(exitCodeOf(invocation.error())), 2);
            QVERIFY(invocation.error().message().contains(name));
            QVERIFY(!invocation.error().message().contains("CANARY"_L1));
        }
    }
}

//! `logout "$UNSET"` signs nobody out.
void TestEveryVerb::noWordMayBeEmpty()
{
    for (const auto &verb : CommandLine(allVerbs()).describe()) {
        QStringList before;
        for (const auto &option : verb.options) {
            if (!option.isPositional)
                continue;
            for (const auto &word : {QString(), u" "_s}) {
                const auto invocation = parsed(verb.path + before + QStringList{word});
                QVERIFY2(!invocation, qPrintable(verb.path.join(u' ')));
                QCOMPARE(int(exitCodeOf(invocation.error())), 2);
                const auto message = invocation.error().message();
                QVERIFY2(message.contains(option.names.first()) || !option.choices.isEmpty(), qPrintable(message));
            }
            before.append(option.choices.value(0, u"x"_s));
        }
    }
}

void TestEveryVerb::everyMistypedOptionIsNamedWithTheRightOne()
{
    CommandLine all(allVerbs());
    auto verbs = all.describe();
    verbs.append({.verb = nullptr, .path = {u"token"_s}, .options = all.globalOptions()});
    for (const auto &verb : std::as_const(verbs)) {
        for (const auto &option : verb.options) {
            const auto right = longName(option);
            if (option.isPositional || !right.startsWith("--"_L1))
                continue;
            const auto wrong = mistyped(right);
            const auto invocation = parsed(verb.path + QStringList{wrong});
            QVERIFY2(!invocation, qPrintable(wrong));
            const auto message = invocation.error().message();
            const QString context = verb.path.join(u' ') + u": "_s + message;
            QVERIFY2(message.contains(u'\'' + wrong + u'\''), qPrintable(context));
            QVERIFY2(message.contains(u'\'' + right + u'\''), qPrintable(context));
        }
    }
}

void TestEveryVerb::everyMistypedChoiceIsNamedWithTheRightOne()
{
    for (const auto &verb : CommandLine(allVerbs()).describe()) {
        for (const auto &option : verb.options) {
            for (const auto &right : option.choices) {
                if (right.size() < 4)
                    continue; // another one may be as near
                const auto wrong = mistyped(right);
                const auto given = option.isPositional ? QStringList{wrong} : QStringList{longName(option), wrong};
                const auto invocation = parsed(verb.path + given);
                QVERIFY2(!invocation, qPrintable((verb.path + given).join(u' ')));
                const auto message = invocation.error().message();
                QVERIFY2(message.contains(u'\'' + wrong + u'\''), qPrintable(message));
                QVERIFY2(message.contains(u"Did you mean '"_s + right + u'\''), qPrintable(message));
            }
        }
    }
}

void TestEveryVerb::everyMistypedVerbIsNamedWithTheRightOne()
{
    const auto verbs = CommandLine(allVerbs()).describe();
    for (const auto &verb : verbs) {
        if (verb.path.last().size() < 4)
            continue;
        // Where a verb takes a word of its own, a word that is no verb is that word.
        const auto above = verb.path.mid(0, verb.path.size() - 1);
        auto wrong = verb.path;
        wrong.last() = mistyped(verb.path.last());
        const auto invocation = parsed(wrong);
        QVERIFY2(!invocation, qPrintable(wrong.join(u' ')));
        const auto message = invocation.error().message();
        QVERIFY2(message.contains(u'\'' + wrong.last() + u'\''), qPrintable(message));
        QVERIFY2(message.contains(u'\'' + verb.path.last() + u'\''), qPrintable(above.join(u' ') + message));
    }
}

void TestEveryVerb::everyVerbHasHelpOfItsOwn()
{
    const CommandLine commandLine(allVerbs());
    for (const auto &verb : commandLine.describe()) {
        const auto asked = parsed(verb.path + QStringList{u"--help"_s});
        QVERIFY2(asked && asked->wish == Invocation::Wish::Help, qPrintable(verb.path.join(u' ')));
        QCOMPARE(asked->topic, verb.path);
        const auto help = helpText(commandLine, verb.path);
        QVERIFY(help.contains(u"countersign "_s + verb.path.join(u' ')));
        const auto lines = help.split(u'\n');
        for (const auto &line : lines)
            QVERIFY2(line.size() <= 120, qPrintable(line));
    }
}

QTEST_GUILESS_MAIN(TestEveryVerb)
#include "tst_everyverb.moc"
