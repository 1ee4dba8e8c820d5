// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../../support/fulldisk.h"
#include "storefixture.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/storage/foreigncache.h>
#include <countersign/storage/msalfilestore.h>
#include <countersign/storage/sealedfilestore.h>
#include <countersign/storage/storeenvelope.h>
#include <countersign/storage/storefiles.h>
#include <countersign/storage/storelock.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <cerrno>
#include <cstring>

#ifdef Q_OS_LINUX
#include <sched.h>
#include <sys/mount.h>
#endif
#include <sys/stat.h>
#include <unistd.h>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;

namespace {

SystemRandom systemRandom;
constexpr ScryptCost cheap{quint64{1} << 14, 8, 1};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString &path, const QByteArray &bytes, mode_t mode = 0600)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
}

// As a program that starts now sees it; -1 if it cannot be read.
qsizetype accountsIn(const QString &path)
{
    SealedFileStore file(secretOf("p"), systemRandom, path, cheap);
    PersistentTokenCache cache(file);
    return open(cache) ? cache.snapshot().accounts().size() : -1;
}

#ifdef Q_OS_LINUX
//! Mounts of this process alone, which end with it, however it ends. Threads that were started before keep the old
//! ones.
bool takeOwnMounts()
{
    return ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}
bool hasOwnMounts = false;

//! A file system in memory of its own, if this process may mount one.
class MountedFolder
{
public:
    MountedFolder(const QString &path, QByteArray options)
        : m_path(QFile::encodeName(path)), m_options(std::move(options))
    {
        m_isMounted = hasOwnMounts && QDir().mkpath(path)
            && ::mount("none", m_path.constData(), "tmpfs", 0, m_options.constData()) == 0;
    }
    ~MountedFolder()
    {
        if (m_isMounted)
            ::umount2(m_path.constData(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(MountedFolder)

    bool isMounted() const { return m_isMounted; }
    bool setReadOnly(bool isReadOnly)
    {
        const unsigned long flags = MS_REMOUNT | (isReadOnly ? MS_RDONLY : 0);
        return ::mount("none", m_path.constData(), "tmpfs", flags, m_options.constData()) == 0;
    }

private:
    QByteArray m_path;
    QByteArray m_options;
    bool m_isMounted;
};
#endif

} // namespace

class TestFileStores final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSealedFileOpensWithItsPassphraseOnly();
    void aWrongPassphraseReplacesNothing();
    void everyChangedByteOfASealedFileIsNoticed();
    void anMsalFileIsPlainAndPrivate();
    void anUnsafeMsalFileIsRefused_data();
    void anUnsafeMsalFileIsRefused();
    void aFolderThatIsThereStaysAsItIs_data();
    void aFolderThatIsThereStaysAsItIs();
    void aFullDiskLosesNothing();
    void aFullFileSystemLosesNothing();
    void aReadOnlyFileSystemIsReadAndLosesNothing();
    void aFolderThatCannotBeWrittenLosesNothing();
    void aReadOnlyFolderLosesNothing();
    void aGenerationThatCannotBeForgottenFailsTheSave();
    void aLockOnAFullFileSystemSaysSo();
    void anEnvelopeSurvivesTheWayAndNoDamage();
    void aForeignCacheIsReadAndNeverWritten();
    void foreignCachesAreFoundAtTheirPlaces();
};

void TestFileStores::aSealedFileOpensWithItsPassphraseOnly()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s/tokens.sealed"_s);
    SealedFileStore store(secretOf("right"), systemRandom, path, cheap);
    QVERIFY(load(store)->bytes.isEmpty());
    QVERIFY(save(store, "canary-document", 1));
    QVERIFY(!contentOf(path).contains("canary"));
    SealedFileStore right(secretOf("right"), systemRandom, path, cheap);
    QCOMPARE(load(right)->bytes, secretOf("canary-document"));
    SealedFileStore wrong(secretOf("wrong"), systemRandom, path, cheap);
    const auto blob = load(wrong);
    QVERIFY(!blob);
    QCOMPARE(blob.error().cause(), ErrorCause::PassphraseWrong);
    QVERIFY(QFile::exists(path));
}

void TestFileStores::aWrongPassphraseReplacesNothing()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s/tokens.sealed"_s);
    SealedFileStore store(secretOf("right"), systemRandom, path, cheap);
    QVERIFY(save(store, "document", 1));
    const QByteArray before = contentOf(path);
    SealedFileStore wrong(secretOf("wrong"), systemRandom, path, cheap);
    QVERIFY(!save(wrong, "other", 2));
    QVERIFY(!load(wrong));
    QVERIFY(!save(wrong, "other", 2));
    QCOMPARE(contentOf(path), before);
}

void TestFileStores::everyChangedByteOfASealedFileIsNoticed()
{
    const Secret key = makeSealingKey(systemRandom);
    SealedHeader header;
    header.generation = 3;
    const QByteArray head = header.encode();
    const QByteArray file = head + *seal(key, "document", head, systemRandom);
    for (qsizetype i = 0; i < file.size(); ++i) {
        QByteArray changed = file;
        changed[i] = static_cast<char>(changed[i] ^ 0x10);
        const auto parsed = SealedHeader::parse(changed);
        if (!parsed)
            continue;
        QVERIFY(!unseal(key, QByteArrayView(changed).sliced(SealedHeader::size),
                        QByteArrayView(changed).first(SealedHeader::size)));
    }
}

void TestFileStores::anMsalFileIsPlainAndPrivate()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"private/cache.json"_s);
    MsalFileStore file(path);
    PersistentTokenCache cache(file);
    QVERIFY(store(cache, "uid.utid"));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0600));
    QVERIFY(contentOf(path).startsWith("{\n    \"AccessToken\": {\n"));
    QVERIFY(contentOf(path).endsWith("\n}"));
    // Another program, which knows no stamp, writes the file: it is read again.
    QByteArray text = contentOf(path);
    writeFile(path, text.replace("a refresh token", "another token"));
    QVERIFY(cache.isOutdated());
    QVERIFY(open(cache));
    QCOMPARE(cache.snapshot().refreshTokens().front().secret(), secretOf("another token"));
}

void TestFileStores::anUnsafeMsalFileIsRefused_data()
{
    QTest::addColumn<QString>("what");
    for (const char *const what : {"symbolic link", "hard link", "readable by others", "folder open to others",
                                   "a folder", "folder that others can write into"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestFileStores::anUnsafeMsalFileIsRefused()
{
    QFETCH(const QString, what);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"cache.json"_s);
    const QString target = folder.filePath(u"target"_s);
    writeFile(target, "{}");
    if (what == u"symbolic link"_s)
        QCOMPARE(::symlink(QFile::encodeName(target).constData(), QFile::encodeName(path).constData()), 0);
    else if (what == u"hard link"_s)
        QCOMPARE(::link(QFile::encodeName(target).constData(), QFile::encodeName(path).constData()), 0);
    else if (what == u"a folder"_s)
        QVERIFY(QDir().mkdir(path));
    else
        writeFile(path, "{}", what == u"readable by others"_s ? 0644 : 0600);
    if (what == u"folder open to others"_s)
        QCOMPARE(::chmod(QFile::encodeName(folder.path()).constData(), 0755), 0);
    if (what == u"folder that others can write into"_s)
        QCOMPARE(::chmod(QFile::encodeName(folder.path()).constData(), 0777), 0);
    MsalFileStore store(path);
    if (what != u"folder open to others"_s) {
        const auto blob = load(store);
        QVERIFY(!blob);
        QCOMPARE(blob.error().cause(), ErrorCause::StoreDenied);
    }
    const auto saved = save(store, "{\"stolen\": {}}", 1);
    QVERIFY(!saved);
    QCOMPARE(saved.error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(contentOf(target), QByteArray("{}"));
}

void TestFileStores::aFolderThatIsThereStaysAsItIs_data()
{
    QTest::addColumn<uint>("mode");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("ours alone") << 0700U << true;
    QTest::newRow("readable, as a home or a project is") << 0755U << true;
    QTest::newRow("sticky, as /tmp is") << 01777U << true;
    QTest::newRow("writable by a group") << 0770U << false;
    QTest::newRow("writable by all") << 0777U << false;
}

void TestFileStores::aFolderThatIsThereStaysAsItIs()
{
    QFETCH(const uint, mode);
    QFETCH(const bool, isGood);
    const QTemporaryDir folder;
    const QByteArray name = QFile::encodeName(folder.path());
    QCOMPARE(::chmod(name.constData(), mode), 0);
    SealedFileStore file(secretOf("p"), systemRandom, folder.filePath(u"tokens.sealed"_s), cheap);
    const auto probed = probe(file);
    const auto saved = save(file, "x", 1);
    for (const auto &result : {probed, saved}) {
        QCOMPARE(result.hasValue(), isGood);
        QVERIFY(isGood || result.error().cause() == ErrorCause::StoreDenied);
    }
    struct stat status = {};
    QCOMPARE(::stat(name.constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, mode);
}

void TestFileStores::aFullDiskLosesNothing()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s/tokens.sealed"_s);
    SealedFileStore file(secretOf("p"), systemRandom, path, cheap);
    PersistentTokenCache cache(file);
    QVERIFY(store(cache, "one"));
    const QByteArray before = contentOf(path);
    // The stamp fits and the store does not, then not even the stamp does.
    for (const rlim_t limit : {rlim_t{1024}, rlim_t{0}}) {
        const auto full = [&cache, limit] {
            const FullDisk disk(limit);
            return store(cache, "two");
        }();
        QVERIFY(!full);
        QCOMPARE(full.error().cause(), ErrorCause::StoreFull);
        QCOMPARE(contentOf(path), before);
        QCOMPARE(cache.snapshot().accounts().size(), 1);
    }
    QVERIFY(store(cache, "two"));
    SealedFileStore again(secretOf("p"), systemRandom, path, cheap);
    PersistentTokenCache reader(again);
    QVERIFY(open(reader));
    QCOMPARE(reader.snapshot().accounts().size(), 2);
}

void TestFileStores::aFullFileSystemLosesNothing()
{
#ifdef Q_OS_LINUX
    const QTemporaryDir folder;
    const MountedFolder disk(folder.filePath(u"disk"_s), "size=96k,mode=0700");
    if (!disk.isMounted())
        QSKIP("only the superuser may mount a file system; aFullDiskLosesNothing limits the process instead");
    const QString path = folder.filePath(u"disk/s/tokens.sealed"_s);
    SealedFileStore file(secretOf("p"), systemRandom, path, cheap);
    PersistentTokenCache cache(file);
    QVERIFY(store(cache, "one"));
    const QByteArray before = contentOf(path);
    QFile ballast(folder.filePath(u"disk/ballast"_s));
    QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (ballast.write(QByteArray(1024, 'b')) == 1024) { }
    const auto full = store(cache, "two");
    QVERIFY(!full);
    QCOMPARE(full.error().cause(), ErrorCause::StoreFull);
    QCOMPARE(probe(file).error().cause(), ErrorCause::StoreFull);
    QCOMPARE(contentOf(path), before);
    QCOMPARE(accountsIn(path), 1);
    QVERIFY(ballast.remove());
    QVERIFY(store(cache, "two"));
    QCOMPARE(accountsIn(path), 2);
#else
    QSKIP("a small file system is mounted on Linux only");
#endif
}

void TestFileStores::aReadOnlyFileSystemIsReadAndLosesNothing()
{
#ifdef Q_OS_LINUX
    const QTemporaryDir folder;
    MountedFolder disk(folder.filePath(u"disk"_s), "size=1m,mode=0700");
    if (!disk.isMounted())
        QSKIP("only the superuser may mount a file system");
    const QString path = folder.filePath(u"disk/s/tokens.sealed"_s);
    SealedFileStore file(secretOf("p"), systemRandom, path, cheap);
    PersistentTokenCache cache(file);
    QVERIFY(store(cache, "one"));
    const QByteArray before = contentOf(path);
    QVERIFY(disk.setReadOnly(true));
    QCOMPARE(store(cache, "two").error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(probe(file).error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(clear(file).error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(contentOf(path), before);
    QCOMPARE(accountsIn(path), 1); // signed in still
    QVERIFY(disk.setReadOnly(false));
    QVERIFY(store(cache, "two"));
    QCOMPARE(accountsIn(path), 2);
#else
    QSKIP("a file system is mounted on Linux only");
#endif
}

void TestFileStores::aFolderThatCannotBeWrittenLosesNothing()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"file/tokens.sealed"_s);
    writeFile(folder.filePath(u"file"_s), "not a folder");
    SealedFileStore denied(secretOf("p"), systemRandom, path, cheap);
    PersistentTokenCache cache(denied);
    const auto result = store(cache, "one");
    QVERIFY(!result);
    QCOMPARE(result.error().cause(), ErrorCause::StoreDenied);
    QVERIFY(!probe(denied));
    QVERIFY(cache.snapshot().isEmpty());
}

void TestFileStores::aReadOnlyFolderLosesNothing()
{
    const QTemporaryDir folder;
    // The superuser may write everywhere: it goes on as nobody.
    const bool isSuperuser = ::geteuid() == 0;
    constexpr uid_t nobody = 65534;
    if (isSuperuser) {
        QCOMPARE(::chown(QFile::encodeName(folder.path()).constData(), nobody, nobody), 0);
        QCOMPARE(::seteuid(nobody), 0);
    }
    const auto restore = qScopeGuard([isSuperuser] {
        if (isSuperuser && ::seteuid(0) != 0)
            qFatal("the superuser's rights are gone");
    });
    const QString path = folder.filePath(u"s/tokens.sealed"_s);
    const QByteArray parent = QFile::encodeName(folder.filePath(u"s"_s));
    SealedFileStore file(secretOf("p"), systemRandom, path, cheap);
    PersistentTokenCache cache(file);
    QVERIFY(store(cache, "one"));
    const QByteArray before = contentOf(path);
    QCOMPARE(::chmod(parent.constData(), 0500), 0);
    QCOMPARE(store(cache, "two").error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(save(file, "x", 9).error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(probe(file).error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(clear(file).error().cause(), ErrorCause::StoreDenied);
    QCOMPARE(contentOf(path), before);
    QCOMPARE(cache.snapshot().accounts().size(), 1);
    QCOMPARE(accountsIn(path), 1);
    QCOMPARE(::chmod(parent.constData(), 0700), 0);
    QVERIFY(store(cache, "two"));
    QCOMPARE(accountsIn(path), 2);
}

void TestFileStores::aGenerationThatCannotBeForgottenFailsTheSave()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s/tokens.sealed"_s);
    SealedFileStore file(secretOf("p"), systemRandom, path, cheap);
    QVERIFY(save(file, "ada", 1));
    QVERIFY(save(file, "ada and grace", 2));
    const QString previous = path + u".previous"_s;
    const auto forget = [&file] {
        Answer<void> answer;
        QObject context;
        file.save({secretOf("grace"), 3, true}, &context, answer.handler());
        return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, u"no answer"_s));
    };
    // A folder in its place cannot be removed as a file is, by nobody.
    QVERIFY(QFile::remove(previous) && QDir().mkpath(previous));
    const QByteArray before = contentOf(path);
    QVERIFY(!forget());
    QCOMPARE(contentOf(path), before); // so that the next attempt finds ada again
    QVERIFY(QDir().rmdir(previous));
    QVERIFY(forget());
    QVERIFY(!QFile::exists(previous));
    const auto blob = load(file);
    QVERIFY(blob);
    QCOMPARE(blob->bytes, secretOf("grace"));
}

void TestFileStores::aLockOnAFullFileSystemSaysSo()
{
#ifdef Q_OS_LINUX
    const QTemporaryDir folder;
    const MountedFolder disk(folder.filePath(u"disk"_s), "size=1m,nr_inodes=4,mode=0700");
    if (!disk.isMounted())
        QSKIP("only the superuser may mount a file system");
    for (int i = 0; i < 4; ++i)
        QFile(folder.filePath(u"disk/%1"_s.arg(i))).open(QIODevice::WriteOnly);
    const auto lock = StoreLock::tryLock(folder.filePath(u"disk/tokens.lock"_s));
    QVERIFY(!lock);
    QCOMPARE(lock.error().cause(), ErrorCause::StoreFull);
    QVERIFY2(lock.error().message().contains(QString::fromLocal8Bit(std::strerror(ENOSPC))),
             qPrintable(lock.error().message()));
#else
    QSKIP("a small file system is mounted on Linux only");
#endif
}

void TestFileStores::anEnvelopeSurvivesTheWayAndNoDamage()
{
    StoreEnvelope envelope;
    envelope.generation = 0x0102030405060708;
    envelope.payload = secretOf("document");
    const QByteArray bytes = envelope.encode().reveal().toByteArray();
    const auto back = StoreEnvelope::parse(bytes);
    QVERIFY(back);
    QCOMPARE(back->form, StoreEnvelope::Form::Document);
    QCOMPARE(back->generation, envelope.generation);
    QCOMPARE(back->payload, secretOf("document"));
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        QVERIFY(!StoreEnvelope::parse(bytes.first(i)));
        QByteArray changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QVERIFY(!StoreEnvelope::parse(changed));
    }
    QByteArray later = bytes;
    later[4] = 2;
    QCOMPARE(StoreEnvelope::parse(later).error().code(), ErrorCode::NotSupported);
}

void TestFileStores::aForeignCacheIsReadAndNeverWritten()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"msal_token_cache.json"_s);
    TokenCache cache;
    cache.merge(contosoGrant(), at(1000));
    const QByteArray text = "\xef\xbb\xbf" + cache.serialize();
    writeFile(path, text, 0444);
    const auto foreign = ForeignCache::open(path);
    QVERIFY(foreign);
    QCOMPARE(foreign->cache().accounts().size(), 1);
    QCOMPARE(contentOf(path), text);
    writeFile(folder.filePath(u"dpapi"_s), QByteArray("\x01\x00\x00\x00\xd0\x8c\x9d\xdf", 8));
    QCOMPARE(ForeignCache::open(folder.filePath(u"dpapi"_s)).error().code(), ErrorCode::NotSupported);
    QCOMPARE(ForeignCache::open(folder.filePath(u"none"_s)).error().code(), ErrorCode::StorageUnavailable);
}

void TestFileStores::foreignCachesAreFoundAtTheirPlaces()
{
    const QTemporaryDir home;
    QVERIFY(ForeignCache::usualPlaces(home.path()).isEmpty());
    for (const auto &folder : {u".azure"_s, u".IdentityService"_s})
        QVERIFY(QDir(home.path()).mkdir(folder));
    writeFile(home.filePath(u".azure/msal_token_cache.json"_s), "{}");
    writeFile(home.filePath(u".IdentityService/msal.cache.nocae"_s), "{}");
    writeFile(home.filePath(u".IdentityService/msal.cache.lockfile"_s), "1");
    QCOMPARE(ForeignCache::usualPlaces(home.path()),
             QStringList({home.filePath(u".azure/msal_token_cache.json"_s),
                          home.filePath(u".IdentityService/msal.cache.nocae"_s)}));
}

int main(int argc, char **argv)
{
#ifdef Q_OS_LINUX
    hasOwnMounts = takeOwnMounts();
#endif
    const QCoreApplication app(argc, argv);
    TestFileStores test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_filestores.moc"
