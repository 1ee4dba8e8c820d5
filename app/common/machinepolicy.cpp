// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/machinepolicy.h>

#include <common/storechoice.h>
#include <common/usersettings.h>

#include <countersign/jose/json.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::App {
namespace {

constexpr auto schema = "countersign.policy/1"_L1;

Error broken(const QString &message)
{
    return {ErrorCode::InvalidArgument, ErrorCause::ForbiddenByPolicy, message};
}

//! A name out of the file, as a message can have it.
QString quoted(const QString &name)
{
    QString text = name.left(80);
    std::replace_if(
        text.begin(), text.end(), [](QChar c) { return !c.isPrint(); }, QChar(u'?'));
    return u'"' + text + u'"';
}

//! A relative path would be another file for everybody.
bool hasRelativePath(const QString &name, const QString &value)
{
    if (name == "ca_file"_L1)
        return QDir::isRelativePath(value);
    const auto choice = name == "store"_L1 ? StoreChoice::parse(value) : StoreChoice();
    return choice && !choice->path.isEmpty() && QDir::isRelativePath(choice->path);
}

Result<QMap<QString, QString>> readSettings(const Jose::JsonObject &members, const QString &where, bool isLocking)
{
    QMap<QString, QString> read;
    for (const auto &member : members) {
        const auto name = member.nameString();
        const QString label = quoted(where) + u" -> "_s + quoted(name);
        const auto *key = UserSettings::key(name);
        if (!key)
            return broken(label + u": there is no such setting"_s);
        if (isLocking && !key->isLockable)
            return broken(
                label
                + u": it cannot be locked, because a profile or a sign-in says it anew; \"defaults\" may have "
                  "it"_s);
        const auto value = member.value.string();
        if (!value || value->isEmpty())
            return broken(label + u": the value must be a text that is not empty"_s);
        if (const auto checked = checkSetting(name, *value); !checked)
            return broken(label + u": the value cannot be right for this setting"_s);
        if (hasRelativePath(name, *value))
            return broken(label + u": the path must be absolute"_s);
        read.insert(name, *value);
    }
    return read;
}

//! Errors: InvalidArgument when somebody else than \p owner could have written to \p file.
Result<void> checkRights([[maybe_unused]] const QFileInfo &file, [[maybe_unused]] uint owner)
{
#ifdef Q_OS_UNIX
    const auto whose = owner == 0 ? u"root"_s : QString::number(owner);
    if (file.ownerId() != owner)
        return broken(
            u"%1 must belong to %2, and belongs to user %3"_s.arg(file.absoluteFilePath(), whose).arg(file.ownerId()));
    if ((file.permissions() & (QFile::WriteGroup | QFile::WriteOther)) != QFile::Permissions())
        return broken(u"others than %2 may write to %1"_s.arg(file.absoluteFilePath(), whose));
#endif
    return {};
}

//! Nothing: there is no such file.
Result<std::optional<QByteArray>> readPolicy(const PolicyPlace &place)
{
    const QFileInfo file(place.path);
    const QFileInfo folder(file.absolutePath());
    if (!file.exists() && !file.isSymLink()) {
        // In a folder that cannot be looked into there may be one.
        if (folder.exists() && (!folder.isDir() || !folder.isExecutable()))
            return broken(u"%1 cannot be looked into"_s.arg(folder.filePath()));
        return std::optional<QByteArray>();
    }
    // A pipe or a device would be waited for.
    if (!file.isFile())
        return broken(u"%1 is no file"_s.arg(place.path));
    // A link may lead to a folder of somebody else's.
    for (const auto &part : {file, folder, QFileInfo(QFileInfo(file.canonicalFilePath()).absolutePath())}) {
        if (const auto checked = checkRights(part, place.owner); !checked)
            return checked.error();
    }
    QFile stream(place.path);
    if (!stream.open(QIODevice::ReadOnly))
        return broken(u"%1 cannot be read: %2"_s.arg(place.path, stream.errorString()));
    return std::optional(stream.read(largestPolicy + 1));
}

} // namespace

Result<MachinePolicy> MachinePolicy::load(const PolicyPlace &place)
{
    const auto prefixed = [](const Error &error) { return Error(error).withPrefix(u"The policy of this computer"); };
    const auto text = readPolicy(place);
    if (!text)
        return prefixed(text.error());
    if (!*text)
        return MachinePolicy();
    auto policy = parse(**text);
    if (!policy)
        return prefixed(Error(policy.error()).withPrefix(place.path));
    policy->m_path = place.path;
    return policy;
}

Result<MachinePolicy> MachinePolicy::parse(QByteArrayView json)
{
    if (json.size() > largestPolicy)
        return broken(u"larger than the %1 bytes that are read"_s.arg(largestPolicy));
    const auto document = Jose::JsonObject::parse(json.toByteArray(), {.maximumSize = largestPolicy});
    if (!document)
        return broken(document.error().message());
    MachinePolicy policy;
    bool hasSchema = false;
    for (const auto &member : *document) {
        const auto name = member.nameString();
        const bool isLocking = name == "locked"_L1;
        if (name == "schema"_L1) {
            hasSchema = member.value.string() == schema;
            continue;
        }
        if (name == "allowed"_L1) {
            auto allowed = member.value.stringList();
            if (!allowed)
                return broken(u"%1 must be a list of texts"_s.arg(quoted(name)));
            for (const auto &what : std::as_const(*allowed)) {
                if (what != showRefreshToken)
                    return broken(quoted(name) + u" -> "_s + quoted(what) + u": there is nothing of that name"_s);
            }
            policy.m_allowed = *std::move(allowed);
            continue;
        }
        if (!isLocking && name != "defaults"_L1)
            return broken(
                u"it may not say %1, only \"schema\", \"locked\", \"defaults\" and \"allowed\""_s.arg(quoted(name)));
        const auto members = member.value.object();
        if (!members)
            return broken(u"%1 must be an object"_s.arg(quoted(name)));
        auto read = readSettings(*members, name, isLocking);
        if (!read)
            return read.error();
        (isLocking ? policy.m_locked : policy.m_defaults) = *std::move(read);
    }
    if (!hasSchema)
        return broken(u"\"schema\" must be \"%1\""_s.arg(schema));
    for (const auto &name : policy.lockedNames()) {
        if (policy.m_defaults.contains(name))
            return broken(u"%1 is both locked and among the defaults"_s.arg(quoted(name)));
    }
    return policy;
}

Result<void> MachinePolicy::checkShowingRefreshTokens(const PolicyPlace &place) const
{
    if (allowsShowingRefreshTokens())
        return {};
    return Error{ErrorCode::NotSupported, ErrorCause::ForbiddenByPolicy,
                 u"Refresh tokens are written out only where the policy of this computer, %1, allows it: "
                 "\"allowed\": [\"%2\"]."_s.arg(place.path, showRefreshToken)};
}

Error MachinePolicy::refusal(const QString &name) const
{
    return {ErrorCode::NotSupported, ErrorCause::ForbiddenByPolicy,
            u"The policy of this computer, %1, locks '%2'."_s.arg(m_path, name)};
}

} // namespace Countersign::App
