// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "kubetest.h"

#include <QtCore/QDir>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace CountersignTest {

void KubeTest::init()
{
    if (QStandardPaths::findExecutable(u"kubectl"_s).isEmpty())
        QSKIP("there is no kubectl");
    m_home = std::make_unique<CliHome>();
    QCOMPARE(m_home->run({u"profile"_s, u"add"_s, u"work"_s, u"--issuer=https://op.example"_s, u"--client-id=app"_s})
                 .exitCode,
             0);
}

void KubeTest::write(const QByteArray &content, const QString &path) const
{
    QFile file(path.isEmpty() ? m_home->path(u"kubeconfig"_s) : path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray KubeTest::read(const QString &path) const
{
    QFile file(path.isEmpty() ? m_home->path(u"kubeconfig"_s) : path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

CliRun KubeTest::kube(const QStringList &arguments, Environment more) const
{
    if (!more.contains(u"KUBECONFIG"_s))
        more.insert(u"KUBECONFIG"_s, m_home->path(u"kubeconfig"_s));
    return m_home->run(arguments, {}, more);
}

void KubeTest::configure(const QStringList &more) const
{
    const auto run = kube(QStringList{u"configure"_s, u"kubernetes"_s, u"--profile=work"_s} + more);
    QVERIFY2(run.exitCode == 0, run.err.constData());
}

int KubeTest::kubectl(const QStringList &arguments) const
{
    return QProcess::execute(u"kubectl"_s, QStringList{u"--kubeconfig"_s, m_home->path(u"kubeconfig"_s)} + arguments);
}

Environment KubeTest::oldKubectl(const QByteArray &version) const
{
    const auto real = QStandardPaths::findExecutable(u"kubectl"_s).toUtf8();
    const auto folder = m_home->path(u"bin"_s);
    QDir().mkpath(folder);
    write("#!/bin/sh\ncase \"$*\" in\n"
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

QFileInfoList KubeTest::records() const
{
    return QDir(m_home->path(u"data/countersign/undo"_s)).entryInfoList(QDir::Files | QDir::Hidden);
}

QFileInfo KubeTest::onlyRecord() const
{
    return records().size() == 1 ? records().first() : QFileInfo();
}

} // namespace CountersignTest
