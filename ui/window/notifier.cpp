// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/notifier.h"

#include "models/accountmodel.h"

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString keyOf(const AccountEntry &entry)
{
    return entry.profileId + u'\n' + entry.account.id.homeAccountId.value;
}

} // namespace

Notifier::Notifier(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::accountsChanged, this, &Notifier::look);
}

void Notifier::look()
{
    QSet<QString> waiting;
    for (const auto &entry : m_session.accounts()) {
        if (!entry.attention)
            continue;
        waiting.insert(keyOf(entry));
        // What was so when the program started stands in the window; nobody needs to be interrupted for it.
        if (!m_isFirstLook && !m_known.contains(keyOf(entry)))
            noteFailure(entry, Error{ErrorCode::InteractionRequired, entry.attention->error});
    }
    m_known = waiting;
    m_isFirstLook = false;
}

void Notifier::noteFailure(const AccountEntry &entry, const Error &error)
{
    const auto now = QDateTime::currentDateTimeUtc();
    if (!error.needsPerson() || (m_mutedUntil.isValid() && now < m_mutedUntil))
        return;
    const auto key = keyOf(entry);
    const auto told = m_toldAt.value(key);
    if (told.isValid() && told.addDuration(pause) > now)
        return;
    m_toldAt.insert(key, now);
    m_last = entry;
    const auto profile = m_session.profile(entry.profileId);
    // The profile's name only: a notification may be seen by others.
    Q_EMIT notified(tr("Sign in needed"),
                    tr("%1 needs you to sign in again.").arg(profile ? profile->name : QString()));
}

void Notifier::activate()
{
    if (m_last)
        Q_EMIT signInRequested(*m_last);
}

void Notifier::mute(std::chrono::hours time)
{
    m_mutedUntil = QDateTime::currentDateTimeUtc().addDuration(time);
}

} // namespace Countersign::Desktop
