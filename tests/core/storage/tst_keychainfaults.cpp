// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//! What the keychain's store is left with when the keyring's daemon dies or cannot write, or its own process is killed.
#include "filecalls.h"
#include "keychainfixture.h"
#include "movedstore.h"

#include <countersign/storage/sealedfilestore.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>

#include <csignal>
#include <memory>
#include <sys/resource.h>
#include <unistd.h>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;

namespace {

//! Milliseconds for one answer or one victim: CTest ends all of this after COUNTERSIGN_TEST_TIMEOUT seconds, and a step
//! that hangs has to say so before.
constexpr int patience = COUNTERSIGN_TEST_TIMEOUT * 1000 / 5;

// While it lives, the keyring can open no file: what it is asked to keep, it cannot.
class FullKeyring
{
public:
    FullKeyring() : m_process(static_cast<pid_t>(keyringProcess()))
    {
        rlim_t free = 0; // the lowest number that is not in use
        while (QFileInfo(u"/proc/%1/fd/%2"_s.arg(m_process).arg(free)).isSymLink())
            ++free;
        m_isFull = ::prlimit(m_process, RLIMIT_NOFILE, nullptr, &m_old) == 0;
        const rlimit tight{free, m_old.rlim_max};
        m_isFull = m_isFull && ::prlimit(m_process, RLIMIT_NOFILE, &tight, nullptr) == 0;
    }
    ~FullKeyring() { ::prlimit(m_process, RLIMIT_NOFILE, &m_old, nullptr); }
    Q_DISABLE_COPY_MOVE(FullKeyring)
    bool isFull() const { return m_isFull; }

private:
    pid_t m_process;
    rlimit m_old{};
    bool m_isFull = false;
};

bool killKeyring()
{
    const qint64 process = keyringProcess();
    return process > 1 && ::kill(static_cast<pid_t>(process), SIGKILL) == 0;
}

//! A daemon looks what has changed in its folder, by the second; a full one cannot open it, and forgets what it had.
//! Its failed write changes the folder, too: so the last write before it has to be of the same second.
void awaitNextSecond()
{
    constexpr int aSecond = 1000; // milliseconds
    QTest::qWait(aSecond - static_cast<int>(QDateTime::currentMSecsSinceEpoch() % aSecond));
}

std::unique_ptr<SealedFileStore> sealedFile(const QString &folder)
{
    constexpr ScryptCost cheap{quint64{1} << 14, 8, 1};
    return std::make_unique<SealedFileStore>(secretOf("p"), systemRandom, folder + u"/file/t"_s, cheap);
}

bool isKept(const StoredBlob &blob)
{
    return blob.bytes.reveal().toByteArray().trimmed() == "kept";
}

//! Whether a program that does \p what dies before its call number \p call, of the disk or the bus.
bool isKilledIn(const QString &what, const QTemporaryDir &folder, qsizetype limit, int call)
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(),
                  {u"--victim"_s, what, folder.path(), QString::number(limit), QString::number(call)});
    if (!process.waitForStarted()) {
        qWarning() << what << "at" << call << "did not start:" << process.errorString();
        return false;
    }
    if (!process.waitForFinished(patience)) {
        qWarning() << what << "at" << call << "took longer than" << patience << "ms";
        return false;
    }
    const bool isKilled = process.exitStatus() == QProcess::CrashExit;
    if (!isKilled && process.exitCode() != 0)
        qWarning() << what << "at" << call << "did neither die nor succeed:" << process.exitCode();
    return isKilled;
}

//! "--victim save|out|in FOLDER LIMIT CALL"
int victim(const QStringList &arguments)
{
    const QString &what = arguments.at(2);
    const QString &folder = arguments.at(3);
    KeychainStore store = keychain(folder, arguments.at(4).toLongLong());
    const auto file = sealedFile(folder);
    if (!load(store) || !load(*file))
        return 2;
    const FileCalls calls(folder, arguments.at(5).toInt());
    if (what == u"save"_s)
        return save(store, "new", 3) ? 0 : 1;
    return (what == u"out"_s ? moveStore(store, *file) : moveStore(*file, store)) ? 0 : 1;
}

} // namespace

class TestKeychainFaults final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aKeychainIsWaitedForAsLongAsItsCallerSays();
    void aDamagedItemThatCannotBeCopiedStaysAndIsTold();
    void aRestartedDaemonIsLockedAndNotEmpty();
    void aDaemonThatDiesWhileItIsAskedIsNoEmptyStore();
    void aDaemonThatDiesDuringSavesLosesNoSavedToken();
    void aKillBeforeAnyCallOfASaveLosesNothing_data();
    void aKillBeforeAnyCallOfASaveLosesNothing();
    void aKillBeforeAnyCallOfAMoveLosesNothing_data();
    void aKillBeforeAnyCallOfAMoveLosesNothing();
};

void TestKeychainFaults::initTestCase()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder);
    const auto ready = probe(store);
    QVERIFY2(ready, ready ? "" : qPrintable(ready.error().message()));
}

void TestKeychainFaults::aKeychainIsWaitedForAsLongAsItsCallerSays()
{
    const QTemporaryDir folder;
    const auto daemon = static_cast<pid_t>(keyringProcess());
    QVERIFY(daemon > 1);
    const auto written = [&folder](std::chrono::milliseconds time) {
        Answer<void> answer;
        QObject context;
        itemOf(folder).write(secretOf("x"), &context, answer.handler(), time);
        return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::InvalidResponse, u"no end"_s));
    };
    // As one does that waits for a person who reads its question.
    QCOMPARE(::kill(daemon, SIGSTOP), 0);
    QElapsedTimer clock;
    clock.start();
    const auto waited = written(std::chrono::milliseconds(400));
    const auto took = clock.elapsed();
    QCOMPARE(::kill(daemon, SIGCONT), 0);
    QVERIFY(!waited);
    QCOMPARE(waited.error().cause(), ErrorCause::StoreLocked); // which is no refusal
    QVERIFY2(took >= 400 && took < 30'000, QByteArray::number(took).constData());
    QVERIFY(written(KeychainItem::usualPatience));
}

void TestKeychainFaults::aDamagedItemThatCannotBeCopiedStaysAndIsTold()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder);
    awaitNextSecond();
    QVERIFY(writeItem(itemOf(folder), "torn"));
    QVERIFY(readItem(itemOf(folder))); // it looks now, while it can
    {
        const FullKeyring full;
        QVERIFY(full.isFull());
        const auto blob = load(store);
        QVERIFY(!blob);
        QCOMPARE(blob.error().code(), ErrorCode::StorageDamaged);
        QVERIFY2(blob.error().message().contains(u"could not be kept"_s), qPrintable(blob.error().message()));
        const auto left = readItem(itemOf(folder));
        QVERIFY(left && *left && **left == secretOf("torn"));
    }
    // With a generation before it the person can go on, and hears the same.
    QVERIFY(clear(store));
    QVERIFY(save(store, "first", 1));
    QVERIFY(save(store, "second", 2));
    awaitNextSecond();
    QVERIFY(writeItem(itemOf(folder), "torn"));
    QVERIFY(readItem(itemOf(folder))); // it looks now, while it can
    {
        const FullKeyring full;
        const auto blob = load(store);
        QVERIFY2(blob, blob ? "" : qPrintable(blob.error().message()));
        QCOMPARE(blob->bytes, secretOf("first"));
        QVERIFY2(store.lastWarning().contains(u"could not be kept"_s), qPrintable(store.lastWarning()));
    }
    QVERIFY(clear(store));
}

void TestKeychainFaults::aRestartedDaemonIsLockedAndNotEmpty()
{
    const QTemporaryDir folder;
    KeychainStore keyring = keychain(folder);
    QVERIFY(save(keyring, "kept", 1));
    QVERIFY(killKeyring());
    QTest::qWait(200);
    const auto blob = load(keyring);
    QVERIFY(!blob);
    QCOMPARE(blob.error().cause(), ErrorCause::StoreLocked); // the bus has started it again
    QVERIFY(unlockKeyring());
    QTRY_VERIFY(probe(keyring));
    const auto again = load(keyring);
    QVERIFY2(again, again ? "" : qPrintable(again.error().message()));
    QCOMPARE(again->bytes, secretOf("kept"));
    QVERIFY(clear(keyring));
}

void TestKeychainFaults::aDaemonThatDiesWhileItIsAskedIsNoEmptyStore()
{
    const QTemporaryDir folder;
    KeychainStore keyring = keychain(folder);
    QVERIFY(save(keyring, "kept", 1));
    int hits = 0;
    for (int round = 0; round < 12; ++round) {
        QTRY_VERIFY(unlockKeyring());
        QTRY_VERIFY(probe(keyring));
        Answer<StoredBlob> answer;
        keyring.load(this, answer.handler());
        const qint64 process = keyringProcess();
        QVERIFY(process > 1);
        for (int turn = 0; turn < round; ++turn) // so many events further on the way
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 1);
        QCOMPARE(::kill(static_cast<pid_t>(process), SIGKILL), 0);
        QVERIFY(answer.wait(patience));
        const auto &blob = answer.result();
        if (blob)
            QCOMPARE(blob->bytes, secretOf("kept"));
        else
            QCOMPARE(blob.error().cause(), ErrorCause::StoreLocked);
        hits += !blob;
    }
    QVERIFY2(hits >= 1, "no kill came while the daemon was asked");
    QTRY_VERIFY(unlockKeyring());
    QTRY_VERIFY(probe(keyring));
    QCOMPARE(load(keyring)->bytes, secretOf("kept"));
    QVERIFY(clear(keyring));
}

void TestKeychainFaults::aDaemonThatDiesDuringSavesLosesNoSavedToken()
{
    const QTemporaryDir folder;
    KeychainStore keyring = keychain(folder);
    PersistentTokenCache cache(keyring);
    QVERIFY(store(cache, "one"));
    for (int round = 0; round < 8; ++round) {
        Answer<void> answer;
        cache.update(
            [round](TokenCache &tokens) {
                TokenGrant grant = contosoGrant();
                grant.homeAccountId.value = u"one"_s;
                grant.refreshToken = Secret(QByteArray::number(round));
                tokens.merge(grant, at(2000 + round));
            },
            this, answer.handler());
        QTest::qWait(round * 4);
        QVERIFY(killKeyring());
        QTest::qWait(200);
        QTRY_VERIFY(unlockKeyring()); // the person is asked, and the save goes on
        QVERIFY(answer.wait(patience));
        QVERIFY2(answer.result(), answer.result() ? "" : qPrintable(answer.result().error().message()));
        KeychainStore another = keychain(folder);
        PersistentTokenCache reader(another);
        QVERIFY(open(reader));
        QCOMPARE(reader.snapshot().refreshTokens().size(), 1U);
        QCOMPARE(reader.snapshot().refreshTokens().front().secret(), Secret(QByteArray::number(round)));
    }
    QVERIFY(clear(keyring));
}

void TestKeychainFaults::aKillBeforeAnyCallOfASaveLosesNothing_data()
{
    QTest::addColumn<qsizetype>("before");
    QTest::addColumn<qsizetype>("after");
    QTest::newRow("the document in the item") << KeychainStore::defaultItemLimit() << KeychainStore::defaultItemLimit();
    QTest::newRow("the document moves out of the item") << KeychainStore::defaultItemLimit() << qsizetype(4);
}

void TestKeychainFaults::aKillBeforeAnyCallOfASaveLosesNothing()
{
    QFETCH(const qsizetype, before);
    QFETCH(const qsizetype, after);
    int killed = 0;
    for (int call = 0;; ++call) {
        const QTemporaryDir folder;
        KeychainStore store = keychain(folder, before);
        QVERIFY(save(store, "older", 1));
        QVERIFY(save(store, "old", 2));
        const bool isKilled = isKilledIn(u"save"_s, folder, after, call);
        killed += isKilled;
        KeychainStore next = keychain(folder, after);
        const auto left = load(next);
        QVERIFY2(left, left ? "" : qPrintable(left.error().message()));
        const bool isNew = left->bytes == secretOf("new");
        QVERIFY2(isNew || (isKilled && left->bytes == secretOf("old")), qPrintable(QString::number(call)));
        QVERIFY(next.lastWarning().isEmpty());
        // What the dead writer left lying about is in nobody's way.
        QVERIFY(save(next, "next", 4));
        QCOMPARE(load(next)->bytes, secretOf("next"));
        QVERIFY(clear(next));
        if (!isKilled)
            break;
    }
    QVERIFY2(killed >= 8, qPrintable(QString::number(killed)));
}

void TestKeychainFaults::aKillBeforeAnyCallOfAMoveLosesNothing_data()
{
    QTest::addColumn<QString>("way");
    QTest::newRow("from the keychain to a sealed file") << u"out"_s;
    QTest::newRow("from a sealed file to the keychain") << u"in"_s;
}

void TestKeychainFaults::aKillBeforeAnyCallOfAMoveLosesNothing()
{
    QFETCH(const QString, way);
    int killed = 0;
    for (int call = 0;; ++call) {
        const QTemporaryDir folder;
        KeychainStore store = keychain(folder);
        auto file = sealedFile(folder.path());
        const bool isOut = way == u"out"_s;
        TokenStore &source = isOut ? static_cast<TokenStore &>(store) : *file;
        QVERIFY(save(source, "kept", 1));
        const bool isKilled = isKilledIn(way, folder, KeychainStore::defaultItemLimit(), call);
        killed += isKilled;
        // As the next program finds it.
        KeychainStore keyring = keychain(folder);
        file = sealedFile(folder.path());
        TokenStore &from = isOut ? static_cast<TokenStore &>(keyring) : *file;
        TokenStore &to = isOut ? *file : static_cast<TokenStore &>(keyring);
        const auto stayed = load(from);
        const auto moved = load(to);
        QVERIFY(stayed && moved);
        QVERIFY2(isKilled || stayed->bytes.isEmpty(), qPrintable(QString::number(call)));
        QVERIFY2(isKept(*stayed) || isKept(*moved), qPrintable(QString::number(call)));
        // Once more: it goes on from where it was cut off.
        if (!stayed->bytes.isEmpty())
            QVERIFY(moveStore(from, to));
        QVERIFY(isKept(*load(to)));
        QVERIFY(load(from)->bytes.isEmpty());
        QVERIFY(clear(to));
        if (!isKilled)
            break;
    }
    QVERIFY2(killed >= 8, qPrintable(QString::number(killed)));
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--victim"_s)
        return victim(app.arguments());
    if (app.arguments().value(1) != u"--inside"_s)
        return runInPrivateSession(app.arguments().sliced(1));
    QStringList arguments = app.arguments();
    arguments.removeAt(1);
    TestKeychainFaults test;
    return QTest::qExec(&test, arguments);
}

#include "tst_keychainfaults.moc"
