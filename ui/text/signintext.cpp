// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/signintext.h"

#include "models/accountmodel.h"
#include "text/errortext.h"
#include "text/foreigntext.h"
#include "text/wording.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>
#include <QtCore/QLocale>
#include <QtCore/QUrlQuery>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct SignInWords
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

QString methodText(const QString &method)
{
    static const QHash<QString, const char *> words{
        {u"pwd"_s, QT_TRANSLATE_NOOP("SignIn", "password")},
        {u"otp"_s, QT_TRANSLATE_NOOP("SignIn", "one-time code")},
        {u"mfa"_s, QT_TRANSLATE_NOOP("SignIn", "more than one factor")},
        {u"hwk"_s, QT_TRANSLATE_NOOP("SignIn", "hardware key")},
        {u"swk"_s, QT_TRANSLATE_NOOP("SignIn", "software key")},
        {u"fido"_s, QT_TRANSLATE_NOOP("SignIn", "passkey")},
        {u"pop"_s, QT_TRANSLATE_NOOP("SignIn", "proof of a key")},
        {u"sms"_s, QT_TRANSLATE_NOOP("SignIn", "text message")},
        {u"tel"_s, QT_TRANSLATE_NOOP("SignIn", "telephone call")},
        {u"pin"_s, QT_TRANSLATE_NOOP("SignIn", "PIN")},
        {u"fpt"_s, QT_TRANSLATE_NOOP("SignIn", "fingerprint")},
        {u"face"_s, QT_TRANSLATE_NOOP("SignIn", "face")},
        {u"wia"_s, QT_TRANSLATE_NOOP("SignIn", "Windows sign-in")},
        {u"sc"_s, QT_TRANSLATE_NOOP("SignIn", "smart card")},
        {u"rsa"_s, QT_TRANSLATE_NOOP("SignIn", "certificate")},
    };
    const auto *known = words.value(method, nullptr);
    return known ? SignInWords::tr(known) : method;
}

QString accountSourceText(const QString &source)
{
    // The grant types by which a sign-in ends: RFC 6749 §4.1.3, §4.3.2, RFC 8628 §3.4.
    if (source == "authorization_code"_L1)
        return SignInWords::tr("in a browser or a sign-in window");
    if (source == "urn:ietf:params:oauth:grant-type:device_code"_L1 || source == "device_code"_L1)
        return SignInWords::tr("with a code on another device");
    if (source == "password"_L1)
        return SignInWords::tr("with a password");
    return harmless(source, 60);
}

} // namespace

QStringList signInStepNames()
{
    return {SignInWords::tr("Configuration"), SignInWords::tr("Waiting for you"), SignInWords::tr("Redeem code"),
            SignInWords::tr("Check ID token"), SignInWords::tr("Save")};
}

int signInStepOf(SignInState state)
{
    switch (state) {
    case SignInState::Preparing:
    case SignInState::NeedStore: return 0;
    case SignInState::Waiting:
    case SignInState::SlowDown:
    case SignInState::Declined:
    case SignInState::Expired:
    case SignInState::Failed:
    case SignInState::Cancelled: return 1;
    case SignInState::CameBack: return 2;
    case SignInState::Checking:
    case SignInState::WrongAccount: return 3;
    case SignInState::Saving: return 4;
    case SignInState::Done:
    case SignInState::ScopeReduced: return 5;
    }
    Q_UNREACHABLE();
}

QString signInStateText(SignInState state, const SignInStateFacts &facts)
{
    switch (state) {
    case SignInState::Preparing: return SignInWords::tr("Reading the provider's configuration from %1").arg(facts.host);
    case SignInState::NeedStore: return SignInWords::tr("Waiting for your key store, so that the result can be saved");
    case SignInState::Waiting:
        switch (facts.way) {
        case SignInWay::DeviceCode: return SignInWords::tr("Waiting for you to enter the code on the other device");
        case SignInWay::Embedded:
            return facts.hasCode ? SignInWords::tr("Waiting for you to finish in the sign-in window, or with the code")
                                 : SignInWords::tr("Waiting for you to finish in the sign-in window");
        case SignInWay::Browser:
            return facts.hasCode ? SignInWords::tr("Waiting for you to finish in the browser, or with the code")
                                 : SignInWords::tr("Waiting for you to finish in the browser");
        }
        Q_UNREACHABLE();
    case SignInState::SlowDown:
        return SignInWords::tr("Waiting. The provider asked for slower polling: every %n second(s)", nullptr,
                               int(facts.interval.count()));
    case SignInState::CameBack: return SignInWords::tr("Answer received, redeeming it");
    case SignInState::Checking: return SignInWords::tr("Checking the ID token");
    case SignInState::Saving: return SignInWords::tr("Saving to %1 and reading it back").arg(facts.store);
    case SignInState::Done: return SignInWords::tr("Signed in");
    case SignInState::Declined: return SignInWords::tr("You or the provider declined");
    case SignInState::WrongAccount: return SignInWords::tr("Somebody else signed in than was expected");
    case SignInState::ScopeReduced: return SignInWords::tr("Signed in, but less was granted than asked for");
    case SignInState::Expired: return SignInWords::tr("The code ran out");
    case SignInState::Failed: return SignInWords::tr("The sign-in failed");
    case SignInState::Cancelled: return SignInWords::tr("Cancelled");
    }
    Q_UNREACHABLE();
}

QString cancelText(SignInState state, const QString &host, const QString &store)
{
    switch (state) {
    case SignInState::CameBack:
        return SignInWords::tr(
                   "%1 takes its time. The code is spent: if you cancel now, nothing is stored and you have "
                   "to sign in again.")
            .arg(host);
    case SignInState::Saving:
        return SignInWords::tr("%1 takes its time. It may be asking for its password in a window of its own. If you "
                               "cancel now, you have to sign in again.")
            .arg(store);
    case SignInState::Checking:
        return SignInWords::tr(
                   "%1 takes its time to hand out its keys. The code is spent: if you cancel now, nothing is "
                   "stored and you have to sign in again.")
            .arg(host);
    case SignInState::Preparing:
    case SignInState::NeedStore:
    case SignInState::Waiting:
    case SignInState::SlowDown:
    case SignInState::Done:
    case SignInState::Declined:
    case SignInState::WrongAccount:
    case SignInState::ScopeReduced:
    case SignInState::Expired:
    case SignInState::Failed:
    case SignInState::Cancelled: return {};
    }
    Q_UNREACHABLE();
}

std::pair<QString, QString> storeProblemText(const std::optional<Error> &error, const QString &store, bool hasOpened)
{
    const auto cost = hasOpened ? SignInWords::tr("The answer of the provider is spent and was not saved: you have to "
                                                  "sign in again.")
                                : SignInWords::tr("Nothing has been opened yet.");
    const auto with = [&cost](const QString &words) { return QString(words + u' ' + cost); };
    if (!error)
        return {SignInWords::tr("Your key store waits for you"),
                with(SignInWords::tr("%1 asks for its password, or for that of a new one, in a window of its own.")
                         .arg(store))};
    switch (error->cause()) {
    case ErrorCause::StoreMissing:
        return {SignInWords::tr("There is no place to keep the tokens"),
                with(SignInWords::tr("%1 cannot be reached. Without it the sign-in can be kept until the program ends.")
                         .arg(store))};
    case ErrorCause::StoreLocked:
        return {SignInWords::tr("Your key store is locked"),
                with(SignInWords::tr("Unlock %1 first, so that the result can be saved.").arg(store))};
    case ErrorCause::StoreDenied:
        return {SignInWords::tr("Your key store takes nothing"),
                with(SignInWords::tr("%1 was not opened, or has no password yet because its window was closed.")
                         .arg(store))};
    default: {
        const auto why = whyItHappened(error->cause());
        return {whatHappened(error->code()), with(why.isEmpty() ? store : why)};
    }
    }
}

bool isUrgent(SignInState state)
{
    switch (state) {
    case SignInState::NeedStore:
    case SignInState::Declined:
    case SignInState::WrongAccount:
    case SignInState::ScopeReduced:
    case SignInState::Expired:
    case SignInState::Failed: return true;
    case SignInState::Preparing:
    case SignInState::Waiting:
    case SignInState::SlowDown:
    case SignInState::CameBack:
    case SignInState::Checking:
    case SignInState::Saving:
    case SignInState::Done:
    case SignInState::Cancelled: return false;
    }
    Q_UNREACHABLE();
}

QString methodsText(const QStringList &methods)
{
    QStringList words;
    for (const auto &method : methods)
        words.append(methodText(method));
    return QLocale().createSeparatedList(words);
}

QString signInWayText(AccountEvent::Way way)
{
    switch (way) {
    case AccountEvent::Way::Unknown: return {};
    case AccountEvent::Way::Browser: return SignInWords::tr("in the browser");
    case AccountEvent::Way::Embedded: return SignInWords::tr("in the sign-in window");
    case AccountEvent::Way::DeviceCode: return SignInWords::tr("with a code on another device");
    }
    Q_UNREACHABLE();
}

QString signInWayText(const Account &account, const QList<AccountEvent> &history)
{
    const auto last = std::find_if(history.cbegin(), history.cend(), [](const AccountEvent &event) {
        return event.kind == AccountEvent::Kind::SignedIn;
    });
    const auto known = last == history.cend() ? QString() : signInWayText(last->way);
    return known.isEmpty() ? accountSourceText(account.source) : known;
}

QString doneText(const Outcome &outcome)
{
    QStringList lines;
    if (!outcome.methods.isEmpty())
        lines.append(SignInWords::tr("Signed in with: %1").arg(methodsText(outcome.methods)));
    lines.append(SignInWords::tr("Granted: %1").arg(outcome.granted.toString()));
    if (outcome.expiresAt.isValid())
        lines.append(SignInWords::tr("The access token expires %1.")
                         .arg(expiryText(outcome.expiresAt, QDateTime::currentDateTimeUtc())));
    const auto passed = int(outcome.checks.count(Jose::CheckOutcome::Passed));
    if (outcome.isIdTokenVerified)
        lines.append(SignInWords::tr("The ID token is verified: %n check(s) passed.", nullptr, passed));
    return lines.join(u'\n');
}

QString declineText(const Error &error)
{
    const auto &said = error.oauth();
    const auto words = said.description.isEmpty() ? said.error : said.description;
    return words.isEmpty() ? SignInWords::tr("Nothing was stored.")
                           : SignInWords::tr("The provider says: %1\nNothing was stored.").arg(words);
}

bool isSomebodyElse(const QString &hint, const Account &account)
{
    const auto wanted = hint.trimmed();
    if (wanted.isEmpty() || account.username.isEmpty())
        return false;
    // Providers call "ada" what the token names "ada@example.org", and the other way round.
    const bool areWhole = wanted.contains(u'@') == account.username.contains(u'@');
    const auto part = [areWhole](const QString &name) { return areWhole ? name : name.section(u'@', 0, 0); };
    return part(wanted).compare(part(account.username), Qt::CaseInsensitive) != 0
        && wanted.compare(account.name, Qt::CaseInsensitive) != 0;
}

QString wrongAccountText(const Session &session, const SignInRequest &request, bool masked)
{
    auto expected = masked ? maskedText() : request.loginHint;
    if (request.expectedAccount && !masked) {
        if (const auto known = session.account(request.profileId, *request.expectedAccount))
            expected = displayName(known->account);
    }
    return SignInWords::tr("%1 was expected. Nothing was stored. Try again and choose that account, or keep the other "
                           "one beside it.")
        .arg(expected);
}

QUrl adminConsentLink(const ProfileEntry &profile)
{
    if (!profile.isMicrosoft)
        return {};
    QUrl link(profile.issuer);
    const auto tenant = link.path().section(u'/', 1, 1);
    link.setPath(u"/%1/adminconsent"_s.arg(tenant));
    QUrlQuery query;
    query.addQueryItem(u"client_id"_s, QString::fromLatin1(QUrl::toPercentEncoding(profile.clientId)));
    link.setQuery(query);
    return link;
}

} // namespace Countersign::Desktop
