// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "keychainfixture.h"

#include <countersign/storage/storeenvelope.h>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

bool lockKeyring()
{
    return QProcess::execute(u"gdbus"_s,
                             {u"call"_s, u"--session"_s, u"--dest"_s, u"org.freedesktop.secrets"_s, u"--object-path"_s,
                              u"/org/freedesktop/secrets"_s, u"--method"_s, u"org.freedesktop.Secret.Service.Lock"_s,
                              u"['/org/freedesktop/secrets/aliases/default']"_s})
        == 0;
}

} // namespace

class TestKeychainStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anEmptyKeychainIsAnEmptyStore();
    void aSmallDocumentLiesInTheItem();
    void aLargeDocumentLiesSealedBesideTheKey();
    void aDocumentThatGrowsMovesOutAndStaysOut();
    void whatIsForgottenHasNoGenerationBefore_data();
    void whatIsForgottenHasNoGenerationBefore();
    void aDamagedItemFallsBackToTheGenerationBefore();
    void aDamagedSealedFileFallsBackToTheGenerationBefore();
    void nothingReadableIsToldOnceAndThenStartsEmpty();
    void twoProgramsShareOneCache();
    void aListenerThatDiesDoesNotHurtAJob();
    void aLockedKeychainIsWaitedFor();
    void aDamagedKeyItemOpensTheFileWithItsCopy();
    void theKeysSecondCopyIsRestored();
    void noKeychainOffersTheSealedFile();
};

void TestKeychainStore::initTestCase()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder);
    const auto ready = probe(store);
    QVERIFY2(ready, ready ? "" : qPrintable(ready.error().message()));
}

void TestKeychainStore::anEmptyKeychainIsAnEmptyStore()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder);
    const auto blob = load(store);
    QVERIFY(blob);
    QVERIFY(blob->bytes.isEmpty());
    QCOMPARE(blob->generation, 0U);
}

void TestKeychainStore::aSmallDocumentLiesInTheItem()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder);
    QVERIFY(save(store, "first", 1));
    QVERIFY(save(store, "second", 2));
    auto blob = load(store);
    QVERIFY(blob);
    QCOMPARE(blob->bytes, secretOf("second"));
    QCOMPARE(blob->generation, 2U);
    QVERIFY(!QFile::exists(store.sealedPath()));
    QVERIFY(clear(store));
    blob = load(store);
    QVERIFY(blob && blob->bytes.isEmpty());
}

void TestKeychainStore::aLargeDocumentLiesSealedBesideTheKey()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder, 100);
    const QByteArray canary(5000, 'c');
    QVERIFY(save(store, canary, 1));
    const auto before = readItem(itemOf(folder));
    QVERIFY(before && *before);
    QVERIFY((*before)->size() < 200);
    QFile file(store.sealedPath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("cccccccc"));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
    // The next save touches the file only.
    QVERIFY(save(store, canary.repeated(2), 2));
    const auto after = readItem(itemOf(folder));
    QVERIFY(after && *after && **after == **before);
    KeychainStore again = keychain(folder, 100);
    const auto blob = load(again);
    QVERIFY(blob);
    QCOMPARE(blob->bytes.reveal(), QByteArrayView(canary.repeated(2)));
    QCOMPARE(blob->generation, 2U);
    QVERIFY(clear(store));
    QVERIFY(!QFile::exists(store.sealedPath()));
}

void TestKeychainStore::aDocumentThatGrowsMovesOutAndStaysOut()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder, 100);
    QVERIFY(save(store, "small", 1));
    QVERIFY(save(store, "small again", 2));
    QVERIFY(save(store, QByteArray(1000, 'x'), 3));
    // No copy of the document is left in the keychain: the second item is the key's.
    const auto previous = readItem(itemOf(folder, u".previous"_s));
    QVERIFY(previous && *previous);
    QCOMPARE(StoreEnvelope::parse((*previous)->reveal())->form, StoreEnvelope::Form::Key);
    QVERIFY(save(store, "small once more", 4));
    QVERIFY(QFile::exists(store.sealedPath()));
    const auto blob = load(store);
    QVERIFY(blob);
    QCOMPARE(blob->bytes, secretOf("small once more"));
    QVERIFY(clear(store));
}

void TestKeychainStore::whatIsForgottenHasNoGenerationBefore_data()
{
    QTest::addColumn<qsizetype>("limit");
    QTest::newRow("the document in the item") << KeychainStore::defaultItemLimit();
    QTest::newRow("the document in the sealed file") << qsizetype(4);
}

void TestKeychainStore::whatIsForgottenHasNoGenerationBefore()
{
    QFETCH(qsizetype, limit);
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder, limit);
    QVERIFY(save(store, "ada", 1));
    QVERIFY(save(store, "ada and grace", 2));
    QVERIFY(save(store, "ada and alan", 3));
    Answer<void> answer;
    QObject context;
    store.save({secretOf("nobody"), 4, true}, &context, answer.handler());
    QVERIFY(answer.wait() && answer.result());
    const auto before = readItem(itemOf(folder, u".previous"_s));
    // A second copy of the sealed file's key may stand there.
    QVERIFY(before && (!*before || !(*before)->reveal().toByteArray().contains("ada and alan")));
    QVERIFY(!QFile::exists(store.sealedPath() + u".previous"_s));
    const auto blob = load(store);
    QVERIFY(blob);
    QCOMPARE(blob->bytes, secretOf("nobody"));
    QVERIFY(clear(store));
}

void TestKeychainStore::aDamagedItemFallsBackToTheGenerationBefore()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder);
    QVERIFY(save(store, "first", 1));
    QVERIFY(save(store, "second", 2));
    QVERIFY(writeItem(itemOf(folder), "torn"));
    const auto blob = load(store);
    QVERIFY(blob);
    QCOMPARE(blob->bytes, secretOf("first"));
    QVERIFY(!store.lastWarning().isEmpty());
    const auto aside = readItem(itemOf(folder, u".damaged"_s));
    QVERIFY(aside && *aside && **aside == secretOf("torn"));
    QVERIFY(save(store, "third", 3));
    QCOMPARE(load(store)->bytes, secretOf("third"));
    QVERIFY(store.lastWarning().isEmpty());
    QVERIFY(clear(store));
}

void TestKeychainStore::aDamagedSealedFileFallsBackToTheGenerationBefore()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder, 0);
    QVERIFY(save(store, "first", 1));
    QVERIFY(save(store, "second", 2));
    QFile file(store.sealedPath());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(file.size() - 1);
    const char last = file.peek(1).front();
    file.putChar(static_cast<char>(last ^ 1));
    file.close();
    auto blob = load(store);
    QVERIFY(blob);
    QCOMPARE(blob->bytes, secretOf("first"));
    QVERIFY(store.lastWarning().contains(u".damaged-"_s));
    // The save that was cut off between its two renames.
    QVERIFY(save(store, "third", 3));
    QVERIFY(QFile::remove(store.sealedPath() + u".previous"_s));
    QVERIFY(QFile::rename(store.sealedPath(), store.sealedPath() + u".previous"_s));
    blob = load(store);
    QVERIFY(blob);
    QCOMPARE(blob->bytes, secretOf("third"));
    QVERIFY(clear(store));
}

void TestKeychainStore::nothingReadableIsToldOnceAndThenStartsEmpty()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder);
    QVERIFY(writeItem(itemOf(folder), "torn"));
    auto blob = load(store);
    QVERIFY(!blob);
    QCOMPARE(blob.error().code(), ErrorCode::StorageDamaged);
    blob = load(store);
    QVERIFY(blob && blob->bytes.isEmpty());
    QVERIFY(save(store, "new", 1));
    QCOMPARE(load(store)->bytes, secretOf("new"));
    QVERIFY(clear(store));
}

void TestKeychainStore::twoProgramsShareOneCache()
{
    const QTemporaryDir folder;
    KeychainStore first = keychain(folder);
    KeychainStore second = keychain(folder);
    PersistentTokenCache desktop(first);
    PersistentTokenCache commandLine(second);
    QVERIFY(open(desktop));
    QVERIFY(store(commandLine, "one"));
    QTRY_COMPARE(desktop.snapshot().accounts().size(), 1);
    QVERIFY(store(desktop, "two"));
    QTRY_COMPARE(commandLine.snapshot().accounts().size(), 2);
    QVERIFY(update(desktop, [](TokenCache &cache) {
        for (const Account &account : cache.accounts())
            cache.forgetAccount(account.id);
    }));
    QTRY_VERIFY(commandLine.snapshot().accounts().isEmpty());
    QVERIFY(clear(first));
}

void TestKeychainStore::aListenerThatDiesDoesNotHurtAJob()
{
    const QTemporaryDir folder;
    bool hasHeard = false;
    for (int i = 0; i < 20; ++i) {
        QObject context;
        itemOf(folder).read(&context, [&hasHeard](const Result<std::optional<Secret>> &) { hasHeard = true; });
        itemOf(folder).write(secretOf("x"), &context, [&hasHeard](const Result<void> &) { hasHeard = true; });
    }
    QTest::qWait(300);
    QVERIFY(!hasHeard);
    KeychainStore store = keychain(folder);
    QVERIFY(clear(store));
}

void TestKeychainStore::aLockedKeychainIsWaitedFor()
{
    const QTemporaryDir folder;
    KeychainStore keyring = keychain(folder);
    PersistentTokenCache writer(keyring);
    QVERIFY(store(writer, "one"));
    QVERIFY(lockKeyring());
    const auto locked = load(keyring);
    QVERIFY(!locked);
    QCOMPARE(locked.error().cause(), ErrorCause::StoreLocked);
    QCOMPARE(save(keyring, "over it", 9).error().cause(), ErrorCause::StoreLocked);
    PersistentTokenCache impatient(keyring, {.unlockDeadline = 600ms});
    QCOMPARE(open(impatient).error().cause(), ErrorCause::StoreLocked);
    PersistentTokenCache patient(keyring);
    Answer<void> answer;
    patient.open(this, answer.handler());
    QTest::qWait(700);
    QVERIFY(!answer.hasCome());
    QVERIFY(unlockKeyring());
    QVERIFY(answer.wait());
    QVERIFY2(answer.result(), answer.result() ? "" : qPrintable(answer.result().error().message()));
    QCOMPARE(patient.snapshot().accounts().size(), 1);
    QVERIFY(clear(keyring));
}

void TestKeychainStore::aDamagedKeyItemOpensTheFileWithItsCopy()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder, 0);
    QVERIFY(save(store, "first", 1));
    QVERIFY(save(store, "second", 2));
    QVERIFY(writeItem(itemOf(folder), "torn"));
    auto blob = load(store);
    QVERIFY(blob);
    QCOMPARE(blob->bytes, secretOf("second"));
    QVERIFY(store.lastWarning().contains(u".damaged"_s));
    const auto aside = readItem(itemOf(folder, u".damaged"_s));
    QVERIFY(aside && *aside && **aside == secretOf("torn"));
    blob = load(store);
    QVERIFY(blob);
    QCOMPARE(blob->bytes, secretOf("second"));
    QVERIFY(store.lastWarning().isEmpty());
    QVERIFY(clear(store));
}

void TestKeychainStore::theKeysSecondCopyIsRestored()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder, 0);
    QVERIFY(save(store, "first", 1));
    const KeychainItem copy = itemOf(folder, u".previous"_s);
    const auto key = readItem(itemOf(folder));
    QVERIFY(key && *key);
    const auto before = readItem(copy);
    QVERIFY(before && *before && **before == **key);
    const auto loadedWith = [&](const QString &what) {
        QVERIFY2(load(store), qPrintable(what));
        const auto after = readItem(copy);
        QVERIFY2(after && *after && **after == **key, qPrintable(what));
    };
    Answer<void> removed;
    QObject context;
    copy.remove(&context, removed.handler());
    QVERIFY(removed.wait() && removed.result());
    loadedWith(u"none"_s);
    // What a save left that was cut off before it wrote the copy: the document of before.
    QVERIFY(writeItem(copy, "a document"));
    loadedWith(u"another"_s);
    QVERIFY(clear(store));
}

void TestKeychainStore::noKeychainOffersTheSealedFile()
{
    // A process without a session: the one thing that cannot be taken away from this one.
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), {u"--child"_s});
    QVERIFY(process.waitForFinished(20'000));
    const QByteArray message = process.readAllStandardOutput();
    QVERIFY2(message.contains("store_missing"), message.constData());
    QVERIFY2(message.contains("sealed file"), message.constData());
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--child"_s) {
        const QTemporaryDir folder;
        KeychainStore store = keychain(folder);
        const auto blob = load(store);
        puts(blob ? "loaded" : qPrintable(identifier(blob.error().cause()) + u": "_s + blob.error().message()));
        return 0;
    }
    // Never a person's own keyring: a private session with its own home, always.
    if (app.arguments().value(1) != u"--inside"_s)
        return runInPrivateSession(app.arguments().sliced(1));
    QStringList arguments = app.arguments();
    arguments.removeAt(1);
    TestKeychainStore test;
    return QTest::qExec(&test, arguments);
}

#include "tst_keychainstore.moc"
