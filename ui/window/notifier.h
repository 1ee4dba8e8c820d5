// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QObject>
#include <QtCore/QSet>

namespace Countersign::Desktop {

//! Tells a person what only a person can mend. At most once an hour for an account; the end of an access token alone is
//! never worth a word, because refreshing is silent.
class Notifier final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::hours pause{1};

    //! \p session outlives it.
    explicit Notifier(Session &session, QObject *parent = nullptr);

    //! A refresh failed. Told only when the provider wants the person.
    void noteFailure(const AccountEntry &entry, const Error &error);
    //! Somebody clicked the notification that was shown last.
    void activate();
    //! Says nothing for \p time.
    void mute(std::chrono::hours time);

Q_SIGNALS:
    void notified(const QString &title, const QString &text);
    void signInRequested(const Countersign::Desktop::AccountEntry &entry);

private:
    void look();

    Session &m_session;
    QHash<QString, QDateTime> m_toldAt;
    QSet<QString> m_known; //!< those that needed their person when it was last looked
    std::optional<AccountEntry> m_last;
    QDateTime m_mutedUntil;
    bool m_isFirstLook = true;
};

} // namespace Countersign::Desktop
