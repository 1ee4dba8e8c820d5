// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/notifier.h"

#include "models/accountmodel.h"
#include "text/errortext.h"

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! A computer that slept did not count the time.
constexpr std::chrono::milliseconds longestSleep = std::chrono::minutes(15);

QString keyOf(const AccountEntry &entry)
{
    return entry.profileId + u'\n' + entry.account.id.homeAccountId.value;
}

//! What the provider said when it refused.
Error errorOf(const AccountAttention &attention)
{
    return Error{ErrorCode::InteractionRequired, attention.error}.withOAuth(
        {.error = attention.error, .subError = attention.subError});
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
    const auto accounts = m_session.accounts(); // const: a loop over what is not would copy every one of them
    for (const auto &entry : accounts) {
        lookAtSession(entry, now);
        lookAtTokens(entry, now);
    }
}

void Notifier::lookForNeeds()
{
    QSet<QString> waiting;
    const auto accounts = m_session.accounts();
    for (const auto &entry : accounts) {
        if (!entry.attention)
            continue;
        const auto key = keyOf(entry);
        // What was so when the program started stands in the window; nobody needs to be interrupted for it.
        if (m_isFirstLook || m_known.contains(key) || noteFailure(entry, errorOf(*entry.attention)))
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
    tell({.title = tr("Session ends soon"),
          .text = tr("The session of %1 ends at %2.").arg(profileName(entry), momentText(end)),
          .hint = tr("Click to renew it.")},
         tr("Renew now"), entry, false);
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
        tell({.title = tr("Token ends soon"),
              .text = tr("A token of %1 ends at %2.").arg(profileName(entry), momentText(token.expiresAt)),
              .hint = tr("Click to get a new one.")},
             tr("Refresh"), entry, false);
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
    // The profile's name only: a notification may be seen by others.
    QString text = tr("%1 needs you to sign in again.").arg(profileName(entry));
    if (!error.oauth().isEmpty())
        text += u' ' + errorText(error).why;
    tell({.title = tr("Sign in needed"), .text = text, .hint = tr("Click to sign in.")}, tr("Sign in"), entry, true);
    return true;
}

void Notifier::tell(Notice notice, const QString &first, const AccountEntry &entry, bool needsSignIn)
{
    constexpr qsizetype mostTold = 50; // those before are not on any screen any more
    notice.id = ++m_lastId;
    notice.buttons = {first, tr("Later"), tr("Mute for %1 hours").arg(muteTime.count())};
    m_told.append({notice.id, entry, needsSignIn});
    if (m_told.size() > mostTold)
        m_told.removeFirst();
    Q_EMIT notified(notice);
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
    if (!m_told.isEmpty())
        act(Told(m_told.constLast()));
}

void Notifier::choose(int id, int button)
{
    const auto told = std::find_if(m_told.cbegin(), m_told.cend(), [id](const Told &each) { return each.id == id; });
    if (told == m_told.cend())
        return;
    switch (button) {
    case 0: return act(Told(*told));
    case 1: m_toldAt.insert(keyOf(told->entry), QDateTime::currentDateTimeUtc()); return;
    case 2: return mute(muteTime);
    default: return;
    }
}

void Notifier::act(const Told &told)
{
    if (told.needsSignIn)
        Q_EMIT signInRequested(told.entry);
    else
        Q_EMIT refreshRequested(told.entry);
}

void Notifier::mute(std::chrono::hours time)
{
    m_mutedUntil = QDateTime::currentDateTimeUtc().addDuration(time);
}

} // namespace Countersign::Desktop
