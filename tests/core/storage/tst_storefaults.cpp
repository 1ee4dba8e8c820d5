// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//! What a store is left with when its process is killed before any one system call, or the power fails after it.
#include "filecalls.h"
#include "movedstore.h"
#include "storefixture.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/storage/msalfilestore.h>
#include <countersign/storage/sealedfilestore.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QMap>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <algorithm>
#include <memory>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;

namespace {

using Files = QMap<QString, QByteArray>; // by name
using StorePointer = std::unique_ptr<TokenStore>;

SystemRandom systemRandom;
constexpr ScryptCost cheap{quint64{1} << 14, 8, 1};

StorePointer storeOf(const QString &kind, const QString &path)
{
    if (kind == u"plain"_s)
        return std::make_unique<MsalFileStore>(path);
    return std::make_unique<SealedFileStore>(secretOf("p"), systemRandom, path, cheap);
}

//! The document, or the error in words no document has.
QByteArray documentIn(const QString &kind, const QString &path)
{
    const StorePointer store = storeOf(kind, path);
    const auto blob = load(*store);
    return blob ? blob->bytes.reveal().toByteArray().trimmed() : "! " + blob.error().message().toUtf8();
}

Files filesIn(const QString &folder)
{
    Files files;
    for (const QString &name : QDir(folder).entryList(QDir::Files)) {
        QFile file(folder + u'/' + name);
        if (file.open(QIODevice::ReadOnly))
            files.insert(name, file.readAll());
    }
    return files;
}

void writeFiles(const QString &folder, const Files &files)
{
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    for (auto it = files.begin(); it != files.end(); ++it) {
        QFile file(folder + u'/' + it.key());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QCOMPARE(file.write(it.value()), it.value().size());
    }
}

//! Names that a program may have changed since it last flushed their folder.
constexpr qsizetype mostPending = 4;

//! What the disk may hold after the first \p count calls: what was flushed for certain, and of the names changed or
//! taken away since then those that \p chosen says. Bytes that were not flushed are lost; those that were are
//! \p written, by the name the file has in the end.
Files afterPowerCut(const Files &before, const QList<FileCall> &calls, qsizetype count, const Files &written,
                    unsigned chosen)
{
    QList<FileCall> pending;
    Files files = before;
    const auto apply = [&files](const FileCall &call) {
        if (call.name == "unlink")
            files.remove(call.to);
        else if (files.contains(call.from))
            files.insert(call.to, files.take(call.from));
    };
    for (const FileCall &call : calls.first(count)) {
        if (call.name == "write")
            files.insert(call.to, "lost");
        else if (call.name == "fsync" && !call.isFolder)
            files.insert(call.to, written.value(call.to.endsWith(u".new"_s) ? call.to.chopped(4) : call.to));
        else if (call.name == "rename" || (call.name == "unlink" && files.contains(call.to)))
            pending.append(call);
        else if (call.name == "fsync") {
            std::for_each(pending.cbegin(), pending.cend(), apply);
            pending.clear();
        }
    }
    if (pending.size() > mostPending)
        qFatal("%d names are pending: their subsets are not all tried", int(pending.size()));
    for (qsizetype i = 0; i < pending.size(); ++i) {
        if ((chosen & (1U << i)) != 0)
            apply(pending.at(i));
    }
    return files;
}

//! A folder that a power cut left.
struct Wreck
{
    Files files;
    bool isOver = false; //!< every call had returned
    QString name;
};

//! Every folder that a power cut during \p calls may leave, each once.
QList<Wreck> wrecks(const Files &before, const QList<FileCall> &calls, const Files &written)
{
    constexpr unsigned subsets = 1U << mostPending;
    QList<Wreck> all;
    for (qsizetype count = 0; count <= calls.size(); ++count) {
        for (unsigned chosen = 0; chosen < subsets; ++chosen) {
            Wreck wreck{afterPowerCut(before, calls, count, written, chosen), count == calls.size(),
                        u"after %1 calls, names %2"_s.arg(count).arg(chosen)};
            const bool isKnown = std::any_of(all.cbegin(), all.cend(), [&wreck](const Wreck &other) {
                return other.files == wreck.files && other.isOver == wreck.isOver;
            });
            if (!isKnown)
                all.append(wreck);
        }
    }
    return all;
}

//! "--child save|move KIND PATH KIND PATH CALL": dies before that call.
int child(const QStringList &arguments)
{
    const StorePointer first = storeOf(arguments.at(3), arguments.at(4));
    if (!load(*first))
        return 2;
    const FileCalls calls(QFileInfo(arguments.at(4)).path(), arguments.at(7).toInt());
    if (arguments.at(2) == u"save"_s)
        return save(*first, "{\"new\": {}}", 3) ? 0 : 1;
    const StorePointer second = storeOf(arguments.at(5), arguments.at(6));
    return moveStore(*first, *second) ? 0 : 1;
}

} // namespace

class TestStoreFaults final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSaveFlushesBeforeItRenames();
    void aFirstSaveFlushesTheNamesOfItsFolders();
    void aPowerCutLeavesOneGenerationWhole_data();
    void aPowerCutLeavesOneGenerationWhole();
    void aKillBeforeAnyCallOfASaveLosesNothing_data() { aPowerCutLeavesOneGenerationWhole_data(); }
    void aKillBeforeAnyCallOfASaveLosesNothing();
    void aKillBeforeAnyCallOfAMoveLosesNothing_data();
    void aKillBeforeAnyCallOfAMoveLosesNothing();
    void aPowerCutDuringAMoveLeavesTheDocumentSomewhere_data() { aKillBeforeAnyCallOfAMoveLosesNothing_data(); }
    void aPowerCutDuringAMoveLeavesTheDocumentSomewhere();
    void aPowerCutDuringARemovalBringsNothingBack_data() { aPowerCutLeavesOneGenerationWhole_data(); }
    void aPowerCutDuringARemovalBringsNothingBack();
    void movesAtTheSameTimeLeaveOneDocument();
    void aRemovalThatIsCutOffBringsNothingBack();
};

void TestStoreFaults::aSaveFlushesBeforeItRenames()
{
    const QTemporaryDir folder;
    SealedFileStore store(secretOf("p"), systemRandom, folder.filePath(u"t"_s), cheap);
    QVERIFY(save(store, "{}", 1));
    const FileCalls calls(folder.path());
    QVERIFY(save(store, "{}", 2));
    QStringList names;
    for (const FileCall &call : calls.list())
        names << QString::fromLatin1(call.name) + u' ' + (call.from.isEmpty() ? call.to : call.from + u' ' + call.to);
    const QStringList wanted{u"write t.new"_s, u"fsync t.new"_s, u"rename t t.previous"_s, u"rename t.new t"_s,
                             u"fsync ."_s};
    names.removeAll(u"unlink t.new"_s);
    QCOMPARE(names, wanted);
}

void TestStoreFaults::aFirstSaveFlushesTheNamesOfItsFolders()
{
    const QTemporaryDir folder;
    SealedFileStore store(secretOf("p"), systemRandom, folder.filePath(u"outer/inner/t"_s), cheap);
    const FileCalls calls(folder.path());
    QVERIFY(save(store, "{}", 1));
    QStringList flushed;
    for (const FileCall &call : calls.list()) {
        if (call.name == "fsync" && call.isFolder)
            flushed << call.to;
    }
    QCOMPARE(flushed, (QStringList{u"."_s, u"outer"_s, u"outer/inner"_s}));
}

void TestStoreFaults::aPowerCutLeavesOneGenerationWhole_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("a sealed file") << u"sealed"_s;
    QTest::newRow("MSAL's plain file") << u"plain"_s;
}

void TestStoreFaults::aPowerCutLeavesOneGenerationWhole()
{
    QFETCH(const QString, kind);
    const QTemporaryDir folder;
    const StorePointer store = storeOf(kind, folder.filePath(u"t"_s));
    QVERIFY(save(*store, "{\"older\": {}}", 1));
    QVERIFY(save(*store, "{\"old\": {}}", 2));
    const Files before = filesIn(folder.path());
    const FileCalls calls(folder.path());
    QVERIFY(save(*store, "{\"new\": {}}", 3));
    const auto left = wrecks(before, calls.list(), filesIn(folder.path()));
    for (const Wreck &wreck : left) {
        const QTemporaryDir after;
        writeFiles(after.path(), wreck.files);
        const QByteArray document = documentIn(kind, after.filePath(u"t"_s));
        const bool isWhole = document == "{\"new\": {}}" || (document == "{\"old\": {}}" && !wreck.isOver);
        QVERIFY2(isWhole, qPrintable(wreck.name + u": "_s + QString::fromUtf8(document)));
    }
    QVERIFY2(left.size() >= 5, qPrintable(QString::number(left.size())));
}

void TestStoreFaults::aPowerCutDuringAMoveLeavesTheDocumentSomewhere()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    const QTemporaryDir folder;
    const StorePointer source = storeOf(from, folder.filePath(u"source"_s));
    const StorePointer target = storeOf(to, folder.filePath(u"target"_s));
    QVERIFY(save(*source, "{\"older\": {}}", 1));
    QVERIFY(save(*source, "{\"kept\": {}}", 2));
    const Files before = filesIn(folder.path());
    const FileCalls calls(folder.path());
    QVERIFY(moveStore(*source, *target));
    const auto left = wrecks(before, calls.list(), filesIn(folder.path()));
    for (const Wreck &wreck : left) {
        const QTemporaryDir after;
        writeFiles(after.path(), wreck.files);
        const QString there = after.filePath(u"source"_s);
        const QString here = after.filePath(u"target"_s);
        const QByteArray stayed = documentIn(from, there);
        const QByteArray moved = documentIn(to, here);
        const QString what = wreck.name + u": "_s + QString::fromUtf8(stayed + " / " + moved);
        QVERIFY2(stayed == "{\"kept\": {}}" || (stayed.isEmpty() && moved == "{\"kept\": {}}"), qPrintable(what));
        QVERIFY2(moved.isEmpty() || moved == "{\"kept\": {}}", qPrintable(what));
        QVERIFY2(!wreck.isOver || (stayed.isEmpty() && moved == "{\"kept\": {}}"), qPrintable(what));
        if (stayed.isEmpty())
            continue;
        // Once more: it goes on from where it was cut off.
        const StorePointer again = storeOf(from, there);
        const StorePointer beyond = storeOf(to, here);
        QVERIFY2(moveStore(*again, *beyond), qPrintable(what));
        QCOMPARE(documentIn(to, here), QByteArray("{\"kept\": {}}"));
        QCOMPARE(documentIn(from, there), QByteArray());
    }
    QVERIFY2(left.size() >= 6, qPrintable(QString::number(left.size())));
}

void TestStoreFaults::aPowerCutDuringARemovalBringsNothingBack()
{
    QFETCH(const QString, kind);
    const QTemporaryDir folder;
    const StorePointer store = storeOf(kind, folder.filePath(u"t"_s));
    QVERIFY(save(*store, "{\"signed out\": {}}", 1));
    QVERIFY(save(*store, "{\"last\": {}}", 2));
    const Files before = filesIn(folder.path());
    const FileCalls calls(folder.path());
    QVERIFY(clear(*store));
    const auto left = wrecks(before, calls.list(), {});
    for (const Wreck &wreck : left) {
        const QTemporaryDir after;
        writeFiles(after.path(), wreck.files);
        const QByteArray document = documentIn(kind, after.filePath(u"t"_s));
        const bool isAllowed = document.isEmpty() || (document == "{\"last\": {}}" && !wreck.isOver);
        QVERIFY2(isAllowed, qPrintable(wreck.name + u": "_s + QString::fromUtf8(document)));
    }
    QVERIFY2(left.size() >= 2, qPrintable(QString::number(left.size())));
}

void TestStoreFaults::aKillBeforeAnyCallOfASaveLosesNothing()
{
    QFETCH(const QString, kind);
    int killed = 0;
    for (int call = 0;; ++call) {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"t"_s);
        const StorePointer store = storeOf(kind, path);
        QVERIFY(save(*store, "{\"old\": {}}", 1));
        QVERIFY(save(*store, "{\"old\": {}}", 2));
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(),
                     {u"--child"_s, u"save"_s, kind, path, kind, path, QString::number(call)});
        QVERIFY(writer.waitForFinished(30'000));
        const QByteArray document = documentIn(kind, path);
        if (writer.exitStatus() == QProcess::NormalExit) {
            QCOMPARE(writer.exitCode(), 0);
            QCOMPARE(document, QByteArray("{\"new\": {}}"));
            break;
        }
        ++killed;
        QVERIFY2(document == "{\"old\": {}}" || document == "{\"new\": {}}", document.constData());
        // What the dead writer left lying about is in nobody's way.
        const StorePointer again = storeOf(kind, path);
        QVERIFY(load(*again));
        QVERIFY(save(*again, "{\"next\": {}}", 4));
        QCOMPARE(documentIn(kind, path), QByteArray("{\"next\": {}}"));
    }
    QVERIFY2(killed >= 5, qPrintable(QString::number(killed)));
}

void TestStoreFaults::aKillBeforeAnyCallOfAMoveLosesNothing_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("from the plain to the sealed file") << u"plain"_s << u"sealed"_s;
    QTest::newRow("from the sealed to the plain file") << u"sealed"_s << u"plain"_s;
}

void TestStoreFaults::aKillBeforeAnyCallOfAMoveLosesNothing()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    int killed = 0;
    for (int call = 0;; ++call) {
        const QTemporaryDir folder;
        const QString source = folder.filePath(u"source"_s);
        const QString target = folder.filePath(u"target"_s);
        const StorePointer store = storeOf(from, source);
        QVERIFY(save(*store, "{\"kept\": {}}", 1));
        QProcess mover;
        mover.start(QCoreApplication::applicationFilePath(),
                    {u"--child"_s, u"move"_s, from, source, to, target, QString::number(call)});
        QVERIFY(mover.waitForFinished(30'000));
        const bool isKilled = mover.exitStatus() != QProcess::NormalExit;
        killed += isKilled;
        QVERIFY(isKilled || mover.exitCode() == 0);
        const QByteArray left = documentIn(from, source);
        const QByteArray moved = documentIn(to, target);
        QVERIFY2(left == "{\"kept\": {}}" || moved == "{\"kept\": {}}", QByteArray(left + " / " + moved).constData());
        // Once more: it goes on from where it was cut off.
        const StorePointer again = storeOf(from, source);
        const StorePointer there = storeOf(to, target);
        QVERIFY(!left.isEmpty() ? bool(moveStore(*again, *there)) : true);
        QCOMPARE(documentIn(to, target), QByteArray("{\"kept\": {}}"));
        QCOMPARE(documentIn(from, source), QByteArray());
        if (!isKilled)
            break;
    }
    QVERIFY2(killed >= 6, qPrintable(QString::number(killed)));
}

void TestStoreFaults::movesAtTheSameTimeLeaveOneDocument()
{
    const QTemporaryDir folder;
    const QString one = folder.filePath(u"one"_s);
    const QString two = folder.filePath(u"two"_s);
    for (int round = 0; round < 5; ++round) {
        const StorePointer store = storeOf(u"sealed"_s, one);
        QVERIFY(load(*store));
        QVERIFY(save(*store, "{\"kept\": {}}", 1));
        const QString never = u"1000000"_s;
        QProcess there;
        QProcess back;
        QProcess victim;
        const QStringList forth{u"--child"_s, u"move"_s, u"sealed"_s, one, u"plain"_s, two};
        there.start(QCoreApplication::applicationFilePath(), forth + QStringList{never});
        victim.start(QCoreApplication::applicationFilePath(), forth + QStringList{QString::number(round * 3)});
        back.start(QCoreApplication::applicationFilePath(),
                   {u"--child"_s, u"move"_s, u"plain"_s, two, u"sealed"_s, one, never});
        for (QProcess *const process : {&there, &back, &victim})
            QVERIFY(process->waitForFinished(30'000));
        const QByteArray first = documentIn(u"sealed"_s, one);
        const QByteArray second = documentIn(u"plain"_s, two);
        QVERIFY2(first == "{\"kept\": {}}" || second == "{\"kept\": {}}",
                 QByteArray(first + " / " + second).constData());
        for (const QByteArray &document : {first, second})
            QVERIFY2(document.isEmpty() || document == "{\"kept\": {}}", document.constData());
        QVERIFY(clear(*storeOf(u"plain"_s, two)));
        QVERIFY(clear(*storeOf(u"sealed"_s, one)));
    }
}

void TestStoreFaults::aRemovalThatIsCutOffBringsNothingBack()
{
    const QTemporaryDir folder;
    SealedFileStore store(secretOf("p"), systemRandom, folder.filePath(u"t"_s), cheap);
    QVERIFY(save(store, "{\"signed out\": {}}", 1));
    QVERIFY(save(store, "{}", 2));
    const FileCalls calls(folder.path());
    QVERIFY(clear(store));
    QStringList removed;
    for (const FileCall &call : calls.list()) {
        if (call.name == "unlink" && call.to != u"t.new"_s)
            removed << call.to;
    }
    QCOMPARE(removed, (QStringList{u"t.previous"_s, u"t"_s}));
    QVERIFY(filesIn(folder.path()).isEmpty());
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--child"_s)
        return child(app.arguments());
    TestStoreFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storefaults.moc"
