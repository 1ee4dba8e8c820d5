// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/profile.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QLockFile>
#include <QtCore/QSaveFile>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr int fileVersion = 1;
constexpr qint64 maximumFileSize = 4 * 1024 * 1024;

Error unreadable(const QString &path, const QString &why)
{
    return {ErrorCode::StorageUnavailable, u"The profiles in %1 cannot be read: %2."_s.arg(path, why)};
}

Error malformed(const QString &path, const QString &why)
{
    return {ErrorCode::InvalidArgument, u"%1: %2"_s.arg(path, why)};
}

int lineOf(const QByteArray &text, int offset)
{
    return static_cast<int>(text.first(std::min<qsizetype>(offset, text.size())).count('\n')) + 1;
}

} // namespace

QString ProfileStore::defaultPath()
{
    const auto named = qEnvironmentVariable("COUNTERSIGN_PROFILES");
    if (!named.isEmpty())
        return named;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/countersign/profiles.json"_s;
}

ProfileStore::ProfileStore(QString path) : m_path(std::move(path))
{
}

Result<void> ProfileStore::load()
{
    QFile file(m_path);
    if (!file.exists()) {
        m_profiles.clear();
        m_default.clear();
        m_unknown = {};
        return {};
    }
    // A pipe or a device in its place would be waited for.
    if (!QFileInfo(m_path).isFile())
        return unreadable(m_path, u"it is no file"_s);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(m_path, file.errorString());
    const auto text = file.read(maximumFileSize + 1);
    if (text.size() > maximumFileSize)
        return malformed(m_path, u"larger than %1 bytes"_s.arg(maximumFileSize));
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(text, &problem);
    if (problem.error != QJsonParseError::NoError)
        return malformed(m_path, u"line %1: %2"_s.arg(lineOf(text, problem.offset)).arg(problem.errorString()));
    if (!document.isObject() || !document.object().value("profiles"_L1).isArray())
        return malformed(m_path, u"must be an object with a list named \"profiles\""_s);

    auto unknown = document.object();
    QList<Profile> profiles;
    const auto items = unknown.value("profiles"_L1).toArray();
    for (const auto item : items) {
        auto profile = Profile::fromJson(item.toObject());
        if (!profile)
            return malformed(m_path, profile.error().message());
        for (const auto &other : profiles) {
            if (other.id == profile->id)
                return malformed(m_path, u"two profiles have the id \"%1\""_s.arg(other.id));
        }
        profiles.append(*std::move(profile));
    }
    m_default = unknown.value("default"_L1).toString();
    for (const auto name : {"profiles"_L1, "default"_L1, "version"_L1})
        unknown.remove(name);
    m_unknown = unknown;
    m_profiles = profiles;
    return {};
}

const Profile *ProfileStore::find(const QString &idOrName) const
{
    for (const auto &profile : m_profiles) {
        if (profile.id == idOrName)
            return &profile;
    }
    for (const auto &profile : m_profiles) {
        if (profile.name.compare(idOrName, Qt::CaseInsensitive) == 0)
            return &profile;
    }
    return nullptr;
}

QStringList ProfileStore::sharingRegistration(const Profile &profile) const
{
    const auto registration = profile.registration();
    QStringList ids;
    for (const auto &other : m_profiles) {
        if (other.id == profile.id || !registration)
            continue;
        const auto theirs = other.registration();
        if (theirs && *theirs == *registration)
            ids.append(other.id);
    }
    return ids;
}

const Profile *ProfileStore::defaultProfile() const
{
    for (const auto &profile : m_profiles) {
        if (profile.id == m_default)
            return &profile;
    }
    return m_profiles.size() == 1 ? &m_profiles.first() : nullptr;
}

//! Reads, changes and writes under a lock file, so that two programs cannot undo each other's change.
template <typename Change> static Result<void> changeLocked(const QString &path, Change change)
{
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return Error{ErrorCode::StorageUnavailable, u"The folder of %1 cannot be made."_s.arg(path)};
    QLockFile lock(path + u".lock"_s);
    const bool isLocked = lock.tryLock(2000);
    if (!isLocked && lock.error() != QLockFile::LockFailedError)
        return Error{ErrorCode::StorageUnavailable, ErrorCause::StoreDenied,
                     u"The profiles cannot be changed: the folder %1 cannot be written to."_s.arg(
                         QFileInfo(path).absolutePath())};
    if (!isLocked)
        return Error{ErrorCode::StorageUnavailable, ErrorCause::StoreBusy,
                     u"Another program is changing the profiles."_s};
    return change();
}

Result<void> ProfileStore::put(const Profile &profile)
{
    if (const auto readable = Profile::fromJson(profile.toJson()); !readable)
        return readable.error();
    return changeLocked(m_path, [this, &profile]() -> Result<void> {
        if (const auto loaded = load(); !loaded)
            return loaded;
        const auto same = std::find_if(m_profiles.begin(), m_profiles.end(),
                                       [&profile](const Profile &p) { return p.id == profile.id; });
        if (same == m_profiles.end())
            m_profiles.append(profile);
        else
            *same = profile;
        return write();
    });
}

Result<void> ProfileStore::remove(const QString &id)
{
    return changeLocked(m_path, [this, &id]() -> Result<void> {
        if (const auto loaded = load(); !loaded)
            return loaded;
        if (m_profiles.removeIf([&id](const Profile &p) { return p.id == id; }) == 0)
            return Error{ErrorCode::InvalidArgument, u"There is no profile \"%1\"."_s.arg(id)};
        if (m_default == id)
            m_default.clear();
        return write();
    });
}

Result<void> ProfileStore::setDefault(const QString &id)
{
    return changeLocked(m_path, [this, &id]() -> Result<void> {
        if (const auto loaded = load(); !loaded)
            return loaded;
        const bool isThere =
            std::any_of(m_profiles.begin(), m_profiles.end(), [&id](const Profile &p) { return p.id == id; });
        if (!isThere)
            return Error{ErrorCode::InvalidArgument, u"There is no profile \"%1\"."_s.arg(id)};
        m_default = id;
        return write();
    });
}

QString ProfileStore::freeId(const QString &name) const
{
    QString base;
    for (const auto c : name.toLower()) {
        if (c.unicode() < 128 && c.isLetterOrNumber())
            base += c;
        else if (!base.isEmpty() && !base.endsWith(u'-'))
            base += u'-';
    }
    base = base.left(48);
    while (base.endsWith(u'-'))
        base.chop(1);
    if (base.isEmpty())
        base = u"profile"_s;
    auto id = base;
    for (int i = 2; std::any_of(m_profiles.begin(), m_profiles.end(), [&id](const Profile &p) { return p.id == id; });
         ++i)
        id = u"%1-%2"_s.arg(base).arg(i);
    return id;
}

Result<void> ProfileStore::write()
{
    auto json = m_unknown;
    QJsonArray items;
    for (const auto &profile : m_profiles)
        items.append(profile.toJson());
    json.insert("version"_L1, fileVersion);
    json.insert("profiles"_L1, items);
    if (!m_default.isEmpty())
        json.insert("default"_L1, m_default);

    QSaveFile file(m_path);
    const auto failed = [this, &file] {
        return Error{ErrorCode::StorageUnavailable,
                     u"The profiles cannot be written to %1: %2."_s.arg(m_path, file.errorString())};
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    // No secret in it, but which providers somebody uses is nobody else's business.
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    // Flushed by hand: the commit alone takes a full disk for success and leaves an empty file (Qt 6.4).
    if (file.write(QJsonDocument(json).toJson()) < 0 || !file.flush() || !file.commit())
        return failed();
    return {};
}

} // namespace Countersign
