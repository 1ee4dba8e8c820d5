// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "window/notificationservice.h"

#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <array>

namespace Countersign::Desktop {

//! Tells a person what only a person can mend. At most once an hour for an account; the end of an access token alone is
//! never worth a word, because refreshing is silent, unless somebody asked to be reminded of it.
class Notifier final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::hours pause{1};
    static constexpr std::chrono::hours muteTime{8};
    //! How long before a session ends that is told; not of one that was shorter when it began.
    static constexpr std::array<std::chrono::hours, 2> sessionWarnings{std::chrono::hours(24), std::chrono::hours(1)};
    //! Only of accounts that were used in this time.
    static constexpr std::chrono::hours recently{7 * 24};
    //! How long before the end of a token somebody is reminded of it.
    static constexpr std::chrono::minutes tokenWarning{5};

    //! \p session outlives it.
    explicit Notifier(Session &session, QObject *parent = nullptr);

    //! A refresh failed. Told only when the provider wants the person. False: it was not told now.
    bool noteFailure(const AccountEntry &entry, const Error &error);
    //! Reminds of the end of a token, once; also of the one that takes its place until then.
    void setWatched(const QString &tokenId, bool watched);
    const QSet<QString> &watched() const { return m_watched; }
    //! Somebody clicked the notification that was shown last.
    void activate();
    //! A button of a notification: its first thing, later, or quiet for muteTime. Of one that is long gone: nothing.
    void choose(int id, int button);
    //! Says nothing for \p time; what is still so afterwards is told then.
    void mute(std::chrono::hours time);

Q_SIGNALS:
    void notified(const Countersign::Desktop::Notice &notice);
    void signInRequested(const Countersign::Desktop::AccountEntry &entry);
    void refreshRequested(const Countersign::Desktop::AccountEntry &entry);
    void watchedChanged();

private:
    struct Warned
    {
        QDateTime end;
        std::size_t warnings = 0; //!< how many of sessionWarnings were told
    };
    struct Told
    {
        int id = 0;
        AccountEntry entry;
        bool needsSignIn = false;
    };
    //! \p first is the first button.
    void tell(Notice notice, const QString &first, const AccountEntry &entry, bool needsSignIn);
    void act(const Told &told);
    void look();
    void lookForNeeds();
    void lookAtSession(const AccountEntry &entry, const QDateTime &now);
    void lookAtTokens(const AccountEntry &entry, const QDateTime &now);
    //! False: not now.
    bool isAllowed(const QString &key, const QDateTime &now);
    //! Looks again then, if not before.
    void wake(const QDateTime &at, const QDateTime &now);
    QString profileName(const AccountEntry &entry) const;

    Session &m_session;
    QTimer m_clock;
    QHash<QString, QDateTime> m_toldAt;
    QHash<QString, Warned> m_warned;
    QSet<QString> m_watched;
    QSet<QString> m_known; //!< those that needed their person when it was last looked
    QList<Told> m_told; //!< the latest last
    int m_lastId = 0;
    QDateTime m_mutedUntil;
    bool m_isFirstLook = true;
};

} // namespace Countersign::Desktop
