// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/keychainitem.h>

#include <countersign/base/background.h>

#include <qt6keychain/keychain.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QLibrary>
#include <QtCore/QTimer>
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusObjectPath>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtDBus/QDBusVariant>
#endif

#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

Error unavailable(ErrorCause cause, const QString &message)
{
    return {ErrorCode::StorageUnavailable, cause, message};
}

Error missing(const QString &reason)
{
    return unavailable(ErrorCause::StoreMissing,
                       u"there is no usable keychain ("_s + reason
                           + u"); start one, or choose the sealed file with a passphrase"_s);
}

Error errorOf(QKeychain::Error error, const QString &message)
{
    switch (error) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return unavailable(ErrorCause::StoreDenied, u"the keychain refused access: "_s + message);
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented: return missing(message);
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError: break;
    }
    return unavailable(ErrorCause::Unspecified, u"the keychain failed: "_s + message);
}

// QtKeychain 0.13.2: a libsecret job that is deleted while it runs is used after it was freed. So a job has no parent,
// deletes itself, and whoever loses patience only stops listening.
template <typename Job>
void start(Job *job, QObject *context, std::chrono::milliseconds patience, std::function<void(Job *)> handler)
{
    auto *const listener = new QObject(context);
    auto deliver = std::make_shared<std::function<void(Job *)>>(std::move(handler));
    QObject::connect(job, &QKeychain::Job::finished, listener, [listener, job, deliver] {
        listener->deleteLater();
        if (const auto once = std::exchange(*deliver, nullptr))
            once(job);
    });
    QTimer::singleShot(patience, listener, [listener, deliver] {
        listener->deleteLater();
        if (const auto once = std::exchange(*deliver, nullptr))
            once(nullptr);
    });
    job->start();
}

Error noAnswer()
{
    return unavailable(ErrorCause::StoreLocked, u"the keychain did not answer; it may be waiting to be unlocked"_s);
}

// libsecret keeps its session with a keyring daemon that has been restarted meanwhile, and fails with it from then on.
// Whoever notices drops the session, through the same library that QtKeychain has loaded.
bool forgetSession()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    using Disconnect = void (*)();
    QLibrary library(u"secret-1"_s, 0);
    const auto disconnect = reinterpret_cast<Disconnect>(library.resolve("secret_service_disconnect"));
    if (disconnect)
        disconnect();
    return disconnect != nullptr;
#else
    return false;
#endif
}

// Runs a job that \p make prepares; a failure nobody can name is tried once more with a new session.
template <typename Job> void runJob(std::function<Job *()> make, QObject *context, std::function<void(Job *)> handler,
                                    std::chrono::milliseconds patience = KeychainItem::usualPatience,
                                    bool isFirst = true)
{
    Job *const job = make();
    start<Job>(job, context, patience,
               [make = std::move(make), context, handler = std::move(handler), patience, isFirst](Job *done) {
                   if (done && isFirst && done->error() == QKeychain::OtherError && forgetSession())
                       return runJob<Job>(make, context, handler, patience, false);
                   handler(done);
               });
}

// A daemon that died and was started again since the question whether it is locked is locked now, and that is what the
// caller has to know: then the person is waited for. Its own word for it is that access is denied.
void fail(const Error &error, QObject *context, std::function<void(const Error &)> handler)
{
    checkKeychain(context, [error, handler = std::move(handler)](const Result<void> &check) {
        const bool isLocked = !check && check.error().cause() == ErrorCause::StoreLocked;
        handler(isLocked ? check.error() : error);
    });
}

} // namespace

void KeychainItem::read(QObject *context, ReadHandler handler) const
{
    using Job = QKeychain::ReadPasswordJob;
    const auto make = [item = *this] {
        auto *const job = new Job(item.service);
        job->setKey(item.key);
        return job;
    };
    runJob<Job>(make, context, [context, handler = std::move(handler)](Job *done) {
        if (!done)
            return handler(noAnswer());
        if (done->error() == QKeychain::EntryNotFound)
            return handler(std::optional<Secret>());
        if (done->error() != QKeychain::NoError)
            return fail(errorOf(done->error(), done->errorString()), context, handler);
        // The job keeps its own copy until it is gone, a moment later: that one is not ours to wipe.
        handler(std::optional<Secret>(Secret::copyOf(done->binaryData())));
    });
}

void KeychainItem::write(const Secret &value, QObject *context, DoneHandler handler,
                         std::chrono::milliseconds patience) const
{
    using Job = QKeychain::WritePasswordJob;
    const auto make = [item = *this, bytes = std::make_shared<Secret>(value.clone())] {
        auto *const job = new Job(item.service);
        job->setKey(item.key);
        job->setBinaryData(bytes->reveal().toByteArray());
        return job;
    };
    runJob<Job>(
        make, context,
        [context, handler = std::move(handler)](Job *done) {
            if (!done)
                return handler(noAnswer());
            if (done->error() != QKeychain::NoError)
                return fail(errorOf(done->error(), done->errorString()), context, handler);
            handler({});
        },
        patience);
}

void KeychainItem::remove(QObject *context, DoneHandler handler) const
{
    using Job = QKeychain::DeletePasswordJob;
    const auto make = [item = *this] {
        auto *const job = new Job(item.service);
        job->setKey(item.key);
        return job;
    };
    runJob<Job>(make, context, [context, handler = std::move(handler)](Job *done) {
        if (!done)
            return handler(noAnswer());
        if (done->error() != QKeychain::NoError && done->error() != QKeychain::EntryNotFound)
            return fail(errorOf(done->error(), done->errorString()), context, handler);
        handler({});
    });
}

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)

namespace {

constexpr auto secretService = "org.freedesktop.secrets"_L1;
constexpr int busTimeout = 10'000; // milliseconds; a keyring daemon may have to be started first

// A daemon that dies before it answers is started again by the next question: only that one says whether it is missing.
void callBus(const QDBusMessage &message, QObject *context, std::function<void(QDBusPendingCall)> handler,
             bool isFirst = true)
{
    auto *const watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message, busTimeout), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [message, context, watcher, handler = std::move(handler), isFirst] {
                         watcher->deleteLater();
                         if (isFirst && watcher->isError() && watcher->error().type() == QDBusError::NoReply)
                             return callBus(message, context, handler, false);
                         handler(*watcher);
                     });
}

QDBusMessage questionTo(const QString &path, const QString &interface, const QString &method,
                        const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(secretService, path, interface, method);
    message.setArguments(arguments);
    return message;
}

void checkCollection(const QString &path, QObject *context, KeychainItem::DoneHandler handler)
{
    callBus(questionTo(path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                       {u"org.freedesktop.Secret.Collection"_s, u"Locked"_s}),
            context, [handler = std::move(handler)](const QDBusPendingCall &call) {
                const QDBusPendingReply<QDBusVariant> reply = call;
                if (reply.isError())
                    return handler(missing(reply.error().message()));
                if (reply.value().variant().toBool())
                    return handler(unavailable(ErrorCause::StoreLocked, u"the keychain is locked; unlock it"_s));
                handler({});
            });
}

//! The path of the default collection; "/" when there is none yet.
void findCollection(QObject *context, std::function<void(const Result<QString> &)> handler)
{
    callBus(
        questionTo(u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s, {u"default"_s}),
        context, [handler = std::move(handler)](const QDBusPendingCall &call) {
            const QDBusPendingReply<QDBusObjectPath> reply = call;
            if (reply.isError())
                return handler(missing(reply.error().message()));
            handler(reply.value().path());
        });
}

//! There QtKeychain talks to KWallet, which asks for its password by itself.
bool isKde()
{
    return qEnvironmentVariable("XDG_CURRENT_DESKTOP").contains("KDE"_L1);
}

} // namespace

void checkKeychain(QObject *context, KeychainItem::DoneHandler handler)
{
    if (isKde())
        return later(context, [handler = std::move(handler)] { handler({}); });
    if (!QDBusConnection::sessionBus().isConnected())
        return later(context, [handler = std::move(handler)] { handler(missing(u"no D-Bus session"_s)); });
    // libsecret answers "not found" for a locked keyring when nobody can be asked for its password: taken for an empty
    // cache, it would be overwritten. So the service is asked first.
    findCollection(context, [context, handler = std::move(handler)](const Result<QString> &path) {
        if (!path)
            return handler(path.error());
        // No collection yet: the first save makes one.
        if (*path == "/"_L1)
            return handler({});
        checkCollection(*path, context, handler);
    });
}

void makeCollection(const KeychainItem &item, QObject *context, KeychainItem::DoneHandler handler,
                    std::chrono::milliseconds patience)
{
    if (isKde() || !QDBusConnection::sessionBus().isConnected())
        return later(context, [handler = std::move(handler)] { handler({}); });
    findCollection(context, [item, context, patience, handler = std::move(handler)](const Result<QString> &path) {
        if (!path)
            return handler(path.error());
        if (*path != "/"_L1)
            return handler({});
        const QDeadlineTimer until(patience);
        item.write(
            Secret::copyOf("-"), context,
            [item, context, until, handler](const Result<void> &written) {
                if (written)
                    return item.remove(context, [handler](const Result<void> &) { handler({}); });
                if (until.hasExpired())
                    return handler(Error{ErrorCode::TimedOut, u"nobody answered the keychain's question"_s});
                // Whoever waits for a lock to be opened would ask the same person once more, in a second window.
                if (written.error().code() == ErrorCode::StorageUnavailable
                    && written.error().cause() != ErrorCause::StoreMissing)
                    return handler(unavailable(ErrorCause::StoreDenied, written.error().message()));
                handler(written);
            },
            patience);
    });
}

#else

void checkKeychain(QObject *context, KeychainItem::DoneHandler handler)
{
    later(context, [handler = std::move(handler)] { handler({}); });
}

void makeCollection(const KeychainItem &, QObject *context, KeychainItem::DoneHandler handler,
                    std::chrono::milliseconds)
{
    checkKeychain(context, std::move(handler));
}

#endif

void readSurely(const KeychainItem &item, QObject *context, KeychainItem::ReadHandler handler)
{
    const auto readIfUnlocked = [item, context](const KeychainItem::ReadHandler &next) {
        checkKeychain(context, [item, context, next](const Result<void> &check) {
            if (!check)
                return next(check.error());
            item.read(context, next);
        });
    };
    const auto confirm = [context, handler](Result<std::optional<Secret>> second) {
        if (!second || *second)
            return handler(std::move(second));
        checkKeychain(context, [handler](const Result<void> &check) {
            if (!check)
                return handler(check.error());
            handler(std::optional<Secret>());
        });
    };
    readIfUnlocked([readIfUnlocked, confirm, handler](Result<std::optional<Secret>> first) {
        if (!first || *first)
            return handler(std::move(first));
        readIfUnlocked(confirm);
    });
}

} // namespace Countersign
