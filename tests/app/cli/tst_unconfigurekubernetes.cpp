// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "kubetest.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestUnconfigureKubernetes : public KubeTest
{
    Q_OBJECT

private Q_SLOTS:
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

    void theWholeUndoNeedsNoKubectl_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("earlier"); // another file that $KUBECONFIG names first
        QTest::newRow("the current context") << QStringList() << QByteArray();
        QTest::newRow("by name") << QStringList{u"--context=prod"_s} << QByteArray();
        QTest::newRow("in a list, the current context")
            << QStringList() << QByteArray("apiVersion: v1\ncontexts: []\ncurrent-context: prod\n");
        QTest::newRow("in a list, current by the file itself") << QStringList() << QByteArray("kind: Config\n");
        QTest::newRow("in a list, by name")
            << QStringList{u"--context=prod"_s} << QByteArray("current-context: other\nkind: Config\n");
    }
    void theWholeUndoNeedsNoKubectl()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, earlier);
        write(byHand);
        configure({u"--context=prod"_s});
        auto none = noKubectl();
        if (!earlier.isEmpty())
            none.insert(u"KUBECONFIG"_s, listWith(earlier));
        const auto other = kube({u"unconfigure"_s, u"kubernetes"_s, u"--context=test"_s}, none);
        QVERIFY2(other.exitCode != 0 && other.err.contains("kubectl is not there"), other.err.constData());
        const auto undone = kube(QStringList{u"unconfigure"_s, u"kubernetes"_s} + arguments, none);
        QVERIFY2(undone.exitCode == 0, undone.err.constData());
        QCOMPARE(read(), byHand);
        QVERIFY(records().isEmpty());
    }

    void whoseContextItIsOnlyKubectlCanSay_data()
    {
        QTest::addColumn<QByteArray>("earlier");
        QTest::newRow("an earlier file with a context of that name")
            << QByteArray("contexts: [{name: prod, context: {user: theirs}}]\ncurrent-context: prod\n");
        QTest::newRow("a current context in another form") << QByteArray("{\"current-context\": \"prod\"}");
        QTest::newRow("another current context") << QByteArray("current-context: test\n");
    }
    void whoseContextItIsOnlyKubectlCanSay()
    {
        QFETCH(const QByteArray, earlier);
        write(byHand);
        configure({u"--context=prod"_s});
        const auto configured = read();
        auto none = noKubectl();
        none.insert(u"KUBECONFIG"_s, listWith(earlier));
        const auto run = kube({u"unconfigure"_s, u"kubernetes"_s}, none);
        QVERIFY2(run.exitCode != 0 && run.err.contains("kubectl is not there"), run.err.constData());
        QCOMPARE(read(), configured);
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

private:
    //! $KUBECONFIG with another file before ours.
    QString listWith(const QByteArray &earlier) const
    {
        const auto other = m_home->path(u"earlier"_s);
        write(earlier, other);
        return QStringList{other, m_home->path(u"kubeconfig"_s)}.join(QDir::listSeparator());
    }
};

QTEST_GUILESS_MAIN(TestUnconfigureKubernetes)
#include "tst_unconfigurekubernetes.moc"
