// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "storefixture.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/storage/keychainitem.h>
#include <countersign/storage/keychainstore.h>
#include <countersign/storage/storeenvelope.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>

#include <QtDBus/QDBusArgument>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusMetaType>
#include <QtDBus/QDBusObjectPath>
#include <QtDBus/QDBusVariant>

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

using namespace Countersign;
using namespace Countersign::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The Secret Service's struct (oayays).
struct BusSecret
{
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;

    friend QDBusArgument &operator<<(QDBusArgument &out, const BusSecret &secret)
    {
        out.beginStructure();
        out << secret.session << secret.parameters << secret.value << secret.contentType;
        out.endStructure();
        return out;
    }
    friend const QDBusArgument &operator>>(const QDBusArgument &in, BusSecret &secret)
    {
        in.beginStructure();
        in >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
        in.endStructure();
        return in;
    }
};
Q_DECLARE_METATYPE(BusSecret)

namespace {

SystemRandom systemRandom;

KeychainStore keychain(const QTemporaryDir &folder, qsizetype limit = KeychainStore::defaultItemLimit())
{
    return KeychainStore(systemRandom,
                         {.service = u"countersign-test"_s,
                          .account = folder.path().section(u'-', -1),
                          .folder = folder.filePath(u"store"_s),
                          .itemLimit = limit});
}

KeychainItem itemOf(const QTemporaryDir &folder, const QString &suffix = {})
{
    return {u"countersign-test"_s, folder.path().section(u'-', -1) + suffix};
}

Result<std::optional<Secret>> readItem(const KeychainItem &item)
{
    Answer<std::optional<Secret>> answer;
    QObject context;
    item.read(&context, answer.handler());
    return answer.wait() ? std::move(answer.result())
                         : Result<std::optional<Secret>>(Error(ErrorCode::TimedOut, u"no answer"_s));
}

Result<void> writeItem(const KeychainItem &item, const char *text)
{
    Answer<void> answer;
    QObject context;
    item.write(secretOf(text), &context, answer.handler());
    return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, u"no answer"_s));
}

bool lockKeyring()
{
    return QProcess::execute(u"gdbus"_s,
                             {u"call"_s, u"--session"_s, u"--dest"_s, u"org.freedesktop.secrets"_s, u"--object-path"_s,
                              u"/org/freedesktop/secrets"_s, u"--method"_s, u"org.freedesktop.Secret.Service.Lock"_s,
                              u"['/org/freedesktop/secrets/aliases/default']"_s})
        == 0;
}

qint64 keyringProcess()
{
    QDBusMessage message = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                          u"org.freedesktop.DBus"_s, u"GetConnectionUnixProcessID"_s);
    message.setArguments({u"org.freedesktop.secrets"_s});
    return QDBusConnection::sessionBus().call(message).arguments().value(0).toLongLong();
}

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

// As a person does in the keyring's dialog, which has no window here.
bool unlockKeyring()
{
    qDBusRegisterMetaType<BusSecret>();
    const auto call = [](const char *interface, const char *method, const QVariantList &arguments) {
        QDBusMessage message =
            QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                           QString::fromLatin1(interface), QString::fromLatin1(method));
        message.setArguments(arguments);
        return QDBusConnection::sessionBus().call(message, QDBus::BlockWithGui, 10'000);
    };
    const auto session = call("org.freedesktop.Secret.Service", "OpenSession",
                              {u"plain"_s, QVariant::fromValue(QDBusVariant(QString()))});
    const auto collection = call("org.freedesktop.Secret.Service", "ReadAlias", {u"default"_s});
    if (session.arguments().size() != 2 || collection.arguments().size() != 1)
        return false;
    const BusSecret password{session.arguments().at(1).value<QDBusObjectPath>(), {}, "test", u"text/plain"_s};
    const auto reply = call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
                            {collection.arguments().at(0), QVariant::fromValue(password)});
    if (reply.type() == QDBusMessage::ErrorMessage)
        qWarning() << reply.errorMessage();
    return reply.type() == QDBusMessage::ReplyMessage;
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
    void aDamagedItemThatCannotBeCopiedStaysAndIsTold();
    void twoProgramsShareOneCache();
    void aListenerThatDiesDoesNotHurtAJob();
    void aLockedKeychainIsWaitedFor();
    void aRestartedDaemonIsLockedAndNotEmpty();
    void aDaemonThatDiesWhileItIsAskedIsNoEmptyStore();
    void aDaemonThatDiesDuringSavesLosesNoSavedToken();
    void aDamagedKeyItemOpensTheFileWithItsCopy();
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

void TestKeychainStore::aDamagedItemThatCannotBeCopiedStaysAndIsTold()
{
    const QTemporaryDir folder;
    KeychainStore store = keychain(folder);
    QVERIFY(writeItem(itemOf(folder), "torn"));
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
    QVERIFY(writeItem(itemOf(folder), "torn"));
    {
        const FullKeyring full;
        const auto blob = load(store);
        QVERIFY(blob);
        QCOMPARE(blob->bytes, secretOf("first"));
        QVERIFY2(store.lastWarning().contains(u"could not be kept"_s), qPrintable(store.lastWarning()));
    }
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

void TestKeychainStore::aRestartedDaemonIsLockedAndNotEmpty()
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

void TestKeychainStore::aDaemonThatDiesWhileItIsAskedIsNoEmptyStore()
{
    const QTemporaryDir folder;
    KeychainStore keyring = keychain(folder);
    QVERIFY(save(keyring, "kept", 1));
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
        QVERIFY(answer.wait(90'000));
        const auto &blob = answer.result();
        if (blob)
            QCOMPARE(blob->bytes, secretOf("kept"));
        else
            QCOMPARE(blob.error().cause(), ErrorCause::StoreLocked);
    }
    QTRY_VERIFY(unlockKeyring());
    QTRY_VERIFY(probe(keyring));
    QCOMPARE(load(keyring)->bytes, secretOf("kept"));
    QVERIFY(clear(keyring));
}

void TestKeychainStore::aDaemonThatDiesDuringSavesLosesNoSavedToken()
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
        QVERIFY(answer.wait(90'000));
        QVERIFY2(answer.result(), answer.result() ? "" : qPrintable(answer.result().error().message()));
        KeychainStore another = keychain(folder);
        PersistentTokenCache reader(another);
        QVERIFY(open(reader));
        QCOMPARE(reader.snapshot().refreshTokens().size(), 1U);
        QCOMPARE(reader.snapshot().refreshTokens().front().secret(), Secret(QByteArray::number(round)));
    }
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

namespace {

// A bus that starts a dead keyring again, as a desktop's does, and nothing else: above all no program that would ask
// for a password where nobody sees it.
bool writeBusConfiguration(const QString &folder, const QString &path)
{
    const QString services = folder + u"/services"_s;
    QFile service(services + u"/org.freedesktop.secrets.service"_s);
    QFile configuration(path);
    if (!QDir().mkpath(services) || !service.open(QIODevice::WriteOnly) || !configuration.open(QIODevice::WriteOnly))
        return false;
    const QString daemon = QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s);
    service.write("[D-BUS Service]\nName=org.freedesktop.secrets\nExec=" + daemon.toUtf8()
                  + " --start --foreground --components=secrets\n");
    configuration.write(R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:dir=)" + folder.toUtf8()
                        + R"(</listen>
  <auth>EXTERNAL</auth>
  <servicedir>)" + services.toUtf8()
                        + R"(</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)");
    return service.flush() && configuration.flush();
}

int runInPrivateSession(const QStringList &arguments)
{
    const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"data"_s));
    environment.insert(u"XDG_RUNTIME_DIR"_s, home.path());
    environment.insert(u"XDG_CURRENT_DESKTOP"_s, u"none"_s);
    for (const auto &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"GNOME_KEYRING_CONTROL"_s})
        environment.remove(name);
    const QString configuration = home.filePath(u"bus.conf"_s);
    if (!writeBusConfiguration(home.path(), configuration))
        return 1;
    QProcess session;
    session.setProcessEnvironment(environment);
    session.setProcessChannelMode(QProcess::ForwardedChannels);
    const auto script = u"printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
                        " && exec \"$0\" --inside \"$@\""_s;
    const QStringList command{u"--config-file="_s + configuration,    u"--"_s, u"sh"_s, u"-c"_s, script,
                              QCoreApplication::applicationFilePath()};
    session.start(u"dbus-run-session"_s, command + arguments);
    if (!session.waitForFinished(110'000)) {
        fputs("FAIL: dbus-run-session and gnome-keyring-daemon are needed for these tests\n", stderr);
        return 1;
    }
    return session.exitCode();
}

} // namespace

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
