// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QMap>
#include <QtCore/QStringList>

namespace Countersign::App {

//! Where a policy lies, and whose it has to be.
struct PolicyPlace
{
    QString path;
    uint owner = 0; //!< the user id that file and folder must have on Unix: root
};

//! The place of this computer's policy. No option, variable or file of the person's leads to another one.
PolicyPlace policyPlaceOfMachine();

//! What the administrator of this computer settled for everybody who uses it: some settings are locked, for others
//! there is another default.
//!
//! \code{.json}
//! {"schema": "countersign.policy/1", "locked": {"store": "keychain"}, "defaults": {"via": "device"},
//!  "allowed": ["show_refresh_token"]}
//! \endcode
//!
//! What is allowed is otherwise refused, also where there is no policy.
class MachinePolicy
{
public:
    MachinePolicy() = default; //!< there is none

    //! A missing file is no policy. On Unix the file and its folder must belong to the place's owner, and nobody else
    //! may write to them; on Windows the folder's rights are left to the administrator.
    //!
    //! Errors: InvalidArgument (ForbiddenByPolicy) naming the file and what is wrong: nothing may go on without it.
    [[nodiscard]] static Result<MachinePolicy> load(const PolicyPlace &place);
    //! Names, values and members that nobody knows are refused: what an administrator wanted must not be left out.
    //!
    //! Errors: InvalidArgument (ForbiddenByPolicy) naming the member.
    [[nodiscard]] static Result<MachinePolicy> parse(QByteArrayView json);

    //! The file that it was read from; empty: there is no policy.
    const QString &path() const { return m_path; }
    bool isLocked(const QString &name) const { return m_locked.contains(name); }
    //! What a locked setting is; empty: it is not locked.
    QString lockedValue(const QString &name) const { return m_locked.value(name); }
    //! What counts where the person set nothing; empty: nothing of the kind is said.
    QString defaultValue(const QString &name) const { return m_defaults.value(name); }
    //! Whether refresh tokens may be written out, for whoever asks for that by name.
    bool allowsShowingRefreshTokens() const { return m_allowed.contains(showRefreshToken); }
    //! Errors: NotSupported (ForbiddenByPolicy) naming the place where an administrator can allow it.
    [[nodiscard]] Result<void> checkShowingRefreshTokens(const PolicyPlace &place) const;
    QStringList lockedNames() const { return m_locked.keys(); }
    QStringList defaultNames() const { return m_defaults.keys(); }

    //! Why \p name cannot be what somebody wants it to be.
    Error refusal(const QString &name) const;

private:
    QString m_path;
    QMap<QString, QString> m_locked;
    QMap<QString, QString> m_defaults;
    QStringList m_allowed;

    static constexpr auto showRefreshToken = QLatin1StringView("show_refresh_token");
};

inline constexpr qint64 largestPolicy = 64 * 1024; //!< bytes

} // namespace Countersign::App
