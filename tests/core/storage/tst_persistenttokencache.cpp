// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "storefixture.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/storage/memorystore.h>
#include <countersign/storage/msalfilestore.h>
#include <countersign/storage/sealedfilestore.h>
#include <countersign/storage/storelock.h>
#include <countersign/storage/storemigration.h>

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

SystemRandom systemRandom;
constexpr ScryptCost cheap{quint64{1} << 14, 8, 1};

SealedFileStore sealed(const QString &path, const char *passphrase = "correct horse")
{
    return SealedFileStore(secretOf(passphrase), systemRandom, path, cheap);
}

// What the child processes of these tests do.
int child(const QStringList &arguments)
{
    const QString path = arguments.at(3);
    if (arguments.at(2) == u"hold"_s) {
        const auto lock = StoreLock::tryLock(path);
        if (!lock || !*lock)
            return 2;
        puts("held");
        fflush(stdout);
        QTest::qWait(60'000);
        return 0;
    }
    if (arguments.at(2) == u"write-forever"_s) {
        SealedFileStore store = sealed(path);
        PersistentTokenCache cache(store);
        for (int i = 0;; ++i) {
            if (!update(cache, [i](TokenCache &tokens) {
                    TokenGrant grant = contosoGrant();
                    grant.refreshToken = Secret(QByteArray::number(i));
                    tokens.merge(grant, at(1000 + i));
                }))
                return 1;
            printf("%d\n", i);
            fflush(stdout);
        }
    }
    // "refresh": the first of all processes spends the token, the others find what it got.
    SealedFileStore store = sealed(path);
    PersistentTokenCache cache(store);
    Answer<std::unique_ptr<RefreshLease>> lease;
    QObject context;
    cache.withRefreshLock(u"uid.utid"_s, &context, lease.handler());
    if (!lease.wait(60'000) || !lease.result())
        return 1;
    if (findFreshToken(cache.snapshot(), contosoQuery(), at(5000))) {
        puts("found");
        return 0;
    }
    QTest::qWait(50);
    const auto saved = update(cache, [](TokenCache &tokens) { tokens.merge(contosoGrant(5000), at(5000)); });
    puts(saved ? "spent" : "failed");
    return saved ? 0 : 1;
}

} // namespace

class TestPersistentTokenCache final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyStoreIsAnEmptyCache();
    void whatIsStoredIsThereAfterARestart();
    void whoSignsOutIsInNoOlderGenerationEither();
    void aFailedSaveLeavesTheSnapshotAlone();
    void aChangeThatChangesNothingSavesNothing();
    void aDeadContextHearsNothing();
    void anotherCacheSeesAChangeAtOnce();
    void noUpdateOfTwoCachesIsLost();
    void aLockedStoreIsWaitedForUntilTheDeadline();
    void aLeaseExcludesOthers_data();
    void aLeaseExcludesOthers();
    void tenProcessesRefreshOnce();
    void aKilledHolderLetsGo();
    void aBusyLockNamesItsHolder();
    void aKillAtAnyMomentLosesNoSavedToken();
    void c18ACallerKeepsTheDocumentItself();
    void aMovedCacheLeavesTheOldStoreEmpty();
    void aFailedMoveLeavesTheOldStoreWhole();
    void aMoveIsWrittenDownBeforeTheOldStoreIsCleared();
};

void TestPersistentTokenCache::anEmptyStoreIsAnEmptyCache()
{
    MemoryStore store;
    PersistentTokenCache cache(store);
    QVERIFY(!cache.isLoaded());
    QVERIFY(open(cache));
    QVERIFY(cache.isLoaded());
    QVERIFY(cache.snapshot().isEmpty());
}

void TestPersistentTokenCache::whatIsStoredIsThereAfterARestart()
{
    MemoryStore memory;
    const QTemporaryDir folder;
    SealedFileStore file = sealed(folder.filePath(u"s/tokens.sealed"_s));
    for (TokenStore *const used : {static_cast<TokenStore *>(&memory), static_cast<TokenStore *>(&file)}) {
        {
            PersistentTokenCache cache(*used);
            const QSignalSpy changed(&cache, &PersistentTokenCache::changed);
            QVERIFY(store(cache, "one"));
            QVERIFY(!changed.isEmpty());
            QVERIFY(!cache.snapshot().hasStateChanged());
        }
        PersistentTokenCache again(*used);
        QVERIFY(open(again));
        QCOMPARE(again.snapshot().accounts().size(), 1);
        QCOMPARE(again.snapshot().refreshTokens().front().secret(), secretOf("a refresh token"));
    }
}

void TestPersistentTokenCache::whoSignsOutIsInNoOlderGenerationEither()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"cache.sealed"_s);
    SealedFileStore store = sealed(path);
    PersistentTokenCache cache(store);
    QVERIFY(Test::store(cache, "ada"));
    QVERIFY(Test::store(cache, "grace"));
    QVERIFY(QFile::exists(path + u".previous"_s)); // for a file that turns out to be damaged
    const auto accounts = cache.snapshot().accounts();
    QCOMPARE(accounts.size(), 2);
    QVERIFY(update(cache, [&accounts](TokenCache &tokens) { tokens.forgetAccount(accounts.first().id); }));
    QVERIFY(!QFile::exists(path + u".previous"_s));
    QVERIFY(!cache.snapshot().hasForgotten());
    QVERIFY(Test::store(cache, "alan"));
    QVERIFY(QFile::exists(path + u".previous"_s));
}

void TestPersistentTokenCache::aFailedSaveLeavesTheSnapshotAlone()
{
    MemoryStore memory;
    PersistentTokenCache cache(memory);
    QVERIFY(store(cache, "one"));
    memory.failWith(Error(ErrorCode::StorageUnavailable, ErrorCause::StoreFull, u"full"_s));
    const auto result = store(cache, "two");
    QVERIFY(!result);
    QCOMPARE(result.error().cause(), ErrorCause::StoreFull);
    QCOMPARE(cache.snapshot().accounts().size(), 1);
    memory.failWith(std::nullopt);
    QVERIFY(store(cache, "two"));
    QCOMPARE(cache.snapshot().accounts().size(), 2);
}

void TestPersistentTokenCache::aChangeThatChangesNothingSavesNothing()
{
    MemoryStore memory;
    PersistentTokenCache cache(memory);
    QVERIFY(store(cache, "one"));
    const quint64 generation = memory.content().generation;
    QVERIFY(update(cache, [](TokenCache &tokens) { tokens.forgetAccount({{u"nobody"_s}, {u"e"_s}}); }));
    QCOMPARE(memory.content().generation, generation);
}

void TestPersistentTokenCache::aDeadContextHearsNothing()
{
    MemoryStore memory;
    PersistentTokenCache cache(memory);
    bool hasHeard = false;
    {
        QObject context;
        cache.open(&context, [&hasHeard](const Result<void> &) { hasHeard = true; });
    }
    QVERIFY(store(cache, "one"));
    QVERIFY(!hasHeard);
    // A cache that dies with work under way takes its handlers along.
    auto dying = std::make_unique<PersistentTokenCache>(memory);
    QObject context;
    dying->open(&context, [&hasHeard](const Result<void> &) { hasHeard = true; });
    dying.reset();
    QTest::qWait(20);
    QVERIFY(!hasHeard);
}

void TestPersistentTokenCache::anotherCacheSeesAChangeAtOnce()
{
    const QTemporaryDir folder;
    SealedFileStore first = sealed(folder.filePath(u"s/t"_s));
    SealedFileStore second = sealed(folder.filePath(u"s/t"_s));
    PersistentTokenCache writer(first);
    PersistentTokenCache reader(second);
    QVERIFY(open(writer));
    QVERIFY(open(reader));
    QVERIFY(!reader.isOutdated());
    const QSignalSpy changed(&reader, &PersistentTokenCache::changed);
    QVERIFY(store(writer, "one"));
    QTRY_COMPARE(reader.snapshot().accounts().size(), 1);
    QVERIFY(!changed.isEmpty());
    QTRY_VERIFY(!reader.isOutdated());
}

void TestPersistentTokenCache::noUpdateOfTwoCachesIsLost()
{
    const QTemporaryDir folder;
    SealedFileStore first = sealed(folder.filePath(u"s/t"_s));
    SealedFileStore second = sealed(folder.filePath(u"s/t"_s));
    PersistentTokenCache one(first);
    PersistentTokenCache two(second);
    int done = 0;
    for (int i = 0; i < 10; ++i) {
        for (PersistentTokenCache *const cache : {&one, &two}) {
            const QString user = u"%1-%2"_s.arg(cache == &one).arg(i);
            cache->update(
                [user](TokenCache &tokens) {
                    TokenGrant grant = contosoGrant();
                    grant.homeAccountId.value = user;
                    tokens.merge(grant, at(1000));
                },
                this, [&done](const Result<void> &result) { done += result ? 1 : 100; });
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(done, 20, 30'000);
    QVERIFY(open(one));
    QCOMPARE(one.snapshot().accounts().size(), 20);
}

void TestPersistentTokenCache::aLockedStoreIsWaitedForUntilTheDeadline()
{
    MemoryStore memory;
    const Error locked(ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"locked"_s);
    memory.failWith(locked);
    PersistentTokenCache impatient(memory, {.unlockDeadline = 100ms});
    QCOMPARE(open(impatient), Result<void>(locked));
    PersistentTokenCache patient(memory);
    Answer<void> answer;
    patient.open(this, answer.handler());
    QTest::qWait(100);
    QVERIFY(!answer.hasCome());
    memory.failWith(std::nullopt);
    QVERIFY(answer.wait());
    QVERIFY(answer.result());
}

void TestPersistentTokenCache::aLeaseExcludesOthers_data()
{
    QTest::addColumn<bool>("isShared");
    QTest::newRow("a store of this process") << false;
    QTest::newRow("a store of many processes") << true;
}

void TestPersistentTokenCache::aLeaseExcludesOthers()
{
    QFETCH(const bool, isShared);
    const QTemporaryDir folder;
    MemoryStore memory;
    SealedFileStore file = sealed(folder.filePath(u"s/t"_s));
    PersistentTokenCache cache(isShared ? static_cast<TokenStore &>(file) : memory, {.refreshDeadline = 300ms});
    Answer<std::unique_ptr<RefreshLease>> first;
    Answer<std::unique_ptr<RefreshLease>> second;
    Answer<std::unique_ptr<RefreshLease>> other;
    cache.withRefreshLock(u"one"_s, this, first.handler());
    QVERIFY(first.wait());
    QVERIFY(first.result());
    cache.withRefreshLock(u"one"_s, this, second.handler());
    cache.withRefreshLock(u"two"_s, this, other.handler());
    QVERIFY(other.wait());
    QVERIFY(other.result());
    QVERIFY(!second.hasCome());
    first.result()->reset();
    QVERIFY(second.wait());
    QVERIFY(second.result());
    Answer<std::unique_ptr<RefreshLease>> late;
    cache.withRefreshLock(u"one"_s, this, late.handler());
    QVERIFY(late.wait());
    QVERIFY(!late.result());
    QCOMPARE(late.result().error().cause(), ErrorCause::StoreBusy);
}

void TestPersistentTokenCache::tenProcessesRefreshOnce()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s/t"_s);
    {
        SealedFileStore file = sealed(path);
        PersistentTokenCache cache(file);
        QVERIFY(update(cache, [](TokenCache &tokens) { tokens.merge(contosoGrant(), at(1000)); }));
        QVERIFY(!findFreshToken(cache.snapshot(), contosoQuery(), at(5000)));
    }
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int i = 0; i < 10; ++i) {
        processes.push_back(std::make_unique<QProcess>());
        processes.back()->start(QCoreApplication::applicationFilePath(), {u"--child"_s, u"refresh"_s, path});
    }
    int spent = 0;
    int found = 0;
    for (const auto &process : processes) {
        QVERIFY(process->waitForFinished(60'000));
        QCOMPARE(process->exitCode(), 0);
        const QByteArray answer = process->readAllStandardOutput().trimmed();
        spent += answer == "spent";
        found += answer == "found";
    }
    QCOMPARE(spent, 1);
    QCOMPARE(found, 9);
}

void TestPersistentTokenCache::aKilledHolderLetsGo()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"store.lock"_s);
    QProcess holder;
    holder.start(QCoreApplication::applicationFilePath(), {u"--child"_s, u"hold"_s, path});
    QVERIFY(holder.waitForReadyRead(10'000));
    const auto busy = StoreLock::tryLock(path);
    QVERIFY(busy && !*busy);
    Answer<std::unique_ptr<StoreLock>> waiting;
    StoreLock::lock(path, 10s, this, waiting.handler());
    holder.kill();
    QVERIFY(holder.waitForFinished());
    QVERIFY(waiting.wait(2'000));
    QVERIFY(waiting.result());
}

void TestPersistentTokenCache::aBusyLockNamesItsHolder()
{
    const QTemporaryDir folder;
    SealedFileStore file = sealed(folder.filePath(u"s/t"_s));
    PersistentTokenCache cache(file, {.lockDeadline = 50ms});
    const auto lock = StoreLock::tryLock(file.lockPath());
    QVERIFY(lock && *lock);
    const auto result = store(cache, "one");
    QVERIFY(!result);
    QCOMPARE(result.error().cause(), ErrorCause::StoreBusy);
    QVERIFY(result.error().message().contains(QString::number(QCoreApplication::applicationPid())));
}

void TestPersistentTokenCache::aKillAtAnyMomentLosesNoSavedToken()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s/t"_s);
    int last = -1;
    for (int round = 0; round < 25; ++round) {
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(), {u"--child"_s, u"write-forever"_s, path});
        QVERIFY(writer.waitForReadyRead(20'000));
        QTest::qSleep(round * 3 % 37);
        writer.kill();
        QVERIFY(writer.waitForFinished());
        const QList<QByteArray> lines = writer.readAllStandardOutput().split('\n');
        last = lines.value(lines.size() - 2).toInt();
        SealedFileStore file = sealed(path);
        PersistentTokenCache cache(file);
        const auto opened = open(cache);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message()));
        QCOMPARE(cache.snapshot().refreshTokens().size(), 1U);
        // What was reported as saved is there; the one after it may be.
        const int kept = cache.snapshot().refreshTokens().front().secret().reveal().toByteArray().toInt();
        QVERIFY2(kept == last || kept == last + 1, qPrintable(u"%1 after %2"_s.arg(kept).arg(last)));
    }
}

//! As a program with a vault of its own does: load at the start, keep when something changed.
void TestPersistentTokenCache::c18ACallerKeepsTheDocumentItself()
{
    const auto takeOver = [](PersistentTokenCache &target, QByteArrayView document) {
        Answer<void> answer;
        QObject context;
        target.deserialize(document, &context, answer.handler());
        return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, u"no answer"_s));
    };
    Secret vault;
    {
        MemoryStore store;
        PersistentTokenCache cache(store);
        QVERIFY(!cache.hasStateChanged());
        QVERIFY(takeOver(cache, vault.reveal()));
        QVERIFY(!cache.hasStateChanged());
        QVERIFY(update(cache, [](TokenCache &target) { target.merge(contosoGrant(), at(1000)); }));
        QVERIFY(cache.hasStateChanged());
        vault = cache.serialize();
        QVERIFY(!cache.hasStateChanged());
        // A read, and a change that changes nothing.
        QVERIFY(!findFreshToken(cache.snapshot(), contosoQuery(), at(1'000'000)));
        QVERIFY(update(cache, [](TokenCache &) {}));
        QVERIFY(!cache.hasStateChanged());
    }
    MemoryStore store;
    PersistentTokenCache cache(store);
    const auto damaged = takeOver(cache, "no cache");
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().code(), ErrorCode::StorageDamaged);
    QVERIFY(takeOver(cache, vault.reveal()));
    QVERIFY(!cache.hasStateChanged());
    QVERIFY(findFreshToken(cache.snapshot(), contosoQuery(), at(1000)));
    QCOMPARE(cache.serialize(), vault);
}

void TestPersistentTokenCache::aMovedCacheLeavesTheOldStoreEmpty()
{
    const QTemporaryDir folder;
    MemoryStore from;
    SealedFileStore to = sealed(folder.filePath(u"s/t"_s));
    PersistentTokenCache cache(from);
    QVERIFY(store(cache, "one"));
    Answer<void> moved;
    migrateStore(from, to, this, moved.handler());
    QVERIFY(moved.wait());
    QVERIFY(moved.result());
    QVERIFY(from.content().bytes.isEmpty());
    PersistentTokenCache target(to);
    QVERIFY(open(target));
    QCOMPARE(target.snapshot().accounts().size(), 1);
    // Not onto something that is there.
    MemoryStore another;
    QVERIFY(save(another, "{}", 1));
    Answer<void> refused;
    migrateStore(another, to, this, refused.handler());
    QVERIFY(refused.wait());
    QVERIFY(!refused.result());
    QCOMPARE(refused.result().error().code(), ErrorCode::InvalidArgument);
}

void TestPersistentTokenCache::aFailedMoveLeavesTheOldStoreWhole()
{
    MemoryStore from;
    MemoryStore to;
    QVERIFY(save(from, "{}", 7));
    to.failWith(Error(ErrorCode::StorageUnavailable, ErrorCause::StoreFull, u"full"_s));
    Answer<void> moved;
    migrateStore(from, to, this, moved.handler());
    QVERIFY(moved.wait());
    QVERIFY(!moved.result());
    QCOMPARE(from.content().bytes, secretOf("{}"));
}

void TestPersistentTokenCache::aMoveIsWrittenDownBeforeTheOldStoreIsCleared()
{
    MemoryStore from;
    MemoryStore to;
    QVERIFY(save(from, "{}", 7));
    const Error unwritable(ErrorCode::StorageUnavailable, ErrorCause::StoreDenied, u"read-only"_s);
    Answer<void> refused;
    migrateStore(from, to, this, refused.handler(), [&unwritable] { return Result<void>(unwritable); });
    QVERIFY(refused.wait());
    QCOMPARE(refused.result().error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(from.content().bytes, secretOf("{}"));
    QVERIFY(to.content().bytes.isEmpty()); // nobody would look for the copy
    // What cannot be cleared stays, but everything is in the new place already.
    Answer<void> moved;
    migrateStore(from, to, this, moved.handler(), [&] {
        from.failWith(unwritable);
        return to.content().bytes == secretOf("{}") ? Result<void>() : Error(ErrorCode::StorageDamaged, u"early"_s);
    });
    QVERIFY(moved.wait());
    QCOMPARE(moved.result().error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(to.content().bytes, secretOf("{}"));
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--child"_s)
        return child(app.arguments());
    TestPersistentTokenCache test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_persistenttokencache.moc"
