// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/wording.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct Wording
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

QString duration(qint64 seconds)
{
    if (seconds < 60)
        return Wording::tr("%n second(s)", nullptr, int(seconds));
    if (seconds < 90 * 60)
        return Wording::tr("%n minute(s)", nullptr, int(seconds / 60));
    if (seconds < 48 * 3600)
        return Wording::tr("%n hour(s)", nullptr, int(seconds / 3600));
    return Wording::tr("%n day(s)", nullptr, int(seconds / 86400));
}

} // namespace

QString expiryText(const QDateTime &expiresAt, const QDateTime &at)
{
    if (!expiresAt.isValid())
        return Wording::tr("not stated");
    const auto left = at.secsTo(expiresAt);
    if (left == 0)
        return Wording::tr("now");
    return left >= 0 ? Wording::tr("in %1").arg(duration(left)) : Wording::tr("%1 ago").arg(duration(-left));
}

QString stateText(AccountState state, const QDateTime &expiresAt, const QDateTime &at)
{
    switch (state) {
    case AccountState::Ready: return Wording::tr("Token ready, expires %1").arg(expiryText(expiresAt, at));
    case AccountState::ExpiresSoon: return Wording::tr("Expires %1").arg(expiryText(expiresAt, at));
    case AccountState::Expired: return Wording::tr("Will be refreshed when needed");
    case AccountState::NeedsSignIn: return Wording::tr("Sign in needed");
    case AccountState::Refreshing: return Wording::tr("Getting a token");
    case AccountState::Locked:
        return expiresAt.isValid() && expiresAt > at
            ? Wording::tr("Key store locked, the cached token expires %1").arg(expiryText(expiresAt, at))
            : Wording::tr("Key store locked");
    case AccountState::Blocked: return Wording::tr("Blocked by a policy of the provider");
    case AccountState::Offline:
        return expiresAt.isValid() && expiresAt > at
            ? Wording::tr("Offline, the cached token expires %1").arg(expiryText(expiresAt, at))
            : Wording::tr("Offline, no cached token is good any more");
    }
    Q_UNREACHABLE();
}

QString stageText(Operation::Stage stage, const QString &host, const StoreState &store, bool isOtherUnderWay)
{
    switch (stage) {
    case Operation::Stage::Starting: return Wording::tr("Looking into the cache");
    case Operation::Stage::OpeningStore:
        if (store.kind != StoreState::Kind::Open)
            return Wording::tr("Opening %1. Unlock it if it asks.").arg(store.name);
        // Two that spend one refresh token look like theft to the provider.
        return isOtherUnderWay ? Wording::tr("Waiting for another request for this account to end")
                               : Wording::tr("Looking into the cache");
    case Operation::Stage::Discovering: return Wording::tr("Reading the configuration of %1").arg(host);
    case Operation::Stage::WaitingForPerson:
    case Operation::Stage::Redeeming: return Wording::tr("Waiting for %1 to answer the refresh token").arg(host);
    case Operation::Stage::Validating: return Wording::tr("Checking the ID token");
    case Operation::Stage::Saving: return Wording::tr("Saving to %1 and reading it back").arg(store.name);
    case Operation::Stage::Done: return Wording::tr("Done");
    }
    Q_UNREACHABLE();
}

QString wayText(SignInWay way)
{
    switch (way) {
    case SignInWay::Browser: return Wording::tr("In your browser");
    case SignInWay::DeviceCode: return Wording::tr("On another device, with a code");
    case SignInWay::Embedded: return Wording::tr("In a window of this application");
    }
    Q_UNREACHABLE();
}

QString traceText(const TraceRow &row)
{
    const auto span = duration(std::abs(row.value));
    switch (row.verdict) {
    case TraceVerdict::Taken: return Wording::tr("Used: good for another %1.").arg(span);
    case TraceVerdict::TakenByMemory:
        return Wording::tr("Used: granted for the same request before, good for another %1.").arg(span);
    case TraceVerdict::KeptAsFallback:
        return Wording::tr("Still good, but the provider wants it refreshed since %1.").arg(span);
    case TraceVerdict::TooOld:
        return row.value > 0 ? Wording::tr("Not used: only %1 left.").arg(span)
                             : Wording::tr("Not used: expired %1 ago.").arg(span);
    case TraceVerdict::OtherClient: return Wording::tr("Not used: belongs to another application.");
    case TraceVerdict::OtherRealm: return Wording::tr("Not used: belongs to another tenant.");
    case TraceVerdict::OtherScopes: return Wording::tr("Not used: was granted for other scopes.");
    case TraceVerdict::OtherKey: return Wording::tr("Not used: bound to another key.");
    case TraceVerdict::OtherType: return Wording::tr("Not used: another token type.");
    case TraceVerdict::NotLookedAt: return Wording::tr("Not looked at: a new token was asked for.");
    case TraceVerdict::ToBeSent: return Wording::tr("Refresh token sent to the provider.");
    case TraceVerdict::ToBeProbed: return Wording::tr("Refresh token of the family tried.");
    case TraceVerdict::OtherFamily: return Wording::tr("Refresh token of another family: not used.");
    case TraceVerdict::BoundToKey: return Wording::tr("Refresh token bound to another key: not used.");
    case TraceVerdict::Redeemed: return Wording::tr("Refresh token accepted: a new token came.");
    case TraceVerdict::Refused: return Wording::tr("Refresh token not accepted: %1.").arg(row.detail);
    case TraceVerdict::PassedOver:
        return Wording::tr("Refresh token of the family not sent: the application does not belong to it.");
    case TraceVerdict::NoAccount: return Wording::tr("This account is not in the cache.");
    case TraceVerdict::NothingCached: return Wording::tr("Nothing is cached for this request.");
    case TraceVerdict::AliasLooked: return Wording::tr("Looked under another name of the provider.");
    }
    Q_UNREACHABLE();
}

QString originText(TokenOrigin origin)
{
    switch (origin) {
    case TokenOrigin::Provider: return Wording::tr("From the provider, by signing in");
    case TokenOrigin::Cache: return Wording::tr("From the cache, nothing was sent");
    case TokenOrigin::Refresh: return Wording::tr("From the provider, with the refresh token");
    }
    Q_UNREACHABLE();
}

QString maskedText()
{
    return u"••••••••"_s;
}

} // namespace Countersign::Desktop
