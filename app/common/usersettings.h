// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/jsonfile.h>

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace Countersign::App {

struct ServiceSettings;

//! What the person set once for our programs: texts by name, in one file. A flag or the environment goes before them.
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
    };

    //! Every setting there is.
    static const QList<Key> &keys();
    //! GenericConfigLocation/countersign/settings.json, or what COUNTERSIGN_SETTINGS names.
    static QString defaultPath();

    explicit UserSettings(QString path = defaultPath()) : m_file(std::move(path)) { }

    const QString &path() const { return m_file.path(); }
    //! Errors: as JsonFile::read(); InvalidArgument for a setting that is no text.
    [[nodiscard]] Result<void> load();
    //! As last loaded; empty when not set.
    QString value(const QString &name) const { return m_values.value(name).toString(); }
    //! Checks \p value and writes it; an empty one removes the setting. What the file holds besides stays.
    //!
    //! Errors: InvalidArgument for an unknown name or a value that cannot be right; as JsonFile::change().
    [[nodiscard]] Result<void> set(const QString &name, const QString &value);

    //! Sets in \p settings what they leave open: the store, how to reach the network, the browser's way back.
    void complete(ServiceSettings &settings) const;
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
    QJsonObject m_values;
};

//! Ports as a person writes them: "8400", "8400-8409", "8400, 9000-9005"; in that order, each once.
//!
//! Errors: InvalidArgument for what is no port above 1023, or for more than 100.
[[nodiscard]] Result<QList<quint16>> parsePorts(const QString &text);

} // namespace Countersign::App
