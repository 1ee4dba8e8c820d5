// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QStandardPaths>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

// As kubectl writes it, with a secret that no diff may show.
const QByteArray kubeconfig = "apiVersion: v1\n"
                              "clusters:\n"
                              "- cluster:\n"
                              "    server: https://k.example\n"
                              "  name: c\n"
                              "contexts:\n"
                              "- context:\n"
                              "    cluster: c\n"
                              "    user: old\n"
                              "  name: prod\n"
                              "current-context: prod\n"
                              "kind: Config\n"
                              "preferences: {}\n"
                              "users:\n"
                              "- name: old\n"
                              "  user:\n"
                              "    token: hunter2\n";

// As a person writes it: comments, order, flow style, no line end, no preferences.
const QByteArray byHand = "# clusters of the team\nkind: Config\napiVersion: v1\n"
                          "users: [{name: old, user: {token: hunter2}}]\n"
                          "clusters:\n    - name: c\n      cluster: {server: 'https://k.example'}\n"
                          "contexts:\n    - name: prod\n      context: {cluster: c, user: old}\n"
                          "    - name: test   # the small one\n      context: {cluster: c}\n"
                          "current-context: prod";

} // namespace

class TestConfigureKubernetes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (QStandardPaths::findExecutable(u"kubectl"_s).isEmpty())
            QSKIP("there is no kubectl");
        m_home = std::make_unique<CliHome>();
        QCOMPARE(
            m_home->run({u"profile"_s, u"add"_s, u"work"_s, u"--issuer=https://op.example"_s, u"--client-id=app"_s})
                .exitCode,
            0);
    }

    void kubectlIsConfiguredAndGetsItsUserBack()
    {
        write(kubeconfig);
        const auto dry = kube({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"--dry-run"_s});
        QVERIFY2(dry.exitCode == 0, dry.err.constData());
        QCOMPARE(read(), kubeconfig);
        const auto done = kube({u"configure"_s, u"kubernetes"_s, u"--context=prod"_s, u"--profile=work"_s,
                                u"--scope=a b"_s, u"--type=access"_s});
        QVERIFY2(done.exitCode == 0, done.err.constData());
        QVERIFY2(!done.out.contains("hunter2"), "a diff shows no secret");
        QProcess kubectl;
        kubectl.start(u"kubectl"_s,
                      {u"--kubeconfig"_s, m_home->path(u"kubeconfig"_s), u"config"_s, u"view"_s, u"-o"_s, u"json"_s});
        QVERIFY(kubectl.waitForFinished());
        const auto config = QJsonDocument::fromJson(kubectl.readAllStandardOutput()).object();
        QCOMPARE(config[u"contexts"][0][u"context"][u"user"].toString(), u"countersign-prod"_s);
        const auto exec = config[u"users"][0][u"user"][u"exec"];
        // client-go refuses v1 without a mode; v1beta1 is what a kubectl before 1.30 can be given.
        const auto mode = exec[u"interactiveMode"].toString();
        QCOMPARE(exec[u"apiVersion"].toString(), execVersionOfKubectl());
        if (!execVersionOfKubectl().endsWith("beta1"_L1))
            QCOMPARE(mode, u"IfAvailable"_s);
        QVERIFY(exec[u"installHint"].toString().contains("countersign"_L1));
        QVERIFY(exec[u"args"].toArray().contains(u"a b"_s));
        // The arguments are understood by the helper itself.
        QStringList arguments;
        for (const auto &argument : exec[u"args"].toArray())
            arguments.append(argument.toString());
        QCOMPARE(m_home->run(arguments + QStringList{u"--no-interaction"_s}).exitCode, 10);
        QCOMPARE(kube({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"-q"_s}).exitCode, 0);
        QCOMPARE(kube({u"unconfigure"_s, u"kubernetes"_s}).exitCode, 0);
        QCOMPARE(read(), kubeconfig);
        QCOMPARE(kube({u"unconfigure"_s, u"kubernetes"_s}).exitCode, 3);
        const auto wrong = kube({u"configure"_s, u"kubernetes"_s, u"--context=prdo"_s, u"--profile=work"_s});
        QCOMPARE(wrong.exitCode, 2);
        QVERIFY2(wrong.err.contains("'prod'"), wrong.err.constData());
    }

    void theFileComesBackByteByByte_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::newRow("written by hand") << byHand;
        QTest::newRow("JSON, which is YAML")
            << QByteArray(R"({"apiVersion":"v1","kind":"Config","contexts":[{"name":"prod","context":{"user":"old"}},)"
                          R"({"name":"test","context":{}}],"current-context":"prod"})");
        QTest::newRow("Windows' line ends") << QByteArray(byHand).replace('\n', "\r\n");
    }
    void theFileComesBackByteByByte()
    {
        QFETCH(const QByteArray, before);
        write(before);
        configure({u"--context=prod"_s});
        const auto record = onlyRecord();
        QCOMPARE(record.permissions() & ~ownerOnly, QFile::Permissions());
        QCOMPARE(QFileInfo(record.path()).permissions() & ~(ownerOnly | QFile::ExeOwner | QFile::ExeUser),
                 QFile::Permissions());
        const auto dry = kube({u"unconfigure"_s, u"kubernetes"_s, u"--dry-run"_s, u"-o"_s, u"json"_s});
        QVERIFY2(dry.exitCode == 0 && dry.json()[u"exact"].toBool(), dry.out.constData());
        QVERIFY(read() != before);
        const auto undone = kube({u"unconfigure"_s, u"kubernetes"_s});
        QVERIFY2(undone.exitCode == 0, undone.err.constData());
        QCOMPARE(read(), before);
        QVERIFY2(!undone.err.contains("Only our user"), undone.err.constData());
        QVERIFY2(records().isEmpty(), "the copy has secrets and is of no use any more");
    }

    void severalContextsAreUndoneInAnyOrder_data()
    {
        QTest::addColumn<QStringList>("order");
        QTest::newRow("the last one first") << QStringList{u"test"_s, u"prod"_s};
        QTest::newRow("the first one first") << QStringList{u"prod"_s, u"test"_s};
    }
    void severalContextsAreUndoneInAnyOrder()
    {
        QFETCH(const QStringList, order);
        write(byHand);
        configure({u"--context=prod"_s});
        const auto one = read();
        configure({u"--context=test"_s});
        // Once more, otherwise: it is the same user.
        configure({u"--context=test"_s, u"--type=access"_s});
        configure({u"--context=test"_s, u"--type=access"_s});
        const auto first = kube({u"unconfigure"_s, u"kubernetes"_s, u"--context"_s, order.first()});
        QVERIFY2(first.exitCode == 0 && !first.err.contains("Only our user"), first.err.constData());
        if (order.first() == "test"_L1)
            QCOMPARE(read(), one);
        QCOMPARE(kube({u"unconfigure"_s, u"kubernetes"_s, u"--context"_s, order.last()}).exitCode, 0);
        QCOMPARE(read(), byHand);
        QVERIFY(records().isEmpty());
    }

    void whatOthersChangedStays()
    {
        write(byHand);
        configure({u"--context=prod"_s});
        configure({u"--context=test"_s});
        QCOMPARE(kubectl({u"config"_s, u"use-context"_s, u"test"_s}), 0);
        const auto undone = kube({u"unconfigure"_s, u"kubernetes"_s, u"--context=prod"_s, u"-o"_s, u"json"_s});
        QVERIFY2(undone.exitCode == 0, undone.err.constData());
        QVERIFY(undone.json()[u"made"].toBool() && !undone.json()[u"exact"].toBool(true));
        QVERIFY2(undone.err.contains("changed by something else"), undone.err.constData());
        QVERIFY2(records().isEmpty(), "the copy is of no use any more");
        const auto later = kube({u"unconfigure"_s, u"kubernetes"_s});
        QVERIFY2(later.err.contains("not known here"), later.err.constData());
        QVERIFY2(read().contains("current-context: test"), read().constData());
        QVERIFY2(read().contains("user: old") && !read().contains("countersign"), read().constData());
    }

    void aChangeByOthersIsPartOfTheNextUndo()
    {
        write(byHand);
        configure({u"--context=prod"_s});
        QCOMPARE(kubectl({u"config"_s, u"set-context"_s, u"more"_s, u"--cluster=c"_s}), 0);
        const auto between = read();
        configure({u"--context=test"_s});
        QCOMPARE(kube({u"unconfigure"_s, u"kubernetes"_s, u"--context=test"_s}).exitCode, 0);
        QCOMPARE(read(), between);
        QCOMPARE(kube({u"unconfigure"_s, u"kubernetes"_s, u"--context=prod"_s}).exitCode, 0);
        QVERIFY2(read().contains("more") && !read().contains("countersign"), read().constData());
    }

    void aUserConfiguredAgainAfterOthersIsTakenOutAlone()
    {
        write(byHand);
        configure({u"--context=prod"_s});
        QCOMPARE(kubectl({u"config"_s, u"use-context"_s, u"test"_s}), 0);
        // Even where nothing is changed, the copy from before the others is of no use any more.
        configure({u"--context=prod"_s});
        QVERIFY(records().isEmpty());
        configure({u"--context=prod"_s, u"--type=access"_s});
        QVERIFY(records().isEmpty());
        QCOMPARE(kube({u"unconfigure"_s, u"kubernetes"_s, u"--context=prod"_s}).exitCode, 0);
        QVERIFY2(read().contains("user: old") && !read().contains("countersign"), read().constData());
    }

    void aUserThatWasLeftBehindIsNoPartOfTheNewOne()
    {
        write(byHand);
        configure({u"--context=prod"_s, u"--scope=old"_s});
        // Somebody gave the context another user and left ours there.
        QCOMPARE(kubectl({u"config"_s, u"set-context"_s, u"prod"_s, u"--user=old"_s}), 0);
        const auto between = read();
        configure({u"--context=prod"_s, u"--scope=new"_s});
        QVERIFY2(read().count("- credential\n") == 1 && !read().contains("--scope\n      - old"), read().constData());
        QCOMPARE(kube({u"unconfigure"_s, u"kubernetes"_s}).exitCode, 0);
        QCOMPARE(read(), between);
    }

    void copiesOfFilesThatAreGoneAreRemoved()
    {
        write(byHand);
        configure({u"--context=prod"_s});
        QVERIFY(QFile::rename(m_home->path(u"kubeconfig"_s), m_home->path(u"other"_s)));
        write(byHand);
        QFile::remove(m_home->path(u"other"_s));
        const auto stale = onlyRecord().fileName();
        const auto other = m_home->path(u"another"_s);
        QVERIFY(QFile::copy(m_home->path(u"kubeconfig"_s), other));
        configure({u"--context=prod"_s, u"--kubeconfig"_s, other});
        QVERIFY(onlyRecord().fileName() != stale);
    }

    void theFileOfTheListThatHasTheContextIsChanged()
    {
        write(byHand);
        const auto current = m_home->path(u"current"_s);
        write("current-context: test\n", current);
        const Environment listed{{u"KUBECONFIG"_s,
                                  QStringList{m_home->path(u"missing"_s), current, m_home->path(u"kubeconfig"_s)}.join(
                                      QDir::listSeparator())}};
        const auto done = m_home->run({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s}, {}, listed);
        QVERIFY2(done.exitCode == 0, done.err.constData());
        QVERIFY2(read().contains("countersign-test"), read().constData());
        QCOMPARE(read(current), QByteArray("current-context: test\n"));
        const auto wrong =
            m_home->run({u"configure"_s, u"kubernetes"_s, u"--context=tset"_s, u"--profile=work"_s}, {}, listed);
        QCOMPARE(wrong.exitCode, 2);
        QVERIFY2(wrong.err.contains("Did you mean 'test'?"), wrong.err.constData());
        QCOMPARE(m_home->run({u"unconfigure"_s, u"kubernetes"_s}, {}, listed).exitCode, 0);
        QCOMPARE(read(), byHand);
        QVERIFY(!QFileInfo::exists(m_home->path(u"missing"_s)));
    }

    void linkModeAndOwnerStay()
    {
#ifdef Q_OS_UNIX
        const auto real = m_home->path(u"real"_s);
        write(byHand, real);
        const auto mode = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup;
        QVERIFY(QFile::setPermissions(real, mode));
        // Another owner can be given by root alone, another group by its members.
        if (::geteuid() == 0)
            QCOMPARE(::chown(QFile::encodeName(real).constData(), 12, 34), 0);
        const auto owner = QFileInfo(real).ownerId();
        const auto group = QFileInfo(real).groupId();
        QVERIFY(QFile::link(real, m_home->path(u"kubeconfig"_s)));
        for (const auto *verb : {"configure", "unconfigure"}) {
            const auto run = kube({QString::fromLatin1(verb), u"kubernetes"_s, u"--context=prod"_s});
            QVERIFY2(run.exitCode == 0, run.err.constData());
            QVERIFY(QFileInfo(m_home->path(u"kubeconfig"_s)).isSymLink());
            const QFileInfo file(real);
            QCOMPARE(file.permissions() & ~(QFile::ReadUser | QFile::WriteUser), QFile::Permissions(mode));
            QCOMPARE(file.ownerId(), owner);
            QCOMPARE(file.groupId(), group);
        }
        QCOMPARE(read(real), byHand);
#else
        QSKIP("symbolic links and owners are of Unix");
#endif
    }

    void anOldKubectlIsGivenWhatItKnows_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::newRow("1.20, of Debian 12") << QByteArray(R"({"major":"1","minor":"20"})");
        QTest::newRow("1.29, without the flag") << QByteArray(R"({"major":"1","minor":"29+"})");
    }
    void anOldKubectlIsGivenWhatItKnows()
    {
#ifndef Q_OS_UNIX
        QSKIP("the old one is a shell script");
#endif
        QFETCH(const QByteArray, version);
        write(byHand);
        const auto old = oldKubectl(version);
        const auto done = kube({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"--scope=a b"_s}, old);
        QVERIFY2(done.exitCode == 0, done.err.constData());
        QVERIFY2(read().contains("apiVersion: client.authentication.k8s.io/v1beta1\n"), read().constData());
        QVERIFY2(read().contains("      installHint: ") && read().contains("      - a b\n"), read().constData());
        QVERIFY2(!read().contains("token: none"), "the entry that is filled has nothing of its own");
        const auto again = kube({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"--type=access"_s}, old);
        QVERIFY2(again.exitCode == 0, again.err.constData());
        QVERIFY2(read().count("- credential\n") == 1 && !read().contains("- a b\n"), read().constData());
        QCOMPARE(kube({u"unconfigure"_s, u"kubernetes"_s}, old).exitCode, 0);
        QCOMPARE(read(), byHand);
    }

    void aKubectlThatCannotDoItIsRefused_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("too old") << QByteArray(R"({"major":"1","minor":"19"})")
                                 << QByteArray("kubectl 1.20 or newer is needed, this one is 1.19");
        QTest::newRow("no version") << QByteArray("{}") << QByteArray("does not say its version");
        QTest::newRow("no JSON") << QByteArray("hello") << QByteArray("does not say its version");
    }
    void aKubectlThatCannotDoItIsRefused()
    {
#ifndef Q_OS_UNIX
        QSKIP("the old one is a shell script");
#endif
        QFETCH(const QByteArray, version);
        QFETCH(const QByteArray, said);
        write(byHand);
        const auto run = kube({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s}, oldKubectl(version));
        QVERIFY2(run.exitCode != 0 && run.out.isEmpty(), run.out.constData());
        QVERIFY2(run.err.contains(said) && run.err.contains("--print"), run.err.constData());
        QCOMPARE(read(), byHand);
    }

    void theWholeUndoNeedsNoKubectl_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("the current context") << QStringList();
        QTest::newRow("by name") << QStringList{u"--context=prod"_s};
    }
    void theWholeUndoNeedsNoKubectl()
    {
        QFETCH(const QStringList, arguments);
        write(byHand);
        configure({u"--context=prod"_s});
        const Environment none{{u"PATH"_s, m_home->path(u"nowhere"_s)}};
        const auto other = kube({u"unconfigure"_s, u"kubernetes"_s, u"--context=test"_s}, none);
        QVERIFY2(other.exitCode != 0 && other.err.contains("kubectl is not there"), other.err.constData());
        const auto undone = kube(QStringList{u"unconfigure"_s, u"kubernetes"_s} + arguments, none);
        QVERIFY2(undone.exitCode == 0, undone.err.constData());
        QCOMPARE(read(), byHand);
        QVERIFY(records().isEmpty());
    }

    void anInterruptionLeavesNoCopyOfSecretsBehind()
    {
#ifdef Q_OS_UNIX
        write(byHand);
        QVERIFY(QDir().mkpath(m_home->path(u"bin"_s)) && QDir().mkpath(m_home->path(u"tmp"_s)));
        write("#!/bin/sh\necho $$ > '" + m_home->path(u"began"_s).toUtf8() + "'\nexec sleep 60\n",
              m_home->path(u"bin/kubectl"_s));
        QVERIFY(QFile::setPermissions(m_home->path(u"bin/kubectl"_s), QFile::ReadOwner | QFile::ExeOwner));
        const QString path = m_home->path(u"bin"_s) + u':' + qEnvironmentVariable("PATH");
        QProcess process;
        m_home->start(process, {u"configure"_s, u"kubernetes"_s, u"--profile=work"_s},
                      {{u"KUBECONFIG"_s, m_home->path(u"kubeconfig"_s)},
                       {u"PATH"_s, path},
                       { u"TMPDIR"_s,
                         m_home->path(u"tmp"_s) }});
        QTRY_VERIFY(!read(m_home->path(u"began"_s)).trimmed().isEmpty());
        const auto kubectl = pid_t(read(m_home->path(u"began"_s)).trimmed().toInt());
        QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 130);
        QVERIFY2(::kill(kubectl, 0) != 0, "it was ended, too");
        QCOMPARE(QDir(m_home->path(u"tmp"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
        QCOMPARE(read(), byHand);
        const auto late = m_home->run({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"--timeout=300ms"_s}, {},
                                      {{u"KUBECONFIG"_s, m_home->path(u"kubeconfig"_s)},
                                       { u"PATH"_s,
                                         path }});
        QCOMPARE(late.exitCode, 124);
#else
        QSKIP("signals are of Unix");
#endif
    }

    void aCopyThatCannotBeKeptIsSaid()
    {
        write(byHand);
        write("in the way", m_home->path(u"data"_s));
        const auto run = kube({u"configure"_s, u"kubernetes"_s, u"--context=prod"_s, u"--profile=work"_s});
        QVERIFY2(run.exitCode == 0 && run.err.contains("Undoing it will not be exact"), run.err.constData());
        const auto undone = kube({u"unconfigure"_s, u"kubernetes"_s});
        QVERIFY2(undone.exitCode == 0 && undone.err.contains("not known here"), undone.err.constData());
    }

    void thePluginFindsTheFilesThatAreUsedNow()
    {
        write(byHand);
        configure({});
        QVERIFY2(read().contains(QByteArray("      - name: COUNTERSIGN_PROFILES\n        value: "
                                            + m_home->path(u"profiles.json"_s).toUtf8())),
                 read().constData());
        const auto printed = kube({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"--print"_s});
        QVERIFY2(printed.out.contains(QByteArray("      env:\n      - name: COUNTERSIGN_PROFILES\n        value: '"
                                                 + m_home->path(u"profiles.json"_s).toUtf8() + "'\n")),
                 printed.out.constData());
    }

private:
    static constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;

    void write(const QByteArray &content, const QString &path = {})
    {
        QFile file(path.isEmpty() ? m_home->path(u"kubeconfig"_s) : path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray read(const QString &path = {}) const
    {
        QFile file(path.isEmpty() ? m_home->path(u"kubeconfig"_s) : path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    CliRun kube(const QStringList &arguments, Environment more = {}) const
    {
        more.insert(u"KUBECONFIG"_s, m_home->path(u"kubeconfig"_s));
        return m_home->run(arguments, {}, more);
    }
    //! A kubectl of that version: it knows neither the flag nor v1, and crashes as Debian 12's where it is to make an
    //! entry.
    Environment oldKubectl(const QByteArray &version)
    {
        const auto real = QStandardPaths::findExecutable(u"kubectl"_s).toUtf8();
        const auto folder = m_home->path(u"bin"_s);
        QDir().mkpath(folder);
        write(
            "#!/bin/sh\ncase \"$*\" in\n"
            "*'version --client -o json') echo '{\"clientVersion\":"
                + version
                + "}'; exit ;;\n"
                  "*--exec-interactive-mode*) echo 'Error: unknown flag: --exec-interactive-mode' >&2; exit 1 ;;\n"
                  "*set-credentials*) grep -q 'name: countersign-' \"$2\" || { echo 'panic: crash' >&2; exit 2; } ;;\n"
                  "esac\nexec '"
                + real + "' \"$@\"\n",
            folder + u"/kubectl"_s);
        QFile::setPermissions(folder + u"/kubectl"_s, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const QString path = folder + u':' + qEnvironmentVariable("PATH");
        return {{u"PATH"_s, path}};
    }
    //! What the kubectl that is here is to be given.
    static QString execVersionOfKubectl()
    {
        QProcess process;
        process.start(u"kubectl"_s, {u"version"_s, u"--client"_s, u"-o"_s, u"json"_s});
        process.waitForFinished();
        const auto answer = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        const auto version = answer[u"clientVersion"].toObject();
        const auto minor = version[u"minor"].toString().remove(u'+').toInt();
        return u"client.authentication.k8s.io/"_s + (minor < 30 ? u"v1beta1"_s : u"v1"_s);
    }
    void configure(const QStringList &more) const
    {
        const auto run = kube(QStringList{u"configure"_s, u"kubernetes"_s, u"--profile=work"_s} + more);
        QVERIFY2(run.exitCode == 0, run.err.constData());
    }
    int kubectl(const QStringList &arguments) const
    {
        return QProcess::execute(u"kubectl"_s,
                                 QStringList{u"--kubeconfig"_s, m_home->path(u"kubeconfig"_s)} + arguments);
    }
    QFileInfoList records() const
    {
        return QDir(m_home->path(u"data/countersign/undo"_s)).entryInfoList(QDir::Files | QDir::Hidden);
    }
    QFileInfo onlyRecord() const
    {
        return records().size() == 1 ? records().first() : QFileInfo();
    }

    std::unique_ptr<CliHome> m_home;
};

QTEST_GUILESS_MAIN(TestConfigureKubernetes)
#include "tst_configurekubernetes.moc"
