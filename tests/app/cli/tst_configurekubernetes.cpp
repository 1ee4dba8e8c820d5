// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "kubetest.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestConfigureKubernetes : public KubeTest
{
    Q_OBJECT

private Q_SLOTS:
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

    void whatIsPastedFitsTheKubectlThatIsHere_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("spoken");
        // Kubernetes' changelogs: v1 came with 1.22.
        QTest::newRow("1.21") << QByteArray(R"({"major":"1","minor":"21"})") << QByteArray("v1beta1");
        QTest::newRow("1.22") << QByteArray(R"({"major":"1","minor":"22+"})") << QByteArray("v1");
        QTest::newRow("1.29, which gets it by no flag")
            << QByteArray(R"({"major":"1","minor":"29"})") << QByteArray("v1");
        QTest::newRow("one that does not say") << QByteArray("{}") << QByteArray("v1");
        QTest::newRow("none") << QByteArray() << QByteArray("v1");
    }
    void whatIsPastedFitsTheKubectlThatIsHere()
    {
#ifndef Q_OS_UNIX
        QSKIP("the old one is a shell script");
#endif
        QFETCH(const QByteArray, version);
        QFETCH(const QByteArray, spoken);
        write(byHand);
        const auto printed = kube({u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"--print"_s},
                                  version.isEmpty() ? noKubectl() : oldKubectl(version));
        QVERIFY2(printed.exitCode == 0, printed.err.constData());
        QVERIFY2(printed.out.contains(QByteArray("      apiVersion: client.authentication.k8s.io/" + spoken + '\n')),
                 printed.out.constData());
        QCOMPARE(read(), byHand);
    }

    void whatIsPastedIsTheCurrentContextsOwn()
    {
        const QStringList print{u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"--print"_s};
        const auto nowhere = kube(print);
        QVERIFY2(nowhere.out.startsWith("- name: 'countersign-user'\n"), nowhere.out.constData());
        write(byHand);
        const auto current = kube(print);
        QVERIFY2(current.out.startsWith("- name: 'countersign-prod'\n"), current.out.constData());
        QVERIFY2(current.err.contains("kubectl config set-context prod --user=countersign-prod\n"),
                 current.err.constData());
        const auto named = kube(print + QStringList{u"--context=other"_s});
        QVERIFY2(named.out.startsWith("- name: 'countersign-other'\n"), named.out.constData());
        // As it is said: pasted, and given to the context.
        write(kubeconfig + current.out);
        QCOMPARE(kubectl({u"config"_s, u"set-context"_s, u"prod"_s, u"--user=countersign-prod"_s}), 0);
        QCOMPARE(kube({u"unconfigure"_s, u"kubernetes"_s, u"--context=prod"_s}).exitCode, 0);
    }

private:
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
};

QTEST_GUILESS_MAIN(TestConfigureKubernetes)
#include "tst_configurekubernetes.moc"
