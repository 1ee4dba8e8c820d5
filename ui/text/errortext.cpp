// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/errortext.h"

#include "text/errordictionary.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QStringList>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct ErrorWords
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

QString adviceFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return ErrorWords::tr("Nothing was stored. Start again whenever you like.");
    case ErrorCode::InteractionRequired: return ErrorWords::tr("Sign in again.");
    case ErrorCode::AccessDenied:
        return ErrorWords::tr("Try again and agree to the request, or ask the administrator for access.");
    case ErrorCode::ScopesDeclined:
        return ErrorWords::tr("Ask for fewer scopes, or ask the administrator for the rest.");
    case ErrorCode::NetworkUnavailable: return ErrorWords::tr("Check the network connection, then try again.");
    case ErrorCode::TimedOut: return ErrorWords::tr("Try again.");
    case ErrorCode::ServerRejected:
        return ErrorWords::tr(
            "Check the profile's client ID and redirect address against the provider's registration.");
    case ErrorCode::ServerUnavailable: return ErrorWords::tr("Wait a little, then try again.");
    case ErrorCode::InvalidResponse:
        return ErrorWords::tr("Check that the profile's issuer is right. If it is, tell the provider.");
    case ErrorCode::SecurityCheckFailed:
        return ErrorWords::tr("Do not continue. If it happens again, tell the provider's administrator.");
    case ErrorCode::StorageUnavailable: return ErrorWords::tr("Unlock the key store, then try again.");
    case ErrorCode::StorageDamaged: return ErrorWords::tr("Sign in again. The damaged file was kept aside.");
    case ErrorCode::InvalidArgument: return ErrorWords::tr("Correct the input, then try again.");
    case ErrorCode::NotSupported: return ErrorWords::tr("Choose another way to sign in.");
    }
    Q_UNREACHABLE();
}

QList<ErrorAction> actionsFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InteractionRequired:
    case ErrorCode::StorageDamaged: return {ErrorAction::SignIn};
    case ErrorCode::NotSupported: return {ErrorAction::UseBrowser, ErrorAction::UseDeviceCode};
    case ErrorCode::Cancelled:
    case ErrorCode::AccessDenied:
    case ErrorCode::ScopesDeclined:
    case ErrorCode::NetworkUnavailable:
    case ErrorCode::TimedOut:
    case ErrorCode::ServerRejected:
    case ErrorCode::ServerUnavailable:
    case ErrorCode::InvalidResponse:
    case ErrorCode::StorageUnavailable:
    case ErrorCode::InvalidArgument: return {ErrorAction::TryAgain};
    case ErrorCode::SecurityCheckFailed: return {};
    }
    Q_UNREACHABLE();
}

//! The cause knows better than the code what helps.
void refine(ErrorText &text, ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::BrowserNotOpened:
        text.advice = ErrorWords::tr("Set a default browser, or sign in on another device with a code.");
        text.actions = {ErrorAction::TryAgain, ErrorAction::UseDeviceCode};
        return;
    case ErrorCause::WebViewMissing:
    case ErrorCause::WebViewFailed:
    case ErrorCause::WebViewForbidden:
    case ErrorCause::BrowserRequested:
        text.advice = ErrorWords::tr("Sign in with your browser instead.");
        text.actions = {ErrorAction::UseBrowser};
        return;
    case ErrorCause::CodeExpired: text.advice = ErrorWords::tr("Get a new code."); return;
    case ErrorCause::StoreMissing:
        text.advice = ErrorWords::tr("Start a key store service, or choose another place for tokens with --store.");
        return;
    case ErrorCause::StoreBusy:
        text.advice = ErrorWords::tr("Try again when that is over, or start Countersign anew.");
        return;
    case ErrorCause::ClockWrong:
        text.advice = ErrorWords::tr("Set the clock of this computer, then try again.");
        text.actions = {ErrorAction::TryAgain};
        return;
    default: return;
    }
}

QString detailOf(const Error &error)
{
    QStringList lines{u"%1 / %2"_s.arg(identifier(error.code()), identifier(error.cause())), error.message()};
    const auto add = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines.append(name + ": "_L1 + value);
    };
    add(u"expected"_s, error.expected());
    add(u"actual"_s, error.actual());
    add(u"error"_s, error.oauth().error);
    add(u"error_description"_s, error.oauth().description);
    add(u"trace_id"_s, error.oauth().traceId);
    add(u"correlation_id"_s, error.correlationId());
    if (error.httpStatus() != 0)
        add(u"http_status"_s, QString::number(error.httpStatus()));
    return lines.join(u'\n');
}

//! The dictionary knows better still: it was written for this very failure.
void takeOver(ErrorText &text, const ErrorEntry &entry)
{
    const QLocale locale;
    text.why = entry.why.in(locale);
    text.advice = entry.advice.in(locale);
    text.actions = entry.actions;
    text.command = entry.command;
    if (!entry.link.isEmpty())
        text.detail += u"\nlink: "_s + entry.link.toString();
    if (!entry.command.isEmpty())
        text.detail += u"\ncommand: "_s + entry.command;
}

QString whyTokenFailed(ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::TokenMalformed: return ErrorWords::tr("The token is not well formed.");
    case ErrorCause::SignatureInvalid: return ErrorWords::tr("The signature does not match: the token may be forged.");
    case ErrorCause::KeyNotFound:
        return ErrorWords::tr("The key that signed the token is not among the provider's keys.");
    case ErrorCause::TokenTime:
        return ErrorWords::tr("The token is expired, or not valid yet by this computer's clock.");
    case ErrorCause::IssuerMismatch: return ErrorWords::tr("Another provider issued the token than the profile names.");
    case ErrorCause::AudienceMismatch: return ErrorWords::tr("The token was issued for another application.");
    case ErrorCause::NonceMismatch: return ErrorWords::tr("The token belongs to another sign-in (nonce).");
    case ErrorCause::StateMismatch: return ErrorWords::tr("The answer belongs to another sign-in (state).");
    case ErrorCause::HashMismatch:
        return ErrorWords::tr("The ID token does not belong to the access token or the code.");
    case ErrorCause::PolicyFailed: return ErrorWords::tr("The token does not meet a rule of the profile.");
    default: return {};
    }
}

QString whyPersonFailed(ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::BrowserNotOpened: return ErrorWords::tr("No web browser could be opened.");
    case ErrorCause::WebViewMissing:
        return ErrorWords::tr("The program for the embedded sign-in window is not installed.");
    case ErrorCause::WebViewFailed: return ErrorWords::tr("The embedded sign-in window stopped unexpectedly.");
    case ErrorCause::WebViewForbidden:
        return ErrorWords::tr("The embedded sign-in window cannot protect itself when run as root.");
    case ErrorCause::PortUnavailable: return ErrorWords::tr("The port for the answer is in use by another program.");
    case ErrorCause::WindowClosed: return ErrorWords::tr("The sign-in window was closed.");
    case ErrorCause::BrowserRequested: return ErrorWords::tr("You asked for your browser instead.");
    case ErrorCause::CodeExpired: return ErrorWords::tr("The code ran out before it was used.");
    case ErrorCause::WrongAccount: return ErrorWords::tr("Somebody else signed in than was expected.");
    default: return {};
    }
}

QString whyStoreFailed(ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::StoreLocked: return ErrorWords::tr("The key store is locked.");
    case ErrorCause::StoreMissing: return ErrorWords::tr("This session has no key store.");
    case ErrorCause::StoreDenied: return ErrorWords::tr("The key store refused access.");
    case ErrorCause::StoreFull: return ErrorWords::tr("There is no room left to save.");
    case ErrorCause::StoreWriteNotVerified: return ErrorWords::tr("What was saved did not read back the same.");
    case ErrorCause::StoreBusy: return ErrorWords::tr("The store is in use: by another program, or it is being moved.");
    case ErrorCause::PassphraseWrong: return ErrorWords::tr("The passphrase is wrong.");
    default: return {};
    }
}

} // namespace

QString whatHappened(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return ErrorWords::tr("Cancelled.");
    case ErrorCode::InteractionRequired: return ErrorWords::tr("You need to sign in again.");
    case ErrorCode::AccessDenied: return ErrorWords::tr("The sign-in was declined.");
    case ErrorCode::ScopesDeclined: return ErrorWords::tr("The provider granted less than was asked for.");
    case ErrorCode::NetworkUnavailable: return ErrorWords::tr("The provider cannot be reached.");
    case ErrorCode::TimedOut: return ErrorWords::tr("It took too long.");
    case ErrorCode::ServerRejected: return ErrorWords::tr("The provider refused the request.");
    case ErrorCode::ServerUnavailable: return ErrorWords::tr("The provider is busy or out of order.");
    case ErrorCode::InvalidResponse: return ErrorWords::tr("The provider's answer makes no sense.");
    case ErrorCode::SecurityCheckFailed: return ErrorWords::tr("A security check failed. Nothing was stored.");
    case ErrorCode::StorageUnavailable: return ErrorWords::tr("The place for tokens cannot be used.");
    case ErrorCode::StorageDamaged: return ErrorWords::tr("What was stored is damaged.");
    case ErrorCode::InvalidArgument: return ErrorWords::tr("The input is not valid.");
    case ErrorCode::NotSupported: return ErrorWords::tr("This way is not available here.");
    }
    Q_UNREACHABLE();
}

QString whyItHappened(ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::Unspecified: return {};
    case ErrorCause::TokenMalformed:
    case ErrorCause::SignatureInvalid:
    case ErrorCause::KeyNotFound:
    case ErrorCause::TokenTime:
    case ErrorCause::IssuerMismatch:
    case ErrorCause::AudienceMismatch:
    case ErrorCause::NonceMismatch:
    case ErrorCause::StateMismatch:
    case ErrorCause::HashMismatch:
    case ErrorCause::PolicyFailed: return whyTokenFailed(cause);
    case ErrorCause::DiscoveryInvalid: return ErrorWords::tr("The provider's configuration cannot be read.");
    case ErrorCause::DiscoveryIssuerMismatch:
        return ErrorWords::tr("The provider's configuration names another issuer than the profile.");
    case ErrorCause::KeySetInvalid: return ErrorWords::tr("The provider's keys cannot be read.");
    case ErrorCause::EndpointMissing: return ErrorWords::tr("The provider does not offer this.");
    case ErrorCause::NameNotResolved: return ErrorWords::tr("The provider's name was not found.");
    case ErrorCause::ConnectionRefused: return ErrorWords::tr("The provider's computer refused the connection.");
    case ErrorCause::ConnectionLost: return ErrorWords::tr("The connection broke off.");
    case ErrorCause::ProxyFailed: return ErrorWords::tr("The proxy did not let the request through.");
    case ErrorCause::TlsFailed: return ErrorWords::tr("No trustworthy encrypted connection could be made.");
    case ErrorCause::Redirected:
        return ErrorWords::tr("The provider redirected to another address; that is not followed.");
    case ErrorCause::ResponseTooLarge: return ErrorWords::tr("The answer is larger than any honest answer.");
    case ErrorCause::Throttled: return ErrorWords::tr("The provider asked to wait.");
    case ErrorCause::BrowserNotOpened:
    case ErrorCause::WebViewMissing:
    case ErrorCause::WebViewFailed:
    case ErrorCause::WebViewForbidden:
    case ErrorCause::PortUnavailable:
    case ErrorCause::WindowClosed:
    case ErrorCause::BrowserRequested:
    case ErrorCause::CodeExpired:
    case ErrorCause::WrongAccount: return whyPersonFailed(cause);
    case ErrorCause::StoreLocked:
    case ErrorCause::StoreMissing:
    case ErrorCause::StoreDenied:
    case ErrorCause::StoreFull:
    case ErrorCause::StoreWriteNotVerified:
    case ErrorCause::StoreBusy:
    case ErrorCause::PassphraseWrong: return whyStoreFailed(cause);
    case ErrorCause::AccountNotFound: return ErrorWords::tr("There is no such account here.");
    case ErrorCause::AccountAmbiguous: return ErrorWords::tr("More than one account fits.");
    case ErrorCause::ClientSecretMissing:
        return ErrorWords::tr("This provider wants a client secret, which the profile does not have.");
    case ErrorCause::ClockWrong: return ErrorWords::tr("The clock of this computer is wrong.");
    case ErrorCause::ChallengeUnsatisfied:
        return ErrorWords::tr("The new token does not meet what was demanded, either.");
    case ErrorCause::ForbiddenByPolicy: return ErrorWords::tr("The administrator of this computer has settled this.");
    }
    Q_UNREACHABLE();
}

ErrorText errorText(const Error &error)
{
    ErrorText text{whatHappened(error.code()), whyItHappened(error.cause()), adviceFor(error.code()),
                   actionsFor(error.code()), detailOf(error)};
    refine(text, error.cause());
    if (const auto *entry = findErrorEntry(error))
        takeOver(text, *entry);
    if (text.why.isEmpty() && !error.oauth().error.isEmpty())
        text.why = ErrorWords::tr("The provider answered: %1").arg(error.oauth().error);
    if (text.why.isEmpty())
        text.why = error.message();
    text.actions.append(ErrorAction::CopyDetails);
    return text;
}

QString reasonText(const QString &code)
{
    if (const auto *entry = findErrorEntry(code))
        return entry->why.in(QLocale());
    for (int cause = 0; cause <= int(ErrorCause::ChallengeUnsatisfied); ++cause) {
        if (identifier(ErrorCause(cause)) == code && ErrorCause(cause) != ErrorCause::Unspecified)
            return whyItHappened(ErrorCause(cause));
    }
    for (int each = 0; each <= int(ErrorCode::NotSupported); ++each) {
        if (identifier(ErrorCode(each)) == code)
            return whatHappened(ErrorCode(each));
    }
    return ErrorWords::tr("The provider answered: %1").arg(code);
}

QString buttonText(ErrorAction action)
{
    switch (action) {
    case ErrorAction::TryAgain: return ErrorWords::tr("Tr&y again");
    case ErrorAction::SignIn: return ErrorWords::tr("&Sign in");
    case ErrorAction::UseBrowser: return ErrorWords::tr("Use the &browser");
    case ErrorAction::UseDeviceCode: return ErrorWords::tr("Use a &code");
    case ErrorAction::Unlock: return ErrorWords::tr("Unloc&k…");
    case ErrorAction::UseSessionOnly: return ErrorWords::tr("Use sess&ion only");
    case ErrorAction::CopyDetails: return ErrorWords::tr("Copy &details");
    }
    Q_UNREACHABLE();
}

} // namespace Countersign::Desktop
