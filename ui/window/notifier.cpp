// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/notifier.h"

#include "models/accountmodel.h"

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! A computer that slept did not count the time.
constexpr std::chrono::milliseconds longestSleep = std::chrono::minutes(15);

QString keyOf(const AccountEntry &entry)
{
    return entry.profileId + u'\n' + entry.account.id.homeAccountId.value;
}

QString momentText(const QDateTime &at)
{
    const auto local = at.toLocalTime();
    const QLocale locale;
    return local.date() == QDate::currentDate() ? locale.toString(local.time(), QLocale::ShortFormat)
                                                : locale.toString(local, QLocale::ShortFormat);
}

} // namespace

Notifier::Notifier(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    m_clock.setSingleShot(true);
    connect(&m_clock, &QTimer::timeout, this, &Notifier::look);
    connect(&session, &Session::accountsChanged, this, &Notifier::look);
}

QString Notifier::profileName(const AccountEntry &entry) const
{
    const auto profile = m_session.profile(entry.profileId);
    return profile ? profile->name : QString();
}

void Notifier::look()
{
    m_clock.stop();
    lookForNeeds();
    const auto now = QDateTime::currentDateTimeUtc();
    for (const auto &entry : m_session.accounts()) {
        lookAtSession(entry, now);
        lookAtTokens(entry, now);
    }
}

void Notifier::lookForNeeds()
{
    QSet<QString> waiting;
    for (const auto &entry : m_session.accounts()) {
        if (!entry.attention)
            continue;
        const auto key = keyOf(entry);
        // What was so when the program started stands in the window; nobody needs to be interrupted for it.
        if (m_isFirstLook || m_known.contains(key)
            || noteFailure(entry, Error{ErrorCode::InteractionRequired, entry.attention->error}))
            waiting.insert(key);
    }
    m_known = waiting;
    m_isFirstLook = false;
}

void Notifier::lookAtSession(const AccountEntry &entry, const QDateTime &now)
{
    const auto &end = entry.sessionEndsAt;
    if (!end.isValid() || end <= now || !entry.usedAt.isValid() || entry.usedAt.addDuration(recently) < now)
        return;
    const auto key = keyOf(entry);
    auto &warned = m_warned[key];
    if (warned.end != end)
        warned = {end, 0};
    std::size_t due = 0;
    for (std::size_t i = 0; i < sessionWarnings.size(); ++i) {
        const auto at = end.addDuration(-sessionWarnings[i]);
        if (at <= entry.usedAt)
            continue; // it was that short from the beginning
        if (at <= now)
            due = i + 1;
        else
            wake(at, now);
    }
    if (due <= warned.warnings || !isAllowed(key, now))
        return;
    warned.warnings = due;
    m_toldAt.insert(key, now);
    m_last = Told{entry, false};
    Q_EMIT notified(tr("Session ends soon"),
                    tr("The session of %1 ends at %2.").arg(profileName(entry), momentText(end)),
                    tr("Click to renew it."));
}

void Notifier::lookAtTokens(const AccountEntry &entry, const QDateTime &now)
{
    if (m_watched.isEmpty())
        return;
    for (const auto &token : entry.tokens) {
        if (!m_watched.contains(token.id) || token.expiresAt <= now)
            continue;
        const auto at = token.expiresAt.addDuration(-tokenWarning);
        if (at > now) {
            wake(at, now);
            continue;
        }
        // Somebody asked for it: it counts for no pause, but whoever wants quiet has it.
        if (m_mutedUntil.isValid() && now < m_mutedUntil) {
            wake(m_mutedUntil, now);
            continue;
        }
        m_watched.remove(token.id);
        m_last = Told{entry, false};
        Q_EMIT notified(tr("Token ends soon"),
                        tr("A token of %1 ends at %2.").arg(profileName(entry), momentText(token.expiresAt)),
                        tr("Click to get a new one."));
        Q_EMIT watchedChanged();
    }
}

bool Notifier::isAllowed(const QString &key, const QDateTime &now)
{
    QDateTime from = m_mutedUntil;
    if (const auto told = m_toldAt.value(key); told.isValid())
        from = std::max(from, told.addDuration(pause));
    if (!from.isValid() || from <= now)
        return true;
    wake(from, now);
    return false;
}

void Notifier::wake(const QDateTime &at, const QDateTime &now)
{
    const auto left = std::min(std::chrono::milliseconds(now.msecsTo(at) + 1), longestSleep);
    if (!m_clock.isActive() || m_clock.remainingTimeAsDuration() > left)
        m_clock.start(left);
}

bool Notifier::noteFailure(const AccountEntry &entry, const Error &error)
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto key = keyOf(entry);
    if (!error.needsPerson() || !isAllowed(key, now))
        return false;
    m_toldAt.insert(key, now);
    m_last = Told{entry, true};
    // The profile's name only: a notification may be seen by others.
    Q_EMIT notified(tr("Sign in needed"), tr("%1 needs you to sign in again.").arg(profileName(entry)),
                    tr("Click to sign in."));
    return true;
}

void Notifier::setWatched(const QString &tokenId, bool watched)
{
    if (watched == m_watched.contains(tokenId))
        return;
    if (watched)
        m_watched.insert(tokenId);
    else
        m_watched.remove(tokenId);
    Q_EMIT watchedChanged();
    look();
}

void Notifier::activate()
{
    if (!m_last)
        return;
    if (m_last->needsSignIn)
        Q_EMIT signInRequested(m_last->entry);
    else
        Q_EMIT refreshRequested(m_last->entry);
}

void Notifier::mute(std::chrono::hours time)
{
    m_mutedUntil = QDateTime::currentDateTimeUtc().addDuration(time);
}

} // namespace Countersign::Desktop
