// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storefixture.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/storage/keychainitem.h>
#include <countersign/storage/keychainstore.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>

#include <QtDBus/QDBusArgument>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusMetaType>
#include <QtDBus/QDBusObjectPath>
#include <QtDBus/QDBusVariant>

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

namespace Countersign::Test {

using namespace Qt::StringLiterals;

inline SystemRandom systemRandom;

inline KeychainStore keychain(const QString &folder, qsizetype limit = KeychainStore::defaultItemLimit())
{
    return KeychainStore(systemRandom,
                         {.service = u"countersign-test"_s,
                          .account = folder.section(u'-', -1),
                          .folder = folder + u"/store"_s,
                          .itemLimit = limit});
}

inline KeychainStore keychain(const QTemporaryDir &folder, qsizetype limit = KeychainStore::defaultItemLimit())
{
    return keychain(folder.path(), limit);
}

inline KeychainItem itemOf(const QTemporaryDir &folder, const QString &suffix = {})
{
    return {u"countersign-test"_s, folder.path().section(u'-', -1) + suffix};
}

inline Result<std::optional<Secret>> readItem(const KeychainItem &item)
{
    Answer<std::optional<Secret>> answer;
    QObject context;
    item.read(&context, answer.handler());
    return answer.wait() ? std::move(answer.result())
                         : Result<std::optional<Secret>>(Error(ErrorCode::TimedOut, u"no answer"_s));
}

inline Result<void> writeItem(const KeychainItem &item, const char *text)
{
    Answer<void> answer;
    QObject context;
    item.write(secretOf(text), &context, answer.handler());
    return answer.wait() ? answer.result() : Result<void>(Error(ErrorCode::TimedOut, u"no answer"_s));
}

inline qint64 keyringProcess()
{
    QDBusMessage message = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                          u"org.freedesktop.DBus"_s, u"GetConnectionUnixProcessID"_s);
    message.setArguments({u"org.freedesktop.secrets"_s});
    return QDBusConnection::sessionBus().call(message).arguments().value(0).toLongLong();
}

// As a person does in the keyring's dialog, which has no window here.
inline bool unlockKeyring()
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

// A bus that starts a dead keyring again, as a desktop's does, and nothing else: above all no program that would ask
// for a password where nobody sees it.
inline bool writeBusConfiguration(const QString &folder, const QString &path)
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

inline int runInPrivateSession(const QStringList &arguments)
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
    if (!session.waitForStarted()) {
        fputs("FAIL: dbus-run-session and gnome-keyring-daemon are needed for these tests\n", stderr);
        return 1;
    }
    // A little less than CTest gives, so that the session is ended by the one that began it.
    constexpr int most = COUNTERSIGN_TEST_TIMEOUT * 1000 - 10'000;
    if (!session.waitForFinished(most)) {
        fprintf(stderr, "FAIL: the tests in the private session took longer than %d ms\n", most);
        return 1;
    }
    return session.exitCode();
}

} // namespace Countersign::Test
