// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/jsonfile.h>
#include <common/machinepolicy.h>

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace Countersign::App {

struct ServiceSettings;

//! What the person set once for our programs: texts by name, in one file. A flag or the environment goes before them.
//! The policy of the computer goes before all of it where it locks a setting, and after it where it has a default.
class UserSettings
{
public:
    struct Key
    {
        QString name; //!< for example "store"
        QString help; //!< English, one sentence without a full stop
        QString variable; //!< the environment variable that goes before it; may be empty
        QString fallback = {}; //!< what counts when nothing is set; may be empty
        QStringList words = {}; //!< of which it takes one; none: it takes other values
        //! Whether a policy can lock it. What a profile or a single sign-in says anew cannot be locked.
        bool isLockable = true;
    };

    //! Every setting there is.
    static const QList<Key> &keys();
    //! Null: there is no such setting.
    static const Key *key(const QString &name);
    //! GenericConfigLocation/countersign/settings.json, or what COUNTERSIGN_SETTINGS names.
    static QString defaultPath();

    explicit UserSettings(QString path = defaultPath(), PolicyPlace policy = policyPlaceOfMachine())
        : m_file(std::move(path)), m_place(std::move(policy))
    {
    }

    const QString &path() const { return m_file.path(); }
    //! The policy of the computer is in force even where the person's own file cannot be read.
    //!
    //! Errors: as JsonFile::read(); InvalidArgument for a setting that is no text; those of MachinePolicy::load().
    [[nodiscard]] Result<void> load();
    //! As last loaded, the computer's policy included; empty when nobody set it.
    QString value(const QString &name) const;
    //! Whether that is the person's own word.
    bool isOwn(const QString &name) const { return !m_policy.isLocked(name) && m_values.contains(name); }
    const MachinePolicy &policy() const { return m_policy; }
    //! Checks \p value and writes it; an empty one removes the setting. What the file holds besides stays.
    //!
    //! Errors: InvalidArgument for an unknown name or a value that cannot be right; NotSupported (ForbiddenByPolicy)
    //! for
    //!         a locked one; as JsonFile::change().
    [[nodiscard]] Result<void> set(const QString &name, const QString &value);

    //! Sets in \p settings what they leave open: the store, how to reach the network, the browser's way back.
    //!
    //! Errors: those of checkPolicy().
    [[nodiscard]] Result<void> complete(ServiceSettings &settings) const;
    //! Whether what \p settings have, by flags or the environment, is what the computer's policy locks.
    //!
    //! Errors: NotSupported (ForbiddenByPolicy) naming the first that is not.
    [[nodiscard]] Result<void> checkPolicy(const ServiceSettings &settings) const;
    bool isOffline() const { return value(QStringLiteral("offline")) == QLatin1String("on"); }
    //! Whether sign-ins are kept in memory, without asking, where there is no keychain.
    bool usesMemoryWithoutKeychain() const
    {
        return value(QStringLiteral("without_keychain")) == QLatin1String("memory");
    }
    //! Whether the desktop's own sign-in window keeps cookies for the next sign-in.
    bool keepsEmbeddedSessions() const { return value(QStringLiteral("embedded_session")) == QLatin1String("keep"); }
    //! How to sign in where a profile does not say; empty or "auto": whatever works best.
    QString defaultWay() const { return value(QStringLiteral("via")); }
    //! How long the history of accounts is kept; nothing: as long as there is room for it.
    std::optional<std::chrono::days> historyLength() const;

private:
    JsonFile m_file;
    PolicyPlace m_place;
    MachinePolicy m_policy;
    QJsonObject m_values;
};

//! Whether \p value, which is not empty, can be right for the setting \p name.
//!
//! Errors: InvalidArgument.
[[nodiscard]] Result<void> checkSetting(const QString &name, const QString &value);

//! Ports as a person writes them: "8400", "8400-8409", "8400, 9000-9005"; in that order, each once.
//!
//! Errors: InvalidArgument for what is no port above 1023, or for more than 100.
[[nodiscard]] Result<QList<quint16>> parsePorts(const QString &text);

} // namespace Countersign::App
